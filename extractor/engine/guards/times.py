"""Whether an expression names a time."""

from __future__ import annotations

from extractor.engine.match import Match
from extractor.segment import Passage


def not_ordinal(match: Match, passage: Passage) -> bool:
    """No 第 stands before the mention: 第三天 counts no days."""
    return not match.clean.endswith("第", 0, match.start)


def in_taiwan(match: Match, passage: Passage) -> bool:
    """The report comes from Taiwan, where a bare two- or three-digit year counts from 1912."""
    return passage.article.region == "TW" and match.clean[match.end : match.end + 1] not in (
        "来",
        "间",
        "以",
        "多",
        "了",
    )


def duration_like(match: Match, passage: Passage) -> bool:
    """A length of time, no year, label or age: not 2023年, 三年级, 13年 of the calendar."""
    unit, value = match["duration_unit"], match["value"]
    before = match.clean[max(match.start - 1, 0) : match.start]
    if before in ("第", "每", "初"):
        return False
    if unit == "年":
        if len(value) == 4 and value.isdigit() and value[:2] in ("18", "19", "20"):
            return False
        if len(value) == 4 and value[0] in "一二" and all(c in "零〇一二三四五六七八九" for c in value):
            return False
    return True


def not_every(match: Match, passage: Passage) -> bool:
    """No 每 stands before the mention: 每半年 is a set of times."""
    return not match.clean.endswith("每", 0, match.start)


def clock_like(match: Match, passage: Passage) -> bool:
    """A time of day, no score or count of points: it has minutes, a part of day, or 时 of a 24-hour clock."""
    text = match.text
    if match["hour"].isdigit() and int(match["hour"]) > 24:
        return False
    if ":" in text:
        return len(match["minute"]) == 2 and int(match["minute"]) < 60 and bool(match["hour"].isdigit())
    if "点" in text and not match["daypart"]:
        return bool(match["minute"] or match["half_hour"]) or text.endswith(("许", "整"))
    return True
