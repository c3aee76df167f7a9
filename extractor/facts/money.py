"""Sums of money."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Literal

from pydantic import Field

from extractor.article import Region
from extractor.engine.match import Match
from extractor.facts.base import Figure, maker
from extractor.facts.reading import evidence, figure_fields, numeral_of, readable
from extractor.segment import Passage
from extractor.values.numbers import Numeral, read_number


class Money(Figure):
    """A sum of money as the article states it: 约3.6亿元 → 360000000 CNY, approx."""

    type: Literal["money"] = "money"
    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217 code.")
    per: str | None = Field(None, description="What a rate is per: 每人每月300元 → 人·月.")
    equals: str | None = Field(None, description="Id of the same sum in another currency.")


LOCAL: dict[Region, str] = {"CN": "CNY", "TW": "TWD", "HK": "HKD", "MO": "MOP"}  # plain 元 by region of the report


_make = maker(Money, "modifier", "currency")


def read(matches: list[Match], passage: Passage) -> list[Money]:
    """The sums of an article; two that are the same sum in two currencies name each other."""
    sums: list[Money] = []
    before: Match | None = None
    for match in matches:
        found = readable(_read, (match,), passage)
        if found and before is not None and sums[-1].currency != found[0].currency and _equated(before, match):
            sums[-1], found[0] = (
                sums[-1].model_copy(update={"equals": found[0].id}),
                found[0].model_copy(update={"equals": sums[-1].id}),
            )
        sums += found
        before = match if found else None
    return sums


# 5亿美元(约合人民币36亿元), 80万英镑,折合730多万元: nothing else may stand between the two
_EQUATION = re.compile(
    r"[(,、]?(?:按[^,。;()]{2,14}?(?:汇率|计算|折算)[^,。;()]{0,4},?)?(?P<said>大?约?(?:折合?成?|换算成?|合|相?当于|相等于|等于|等值于?)?约?为?)?"
    r"(?:超过?|近|逾|至少|不到|大约|人民币|约)*"
)


def _equated(first: Match, second: Match) -> bool:
    """The text between two sums says that they are one: a bracket opens there, or a word such as 折合."""
    end = first.groups["after"][1] if "after" in first else first.end
    between = first.clean[end : second.start]
    found = _EQUATION.fullmatch(between) if len(between) < 40 else None
    return found is not None and (between[:1] == "(" or len(found["said"] or "") > 1)


def _read(match: Match, passage: Passage) -> Money:
    return _make(
        **evidence(match, passage),
        **figure_fields(_in_main_units(match)),
        currency=currency_of(match, passage),
        per=match["per"] or None,
    )


def _in_main_units(match: Match) -> Numeral:
    """The number in whole units of its currency: 三毛五 is 0.35, 七块五 is 7.5, 85美分 is 0.85."""
    numeral = numeral_of(match)
    if "subunit" in match:
        numeral = numeral.times(Decimal(str(match.meaning("subunit"))))
    if "scale" in match:
        numeral = numeral.times(Decimal(str(match.meaning("scale"))))
    if "cents" in match:
        numeral = numeral.times(Decimal(str(_cents(match)["part"])))
    for group, factor in (("tenths", Decimal("0.1")), ("hundredths", Decimal("0.01"))):
        if match[group]:
            numeral = numeral.plus(read_number(match[group]) * factor)
    return numeral


def _cents(match: Match) -> Mapping[str, object]:
    """The part of its currency that a coin's name means, and the currency."""
    meaning = match.meaning("cents")
    assert isinstance(meaning, Mapping)
    return meaning


def currency_of(match: Match, passage: Passage) -> str:
    """The ISO 4217 code: a word in front decides, then the unit; plain 元 is the currency of the region, and a name that
    several states share (卢比) that of the state named last before the sum."""
    if "cents" in match:
        return str(_cents(match)["currency"])
    code = str(match.meaning("front") or match.meaning("currency") or "LOCAL")
    states = match.rule.book.lexicons["shared_currency"].get(match["currency"]) if not match["front"] else None
    if states:
        first = max(match.start - _STATE_REACH, 0)
        named = {match.clean.rfind(state, first, match.start): own for state, own in states.items()}
        return str(named[max(named)] if max(named) >= 0 else code)
    return LOCAL[passage.article.region] if code == "LOCAL" else code


_STATE_REACH = 2000  # characters: any news report, and cheap in a text of any length
