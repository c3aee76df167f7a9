"""Points in time as a text names them → TIMEX3 values. Pure: nothing here reads the clock.

A `Point` holds what was said, absolute or relative; `resolve` ties it to an anchor (the publication date) and to the
date last named, and gives the value with its first and last day. What neither says stays a placeholder: XXXX-09.
"""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

Relation = int | Literal["same", "next", "previous"]
"""Years, months or days from the anchor; or `same` `next` `previous` counted from the date last named."""

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 12)}


@dataclass(frozen=True, slots=True)
class Point:
    """What one time expression says; empty where it says nothing."""

    year: int | None = None
    year_from: Relation | None = None
    fiscal: bool = False
    month: int | None = None
    month_from: Relation | None = None
    day: int | None = None
    day_from: Relation | None = None
    week_from: int | None = None
    weekday: int | None = None
    weekend: bool = False
    quarter: int | None = None
    half: int | None = None
    season: str | None = None
    months: tuple[int, int] | None = None  # 前三季度: January to September
    days: tuple[int, int] | None = None  # a festival of several days
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    daypart: str | None = None

    @property
    def only_clock(self) -> bool:
        """Whether nothing above the time of day is said."""
        above = (
            self.year,
            self.year_from,
            self.month,
            self.month_from,
            self.day,
            self.day_from,
            self.week_from,
            self.weekday,
        )
        return all(part is None for part in (*above, self.quarter, self.half, self.season, self.months))


