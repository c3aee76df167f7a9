"""What holds for every record of every text, and that no text is too strange to be read."""

from __future__ import annotations

import datetime as dt
import gc
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import extractor
from extractor import AnyRecord, Article, extract
from extractor.article import Document, RawArticle
from extractor.articles import articles
from extractor.engine import Finder, load_rules, settle
from extractor.facts import RECORD_TYPES
from extractor.facts.date import Date
from extractor.facts.money import Money
from extractor.facts.place import Place
from extractor.facts.program import Program
from extractor.pipeline import Extractor, Options, interpret

CORPORA = Path(__file__).resolve().parent.parent / "corpora"
NEWS = "石城县启动“暖村计划”，培育400余名社工，投入约3.6亿元，同比增长47.1%，昨日开工。"


class Read(NamedTuple):
    """One article of a corpus as it was split off, and what was read from it."""

    text: str  # of its document
    raw: RawArticle
    article: Article


def documents() -> Iterator[Document]:
    for path in sorted(CORPORA.glob("*/gold.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            text = row.get("text") or (path.parent / f"{row['doc']}.txt").read_bytes().decode("utf-8-sig")
            stated = {key: row[key] for key in ("published", "region") if row.get(key)} if row.get("text") else {}
            yield Document(f"{path.parent.name}/{row['doc']}", text, stated=stated)


@lru_cache
def reader() -> Extractor:
    return Extractor(Options(sentences=True))


def read(document: Document) -> list[Read]:
    return [Read(document.text, raw, reader().read_article(raw, document)) for raw in articles(document)]


DOCUMENTS = {document.doc: document for document in documents()}


# --- invariants ---------------------------------------------------------------------------------------------------


def broken(text: str, article: Article) -> list[str]:
    """What does not hold of the records of an article that was read from `text`."""
    faults = []
    places = []
    for record in article.records:
        name = f"{record.type} {record.raw!r} at {record.start}"
        if (
            not (article.start <= record.start < record.end <= article.end)
            or text[record.start : record.end] != record.raw
        ):
            faults.append(f"{name} is not where it says")
        if record.sentence is None or not 0 <= record.sentence < len(article.sentences or ()):
            faults.append(f"{name} is in no sentence")
        elif article.sentences and not article.sentences[record.sentence][0] <= record.start:
            faults.append(f"{name} begins before its sentence")
        if not record.text:
            faults.append(f"{name} has no text")
        faults += [f"rival of {name}" for rival in record.rivals if text[rival.start : rival.end] != rival.raw]
        places.append((record.start, -record.end, record.type))
    if places != sorted(places):
        faults.append("records are out of order")
    if len({record.id for record in article.records}) != len(article.records):
        faults.append("two records have one id")
    for kind in RECORD_TYPES:
        spans = [(record.start, record.end) for record in article.records if record.type == kind]
        faults += [f"{kind} overlaps at {b[0]}" for a, b in pairwise(spans) if b[0] < a[1]]
    again = Article.model_validate_json(article.to_json())
    if [(r.id, r.raw, r.rule) for r in again.records] != [(r.id, r.raw, r.rule) for r in article.records]:
        faults.append("does not come back from JSON as it was")
    return faults


@pytest.mark.parametrize("doc", DOCUMENTS)
def test_records_of_a_corpus_keep_their_promises(doc: str) -> None:
    found = read(DOCUMENTS[doc])
    assert found
    assert [fault for text, _, article in found for fault in broken(text, article)] == []
    again = Extractor(Options(sentences=True)).read(DOCUMENTS[doc]) if doc.startswith("news/") else None
    if again is not None:
        assert [article.to_json() for article in again] == [article.to_json() for _, _, article in found]


def test_ids_are_unique_over_all_corpora() -> None:
    ids = [record.id for document in DOCUMENTS.values() for _, _, a in read(document) for record in a.records]
    assert len(set(ids)) == len(ids) > 1000


def test_whole_numbers_are_written_whole() -> None:
    written = [a.to_json() for document in DOCUMENTS.values() for _, _, a in read(document)]
    assert {found for line in written for found in re.findall(r'"[a-z_]+":-?\d+\.0+(?=[,}])', line)} == set()


# --- long texts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stretch", [150, 400])
def test_a_text_read_stretch_by_stretch_gives_the_same_records(stretch: int, monkeypatch: pytest.MonkeyPatch) -> None:
    named = [name for name in DOCUMENTS if name.startswith(("news/", "reports/"))]
    whole = [found.article.to_json() for name in named for found in read(DOCUMENTS[name])]
    monkeypatch.setattr("extractor.segment._PIECE", stretch)
    monkeypatch.setattr("extractor.engine.find._STRETCH", stretch)
    monkeypatch.setattr("extractor.engine.find._REACH", 100)
    monkeypatch.setattr("extractor.pipeline._AT_ONCE", 2)
    monkeypatch.setattr("extractor.contract._AT_ONCE", 2)
    assert [found.article.to_json() for name in named for found in read(DOCUMENTS[name])] == whole


_GROWTH = """
import sys
from extractor.article import Document
from extractor.pipeline import Extractor, Options
from extractor.report import Rendering
line, short, long = sys.argv[1], 2_000, 600_000
extractor, render = Extractor(Options(sentences=True)), Rendering(sentences=True).renderer()
peaks = []
for length in (short, long):
    text = "".join(f"{line}第{number}户收入{number}元。" for number in range(length // len(line)))[:length]
    pieces = [render(article) for article in extractor.read(Document("long", text))]
    status = open("/proc/self/status").read()  # a resource usage would begin with that of the parent
    peaks.append(1024 * int(status.partition("VmHWM:")[2].split()[0]))
print((peaks[1] - peaks[0]) / (long - short))
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is told by Linux")
def test_a_long_line_takes_little_memory() -> None:
    """Some 195 bytes a character, the output included; words and matches held all at once take twice as much."""
    line = "村里的老人说，从前这里没有路，也没有灯，孩子们要走很远才能上学，如今路通到了每一家门口，"
    done = subprocess.run([sys.executable, "-c", _GROWTH, line], capture_output=True, text=True, check=True)
    assert float(done.stdout) < 240


# --- replay -------------------------------------------------------------------------------------------------------

# Fields that a sentence by itself decides. What a figure is about may stand in the sentence before.
REPLAYED = ("value", "low", "high", "modifier", "unit", "currency", "timex", "name", "category", "dimension")

# 次日 and 当年 look back at a date in another sentence, and so do a clock and a day whose day or month is not said;
# that “甲” is a project may be said in the sentence behind it.
LOOKS_BACK = {
    "date.clock", "date.day_relation", "date.month_relation", "date.year_relation", "date.counted_off",
    "date.half_counted_off", "date.same_stretch", "program.told_next",
}  # fmt: skip


SHARED_CURRENCIES = tuple(load_rules().lexicons["shared_currency"])
"""Names of currencies that the article decides: 卢比 is the money of the state named last before it."""


@lru_cache
def alone(rule: str) -> Finder:
    book = load_rules()
    return Finder(book, [entry for entry in book.rules if entry.id == rule])


def replayed(record: AnyRecord, found: Read) -> tuple[list[AnyRecord], str]:
    """What the rule of `record` reads alone on its sentence, and the article's clean text."""
    passage, _ = reader().passage(found.raw)
    assert record.sentence is not None
    start, end = passage.sentences[record.sentence]
    sentence = RawArticle("sentence", passage.clean[start:end], published=found.raw.published, region=found.raw.region)
    small, _ = reader().passage(sentence)
    finder = alone(str(record.rule))
    return list(interpret(settle(finder.find(small), finder.book), small, None)), passage.clean


def looks_beyond(record: AnyRecord, found: Read, clean: str) -> bool:
    """The exceptions: what the rest of the article decides, such as which place a short name means."""
    if isinstance(record, Money):  # 先令 is that of the state named before it
        return any(name in record.text for name in load_rules().lexicons["shared_currency"])
    if isinstance(record, Date):  # the year of 5月18日 and 月末 is that which the report is about
        return re.search("[0-9]{4}", record.text) is None
    if isinstance(record, Program):  # what is named in full elsewhere is found again in short
        same = [r for r in found.article.records if isinstance(r, Program) and r.name == record.name]
        return len(same) > 1
    if not isinstance(record, Place):
        return False
    gazetteer = load_rules().gazetteer
    if record.resolved_by == "article" and record.name not in gazetteer.official:
        return True  # a short name that a division of the article carries
    full = [name for end in range(2, 7) for name in gazetteer.full_names(record.text[:end])]  # 共和|塔拉滩
    return bool(full) and (any(name in clean for name in full) or record.section == "title")


@pytest.mark.parametrize("doc", DOCUMENTS)
def test_the_rule_of_a_record_reads_it_again_alone_on_its_sentence(doc: str) -> None:
    unread, otherwise = [], []
    for found in read(DOCUMENTS[doc]):
        published = found.raw.published.isoformat() if found.raw.published else None
        for record in found.article.records:
            if record.rule is None:  # the tagger's, and what takes it up again
                continue
            again, clean = replayed(record, found)
            if isinstance(record, Place):
                # A chain of places carries the rule of its outermost name, which alone reads only what it can.
                same = [r for r in again if record.text.startswith(r.text)]
                if not same and not looks_beyond(record, found, clean):
                    unread.append((record.rule, record.text))
                continue
            same = [r for r in again if r.text == record.text]
            if not same and (
                record.rule in LOOKS_BACK or (isinstance(record, Program) and looks_beyond(record, found, clean))
            ):
                continue
            if not same:
                unread.append((record.rule, record.text))
                continue
            if isinstance(record, Date) and (record.rule in LOOKS_BACK or record.anchor not in (None, published)):
                continue
            if record.text.endswith(SHARED_CURRENCIES):
                continue
            wanted = {name: getattr(record, name, None) for name in REPLAYED}
            alike = wanted in [{name: getattr(r, name, None) for name in REPLAYED} for r in same]
            if not alike and not looks_beyond(record, found, clean):
                otherwise.append((record.rule, record.text))
    assert (unread, otherwise) == ([], [])


# --- any text -----------------------------------------------------------------------------------------------------

PIECES = st.sampled_from(
    "石城县 江西省赣州市 3.6亿元 400余名 47.1% 三分之一 百分之五 2024年12月10日 昨日 上周五 “暖村计划” 《养老条例》 第三名 近 约 超过 以上 左右 "
    "－5℃ 12：30 １２３ 萬 億 鎮(zhèn) \u200b \ufeff \x00 \x1b \u2028 \r\n \n \t 　 。 ，， ！ ( ） “ ” 《 》 \ud800 \udfff \U0001f600 é ٣ ㈠ Ⅳ ½ 𠮷 ﷽ a\u0301 "
    "年 月 日 个 元 至 — ± / ¥ HK$ 十五五 成 倍 半 每".split(" ")
)
STRANGE = st.one_of(
    st.text(max_size=60), st.text(st.characters(), max_size=60), st.lists(PIECES, max_size=25).map("".join)
)
CAREFUL = settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))


