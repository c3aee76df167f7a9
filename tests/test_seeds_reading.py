"""Reading of the shared sample pages, where a checkout has them beside it: articles, facts and repairs as counted by hand."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from extractor.article import Document, RawArticle
from extractor.articles import articles
from extractor.normalise import Normalised, normalise
from extractor.segment import sentences
from extractor.sources import documents

SHARED = Path(__file__).resolve().parents[2] / "shared"
PAGES = {path.name[:3]: path for path in sorted(SHARED.glob("seeds/*.txt"))}

pytestmark = pytest.mark.skipif(len(PAGES) < 5, reason="the shared sample pages are not beside this checkout")


@lru_cache
def page(number: str) -> Document:
    [document] = documents([PAGES[number]])
    assert isinstance(document, Document)
    return document


@lru_cache
def read(number: str) -> tuple[RawArticle, ...]:
    return tuple(articles(page(number)))


@lru_cache
def repaired(number: str) -> tuple[Normalised, ...]:
    return tuple(normalise(article) for article in read(number))


def gold() -> dict[str, Any]:
    path = SHARED / "gold" / "seeds.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []
    return {row["doc"][:3]: row for row in rows}


@pytest.mark.parametrize(("number", "articles_in_it"), [("000", 4), ("001", 1), ("002", 2), ("003", 1), ("004", 3)])
def test_articles_are_counted(number: str, articles_in_it: int) -> None:
    assert len(read(number)) == articles_in_it


@pytest.mark.parametrize("number", ["000", "003"])
def test_articles_stand_where_the_gold_has_them(number: str) -> None:
    if number not in gold():
        pytest.skip("no gold beside the pages")
    wanted = gold()[number]["articles"]
    assert [article.title for article in read(number)] == [article["title"] for article in wanted]
    assert [article.publisher for article in read(number)] == [article["publisher"] for article in wanted]
    assert ["、".join(article.byline) for article in read(number)] == [article["byline"] for article in wanted]
    for found, article in zip(read(number), wanted, strict=True):
        assert abs(found.start - article["start"]) <= 2
        assert abs(found.end - article["end"]) <= 2


@pytest.mark.parametrize("number", ["000", "003"])
def test_every_gold_mention_lies_inside_an_article_and_comes_back_from_its_clean_place(number: str) -> None:
    if number not in gold():
        pytest.skip("no gold beside the pages")
    text = page(number).text
    for mention in gold()[number]["mentions"]:
        if mention.get("optional"):  # some stand in an advertisement
            continue
        start = -1
        for _ in range(mention["nth"]):
            start = text.index(mention["raw"], start + 1)
        end = start + len(mention["raw"])
        inside = [i for i, article in enumerate(read(number)) if article.start <= start and end <= article.end]
        assert inside, mention["raw"]
        article, found = read(number)[inside[0]], repaired(number)[inside[0]].text
        first, last = found.clean_span(start - article.start, end - article.start)
        assert first < last
        a, b = found.source_span(first, last)
        assert start - article.start <= a < b <= end - article.start


def test_the_date_of_publication_comes_from_the_source_line_alone() -> None:
    assert {number: {article.published for article in read(number)} for number in PAGES} == {
        number: {dt.date(2024, 12, 10) if number == "001" else None} for number in PAGES
    }


def test_publishers_are_those_of_the_closing_credits() -> None:
    credited = [article.publisher for number in ("000", "004") for article in read(number)]
    assert all(
        f"(据{name})" in page(n).text or f"(据《{name}》)" in page(n).text
        for n, name in zip(["000"] * 4 + ["004"] * 3, credited, strict=True)
        if name
    )
    assert sum(map(bool, credited)) == 6
    assert read("001")[0].publisher
    assert page("001").text[slice(*read("001")[0].evidence["published"])] == "2024-12-10"


def test_bylines() -> None:
    assert [article.byline for article in read("002")] == [("罗洪",), ("罗洪",)]
    assert [len(article.byline) for article in read("000")] == [1, 0, 0, 0]


def test_glosses_and_doubled_commas_are_gone() -> None:
    [found] = repaired("003")
    whole = normalise(RawArticle("page", page("003").text))
    assert (whole.text.repairs["gloss"], whole.text.repairs["comma"]) == (247, 229)
    assert (found.text.repairs["gloss"], found.text.repairs["comma"]) == (243, 227)  # the rest is advertisement
    assert not any(c in found.text.clean for c in "āáǎàēéěèīíǐìōóǒòūúǔù")
    assert found.language == "zh-Hant"


def test_captions_are_lifted_once() -> None:
    found = repaired("002")[0]
    lifted = [found.text.clean[a:b] for a, b in found.captions]
    assert found.text.repairs["caption"] == 3
    assert len(lifted) == len(set(lifted)) == 2
    assert found.text.clean.endswith("\n".join(lifted) + "\n")
    for start, end in found.captions:
        assert found.text.source[slice(*found.text.source_span(start, end))] == found.text.clean[start:end]
    assert len(repaired("002")[1].captions) == 1


@pytest.mark.parametrize(("number", "joins"), [("000", 6), ("001", 0), ("002", 4), ("003", 0), ("004", 7)])
def test_lines_cut_by_columns_are_joined(number: str, joins: int) -> None:
    # three more of 002 are joined with the captions that interrupted them
    assert sum(found.text.repairs.get("join", 0) for found in repaired(number)) == joins


def test_no_sentence_begins_with_a_closing_mark() -> None:
    for number in PAGES:
        for found in repaired(number):
            for start, end in sentences(found.text.clean):
                assert found.text.clean[start] not in "，,。、;；:：!?！？”’》)）…", found.text.clean[start:end]


def test_furniture_is_outside() -> None:
    for number in PAGES:
        for article in read(number):
            assert "{{" not in article.source
            assert "责任编辑" not in article.source
            assert not article.source.endswith("|")
