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
from extractor.models.features import any_of
from extractor.models.gate import Gate, Window
from extractor.models.labels import KINDS, Entity
from extractor.models.tagger import Tagger
from extractor.segment import Body, Passage

# The least probabilities with which an entity makes a record. Words in quotation marks may as well be a slogan, a nickname
# or a speech, words without any a general noun phrase.
_SURE: Final = 0.6  # marks, and a type word that says what they name
_SURE_OF_UNMARKED: Final = 0.85
_SURE_OF_QUOTED: Final = 0.985  # quoted words and nothing else: what rules have not taken of them is mostly no name
_SURE_OF_PLACE: Final = 0.9
_SURE_OF_PERSON: Final = 0.9  # before a place inside a name is taken for a part of it
_FIRM: Final = 0.8  # below it the record bears a doubt

_COUNTED: Final = re.compile("(?:[一二两三四五六七八九十百千双].{1,2}){1,4}|.一.一.")
_LONGEST_OWN_NAME: Final = 8  # characters of a village's name before the word for what it is
_MARK: Final = re.compile("[“‘《「]")
_DIFFER: Final = (("place", "person"), ("program", "person"), ("program", "organisation"))


@dataclass
class ModelFinder:
    """Amends what rules found with what the tagger says. `gated`: only the sentences are tagged that rules leave open."""

    tagger: Tagger
    book: Rulebook
    gated: bool = True

    @cached_property
    def rules(self) -> Mapping[str, Rule]:
        """What stands in the place of a rule on the tagger's matches, by kind."""
        return {kind: _stand_in(kind, {"head": "program_head"}, self.book) for kind in KINDS}

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
            rivals = taken.overlapping(entity.start, entity.end)
            if entity.kind == "program" and not self._general(entity, passage):
                added += self._undertaking(entity, passage, [match for match in rivals if match.type == "program"])
            elif entity.kind == "program":
                continue
            elif entity.kind == "place":
                if rivals and entity.probability >= _SURE:
                    added += self._end_of_chain(entity, rivals, passage)
                elif not rivals and entity.probability >= _SURE_OF_PLACE:
                    added += self._place(entity, passage)
            else:
                start = entity.start + passage.clean.startswith("据", entity.start)  # 据|县统计局介绍
                passage.bodies[entity.end] = Body(start, entity.end, entity.kind == "person")
                lost.update(id(match) for match in rivals if self._differs(match, entity, passage))
        if not added and not lost:
            return winners
        kept = [match for match in winners if id(match) not in lost]
        return sorted([*kept, *added], key=lambda match: (match.start, -match.end, match.rule.id))

    def _undertaking(self, entity: Entity, passage: Passage, own: Sequence[Match]) -> list[Match]:
        """The undertaking that no rule has read. Where a rule reads one with other bounds, those of the tagger are kept on
        its match as another reading."""
        if entity.probability < self._least(entity, passage):
            return []
        match = self._program(entity, passage)
        if not own:
            return [match]
        if (own[0].start, own[0].end) != (match.start, match.end):
            own[0].rivals.append(match)
        return []

    def _differs(self, match: Match, entity: Entity, passage: Passage) -> bool:
        """Whether a match is to go, as the tagger is sure that it is part of a person's name (石城 in 江石城); where it is
        less sure, or takes an undertaking for a person or a body, its reading is kept on the match."""
        covers = entity.start <= match.start and match.end <= entity.end
        if not covers or (match.type, entity.kind) not in _DIFFER:
            return False
        part = match.type == "place" and (match.start, match.end) != (entity.start, entity.end)
        if part and entity.probability >= _SURE_OF_PERSON:
            return True
        match.rivals.append(
            Match(self.rules[entity.kind], passage.clean, *entity[:2], {"mention": entity[:2]}, model=self.tagger.name)
        )
        if match.type == "place":
            match.doubts = (*match.doubts, "may_be_a_person")
        return False

    def _place(self, entity: Entity, passage: Passage) -> list[Match]:
        """The places of the list that follow one another from the entity's begin to its end, the longest name first:
        湖北荆州 is two; none where a name that is not listed stands among them."""
        clean, names = passage.clean, self.book.gazetteer.by_name
        found: list[Match] = []
        start = entity.start
        if clean[start : entity.end] in self.book.gazetteer.common_words:
            return []  # 七星: a word that rules take for a place on better grounds
        while start < entity.end and self._listed is not None:
            end = next((end for end in range(entity.end, start + 1, -1) if clean[start:end] in names), 0)
            if not end:
                return []
            groups = {"mention": (start, end), "listed": (start, end)}
            found.append(Match(self._listed, clean, start, end, groups, model=self.tagger.name))
            start = end
        return found

    def _end_of_chain(self, entity: Entity, rivals: Sequence[Match], passage: Passage) -> list[Match]:
        """The unlisted village, community or estate with which a chain of places ends, where rules read only what is
        before it: 沙市区联合街道|翠湖苑社区."""
        start, end = max(match.end for match in rivals), entity.end
        chain = all(match.type == "place" and entity.start <= match.start for match in rivals)
        suffixes = self.book.words_of("settlement_suffix")
        size = next((size for size in (4, 3, 2, 1) if passage.clean[end - size : end] in suffixes), 0)
        if self._local is None or not chain or not size or not 2 <= end - start - size <= _LONGEST_OWN_NAME:
            return []
        groups = {"mention": (start, end), "suffix": (end - size, end)}
        return [Match(self._local, passage.clean, start, end, groups, model=self.tagger.name)]

    @cached_property
    def _local(self) -> Rule | None:
        """The rule by which the reading of places knows an unlisted settlement by the word that ends its name."""
        return next((rule for rule in self.book.rules if rule.id == "place.local"), None)

    @cached_property
    def _listed(self) -> Rule | None:
        """The rule by which the reading of places knows a name of the list."""
        return next((rule for rule in self.book.rules if rule.id == "place.listed"), None)

    def _least(self, entity: Entity, passage: Passage) -> float:
        """How sure the tagger must be."""
        text = passage.clean[entity.start : entity.end]
        if text[0] in "“‘" and text[-1] in "”’":
            return _SURE_OF_QUOTED
        return _SURE if _MARK.search(text) else _SURE_OF_UNMARKED

    def _general(self, entity: Entity, passage: Passage) -> bool:
        """Whether the words are no name by their make: a verb and its general object (探索共享模式), a number and what it
        counts in quotation marks (“三留守”)."""
        text = passage.clean[entity.start : entity.end]
        if text[0] in "“‘" and text[-1] in "”’":
            return _COUNTED.fullmatch(text[1:-1]) is not None
        first = passage.words[passage.word_at(entity.start)]
        return first in self.book.words_of("before_name")

    def _program(self, entity: Entity, passage: Passage) -> Match:
        clean = passage.clean
        start, end = entity.start, entity.end
        groups: dict[str, Span] = {"mention": (start, end)}
        if clean[start] == "《" and clean[end - 1] == "》":
            groups["core"] = (start + 1, end - 1)
        if head := self._head(entity, passage):
            groups["head"] = head
        doubts = ("uncertain_name",) if entity.probability < _FIRM else ()
        return Match(self.rules["program"], clean, start, end, groups, model=self.tagger.name, doubts=doubts)

    def _head(self, entity: Entity, passage: Passage) -> Span | None:
        """The type word that says what the entity is: the one it ends with, else the nearest in its sentence."""
        clean = passage.clean
        last = entity.end - (clean[entity.end - 1] in "”》’」")
        heads = self.book.words_of("program_head")
        for start in range(max(entity.start, last - 8), last):
            if clean[start:last] in heads:
                return start, last
        first, behind = passage.sentences[passage.sentence_at(entity.start)]
        near = [(hit.start(), hit.end()) for hit in self._heads.finditer(clean, entity.end, behind)][:1]
        near += [(hit.start(), hit.end()) for hit in self._heads.finditer(clean, first, entity.start)][-1:]
        return min(near, key=lambda span: max(span[0] - entity.end, entity.start - span[1]), default=None)

    @cached_property
    def _heads(self) -> re.Pattern[str]:
        return re.compile(any_of(self.book.words_of("program_head")))


def _stand_in(kind: str, groups: Mapping[str, str], book: Rulebook) -> Rule:
    entry = RuleEntry.model_construct(
        id=f"{kind}.model", about="What the tagger names.", source="the model card", pattern="", yes=[], no=[]
    )
    return Rule(kind, entry, Path(), None, groups, book)


class _Taken:
    """Matches by place; those of one type do not overlap one another."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self._matches = sorted(matches, key=lambda match: match.start)
        self._starts = [match.start for match in self._matches]
        self._longest = max((match.end - match.start for match in self._matches), default=0)

    def overlapping(self, start: int, end: int) -> list[Match]:
        first = bisect_left(self._starts, start - self._longest)
        return [match for match in self._matches[first : bisect_left(self._starts, end)] if match.end > start]
