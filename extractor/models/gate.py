"""Where rules leave something open: the stretches of a passage that are worth a look by the tagger."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NamedTuple

from extractor.article import Span
from extractor.engine.book import Rulebook
from extractor.engine.match import Match
from extractor.models.cutting import PART, QUOTED
from extractor.models.features import any_of
from extractor.segment import Passage

_LONGEST_NAME: Final = 26  # characters in quotation marks, with them; more is speech
_SPEECH: Final = re.compile("[。!?]")
_NO_NAME: Final = frozenset(["", *"的了着过各等该此这每某本,。;:、!?()\n”》」"])
_AROUND: Final = 3  # words before and behind a stretch that its features look at


class Window(NamedTuple):
    """A stretch to tag, and the part of it in which what is named counts: all around that is there to be seen only."""

    span: Span
    core: Span


@dataclass
class Gate:
    """Chooses clauses: those with quoted words that no rule took for an undertaking, with a type word that unmarked names
    end with and no rule took, those in which somebody says a figure, and those in which a chain of places seems to go on."""

    book: Rulebook

    def windows(self, passage: Passage, spans: Sequence[Span], winners: Sequence[Match]) -> list[Window]:
        """The stretches of some sentences to tag, in text order; neighbours are one."""
        if not spans:
            return []
        taken = sorted((match.start, match.end) for match in winners if match.type == "program")
        figures = sorted(match.start for match in winners if match.type in ("count", "ratio", "money"))
        opened = self._open(passage, spans[0][0], spans[-1][1], taken)
        marks = sorted({*opened, *self._said(passage, figures), *self._going_on(passage.clean, winners)})
        return list(_joined(passage, spans, marks))

    def _open(self, passage: Passage, first: int, last: int, taken: Sequence[Span]) -> Iterator[int]:
        """Where quoted words or type words stand that belong to none of the spans `taken`."""
        clean, edges = passage.clean, passage.edges
        before_name = self.book.words_of("before_name")
        other_words = tuple(self.book.words_of("head_in_word"))
        for hit in self._signs.finditer(clean, first, last):
            start = hit.start()
            if clean[start] in "“「":
                if hit.end() - start > _LONGEST_NAME or _SPEECH.search(clean, start, hit.end()):
                    continue
            elif clean[start] != "《" and (
                clean[max(start - 1, 0) : start] in _NO_NAME
                or clean[max(start - 2, 0) : start] in before_name
                or (hit.end() - start == 1 and (hit.end() not in edges or clean.endswith(other_words, 0, hit.end())))
            ):
                continue  # 的活动, 开展活动, 开展: nothing before it that could name it, or another word
            at = bisect_right(taken, (start, last)) - 1
            if at < 0 or taken[at][1] < hit.end():
                yield start

    def _said(self, passage: Passage, figures: Sequence[int]) -> Iterator[int]:
        """Where a word of saying stands in a sentence with a figure."""
        done = -1
        for figure in figures:
            if figure < done or not passage.sentences:
                continue
            start, done = passage.sentences[passage.sentence_at(figure)]
            for hit in self._says.finditer(passage.clean, start, done):
                yield max(hit.start() - 1, start)

    def _going_on(self, clean: str, winners: Sequence[Match]) -> Iterator[int]:
        """Where a place stands behind which a village or community may be named that no rule took: 浦坝港镇|下栏塘村."""
        places = [match for match in winners if match.type == "place"]
        taken = {match.start for match in places}
        for match in places:
            if match.end not in taken and self._settlement.match(clean, match.end):
                yield match.start

    @cached_property
    def _settlement(self) -> re.Pattern[str]:
        return re.compile(f"[一-鿿]{{2,8}}?(?:{any_of(self.book.words_of('settlement_suffix'))})")

    @cached_property
    def _signs(self) -> re.Pattern[str]:
        return re.compile(f"{QUOTED}|{any_of(self.book.words_of('unmarked_head'))}")

    @cached_property
    def _says(self) -> re.Pattern[str]:
        words = self.book.words_of("clause_word").items()
        return re.compile(any_of(word for word, meaning in words if meaning == "say"))


def _joined(passage: Passage, spans: Sequence[Span], marks: Iterable[int]) -> Iterator[Window]:
    """The clauses that hold `marks`, each with the words around that stand in the same sentence."""
    clean, starts = passage.clean, [start for start, _ in spans]
    core: Span | None = None
    sentence: Span | None = None
    parts: list[Span] = []
    ends: list[int] = []
    for mark in marks:
        if core is not None and mark < core[1]:
            continue
        held = spans[max(bisect_right(starts, mark) - 1, 0)]
        if not held[0] <= mark < held[1]:
            continue
        if core is not None and sentence is not None and held != sentence:
            yield _window(passage, core, sentence)
            core = None
        if held != sentence:
            sentence = held
            parts = [hit.span() for hit in PART.finditer(clean, *held)]
            ends = [end for _, end in parts]
        place = bisect_right(ends, mark)
        clause = parts[place] if place < len(parts) else held
        if core is not None and clause[0] - core[1] <= 1:
            core = core[0], clause[1]
            continue
        if core is not None:
            yield _window(passage, core, held)
        core = clause
    if core is not None and sentence is not None:
        yield _window(passage, core, sentence)


def _window(passage: Passage, core: Span, sentence: Span) -> Window:
    starts = passage.starts
    first = max(bisect_left(starts, core[0]) - _AROUND, 0)
    last = min(bisect_left(starts, core[1]) + _AROUND, len(starts) - 1)
    start = max(starts[first], sentence[0])
    end = min(starts[last] if bisect_left(starts, core[1]) + _AROUND < len(starts) else sentence[1], sentence[1])
    return Window((start, max(end, core[1])), core)
