"""Debris of scans, PDFs, scrapers and old encodings: what is repaired, what stays, and that figures are read right across it."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from extractor import extract
from extractor.article import Document, RawArticle
from extractor.articles import articles
from extractor.normalise import Normalised, normalise, private, width
from extractor.text import Text

CORPORA = Path(__file__).parents[1] / "corpora"


def read(source: str, **facts: object) -> Normalised:
    return normalise(RawArticle("test.txt", source, **facts))  # type: ignore[arg-type]


def clean(source: str) -> str:
    return read(source).text.clean


def figures(source: str) -> list[tuple[str, Decimal | None]]:
    """The counts, ratios and sums of money in `source`, each as written and as read; every one must be cut from the source."""
    records = [record for record in extract(source).records if record.type in ("count", "ratio", "money")]
    assert all(source[record.start : record.end] == record.raw for record in records)
    return [(record.raw, record.value) for record in records]


# --- characters -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("⻓河⼤桥通⻋,⺠众⻅证,⻢⼒⼗⾜,⻰⻛", "长河大桥通车,民众见证,马力十足,龙风"),
        ("⻔前⻝堂", "门前食堂"),
        ("雨水充沛﹐樂見其成", "雨水充沛,乐见其成"),
        ("\uf902隊入村", "车队入村"),
        ("\U0002f800江", "丽江"),
        (
            "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29",
            "\ufa0e\ufa0f\ufa11\ufa13\ufa14\ufa1f\ufa21\ufa23\ufa24\ufa27\ufa28\ufa29",
        ),
        ("石桥乡︵北区︶称﹁引水﹂︰全乡︑全县︒", "石桥乡(北区)称“引水”:全乡、全县。"),
        ("修渠①、植树②,Ⅻ级", "修渠①、植树②,Ⅻ级"),  # of one length with what they mean
        ("cafe\u0301与Sa\u0303o Paulo", "café与São Paulo"),
        ("刘\ue863先生\ue78d到会", "刘䶮先生,到会"),
    ],
)
def test_characters_become_the_ones_they_stand_for(source: str, wanted: str) -> None:
    assert clean(source) == wanted + "\n"


def test_the_radicals_that_unicode_decomposes_are_the_same_in_the_table() -> None:
    table = width.table()
    assert (table[0x2E9F], table[0x2EF3]) == ("母", "龟")  # the two that NFKC knows
    assert {0x2E80, 0x2E9A}.isdisjoint(table)
    assert all(ord(table[code]) >= 0x3400 for code in range(0x2E81, 0x2EF4) if code in table)
    assert len([code for code in range(0x2E80, 0x2EF4) if code in table]) == 114


def test_the_private_characters_of_gbk_are_those_of_gb18030() -> None:
    """Python's codec is the edition of 2000: it knows all of the row FE50 but those that were private then."""
    row = [code for code in range(0xFE50, 0xFEA1) if code != 0xFE7F]
    for place, code in zip(range(0xE815, 0xE865), row, strict=True):
        known = code.to_bytes(2, "big").decode("gb18030")
        now = private.named(chr(place))
        assert not private.unknown(now)
        if not private.unknown(known):
            assert now == width.table().get(ord(known), known)


def test_bullets_of_symbol_fonts_go_and_the_entries_stay_apart() -> None:
    found = read("任务清单:\n\uf0b7 全乡修渠36条,\n\uf06c\t植树2万株,\n\uf0d8护林")
    assert found.text.clean == "任务清单:\n全乡修渠36条,\n植树2万株,\n护林\n"
    assert found.warnings == ()


def test_what_only_one_font_can_show_is_reported_with_its_place() -> None:
    source = "气温15\uf0b020,\ue001村读\ufffd写\ufffd。"
    found = read(source, start=100)
    assert found.text.clean == "气温15 20,\ue001村读\ufffd写\ufffd。\n"
    assert found.warnings == (
        "2 characters lost before the text was read: U+FFFD at 111, U+FFFD at 113",
        "1 character of a symbol font left out inside a line: U+F0B0 at 104",
        "1 character for private use left as written: U+E001 at 108",
    )


# --- pages ----------------------------------------------------------------------------------------------------------

