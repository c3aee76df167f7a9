"""Counts: a cardinal quantity with its classifier or measure (19 家, 92 万人次, 40 平方米)."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal

from pydantic import Field

from extractor.engine.match import Match
from extractor.facts.base import Figure, Number, maker
from extractor.facts.reading import evidence, figure_fields, numeral_of, readable, tidy
from extractor.segment import Passage


class Count(Figure):
    """A count as the article states it: 400 余名…人才 → 400 名, over."""

    type: Literal["count"] = "count"
    unit: str = Field(
        "", description="Classifier or measure as written, simplified; empty where a noun is counted directly."
    )
    per: str | None = Field(None, description="What a rate is per: 公里/小时 → 小时.")
    members: tuple[str, ...] = Field((), description="Names listed after it.")
    dimension: str | None = Field(None, description="What a measure measures: length, area, mass, energy …")
    si_value: Number | None = Field(None, description="The value in the SI unit of its dimension, for comparing.")


_make = maker(Count, "modifier", "dimension")


def read(matches: list[Match], passage: Passage) -> list[Count]:
    """The counts of an article."""
    return readable(_read, matches, passage)


def _read(match: Match, passage: Passage) -> Count:
    numeral = numeral_of(match)
    unit = match["unit"]
    measure = match.meaning("unit")
    dimension = si_value = None
    if isinstance(measure, dict):
        dimension = measure["dimension"]
        exact = numeral.value if numeral.value is not None else numeral.low
        si_value = exact * Decimal(measure["factor"]) if exact is not None else None
    counts_noun = match.rule.id == "count.noun"
    return _make(
        **evidence(match, passage),
        **figure_fields(numeral),
        unit=unit,
        item=match["modifying"] + unit if counts_noun else None,
        per=unit.partition("/")[2] or None if isinstance(measure, dict) else None,
        dimension=dimension,
        si_value=tidy(si_value),
    )
