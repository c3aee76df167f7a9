"""Escapes and wrong encodings: what was meant is read, tied to what stands there; clean text stays as it is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from damage import LOSSLESS, LOSSY, windows_1252
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.article import Document
from extractor.articles.restored import restored_articles
from extractor.pipeline import Extractor, Options
from extractor.restore import restore

STORY = """清河县修通十二条水渠
清河县人民政府 2023-11-05 09:20
记者 李明

11月3日，记者从清河县水利局获悉，入冬以来全县组织群众3.2万人次兴修水利，清理渠道86公里，加固堤防26处。
“往年浇一遍地要等五天，今年两天就轮到了。”石桥镇柳林村村民王大山说，他家的18亩小麦全部浇上了越冬水。
据介绍，全县今年投入水利资金4600万元，同比增长12.5%，其中群众自筹占8.3%。
下一步，该县将启动“清渠润田”行动，到2025年新增灌溉面积5万亩。
"""
EXTRACTOR = Extractor(Options(published=dt.date(2023, 11, 5)))
CORPORA = Path(__file__).parent.parent / "corpora"
CLEAN = sorted((CORPORA / "clean").glob("*.txt"))


def values(text: str) -> list[tuple[object, ...]]:
    """Type, values and cleaned words of every record, once it is shown to stand where it says."""
    found = []
    for article in EXTRACTOR.read(Document("story.txt", text)):
        for record in article.records:
            assert text[record.start : record.end] == record.raw
            held = record.model_dump(mode="json")
            found.append((held["type"], held["text"], held.get("value"), held.get("low"), held.get("name")))
    return sorted(found, key=str)  # where all of a line is one escape, its records stand in one place


@pytest.mark.parametrize("name", LOSSLESS)
def test_lossless_damage_changes_no_value(name: str) -> None:
    assert values(LOSSLESS[name](STORY)) == values(STORY)
    assert len(values(STORY)) > 20


@pytest.mark.parametrize("path", sorted((CORPORA / "news").glob("*.txt"))[:4], ids=lambda path: path.stem)
@pytest.mark.parametrize("name", ["UTF-8 as Windows-1252", "GBK as Latin 1", "backslash u", "decimal entities"])
def test_lossless_damage_of_whole_articles_changes_no_value(path: Path, name: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert values(LOSSLESS[name](text)) == values(text)


@pytest.mark.parametrize(
    ("name", "least"),
    [
        ("UTF-8 as GB18030", 0.97),
        ("UTF-8 as GBK", 0.96),
        ("UTF-8 as Shift-JIS", 0.97),
        ("UTF-8 as EUC-KR", 0.85),
        ("GBK as Big5", 0.96),
        ("GBK as EUC-KR", 0.96),
        ("some lines of UTF-8 as GB18030", 0.97),
    ],
)
def test_what_can_be_restored_is(name: str, least: float) -> None:
    damaged = LOSSY[name](STORY)
    found = restore(damaged)
    assert SequenceMatcher(None, STORY, found.text.clean, autojunk=False).ratio() >= least
    assert SequenceMatcher(None, STORY, damaged, autojunk=False).ratio() < least


@pytest.mark.parametrize("name", LOSSY)
def test_a_record_of_uncertain_characters_says_so(name: str) -> None:
    damaged = LOSSY[name](STORY)
    found = restore(damaged)
    for article in EXTRACTOR.read(Document("story.txt", damaged)):
        for record in article.records:
            assert damaged[record.start : record.end] == record.raw
            told = {one.doubt for one in found.unsure if one.start < record.end and one.end > record.start}
            assert told <= set(record.doubts)


@pytest.mark.parametrize("path", CLEAN, ids=lambda path: path.stem)
def test_clean_text_stays_as_it_is(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    for part in (text, *text.splitlines()):
        assert restore(part).text.clean == part


def test_there_is_enough_clean_text_to_prove_it() -> None:
    assert len(CLEAN) == 7
    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in CLEAN) >= 1000


def test_every_character_is_tied_to_those_it_was_read_from() -> None:
    wrong = "两地签约。".encode().decode("gb18030", "replace")
    text = restore("会上，" + wrong + "大家鼓掌。").text
    assert text.clean == "会上，两地签约。大家鼓掌。"
    for place, character in enumerate(text.clean[3:8], 3):
        start, end = text.source_span(place, place + 1)
        piece = text.source[start:end]
        assert character.encode() in piece.encode("gb18030") or "\ufffd" in piece
    assert text.source_span(8, 13) == (len(text.source) - 5, len(text.source))


def test_a_run_inside_a_good_line_is_restored_and_nothing_beside_it() -> None:
    damaged = "本报讯　县里为“" + windows_1252("乡村振兴".encode()) + "”项目拨款30万元，São Paulo 的客商也来了。"
    found = restore(damaged)
    assert found.text.clean == "本报讯　县里为“乡村振兴”项目拨款30万元，São Paulo 的客商也来了。"
    assert not found.unsure


@pytest.mark.parametrize(
    "damage",
    [
        lambda piece: piece.encode().decode("gb18030", "replace"),
        lambda piece: windows_1252(piece.encode()),
        lambda piece: windows_1252(piece.encode("gbk")),
        lambda piece: piece.encode().decode("latin-1").encode().decode("latin-1"),
    ],
    ids=["UTF-8 as GB18030", "UTF-8 as Windows-1252", "GBK as Windows-1252", "UTF-8 as Latin 1, twice"],
)
def test_half_of_a_line_is_restored_and_the_other_half_kept(damage: Callable[[str], str]) -> None:
    good, bad, end = "村里的渠年年修，去年修了三回。", "今年换成水泥的，一劳永逸，", "大伙儿都来看。"
    found = restore(good + damage(bad) + end)
    assert found.text.clean[: len(good)] == good
    assert found.text.clean.endswith(end)
    assert SequenceMatcher(None, good + bad + end, found.text.clean, autojunk=False).ratio() > 0.95
    assert "\ufffd" not in found.text.clean[: len(good)]


def test_what_is_gone_is_marked_with_its_place_and_not_guessed() -> None:
    text = "受灾群众" + "锟斤拷" * 4 + "人已安置。"
    found = restore(text)
    assert found.text.clean == "受灾群众\ufffd人已安置。"
    assert [(one.start, one.end, one.doubt) for one in found.unsure] == [(4, 16, "lost_character")]


def test_one_sign_of_loss_alone_stays_and_is_told() -> None:
    text = "受灾群众锟斤拷人已安置，拨款30万元。"
    [article] = restored_articles(Document("a.txt", text))
    assert article.text is not None
    assert article.text.clean == text
    assert article.unsure == ((4, 7, "lost_character"),)
    assert article.warnings == (
        "a stretch of text is gone, with 锟斤拷 or the like in its place; the first stands at 4",
    )


def test_an_article_says_what_of_it_is_lost_or_guessed_and_where() -> None:
    damaged = LOSSY["UTF-8 as GB18030"](STORY) + "锟斤拷" * 3
    [article] = EXTRACTOR.read(Document("a.txt", damaged))
    told = " ".join(article.warnings)
    assert "U+FFFD at" in told
    assert "to be inferred from the text around; the first stands at" in told


def test_half_the_bytes_lost_is_no_text_any_more() -> None:
    damaged = STORY.encode().decode("cp950", "replace")
    found = restore(damaged)
    assert found.text.repairs.get("mojibake", 0) < 0.15 * len(STORY)  # a line of which enough is left
    assert "lost_character" in {one.doubt for one in found.unsure}


@pytest.mark.parametrize(
    "text",
    [
        "该正则式[\\u4e00-\\u9fa5]可匹配汉字。",
        "详见 https://example.cn/a?q=%E6%B8%85%E6%B2%B3&p=2 一文。",
        "同比下降5%20家企业停产。",
        "AT&T与R&D两部门，x+y=z，a&b;c。",
        "价格为+30000元，~{未定}~。",
        "他叫“锟斤拷”，这是网名。",
        "涓涓细流，鏄字难认，浜田先生来访。",
    ],
)
def test_signs_that_only_look_like_escapes_stay(text: str) -> None:
    assert restore(text).text.clean == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("&#20840;县&#x65B0;增3家&mdash;&mdash;", "全县新增3家——"),
        ("&#82202024年&#8221", "“2024年”"),
        ("\\u5168\\u53bf\\ud83d\\ude00", "全县😀"),
        ("%E5%85%A8%E5%8E%BF", "全县"),
        ("&lt;b&gt;", "<b>"),
        ("供销社&amp;书店", "供销社&书店"),
        ("惠及村民+3户".encode("utf-7").decode("ascii"), "惠及村民+3户"),
    ],
)
def test_escapes_are_read(written: str, meant: str) -> None:
    assert restore(written).text.clean == meant


def test_the_articles_of_a_damaged_page_are_found_and_placed() -> None:
    damaged = windows_1252(STORY.encode())
    [article] = restored_articles(Document("page.txt", damaged))
    assert article.title == "清河县修通十二条水渠"
    assert article.byline == ("李明",)
    assert article.published == dt.date(2023, 11, 5)
    assert damaged[article.start : article.end] == article.source
    start, end = article.evidence["published"]
    assert damaged[start:end] == "2023-11-05"


PIECES = st.lists(
    st.tuples(st.sampled_from(STORY.splitlines(keepends=True)), st.sampled_from([*LOSSLESS, *LOSSY, ""])),
    min_size=1,
    max_size=5,
)


@settings(max_examples=10_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(PIECES, st.sampled_from([*LOSSLESS, ""]))
def test_whatever_the_damage_every_record_stands_where_it_says(pieces: list[tuple[str, str]], outer: str) -> None:
    text = "".join((LOSSLESS | LOSSY)[name](line) if name else line for line, name in pieces)
    text = LOSSLESS[outer](text) if outer else text
    for article in EXTRACTOR.read(Document("damaged.txt", text)):
        assert text[article.start : article.end]
        for record in article.records:
            assert article.start <= record.start < record.end <= article.end
            assert text[record.start : record.end] == record.raw


@given(st.text(max_size=300))
def test_any_text_at_all_is_mapped_in_order(text: str) -> None:
    text = text.encode("utf-8", "replace").decode()
    found = restore(text)
    spans = [found.text.source_span(i, i + 1) for i in range(len(found.text.clean))]
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert spans == sorted(spans)
    assert found.unsure == tuple(sorted(found.unsure))
