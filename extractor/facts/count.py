"""Counts: a cardinal quantity with its classifier or measure (19 家, 92 万人次, 40 平方米)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractor.facts.base import Figure, Number


class Count(Figure):
    """A count as the article states it: 400 余名…人才 → 400 名, over."""

    type: Literal["count"] = "count"
    unit: str = Field("", description="Classifier or measure as written, simplified; empty where a noun is counted directly.")
    per: str | None = Field(None, description="What a rate is per: 公里/小时 → 小时.")
    members: tuple[str, ...] = Field((), description="Names listed after it.")
    dimension: str | None = Field(None, description="What a measure measures: length, area, mass, energy …")
    si_value: Number | None = Field(None, description="The value in the SI unit of its dimension, for comparing.")
