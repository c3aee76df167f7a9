"""What each figure is about: item, predicate, subject, place, date, speaker, the base of a share, what a change is against.

One walk over the sentences that hold figures, when all records of the article have been read: each sentence becomes a row
of letters (extractor/clauses.py), and every field is told from the row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from extractor.clauses import FIGURE, PLACE, TIME, Grammar, Mark, rows
from extractor.facts.about.rates import compared_with, per_of
from extractor.facts.about.sentence import SentenceReader
from extractor.facts.about.speaker import SpeakerFinder
from extractor.facts.base import Figure, Record, complete
from extractor.segment import Passage

Lexicons = Mapping[str, Mapping[str, Any]]

_LETTERS = {"count": FIGURE, "ratio": FIGURE, "money": FIGURE, "date": TIME, "place": PLACE}
_DATING = ("DATE", "TIME")
_LONGEST = 4_000  # code points of a stretch that is read as one sentence


def tell(records: Sequence[Record], passage: Passage, lexicons: Lexicons) -> None:
    """Fills what the text around the figures says of them. `records` are all of the article, in text order."""
    if not any(isinstance(record, Figure) for record in records):
        return
    grammar, speakers = _tools(id(lexicons), _Held(lexicons))
    marks = _marks(records, passage)
    starts = [mark.start for mark in marks]
    holds = [mark.letter == FIGURE for mark in marks]
    position = 0
    while position < len(marks):
        if not holds[position]:
            position += 1
            continue
        span = _sentence(passage, marks[position].start)
        inside = marks[bisect_left(starts, span[0]) : bisect_left(starts, span[1])]
        position = max(position + 1, bisect_left(starts, span[1]))
        reader = SentenceReader(passage, records, lexicons)
        for row in rows(passage, span, inside, grammar):
            reader.read(row)
        for mark in inside:
            record = records[mark.index]
            if isinstance(record, Figure):
                found = reader.found.get(mark.index, {})
                found["speaker"] = speakers.of(passage, span, mark)
                found["compared_with"] = compared_with(passage.clean, span, mark, lexicons)
                if getattr(record, "per", 0) is None:
                    found["per"] = per_of(passage.clean, span, mark, record, lexicons)
                complete(record, found)


def _sentence(passage: Passage, position: int) -> tuple[int, int]:
    if not passage.sentences:
        return max(position - _LONGEST, 0), min(position + _LONGEST, len(passage.clean))
    first, last = passage.sentences[passage.sentence_at(position)]
    if last - first > _LONGEST:  # no sentence: a list, a table, a line of digits
        first = max(first, position - _LONGEST // 2)
        last = min(last, first + _LONGEST)
    return first, max(last, position + 1)


def _marks(records: Sequence[Record], passage: Passage) -> list[Mark]:
    """The tokens that are records, none overlapping another; of two that do, the figure or the earlier stands."""
    frames = passage.frames
    found: list[Mark] = []
    for index, record in enumerate(records):
        letter = _LETTERS.get(record.type)
        if letter is None:
            continue
        start, end = frames[record.id]
        if letter == PLACE and getattr(record, "in_name", False):
            letter = "n"
        mark = Mark(start, end, letter, index)
        if found and found[-1].end > start:
            if letter != FIGURE or found[-1].letter == FIGURE:
                continue
            found.pop()
        found.append(mark)
    return found


class _Held:
    """Lexicons as an argument that a cache can hold."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons

    def __hash__(self) -> int:
        return 0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.lexicons is self.lexicons


@lru_cache(maxsize=4)
def _tools(_: int, held: _Held) -> tuple[Grammar, SpeakerFinder]:
    return Grammar(held.lexicons["clause_word"]), SpeakerFinder(held.lexicons)
