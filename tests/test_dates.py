"""Time expressions in sentences: their TIMEX3 values, their first and last days, what they are read against, what to doubt."""

from __future__ import annotations

from typing import Any

import pytest

from extractor import extract
from extractor.facts.date import Date

WAYS = ("published", "region")
Row = tuple[str, dict[str, Any]]


def dates(marked: str, **ways: Any) -> tuple[str, int, list[Date]]:
    """The marked mention, where it begins, and all dates that the sentence gives."""
    text = marked.replace("⟦", "").replace("⟧", "")
    mention = marked.partition("⟦")[2].partition("⟧")[0]
    found = [record for record in extract(text, **ways).records if isinstance(record, Date)]
    return mention, marked.index("⟦"), found


def holds(marked: str, fields: dict[str, Any]) -> None:
    mention, start, records = dates(marked, **{name: fields[name] for name in WAYS if name in fields})
    record = next((r for r in records if (r.start, r.raw) == (start, mention)), None)
    assert record is not None, f"wanted {mention}, read {[r.raw for r in records]}"
    wanted = {name: value for name, value in fields.items() if name not in WAYS}
    assert {name: getattr(record, name) for name in wanted} == wanted


P = "2024-05-08"  # a Wednesday

STRETCHES: list[Row] = [
    ("⟦2022年冬⟧降雪偏少。", {"value": "2022-WI", "start_date": "2022-12-01", "end_date": "2023-02-28"}),
    ("⟦2024年3月下旬⟧开工。", {"start_date": "2024-03-21", "end_date": "2024-03-31", "modifier": "end"}),
    ("⟦上周⟧降温。", {"value": "2024-W18", "start_date": "2024-04-29", "end_date": "2024-05-05", "published": P}),
    ("⟦上周末⟧景区满员。", {"value": "2024-W18-WE", "start_date": "2024-05-04", "end_date": "2024-05-05", "published": P}),
    ("⟦20世纪80年代⟧修过一次。", {"value": "198", "start_date": "1980-01-01", "end_date": "1989-12-31"}),
    ("塔建于⟦18世纪⟧。", {"value": "17", "start_date": "1700-01-01", "end_date": "1799-12-31"}),
    ("⟦本世纪初⟧人口外流。", {"value": "20", "start_date": "2000-01-01", "modifier": "start"}),
    ("⟦2023年三季度至四季度⟧是旺季。", {"value": "2023-Q3/2023-Q4"}),
    ("⟦去年下半年至今年一季度⟧，船厂订单饱满。", {"value": "2023-H2/2024-Q1", "start_date": "2023-07-01", "end_date": "2024-03-31", "published": P}),
    ("⟦本季度⟧投产。", {"value": "2024-Q2", "start_date": "2024-04-01", "end_date": "2024-06-30", "published": P}),
    ("截至⟦2023年6月⟧，建成五处。", {"start_date": None, "end_date": "2023-06-30", "modifier": "until"}),
    ("⟦2021年⟧以来，扩建两次。", {"start_date": "2021-01-01", "end_date": None, "modifier": "since"}),
    ("自⟦3月1日⟧起，航线停运。", {"start_date": "2024-03-01", "end_date": None, "published": P}),
    ("⟦2024年底⟧前完工。", {"start_date": None, "end_date": "2024-12-31", "modifier": "before"}),
    ("⟦2010年⟧后人口回流。", {"start_date": "2010-01-01", "end_date": None, "modifier": "after"}),
    ("⟦2018年⟧至今，站长换了三任。", {"value": "2018", "modifier": "since", "end_date": None}),
    ("自⟦2023年3月1日起至5月31日⟧止禁渔。", {"start_date": "2023-03-01", "end_date": "2023-05-31", "modifier": ""}),
    ("⟦近三年⟧，修桥九座。", {"value": "P3Y", "start_date": "2021-05-08", "end_date": P, "anchor": P, "published": P}),
    ("⟦未来两周⟧有雨。", {"value": "P2W", "start_date": P, "end_date": "2024-05-22", "published": P}),
    ("⟦五年⟧来，面貌一新。", {"value": "P5Y", "start_date": "2019-05-08", "end_date": P, "published": P}),
    ("⟦三年⟧建成两座水库。", {"value": "P3Y", "start_date": None, "end_date": None, "anchor": None, "published": P}),
    ("⟦2023财年⟧亏损收窄。", {"value": "FY2023"}),
    ("雪季持续到⟦明年3月⟧。", {"value": "2025-03", "modifier": "until", "start_date": None, "published": P}),
    ("消息来自⟦2023年6月⟧的一份通报。", {"value": "2023-06", "modifier": ""}),
    ("⟦2020年⟧建站以来，服务万人。", {"value": "2020", "modifier": "since"}),
]  # fmt: skip

