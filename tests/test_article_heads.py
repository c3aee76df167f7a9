"""The head of an article on a newspaper page: title, deck, what stands over it, and where the next one begins."""

from __future__ import annotations

import pytest

from extractor.article import Document
from extractor.articles import articles

BODY = "青石乡入冬以来组织群众兴修水利，清理沟渠36条，加固堤坝12处，惠及农户2600余户，投入资金500万元。"
FIRST, SECOND = "一渠清水到田头", "家门口办起加工厂"


def heads(text: str) -> list[tuple[str, str]]:
    """Title and whole head of each article of `text`."""
    found = articles(Document("a.txt", text))
    for one in found:
        assert one.source == text[one.start : one.end]
        assert text[slice(*one.evidence["title"])] == one.title
    return [(one.title, text[slice(*one.evidence.get("headline", one.evidence["title"]))]) for one in found]


def page(first: str, second: str) -> str:
    return f"{first}\n{BODY}\n{BODY}\n{second}\n{BODY}\n{BODY}\n"


@pytest.mark.parametrize(
    ("over_first", "over_second"),
    [
        ("【民生】", "【经济】"), ("【新春走基层】", "【一线见闻】"), ("民生", "经济"), ("■ 民生新闻", "■ 经济新闻"), ("民生新闻", "经济新闻"), ("栏目：一线见闻", "栏目：产业观察"), ("要闻", "要闻"),
        ("◆要闻", "◆社会"), ("〔地方要闻〕", "〔产业要闻〕"),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "names", [("本报记者 闻晓川", "本报记者 鲁一禾"), ("本报讯（记者 闻晓川）", "本报讯（记者 鲁一禾）")]
)
def test_the_name_of_a_column_over_a_title_is_no_part_of_it(
    over_first: str, over_second: str, names: tuple[str, str]
) -> None:
    text = page(f"{over_first}\n{FIRST}\n{names[0]}", f"{over_second}\n{SECOND}\n{names[1]}")
    assert heads(text) == [(FIRST, FIRST), (SECOND, SECOND)]


@pytest.mark.parametrize(
    ("deck", "second_deck"),
    [
        ("——青石乡兴修水利见闻", "——青石乡产业见闻"),
        ("青石乡3年清理沟渠36条", "青石乡引来12家企业"),
        ("青石乡3年清理沟渠36条，两千农户用上自流水", "青石乡引来12家企业，八百人家门口就业"),
        ("清渠36条　惠及农户2600户", "办厂12家　带动就业800人"),
    ],
)
@pytest.mark.parametrize(
    "names", [("本报记者 闻晓川", "本报记者 鲁一禾"), ("本报讯（记者 闻晓川）", "本报讯（记者 鲁一禾）")]
)
def test_a_deck_under_the_title_is_part_of_the_head_and_not_of_the_title(
    deck: str, second_deck: str, names: tuple[str, str]
) -> None:
    text = page(f"{FIRST}\n{deck}\n{names[0]}", f"{SECOND}\n{second_deck}\n{names[1]}")
    assert heads(text) == [(FIRST, f"{FIRST}\n{deck}"), (SECOND, f"{SECOND}\n{second_deck}")]


def test_labels_say_which_line_of_a_head_is_the_title() -> None:
    text = page(
        f"引题：入冬以来干得欢\n主题：{FIRST}\n副题：青石乡见闻\n本报记者 闻晓川",
        f"【引题】家乡变了样\n【标题】{SECOND}\n【副标题】青石乡见闻\n本报记者 鲁一禾",
    )
    assert [title for title, _ in heads(text)] == [FIRST, SECOND]
    assert [
        title for title, _ in heads(f"标题：{FIRST}\n作者：闻晓川\n时间：2024-12-10\n正文：\n{BODY}\n{BODY}\n")
    ] == [FIRST]
    assert [title for title, _ in heads(f"主题：{FIRST}\n本报记者 闻晓川\n{BODY}\n{BODY}\n")] == [f"主题：{FIRST}"]


@pytest.mark.parametrize(
    "case",
    [
        f"【江陵案例】\n水到渠成\n{BODY}",
        f"【江陵案例】 水到渠成\n{BODY}",
        f"【江陵案例】\n{BODY}",
        f"【记者手记】\n本报记者 闻晓川\n{BODY}",
        f"【链接】\n青石乡水利大事记\n{BODY}",
        f"■ 第一步\n{BODY}",
        f"（二）水到渠成\n{BODY}",
    ],
)
def test_a_case_told_inside_a_report_stays_in_it(case: str) -> None:
    text = f"{FIRST}\n本报记者 闻晓川\n{BODY}\n{case}\n{BODY}\n"
    [found] = articles(Document("a.txt", text))
    assert (found.title, found.byline) == (FIRST, ("闻晓川",))
    assert case in found.source


@pytest.mark.parametrize("jump", ["（下转第三版）", "（下转03版）", "下转第3版", "（上接第一版）"])
def test_where_a_report_goes_on_is_outside_of_both(jump: str) -> None:
    text = f"{FIRST}\n本报记者 闻晓川\n{BODY}\n{jump}\n{SECOND}\n本报记者 鲁一禾\n{BODY}\n"
    assert [title for title, _ in heads(text)] == [FIRST, SECOND]
    assert not any(jump in one.source for one in articles(Document("a.txt", text)))


def test_reports_of_one_page_begin_each_at_its_title() -> None:
    text = (
        "瓜農遇雨災　縣府：現金救助\n受損420公頃　受理到25日\n〔記者葉佳蓉／雲林報導〕連日豪雨造成西瓜泡水，縣府統計受損面積達420公頃。\n縣長上午到田間勘災。\n"
        "天橋加裝升降機\n【港城報訊】路政署說，天橋升降機下月啟用，造價3,600萬元。\n"
        f"{FIRST}\n新华社江城3月5日电（记者 闻晓川）{BODY}\n"
    )
    found = articles(Document("a.txt", text))
    assert [one.title for one in found] == ["瓜農遇雨災　縣府：現金救助", "天橋加裝升降機", FIRST]
    assert [one.publisher for one in found] == ["", "港城報", "新华社"]
    assert [one.byline for one in found] == [("葉佳蓉",), (), ("闻晓川",)]


def test_a_page_with_all_of_it_at_once() -> None:
    text = (
        "江城日报 地方新闻\n2024年12月10日 星期二 第03版：民生\n责编：沈三元 版式：鲁一禾\n"
        f"【民生】\n{FIRST}\n——青石乡兴修水利见闻\n本报记者 闻晓川 通讯员 鲁一禾\n{BODY}\n【江陵案例】\n水到渠成\n{BODY}\n图为新修的水渠。闻晓川 摄\n"
        f"{SECOND}\n本报讯 （记者 鲁一禾）{BODY}\n短评\n为水渠叫好\n秦思远\n{BODY}\n"
    )
    found = articles(Document("a.txt", text))
    assert [one.title for one in found] == [FIRST, SECOND, "为水渠叫好"]
    assert [one.byline for one in found] == [("闻晓川", "鲁一禾"), ("鲁一禾",), ("秦思远",)]
    assert {str(one.published) for one in found} == {"2024-12-10"}
    assert [one.stated_by["published"] for one in found] == ["text", "page", "page"]


HEADS = [
    "综合新闻   3", "要闻 2", "民生·社区", "星期四", "第1234期", "登入 | 訂閱電子報", "石桥网-石桥县门户网站 RSS订阅 手机版", "社区新闻", "A03 民生·社区", "责任编辑 沈三元　美编 秦思远", "版式：沈三元 校对：秦思远",
]  # fmt: skip


@pytest.mark.parametrize("names", ["\n本报记者 闻晓川", ""])
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize("head", HEADS)
def test_the_head_of_a_page_is_no_title_where_another_line_is(head: str, gap: str, names: str) -> None:
    text = f"{head}{gap}{FIRST}{names}\n{BODY}\n{BODY}\n"
    [found] = articles(Document("a.txt", text))
    assert (found.title, found.byline) == (FIRST, ("闻晓川",) if names else ())
    assert found.source.startswith(FIRST)


@pytest.mark.parametrize(
    "head",
    [
        "A03 民生·社区     2024年12月10日 星期二    编辑：沈三元    版式：秦思远",
        "综合新闻      3\n2024年12月10日　星期二　　责任编辑　沈三元　　美编　秦思远",
        "地方新聞　B2版　中華民國113年12月10日 星期二",
        "社区 2024年12月10日 第1234期",
    ],
)
@pytest.mark.parametrize("names", ["\n本报记者 闻晓川", ""])
def test_the_head_of_a_page_dates_its_article_and_names_neither_author_nor_publisher(head: str, names: str) -> None:
    [found] = articles(Document("a.txt", f"{head}\n{FIRST}{names}\n{BODY}\n{BODY}\n"))
    assert (found.title, found.byline) == (FIRST, ("闻晓川",) if names else ())
    assert (found.publisher, str(found.published)) == ("", "2024-12-10")


def test_a_line_that_might_be_the_head_of_a_page_is_the_title_where_none_else_is() -> None:
    [found] = articles(Document("a.txt", f"社区新闻\n{BODY}\n{BODY}\n"))
    assert found.title == "社区新闻"


def test_a_list_of_the_headlines_of_a_page_is_no_title() -> None:
    text = f"1. {FIRST}\n2. {SECOND}\n{FIRST}\n新华社江城12月9日电（记者 闻晓川）{BODY}\n"
    assert heads(text) == [(FIRST, FIRST)]


SHORT = "村里新买了两条小船，巡河一趟只要一个半小时，比过去走路快了一半，村民都说河水清了，岸边也干净了许多。"


@pytest.mark.parametrize(
    ("end", "byline"),
    [
        ("（闻晓川）", ("闻晓川",)),
        ("\n（闻晓川）", ("闻晓川",)),
        ("（记者 闻晓川）", ("闻晓川",)),
        ("（据石桥发布）", ()),
        ("（完）", ()),
    ],
)
def test_a_report_that_is_signed_off_ends_there(end: str, byline: tuple[str, ...]) -> None:
    text = f"{FIRST}\n{BODY}{end}\n{SECOND}\n{SHORT}（鲁一禾）\n"
    first, second = articles(Document("a.txt", text))
    assert (first.title, first.byline, second.title, second.byline) == (FIRST, byline, SECOND, ("鲁一禾",))
    assert first.source.endswith(end.strip())


@pytest.mark.parametrize("part", ["链接", "相关背景", "一线声音"])
def test_below_a_name_in_brackets_the_heading_of_a_part_begins_no_article(part: str) -> None:
    text = f"{FIRST}\n本报记者 闻晓川\n{BODY}“水来了。”（鲁一禾）\n{part}\n{BODY}\n"
    assert heads(text) == [(FIRST, FIRST)]


def test_a_bracket_that_signs_nothing_off_ends_no_report() -> None:
    for bracket in ("（化名）", "（据统计）", "（江城）"):
        text = f"{FIRST}\n本报记者 闻晓川\n{BODY}{bracket}\n{SECOND}\n{SHORT}\n"
        assert len(articles(Document("a.txt", text))) == 1


@pytest.mark.parametrize("place", ["石桥镇： ", "石桥街道：", "石桥村：", "石桥社区: "])
def test_a_short_item_headed_by_its_place_is_an_article_of_its_own(place: str) -> None:
    text = f"{FIRST}\n■ 本报记者 闻晓川\n{BODY}\n{place}小船巡河快一倍\n{SHORT}\n（据石桥镇政府）\n"
    first, second = articles(Document("a.txt", text))
    assert (first.byline, first.publisher) == (("闻晓川",), "")
    assert (second.title, second.byline, second.publisher) == (f"{place}小船巡河快一倍", (), "石桥镇政府")


@pytest.mark.parametrize("place", ["石桥村：", "石桥社区："])
def test_parts_of_a_report_headed_by_a_village_stay_in_it(place: str) -> None:
    text = f"{FIRST}\n本报记者 闻晓川\n{BODY}\n{place}小船巡河快一倍\n{SHORT}\n青石村：加工厂开进村\n{BODY}\n"
    assert heads(text) == [(FIRST, FIRST)]


def test_a_ruled_line_parts_two_articles_and_a_row_of_stars_does_not() -> None:
    text = f"{FIRST}\n{BODY}\n==========\n{SECOND}\n{SHORT}\n"
    assert [title for title, _ in heads(text)] == [FIRST, SECOND]
    assert len(articles(Document("a.txt", text.replace("==========", "***")))) == 1
    assert len(articles(Document("a.txt", text.replace(f"{SECOND}\n", "")))) == 1


def test_a_column_named_again_over_a_title_parts_two_articles() -> None:
    text = f"【村社新闻】\n{FIRST}\n{BODY}\n【村社新闻】\n{SECOND}\n{SHORT}\n"
    found = articles(Document("a.txt", text))
    assert [one.title for one in found] == [FIRST, SECOND]
    assert not any("【" in one.source for one in found)


POEM = "雨落在三月的屋檐\n柳条睁开一万只眼睛\n母亲挎着竹篮下河\n把衣裳洗成云朵\n"


def test_verse_under_a_title_and_a_name_is_a_poem() -> None:
    text = f"春到河边\n□ 闻晓川\n{POEM}老磨\n◎ 鲁一禾\n{POEM}责任编辑：沈三元\n"
    first, second = articles(Document("a.txt", text))
    assert (first.title, first.byline, second.title, second.byline) == ("春到河边", ("闻晓川",), "老磨", ("鲁一禾",))
    assert first.source == f"春到河边\n□ 闻晓川\n{POEM}".strip()
    assert second.source.endswith("云朵")
    assert not first.warnings


def test_a_list_of_names_is_no_poem() -> None:
    [found] = articles(Document("a.txt", "值班表\n闻晓川\n周一上午\n周一下午\n周二上午\n周二下午\n"))
    assert found.title == ""
