"""The model card: what weights were trained on, under which licence they stand, and how good and how fast they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from extractor import __version__
from extractor.models.evaluation import Measured
from extractor.models.examples import Example
from extractor.models.labels import KINDS
from extractor.models.training import Settings
from extractor.models.weights import Weights

_ORIGINS: Final = {
    "zh_gsdsimp": "Universal NER, UNER_Chinese-GSDSIMP, CC BY-SA 4.0",
    "zh_pud": "Universal NER, UNER_Chinese-PUD, CC BY-SA 3.0",
    "generated": "this project's corpora/generator, Apache-2.0",
    "corpora": "this project's corpora, Apache-2.0",
}


class Part(NamedTuple):
    """A file of examples."""

    path: Path
    examples: Sequence[Example]

    @property
    def name(self) -> str:
        """How the card names the file: the last folder and the file."""
        return f"{self.path.parent.name}/{self.path.name}"


def card(
    mode: str,
    digest: str,
    weights: Weights,
    settings: Settings,
    training: Sequence[Part],
    measured: Mapping[str, Measured],
) -> str:
    """The card of a mode's weights, in Markdown."""
    return "\n".join(
        [
            f"## {mode}@{digest}",
            "",
            f"Trained by extractor {__version__}: a linear-chain conditional random field over characters, labels BIOES of "
            f"{', '.join(KINDS)}; {len(weights.codes):,} features with a weight; L-BFGS, c1 {settings.c1}, c2 {settings.c2}, "
            f"{settings.rounds} rounds, features seen {settings.least} times or more.",
            "",
            "| trained on | sentences | characters | " + " | ".join(KINDS) + " | origin and licence |",
            "| --- | ---: | ---: |" + " ---: |" * len(KINDS) + " --- |",
            *(_row(part) for part in training),
            "",
            "| measured on | | precision | recall | F | characters a second |",
            "| --- | --- | ---: | ---: | ---: | ---: |",
            *_scores(measured),
            "",
        ]
    )


def _row(part: Part) -> str:
    counts = {kind: sum(entity.kind == kind for one in part.examples for entity in one.entities) for kind in KINDS}
    size = sum(len(example.text) for example in part.examples)
    numbers = " | ".join(f"{count:,}" for count in counts.values())
    return f"| {part.name} | {len(part.examples):,} | {size:,} | {numbers} | {origin(part.path)} |"


def _scores(measured: Mapping[str, Measured]) -> Iterable[str]:
    for name, found in measured.items():
        for kind, score in found.rows().items():
            speed = f"{found.speed:,.0f}" if kind == "ALL" else ""
            yield f"| {name} | {kind} | {score.precision:.3f} | {score.recall:.3f} | {score.f:.3f} | {speed} |"


def origin(path: Path) -> str:
    """Where examples come from, and their licence, as far as their path says so."""
    return next((said for name, said in _ORIGINS.items() if name in str(path.resolve())), "not known")