LOOKING_BACK: list[Row] = [
    ("2021年3月、⟦5月⟧和8月各排污一次。", {"value": "2021-05", "published": P}),
    ("2021年3月、5月和⟦8月⟧各排污一次。", {"value": "2021-08", "published": P}),
    ("⟦2022年12月至次年2月⟧供煤。", {"value": "2022-12/2023-02", "published": P}),
    ("2019年印发的《办学规定》要求，⟦次年⟧起统一招生。", {"value": "2020", "anchor": "2019", "published": P}),
    ("2016年入学，⟦隔年⟧休学，当年返校。", {"value": "2017", "published": P}),
    ("2016年入学，隔年休学，⟦当年⟧返校。", {"value": "2017", "published": P}),
    ("2023年招生九十人，比⟦前一年⟧多十人。", {"value": "2022", "published": P}),
    ("4月26日通报，⟦此前一天⟧已停产。", {"value": "2024-04-25", "anchor": "2024-04-26", "published": P}),
    ("4月2日走失，⟦三天后⟧获救。", {"value": "2024-04-05", "anchor": "2024-04-02", "published": P}),
    ("4月2日走失，⟦一周后⟧获救。", {"value": "2024-04-09", "published": P}),
    ("2020年开园，⟦两年后⟧扩建。", {"value": "2022", "published": P}),
    ("⟦两年前⟧，他回村种桃。", {"value": "2022", "anchor": P, "published": P}),
    ("他入院⟦三天⟧后出院。", {"timex": "DURATION", "value": "P3D", "modifier": "after", "published": P}),
    ("⟦二十多年⟧前，这里是荒滩。", {"timex": "DURATION", "value": "P20Y", "modifier": "before", "published": P}),
    ("4月发电量比⟦上月⟧多一成。", {"value": "2024-03", "published": P}),
    ("2022年税收比⟦上年⟧多一成。", {"value": "2021", "anchor": "2022", "published": P}),
    ("今年3月客流破万，比⟦去年同期⟧多一成。", {"value": "2023-03", "published": P}),
    ("今年前四个月客流破万，比⟦上年同期⟧多一成。", {"value": "2023-01/2023-04", "published": P}),
    ("3月1日至15日封航，⟦上述期间⟧无船出港。", {"value": "2024-03-01/2024-03-15", "start_date": "2024-03-01", "published": P}),
    ("5月31日签约。⟦同日⟧，首车发运。", {"value": "2023-05-31", "published": "2023-06-10"}),
    ("2023年8月他返乡。⟦10月⟧，染坊开张。", {"value": "2023-10", "published": P}),
    ("2023年8月他返乡。⟦4月底⟧，记者走进染坊。", {"value": "2024-04", "published": "2024-05-08"}),
    ("7月1日21时40分锣响，水是⟦22时30分⟧漫进来的。", {"value": "2023-07-01T22:30", "published": "2023-07-05"}),
    ("7月1日试运行，首班车⟦6:10⟧发出。", {"value": "XXXX-XX-XXT06:10", "published": "2023-07-05"}),
    ("上周产量回升，比⟦前一周⟧多一成。", {"value": "2024-W17", "published": P}),
    ("⟦当年⟧，他靠渡船养家。", {"value": "PAST_REF", "published": P}),
]  # fmt: skip

