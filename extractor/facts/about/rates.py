"""What a figure is per (每人每月300元 → 人·月) and what a change is against (同比 → last_year)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import regex

from extractor.article import Span
from extractor.clauses import Mark
from extractor.facts.base import Record

_CLAUSE_END = regex.compile(r"[,。;!?\n](?!\d)")
_REACH = 40  # code points of a clause before the figure
_AVERAGE = regex.compile(r"(?P<per>人|户|亩|日|月|年|周|天|县|村|校|件|单|次)均")
_STANDING = {"月薪": "月", "月租": "月", "月工资": "月", "月收入": "月", "月费": "月", "月供": "月", "年薪": "年", "年收入": "年", "时薪": "小时", "呎价": "平方呎", "单价": "件", "年发电量": "年", "年产": "年", "年接待": "年", "年处理": "年", "年产能": "年", "年产值": "年", "日产": "日", "日处理": "日", "年吞吐": "年", "年运": "年"}  # fmt: skip


def per_of(clean: str, span: Span, mark: Mark, record: Record, lexicons: Mapping[str, Mapping[str, Any]]) -> str | None:
    """What a sum or a count is per, joined with a dot; None where the clause states no rate."""
    clause = clean[max(mark.start - _REACH, span[0]) : mark.start]
    clause = _CLAUSE_END.split(clause)[-1]
    every, one, behind, standing = _patterns(
        tuple(lexicons["set_unit"]) + tuple(lexicons["classifier"]) + tuple(lexicons["measure"])
    )
    found = []
    if "每" in clause or "单" in clause:
        found = [hit["per"].removeprefix("个") for hit in every.finditer(clause)]
    if "均" in clause:
        found += [hit["per"] for hit in _AVERAGE.finditer(clause)]
    found += [_STANDING[word] for word in standing.findall(clause)]
    if not found and record.type == "money":
        sold = ("一" in clause and one.search(clause)) or (
            clean[mark.end : mark.end + 1] == "一" and behind.match(clean, mark.end)
        )
        if sold:
            found = [sold["per"]]
    return "·".join(dict.fromkeys(found)) or None


@lru_cache(maxsize=2)
def _patterns(units: tuple[str, ...]) -> tuple[Any, Any, Any, Any]:
    units = tuple(
        dict.fromkeys(
            (
                *units,
                "孩",
                "生",
                "晚",
                "航次",
                "学年",
                "公升",
                "股",
                "趟",
                "人",
                "百人",
                "千人",
                "万人",
                "百户",
                "席",
                "月",
                "年",
                "日",
            )
        )
    )
    every = regex.compile(r"(?:每|单(?=[户航次]))一?(?P<per>(?:[百千万]名?)?\L<units>)", units=units)
    one = regex.compile(
        r"一(?P<per>\L<units>)[\p{Han}\d()]{0,12}?(?:卖|售价|定价|收费|价格|要价|降到|涨到|从|由)", units=units
    )
    behind = regex.compile(r"一(?P<per>\L<units>)(?=[,。;!?、\n)”]|的|$)", units=units)  # 三块五一斤, 80元一张的票
    return every, one, behind, regex.compile(r"\L<words>", words=list(_STANDING))


def compared_with(clean: str, span: Span, mark: Mark, lexicons: Mapping[str, Mapping[str, Any]]) -> str | None:
    """What 同比, 环比, 比上年 in the figure's clause compare with; a year by its number: 比2019年 → 2019."""
    start = max(mark.start - _REACH, span[0])
    clause = _CLAUSE_END.split(clean[start : mark.start])[-1]
    words, year = _comparisons(tuple(lexicons["compared_with"]))
    if found := words.findall(clause):
        return str(lexicons["compared_with"][found[-1]])
    if found := year.findall(clause):
        return str(found[-1])
    return None


@lru_cache(maxsize=2)
def _comparisons(words: tuple[str, ...]) -> tuple[Any, Any]:
    return regex.compile(r"\L<words>", words=list(words)), regex.compile(r"[比较]((?:19|20)\d\d)年")