@CAREFUL
@given(
    STRANGE.map(lambda text: "".join(c for c in text if not "\ud800" <= c <= "\udfff")),
    st.one_of(st.none(), st.dates(dt.date(1000, 1, 1), dt.date(8999, 12, 31))),
    st.sampled_from(["CN", "TW", "HK", "MO"]),
)
@example("9999年12月31日，明天", dt.date(2024, 12, 10), "CN")
@example("0年0月0日，00时99分", dt.date(2024, 12, 10), "CN")
@example("０" * 50 + "元", None, "TW")
@example("9" * 400 + "亿元", None, "CN")
@example("1/0的人，0分之1，0%", None, "CN")
def test_any_text_is_read(text: str, published: dt.date | None, region: Any) -> None:
    assert broken(text, extract(text, published=published, region=region)) == []


@pytest.mark.parametrize("text", ["\ud800石城县3个村", "石城县\udfff投入3.6亿元。", "\udc80"])
def test_a_text_with_half_pairs_is_read(text: str) -> None:
    article = extract(text, title="\ud800题", doc="\udc00")
    assert [r.raw for r in article.records if text[r.start : r.end] != r.raw] == []
    assert bool(article.records) == ("石城县" in text)
    assert "1 half surrogate pair read as U+FFFD" in article.warnings
    assert (article.title, article.doc) == ("\ufffd题", "\ufffd")
    assert article.model_dump_json()


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("明天开工。", "9999-12-31"),
        ("下周五开工。", "9999-12-31"),
        ("昨天开工。", "0001-01-01"),
    ],
)
def test_a_day_beyond_the_calendar_is_read(text: str, published: str) -> None:
    assert extract(text, published=published).records


