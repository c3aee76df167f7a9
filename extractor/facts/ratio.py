"""Ratios: percentages, percentage points, multiples, tenths and fractions."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractor.facts.base import Figure

RatioUnit = Literal["percent", "per_mille", "percentage_point", "times", "fraction"]


class Ratio(Figure):
    """A ratio as the article states it: 47.1% → 47.1 percent; 三成 → 30 percent; 三分之一 → 0.333333 fraction."""

    type: Literal["ratio"] = "ratio"
    unit: RatioUnit
    base: str | None = Field(None, description="The whole that a share is of: 占总人数的72.8% → 总人数.")
