"""Time expressions in the sense of TIMEX3."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Literal

from pydantic import Field

from extractor.engine.match import Match
from extractor.errors import Unreadable
from extractor.facts.base import Record, maker
from extractor.facts.reading import clause_before, evidence
from extractor.facts.time_words import decade_of, duration_of, point_of, set_of
from extractor.segment import Passage
from extractor.values.dates import (
    Named,
    Point,
    Resolved,
    complete,
    five_year_plan,
    in_year,
    moved,
    resolve,
    stretch_of,
    wrong_clock,
)
from extractor.values.numbers import read_integer

Timex = Literal["DATE", "TIME", "DURATION", "SET"]
DateModifier = Literal["", "start", "mid", "end", "since", "until", "before", "after", "approx"]


class Date(Record):
    """A time expression with its TIMEX3 value: 去年12月 in a report of 2025 → DATE 2024-12."""

    type: Literal["date"] = "date"
    timex: Timex
    value: str = Field(description="TIMEX3 value: 2024-09, 2024-Q3, P13Y, PAST_REF, XXXX-09; 2021/2023 for a span.")
    start_date: str | None = Field(
        None, description="First day of the stretch, YYYY-MM-DD, where it is known; empty for what is until or before."
    )
    end_date: str | None = Field(
        None, description="Last day of the stretch, YYYY-MM-DD, where it is known; empty for what is since or after."
    )
    modifier: DateModifier = ""
    anchor: str | None = Field(
        None, description="The date it was read against: the publication date or one named before."
    )
    weekday: int | None = Field(None, description="As the text states it, 1 Monday to 7 Sunday.")


_make = maker(Date, "timex", "modifier")

_AHEAD = re.compile("将|拟|计划|预计|定于|即将|有望|可望|起施行|届时|力争|明年|截止|下周")
_HABIT = re.compile(
    "每|首班|末班|营业|(?:开放|服务|办公|门诊|接待|受理)时间|作息|开门|关门|打烊|时段|(?:延长|提前|推迟)[至到]"
)
_COMPARED = re.compile("(?:比|较|超)$")
_COMPARED_WITH = re.compile("[与和同跟]$")
_AS_MUCH = re.compile("相比|相当|持平|基本持平|相同|一致")
_OPENS_CLAUSE = re.compile(r"(?:^|[\s,。;:!?、(—“…]|[而但则或再到在于]|将[在于]|预计|大约|[约仅])$")
_EVER_SINCE = re.compile(r"[^\s,。;:、\d“”]{1,12}?(?:以来|至今)")  # 2022年初建站以来
_GOES_ON_TO = re.compile(r"(?:(?:持续|延续|维持|延长)[到至]|(?:^|[\s,。;])至)$")
_HAN = re.compile("[一-鿿]")
_AGAIN = frozenset(("every", "every_word", "every_weekday", "market_day"))  # groups of times that come again
_IN_THE_PAST = re.compile("以?来")
_LONGEST_COUNT = 150  # years: 三百年前 is no single year
_REPORTING = 4  # months of a year in which the year before is reported
_FIRST_DAYS = 15  # days of a month in which the month before is reported
_LATELY = 60  # days around publication
_RECENT = 15  # days up to publication: a month named in them is that of the report, whatever year was named before


@dataclass
class _Memory:
    """What the dates read so far leave for those that come after them."""

    named: Named = field(default_factory=Named)
    named_in: int = -9  # the sentence that holds it
    day: Named = field(default_factory=Named)  # the last one that was a whole day
    sentence: int = -1
    year: int | None = None  # stated in this sentence
    stated: Named = field(default_factory=Named)  # the last date that states its own year
    stated_in: int = -9
    topic: str = ""  # the value of the stretch last named, for 同期
    topic_in: int = -9

    def near(self, sentence: int, reach: int = 2) -> bool:
        return sentence - self.named_in <= reach

    def day_is_near(self, published: dt.date | None) -> bool:
        """Whether the last whole day named is one of the report, to which 当日 can look back over other dates."""
        found = stretch_of(_stamp(self.day))[0]
        return found is not None and published is not None and abs((published - found).days) <= _LATELY


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
        modifier = str(match.meaning("before") or match.meaning("direction") or "")
        return _plain(match, passage, "DATE", str(match.meaning("reference")), modifier)
    if "direction" in match:
        return _counted_off(match, passage, memory)
    if "duration_unit" in match or "half_duration" in match:
        return _duration(match, passage)
    if not _AGAIN.isdisjoint(match.groups):
        return _plain(match, passage, "SET", set_of(match), "")
    if "decade_number" in match or "century_name" in match:
        value = decade_of(match, passage.article.published)
        return _plain(match, passage, "DATE", value, _part_of(match), *stretch_of(value))
    if "plan" in match:
        first, last = five_year_plan(read_integer(match["plan"][:-1]) if len(match["plan"]) > 1 else 1)
        value = f"{first}/{last}"
        since = "since" if match.clean.startswith("以来", match.end) else _part_of(match)
        return _plain(match, passage, "DATE", value, since, *stretch_of(value))
    if "same_stretch" in match:
        return _topic(match, passage, memory)
    if "same" in match and "rel_month" not in match and "rel_week" not in match:
        return _same_period(match, passage, memory)
    if "near_pair" in match:
        return _pair(match, passage)
    return _calendar(match, passage, memory)


def _plain(
    match: Match,
    passage: Passage,
    timex: Timex,
    value: str,
    modifier: str,
    start: dt.date | None = None,
    end: dt.date | None = None,
    anchor: str | None = None,
    doubts: tuple[str, ...] = (),
    weekday: int | None = None,
) -> Date:
    return _make(
        **evidence(match, passage, doubts),
        timex=timex,
        value=value,
        modifier=modifier,
        start_date=start.isoformat() if start and modifier not in ("until", "before") else None,
        end_date=end.isoformat() if end and modifier not in ("since", "after") else None,
        anchor=anchor,
        weekday=weekday,
    )


def _part_of(match: Match) -> str:
    return {"初": "start", "中": "mid", "末": "end", "后": "end"}.get(match["part"][:1], "")


# --- points in time -----------------------------------------------------------------------------------------------


def _calendar(match: Match, passage: Passage, memory: _Memory) -> Date:
    published = passage.article.published
    sentence = passage.sentence_at(match.start)
    compared = _is_compared(match)
    clause = clause_before(match, passage)
    ahead = bool(_AHEAD.search(clause + match.clean[match.end : match.end + 4]))
    first, first_end, modifier = point_of(match, match.groups["from"], published, memory.year)
    if match.text == "当年" and not memory.near(sentence, 3):  # back then
        return _plain(match, passage, "DATE", "PAST_REF", "")
    near = compared and memory.near(sentence)
    first, named = _seen_from(first, match, memory, published, compared=near, ahead=ahead)
    carried = _year_carried(first, memory, published, ahead)
    first = first if carried is None else replace(first, year=carried)
    if first.day_from is not None and named.day is None and memory.day_is_near(published):
        named = memory.day
    if first.only_clock:  # 首班车6:10 is of every day
        named = Named() if _HABIT.search(clause) else memory.day
    ends = [resolve(first, published, named, ahead=ahead)]
    if first_end is not None:
        ends.append(resolve(complete(first_end, first), published, ends[0].named, ahead=ahead))
    if "until" in match.groups:
        last, last_end, last_modifier = point_of(match, match.groups["until"], published, first.year)
        modifier = modifier or last_modifier
        for point in (last, last_end):
            if point is not None:
                ends.append(resolve(complete(point, first), published, ends[-1].named, ahead=ahead))
    start, end = ends[0], ends[-1]
    value = start.value if len(ends) == 1 else f"{start.value}/{end.value}"
    relation = _relation(match, span=len(ends) > 1)
    record = _plain(
        match,
        passage,
        "TIME" if "T" in value else "DATE",
        value,
        relation or modifier,
        start.start,
        end.end,
        _anchor(ends, published, named) if carried is None else f"{carried:04}",
        _doubts(ends, first, value, published),
        first.weekday,
    )
    if not compared and not match["rel_year"].startswith("上"):
        _remember(memory, end.named, first, value, sentence)
    return record


def _relation(match: Match, *, span: bool) -> str:
    """How the words around a time relate it to other time; `span` says that it has both ends (自3月1日起至5月31日止)."""
    before, after = match["before"], match["after"]
    ahead = match.clean[max(match.start - 6, 0) : match.start]
    if (
        after == "开始"
        and not before
        and not ahead.endswith(("从", "自", "由"))
        and _HAN.match(match.clean, match.end + 2)
    ):
        after = ""  # 9月12日开始腾库 tells when, not since when
    if before == "自" and ahead[-2:-1] in ("来", "源", "出"):
        before = ""
    if span:
        before, after = before.removeprefix("自"), after.removesuffix("止")
    relation = (after and match.meaning("after")) or (before and match.meaning("before")) or ""
    if relation or span:
        return str(relation)
    if _GOES_ON_TO.search(ahead):
        return "until"
    return "since" if _EVER_SINCE.match(match.clean, match.end, match.end + 16) else ""


def _is_compared(match: Match) -> bool:
    """Whether a figure is compared with that of this time (比上月上涨): the report then goes on with its own time."""
    before = match.clean[max(match.start - 2, 0) : match.start]
    if _COMPARED.search(before):
        return True
    return bool(_COMPARED_WITH.search(before) and _AS_MUCH.match(match.clean, match.end))


def _seen_from(
    first: Point, match: Match, memory: _Memory, published: dt.date | None, *, compared: bool, ahead: bool
) -> tuple[Point, Named]:
    """The same point, and the date to count it from where that is the time of the report and not publication.

    上年 is the year before the one that is reported; 上月 in a comparison the month before (9月物价比上月上涨); 年末 and 月末
    in a report of the year or the month that is over end that one.
    """
    named, stated = memory.named, memory.stated
    if match["rel_year"].startswith("上") and stated.year is not None:
        recent = memory.sentence - memory.stated_in <= 1 or published is None or stated.year >= published.year - 1
        return (replace(first, year_from="previous"), stated) if recent else (first, named)
    if compared and match["rel_month"] in ("上月", "上个月") and named.month is not None:
        return replace(first, month_from="previous"), named
    if compared and match["rel_quarter"].startswith("上") and named.month is not None:
        return replace(first, quarter_from="previous"), named
    part = match["part_of_year"]
    if not part or ahead or published is None:
        return first, named
    over = stated.year == published.year - 1 and published.month <= _REPORTING
    if part.startswith(("年", "岁")) and over:
        return replace(first, year_from="same"), stated
    before = published.replace(day=1) - dt.timedelta(days=1)
    if part.startswith("月") and published.day <= _FIRST_DAYS and memory.topic.startswith(before.isoformat()[:7]):
        return replace(first, month_from="same"), Named(before.year, before.month)
    return first, named


def _year_carried(first: Point, memory: _Memory, published: dt.date | None, ahead: bool) -> int | None:
    """The year of a month that does not say it: the one stated in its sentence, or in the sentence before where the
    months go on."""
    if first.month is None or first.year is not None or first.year_from is not None:
        return None
    stated = memory.stated
    if memory.year is not None or published is None or stated.year is None or stated.month is None or ahead:
        return memory.year
    if memory.sentence - memory.stated_in > 1 or stated.year >= published.year or first.month < stated.month:
        return None
    day = resolve(first, published, Named()).end
    recent = day is not None and published - dt.timedelta(days=_RECENT) <= day
    return None if recent else stated.year


def _doubts(ends: list[Resolved], first: Point, value: str, published: dt.date | None) -> tuple[str, ...]:
    doubts = []
    if any(end.impossible for end in ends) or (first.only_clock and wrong_clock(first)):
        doubts.append("impossible_date")
    if any(end.guessed_year for end in ends):
        doubts.append("year_from_publication")
    if any(end.wrong_weekday for end in ends):
        doubts.append("weekday_does_not_fit")
    if published is None and value.startswith("XXXX") and not first.only_clock:
        doubts.append("no_publication_date")
    return tuple(doubts)


def _remember(memory: _Memory, named: Named, first: Point, value: str, sentence: int) -> None:
    if named != Named():
        memory.named, memory.named_in = named, sentence
        memory.day = named if named.day else memory.day
    if (first.year is not None or first.year_from is not None) and named.year is not None:
        memory.year = named.year
        memory.stated, memory.stated_in = named, sentence
    if not first.only_clock:
        memory.topic, memory.topic_in = value, sentence


def _anchor(ends: list[Resolved], published: dt.date | None, named: Named) -> str | None:
    """The date that a relative one was read against, as far as it is known."""
    kind = next((end.anchor for end in ends if end.anchor), None)
    if kind == "published" and published is not None:
        return published.isoformat()
    return _stamp(named) if kind == "named" and named != Named() else None


def _stamp(named: Named) -> str:
    parts = [f"{named.year:04}" if named.year else "XXXX"]
    parts += [f"{part:02}" for part in (named.month, named.day) if part]
    return "-".join(parts)


def _topic(match: Match, passage: Passage, memory: _Memory) -> Date:
    """同期, 上述时间: the stretch last named, unknown where none was."""
    if not memory.topic or passage.sentence_at(match.start) - memory.topic_in > 2:
        return _plain(match, passage, "DATE", "XXXX", "")
    value = memory.topic.partition("T")[0] if "/" not in memory.topic else memory.topic
    return _plain(match, passage, "DATE", value, "", *stretch_of(value), value)


def _same_period(match: Match, passage: Passage, memory: _Memory) -> Date:
    """去年同期: the stretch last named, in the year that is said; the year alone where none was."""
    published = passage.article.published
    sentence = passage.sentence_at(match.start)
    first, _, _ = point_of(match, match.groups["from"], published)
    first, named = _seen_from(first, match, memory, published, compared=memory.near(sentence), ahead=False)
    year = resolve(first, published, named).named.year
    topic = memory.topic if sentence - memory.topic_in <= 2 else ""
    if match["year"] and match["same"] == "同期":
        topic = ""  # 2019年同期: the year says enough
    if match["same"].startswith("同月") and published is not None:
        topic = topic[:7] if len(topic) >= 7 else published.isoformat()[:7]
    value = (in_year(topic, year) if topic else f"{year:04}") if year else "XXXX"
    doubts = ("no_publication_date",) if value == "XXXX" else ()
    anchor = topic or (published.isoformat() if published else None)
    return _plain(match, passage, "DATE", value, "", *stretch_of(value), anchor, doubts)


def _pair(match: Match, passage: Passage) -> Date:
    """今明两年: two times named from publication at once."""
    published = passage.article.published
    offsets = [int(part) for part in str(match.meaning("near_pair")).split("/")]
    first, last = (resolve(_near(match["pair_unit"], offset), published, Named()) for offset in offsets)
    doubts = () if published else ("no_publication_date",)
    anchor = published.isoformat() if published else None
    value = f"{first.value}/{last.value}"
    return _plain(match, passage, "DATE", value, "", first.start, last.end, anchor, doubts)


def _near(unit: str, offset: int) -> Point:
    if unit == "年":
        return Point(year_from=offset)
    if unit.endswith("月"):
        return Point(month_from=offset)
    return Point(week_from=offset) if unit == "周" else Point(day_from=offset)


# --- lengths of time ----------------------------------------------------------------------------------------------


def _duration(match: Match, passage: Passage) -> Date:
    """A length of time; 近三年 and 三年来 end with publication, 未来五年 begins with it."""
    loose = match["over"] or (match.numeral is not None and match.numeral.modifier == "approx")
    modifier = str(match.meaning("before") or match.meaning("after") or ("approx" if loose else ""))
    value = duration_of(match)
    published = passage.article.published
    side = str(match.meaning("lead") or ("past" if _IN_THE_PAST.match(match.clean, match.end) else ""))
    if published is None or not side:
        return _plain(match, passage, "DURATION", value, modifier)
    other = moved(published, value.rpartition("/")[2], -1 if side == "past" else 1)
    first, last = (other, published) if side == "past" else (published, other)
    if other is None:
        first = last = None
    return _plain(match, passage, "DURATION", value, modifier, first, last, published.isoformat())


def _counted_off(match: Match, passage: Passage, memory: _Memory) -> Date:
    """两年前, 三天后: a point counted from publication or from the date last named, unknown where neither is known.

    Where it is counted from an event (入院三天后) the record is the length of time alone.
    """
    published = passage.article.published
    sentence = passage.sentence_at(match.start)
    length = duration_of(match)
    vague = bool(match["over"]) or (match.numeral is not None and match.numeral.modifier != "exact")
    back = match.meaning("direction") == "before"
    before = match.clean[max(match.start - 6, 0) : match.start]
    base: Named | None = None
    anchor: str | None = None
    if vague:
        pass  # 二十多年前 is no year
    elif back:
        if not _follows_verb(match, passage):
            base = Named(published.year, published.month, published.day) if published else Named()
            anchor = published.isoformat() if published else None
    elif _OPENS_CLAUSE.search(before):
        base = Named()
        if memory.near(sentence, 1) and memory.named.year is not None:
            base, anchor = memory.named, _stamp(memory.named)
        elif published and _AHEAD.search(match.clean[match.end : match.end + 12]):
            base, anchor = Named(published.year, published.month, published.day), published.isoformat()
    value = _counted(base, length, -1 if back else 1) if base is not None else ""
    if not value:
        bare = match.alone(*match.groups["length"])
        return _plain(bare, passage, "DURATION", length, str(match.meaning("direction")))
    start, end = stretch_of(value)
    if not back and start is not None:
        year, month, day = (*(int(part) for part in value.split("-")), None, None)[:3]
        _remember(memory, Named(year, month, day), Point(), value, sentence)
    doubts = ("no_publication_date",) if value.startswith("XXXX") and published is None else ()
    return _plain(match, passage, "DATE", value, "", start, end, anchor, doubts)


def _follows_verb(match: Match, passage: Passage) -> bool:
    """Whether the time is counted from what happened: 开幕两天前."""
    if match.start == 0:
        return False
    index = passage.word_at(match.start - 1)
    word = passage.words[index]
    return passage.tags[index].startswith("v") and word not in ("是", "有", "在", "到", "比", "于", "自", "从")


def _counted(base: Named, length: str, sign: int) -> str:
    """The point so far from `base`, as exact as the unit: 两年前 a year, 三天后 a day. Empty for a length that counts off nothing."""
    found = re.fullmatch(r"P(\d+)([YMWD])(6M)?", length)
    if found is None:
        return ""
    number, unit = int(found[1]), "M" if found[3] else found[2]
    if found[3]:
        number = number * 12 + 6
    unknown = {"Y": "XXXX", "M": "XXXX-XX"}.get(unit, "XXXX-XX-XX")
    if base == Named():
        return unknown
    if unit == "Y":
        year = (base.year or 0) + sign * number
        return f"{year:04}" if number <= _LONGEST_COUNT else ""
    if base.month is None or (base.day is None and unit != "M"):
        return unknown
    try:
        origin = dt.date(base.year or 0, base.month, base.day or 1)
    except ValueError:
        return unknown
    day = moved(origin, f"P{number}{unit}", sign)
    if day is None:
        return unknown
    return day.isoformat()[:7] if unit == "M" else day.isoformat()
