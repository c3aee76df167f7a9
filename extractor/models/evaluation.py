"""How well a tagger finds what is named, and how fast: exact spans of the right kind, counted by kind."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from extractor.models.examples import Example
from extractor.models.labels import KINDS, Entity, Kind
from extractor.models.tagger import Tagger


@dataclass(frozen=True, slots=True)
class Found:
    """Counts of one kind: in gold, given by the tagger, and right."""

    gold: int = 0
    given: int = 0
    right: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.gold + other.gold, self.given + other.given, self.right + other.right)

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        both = self.gold + self.given
        return 2 * self.right / both if both else 0.0


@dataclass(frozen=True)
class Measured:
    """What was found by kind, in how many characters and seconds of processor time."""

    kinds: dict[Kind, Found] = field(default_factory=dict)
    characters: int = 0
    seconds: float = 0.0

    @property
    def all(self) -> Found:
        return sum(self.kinds.values(), Found())

    @property
    def speed(self) -> float:
        """Characters a second."""
        return self.characters / self.seconds if self.seconds else 0.0

    def rows(self) -> dict[str, Found]:
        """The kinds that gold or the tagger has, and all together."""
        return {kind: found for kind, found in self.kinds.items() if found.gold or found.given} | {"ALL": self.all}

    def to_json(self) -> dict[str, object]:
        rates = {
            name: {"gold": found.gold, "given": found.given, "P": found.precision, "R": found.recall, "F": found.f}
            for name, found in self.rows().items()
        }
        return {"kinds": rates, "characters": self.characters, "characters_a_second": round(self.speed)}


def evaluate(tagger: Tagger, examples: Sequence[Example]) -> Measured:
    """What a tagger finds in examples. Of kinds that were not annotated in an example nothing is counted there."""
    sentences = [example.sentence for example in examples]
    tagger.tag(sentences[:1])  # what is made once is made before the clock runs
    began = time.process_time()
    tagged = tagger.tag(sentences)
    seconds = time.process_time() - began
    kinds = dict.fromkeys(KINDS, Found())
    for example, given in zip(examples, tagged, strict=True):
        for kind in example.kinds:
            wanted, got = _spans(example.entities, kind), _spans(given, kind)
            kinds[kind] += Found(len(wanted), len(got), len(wanted & got))
    return Measured(kinds, sum(len(example.text) for example in examples), seconds)


def _spans(entities: Sequence[Entity], kind: Kind) -> set[tuple[int, int]]:
    return {(entity.start, entity.end) for entity in entities if entity.kind == kind}
