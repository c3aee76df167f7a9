"""The tagger as a finder: what it names in the sentences that rules leave open, as matches beside theirs."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final

from extractor.article import Span
from extractor.engine.book import Rule, Rulebook
from extractor.engine.match import Match
from extractor.engine.rule import RuleEntry
from extractor.models.cutting import cut
from extractor.models.gate import Gate, Window
from extractor.models.labels import Entity
from extractor.models.tagger import Tagger
from extractor.segment import Body, Passage

_SURE: Final = 0.5  # the least probability with which an entity makes a record
_SURE_OF_PLACE: Final = 0.9
_SURE_OF_PERSON: Final = 0.9  # before a place inside a name is taken for a part of it
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
        }

    def named(self, passage: Passage, spans: Sequence[Span], winners: Sequence[Match]) -> list[Entity]:
        """The entities of some sentences, with offsets of the clean text."""
        windows = self._gate.windows(passage, spans, winners) if self.gated else [Window(span, span) for span in spans]
        tagged = self.tagger.tag([cut(passage, window.span) for window in windows])
        found: list[Entity] = []
        for ((start, _), (first, last)), entities in zip(windows, tagged, strict=True):
            moved = (entity._replace(start=entity.start + start, end=entity.end + start) for entity in entities)
            found += [entity for entity in moved if first <= entity.start and entity.end <= last]
        return found

    @cached_property
    def _gate(self) -> Gate:
        return Gate(self.book)

    def amend(self, winners: list[Match], passage: Passage, spans: Sequence[Span]) -> list[Match]:
        """The winners as the tagger changes them, in text order.

        It adds undertakings and listed places that rules passed over, and takes out places that are part of a person's
        name. Who it takes for a person or an organisation is noted on the passage, for those who look for a speaker or
        a subject.
        """
        named = self.named(passage, spans, winners)
        if not named:
            return winners
        taken = _Taken(winners)
        added: list[Match] = []
        lost: set[int] = set()
        for entity in named:
            start, end, kind, probability = entity
            if kind in ("person", "organisation"):
                passage.bodies[end] = Body(start, end, kind == "person")
            rivals = taken.overlapping(start, end)
            if kind == "program" and probability >= self._least(entity, passage):
                own = [match for match in rivals if match.type == "program"]
                if not own:
                    added.append(self._program(entity, passage))
                else:
                    _note(own[0], self._program(entity, passage))
            elif kind == "place" and probability >= _SURE_OF_PLACE and not rivals:
                added += self._place(entity, passage)
            elif kind == "person" and probability >= _SURE_OF_PERSON:
                lost.update(id(match) for match in rivals if _part_of_name(match, entity))
        if not added and not lost:
            return winners
        kept = [match for match in winners if id(match) not in lost]
        return sorted([*kept, *added], key=lambda match: (match.start, -match.end, match.rule.id))

    def _place(self, entity: Entity, passage: Passage) -> list[Match]:
        """The places of the list that follow one another from the entity's begin to its end, the longest name first:
        湖北荆州 is two; none where a name that is not listed stands among them."""
        clean, names = passage.clean, self.book.gazetteer.by_name
        found: list[Match] = []
        start = entity.start
        while start < entity.end and self._listed is not None:
            end = next((end for end in range(entity.end, start + 1, -1) if clean[start:end] in names), 0)
            if not end:
                return []
            groups = {"mention": (start, end), "listed": (start, end)}
            found.append(Match(self._listed, clean, start, end, groups, model=self.tagger.name))
            start = end
        return found

    @cached_property
    def _listed(self) -> Rule | None:
        """The rule by which the reading of places knows a name of the list."""
        return next((rule for rule in self.book.rules if rule.id == "place.listed"), None)

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


def _part_of_name(match: Match, entity: Entity) -> bool:
    """Whether a place is nothing but a part of the name of a person: 石城 in 江石城."""
    inside = entity.start <= match.start and match.end <= entity.end
    return match.type == "place" and inside and (match.start, match.end) != (entity.start, entity.end)


def _note(winner: Match, other: Match) -> None:
    """Keeps the tagger's other reading on the match of a rule, where it has other bounds."""
    if (winner.start, winner.end) != (other.start, other.end):
        winner.rivals.append(other)


class _Taken:
    """Matches by place; those of one type do not overlap one another."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self._matches = sorted(matches, key=lambda match: match.start)
        self._starts = [match.start for match in self._matches]
        self._longest = max((match.end - match.start for match in self._matches), default=0)

    def overlapping(self, start: int, end: int) -> list[Match]:
        first = bisect_left(self._starts, start - self._longest)
        return [match for match in self._matches[first : bisect_left(self._starts, end)] if match.end > start]
