"""Sums of money."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from extractor.article import Region
from extractor.engine.match import Match
from extractor.facts.base import Figure, maker
from extractor.facts.reading import evidence, figure_fields, numeral_of, readable
from extractor.segment import Passage
from extractor.values.numbers import read_number


class Money(Figure):
    """A sum of money as the article states it: 约3.6亿元 → 360000000 CNY, approx."""

    type: Literal["money"] = "money"
    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217 code.")
    per: str | None = Field(None, description="What a rate is per: 每人每月300元 → 人·月.")
    equals: str | None = Field(None, description="Id of the same sum in another currency.")


LOCAL: dict[Region, str] = {"CN": "CNY", "TW": "TWD", "HK": "HKD", "MO": "MOP"}  # plain 元 by region of the report


_make = maker(Money, "modifier", "currency")


def read(matches: list[Match], passage: Passage) -> list[Money]:
    """The sums of an article."""
    return readable(_read, matches, passage)


def _read(match: Match, passage: Passage) -> Money:
    numeral = numeral_of(match)
    for group, factor in (("tenths", Decimal("0.1")), ("hundredths", Decimal("0.01"))):
        if match[group]:
            numeral = numeral.plus(read_number(match[group]) * factor)
    if "subunit" in match:
        numeral = numeral.times(Decimal(str(match.meaning("subunit"))))
    return _make(
        **evidence(match, passage),
        **figure_fields(numeral),
        currency=currency_of(match, passage.article.region),
        per=match["per"] or None,
    )


def currency_of(match: Match, region: Region) -> str:
    """The ISO 4217 code: a word in front decides, then the unit; plain 元 is the currency of the region."""
    code = str(match.meaning("front") or match.meaning("currency") or "LOCAL")
    return LOCAL[region] if code == "LOCAL" else code