RELATIVE: list[Row] = [
    ("⟦大前年⟧发过水。", {"value": "2021", "published": P}),
    ("⟦上上周⟧停电。", {"value": "2024-W17", "published": P}),
    ("⟦本周五至下周日⟧办展。", {"value": "2024-05-10/2024-05-19", "published": P}),
    ("⟦前晚⟧起火。", {"timex": "TIME", "value": "2024-05-06TEV", "published": P}),
    ("⟦今明两天⟧有雾。", {"value": "2024-05-08/2024-05-09", "published": P}),
    ("⟦去冬今春⟧少雨。", {"value": "2023-WI/2024-SP", "start_date": "2023-12-01", "end_date": "2024-05-31", "published": P}),
    ("⟦即日⟧起停售。", {"value": P, "modifier": "since", "published": P}),
    ("⟦年内⟧还清。", {"value": "2024", "modifier": "", "published": P}),
    ("听证会将在⟦周五⟧举行。", {"value": "2024-05-10", "weekday": 5, "published": P}),
    ("⟦90年代⟧的老机床。", {"value": "199", "published": "1998-05-08"}),
    ("⟦四季度⟧回暖。", {"value": "2023-Q4", "doubts": ("year_from_publication",), "published": "2024-01-20"}),
    ("⟦前11个月⟧增长。", {"value": "2023-01/2023-11", "published": "2024-01-20"}),
    ("⟦今(113)年9月⟧動工。", {"value": "2024-09", "region": "TW"}),
]  # fmt: skip

CLOCKS: list[Row] = [
    ("⟦4月12日下午三点一刻⟧靠港。", {"value": "2024-04-12T15:15", "published": P}),
    ("⟦9月17日下午4时至11时30分⟧封路。", {"value": "2023-09-17T16:00/2023-09-17T23:30", "published": "2023-09-16"}),
    ("⟦5月2日晚10时至次日6时⟧停水。", {"value": "2024-05-02T22:00/2024-05-03T06:00", "published": P}),
    ("⟦5月2日22时至6时⟧停水。", {"value": "2024-05-02T22:00/2024-05-03T06:00", "published": P}),
    ("⟦9:00至11:30⟧考语文。", {"timex": "TIME", "value": "XXXX-XX-XXT09:00/XXXX-XX-XXT11:30"}),
    ("⟦今晚12时⟧调价。", {"value": "2024-05-08T24:00", "published": P}),
    ("⟦5月2日中午1点⟧开饭。", {"value": "2024-05-02T13:00", "published": P}),
    ("⟦5月2日9—11时⟧停气。", {"value": "2024-05-02T09:00/2024-05-02T11:00", "published": P}),
    ("⟦每天8时至18时⟧开放。", {"timex": "SET", "value": "XXXX-XX-XXT08:00/XXXX-XX-XXT18:00"}),
]  # fmt: skip

YEARS: list[Row] = [
    ("⟦二○二一年⟧扩建。", {"value": "2021"}),
    ("他⟦98年⟧参过军。", {"value": "1998"}),
    ("“我⟦九八年⟧进的厂。”", {"value": "1998"}),
    ("⟦2019⟧、2020年亏损。", {"value": "2019"}),
    ("⟦6月18⟧、19日停航。", {"value": "2022-06-18", "published": "2022-06-22"}),
    ("⟦2023至24财政年度⟧预算公布。", {"value": "2023/2024"}),
    ("⟦元月五日⟧挂牌。", {"value": "2024-01-05", "published": P}),
    ("⟦七八月份⟧最忙。", {"value": "2023-07/2023-08", "published": "2023-09-10"}),
    ("⟦2023年农历八月十五⟧赏月。", {"value": "2023-09-29"}),
    ("⟦今年正月初六⟧复工。", {"value": "2024-02-15", "published": P}),
    ("⟦癸卯年正月十五⟧闹元宵。", {"value": "2023-02-05", "published": "2023-02-10"}),
    ("⟦正月初一至初七⟧有庙会。", {"value": "2024-02-10/2024-02-16", "published": P}),
    ("1938年2月3日，⟦农历正月初四⟧，部队出发。", {"value": "1938-02-03", "published": P}),
    ("⟦大年三十⟧，值班室贴了春联。", {"value": "2024-02-09", "published": "2024-02-20"}),
    ("⟦八月十五⟧，满街月饼香。", {"value": "2023-09-29", "published": "2023-10-08"}),
    ("⟦2023年闰二月十五⟧立碑。", {"value": "2023-04-05"}),
    ("⟦2024年母亲节⟧，花店加班。", {"value": "2024-05-12"}),
    ("⟦2024年腊八⟧施粥。", {"value": "2024-01-18"}),
    ("⟦2023年霜降⟧降温。", {"value": "2023-10-24"}),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "fields"), STRETCHES + LOOKING_BACK + RELATIVE + CLOCKS + YEARS)
