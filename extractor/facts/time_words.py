"""What the words of a time expression say: groups of a match → points in time, lengths of time, sets of times."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any

from extractor.article import Span
from extractor.engine.match import Match
from extractor.errors import Unreadable
from extractor.facts.base import plain
from extractor.values.dates import Point, Relation, clock
from extractor.values.festivals import festival_day
from extractor.values.numbers import read_integer, read_number, read_numeral

_MONTHS = {"元": 1, "正": 1, "首": 1, "冬": 11, "腊": 12}
_NEAR = 60  # days after publication: a feast that far ahead is the next one, not the last
_THIS_DECADE = 2020  # where nothing tells when a text was written
_THIRDS = {"start": 1, "mid": 2, "end": 3}


def point_of(
    match: Match, span: Span, published: dt.date | None, year_named: int | None = None
) -> tuple[Point, Point | None, str]:
    """What the groups inside `span` say: the point, a second one where a part of it is a range, and the modifier.

    `year_named` is the year that the sentence named before: 1938年2月3日，农历正月初四.
    """
    words = _Words(match, span)
    text, integer, meaning = words.text, words.integer, words.meaning
    season = str(meaning("season") or "")
    year, year_from = _year_of(words)
    if text("rel_season"):
        offset, _, season = str(meaning("rel_season")).partition("/")
        year_from = int(offset)
        if season == "WI" and year_from == 0 and published is not None and published.month <= 3:
            year_from = -1  # 今冬 said in January is the winter that began the year before
    months = meaning("months")
    third = str(meaning("ten_days") or "")
    part = _part(text("part")) or third
    point = Point(
        year=year,
        year_from=year_from,
        fiscal=bool(text("fiscal")),
        month=integer("month"),
        month_from=meaning("rel_month") if text("rel_month") else meaning("month_relation"),
        day=integer("day"),
        day_from=_day_from(meaning),
        third=_THIRDS.get(third),
        week_from=meaning("rel_week") if text("rel_week") else meaning("week_relation"),
        weekday=meaning("weekday") or meaning("weekday_word"),
        weekend=bool(text("weekend")),
        quarter=integer("quarter"),
        quarter_from=meaning("rel_quarter"),
        half=meaning("half"),
        season=season or None,
        months=(1, int(str(months))) if months else None,
        hour=integer("hour"),
        minute=_minute_of(words),
        second=integer("second"),
        daypart=_part_of_day(words),
    )
    if text("part_of_year"):
        point, part = _part_of_year(point, str(meaning("part_of_year")), published)
    if text("first_months"):
        point = replace(point, year_from=year_from if year is None else None, months=(1, integer("first_months") or 1))
        if point.year is None and point.year_from is None:
            point = replace(point, year_from=_year_of_first_months(integer("first_months") or 1, published))
    if text("lunar_day"):
        point = _lunar(point, words, published, year_named)
    elif text("feast"):
        point = _feast(point, str(meaning("feast")), published)
    elif text("lunar"):
        raise Unreadable("a lunar month without its day")
    elif named := meaning("festival") or meaning("solar_term"):
        point = _festival(point, str(named), published)
    return point, _second(words, point), "approx" if text("about") else part


class _Words:
    """The groups of a match that lie in one stretch of it."""

    def __init__(self, match: Match, span: Span) -> None:
        self.match = match
        # A handful took part, and some forty are asked for: what they hold is looked up once.
        self._texts = {group: text for group in match.groups if (text := match.last(group, span))}

    def text(self, group: str) -> str:
        return self._texts.get(group, "")

    def integer(self, group: str) -> int | None:
        word = self._texts.get(group)
        if word is None:
            return None
        word = word.replace("○", "〇").removesuffix("月")
        return _MONTHS.get(word) or read_integer(word) if word else None

    def meaning(self, group: str) -> Any:
        word = self._texts.get(group)
        return None if word is None else self.match.rule.meaning(group, word, None)


def _year_of(words: _Words) -> tuple[int | None, Relation | None]:
    """The year as a number, or how it is counted from another."""
    relation = words.meaning("rel_year") if words.text("rel_year") else words.meaning("year_relation")
    if (year := words.integer("year")) is not None:
        return year, relation
    if words.text("roc"):
        return 1911 + (words.integer("roc") or 0), relation
    if words.text("short_year"):
        short = words.integer("short_year") or 0
        return 2000 + short if short < 50 else 1900 + short, relation
    return None, relation


def _day_from(meaning: Any) -> Relation | None:
    found = (meaning(group) for group in ("rel_day", "day_relation", "near_day"))
    return next((relation for relation in found if relation is not None), None)


def _minute_of(words: _Words) -> int | None:
    if words.text("half_hour"):
        return 30
    return (words.integer("quarter_hour") or 0) * 15 or words.integer("minute")


def _part_of_day(words: _Words) -> str | None:
    """The part of day in TIMEX3 codes; NI_LATE is a night before midnight, whose 11点 is 23:00."""
    said = words.text("daypart") or words.text("rel_day") or words.text("day_relation")
    lexicons = words.match.rule.book.lexicons
    code = str(words.meaning("daypart") or lexicons["rel_day_part"].get(said) or "") or None
    return "NI_LATE" if code == "NI" and words.text("hour") and said != "凌晨" else code


def _second(words: _Words, point: Point) -> Point | None:
    """The end of a range inside one expression: 2016—2020年, 3月14—16日, 9—11时."""
    if end := words.text("year_end"):
        year = words.integer("year_end") or 0
        return Point(year=(point.year or 0) // 100 * 100 + year if len(end) == 2 and end.isdigit() else year)
    if words.text("month_end"):
        return Point(month=words.integer("month_end"))
    if words.text("day_end"):
        return replace(point, day=words.integer("day_end"), weekday=None)
    if words.text("hour_end"):
        return Point(hour=words.integer("hour_end"), minute=point.minute)
    return None


def _part(word: str) -> str:
    return {"初": "start", "中": "mid", "底": "end", "末": "end", "后": "end", "尾": "end"}.get(
        word.lstrip("年岁")[:1], ""
    )


def _year_of_first_months(last: int, published: dt.date | None) -> int:
    """前11个月 said in January is of the year before: the months are over when one tells of them."""
    return -1 if published is not None and last > published.month else 0


def _part_of_year(point: Point, meaning: str, published: dt.date | None) -> tuple[Point, str]:
    kind, _, what = meaning.partition("-")
    if kind == "half":
        return replace(point, half=int(what)), ""
    if kind == "months":
        return replace(point, year_from=_year_of_first_months(int(what), published), months=(1, int(what))), ""
    if kind == "month":
        return replace(point, month_from=0), what
    return replace(point, year_from=0), "" if kind == "within" else meaning


def _festival(point: Point, meaning: str, published: dt.date | None) -> Point:
    """The festival's month and day in the year that is stated, or told from publication. Raises Unreadable without one."""
    year = point.year
    if meaning[0].isdigit():
        month, day = (int(part) for part in meaning.split("-"))
        if year is not None or point.year_from is not None or published is None:
            return replace(point, month=month, day=day)
        near = published + dt.timedelta(days=_NEAR)
        years = (published.year + 1, published.year)
        year = next((y for y in years if dt.date(y, month, day) <= near), published.year - 1)
        return replace(point, year=year, month=month, day=day)
    if year is None and point.year_from is None:
        return _feast(point, meaning, published)
    if year is None and isinstance(point.year_from, int) and published is not None:
        year = published.year + point.year_from
    if year is None:
        raise Unreadable("a lunar day of a year that is not stated")
    day_of = festival_day(year, meaning)
    return replace(point, year=year, month=day_of.month, day=day_of.day) if day_of else point