ONE = "入冬以来,石桥乡组织群众兴修水利,先后清理沟渠三十六条,全乡新增灌溉面积二百亩,投入资"
TWO = "金50万元,加固堤坝12处,惠及农户2600余户,群众投工投劳三千多人次,明年还将新修水"
THREE = "渠8条。"


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("\n江城日报 2024年12月10日 第3版\n", "\n江城日报 2024年12月10日 第4版\n"),
        ("\n\n— 3 —\n\n", "\n\n— 4 —\n\n"),
        ("\n第 3 页 共 8 页\n", "\n第 4 页 共 8 页\n"),
        ("\n3/8\n", "\n4/8\n"),
        ("\n第三版 要闻\n", "\n第四版 要闻\n"),
        ("\f", "\f"),
        ("\n3\n\f石桥简报\n", "\n4\n\f石桥简报\n"),
        ("\n石桥简报\n- 3 -\n", "\n石桥简报\n- 4 -\n"),
        ("\f江城日报\n2024年第3期\n", "\f江城日报\n2024年第3期\n"),
    ],
)
def test_running_heads_go_and_the_sentence_across_them_is_joined(first: str, second: str) -> None:
    assert clean("修渠记\n" + ONE + first + TWO + second + THREE) == "修渠记\n" + ONE + TWO + THREE + "\n"


@pytest.mark.parametrize(
    "source",
    [
        "全乡修渠36条。\n3\n全乡植树2万株。\n",
        "全乡修渠36条。\n— 3 —\n全乡植树2万株。\n",
        "水渠通了。\n全乡修渠36条。\n水渠通了。\n全乡植树2万株。\n",
        "第1名\n石桥乡\n第2名\n云岭村\n第3名\n东河镇\n",
        "第1页\n第2页\n第3页\n",
        "5/1\n修渠36条。\n6/1\n植树2万株。\n",
        "《修渠技术》第1版\n石桥乡编\n《修渠技术》第2版\n东河镇编\n",
        "收到第1面锦旗\n来自石桥乡\n收到第2面锦旗\n来自东河镇\n",
        "2021\n修渠36条\n2022\n修渠28条\n2023\n修渠12条\n",
        "1\n2\n3\n",
    ],
)
def test_without_evidence_every_line_stays(source: str) -> None:
    assert clean(source) == source


def test_the_pages_that_a_reader_knows_are_turns_too() -> None:
    source = ONE + "\n3\n" + TWO + "\n4\n" + THREE
    turns = (0, len(ONE) + 3, len(ONE + TWO) + 6)
    assert clean(source) != ONE + TWO + THREE + "\n"
    assert read(source, pages=turns).text.clean == ONE + TWO + THREE + "\n"


def test_figures_across_a_page_are_read_from_the_source() -> None:
    source = "修渠记\n" + ONE + "\n第 3 页 共 8 页\n" + TWO + "\n第 4 页 共 8 页\n" + THREE
    assert ("50万元", Decimal(500000)) in figures(source)


# --- words and figures cut in two -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("这一做法有inter-\nnational影响", "这一做法有international影响"),
        ("这一做法有inter\u00ad\nnational影响", "这一做法有international影响"),
        ("接入5G-\nA网络", "接入5G-A网络"),
        ("应对COVID-\n19疫情", "应对COVID-19疫情"),
        ("规划期为2021-\n2023年", "规划期为2021-2023年"),
        ("规划期为2021—\n2023年", "规划期为2021—2023年"),
        ("专家介绍,项目引入World\nBank贷款", "专家介绍,项目引入World Bank贷款"),
        ("全县惠及1,2\n35人", "全县惠及1,235人"),
        ("全县惠及群众1,23\n5人", "全县惠及群众1,235人"),
        ("全乡今年投入资金3\n5万元", "全乡今年投入资金35万元"),
        ("全乡今年投入增长12.\n5%", "全乡今年投入增长12.5%"),
        ("全乡今年投入增长12\n.5%", "全乡今年投入增长12.5%"),
        ("自2023\n年起", "自2023年起"),
        ("完成百分之\n十", "完成百分之十"),
        ("任务清单\n3\n5万亩\n", "任务清单\n3\n5万亩"),
        ("1. 修渠\n2. 植树\n3\n5\n", "1. 修渠\n2. 植树\n3\n5"),
        ("修渠36条,\n12. 植树2万株\n", "修渠36条,\n12. 植树2万株"),
        ("全乡今年新建泵站3\n5. 其他\n", "全乡今年新建泵站3\n5. 其他"),
    ],
)
def test_words_and_figures_cut_by_a_line_end(source: str, wanted: str) -> None:
    assert clean(source) == wanted + "\n"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("增长12 . 5%,下降3. 6 个百分点", "增长12.5%,下降3.6个百分点"),
        ("见表3. 5万人受益", "见表3. 5万人受益"),
        ("3. 5万人受益", "3. 5万人受益"),
    ],
)
def test_spaces_inside_a_decimal(source: str, wanted: str) -> None:
    assert clean(source) == wanted + "\n"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("1,234,567", 1234567),
        ("1，234，567", 1234567),
        ("１，２３４", 1234),
        ("1 234 567", 1234567),
        ("1\u00a0234\u00a0567", 1234567),
        ("1\u202f234\u202f567", 1234567),
        ("1\u2009234", 1234),
        ("1'234'567", 1234567),
        ("1’234’567", 1234567),
        ("1٬234", 1234),
        ("1.234.567", 1234567),
        ("1.234.567,89", Decimal("1234567.89")),
        ("10 000", 10000),
        ("1,234.56", Decimal("1234.56")),
        ("1'234.5", Decimal("1234.5")),
    ],
)
def test_thousands_are_read_in_every_style(written: str, value: Decimal) -> None:
    assert figures(f"全县水利工程今年投入资金{written}元。") == [(f"{written}元", value)]


