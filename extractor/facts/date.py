"""Time expressions in the sense of TIMEX3."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Literal

from pydantic import Field

from extractor.article import Span
from extractor.engine.match import Match
from extractor.errors import Unreadable
from extractor.facts.base import Record, plain
from extractor.facts.item import clause_before
from extractor.facts.reading import evidence
from extractor.segment import Passage
from extractor.values.dates import Named, Point, Relation, clock, complete, five_year_plan, resolve
from extractor.values.festivals import festival_day
from extractor.values.numbers import read_integer, read_number, read_numeral

DateModifier = Literal["", "start", "mid", "end", "since", "until", "before", "after", "approx"]


class Date(Record):
    """A time expression with its TIMEX3 value: 去年12月 in a report of 2025 → DATE 2024-12."""

    type: Literal["date"] = "date"
    timex: Literal["DATE", "TIME", "DURATION", "SET"]
    value: str = Field(description="TIMEX3 value: 2024-09, 2024-Q3, P13Y, PAST_REF, XXXX-09; 2021/2023 for a span.")
    start_date: str | None = Field(None, description="First day of the stretch, YYYY-MM-DD, where it is known.")
    end_date: str | None = Field(None, description="Last day of the stretch, YYYY-MM-DD, where it is known.")
    modifier: DateModifier = ""
    anchor: str | None = Field(
        None, description="The date it was read against: the publication date or one named before."
    )
    weekday: int | None = Field(None, description="As the text states it, 1 Monday to 7 Sunday.")


_AHEAD = re.compile("将|拟|计划|预计|定于|即将|有望|起施行|届时|力争|明年|截止")


@dataclass
class _Memory:
    """What the dates read so far leave for those that come after them."""

    named: Named = field(default_factory=Named)
    named_in: int = -9  # the sentence that holds it
    sentence: int = -1
    year: int | None = None  # stated in this sentence


def reader(passage: Passage) -> Callable[[list[Match]], list[Date]]:
    """What reads the time expressions of an article, in text order: 当年 and 次日 look back at the dates before them."""
    memory = _Memory()

    def read(matches: list[Match]) -> list[Date]:
        records = []
        for match in matches:
            sentence = passage.sentence_at(match.start)
            if sentence != memory.sentence:
                memory.sentence, memory.year = sentence, None
            with suppress(Unreadable):
                records.append(_read(match, passage, memory))
        return records

    return read


def _read(match: Match, passage: Passage, memory: _Memory) -> Date:
    if "reference" in match:
        return _plain(match, passage, "DATE", str(match.meaning("reference")), str(match.meaning("before") or ""))
    if "duration_unit" in match or "half_duration" in match:
        loose = match.meaning("before") or match.meaning("after") or ("approx" if match["over"] else "")
        return _plain(match, passage, "DURATION", _duration(match), str(loose))
    if "every" in match or "every_word" in match or "every_weekday" in match:
        return _plain(match, passage, "SET", _set(match), "")
    if "decade_number" in match:
        return _plain(match, passage, "DATE", _decade(match, passage), _part(match["part"]))
    if "plan" in match:
        first, last = five_year_plan(read_integer(match["plan"][:-1]) if len(match["plan"]) > 1 else 1)
        return _plain(match, passage, "DATE", f"{first}/{last}", "", dt.date(first, 1, 1), dt.date(last, 12, 31))
    return _calendar(match, passage, memory)


def _plain(
    match: Match,
    passage: Passage,
    timex: Literal["DATE", "DURATION", "SET"],
    value: str,
    modifier: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
) -> Date:
    return Date(
        **evidence(match, passage),
        timex=timex,
        value=value,
        modifier=modifier,
        start_date=start.isoformat() if start else None,
        end_date=end.isoformat() if end else None,
    )


def _calendar(match: Match, passage: Passage, memory: _Memory) -> Date:
    published = passage.article.published
    ahead = bool(_AHEAD.search(clause_before(match, passage) + match.clean[match.end : match.end + 4]))
    first, first_end, modifier = _point(match, match.groups["from"], published)
    if first.year is None and first.year_from is None and memory.year is not None and first.month is not None:
        first = replace(first, year=memory.year)
    if first_end is not None:
        first_end = complete(first_end, first)
    near = passage.sentence_at(match.start) - memory.named_in <= 1
    start = resolve(first, published, memory.named if near or not first.only_clock else Named(), ahead=ahead)
    ends = [start]
    if first_end is not None:
        ends.append(resolve(first_end, published, start.named, ahead=ahead))
    if "until" in match.groups:
        last, last_end, last_modifier = _point(match, match.groups["until"], published)
        modifier = modifier or last_modifier
        ends.append(resolve(complete(last, first), published, start.named, ahead=ahead))
        if last_end is not None:
            ends.append(resolve(complete(last_end, first), published, ends[-1].named, ahead=ahead))
    end = ends[-1]
    before = memory.named
    value = start.value if len(ends) == 1 else f"{start.value}/{end.value}"
    if end.named != Named():
        memory.named, memory.named_in = end.named, passage.sentence_at(match.start)
    if (first.year is not None or first.year_from is not None) and end.named.year is not None:
        memory.year = end.named.year
    relation = str(match.meaning("after") or match.meaning("before") or "")
    doubts = []
    if any(e.impossible for e in ends):
        doubts.append("impossible_date")
    if any(e.guessed_year for e in ends):
        doubts.append("year_from_publication")
    anchor = next((e.anchor for e in ends if e.anchor), None)
    return Date(
        **evidence(match, passage, tuple(doubts)),
        timex="TIME" if "T" in value else "DATE",
        value=value,
        start_date=start.start.isoformat() if start.start else None,
        end_date=end.end.isoformat() if end.end else None,
        modifier=relation or modifier,
        anchor=_anchor(anchor, published, before),
        weekday=first.weekday,
    )


def _anchor(kind: str | None, published: dt.date | None, named: Named) -> str | None:
    """The date that a relative one was read against, as far as it is known."""
    if kind == "published" and published is not None:
        return published.isoformat()
    return _stamp(named) if kind == "named" and named != Named() else None


def _stamp(named: Named) -> str | None:
    parts = [f"{named.year:04}" if named.year else "XXXX"]
    parts += [f"{part:02}" for part in (named.month, named.day) if part]
    return "-".join(parts)


def _day_from(meaning: Callable[[str], Any]) -> Relation | None:
    found = (meaning(group) for group in ("rel_day", "day_relation", "near_day"))
    return next((relation for relation in found if relation is not None), None)


def _point(match: Match, span: Span, published: dt.date | None) -> tuple[Point, Point | None, str]:
    """What the groups inside `span` say: the point, a second one where a part of it is a range, and the modifier."""

    def text(group: str) -> str:
        return match.last(group, span)

    def integer(group: str) -> int | None:
        word = text(group).lstrip("'")
        return {"正": 1, "腊": 12, "首": 1}.get(word) or read_integer(word) if word else None

    def meaning(group: str) -> Any:
        return match.rule.meaning(group, text(group), None) if text(group) else None

    year = integer("year")
    if year is None and text("roc"):
        year = 1911 + (integer("roc") or 0)
    if year is None and text("short_year"):
        short = integer("short_year") or 0
        year = 2000 + short if short < 50 else 1900 + short
    half_hour = bool(text("half_hour"))
    daypart = str(meaning("daypart") or meaning_of(match, "rel_day_part", text("rel_day")) or "") or None
    if daypart == "NI" and text("daypart") in ("深夜", "夜间", "夜里"):
        daypart = "NI_LATE" if text("hour") else "NI"
    season = meaning("season")
    months = meaning("months")
    part = _part(text("part")) or str(meaning("ten_days") or "")
    point = Point(
        year=year,
        year_from=meaning("rel_year") if text("rel_year") else meaning("year_relation"),
        fiscal=bool(text("fiscal")),
        month=integer("month"),
        month_from=meaning("rel_month") if text("rel_month") else meaning("month_relation"),
        day=integer("day"),
        day_from=_day_from(meaning),
        week_from=meaning("rel_week"),
        weekday=meaning("weekday") or meaning("weekday_word"),
        weekend=bool(text("weekend")),
        quarter=integer("quarter"),
        half=meaning("half"),
        season=str(season) if season else None,
        months=(1, int(str(months))) if months else None,
        hour=integer("hour"),
        minute=30 if half_hour else integer("minute"),
        second=integer("second"),
        daypart=daypart,
    )
    if text("part_of_year"):
        point, part = _part_of_year(point, str(meaning("part_of_year")))
    if text("first_months"):
        last = read_integer(text("first_months"))
        point = replace(
            point,
            year_from=point.year_from
            if year is None and point.year_from is not None
            else (0 if year is None else None),
            months=(1, last),
        )
    if text("lunar") or text("lunar_named"):
        point = _lunar(point, match, published)
    if text("festival"):
        point = _festival(point, str(meaning("festival")), published)
    if text("day_relation") == "当晚":
        point = replace(point, daypart="EV")
    second = None
    if text("year_end"):
        second = Point(year=integer("year_end"))
    elif text("month_end"):
        second = Point(month=integer("month_end"))
    elif text("day_end"):
        second = replace(point, day=integer("day_end"))
        point = replace(point, hour=None, minute=None, second=None, daypart=None)
    return point, second, "approx" if text("about") else part


def meaning_of(match: Match, lexicon: str, word: str) -> object:
    return match.rule.book.lexicons[lexicon].get(word)


def _part(word: str) -> str:
    return {"初": "start", "中": "mid", "底": "end", "末": "end", "后": "end"}.get(word.lstrip("年岁")[:1], "")


def _part_of_year(point: Point, meaning: str) -> tuple[Point, str]:
    kind, _, what = meaning.partition("-")
    if kind == "half":
        return replace(point, year_from=0, half=int(what)), ""
    if kind == "months":
        return replace(point, year_from=0, months=(1, int(what))), ""
    if kind == "month":
        return replace(point, month_from=0), what
    return replace(point, year_from=0), meaning


def _festival(point: Point, meaning: str, published: dt.date | None) -> Point:
    """The festival's month and day in the year that is stated, or told from publication. Raises Unreadable without one."""
    if meaning[0].isdigit():
        month, day = meaning.split("-")
        return replace(point, month=int(month), day=int(day))
    year = point.year
    if year is None and isinstance(point.year_from, int) and published is not None:
        year = published.year + point.year_from
    if year is None:
        raise Unreadable("a lunar day of a year that is not stated")
    day_of = festival_day(year, meaning)
    return replace(point, year=year, month=day_of.month, day=day_of.day) if day_of else point