def _feast(point: Point, meaning: str, published: dt.date | None) -> Point:
    """A feast without its year: the last one up to publication, or one that is near."""
    if published is None:
        raise Unreadable("a lunar day of a year that is not stated")
    days = [festival_day(published.year + offset, meaning) for offset in (1, 0, -1)]
    near = published + dt.timedelta(days=_NEAR)
    day = next((day for day in days if day is not None and day <= near), None)
    return replace(point, year=day.year, month=day.month, day=day.day) if day else point


def _lunar(point: Point, words: _Words, published: dt.date | None, year_named: int | None) -> Point:
    """A lunar month and day in the year that is stated, else in the one that ended last or is near at publication."""
    month = words.text("lunar_month") or words.match["lunar_month"]  # 正月初一至初七 says it once
    named = words.meaning("lunar_named") or words.match.meaning("lunar_named")
    number = named or _MONTHS.get(month.lstrip("闰")) or read_integer(month.lstrip("闰"))
    day = read_integer(words.text("lunar_day").removeprefix("初").removesuffix("日"))
    name = f"lunar-{'-' if month.startswith('闰') else ''}{number}-{day}"
    year = point.year
    if words.text("sexagenary"):
        place = int(words.meaning("sexagenary"))
        newest = (published.year if published else 2030) + 1
        year = newest - (newest - 4 - place) % 60
    elif isinstance(point.year_from, int) and published is not None:
        year = published.year + point.year_from
    if year is None and year_named is None:
        return _feast(point, name, published)
    found = (
        festival_day(year, name) if year is not None else festival_day(year_named or 0, name.replace("lunar", "winter"))
    )
    return Point(year=year) if found is None else Point(year=found.year, month=found.month, day=found.day)


