"""What each figure is about: item, predicate, subject, place, date, speaker, the base of a share, what a change is against.

One walk over the sentences that hold figures, when all records of the article have been read: each sentence becomes a row
of letters (extractor/clauses.py), and every field is told from the row.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from extractor.clauses import FIGURE, NOUN, PLACE, SAY, TIME, Grammar, Mark, rows
from extractor.facts.about.rates import Rates
from extractor.facts.about.sentence import SentenceReader, Words
from extractor.facts.about.speaker import SpeakerFinder
from extractor.facts.base import Record, complete
from extractor.segment import Body, Passage

Lexicons = Mapping[str, Mapping[str, Any]]

_LETTERS = {"count": FIGURE, "ratio": FIGURE, "money": FIGURE, "date": TIME, "place": PLACE}
_PRONOUNS = ("他", "她")
_AROUND = 500  # code points around a sentence in which a source may be named
_LONGEST = 1_000  # code points of a stretch that is read as one sentence


def tell(records: Sequence[Record], passage: Passage, lexicons: Lexicons) -> None:
    """Fills what the text around the figures says of them. `records` are all of the article, in text order."""
    marks = _marks(records, passage)
    figures = [number for number, mark in enumerate(marks) if mark.letter == FIGURE]
    if not figures:
        return
    grammar, words, speakers, rates = _tools(_Held(lexicons))
    clean = passage.clean
    starts = [mark.start for mark in marks]
    ends = sorted(passage.bodies)
    done = 0  # clean offset up to which figures have been read
    date = person = None  # the last time of the paragraph, the last person cited
    for number in figures:
        if starts[number] < done:
            continue
        span = _sentence(passage, starts[number])
        if clean.find("\n", done, span[0]) >= 0:
            date = None
        done = span[1]
        inside = marks[bisect_left(starts, span[0], 0, number) : bisect_left(starts, done, number)]
        reader = SentenceReader(passage, records, words, date)
        said = rows(passage, span, inside, grammar)
        near = _near(passage, ends, span)
        for row in said:
            reader.read(row)
        speaks = any(SAY in row.letters for row in said) or "据" in clean[span[0] : span[1]]
        for mark in inside:
            if mark.letter != FIGURE:
                continue
            record = records[mark.record]
            found = reader.found.get(mark.record, {})
            clause = rates.clause(clean, span[0], mark)
            found["speaker"] = speakers.of(
                clean, span, mark, str(found.get("speaker") or ""), speaks=speaks, bodies=near
            )
            found["compared_with"] = rates.compared_with(clause)
            if record.type != "ratio" and getattr(record, "per", "") is None:
                found["per"] = rates.per(clause, clean, mark, record)
            if (said_by := found["speaker"]) in _PRONOUNS:
                found["speaker"] = person
            elif said_by is not None:
                person = said_by
            complete(record, found)
        date = reader.date


def _near(passage: Passage, ends: Sequence[int], span: tuple[int, int]) -> dict[int, Body]:
    """The persons and bodies that the tagger names in a sentence and close to it; `ends` are the ends of all."""
    some = ends[bisect_left(ends, span[0] - _AROUND) : bisect_left(ends, span[1] + _AROUND)]
    return {end: passage.bodies[end] for end in some}


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
    end = -1  # of the last mark found
    for index, record in enumerate(records):
        letter = _LETTERS.get(record.type)
        if letter is None:
            continue
        frame = frames.pop(record.id, None)
        if frame is None:  # in damaged text two records may come from the same characters, with one id
            continue
        if end > frame[0]:
            if letter != FIGURE or found[-1].letter == FIGURE:
                continue
            found.pop()
        if letter == PLACE and getattr(record, "in_name", False):
            letter = NOUN
        end = frame[1]
        found.append(Mark(*frame, letter, index))
    return found


class _Held:
    """Lexicons as an argument that a cache can hold."""

    def __init__(self, lexicons: Lexicons) -> None:
        self.lexicons = lexicons

    def __hash__(self) -> int:
        return id(self.lexicons)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.lexicons is self.lexicons


@lru_cache(maxsize=4)
def _tools(held: _Held) -> tuple[Grammar, Words, SpeakerFinder, Rates]:
    lexicons = held.lexicons
    return Grammar(lexicons["clause_word"]), Words.of(lexicons), SpeakerFinder(lexicons), Rates(lexicons)
