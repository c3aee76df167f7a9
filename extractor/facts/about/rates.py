"""What a figure is per (每人每月300元 → 人·月) and what a change is against (同比 → last_year)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import regex

from extractor.clauses import Mark
from extractor.facts.base import Record

_CLAUSE_END = re.compile(r"[,。;!?\n](?!\d)")
_REACH = 40  # code points of a clause before the figure
# 日处理能力, 年接待游客: no 今年, 3月, 当日
_DAILY = re.compile(
    r"(?<![0-9一二三四五六七八九十今昨当次同首末每今去前全半近隔翌本])([日年月])(?=产|处理|发电|耕|需求|接待|工资|租金|销|吞吐|供|输|耗|用电|用水|载客|补贴|薪)"
)
_COMPARES = re.compile("[比较按年月与同相超计均预高低]")
_YEAR = re.compile(r"[比较]((?:19|20)\d\d)年")
_MORE_UNITS = (
    "期",
    "届",
    "班",
    "学期",
    "季",
    "程",
    "节",
    "餐",
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
_AVERAGE = re.compile(r"(?P<per>人|户|亩|日|月|年|周|天|县|村|校|件|单|次)均")
_STANDING = {"月薪": "月", "月租": "月", "月工资": "月", "月收入": "月", "月费": "月", "月供": "月", "年薪": "年", "年收入": "年", "时薪": "小时", "时速": "小时", "呎价": "平方呎", "单价": "件", "年发电量": "年", "年产": "年", "年接待": "年", "年处理": "年", "年产能": "年", "年产值": "年", "日产": "日", "日处理": "日", "年吞吐": "年", "年运": "年"}  # fmt: skip
_TIMES = re.compile(
    f"[日年月{''.join({word[0] for word in _STANDING})}]"
)  # one begins every rate of the last two kinds


class Rates:
    """Reads rates and comparisons before a figure; compiled once for a rulebook."""

    def __init__(self, lexicons: Mapping[str, Mapping[str, Any]]) -> None:
        units = [*lexicons["set_unit"], *lexicons["classifier"], *lexicons["measure"], *_MORE_UNITS]
        self._units = list(dict.fromkeys(units))
        standing = "|".join(sorted(_STANDING, key=len, reverse=True))
        self._standing = re.compile(f"(?<![今去前明当同次每全近半])(?:{standing})")
        self._against: Mapping[str, str] = {word: str(what) for word, what in lexicons["compared_with"].items()}
        self._words = re.compile("|".join(sorted(self._against, key=len, reverse=True)))

    # Long lists take a while to compile, and many a text has no such rate.
    @cached_property
    def _every(self) -> Any:
        return regex.compile(
            r"(?:每|单(?=[户航次张件套台吨株亩公米只头场站日月年]))一?(?P<per>(?:[百千万]名?)?\L<units>)",
            units=self._units,
        )

    @cached_property
    def _one(self) -> Any:
        return regex.compile(
            r"一(?P<per>\L<units>)[\p{Han}\d()]{0,12}?(?:卖|售价|定价|收费|价格|要价|降到|涨到|从|由)",
            units=self._units,
        )

    @cached_property
    def _behind(self) -> Any:
        """三块五一斤, 80元一张的票."""
        return regex.compile(r"一(?P<per>\L<units>)(?=[,。;!?、\n)”]|的|$)", units=self._units)

    def clause(self, clean: str, first: int, mark: Mark) -> str:
        """The figure's clause before it, in the sentence that begins at `first`."""
        return _CLAUSE_END.split(clean[max(mark.start - _REACH, first) : mark.start])[-1]

    def per(self, clause: str, clean: str, mark: Mark, record: Record) -> str | None:
        """What a sum or a count is per, joined with a dot; None where the clause states no rate."""
        found = []
        if "每" in clause or "单" in clause:
            found = [hit["per"].removeprefix("个") or "个" for hit in self._every.finditer(clause)]
        if "均" in clause:
            found += [hit["per"] for hit in _AVERAGE.finditer(clause)]
        if _TIMES.search(clause):
            found += [_STANDING[word] for word in self._standing.findall(clause)] or _DAILY.findall(clause)
        if not found and record.type == "money":
            sold = "一" in clause and self._one.search(clause)
            sold = sold or (clean.startswith("一", mark.end) and self._behind.match(clean, mark.end))
            if sold:
                found = [sold["per"]]
        return "·".join(dict.fromkeys(found)) or None

    def compared_with(self, clause: str) -> str | None:
        """What 同比, 环比, 比上年 in the clause compare with; a year by its number: 比2019年 → 2019."""
        if _COMPARES.search(clause) is None:
            return None
        if found := _YEAR.findall(clause):
            return str(found[-1])
        found = self._words.findall(clause)
        return self._against[found[-1]] if found else None
