"""Provinces and countries by one character, and the division that each means in its company: 苏浙沪, 中美, 粤、港、澳."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.engine.gazetteer import Division
from extractor.engine.match import Match

if TYPE_CHECKING:
    from extractor.engine.book import Rulebook

_COMMA = "、"


def letters(match: Match) -> Iterator[tuple[Match, tuple[Division, ...]]]:
    """The places that a run of letters stands for, each a match of its own, with what its letter can mean there."""
    book, text = match.rule.book, match.text
    meanings = readings(book, text.replace(_COMMA, ""))
    position = match.start
    for character in text:
        if character != _COMMA:
            span = (position, position + 1)
            yield Match(match.rule, match.clean, *span, {"mention": span}, rivals=match.rivals), meanings.pop(0)
        position += 1


@lru_cache(maxsize=4096)
def _readings(book: Rulebook, run: str) -> tuple[tuple[Division, ...], ...]:
    known: list[tuple[Division, ...]] = []
    for character in run:
        codes = str(book.lexicons["place_letter"][character]).split()
        known.append(tuple(book.gazetteer.by_code[code] for code in codes))
    for level in ("province", "country"):
        fitting = [
            tuple(one for one in meanings if one.level == level) or tuple(filter(_apart, meanings))
            for meanings in known
        ]
        if all(fitting):
            return tuple(fitting)
    return ()


def readings(book: Rulebook, run: str) -> list[tuple[Division, ...]]:
    """What each letter of `run` can mean, all of them provinces or all of them countries; nothing where they mix.

    新 is Xinjiang in 陕甘宁青新, Singapore in 中新; 港 澳 台 go with both.
    """
    return list(_readings(book, run))


def _apart(division: Division) -> bool:
    return division.code in ("710000", "810000", "820000")