def test_what_only_looks_like_thousands_is_not_merged() -> None:
    assert figures("全县水利工程今年投入资金1,23,456元。") == []
    assert figures("第1, 2, 3号泵站分别灌溉5, 120, 300亩。")[-1] == ("300亩", Decimal(300))
    assert [record.raw for record in extract("2021, 2022, 2023年水渠通水。").records] == ["2023年"]
    for kept in ("地址为192.168.100.200", "升级到版本1.234.567", "增长1.234", "v1.234.567", "日期为2024.12.10"):
        assert clean(kept) == kept + "\n"


# --- spaces, doubled marks, tags ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("全 市 新 增 灌 溉 面 积", "全市新增灌溉面积"),
        ("全　市　新　增　灌　溉", "全市新增灌溉"),
        ("新 增 泵 站 1 2 座 ， 增 长 5 . 3 % 。", "新增泵站12座,增长5.3%。"),
        ("江 城 市 政 府  工 作 报 告", "江城市政府 工作报告"),
        ("青山不老 绿水长流", "青山不老 绿水长流"),
        ("鲃 鲌 鲏 鲐 鲕 鲚 鲛 鲞", "鲃 鲌 鲏 鲐 鲕 鲚 鲛 鲞"),
        ("引水 护林 修渠 富民", "引水 护林 修渠 富民"),
        ("张 三", "张 三"),
        ("记者 张 三 李 四", "记者 张 三 李 四"),
        ("全乡受益。。渠长36公里，，坝高5米、、深3米。，通水了！！", "全乡受益。渠长36公里,坝高5米、深3米。通水了!!"),
        ('启动""引水""行动', "启动“引水”行动"),
        ("启动““引水””行动", "启动“引水”行动"),
        ("他说:“乡里的‘引水’行动很好。”", "他说:“乡里的‘引水’行动很好。”"),
    ],
)
def test_letterspacing_and_doubled_marks(source: str, wanted: str) -> None:
    assert clean(source) == wanted + "\n"


def test_a_line_said_twice_running_is_kept_once() -> None:
    line = "全乡今年修渠36条,惠及农户2600余户。"
    assert clean(f"{line}\n\n{line}\n群众高兴。\n{line}\n") == f"{line}\n群众高兴。\n{line}\n"
    assert clean("加油!\n加油!\n") == "加油!\n加油!\n"


def test_tags_left_in_a_text_go() -> None:
    source = (
        "<div class='x'>\n<p>全乡修渠<b>36</b>条，占比<5%，投入50<span>万</span>元。</p>\n<p>若a<b则停。<br/>水渠通水。</p>"
        "\n</div><script>var a = 36;\n</script><!-- 36 --><td>甲</td><td>乙</td>"
    )
    assert clean(source) == "全乡修渠36条,占比<5%,投入50万元。\n若a<b则停。\n水渠通水。\n甲 乙\n"
    assert figures(source)[:3] == [("36</b>条", 36), ("5%", 5), ("50<span>万</span>元", 500000)]


