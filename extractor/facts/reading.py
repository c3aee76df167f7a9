"""What every reading does the same way: tie a match to the source, and read a figure's number and its bounds."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from decimal import Context, Decimal
from typing import Any, TypeVar

from extractor.article import Span
from extractor.engine.match import Match
from extractor.errors import Unreadable
from extractor.facts.base import Figure, Rival, Section, record_id
from extractor.segment import Passage
from extractor.values.numbers import Numeral, read_number, read_numeral

_TWELVE_DIGITS = Context(prec=12)
AnyFigure = TypeVar("AnyFigure", bound=Figure)


def evidence(
    match: Match, passage: Passage, doubts: tuple[str, ...] = (), *, chain: Sequence[Match] = ()
) -> dict[str, Any]:
    """The fields of every record: where the match, or the chain that begins with it, stands in the source, and which
    readings lost to it."""
    article, begin, rule = passage.article, match.start, match.rule
    last = chain[-1].end if chain else match.end
    first, end = passage.located.get((begin, last)) or passage.text.source_span(begin, last)
    raw = article.source[first:end]
    start, end = first + article.start, end + article.start
    text = match.clean[begin:last]
    own_id = record_id(article.doc, start, end, rule.type)
    passage.frames[own_id] = _frame(match, last)
    fields: dict[str, Any] = {
        "id": own_id,
        "raw": raw,
        "start": start,
        "end": end,
        "text": raw if text == raw else text,  # one string where they are equal, as mostly they are
        "sentence": passage.sentence_at(begin) if passage.sentences else None,
    }
    if match.model:
        fields["model"] = match.model
    else:
        fields["rule"] = rule.entry.id
    if passage.title or passage.captions:
        fields["section"] = _section(begin, passage)
    if article.pages:
        fields["page"] = bisect_right(article.pages, start)
    if own_doubts := [doubt for part in chain or (match,) for doubt in part.doubts]:
        doubts = tuple(dict.fromkeys((*doubts, *own_doubts)))
    if doubts:
        fields["doubts"] = doubts
    if rivals := [other for part in chain for other in part.rivals] if chain else match.rivals:
        fields["rivals"] = tuple([rival(other, passage) for other in rivals])
    return fields


def _frame(match: Match, last: int) -> Span:
    """The clean span of a mention with the words that bound it: 约400名以上."""
    groups = match.groups
    first = groups["modifier"][0] if "modifier" in groups else match.start
    return first, max(last, groups["after"][1]) if "after" in groups else last


def rival(match: Match, passage: Passage) -> Rival:
    start, end = source_span(match.start, match.end, passage)
    source = passage.article.source
    offset = passage.article.start
    raw = source[start - offset : end - offset]
    by = {"model": match.model} if match.model else {"rule": match.rule.id}
    return Rival(type=match.type, start=start, end=end, raw=raw, **by)


def source_span(start: int, end: int, passage: Passage) -> tuple[int, int]:
    """Offsets in the document of the clean span `start:end`."""
    first, last = passage.source_span(start, end)
    return first + passage.article.start, last + passage.article.start


def _section(position: int, passage: Passage) -> Section:
    if passage.title and passage.title[0] <= position < passage.title[1]:
        return "title"
    for start, end in passage.captions:
        if start <= position < end:
            return "caption"
    return "body"


_CLAUSE = re.compile(r"[,。;!?\n](?!\d)")


def clause_before(match: Match, passage: Passage, reach: int = 30) -> str:
    """The text of the match's clause before it, at most `reach` characters."""
    before = passage.clean[max(match.start - reach, 0) : match.start]
    return _CLAUSE.split(before)[-1]


def numeral_of(match: Match) -> Numeral:
    """The figure's numeral with the words around it: a word inside the numeral wins over one outside.

    Raises Unreadable where the characters make no number.
    """
    numeral = match.numeral if match.numeral is not None else read_numeral(match["value"])
    if "to" in match:
        return _between(match, numeral)
    if "spread" in match:  # 65%±5%
        middle, spread = read_number(match["value"]), read_number(match["spread"])
        return Numeral(low=middle - spread, high=middle + spread, modifier="range")
    if not _PARTS.isdisjoint(match.groups):
        numeral = numeral.plus(_smaller_part(match))
    if match["sign"]:
        numeral = numeral.times(Decimal(-1))
    if numeral.modifier == "exact":
        outer = match.meaning("after") or match.meaning("modifier")
        if outer:
            return Numeral(numeral.value, numeral.low, numeral.high, str(outer))  # type: ignore[arg-type]
    return numeral


def _between(match: Match, numeral: Numeral) -> Numeral:
    """The range whose ends each carry their unit or sign. 零下8至零下6摄氏度 may name the colder end first or last."""
    low, high = numeral.value if numeral.value is not None else numeral.low, read_number(match["to"])
    if low is None:
        raise Unreadable(f"{match.text} has an open end")
    low, high = (-low if match["sign"] else low), (-high if match["to_sign"] else high)
    if match["sign"] and low > high:
        low, high = high, low
    if low > high:
        raise Unreadable(f"{match.text} runs downwards")
    return Numeral(low=low, high=high, modifier="range")


_PARTS = frozenset(("half", "small_tenths", "twelfths", "decimals"))


def _smaller_part(match: Match) -> Decimal:
    """What stands behind the unit and belongs to the number: 一斤半, 3斤2两, 6呎1吋, 1米85."""
    if match["half"] == "半":
        return Decimal("0.5")
    if match["small_tenths"]:
        return read_number(match["small_tenths"]) / 10
    if match["twelfths"]:
        return read_number(match["twelfths"]) / 12
    digits = match["decimals"]
    return read_number(digits).scaleb(-len(digits)) if digits else Decimal(0)


def readable(
    read: Callable[[Match, Passage], AnyFigure], matches: Iterable[Match], passage: Passage
) -> list[AnyFigure]:
    """What `read` makes of each match; one that means nothing (60%—40% as a range) makes no record."""
    records = []
    for match in matches:
        with suppress(Unreadable):
            records.append(read(match, passage))
    return records


def figure_fields(numeral: Numeral) -> Mapping[str, Any]:
    """The number as the record carries it, without the zeros that reckoning leaves: 36000, not 36000.0."""
    return {
        "value": tidy(numeral.value),
        "low": tidy(numeral.low),
        "high": tidy(numeral.high),
        "modifier": numeral.modifier,
    }


def tidy(number: Decimal | None) -> Decimal | None:
    """The same number in its plainest form, with no more than twelve digits where it is no whole number."""
    if number is None:
        return None
    return Decimal(int(number)) if number == number.to_integral_value() else number.normalize(_TWELVE_DIGITS)
