"""Points in time as a text names them → TIMEX3 values. Pure: nothing here reads the clock.

A `Point` holds what was said, absolute or relative; `resolve` ties it to an anchor (the publication date) and to the
date last named, and gives the value with its first and last day. What neither says stays a placeholder: XXXX-09.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Literal

Relation = int | Literal["same", "next", "previous"]
"""Years, months or days from the anchor; or `same` `next` `previous` counted from the date last named."""

SEASONS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
"""First and last month of each season; a winter runs on into the February after (14)."""


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
    third: int | None = None  # of a month: 上旬 1, 中旬 2, 下旬 3
    week_from: Relation | None = None
    weekday: int | None = None
    weekend: bool = False
    quarter: int | None = None
    quarter_from: Relation | None = None
    half: int | None = None
    season: str | None = None
    months: tuple[int, int] | None = None  # 前三季度: January to September
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
        parts = (*above, self.quarter, self.quarter_from, self.half, self.season, self.months)
        return all(part is None for part in parts)


@dataclass(frozen=True, slots=True)
class Named:
    """The date last named in the text, as far as it was known."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    monday: dt.date | None = None  # where a week was named


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
    wrong_weekday: bool = False


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
        return _week(point, published, named, ahead)
    if point.quarter_from is not None:
        return _relative_quarter(point.quarter_from, published, named)
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
        first = _first_month(point)
        last_year = first is not None and first - published.month > 5 and not ahead  # 四季度 said in January
        return published.year - last_year, "published", last_year
    if not 1 <= point.month <= 12:
        return None, None, False
    gap = point.month - published.month
    if gap > 2 and not ahead:
        return published.year - 1, "published", True
    if gap == 0 and point.day is not None and point.day > published.day + 20 and not ahead:
        return published.year, "published", True
    return published.year, "published", gap > 0


def _first_month(point: Point) -> int | None:
    if point.quarter is not None:
        return point.quarter * 3 - 2
    return point.half * 6 - 5 if point.half is not None else None


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
    offset = _offset(relation)
    if not isinstance(relation, int) and named.day is not None:
        anchor = "named"
        base = _day(named.year, named.month, named.day)
        if base is None:
            later = Named(named.year, named.month, named.day + offset)
            stamp = f"{_four(named.year)}-{_two(named.month)}-{_two(later.day)}"
            return Resolved(stamp + clock(point), named=later, anchor="named")
    if base is None:
        return Resolved("XXXX-XX-XX" + clock(point))
    day = base + dt.timedelta(days=offset)
    return Resolved(day.isoformat() + clock(point), day, day, Named(day.year, day.month, day.day), anchor)


def _offset(relation: Relation | None) -> int:
    return relation if isinstance(relation, int) else {"same": 0, "next": 1, "previous": -1, None: 0}[relation]