@pytest.mark.parametrize(
    "source", ["若a<b,则b>a。", "占比<5%且>3%。", "a<p>b", "《<石桥>》", "if x <y and z> 1", "<石桥乡>"]
)
def test_signs_of_less_and_greater_stay(source: str) -> None:
    assert clean(source).rstrip("\n") == source


def test_a_script_without_end_hides_nothing() -> None:
    assert clean("全乡修渠36条。<script>水渠通水。") == "全乡修渠36条。水渠通水。\n"


# --- what holds for every text --------------------------------------------------------------------------------------

PIECES = st.lists(
    st.sampled_from(
        [
            *"修渠全乡条万元年的0123459，。、,.;:“”\"'’()<>/- \n\f\t\xa0\u202f\u0301\ue001\ue863\uf0b7\ufffd⻓⼤︵e",
            "<p>", "</p>", "<br>", "<script>", "</script>", "<!--", "-->", "<b>", "</b>", "\n3\n", "\n4\n", "\n- 3 -\n", "\n- 4 -\n",
            "\n第3页\n", "\n第4页\n", "石桥简报", "全 乡 修 渠 引 水", "1'234", "1.234.567", "inter-\nnational", "\u00ad\n", "。。", "“”",
        ]
    ),
    max_size=60,
).map("".join)  # fmt: skip


@given(PIECES)
@settings(max_examples=400, deadline=None)
def test_whatever_comes_in_every_character_has_its_place(source: str) -> None:
    text = read(source).text
    assert text.source == source
    places = [text.source_span(i, i + 1) for i in range(len(text.clean))]
    assert all(0 <= start <= end <= len(source) for start, end in places)
    if "caption" not in text.repairs:  # the only repair that moves anything
        assert places == sorted(places)


@given(PIECES)
@settings(max_examples=300, deadline=None)
def test_what_was_repaired_needs_these_repairs_no_more(source: str) -> None:
    again = read(clean(source)).text
    assume("mojibake" not in again.repairs)  # the whole is judged: without its tags it may be taken for another text
    for step in ("unseen", "width", "private", "script", "line_end"):  # a mark that goes may lay bare a figure: ，1'234
        assert step not in again.repairs


@given(st.text(st.sampled_from("<>/!-pbascript \n="), max_size=60))
@settings(max_examples=300, deadline=None)
def test_tags_are_taken_out_in_order(source: str) -> None:
    from extractor.normalise.tags import tags

    Text.of(source).edit("tag", tags(source))


NEW = {"tag", "compose", "private", "symbol", "page", "thousands", "doubled", "letterspacing", "repeated"}


@pytest.mark.parametrize(
    "path",
    sorted(path for name in ("news", "reports", "near-misses") for path in (CORPORA / name).glob("*.txt")),
    ids=lambda path: path.stem,
)
def test_articles_without_debris_are_left_alone(path: Path) -> None:
    assert NEW.isdisjoint(read(path.read_text(encoding="utf-8")).text.repairs)


def test_no_debris_costs_more_than_its_length() -> None:
    def seconds(source: str) -> float:
        begun = time.perf_counter()
        read(source)
        return time.perf_counter() - begun

    read("全乡修渠36条。")
    pieces = (
        "a", "1", " ", "(", "1.", "1,", "'", "1'234", "1.234", "<", "<p>", "<a ", "<script>", "<!--", "。。", '""', "““", "\f", "渠 ", "1 . ",
        "e\u0301", "\ue001", "\uf0b7", "第1页\n", "- 1 -\n", "- 1 -\n渠\n", "a-\n",
    )  # fmt: skip
    for piece in pieces:
        short, long = seconds(piece * (12_500 // len(piece))), seconds(piece * (100_000 // len(piece)))
        assert long < 24 * short + 0.3, piece


def test_a_head_or_a_tag_neither_parts_an_article_nor_names_it() -> None:
    head = "江城日报 2024年12月10日 第{}版"
    paged = f"修渠记\n{head.format(3)}\n{ONE}\n{head.format(4)}\n{TWO}\n{head.format(5)}\n{THREE}全乡受益。"
    [article] = articles(Document("paged.txt", paged))
    assert (article.title, article.start, article.end) == ("修渠记", 0, len(paged))
    assert str(article.published) == "2024-12-10"
    tagged = f"<div class='x'>\n<h1>修渠记</h1>\n<p>{ONE}金50万元。</p>\n</div>\n<script>var a = 36;</script>\n"
    [article] = articles(Document("tagged.txt", tagged))
    assert article.title == "修渠记"
