"""Training: examples → weights, by python-crfsuite (L-BFGS), reproducibly: the same examples make the same weights."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from extractor.errors import UsageError
from extractor.models.examples import Example
from extractor.models.features import Codes, block, features
from extractor.models.labels import LABELS, labels
from extractor.models.tagger import CrfTagger
from extractor.models.weights import Weights, follows

_ROUND = re.compile(r"\**\s*Iteration #(\d+)")
_AT_ONCE = 400  # examples whose features are made together


@dataclass(frozen=True)
class Settings:
    """How to train: the weights of the two penalties, the rounds, and how often a feature must be seen to count."""

    c1: float = 0.1
    c2: float = 0.05
    rounds: int = 80
    least: int = 2


def train(
    examples: Sequence[Example],
    like: CrfTagger,
    settings: Settings | None = None,
    told: Callable[[int], object] | None = None,
) -> Weights:
    """The weights that fit `examples`, with the features (and the network) of the tagger `like`; its own weights are not
    used. `told` is called after each round with its number.

    Raises UsageError where python-crfsuite is not installed.
    """
    settings = settings or Settings()
    trainer = _trainer(settings, told)
    for first in range(0, len(examples), _AT_ONCE):
        some = examples[first : first + _AT_ONCE]
        sentences = [example.sentence for example in some]
        joined = block(sentences)
        found = features(joined, like.lookup, like.network_tags(joined, sentences))
        for example, start in zip(some, joined.starts, strict=True):
            size = len(example.text)
            trainer.append(_named(found[:, start : start + size]), labels(size, example.entities))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.crfsuite"
        trainer.train(str(path))
        return _weights(path)


def _trainer(settings: Settings, told: Callable[[int], object] | None) -> Any:
    try:
        import pycrfsuite
    except ImportError as error:
        raise UsageError("training needs python-crfsuite: pip install 'extractor-zh[train]'") from error

    class Trainer(pycrfsuite.BaseTrainer):  # type: ignore[misc, unused-ignore]
        def message(self, line: str) -> None:
            if told is not None and (found := _ROUND.match(line)):
                told(int(found[1]))

    trainer = Trainer()
    trainer.select("lbfgs")
    trainer.set_params(
        {
            "c1": settings.c1,
            "c2": settings.c2,
            "max_iterations": settings.rounds,
            "feature.minfreq": settings.least,
        }
    )
    return trainer


def _named(found: Codes) -> list[list[str]]:
    """The features of each character as the strings that python-crfsuite wants."""
    return [[f"{code:x}" for code in row] for row in found.T.tolist()]


def _weights(path: Path) -> Weights:
    import pycrfsuite

    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    info = tagger.info()
    number = {label: index for index, label in enumerate(LABELS)}
    names = sorted({name for name, _ in info.state_features})
    row = {name: index for index, name in enumerate(names)}
    states = np.zeros((len(names), len(LABELS)), np.float32)
    for (name, label), weight in info.state_features.items():
        states[row[name], number[label]] = weight
    transitions = np.zeros((len(LABELS), len(LABELS)), np.float32)
    for (before, behind), weight in info.transitions.items():
        if follows(before, behind):
            transitions[number[before], number[behind]] = weight
    codes = np.array([int(name, 16) for name in names], np.uint64)
    order = np.argsort(codes, kind="stable")
    return Weights(codes[order], states[order].astype(np.float16).astype(np.float32), transitions)
