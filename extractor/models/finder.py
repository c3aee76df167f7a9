"""The tagger as a finder: what it names in the sentences that rules leave open, as matches beside theirs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from extractor.article import Span
from extractor.engine.book import Rule, Rulebook
from extractor.engine.match import Match
from extractor.engine.rule import RuleEntry
from extractor.models.cutting import cut
from extractor.models.features import Sentence
from extractor.models.labels import Entity
from extractor.models.tagger import Tagger
from extractor.segment import Passage

_SURE: Final = 0.5  # the least probability with which an entity makes a record
_SURE_OF_QUOTED: Final = (
    0.97  # and of words in quotation marks whose own type word does not say that they name an undertaking
)


@dataclass
class ModelFinder:
    """Amends what rules found with what the tagger says. `gated`: only the sentences are tagged that rules leave open."""

    tagger: Tagger
    book: Rulebook
    gated: bool = True

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """What stands in the place of a rule on the tagger's matches, by record type."""
        return {
            "program": _stand_in("program", {"head": "program_head"}, self.book),
            "place": _stand_in("place", {}, self.book),
        }

    def named(self, passage: Passage, spans: Sequence[Span]) -> list[Entity]:
        """The entities of some sentences, with offsets of the clean text."""
        found = []
        for (start, _), entities in zip(spans, self.tagger.tag([cut(passage, span) for span in spans]), strict=True):
            found += [entity._replace(start=entity.start + start, end=entity.end + start) for entity in entities]
        return found

    def amend(self, winners: list[Match], passage: Passage, spans: Sequence[Span]) -> list[Match]:
        """The winners with the matches that the tagger adds, in text order."""
        named = self.named(passage, spans)
        programs = _Taken(match for match in winners if match.type == "program")
        added = []
        for entity in named:
            if entity.kind != "program" or entity.probability < self._least(entity, passage):
                continue
            rivals = programs.overlapping(entity.start, entity.end)
            if not rivals:
                added.append(self._program(entity, passage))
        return (
            sorted([*winners, *added], key=lambda match: (match.start, -match.end, match.rule.id)) if added else winners
        )

    def _least(self, entity: Entity, passage: Passage) -> float:
        """How sure the tagger must be: more where quoted words may as well be a slogan, a nickname or a speech."""
        text = passage.clean[entity.start : entity.end]
        quoted = text[0] in "“‘" and text[-1] in "”’"
        return _SURE_OF_QUOTED if quoted and not text[:-1].endswith(self._endings) else _SURE

    @cached_property
    def _endings(self) -> tuple[str, ...]:
        return self.book.endings("program_head", 1)

    def _program(self, entity: Entity, passage: Passage) -> Match:
        clean = passage.clean
        start, end = entity.start, entity.end
        groups: dict[str, Span] = {"mention": (start, end)}
        if clean[start] == "《" and clean[end - 1] == "》":
            groups["core"] = (start + 1, end - 1)
        if head := self._head(entity, passage):
            groups["head"] = head
        return Match(self.rules["program"], clean, start, end, groups, model=self.tagger.name)

    def _head(self, entity: Entity, passage: Passage) -> Span | None:
        """The type word that says what the entity is: the one it ends with, else the nearest in its sentence."""
        clean = passage.clean
        last = entity.end - (clean[entity.end - 1] in "”》’」")
        heads = self.book.lexicons["program_head"]
        for start in range(max(entity.start, last - 8), last):
            if clean[start:last] in heads:
                return start, last
        first, behind = passage.sentences[passage.sentence_at(entity.start)]
        near = [(hit.start(), hit.end()) for hit in self._heads.finditer(clean, entity.end, behind)][:1]
        near += [(hit.start(), hit.end()) for hit in self._heads.finditer(clean, first, entity.start)][-1:]
        return min(near, key=lambda span: max(span[0] - entity.end, entity.start - span[1]), default=None)

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        words = sorted(self.book.lexicons["program_head"], key=len, reverse=True)
        return re.compile("|".join(map(re.escape, words)))


def _stand_in(kind: str, groups: Mapping[str, str], book: Rulebook) -> Rule:
    entry = RuleEntry.model_construct(
        id=f"{kind}.model", about="What the tagger names.", source="the model card", pattern="", yes=[], no=[]
    )
    return Rule(kind, entry, Path(), None, groups, book)


class _Taken:
    """Matches of one type, none overlapping another, by place."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self._matches = sorted(matches, key=lambda match: match.start)
        self._starts = [match.start for match in self._matches]

    def overlapping(self, start: int, end: int) -> list[Match]:
        first = max(bisect_right(self._starts, start) - 1, 0)
        return [match for match in self._matches[first : bisect_left(self._starts, end)] if match.end > start]


_ = (field, Any, Sentence)