def _lunar(point: Point, match: Match, published: dt.date | None) -> Point:
    """A lunar month and day in the year stated, else in that of publication."""
    year = point.year or (published.year if published else None)
    if year is None or not match["lunar_day"]:
        raise Unreadable("a lunar day of a year that is not stated")
    month = match.meaning("lunar_named") or {"正": 1, "冬": 11, "腊": 12}.get(match["lunar_month"])
    if month is None:
        month = read_integer(match["lunar_month"])
    day = read_integer(match["lunar_day"].removeprefix("初"))
    found = festival_day(year, f"lunar-{month}-{day}")
    if published is not None and point.year is None and (found is None or found > published + dt.timedelta(days=60)):
        found = festival_day(year - 1, f"lunar-{month}-{day}")  # 腊月 said in spring is that of the winter before
    return Point(year=year) if found is None else Point(year=found.year, month=found.month, day=found.day)


def _duration(match: Match) -> str:
    if "half_duration" in match:
        return str(match.meaning("half_duration"))
    numeral = match.numeral or read_numeral(match["value"])
    word = match["duration_unit"]
    unit = str(
        match.rule.book.lexicons["duration_unit"].get(word)
        or {"日": "D", "小时": "TH", "月": "M", "钟头": "TH", "分": "TM"}[word]
    )
    if numeral.modifier == "range" and numeral.low is not None and numeral.high is not None:
        return f"{_length(numeral.low, unit)}/{_length(numeral.high, unit)}"
    number = numeral.value if numeral.value is not None else numeral.low
    if number is None:
        raise Unreadable(f"{match.text} has no length")
    if "half" in match:
        smaller = {"Y": "6M", "M": "15D", "TH": "30M", "TM": "30S", "D": "T12H", "W": "", "C": ""}.get(unit, "")
        return _length(number, unit) + smaller
    value = _length(number, unit)
    if match["more"]:
        more_unit = {"个月": "M", "月": "M", "天": "D", "小时": "TH", "分钟": "TM", "分": "TM", "秒": "TS"}[
            match["more_unit"]
        ]
        more = _length(read_number(match["more"]), more_unit)[1:]
        value += more.removeprefix("T") if "T" in value else more
    return value