@dataclass(frozen=True, slots=True)
class Named:
    """The date last named in the text, as far as it was known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class Resolved:
    """A TIMEX3 value with its first and last day where they are known, and what it was read against."""

    value: str
    start: dt.date | None = None
    end: dt.date | None = None
    named: Named = Named()
    anchor: Literal["published", "named", None] = None
    impossible: bool = False
    guessed_year: bool = False


def resolve(point: Point, published: dt.date | None, named: Named, *, ahead: bool = False) -> Resolved:
    """The value of `point`.

    `published` anchors 今年, 上月, 昨日 and dates without a year; `named` anchors 当年, 次日 and a day without its month.
    `ahead` says that the sentence speaks of the future, so that a bare month may lie after publication.

    >>> resolve(Point(month=9), dt.date(2024, 12, 10), Named()).value
    '2024-09'
    >>> resolve(Point(month=9), None, Named()).value
    'XXXX-09'
    """
    try:
        return _resolve(point, published, named, ahead)
    except (OverflowError, ValueError):  # before the year 1 or after 9999, which dates cannot hold
        return Resolved("XXXX-XX-XX" + clock(point), impossible=True)


def _resolve(point: Point, published: dt.date | None, named: Named, ahead: bool) -> Resolved:
    if point.week_from is not None or (point.weekday is not None and point.day is None and point.day_from is None):
        return _week(point, published, named)
    if point.day_from is not None and point.day is None:
        return _relative_day(point, published, named)
    if point.day_from is not None:  # 昨(17)日 says the day twice: the number decides, the word only its month
        return _bare_day(replace(point, day_from=None), published, Named())
    if point.only_clock:
        return _time_of_day(point, named)
    year, anchor, guessed = _year(point, published, named, ahead)
    if (
        year is None
        and point.year is None
        and point.year_from is None
        and point.month is None
        and point.day is not None
    ):
        return _bare_day(point, published, named)
    month = point.month
    if point.month_from is not None:
        year, month, anchor = _relative_month(point.month_from, published, named)
    elif point.day is not None and month is None:
        return _bare_day(point, published, named)
    return _dated(point, year, month, anchor, guessed)


def _year(
    point: Point, published: dt.date | None, named: Named, ahead: bool
) -> tuple[int | None, Literal["published", "named", None], bool]:
    if point.year is not None:
        return point.year, None, False
    if isinstance(point.year_from, int):
        return (published.year + point.year_from if published else None), "published", False
    if point.year_from is not None:
        offset = {"same": 0, "next": 1, "previous": -1}[point.year_from]
        if named.year is not None:
            return named.year + offset, "named", False
        return (published.year + offset if published else None), "published", False
    if published is None:
        return named.year, "named", False
    if point.month is None:
        return published.year, "published", False
    gap = point.month - published.month
    if gap > 2 and not ahead:
        return published.year - 1, "published", True
    if gap == 0 and point.day is not None and point.day > published.day + 20 and not ahead:
        return published.year, "published", True
    return published.year, "published", gap > 0


def _bare_day(point: Point, published: dt.date | None, named: Named) -> Resolved:
    """A day whose month is not given: that of the date last named, else that of publication."""
    if named.month is not None:
        return _dated(point, named.year, named.month, "named", False)
    if published is not None and point.day is not None:
        year, month = published.year, published.month
        if point.day > published.day + 3:
            year, month = (year, month - 1) if month > 1 else (year - 1, 12)
        return _dated(point, year, month, "published", True)
    return _dated(point, named.year, None, None, False)


def _relative_month(
    relation: Relation, published: dt.date | None, named: Named
) -> tuple[int | None, int | None, Literal["published", "named", None]]:
    if isinstance(relation, int):
        if published is None:
            return None, None, None
        base, offset, anchor = (published.year, published.month), relation, "published"
    else:
        offset = {"same": 0, "next": 1, "previous": -1}[relation]
        if named.month is not None and named.year is not None:
            base, anchor = (named.year, named.month), "named"
        elif published is not None:
            base, anchor = (published.year, published.month), "published"
        else:
            return named.year, named.month, None
    months = base[0] * 12 + base[1] - 1 + offset
    return months // 12, months % 12 + 1, anchor  # type: ignore[return-value]


def _relative_day(point: Point, published: dt.date | None, named: Named) -> Resolved:
    relation = point.day_from
    anchor: Literal["published", "named", None] = "published"
    base = published
    offset = relation if isinstance(relation, int) else 0
    if not isinstance(relation, int):
        offset = {"same": 0, "next": 1, "previous": -1, None: 0}[relation]
        if named.day is not None:
            anchor = "named"
            base = _day(named.year, named.month, named.day) if named.year and named.month else None
            if base is None:
                stamp = f"{_four(named.year)}-{_two(named.month)}-{_two(named.day + offset)}"
                return Resolved(
                    stamp + clock(point), named=Named(named.year, named.month, named.day + offset), anchor="named"
                )
    if base is None:
        return Resolved("XXXX-XX-XX" + clock(point))
    day = base + dt.timedelta(days=offset)
    return Resolved(day.isoformat() + clock(point), day, day, Named(day.year, day.month, day.day), anchor)


def _time_of_day(point: Point, named: Named) -> Resolved:
    """A clock without its day: the day last named, where one is known."""
    day = _day(named.year, named.month, named.day)
    stamp = (
        day.isoformat()
        if day
        else f"{_four(named.year)}-{_two(named.month)}-{_two(named.day)}"
        if named.day
        else "XXXX-XX-XX"
    )
    return Resolved(stamp + clock(point), day, day, named, "named" if named.day else None)


def _week(point: Point, published: dt.date | None, named: Named) -> Resolved:
    time = clock(point)
    if published is None:
        return Resolved(f"XXXX-WXX-{point.weekday}{time}" if point.weekday else "XXXX-WXX")
    monday = published - dt.timedelta(days=published.weekday()) + dt.timedelta(weeks=point.week_from or 0)
    if point.weekday:
        day = monday + dt.timedelta(days=point.weekday - 1)
        if point.week_from is None and day > published:
            day -= dt.timedelta(weeks=1)
        return Resolved(day.isoformat() + time, day, day, Named(day.year, day.month, day.day), "published")
    year, week, _ = monday.isocalendar()
    if point.weekend:
        saturday, sunday = monday + dt.timedelta(days=5), monday + dt.timedelta(days=6)
        return Resolved(f"{year}-W{week:02}-WE", saturday, sunday, Named(saturday.year, saturday.month), "published")
    return Resolved(
        f"{year}-W{week:02}", monday, monday + dt.timedelta(days=6), Named(monday.year, monday.month), "published"
    )


def _dated(
    point: Point, year: int | None, month: int | None, anchor: Literal["published", "named", None], guessed: bool
) -> Resolved:
    named = Named(year, month, point.day)
    stamp = _four(year)
    if point.fiscal:
        return Resolved(f"FY{stamp}", *_months(year, 1, 12), named, anchor)
    if point.quarter is not None:
        last = point.quarter * 3
        return Resolved(
            f"{stamp}-Q{point.quarter}", *_months(year, last - 2, last), named, anchor, guessed_year=guessed
        )
    if point.half is not None:
        return Resolved(f"{stamp}-H{point.half}", *_months(year, point.half * 6 - 5, point.half * 6), named, anchor)
    if point.months is not None:
        first, last = point.months
        return Resolved(f"{stamp}-{first:02}/{stamp}-{last:02}", *_months(year, first, last), Named(year, last), anchor)
    if point.season is not None:
        return Resolved(f"{stamp}-{point.season}", *_months(year, *SEASONS[point.season]), named, anchor)
    if month is None and point.day is None:
        if point.month_from is not None:
            return Resolved("XXXX-XX", named=named)
        return Resolved(stamp, *_months(year, 1, 12), named, anchor)
    if point.day is None:
        impossible = not 1 <= (month or 0) <= 12
        days = (None, None) if impossible else _months(year, month or 1, month or 1)
        return Resolved(f"{stamp}-{_two(month)}" + clock(point), *days, named, anchor, impossible, guessed)
    value = f"{stamp}-{_two(month)}-{_two(point.day)}" + clock(point)
    day = _day(year, month, point.day) if year and month else None
    impossible = (day is None and year is not None and month is not None) or not 1 <= point.day <= 31
    impossible = (
        impossible or (point.hour is not None and point.hour > 24) or (point.minute is not None and point.minute > 59)
    )
    return Resolved(value, day, day, named, anchor, impossible, guessed)


def clock(point: Point) -> str:
    """The part of a TIMEX3 value below the day: T19:30, or TEV where only a part of day is named."""
    if point.hour is None:
        return f"T{point.daypart}" if point.daypart else ""
    hour = point.hour
    if (point.daypart in ("AF", "EV") and hour < 12) or (point.daypart == "NI_LATE" and 6 <= hour < 12):
        hour += 12
    value = f"T{hour:02}:{point.minute or 0:02}"
    return f"{value}:{point.second:02}" if point.second is not None else value


def _months(year: int | None, first: int, last: int) -> tuple[dt.date | None, dt.date | None]:
    if year is None or not 1 <= year <= 9999:
        return None, None
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _day(year: int | None, month: int | None, day: int | None) -> dt.date | None:
    try:
        return dt.date(year or 0, month or 0, day or 0)
    except ValueError:
        return None


def _four(year: int | None) -> str:
    return "XXXX" if year is None else f"{year:04}"


def _two(number: int | None) -> str:
    return "XX" if number is None else f"{number:02}"


def five_year_plan(number: int) -> tuple[int, int]:
    """First and last year of China's n-th five-year plan (State Council; the third began in 1966).

    >>> five_year_plan(14), five_year_plan(1)
    ((2021, 2025), (1953, 1957))
    """
    first = 1953 + 5 * (number - 1) if number <= 2 else 1966 + 5 * (number - 3)
    return first, first + 4


def complete(end: Point, start: Point) -> Point:
    """The end of a span with what it leaves to its start: 3月14日至16日, 2023年1月至9月."""
    filled = end
    if end.year is None and end.year_from is None and end.day_from is None and end.month_from is None:
        filled = replace(filled, year=start.year, year_from=start.year_from)
        if end.month is None and end.day is not None:
            filled = replace(filled, month=start.month, month_from=start.month_from)
        if end.month is None and end.day is None and end.hour is not None:
            filled = replace(filled, month=start.month, day=start.day, day_from=start.day_from)
    return filled
