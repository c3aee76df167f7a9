"""One-character names of provinces and countries: where they are places, what they mean, where they are parts of words."""

from __future__ import annotations

import pytest

from extractor import extract


def places(text: str) -> list[tuple[str, str]]:
    found = [record for record in extract(text).records if record.type == "place"]
    return [(record.raw, record.adcode or record.country or "") for record in found]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("湘鄂两省会商防汛。", [("湘", "430000"), ("鄂", "420000")]),
        ("云、贵、川交界处的山村通了电。", [("云", "530000"), ("贵", "520000"), ("川", "510000")]),
        ("中美两国元首通电话。", [("中", "CN"), ("美", "US")]),
        ("中澳两国重启磋商。", [("中", "CN"), ("澳", "AU")]),
        ("粤澳两地合作办医。", [("粤", "440000"), ("澳", "820000")]),
        ("中蒙边境口岸恢复通关。", [("中", "CN"), ("蒙", "MN")]),
        ("他赴沪洽谈，又来黔考察。", [("沪", "310000"), ("黔", "520000")]),
        ("京津冀三地共同发布标准。", [("京津冀", "CN")]),
    ],
)
def test_each_letter_is_a_place_and_its_company_says_which(text: str, wanted: list[tuple[str, str]]) -> None:
    assert places(text) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "溪水川流不息。",
        "京剧、豫剧轮番登场。",
        "他晋升后学起了云计算。",
        "中英双语课程开班。",
        "老人入土为安。",
        "农机手刘冀鲁三天没回家。",
        "途中美景如画，3日美食节开幕。",
        "一辆中巴车停在站台上。",
        "货轮离港。",
    ],
)
def test_letters_inside_words_are_no_places(text: str) -> None:
    assert places(text) == []
