"""Whether a place stands inside the name of a body or a publication, or free."""

from __future__ import annotations

import pytest

from extractor import extract


def in_names(text: str) -> dict[str, bool]:
    return {record.raw: record.in_name for record in extract(text).records if record.type == "place"}


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("石门县民政局的工作人员上门核对信息。", "石门县"),
        ("扎鲁特旗林业和草原局发布禁牧通告。", "扎鲁特旗"),
        ("青州市教育局长冯某向家长致歉。", "青州市"),
        ("中国红十字会四川省分会派出救援队。", "四川省"),
        ("《昆明植物志》第三卷付印。", "昆明"),
        ("日本厚生劳动省修改了标准。", "日本"),
    ],
)
def test_a_division_stands_in_the_name_of_a_body_or_a_publication(text: str, place: str) -> None:
    assert in_names(text)[place] is True


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("苏州市民排队领取消费券。", "苏州"),
        ("西安警方通报了案情。", "西安"),
        ("河东区一家胶合板厂昨夜起火。", "河东区"),
        ("越南北部多省停电。", "越南"),
        ("石门县新建小学三所。", "石门县"),
        ("长沙县今年表彰了百名教师，学校放假。", "长沙县"),
        ("宝清县积雪最深处达四十厘米。", "宝清县"),
        ("绥江社工走进库区。", "绥江"),
    ],
)
def test_a_place_before_people_things_and_counted_bodies_is_free(text: str, place: str) -> None:
    assert in_names(text)[place] is False


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("延吉、图们、珲春三站同日售票。", ["延吉", "图们", "珲春"]),
        ("威海至大连航线停航。", ["威海", "大连"]),
        ("义乌商人把样品寄给老乡。", ["义乌"]),
        ("大量游客从香格里拉前往稻城。", ["香格里拉", "稻城"]),
        ("中共云南省委宣传部发出通报。", ["云南"]),
        ("陕西历史博物馆免费开放。", ["陕西"]),
    ],
)
def test_the_words_around_a_short_name_carry_it(text: str, wanted: list[str]) -> None:
    assert list(in_names(text)) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "伐木工葛长海改行当向导。",
        "辅警马龙江站岗六个小时。",
        "工会干事黄高雄说，要再谈。",
        "副队长陈丰县接受采访。",
        "由市和县两级财政分担费用。",
        "“黄河”牌卡车是一代人的记忆。",
        "中山先生的题字挂在正厅。",
        "老旧沙发、长沙发一律上门回收。",
    ],
)
def test_names_of_persons_brands_and_words_are_no_places(text: str) -> None:
    assert in_names(text) == {}