def test_dates_in_sentences(marked: str, fields: dict[str, Any]) -> None:
    holds(marked, fields)


DOUBTS: list[Row] = [
    ("⟦5月6日（星期二）⟧开展。", {"value": "2024-05-06", "weekday": 2, "doubts": ("weekday_does_not_fit",), "published": P}),
    ("⟦5月6日（星期一）⟧开展。", {"value": "2024-05-06", "weekday": 1, "doubts": (), "published": P}),
    ("⟦5月6日（一）⟧開展。", {"weekday": 1, "doubts": (), "published": P, "region": "TW"}),
    ("⟦2023年13月5日⟧入账。", {"value": "2023-13-05", "doubts": ("impossible_date",), "start_date": None}),
    ("⟦2023年2月30日⟧入账。", {"value": "2023-02-30", "doubts": ("impossible_date",)}),
    ("牌上写着⟦25时⟧闭馆。", {"value": "XXXX-XX-XXT25:00", "doubts": ("impossible_date",)}),
    ("⟦5月2日25时⟧闭馆。", {"value": "2024-05-02T25:00", "doubts": ("impossible_date",), "published": P}),
    ("⟦昨天⟧开馆。", {"value": "XXXX-XX-XX", "doubts": ("no_publication_date",), "anchor": None}),
    ("⟦去年9月⟧开馆。", {"value": "XXXX-09", "doubts": ("no_publication_date",)}),
    ("⟦两年前⟧开馆。", {"value": "XXXX", "doubts": ("no_publication_date",)}),
    ("⟦上季度⟧亏损。", {"value": "XXXX-QX", "doubts": ("no_publication_date",)}),
    ("⟦上周三⟧开馆。", {"value": "XXXX-WXX-3", "weekday": 3, "doubts": ("no_publication_date",)}),
    ("⟦2023年9月⟧开馆。", {"value": "2023-09", "doubts": ()}),
]  # fmt: skip


@pytest.mark.parametrize(("marked", "fields"), DOUBTS)
def test_what_is_doubtful_is_said(marked: str, fields: dict[str, Any]) -> None:
    holds(marked, fields)


@pytest.mark.parametrize(
    "text",
    [
        "项目总投资1949.4万元，惠及1900余人。",
        "年轻人爱逛时装周，也爱吃月饼。",
        "春风拂过堤岸，日常巡查照旧。",
        "第一时间赶到现场，拨打24小时热线。",
        "建成后年产饲料四万吨。",
        "国企改革三年行动方案公布。",
        "阵风达到28米每秒，补贴每人每月三百元。",
        "他一时语塞，晕了过去。",
        "主队以21:14、21:19连胜两局。",
        "小说发表在《十月》杂志。",
        "“明日之星”选拔赛开赛，《今晚报》作了报道。",
        "市场上年味渐浓，冬去春来。",
        "冬奥会和春运的保障方案出台。",
        "物价指数年增2.1%。",
        "3号楼、2号线和92号汽油都不是日子。",
        "百年老店换了招牌，千载难逢。",
        "志愿者人均服务21.5小时。",
    ],
)
def test_what_only_looks_like_a_time_is_none(text: str) -> None:
    assert [record.raw for record in extract(text, published=P).records if record.type == "date"] == []


def test_reading_never_asks_the_clock(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "昨日签约，两年前动工，去年同期停产，近三年盈利，大年三十开业，本季度投产。"
    first = [(r.value, r.start_date) for r in extract(text).records if isinstance(r, Date)]
    monkeypatch.setattr("time.time", lambda: 4e9)
    assert [(r.value, r.start_date) for r in extract(text).records if isinstance(r, Date)] == first
    assert all("XXXX" in value or value == "P3Y" for value, _ in first)
