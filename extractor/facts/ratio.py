"""Ratios: percentages, percentage points, multiples, tenths and fractions."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from extractor.engine.match import Match
from extractor.errors import Unreadable
from extractor.facts.base import Figure, maker
from extractor.facts.reading import evidence, figure_fields, numeral_of, readable
from extractor.segment import Passage
from extractor.values.numbers import Numeral, read_number

RatioUnit = Literal["percent", "per_mille", "percentage_point", "times", "fraction"]


class Ratio(Figure):
    """A ratio as the article states it: 47.1% → 47.1 percent; 三成 → 30 percent; 三分之一 → 0.333333 fraction."""

    type: Literal["ratio"] = "ratio"
    unit: RatioUnit
    base: str | None = Field(None, description="The whole that a share is of: 占总人数的72.8% → 总人数.")


_PRECISION = Decimal("0.000001")  # fractions as decimals: six digits, as the annotation guide asks
_IN_WORDS: dict[str, RatioUnit] = {"百": "percent", "千": "per_mille", "万": "fraction"}


_make = maker(Ratio, "modifier", "unit")


def read(matches: list[Match], passage: Passage) -> list[Ratio]:
    """The ratios of an article."""
    return readable(_read, matches, passage)


def _read(match: Match, passage: Passage) -> Ratio:
    numeral, unit = _value(match)
    return _make(
        **evidence(match, passage),
        **figure_fields(numeral),
        unit=unit,
    )


def _value(match: Match) -> tuple[Numeral, RatioUnit]:
    """The ratio's number and unit. 三成 is 30 percent, 七成五 75 percent."""
    if "denominator" in match:
        below = read_number(match["denominator"])
        if not below:
            raise Unreadable(f"{match.text} divides by nothing")
        return _bounded(match, (read_number(match["numerator"]) / below).quantize(_PRECISION)), "fraction"
    if "half_word" in match or "doubling" in match:
        group = "half_word" if "half_word" in match else "doubling"
        return _bounded(match, Decimal(str(match.meaning(group)))), "fraction" if group == "half_word" else "times"
    numeral = numeral_of(match)
    if "tenths" in match:
        if match["half"] not in ("", "半"):
            numeral = numeral.plus(read_number(match["half"]) / 10)
        return numeral.times(Decimal(10)), "percent"
    if "base" in match:
        unit = _IN_WORDS[match["base"]]
        return (numeral.times(Decimal("0.0001")), unit) if unit == "fraction" else (numeral, unit)
    meaning = str(match.meaning("unit"))
    if meaning == "basis_point":
        return numeral.times(Decimal("0.01")), "percentage_point"
    return numeral, meaning  # type: ignore[return-value]


def _bounded(match: Match, value: Decimal) -> Numeral:
    modifier = match.meaning("after") or match.meaning("modifier") or "exact"
    return Numeral(value, modifier=modifier)  # type: ignore[arg-type]