def duration_of(match: Match) -> str:
    """The length as a TIMEX3 duration: 一年半 → P1Y6M, 三五天 → P3D/P5D. Raises Unreadable."""
    if "half_duration" in match:
        return str(match.meaning("half_duration"))
    lexicons = match.rule.book.lexicons
    word = match["duration_unit"]
    unit = str(lexicons["duration_unit"].get(word) or lexicons["short_unit"][word])
    numeral = match.numeral or read_numeral(match["value"])
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
        more = _length(read_number(match["more"]), str(lexicons["short_unit"][match["more_unit"]]))[1:]
        value += more.removeprefix("T") if "T" in value else more
    if match["most"]:
        value += f"{match['most']}{str(lexicons['short_unit'][match['most_unit']])[-1]}"
    if match["longest"]:
        longest = _length(read_number(match["longest"]), str(lexicons["duration_unit"][match["longest_unit"]]))
        value = f"{value}/{longest}"
    return value


def _length(number: Decimal, unit: str) -> str:
    """A TIMEX3 duration: 3 and Y → P3Y; 5.5 and Y → P5.5Y."""
    if unit == "C":
        number, unit = number * 100, "Y"
    if unit == "Q":
        number, unit = number * 3, "M"
    letter = unit[-1]
    return f"P{'T' if unit.startswith('T') else ''}{plain(number)}{letter}"


def set_of(match: Match) -> str:
    """The times that come again, as a TIMEX3 set: 每月 → P1M, 每周三下午 → XXXX-WXX-3TAF, 每天8时 → XXXX-XX-XXT08:00."""
    if "every_word" in match:
        return str(match.meaning("every_word"))
    if "every_weekday" in match:
        return f"XXXX-WXX-{match.meaning('every_weekday')}"
    if match["market_day"]:
        return f"XXXX-XX-X{read_integer(match['market_day'])}"
    if match["weekday"]:
        point, _, _ = point_of(match, match.groups["from"], None)
        return f"XXXX-WXX-{match.meaning('weekday')}{clock(point)}"
    if match["day"]:
        return f"XXXX-XX-{read_integer(match['day']):02}"
    if match["month"]:
        return f"XXXX-{read_integer(match['month']):02}"
    if match["daypart"] or match["hour"]:
        stamps = []
        for group in ("from", "until"):
            if group in match.groups:
                point, last, _ = point_of(match, match.groups[group], None)
                stamps += [f"XXXX-XX-XX{clock(one)}" for one in (point, last) if one is not None]
        return "/".join(stamps)
    value = str(match.meaning("set_unit"))
    if match["number"]:
        found = re.fullmatch(r"(PT?)(\d+)(\w)", value)
        if found is None:
            raise Unreadable(f"{match.text} is no set of times")
        value = f"{found[1]}{int(found[2]) * read_integer(match['number'])}{found[3]}"
    return value


def decade_of(match: Match, published: dt.date | None) -> str:
    """A decade as TIMEX3 writes it, three digits; a century as two. A bare 90年代 is the last one up to publication."""
    written = published.year if published else _THIS_DECADE
    this = written // 100
    if "century_name" in match:
        return f"{this + int(str(match.meaning('century_name'))):02}"
    number = read_integer(match["decade_number"])
    if number >= 1000:  # 1990年代
        return str(number)[:3]
    if "century_word" in match:
        return f"{number - 1:02}{read_integer(match['decade_in']) // 10 if match['decade_in'] else ''}"
    if match["century"]:
        return f"{this - match['century'].startswith('上')}{number // 10}"
    return f"{this - (number > written % 100)}{number // 10}"
