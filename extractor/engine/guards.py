"""Named predicates for what a regular expression cannot say. A guard returns False to refuse a match."""

from __future__ import annotations

from collections.abc import Callable

from extractor.engine.match import Match
from extractor.segment import Passage

Guard = Callable[[Match, Passage], bool]


def cardinal(match: Match, passage: Passage) -> bool:
    """The numeral counts: it is no ordinal (第三名), no label (G42, 5A) and no part of a longer word (统一, 唯一)."""
    clean, start = match.clean, match.groups["value"][0]
    if start and clean[start - 1] in "第初":
        return False
    if clean[start] in "0123456789":
        return True
    word = passage.word_at(start)
    return passage.starts[word] == start or passage.tags[word] in ("m", "t", "mq", "x") or _numeric_before(clean, start)


def _numeric_before(clean: str, start: int) -> bool:
    return start > 0 and clean[start - 1] in "约近超逾达共有为的了和及与、,到至满"


def on_word_edges(match: Match, passage: Passage) -> bool:
    """The mention begins and ends where words do: 市中区 in 全市中区域 does not."""
    return match.start in passage.edges and match.end in passage.edges


def begins_word(match: Match, passage: Passage) -> bool:
    """The mention begins where a word does: 明天 in 文明天地 does not."""
    return match.start in passage.edges


def not_ordinal(match: Match, passage: Passage) -> bool:
    """No 第 stands before the mention: 第三天 counts no days."""
    return not match.clean.endswith("第", 0, match.start)


def classifier_counts(match: Match, passage: Passage) -> bool:
    """一 with a classifier counts only with units of people and things that are told one by one, or where the text
    insists on the number: 一名护士 and 仅一个 do, 一个新的起点 does not."""
    if match["value"] != "一":
        return True
    before = match.clean[max(match.start - 2, 0) : match.start]
    insists = any(word in before for word in ("仅", "只", "共", "各", "达", "唯", "有且", "首批", "另"))
    return insists or match["unit"] in match.rule.book.lexicons["told_singly"]


def noun_counted(match: Match, passage: Passage) -> bool:
    """A noun is counted directly by an Arabic or a longer numeral, or by a Chinese one where a word of its own begins."""
    start, end = match.start, match.end
    if match["value"][0].isdigit():
        return len(match["value"]) > 1 or end in passage.edges
    word = passage.word_at(start)
    return passage.starts[word] == start and end in passage.edges and match["value"] != "一"


def large_tally(match: Match, passage: Passage) -> bool:
    """A tally of hours, no length of time: a hundred and more, or a vague large number."""
    numeral = match.numeral
    size = numeral and (numeral.value or numeral.low)
    return size is not None and size >= 100


def money_word(match: Match, passage: Passage) -> bool:
    """A currency unit that is also a classifier or part of a word (块, 分, 圆) needs a sum around it."""
    unit = match["currency"]
    if unit in ("块", "角", "毛", "分", "圆", "铢", "盾", "镑"):
        after = match.clean[match.end : match.end + 1]
        return unit == "镑" or after in ("", "钱", ",", "。", ";", "、", "的", ")", "\n", "左", "以", "多", "一")
    return True


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


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        begins_word,
        cardinal,
        classifier_counts,
        clock_like,
        duration_like,
        large_tally,
        money_word,
        not_every,
        not_ordinal,
        noun_counted,
        on_word_edges,
    )
}