LONG = 200_000


PIECES_OF_A_LINE = [
    "三分之",
    "五元",
    "镇",
    "年",
    "石城县投入3.6亿元，",
    "3",
    "一",
    "“",
    "《",
    "石",
    "、",
    "(",
    "3至",
    "甲、",
    "百",
    " ",
    "a",
    "9,",
    "的",
    "2024年",
]


@pytest.mark.parametrize("piece", PIECES_OF_A_LINE, ids=repr)
def test_a_line_of_200000_characters_is_read(piece: str) -> None:
    text = (piece * (LONG // len(piece) + 1))[:LONG]
    article = extract(text, published="2024-12-10")
    assert [r.raw for r in article.records if text[r.start : r.end] != r.raw] == []
    assert len({record.id for record in article.records}) == len(article.records)


# --- the public call ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", ["", " ", "\n", "\ufeff", "雨停了。"])
def test_nothing_gives_no_records(text: str) -> None:
    article = extract(text)
    assert article.records == ()
    assert (article.start, article.schema_version) == (0, 1)
    assert article.to_json().startswith('{"schema":1,')


def test_every_type_is_read() -> None:
    article = extract(NEWS, published="2024-12-10")
    assert [(r.type, r.raw) for r in article.records] == [
        ("place", "石城县"),
        ("program", "“暖村计划”"),
        ("count", "400余名"),
        ("money", "3.6亿元"),
        ("ratio", "47.1%"),
        ("date", "昨日"),
    ]
    assert broken(NEWS, article) == []


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_types_keep_only_what_is_asked_for(kind: str) -> None:
    some = extract(NEWS, published="2024-12-10", options=Options(types=frozenset([kind]), sentences=True))
    every = extract(NEWS, published="2024-12-10")
    assert some.records
    assert some.records == tuple(record for record in every.records if record.type == kind)


def test_types_that_are_left_out_still_mark_places_inside_their_names() -> None:
    text = "全国推广成都社会工作援藏模式。"
    [record] = extract(text, options=Options(types=frozenset(["place"]))).records
    assert isinstance(record, Place)
    assert record.in_name


def test_published_as_text_as_date_and_not_at_all() -> None:
    day = dt.date(2024, 12, 10)
    by_text, by_date, by_option, without = (
        extract(NEWS, published="2024-12-10"),
        extract(NEWS, published=day),
        extract(NEWS, options=Options(published=day, sentences=True)),
        extract(NEWS),
    )
    assert by_text == by_date == by_option
    assert by_text.published == "2024-12-10"
    assert without.published is None
    assert extract(NEWS, published="") == without
    values = [[r.value for r in a.records if isinstance(r, Date)] for a in (by_text, without)]
    assert values == [["2024-12-09"], ["XXXX-XX-XX"]]


@pytest.mark.parametrize("published", ["2024-13-01", "yesterday", "2024年12月10日"])
def test_what_is_no_date_is_refused(published: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        extract(NEWS, published=published)


def test_title_doc_and_region_are_taken_over() -> None:
    article = extract("門票100元。", title="門票", doc="reports/a.txt", region="TW")
    assert (article.title, article.doc, article.region) == ("門票", "reports/a.txt", "TW")
    assert [getattr(record, "currency", None) for record in article.records] == ["TWD"]


def test_ids_tell_documents_apart_and_stay_the_same() -> None:
    one, again, other = (extract(NEWS, doc=doc) for doc in ("a", "a", "b"))
    assert [r.id for r in one.records] == [r.id for r in again.records]
    assert {r.id for r in one.records} & {r.id for r in other.records} == set()


def test_the_public_surface() -> None:
    assert sorted(extractor.__all__) == ["AnyRecord", "Article", "ExtractorError", "__version__", "extract"]
    assert all(hasattr(extractor, name) for name in extractor.__all__)
    with pytest.raises(AttributeError):
        _ = extractor.nothing_of_this_name


@pytest.mark.parametrize(
    ("text", "language"), [("縣裡新修渠36條。", "zh-Hant"), ("县里新修渠36条。", "zh-Hans"), ("36", "und")]
)
def test_the_language_is_that_of_the_text_as_written(text: str, language: str) -> None:
    assert extract(text).language == language


def test_an_article_leaves_nothing_to_the_collector() -> None:
    text = "青石县去年修渠36条,家家都用上了水。村民说,投入的有约3.6亿元,大家很满意。"
    extract(text)
    gc.collect()
    gc.disable()
    try:
        extract(text)
        assert gc.collect() == 0  # a ring of objects would keep the whole article in memory until the collector comes
    finally:
        gc.enable()
