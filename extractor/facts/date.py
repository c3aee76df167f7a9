"""Time expressions in the sense of TIMEX3."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractor.facts.base import Record

DateModifier = Literal["", "start", "mid", "end", "since", "until", "before", "after", "approx"]


class Date(Record):
    """A time expression with its TIMEX3 value: 去年12月 in a report of 2025 → DATE 2024-12."""

    type: Literal["date"] = "date"
    timex: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str = Field(description="TIMEX3 value: 2024-09, 2024-Q3, P13Y, PAST_REF, XXXX-09; 2021/2023 for a span.")
    start_date: str | None = Field(None, description="First day of the stretch, YYYY-MM-DD, where it is known.")
    end_date: str | None = Field(None, description="Last day of the stretch, YYYY-MM-DD, where it is known.")
    modifier: DateModifier = ""
    anchor: str | None = Field(None, description="The date it was read against: the publication date or one named before.")
    weekday: int | None = Field(None, description="As the text states it, 1 Monday to 7 Sunday.")
