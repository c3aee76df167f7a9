"""Sums of money."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractor.facts.base import Figure


class Money(Figure):
    """A sum of money as the article states it: 约3.6亿元 → 360000000 CNY, approx."""

    type: Literal["money"] = "money"
    currency: str = Field(pattern="^[A-Z]{3}$", description="ISO 4217 code.")
    per: str | None = Field(None, description="What a rate is per: 每人每月300元 → 人·月.")
    equals: str | None = Field(None, description="Id of the same sum in another currency.")