def _length(number: Decimal, unit: str) -> str:
    """A TIMEX3 duration: 3 and Y → P3Y; 5.5 and Y → P5.5Y."""
    if unit == "C":
        number, unit = number * 100, "Y"
    if unit == "Q":
        number, unit = number * 3, "M"
    letter = unit[-1]
    return f"P{'T' if unit.startswith('T') else ''}{plain(number)}{letter}"


def _set(match: Match) -> str:
    if "every_word" in match:
        return str(match.meaning("every_word"))
    if "every_weekday" in match:
        return f"XXXX-WXX-{match.meaning('every_weekday')}"
    if match["weekday"]:
        point, _, _ = _point(match, match.groups["mention"], None)
        return f"XXXX-WXX-{match.meaning('weekday')}{clock(point)}"
    if match["day"]:
        return f"XXXX-XX-{int(match['day']):02}"
    if match["month"]:
        return f"XXXX-{read_integer(match['month']):02}"
    value = str(match.meaning("set_unit"))
    if match["number"]:
        found = re.fullmatch(r"(PT?)(\d+)(\w)", value)
        assert found
        value = f"{found[1]}{int(found[2]) * read_integer(match['number'])}{found[3]}"
    return value


def _decade(match: Match, passage: Passage) -> str:
    """A decade as TIMEX3 writes it, three digits; a century as two. A bare 90年代 is the last one up to publication."""
    number = read_integer(match["decade_number"])
    if number >= 1000:  # 1990年代
        return str(number)[:3]
    if "century_word" in match:
        if not match["decade_in"]:
            return f"{number - 1:02}"
        return f"{number - 1:02}{read_integer(match['decade_in']) // 10}"
    published = passage.article.published
    this = published.year // 100 if published else 20
    if match["century"].startswith("上"):
        return f"{this - 1}{number // 10}"
    if match["century"]:
        return f"{this}{number // 10}"
    return (
        f"{this}{number // 10}"
        if published and number <= published.year % 100 and number < 30
        else f"{this - 1}{number // 10}"
    )
