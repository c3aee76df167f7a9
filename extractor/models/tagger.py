"""The tagger that ships: a conditional random field over characters, its features and decoding whole arrays at a time.

Same model as python-crfsuite trains (`training.py`); decoded here by numpy, which a tagger that is asked for each article
can load in milliseconds, and which reckons all sentences at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, Protocol, TypeAlias

import numpy as np
import numpy.typing as npt

from extractor.engine.find import Finder
from extractor.models.cutting import PART
from extractor.models.features import PAD, Block, Lookup, Sentence, block, features
from extractor.models.labels import LABELS, Entity, Kind
from extractor.models.network import Network, load_network
from extractor.models.viterbi import best_paths, posteriors
from extractor.models.weights import Floats, Weights, digest, legal, load_weights

_Ints: TypeAlias = npt.NDArray[np.int64]

Mode = Literal["fast", "accurate"]
WEIGHTS: Final = Path(__file__).with_name("weights")
_AT_ONCE: Final = 4_000  # characters that are tagged together: enough for numpy, and little memory


class Tagger(Protocol):
    """Finds the named stretches of sentences."""

    @property
    def name(self) -> str:
        """How records name it: fast, accurate, spacy:zh_core_web_sm."""

    @property
    def version(self) -> str:
        """How articles name it: the name, with what tells one training from another."""

    def tag(self, sentences: Sequence[Sentence]) -> list[list[Entity]]:
        """The entities of each sentence, in text order, none overlapping another."""


@dataclass
class CrfTagger:
    """A tagger by its weights; with a network, its tags are features too."""

    name: str
    weights: Weights
    lookup: Lookup
    network: Network | None = None
    version: str = ""
    _legal: Floats = field(init=False)

    def __post_init__(self) -> None:
        self._legal = legal(self.weights.transitions)

    def tag(self, sentences: Sequence[Sentence]) -> list[list[Entity]]:
        found: list[list[Entity]] = []
        group: list[Sentence] = []
        size = 0
        for sentence in sentences:
            group.append(sentence)
            size += sum(map(len, sentence.words))
            if size > _AT_ONCE:
                found += self._tagged(group)
                group, size = [], 0
        return found + (self._tagged(group) if group else [])

    def _tagged(self, sentences: Sequence[Sentence]) -> list[list[Entity]]:
        joined = block(sentences)
        scores = self.weights.scores(features(joined, self.lookup, self.network_tags(joined, sentences)))
        named = self._named(joined.text, scores)
        found: list[list[Entity]] = [[] for _ in sentences]
        starts = joined.starts
        owners = np.searchsorted(starts, [entity.start for entity in named], side="right") - 1
        for owner, (start, end, kind, probability) in zip(owners.tolist(), named, strict=True):
            begin = starts[owner]
            found[owner].append(Entity(start - begin, end - begin, kind, probability))
        return found

    def network_tags(self, joined: Block, sentences: Sequence[Sentence]) -> _Ints | None:
        """The network's tags of the characters, as numbers for the features; None without a network."""
        if self.network is None:
            return None
        column = np.zeros(len(joined.text), np.int64)
        texts = ["".join(sentence.words) for sentence in sentences]
        for start, tags in zip(joined.starts, self.network.tags(texts), strict=True):
            column[start : start + len(tags)] = tags + 1
        return column

    def _named(self, text: str, scores: Floats) -> list[Entity]:
        """The entities of the best path. Nothing is named over a mark that ends a clause outside of quotation marks: there
        the text is cut, and the parts are read side by side."""
        spans = [(hit.start(), hit.end()) for hit in PART.finditer(text)]
        # Where no character has a label that, with the best of transitions, weighs more than being outside, nothing is named.
        outside = scores[:, 0] + self._legal[0, 0]
        open_before = np.concatenate([[0], np.cumsum(scores[:, 1:].max(1) + self._legal.max() >= outside)])
        spans = [(start, end) for start, end in spans if open_before[end] > open_before[start]]
        spans.sort(key=lambda span: span[0] - span[1])
        if not spans:
            return []
        lengths = np.array([end - start for start, end in spans])
        firsts = np.array([start for start, _ in spans])
        steps = np.arange(lengths[0])[:, None]
        at = np.minimum(firsts + steps, len(text) - 1)
        laid = scores[at]  # (steps, parts, labels)
        # A part goes on where another ended, outside of any name, and so does what follows it; a sentence has no such ends.
        begun = np.array([text[start - 1] == PAD for start, _ in spans])[:, None]
        ended = np.array([text[end : end + 1] in (PAD, "") for _, end in spans])[:, None]
        first = np.where(begun, _FIRST, self._legal[0])
        last = np.where(ended, _LAST, self._legal[:, 0])
        paths = best_paths(laid, lengths, self._legal, first, last)
        naming = np.nonzero((paths > 0) & (steps < lengths))
        parts = np.unique(naming[1])
        if not len(parts):
            return []
        sure = posteriors(laid[:, parts], lengths[parts], self._legal, first[parts], last[parts])
        found: list[Entity] = []
        for column, part in enumerate(parts.tolist()):
            length = int(lengths[part])
            path = paths[:length, part].tolist()
            begin = spans[part][0]
            start = 0
            for step, label in enumerate(path):
                position = (label - 1) % 4 if label else None  # B I E S
                if position in (0, 3):
                    start = step
                if position in (2, 3):
                    own = sure[start : step + 1, column]
                    probability = float(own[np.arange(step + 1 - start), path[start : step + 1]].min())
                    found.append(Entity(begin + start, begin + step + 1, _kind(label), round(probability, 3)))
        return sorted(found)


_OPENS: Final = np.array([label[0] in "OBS" for label in LABELS])
_CLOSES: Final = np.array([label[0] in "OES" for label in LABELS])
_FIRST: Final = np.where(_OPENS, 0, -1e4).astype(np.float32)
_LAST: Final = np.where(_CLOSES, 0, -1e4).astype(np.float32)


def _kind(label: int) -> Kind:
    return LABELS[label].partition("-")[2]  # type: ignore[return-value]


def load_tagger(mode: Mode, finder: Finder) -> CrfTagger:
    """The tagger that ships, in one of its two modes.

    Raises UsageError for the accurate mode where the network inside jieba is missing or unknown.
    """
    network = load_network() if mode == "accurate" else None
    path = WEIGHTS / f"{mode}.npz"
    return CrfTagger(mode, load_weights(path), Lookup(finder), network, f"{mode}@{digest(path)}")


def untrained(mode: Mode, finder: Finder) -> CrfTagger:
    """A tagger that knows nothing yet: its features are those that weights of this mode are trained on."""
    network = load_network() if mode == "accurate" else None
    labels = len(LABELS)
    nothing = Weights(np.zeros(0, np.uint64), np.zeros((0, labels), np.float32), np.zeros((labels, labels), np.float32))
    return CrfTagger(mode, nothing, Lookup(finder), network)
