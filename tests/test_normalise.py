"""Repairs of an article's text: what each takes out, what it must leave alone, and that the way back holds."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import RawArticle
from extractor.normalise import Normalised, normalise
from extractor.normalise.shapes import is_finished


def read(source: str, **facts: object) -> Normalised:
    return normalise(RawArticle("test.txt", source, **facts))  # type: ignore[arg-type]


def clean(source: str) -> str:
    return read(source).text.clean


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("河道全长３６．５公里，占８％。", "河道全长36.5公里,占8%。"),
        ("票价￥３０，学生半价（限周末）！", "票价¥30,学生半价(限周末)!"),
        ("他說：「『慢城』來了。」", "他说:“‘慢城’来了。”"),
        ("面积１２㎡，见图①…", "面积12㎡,见图①…"),
        ("河\u200b长\u00ad制\ufeff覆盖36个村", "河长制覆盖36个村"),
        ("新修水渠\xa036\u3000条", "新修水渠36条"),
        ('推出"暖心"行动,评出"金穗"奖', "推出“暖心”行动,评出“金穗”奖"),
        ('屏幕为5.5"', '屏幕为5.5"'),
        ("伯納德•馬丁訪問本市", "伯纳德·马丁访问本市"),
    ],
)
def test_marks_letters_and_digits_have_one_form(source: str, wanted: str) -> None:
    assert clean(source) == wanted + "\n"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("石橋鄉(xiāng)的漁業(yè)合作社(社)共九戶(hù)", "石桥乡的渔业合作社(社)共九户"),
        ("含山區(qū)、漁區(qū)(山區(qū)工作組)", "含山区、渔区(山区工作组)"),
        ("人工智能(ai)与气象站(app)", "人工智能(ai)与气象站(app)"),
        ("全市(一)(二)(村)(室)", "全市(一)(二)(村)(室)"),
        ("石橋鄉(xiang)、東河鎮(zhen)、山區(qu)、漁業(ye)、聯(lian)社", "石桥乡、东河镇、山区、渔业、联社"),
        ("石橋鄉(xi?ng)、東河鎮(zhèn)、山區(qū)、漁業(yè)、聯(lián)社", "石桥乡、东河镇、山区、渔业、联社"),
        ("咖啡(café)店", "咖啡(café)店"),
    ],
)
def test_pinyin_glosses_go_and_genuine_brackets_stay(source: str, wanted: str) -> None:
    assert clean(source) == wanted + "\n"


def test_the_comma_set_before_a_mark_goes() -> None:
    assert clean("县里修渠,,引水,、护林,。共1,286人,,其中") == "县里修渠,引水、护林。共1,286人,其中\n"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("全市 19 个乡镇有 400 余名护林员", "全市19个乡镇有400余名护林员"),
        ("投入 1.8 亿 元，惠及 36 万 余户", "投入1.8亿元,惠及36万余户"),
        ("4 — 6 月下降 2.5 %", "4—6月下降2.5%"),
        ("转移群众 2 480 人", "转移群众2 480人"),
        ("更新于 2023-06-01 08:15:30 责编", "更新于 2023-06-01 08:15:30 责编"),
        ("青山不老 绿水长流", "青山不老 绿水长流"),
        ("增长 5% ，下降 3 个百分点 。", "增长5%,下降3个百分点。"),
        ("GDP 增长 6.1%", "GDP增长6.1%"),
        ("《 江城晚报 》报道（ 节选 ）", "《江城晚报》报道(节选)"),
        ("use of a pen 3 times", "use of a pen 3 times"),
        ("记者 张三 李四", "记者 张三 李四"),
        ("三 万盏灯", "三 万盏灯"),
        ("护林员 + 志愿者", "护林员+志愿者"),
    ],
)
def test_spaces_in_and_around_figures_go_and_those_between_words_stay(source: str, wanted: str) -> None:
    assert clean(source) == wanted + "\n"


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("漁民說看著潮水，甚麼都懂", "渔民说看着潮水,什么都懂"),
        ("支援漁村整合資源", "支援渔村整合资源"),
        ("乾县的於先生说干么", "乾县的於先生说干么"),
        ("乾隆年間的乾糧與著作", "乾隆年间的干粮与著作"),
        ("妳的牠", "你的它"),
    ],
)
def test_traditional_characters_become_simplified_and_words_stay_as_they_are(source: str, wanted: str) -> None:
    assert clean(source) == wanted + "\n"


def test_a_line_of_japanese_is_left_alone_with_a_warning() -> None:
    found = read("會議在東京舉行，與會者達三百餘人，歷時兩天。\n気象庁は今夜、関東に台風が近づくと発表した。")
    assert (
        found.text.clean == "会议在东京举行,与会者达三百余人,历时两天。\n気象庁は今夜、関東に台風が近づくと発表した。\n"
    )
    assert found.warnings == ("1 line of Japanese left as written",)
    assert found.language == "zh-Hant"


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("全县修渠36条", "zh-Hans"),
        ("全縣修渠36條", "zh-Hant"),
        ("台風が近づくと発表した", "ja"),
        ("2024", "und"),
        ("태풍", "ko"),
    ],
)
def test_the_language_is_named(source: str, language: str) -> None:
    assert read(source).language == language


CUT_UP = (
    "修渠记\n\n入冬以来,石桥乡组织群众兴修水利,先后清理沟渠三十六条,加固堤坝十二处,在最偏远的云岭村,村民自发组\n\n织了三支施工队。"
    "据介绍,乡里还将投入资金五十万元,\n\n用于购买水泥和沙石。施工队长说:“我们要赶在春\n\n耕之前完工。”\n\n下一步\n\n全乡将推广这一做法。"
)


def test_a_sentence_cut_by_a_column_is_joined_and_headings_stay_apart() -> None:
    lines = clean(CUT_UP).splitlines()
    assert lines[0] == "修渠记"
    assert lines[1].endswith("赶在春耕之前完工。”")
    assert "自发组织了三支" in lines[1]
    assert lines[2:] == ["下一步", "全乡将推广这一做法。"]


@pytest.mark.parametrize(
    "source",
    [
        "一、治水先行,修好灌溉渠\n全县已修渠36条。\n",
        "引水上山\n分三步修好灌溉渠\n近年来,灌溉面积不断扩大。\n",
        "治水先行,修好灌溉渠\n全县已修渠36条,灌溉良田2万亩。\n",
        "江苏盐城:新修水渠36条\n近日,当地的新水渠通水。\n",
        "全年修渠36条。\n本报记者 张三\n水渠全长12公里。\n",
        "(一)培训护林员;\n(二)添置水泵;\n(三)清理河道。\n",
        "会议指出:\n今年要修渠36条。\n",
        "治水先行,修好灌溉渠\n36名干部走村入户,听取意见。\n全县受益。\n",
        "一条水渠,三代人的心血\n石桥乡的水渠修了六十年,长36公里。\n全县受益。\n",
        "听说水渠通了\n据说,这条渠长36公里。\n",
        "2023年\n3月,水渠动工,投工两千人。\n",
        "渠水流过三月的田埂\n我数着村口的石头。\n两只白鹭,一前一后\n落在父亲肩上\n一条老牛,慢慢走来\n",
        "修渠36条,植树2万株\n清淤12处,护林300亩\n筑坝5座,引水进村\n",
        "全年任务如下\n修渠36条\n植树2万株\n",
        "江城发布 2023-06-01 08:15:47\n6月1日,新渠通水,惠及农户2600余户。\n",
        "来源:县水利局\n2023-06-01\n水渠通水,惠及农户2600余户。\n",
    ],
)
def test_lines_that_stand_apart_are_not_joined(source: str) -> None:
    assert clean(source) == source


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("水渠日前已经通水,总长", "11.4公里,惠及农户两千户。"),
        ("水渠由旧河道改建,总投资", "68.4万元,去年九月动工。"),
        ("水渠日前已经通水,惠及农户", "两千户,灌溉良田三万亩。"),
        ("占全乡农户的", "35%,比去年多一成。"),
        ("护渠员赵大河", "说,往后种田不用靠天了。"),
        ("水渠日前已经通水,水面", "比堤坝低三米。护渠员每天都来。"),
        ("水渠由县水利局、县农业农村局", "负责,惠及农户两千户。"),
        ("护渠员轮流值守,每天走完八里水路,逢着大雨", "要走两趟。"),
        ("这条渠的修建始于", "1975年,历时三年。"),
        ("水渠自2021年", "3月起动工,投工两千人。"),
        ("昨天下午记者走到渠边", "看到,水已经放到了三号闸。"),
    ],
)
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_short_line_that_a_sentence_was_cut_to_reads_on(above: str, between: str, below: str) -> None:
    opening = "修渠记\n\n入冬以来,石桥乡家家户户都出了工。\n\n"
    assert clean(opening + above + between + below).splitlines()[2:] == [above + below]


@pytest.mark.parametrize("width", [12, 13, 15, 20])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_narrow_columns_become_paragraphs(width: int, between: str) -> None:
    first = "入冬以来,石桥乡把老旧水渠全部修过一遍,村民都说今年种田放心多了。施工队每天干到晚上十点,历时八十五天才完工,惠及农户两千户,得到各界好评。"
    second = "下一步,全乡还将修建二级水渠一百一十公里,新建水闸十二座,争取在明年春耕之前让每个村组都用上新渠里的水。"
    cut = [between.join(text[i : i + width] for i in range(0, len(text), width)) for text in (first, second)]
    assert clean("修渠记\n\n" + (between * 2).join(cut)).splitlines()[1:] == [first, second]


def test_a_figure_cut_again_and_again_is_one() -> None:
    assert clean("修渠记\n水渠一季度放水量达到1\n2.6万方,同比增\n长2\n3%,创下新高。\n").splitlines()[1:] == [
        "水渠一季度放水量达到12.6万方,同比增长23%,创下新高。"
    ]


def test_the_lines_of_a_title_are_never_joined() -> None:
    source = "修渠、引水、护林,石桥乡各\n村齐动手\n全乡修渠36条。"
    found = read(source, title="修渠", evidence={"title": (0, 17)})
    assert found.text.clean.splitlines()[1] == "村齐动手"
    assert found.title == (0, 17)


def test_a_text_wrapped_at_a_width_is_unwrapped() -> None:
    body = "入冬以来石桥乡组织群众兴修水利清理沟渠三十六条加固堤坝十二处云岭村村民自发组织了三支施工队乡里还将投入资金五十万元用于购买水泥和沙石施工队长说要赶在春耕之前完工眼下工地上一派繁忙景象运料的车辆来来往往机器轰鸣不绝于耳连日来全乡干部吃住在工地已有二十多天没有回家。"
    wrapped = "\n".join(body[i : i + 16] for i in range(0, len(body), 16))
    assert clean(wrapped) == body + "\n"


def test_latin_words_cut_by_a_line_end_keep_a_space() -> None:
    assert "the river chief system" in clean(
        "专家介绍,河长制在国外称为 the river\nchief system,已有多个国家借鉴这一经验。\n"
    )


GAP = "\n\n\n\n"


def test_a_caption_inside_a_sentence_is_lifted_and_its_twin_dropped() -> None:
    caption = "村民在新建的水渠边劳作。"
    source = (
        "修渠记\n\n近日,石桥乡坚持先易后难,逐步扩" + GAP + caption + "\n\n大灌溉面积,全乡受益。\n\n乡里表示,明年将启动新的工程,守住水源担"
        + GAP + caption + "\n\n起责任,让群众放心。"
    )  # fmt: skip
    found = read(source)
    text = found.text
    assert text.clean.splitlines() == [
        "修渠记",
        "近日,石桥乡坚持先易后难,逐步扩大灌溉面积,全乡受益。",
        "乡里表示,明年将启动新的工程,守住水源担起责任,让群众放心。",
        caption,
    ]
    [(start, end)] = found.captions
    assert text.clean[start:end] == caption
    assert source[slice(*text.source_span(start, end))] == caption
    assert text.source_span(start, end)[0] == source.index(caption)
    assert text.repairs["caption"] == 2


def test_a_short_sentence_after_a_gap_is_no_caption_where_nothing_was_interrupted() -> None:
    source = "修渠记\n\n全乡受益。" + GAP + "水渠通到了家门口。\n\n村民都很高兴。\n"
    found = read(source)
    assert found.captions == ()
    assert found.text.clean.splitlines() == ["修渠记", "全乡受益。", "水渠通到了家门口。", "村民都很高兴。"]


@pytest.mark.parametrize(
    "line",
    [
        "5",
        "— 5 —",
        "第 5 页 共 8 页",
        "·5·",
        "5/8",
        "江城日报 2024年12月10日 第 5 版",
        "（下转第4版）",
        "（上接第1版）",
        "点击查看大图",
        "责任编辑：王某",
        "—— 广告 ——",
        "undefined",
        "[打印本页] [关闭窗口]",
    ],
)
def test_what_a_page_sets_inside_a_sentence_goes_and_its_halves_are_joined(line: str) -> None:
    above, rest = "护渠员赵大河说,他每天清理杂草三十斤,走完", "八里长的水渠,到中午才歇脚。"
    assert clean(f"修渠记\n\n全乡受益。\n\n{above}\n\n{line}\n\n{rest}\n\n全县推广。\n").splitlines() == [
        "修渠记",
        "全乡受益。",
        above + rest,
        "全县推广。",
    ]


@pytest.mark.parametrize("between", [GAP, "\n\n[图片]\n\n", "\n\n广告\n\n", "\n\n图片\n\n\n"])
def test_the_rest_of_a_sentence_after_a_gap_is_no_caption(between: str) -> None:
    above, rest = "护渠员赵大河说,他天不亮就出门。每天清理杂草三十斤,走完", "八里长的水渠,到中午才歇脚。"
    below = "渠边有一棵老槐树,村民都爱在树下乘凉。"
    found = read("修渠记\n\n" + above + between + rest + "\n\n" + below + "\n")
    assert found.text.clean.splitlines() == ["修渠记", above + rest, below]
    assert found.captions == ()


@pytest.mark.parametrize(
    ("above", "caption", "below"),
    [
        ("天一亮,赵大河就把一麻袋水草", "村民在水渠边劳作。", "抬到堤坝上,手脚利落得像个年轻人。"),
        ("风大了就得停工,大伙儿只好守着闸门等", "夜里,施工队员在堤坝上浇筑水泥。", "风停。"),
    ],
)
def test_a_caption_without_a_sign_shows_somebody_and_the_sentence_reads_on_below(
    above: str, caption: str, below: str
) -> None:
    found = read(f"修渠记\n\n{above}{GAP}{caption}\n\n{below}\n\n全乡受益。\n")
    assert found.text.clean.splitlines() == ["修渠记", above + below, "全乡受益。", caption]


def test_a_caption_that_says_so_is_marked_where_it_stands() -> None:
    found = read("全乡受益。\n图为村民在水渠边劳作。张三 摄\n村民都很高兴。\n")
    assert [found.text.clean[a:b] for a, b in found.captions] == ["图为村民在水渠边劳作。张三 摄"]


def test_a_caption_that_comes_again_is_dropped() -> None:
    caption = "图为村民在水渠边劳作。张三 摄"
    found = read(f"全乡受益。\n{caption}\n村民都很高兴。\n{caption}\n水渠通到了家门口。\n")
    assert found.text.clean.count("图为") == 1
    assert len(found.captions) == 1


def test_furniture_and_stray_marks_inside_an_article_go() -> None:
    source = "修渠记\n图片\n全乡受益。\n查看{{ item.count }}条\n”\n村民说,图片拍得好。\n"
    assert clean(source) == "修渠记\n全乡受益。\n村民说,图片拍得好。\n"


def test_a_lone_mark_that_closes_a_quotation_stays() -> None:
    assert "”" in clean("他说:“水渠通了。\n”\n众人鼓掌。\n")


def test_a_text_whose_line_ends_became_spaces_gets_its_paragraphs_back() -> None:
    sentence = "石桥乡组织群众兴修水利，清理沟渠三十六条，加固堤坝十二处，惠及农户 2600 余户。 "
    source = "一、治水先行 (一)修好灌溉渠 " + sentence * 6
    lines = clean(source).splitlines()
    assert lines[:2] == ["一、治水先行", "(一)修好灌溉渠"]
    assert len(lines) == 8
    assert all(line.endswith("惠及农户2600余户。") for line in lines[2:])
    assert clean("脱贫户 户均 增收 2 480 元。 下一步。") == "脱贫户 户均 增收2 480元。下一步。\n"


def test_paragraphs_are_one_line_each() -> None:
    assert clean("\r\n\r\n　　修渠记 \r\n \r\n　　全乡受益。\r\n　　村民高兴。  ") == "修渠记\n全乡受益。\n村民高兴。\n"
    assert clean("") == ""
    assert clean(" \n ") == ""


def test_markdown_signs_go() -> None:
    assert clean("# 修渠记\n\n投入**50万元**,#修渠#\n") == "修渠记\n投入50万元,#修渠#\n"


def test_the_title_is_found_again() -> None:
    source = "　修　渠　记（上）\r\n\r\n全乡受益。"
    found = read(source, title="x", evidence={"title": (1, 9)})
    assert found.title is not None
    assert found.text.clean[slice(*found.title)] == "修 渠 记(上)"


ANYTHING = st.lists(
    st.sampled_from(
        [
            *"修渠条万亿元余年月日的，,。、;：“”「」()（）(xiāng)(qū)１２ 3 %％—　 \t\n\r\u200b縣與為後図はをの台風{}#*",
            "图片\n",
            "\n\n\n\n",
            "图为水渠。张三 摄\n",
            "记者 张三\n",
            "(据《江城日报》)\n",
            "\r\n",
            "。 ",
        ]
    ),
    max_size=80,
).map("".join)


@given(ANYTHING)
@settings(max_examples=500, deadline=None)
def test_whatever_comes_in_the_offsets_hold(source: str) -> None:
    found = read(source)
    text = found.text
    assert text.source == source
    assert text.clean == "" or (text.clean.endswith("\n") and "\n\n" not in text.clean)
    for line in text.clean.split("\n"):
        assert line == line.strip(" ")
    for start in range(len(text.clean)):
        first, last = text.source_span(start, start + 1)
        assert 0 <= first <= last <= len(source)
    for start, end in found.captions:
        assert 0 <= start < end <= len(text.clean)
        assert "\n" not in text.clean[start:end]


@given(st.text(max_size=60))
@settings(max_examples=300, deadline=None)
def test_no_text_makes_it_fail(source: str) -> None:
    text = read(source).text
    text.clean.encode()  # no half pair is left
    assert all(0 <= a <= b <= len(source) for a, b in (text.source_span(i, i + 1) for i in range(len(text.clean))))


@given(st.text(st.sampled_from("修渠条万元的,。、;:“”()12\n全乡受益村民近日"), max_size=120))
@settings(max_examples=300, deadline=None)
def test_what_is_clean_stays_as_it_is(source: str) -> None:
    once = clean(source)
    again = read(once).text
    for step in ("unseen", "width", "gloss", "script", "blank", "line_end"):
        assert step not in again.repairs


def test_a_long_line_costs_no_more_than_its_length() -> None:
    sentence = "全乡修渠36条,惠及农户2600余户,投入资金1.8亿元。"

    def seconds(source: str) -> float:
        begun = time.perf_counter()
        read(source)
        return time.perf_counter() - begun

    read(sentence)
    for piece in (sentence, " ", "\n", "(", "“", "1 - ", "图为", "{{", "**", " \n", "渠(qu", "。 "):
        short, long = seconds(piece * (100_000 // len(piece))), seconds(piece * (800_000 // len(piece)))
        assert long < 40 * short + 0.5, piece


def test_sentences_of_a_joined_text_begin_with_no_closing_mark() -> None:
    for line in clean(CUT_UP).splitlines():
        assert line[0] not in "，,。、;”’》)"
    assert is_finished(clean(CUT_UP).splitlines()[1])


def test_rows_of_a_table_stay_rows() -> None:
    text = (
        "各村的户数如下,数字由镇里核实过。\n村名\t户数\t收入\n上柳村\t412\t1,205\n农技员说,今年的收成比去年好一成。\n"
    )
    clean = normalise(RawArticle("a", text)).text.clean
    assert clean.splitlines()[1:3] == ["村名|户数|收入", "上柳村|412|1,205"]
    assert clean.splitlines()[3].startswith("农技员说")


def test_a_tab_inside_a_sentence_is_a_blank() -> None:
    assert normalise(RawArticle("a", "全县\t新增党员12名。")).text.clean == "全县 新增党员12名。\n"