def _relative_quarter(relation: Relation, published: dt.date | None, named: Named) -> Resolved:
    """A quarter so many quarters away from that of publication, or of the month last named."""
    anchor: Literal["published", "named", None] = "published"
    base = (published.year, published.month) if published else None
    if not isinstance(relation, int) and named.year is not None and named.month is not None:
        base, anchor = (named.year, named.month), "named"
    if base is None:
        return Resolved("XXXX-QX")
    count = base[0] * 4 + (base[1] - 1) // 3 + _offset(relation)
    return _dated(Point(quarter=count % 4 + 1), count // 4, None, anchor, False)


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


def _week(point: Point, published: dt.date | None, named: Named, ahead: bool) -> Resolved:
    time = clock(point)
    anchor: Literal["published", "named"] = "published"
    base = published
    if isinstance(point.week_from, str) and (day := named.monday or _day(named.year, named.month, named.day)):
        base, anchor = day, "named"
    if base is None:
        return Resolved(f"XXXX-WXX-{point.weekday}{time}" if point.weekday else "XXXX-WXX")
    monday = base - dt.timedelta(days=base.weekday()) + dt.timedelta(weeks=_offset(point.week_from))
    if point.weekday:
        day = monday + dt.timedelta(days=point.weekday - 1)
        if point.week_from is None and day > base and not ahead:
            day -= dt.timedelta(weeks=1)
        elif point.week_from is None and day < base and ahead:
            day += dt.timedelta(weeks=1)
        return Resolved(day.isoformat() + time, day, day, Named(day.year, day.month, day.day), anchor)
    year, week, _ = monday.isocalendar()
    if point.weekend:
        saturday, sunday = monday + dt.timedelta(days=5), monday + dt.timedelta(days=6)
        return Resolved(
            f"{year}-W{week:02}-WE", saturday, sunday, Named(monday.year, monday.month, None, monday), anchor
        )
    return Resolved(
        f"{year}-W{week:02}",
        monday,
        monday + dt.timedelta(days=6),
        Named(monday.year, monday.month, None, monday),
        anchor,
    )


def _dated(
    point: Point, year: int | None, month: int | None, anchor: Literal["published", "named", None], guessed: bool
) -> Resolved:
    named = Named(year, month, point.day)
    stamp = _four(year)
    if year is not None and not 1 <= year <= 9999:
        raise ValueError("a year that dates cannot hold")
    if point.fiscal:
        return Resolved(f"FY{stamp}", *_months(year, 1, 12), named, anchor)
    if point.quarter is not None:
        last = point.quarter * 3
        return Resolved(
            f"{stamp}-Q{point.quarter}",
            *_months(year, last - 2, last),
            Named(year, last),
            anchor,
            guessed_year=guessed,
        )
    if point.half is not None:
        return Resolved(
            f"{stamp}-H{point.half}", *_months(year, point.half * 6 - 5, point.half * 6), Named(year), anchor
        )
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
        days = (None, None) if impossible else _months(year, month or 1, month or 1, point.third)
        return Resolved(f"{stamp}-{_two(month)}" + clock(point), *days, named, anchor, impossible, guessed)
    value = f"{stamp}-{_two(month)}-{_two(point.day)}" + clock(point)
    day = _day(year, month, point.day) if year and month else None
    impossible = (day is None and year is not None and month is not None) or not 1 <= point.day <= 31
    impossible = impossible or not 1 <= (month or 1) <= 12 or wrong_clock(point)
    wrong_weekday = bool(point.weekday and day and day.isoweekday() != point.weekday)
    return Resolved(value, day, day, named, anchor, impossible, guessed, wrong_weekday)


def wrong_clock(point: Point) -> bool:
    """Whether the time of day is one that no clock shows: 25时, 9时75分."""
    late = point.hour == 24 and bool(point.minute or point.second)
    return late or (point.hour or 0) > 24 or (point.minute or 0) > 59 or (point.second or 0) > 60


def clock(point: Point) -> str:
    """The part of a TIMEX3 value below the day: T19:30, or TEV where only a part of day is named."""
    if point.hour is None:
        return f"T{point.daypart}" if point.daypart else ""
    hour = hour_of_day(point)
    value = f"T{hour:02}:{point.minute or 0:02}"
    return f"{value}:{point.second:02}" if point.second is not None else value


def hour_of_day(point: Point) -> int:
    """The hour on the clock of 24 hours: 晚8点 is 20, 中午1点 13, 半夜12点 24."""
    hour = point.hour or 0
    if point.daypart in ("AF", "EV") and hour < 12:
        return hour + 12
    if point.daypart == "NI_LATE" and 6 <= hour < 12:
        return hour + 12
    if point.daypart == "MI" and hour <= 3:
        return hour + 12
    return 24 if hour == 12 and point.daypart in ("EV", "NI_LATE") else hour


def _months(year: int | None, first: int, last: int, third: int | None = None) -> tuple[dt.date | None, dt.date | None]:
    """First and last day from one month to another, or of a third of a month; months over 12 are of the next year."""
    if year is None or not 1 <= year <= 9999:
        return None, None
    begin = dt.date(year, first, 1)
    year, last = (year, last) if last <= 12 else (year + 1, last - 12)
    end = dt.date(year, last, calendar.monthrange(year, last)[1])
    if third is None:
        return begin, end
    return begin.replace(day=third * 10 - 9), end if third == 3 else begin.replace(day=third * 10)


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
    """The end of a span with what it leaves to its start: 3月14日至16日, 2023年1月至9月, 下午4时至11时."""
    relative = (end.year_from, end.month_from, end.day_from, end.week_from, end.quarter_from)
    if end.year is not None or any(part is not None for part in relative):
        return end
    if end.weekday is not None and end.day is None:  # 上周三至周五
        return replace(end, week_from=start.week_from) if start.weekday is not None else end
    filled = replace(end, year=start.year, year_from=start.year_from)
    if end.month is None and end.day is not None:
        filled = replace(filled, month=start.month, month_from=start.month_from)
    if end.month is None and end.day is None and end.hour is not None:
        return _same_day(replace(filled, month=start.month, month_from=start.month_from, day=start.day), start)
    return filled


def _same_day(end: Point, start: Point) -> Point:
    """A clock that ends a span: in the half of the day in which the span began (下午4时至11时), else of the next day."""
    if start.hour is None:
        return replace(end, day_from=start.day_from, week_from=start.week_from, weekday=start.weekday)
    begun = hour_of_day(start), start.minute or 0
    if end.daypart is None and start.daypart in ("AF", "EV", "NI_LATE") and (end.hour or 0) < 12:
        later = replace(end, daypart="AF")
        if (hour_of_day(later), end.minute or 0) > begun:
            end = later
    if (hour_of_day(end), end.minute or 0) < begun:
        return Point(day_from="next", hour=end.hour, minute=end.minute, second=end.second, daypart=end.daypart)
    return replace(end, day_from=start.day_from, week_from=start.week_from, weekday=start.weekday)


def stretch_of(value: str) -> tuple[dt.date | None, dt.date | None]:
    """First and last day of a TIMEX3 date: a day, month, quarter, half, season, year, decade, century, or two of them.

    >>> stretch_of("2024-Q3"), stretch_of("199")[1], stretch_of("2024-XX")
    ((datetime.date(2024, 7, 1), datetime.date(2024, 9, 30)), datetime.date(1999, 12, 31), (None, None))
    """
    begin, _, last = value.partition("/")
    if last:
        return stretch_of(begin)[0], stretch_of(last)[1]
    year, _, part = value.partition("T")[0].partition("-")
    if not year.isdigit():
        return None, None
    if len(year) < 4:  # ISO 8601: 19 is 1900 to 1999
        scale = 10 ** (4 - len(year))
        first, final = int(year) * scale, int(year) * scale + scale - 1
        return (dt.date(first, 1, 1), dt.date(final, 12, 31)) if first else (None, None)
    with suppress(ValueError):
        if part[:1] == "W":
            monday = dt.date.fromisocalendar(int(year), int(part[1:3]), 1)
            weekend = part.endswith("WE")
            return monday + dt.timedelta(days=5 * weekend), monday + dt.timedelta(days=6)
        point = Point(year=int(year))
        if part[:1] in ("Q", "H"):
            number = int(part[1:])
            point = replace(point, quarter=number) if part[0] == "Q" else replace(point, half=number)
        elif part in SEASONS:
            point = replace(point, season=part)
        elif part:
            numbers = [int(number) for number in part.split("-")]
            point = replace(point, month=numbers[0], day=numbers[1] if len(numbers) > 1 else None)
        found = resolve(point, None, Named())
        return found.start, found.end
    return None, None


def in_year(value: str, year: int) -> str:
    """The same stretch of another year, in which a span of two years ends.

    >>> in_year("2024-Q3", 2023), in_year("2023-11/2024-02", 2023), in_year("XXXX-09", 2023)
    ('2023-Q3', '2022-11/2023-02', '2023-09')
    """
    parts = value.split("/")
    last = parts[-1][:4]
    moved = []
    for part in parts:
        own = year if last == "XXXX" or part[:4] == "XXXX" else int(part[:4]) + year - int(last)
        moved.append(f"{own:04}{part[4:].partition('T')[0]}")
    return "/".join(moved)


def moved(day: dt.date, length: str, sign: int) -> dt.date | None:
    """The day a whole TIMEX3 duration before (-1) or after (1) `day`; None where the length is not in whole days.

    >>> moved(dt.date(2024, 5, 31), "P3M", -1), moved(dt.date(2024, 5, 31), "PT2H", 1)
    (datetime.date(2024, 2, 29), None)
    """
    found = re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", length)
    if found is None or length == "P":
        return None
    years, months, weeks, days = (int(number or 0) * sign for number in found.groups())
    count = day.year * 12 + day.month - 1 + years * 12 + months
    year, month = count // 12, count % 12 + 1
    try:
        same = dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
        return same + dt.timedelta(weeks=weeks, days=days)
    except (OverflowError, ValueError):
        return None
