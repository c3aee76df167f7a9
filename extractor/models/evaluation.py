"""How well a tagger finds what is named: exact spans of the right kind, counted by kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.models.examples import Example
from extractor.models.labels import KINDS, Entity, Kind
from extractor.models.tagger import Tagger


@dataclass(slots=True)
class Found:
    """Counts of one kind."""

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


Scores = dict[Kind, Found]


def evaluate(tagger: Tagger, examples: Sequence[Example]) -> Scores:
    """Counts by kind. Of kinds that were not annotated in an example nothing is counted there."""
    tagged = tagger.tag([example.sentence for example in examples])
    return count(zip(examples, tagged, strict=True))


def count(pairs: object) -> Scores:
    scores: Scores = {kind: Found() for kind in KINDS}
    for example, given in pairs:  # type: ignore[attr-defined]
        for kind in example.kinds:
            wanted = _spans(example.entities, kind)
            got = _spans(given, kind)
            scores[kind] += Found(len(wanted), len(got), len(wanted & got))
    return scores


def _spans(entities: Sequence[Entity], kind: Kind) -> set[tuple[int, int]]:
    return {(entity.start, entity.end) for entity in entities if entity.kind == kind}
