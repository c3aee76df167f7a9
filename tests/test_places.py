"""Which place is meant: by the chain, by the article, by its date, and never by a guess without a doubt."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor import extract
from extractor.article import RawArticle
from extractor.engine.gazetteer import Division, Gazetteer, load_gazetteer
from extractor.engine.load import rules_folder
from extractor.facts.place import Place
from extractor.pipeline import Extractor

SEVERAL = "several_places_share_this_name"


@pytest.fixture(scope="module")
def listed() -> Gazetteer:
    return load_gazetteer(rules_folder() / "place")


def places(text: str, **ways: str) -> list[Place]:
    return [record for record in extract(text, **ways).records if isinstance(record, Place)]  # type: ignore[arg-type]


def one(text: str, raw: str, **ways: str) -> Place:
    """The last record on `raw`."""
    found = [place for place in places(text, **ways) if place.raw == raw]
    assert found, f"{raw} is not among {[place.raw for place in places(text, **ways)]}"
    return found[-1]


# --- evidence -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "raw", "adcode", "basis"),
    [
        ("徐州市鼓楼区修好了三座桥。", "徐州市鼓楼区", "320302", "chain"),
        ("开封今年办灯会，鼓楼区夜里最热闹。", "鼓楼区", "410204", "article"),
        ("鼓楼区夜里最热闹，开封市派出两百名志愿者。", "鼓楼区", "410204", "article"),
        ("本报福州3月2日电 鼓楼区昨日启用两座书房。", "鼓楼区", "350102", "dateline"),
        ("唐山推进旧桥改造\n本报讯 路北区昨日完工两座，路南区还有一座。", "路北区", "130203", "unique"),
        ("秦皇岛港加开夜班\n海港区的码头工人把休息室搬到了岸边。", "海港区", "130302", "unique"),
        ("西藏那曲的牧民转场，赴拉萨市城关区的车票卖完了。", "拉萨市城关区", "540102", "chain"),
        ("包头的钢厂开了食堂，青山区的老工人来得最早。", "青山区", "150204", "article"),
        ("西湖区、东湖区的湖水连成一片，南昌人爱去散步。", "西湖区", "360103", "article"),
    ],
)
def test_a_shared_name_is_settled_by_what_the_article_names(text: str, raw: str, adcode: str, basis: str) -> None:
    found = one(text, raw)
    assert (found.adcode, found.resolved_by, found.doubts) == (adcode, basis, ())


def article(text: str, doc: str = "a.txt", publisher: str = "", title: str = "") -> list[Place]:
    raw = RawArticle(doc, text, publisher=publisher, title=title)
    return [record for record in Extractor().read_article(raw).records if isinstance(record, Place)]


@pytest.mark.parametrize(
    ("given", "basis"),
    [
        ({"publisher": "福州晚报"}, "publisher"),
        ({"doc": "2024/福建省/福州市/0412.txt"}, "path"),
        ({"title": "福州再添口袋公园"}, "title"),
    ],
)
def test_what_stands_beside_the_text_settles_a_name_too(given: dict[str, str], basis: str) -> None:
    (place,) = article("鼓楼区的新公园昨日开园。", **given)
    assert (place.adcode, place.resolved_by, place.doubts) == ("350102", basis, ())


def test_the_text_counts_more_than_the_publisher() -> None:
    *_, place = article("南京市的老城在变样，鼓楼区的新公园昨日开园。", publisher="福州晚报")
    assert place.adcode == "320106"


@pytest.mark.parametrize(
    "text",
    [
        "鼓楼区的新公园昨日开园。",
        "记者从城关镇了解到，供暖管网本周试压。",
        "江苏的雨停了，鼓楼区的排涝泵还在转。",  # two districts of the province have the name
    ],
)
def test_what_nothing_settles_is_left_open_with_all_candidates(text: str) -> None:
    found = places(text)[-1]
    assert found.adcode is None
    assert found.doubts == (SEVERAL,)
    assert len(found.candidates) > 3
    assert all(re.fullmatch(r"\d{6}", candidate.adcode) for candidate in found.candidates)
    assert all(candidate.within for candidate in found.candidates)


def test_a_name_of_many_townships_is_weighed_one_by_one_not_pair_by_pair(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = Counter[str]()
    contains = Gazetteer.contains

    def counted(self: Gazetteer, outer: Division, inner: Division) -> bool:
        calls["contains"] += 1
        return contains(self, outer, inner)

    monkeypatch.setattr(Gazetteer, "contains", counted)
    (place,) = places("记者从城关镇了解到，供暖管网本周试压。")
    assert len(place.candidates) > 50
    assert calls["contains"] <= 4 * len(place.candidates)


def test_two_of_one_name_are_told_apart_and_the_bare_name_bears_a_doubt() -> None:
    text = "南京市鼓楼区与徐州市鼓楼区结对。回访那天，鼓楼区来了三十人。"
    first, second, bare = places(text)
    assert (first.adcode, second.adcode) == ("320106", "320302")
    assert bare.doubts == (SEVERAL,)
    assert len(bare.candidates) == 4


def test_a_name_keeps_its_reading_through_the_article() -> None:
    text = "福州市鼓楼区开了夜校。" + "\n".join(f"鼓楼区第{n}所夜校本月招生。" for n in "二三四五")
    assert Counter(place.adcode for place in places(text)) == {"350102": 5}


@pytest.mark.parametrize(
    ("text", "raw", "adcode"),
    [
        ("喀什的石榴熟了。", "喀什", "653100"),
        ("疏附、喀什等县市的石榴熟了。", "喀什", "653101"),
        ("吉林的雪下得早。", "吉林", "220000"),
        ("吉林、长春、延边的雪下得早。", "吉林", "220200"),
    ],
)
def test_a_prefecture_and_its_county_of_one_name_carry_both(text: str, raw: str, adcode: str) -> None:
    found = one(text, raw)
    assert found.adcode == adcode
    assert {candidate.adcode for candidate in found.candidates} >= {adcode}
    assert len(found.candidates) > 1


@pytest.mark.parametrize(
    ("text", "raw", "adcode"),
    [
        ("清原、抚顺两县抢收玉米。", "抚顺", "210421"),
        ("海淀、朝阳两区共用一个调度台。", "朝阳", "110105"),
    ],
)
def test_the_head_of_a_list_belongs_to_each_of_its_names(text: str, raw: str, adcode: str) -> None:
    assert one(text, raw).adcode == adcode


@pytest.mark.parametrize("text", ["江西省吉安市石城县的白莲开了。", "浙江省无锡市的运河通航了。"])
def test_a_chain_that_contradicts_itself_is_one_record_with_a_doubt(text: str) -> None:
    (place,) = places(text)
    assert place.doubts == ("parts_do_not_contain_one_another",)


# --- the map of the article's date ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "published", "adcode", "county", "doubts"),
    [
        ("长治县的苹果丰收。", "2015-10-01", "140421", "长治县", ()),
        ("上党区的苹果丰收。", "2021-10-01", "140404", "上党区", ()),
        ("长治县的苹果丰收。", "2018-12-20", "140421", "长治县", ()),  # the year of the change has both
        ("长治县的苹果，老人还这么叫。", "2022-10-01", "140404", "上党区", ("former_name",)),
        ("上党区的苹果丰收。", "2010-10-01", "140404", "上党区", ("name_not_yet_in_use",)),
        ("长治县苏店镇的苹果丰收。", "2015-10-01", "140421", "长治县", ()),
        ("上海市闸北区的弄堂在改造。", "2012-03-01", "310108", "闸北区", ()),
        ("湖北监利县的稻虾上市。", "2018-06-01", "421023", "监利县", ()),
        ("湖北监利市的稻虾上市。", "2023-06-01", "421088", "监利市", ()),
    ],
)
def test_an_article_is_read_by_the_map_of_its_date(
    text: str, published: str, adcode: str, county: str, doubts: tuple[str, ...]
) -> None:
    (place,) = places(text, published=published)
    assert (place.adcode, place.county, place.doubts) == (adcode, county, doubts)


def test_the_names_around_it_are_those_of_the_date_too() -> None:
    (place,) = places("襄城区的码头重新开放。", published="2006-05-01")
    assert (place.adcode, place.prefecture) == ("420602", "襄樊市")
    (place,) = places("襄城区的码头重新开放。", published="2016-05-01")
    assert place.prefecture == "襄阳市"


def test_a_former_name_in_an_article_of_no_date_bears_a_doubt() -> None:
    (place,) = places("襄樊市的老厂房成了书店。")
    assert (place.adcode, place.doubts) == ("420600", ("former_name",))


# --- townships ------------------------------------------------------------------------------------------------------


def test_a_township_of_one_reading_carries_its_county_and_its_own_code() -> None:
    (place,) = places("西递镇的画室坐满了学生。")
    assert (place.adcode, place.county, place.township, place.level) == ("341023", "黟县", "西递镇", "township")
    assert place.township_code is not None
    assert place.township_code.startswith("341023")
    assert place.resolved_by == "unique"


def test_a_township_is_that_of_the_county_the_article_names() -> None:
    text = "湖北省南漳县开了春播会。城关镇的农机手来得最多。"
    assert one(text, "城关镇").adcode == "420624"


def test_a_township_that_the_list_has_elsewhere_only_bears_a_doubt() -> None:
    text = "甘肃省武威市凉州区办了技能赛，凉州区的瓜农都来了。西递镇的选手得了头名。"
    found = one(text, "西递镇")
    assert found.doubts == ("not_listed_in_this_division",)
    assert {candidate.adcode for candidate in found.candidates} == {"620602", "341023"}


def test_a_short_name_of_a_township_goes_on_with_its_county() -> None:
    (place,) = places("浙江杭州萧山瓜沥的花边厂复工了。")
    assert (place.name, place.level, place.adcode, place.township) == ("瓜沥", "township", "330109", "瓜沥镇")


# --- short names that only the article carries --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "raw", "adcode"),
    [
        ("湖北省荆州市的渔民上了岸，石首的船厂改做游船。", "石首", "421081"),
        ("安徽省滁州市的稻子黄了，来安、全椒先开镰。", "全椒", "341124"),
        ("广西宾阳县的稻种育在大棚里，古辣的秧苗最壮。", "古辣", "450126"),
    ],
)
def test_a_short_name_lies_in_what_the_article_names(text: str, raw: str, adcode: str) -> None:
    found = one(text, raw)
    assert (found.adcode, found.doubts) == (adcode, ())


def test_a_person_or_a_common_word_is_no_short_name() -> None:
    text = "山东省庆云县的老木匠石庆云收了徒弟，县里的新桥、大路都修好了，大家和平相处。"
    assert [place.raw for place in places(text)] == ["山东省庆云县"]


def test_a_unique_name_elsewhere_gives_way_to_one_in_the_article() -> None:
    text = "湖北省监利市的江堤加高了，监利市还修了泵站，家住容城的老周每天来看水位。"
    found = one(text, "容城")
    assert found.adcode == "421088"
    assert found.doubts == (SEVERAL,)
    assert {candidate.adcode for candidate in found.candidates} == {"421088", "130629"}


@pytest.mark.parametrize(
    ("text", "raw", "name"),
    [
        ("加拿大安大略省多伦多市下了大雪。", "加拿大安大略省多伦多市", "多伦多市"),
        ("东京市民排队领水。", "东京", "东京"),
    ],
)
def test_a_place_abroad_takes_the_word_for_what_it_is(text: str, raw: str, name: str) -> None:
    (place,) = places(text)
    assert (place.raw, place.name, place.doubts) == (raw, name, ())


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("太湖水位退了两寸。", None),
        ("安庆下了暴雨，太湖转移三百人。", "340825"),
    ],
)
def test_a_lake_and_a_county_of_one_name_are_told_apart(text: str, code: str | None) -> None:
    found = one(text, "太湖")
    assert found.adcode == code
    assert bool(found.doubts) == (code is not None)


def test_a_zone_before_it_became_a_division_is_a_zone() -> None:
    (place,) = places("两江新区引来三家芯片厂。", published="2012-05-01")
    assert (place.level, place.adcode) == ("zone", "500000")


# --- the list -------------------------------------------------------------------------------------------------------


def test_codes_and_parents_of_the_list_hang_together(listed: Gazetteer) -> None:
    for division in listed.by_code.values():
        assert division.parent == "" or listed.parent(division) is not None, division
        if len(division.code) == 6 and division.code.isdigit() and division.level == "county":
            assert division.parent[:2] == division.code[:2], division
    orphans = [code for code in listed._townships if code not in listed.by_code]
    assert orphans == []


def test_the_list_has_the_townships_and_the_former_names(listed: Gazetteer) -> None:
    assert sum(len(line.split()) for line in listed._townships.values()) > 40_000
    assert len(listed.townships("城关镇")) > 50
    former = [division for found in listed.by_name.values() for division in found if division.until]
    assert len(former) > 2_000
    assert [listed.successors(division)[0].name for division in listed.by_name["闸北区"] if division.until] == [
        "静安区"
    ]


@pytest.mark.parametrize(("year", "name"), [(2005, "襄樊市"), (2009, "襄樊市"), (2011, "襄阳市"), (0, "襄阳市")])
def test_a_line_has_the_names_of_its_year(listed: Gazetteer, year: int, name: str) -> None:
    (county,) = [division for division in listed.by_name["襄城区"] if not division.until]
    assert listed.address(county, year).prefecture == name


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_county_in_full_is_never_guessed(listed: Gazetteer, data: st.DataObject) -> None:
    """Of any county, its chain gives its code; its bare name gives that code or bears a doubt."""
    counties = [d for d in listed.by_code.values() if d.level == "county" and len(d.code) == 6 and d.country == "CN"]
    counties = [d for d in counties if d.code[:2] not in ("71", "81", "82") and d.code.isdigit()]
    county: Division = data.draw(st.sampled_from(counties))
    outer = [above.name for above in reversed(listed.line(county)) if above.level in ("province", "prefecture")]
    chain = "".join(outer) + county.name
    (full,) = [place for place in places(f"{chain}昨日发布通告。") if place.name == county.name]
    assert full.adcode == county.code
    for bare in places(f"记者从{county.name}获悉，道路本周通车。"):
        assert bare.name != county.name or bare.adcode == county.code or SEVERAL in bare.doubts


def test_a_folder_without_a_gazetteer_gives_an_empty_one(tmp_path: Path) -> None:
    assert load_gazetteer(tmp_path).names == []


def test_a_township_of_the_chains_county_goes_before_a_namesake_elsewhere() -> None:
    """三湾乡 is a county of Taiwan and a township of 永新县; no two places of a chain share characters."""
    found = [record for record in extract("医疗队走进江西省永新县三湾乡石口村义诊。").records if record.type == "place"]
    assert [(place.raw, place.adcode, place.township) for place in found] == [
        ("江西省永新县三湾乡石口村", "360830", "三湾乡")
    ]
