"""When an article was published, in the order of trust, and the doubt that goes with what is inferred."""

from __future__ import annotations

import datetime as dt
import json
import os
from pathlib import Path

import pytest
from conftest import Command
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Document, RawArticle
from extractor.articles import articles
from extractor.articles.paths import day_in_address, day_in_name
from extractor.pipeline import Extractor, Options, extract

TITLE = "青石乡兴修水利"
BODY = "青石乡入冬以来组织群众兴修水利，清理沟渠36条，加固堤坝12处，惠及农户2600余户，投入资金500万元。"
DAY = dt.date(2024, 12, 10)


def read(text: str, doc: str = "a.txt", published_from: tuple[str, ...] = ("name",), **beside: object) -> RawArticle:
    [found] = articles(Document(doc, text, **beside), published_from)  # type: ignore[arg-type]
    return found


NAMES = [
    "2024-12-10.txt", "20241210.txt", "2024_12_10.txt", "2024.12.10.txt", "2024 12 10.txt", "20241210_3.txt", "003_2024-12-10.txt", "20241210-003.txt", "江城日报2024年12月10日.txt", "江城日报20241210第3版.txt",
    "2024/12/10/a.txt", "2024-12/10/a.txt", "202412/10/a.txt", "2024-12-10/a.txt", "江城日报/2024年/12月/10日/a.txt", "民國113年12月10日.txt", "t20241210_123.html", "content_20241210093000.htm",
    "20241210T0930.txt", "rows/2024-12-10.jsonl#17", "2024-12-10.zip#a.txt", "news\\2024-12-10.txt", "江城晚报_2024-12-10_A03.txt", "2023-01-01/2024-12-10.txt", "2024年12月10日江城要闻",
]  # fmt: skip
NO_NAMES = [
    "a.txt", "2024.txt", "2024-12.txt", "2024-02-30.txt", "20240230.txt", "20241310.txt", "1824-12-10.txt", "3024-12-10.txt", "13820241210.txt", "0731-20241210123.txt", "20241210123456789012.txt",
    "2024121.txt", "202412101.txt", "a1b2c3d20241210e4f5.txt", "cdecc36e20241210adf.txt", "2024-12-01_2024-12-10.txt", "2024年12月1日至12月10日.txt", "2024-12-1055.txt", "v2024.12.10.txt", "12-10.txt",
    "12月10日.txt", "24-12-10.txt", "stdin", "text", "", "20249999.txt",
]  # fmt: skip


@pytest.mark.parametrize("doc", NAMES)
def test_a_file_name_with_a_whole_day_dates_its_article_with_a_doubt(doc: str) -> None:
    found = read(BODY, doc)
    assert (found.published, found.stated_by) == (DAY, {"published": "name"})
    assert found.warnings == ("published 2024-12-10 is taken from the file name: check it",)
    assert "published" not in found.evidence


@pytest.mark.parametrize("doc", NO_NAMES)
def test_a_file_name_without_one_valid_day_dates_nothing(doc: str) -> None:
    assert day_in_name(doc) is None
    found = read(BODY, doc)
    assert (found.published, found.stated_by, found.warnings) == (None, {}, ())


ADDRESSES = [
    "https://example.org/2024/12/10/a.html", "https://example.org/2024-12/10/c_123.htm", "https://example.org/20241210/a.html", "http://example.org/news/t20241210_123.html", "http://example.org/content_20241210.htm",
    "https://example.org/2024-12-10/a", "https://example.org/a/2024/1210/3.html", "https://example.org/a?date=2024-12-10", "https://example.org/202412/10/content_36.htm", "example.org/2024/12/10/",
    "https://example.org/html/2024-12/10/nw.D000_20241210_1-03.htm",
]  # fmt: skip
NO_ADDRESSES = [
    "https://example.org/a.html", "https://example.org/2024/12/a.html", "https://20241210.example.org/a.html", "https://example.org/id/20241210993456", "https://example.org/202412101234567890123/",
    "https://example.org/2024/13/10/", "https://example.org/2023-01-02/to/2024-12-10/", "https://example.org/2024/12/5.html", "https://example.org/tel/13820241210",
]  # fmt: skip


@pytest.mark.parametrize("url", ADDRESSES)
def test_an_address_with_a_whole_day_dates_its_article_with_a_doubt(url: str) -> None:
    found = read(BODY, "2023-01-02.txt", stated={"url": url})
    assert (found.published, found.stated_by) == (DAY, {"url": "row", "published": "url"})
    assert found.warnings == ("published 2024-12-10 is taken from its address: check it",)


@pytest.mark.parametrize("url", NO_ADDRESSES)
def test_an_address_without_one_valid_day_dates_nothing(url: str) -> None:
    assert day_in_address(url) is None
    assert read(BODY, stated={"url": url}).published is None


def test_each_source_of_a_date_gives_way_to_those_above_it() -> None:
    head = f"{TITLE}\n江城日报 2024-12-10 09:30\n"
    dateline = f"新华社江城12月8日电 {BODY}\n"
    url, doc = "https://example.org/2024/12/09/a.html", "2024-12-05.txt"
    modified = dt.date(2024, 12, 4)
    both = ("name", "mtime")
    stated = {"url": url, "published": "2024-12-11"}
    row = read(head + dateline, doc, both, stated=stated, modified=modified)
    line = read(head + dateline, doc, both, stated={"url": url}, modified=modified)
    own = read(f"{TITLE}\n{dateline}", doc, both, stated={"url": url}, modified=modified)
    address = read(f"{TITLE}\n{BODY}\n", doc, both, stated={"url": url}, modified=modified)
    name = read(f"{TITLE}\n{BODY}\n", doc, both, modified=modified)
    mtime = read(f"{TITLE}\n{BODY}\n", doc, ("mtime",), modified=modified)
    nothing = read(f"{TITLE}\n{BODY}\n", doc, (), modified=modified)
    found = [row, line, own, address, name, mtime, nothing]
    days = [one.published.day if one.published else None for one in found]
    assert days == [11, 10, 8, 9, 5, 4, None]
    assert [one.stated_by.get("published") for one in found] == ["row", "text", "url", "url", "name", "mtime", None]
    assert [len(one.warnings) for one in found] == [0, 0, 1, 1, 1, 1, 0]


def test_metadata_of_a_format_states_as_a_row_does() -> None:
    found = read(BODY, stated={"published": "2024-12-10", "title": TITLE, "region": "HK"}, stated_by="metadata")
    assert found.stated_by == {"title": "metadata", "published": "metadata", "region": "metadata"}
    assert not found.warnings


@pytest.mark.parametrize(
    ("opening", "doc", "published", "year_from"),
    [
        ("新华社北京3月5日电 ", "2024-03-06.txt", dt.date(2024, 3, 5), "name"),
        ("新华社北京12月31日电 ", "2024-01-02.txt", dt.date(2023, 12, 31), "name"),
        ("新华社北京3月5日电 ", "2024-03-04.txt", dt.date(2024, 3, 5), "name"),
        ("（中央社台北5日電）", "2024-03-06.txt", dt.date(2024, 3, 5), "name"),
        ("（中央社台北31日電）", "2024-03-01.txt", dt.date(2024, 1, 31), "name"),
        ("新华社北京2024年3月5日电 ", "a.txt", dt.date(2024, 3, 5), "text"),
        ("新华社北京3月5日电 ", "a.txt", None, None),
        ("（中央社台北5日電）", "a.txt", None, None),
        ("新华社北京2月30日电 ", "a.txt", None, None),
        ("新华社北京3月5日电 2024年3月2日，", "a.txt", dt.date(2024, 3, 5), "text"),
        ("新华社北京3月5日电 到2030年，", "a.txt", None, None),
        ("新华社北京3月5日电 2022年，", "a.txt", None, None),
    ],
)
def test_the_day_of_a_dateline_takes_its_year_from_the_best_evidence(
    opening: str, doc: str, published: dt.date | None, year_from: str | None
) -> None:
    text = f"{TITLE}\n{opening}{BODY}\n"
    found = read(text, doc)
    assert (found.published, found.stated_by.get("published")) == (published, year_from)
    if published is None:
        assert not found.warnings
        return
    assert f"{published.day}日" in text[slice(*found.evidence["published"])]
    full = "2024年3月5日" in opening
    assert [
        warning.startswith(f"published {published}: its day is that of the dateline") for warning in found.warnings
    ] == ([] if full else [True])


def test_the_year_of_a_dateline_may_be_that_of_its_page() -> None:
    page = f"一渠通水\n江城日报 2024-03-06\n{BODY}\n二渠通水\n新华社江城3月5日电（记者 闻晓川）{BODY}\n三渠通水\n本报讯（记者 鲁一禾）{BODY}\n"
    first, second, third = articles(Document("a.txt", page))
    assert [one.published for one in (first, second, third)] == [
        dt.date(2024, 3, 6),
        dt.date(2024, 3, 5),
        dt.date(2024, 3, 6),
    ]
    assert [one.stated_by["published"] for one in (first, second, third)] == ["text", "page", "page"]
    assert [len(one.warnings) for one in (first, second, third)] == [0, 1, 1]


def test_what_stands_above_a_page_of_articles_is_said_to_be_of_the_page() -> None:
    page = (
        f"江城日报 2024年12月10日 星期二 第03版\n一渠通水\n本报记者 闻晓川\n{BODY}\n二渠通水\n本报记者 鲁一禾\n{BODY}\n"
    )
    first, second = articles(Document("2023-01-02.txt", page))
    assert [one.published for one in (first, second)] == [DAY, DAY]
    assert first.stated_by == {"title": "text", "byline": "text", "publisher": "text", "published": "text"}
    assert second.stated_by == {"title": "text", "byline": "text", "publisher": "page", "published": "page"}
    assert not first.warnings
    assert all("of its page" in warning for warning in second.warnings)
    assert len(second.warnings) == 2


def test_the_day_a_user_gives_comes_before_a_guess_and_without_a_doubt() -> None:
    given = Extractor(Options(published=dt.date(2024, 1, 2)))
    [found] = given.read(Document("2024-12-10.txt", BODY))
    assert (found.published, found.stated_by, found.warnings) == ("2024-01-02", {"published": "option"}, ())
    [found] = given.read(Document("a.txt", f"{TITLE}\n江城日报 2024-12-10\n{BODY}\n"))
    assert (found.published, found.stated_by["published"]) == ("2024-12-10", "text")


def test_what_a_caller_gives_is_said_to_be_an_option() -> None:
    text = f"{TITLE}\n江城日报 2024-12-10\n{BODY}\n"
    found = extract(text, published="2024-01-02", region="HK", title="水利")
    assert found.stated_by == {"title": "option", "publisher": "text", "published": "option", "region": "option"}
    assert "published" not in found.evidence
    assert extract(text).stated_by == {"title": "text", "publisher": "text", "published": "text"}


@pytest.mark.parametrize(
    ("line", "start"),
    [
        ("原文链接：https://example.org/2024/12/10/a.html", 5),
        ("原文網址：https://example.org/2024/12/10/a.html", 5),
        ("链接: http://example.org/2024/12/10/a.html", 4),
        ("https://example.org/2024/12/10/a.html", 0),
        ("本文网址：https://example.org/2024/12/10/a.html", 5),
        ("URL: https://example.org/2024/12/10/a.html", 5),
    ],
)
@pytest.mark.parametrize("below", [False, True])
def test_an_address_on_a_line_of_its_own_is_that_of_the_article(line: str, start: int, below: bool) -> None:
    text = f"{TITLE}\n{BODY}\n{BODY}\n{line}\n" if below else f"{TITLE}\n{line}\n{BODY}\n{BODY}\n"
    found = read(text)
    assert (found.title, found.url, found.stated_by["url"]) == (TITLE, line[start:], "text")
    assert text[slice(*found.evidence["url"])] == line[start:]
    assert (found.published, found.stated_by["published"]) == (DAY, "url")
    assert text[slice(*found.evidence["published"])] == "2024/12/10"


def test_an_address_inside_a_sentence_is_not_that_of_the_article() -> None:
    found = read(f"{TITLE}\n{BODY}报名请登录https://example.org/2024/12/10/a.html。\n{BODY}\n")
    assert (found.url, found.published) == (None, None)


def test_the_contract_holds_who_states_what() -> None:
    [found] = Extractor(Options()).read(Document("2024-12-10.txt", f"{TITLE}\n记者 闻晓川\n今年，{BODY}\n"))
    line = json.loads(found.to_json())
    assert line["stated_by"] == {"title": "text", "byline": "text", "published": "name"}
    assert line["evidence"].keys() == {"title", "byline"}
    assert any(record["type"] == "date" and record["value"] == "2024" for record in line["records"])


def test_the_region_says_where_it_is_read() -> None:
    text = "新橋通車\n縣府昨天說，兩所國小的學生可免費乘車，票價為新臺幣30元。\n"
    found = read(text)
    assert (found.region, found.stated_by["region"], text[slice(*found.evidence["region"])]) == ("TW", "text", "新臺幣")
    assert "region" not in read(BODY).stated_by


@pytest.mark.parametrize(
    ("options", "published"),
    [
        ((), "2024-12-10"),
        (("--published-from", "name"), "2024-12-10"),
        (("--published-from", "none"), None),
        (("--published-from", "mtime"), "2025-01-31"),
        (("--published-from", "name", "--published-from", "mtime"), "2024-12-10"),
        (("--published", "2024-01-02"), "2024-01-02"),
    ],
)
def test_the_command_line_says_what_may_date_an_article(
    options: tuple[str, ...], published: str | None, tmp_path: Path, command: Command
) -> None:
    (tmp_path / "2024-12-10.txt").write_text(BODY, "utf-8")
    os.utime(tmp_path / "2024-12-10.txt", (1_738_281_600, 1_738_281_600))  # 2025-01-31 UTC
    done = command("run", "2024-12-10.txt", "-q", *options)
    assert json.loads(done.stdout)["published"] == published


def test_none_stands_alone(tmp_path: Path, command: Command) -> None:
    (tmp_path / "a.txt").write_text(BODY, "utf-8")
    done = command("run", "a.txt", "--published-from", "none", "--published-from", "name")
    assert done.returncode == 2
    assert "'none' stands alone" in done.stderr


@given(st.text(alphabet="0129-_./年月日至tT# 民國a", max_size=40))
@settings(max_examples=500, deadline=None)
def test_whatever_the_name_the_day_in_it_is_a_day_of_a_paper(name: str) -> None:
    for day in (day_in_name(name), (day_in_address(name) or (None,))[0]):
        assert day is None or 1900 <= day.year <= 2100


@given(
    st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31)),
    st.sampled_from(
        ["{:%Y-%m-%d}", "{:%Y%m%d}", "a_{:%Y%m%d}_3", "{:%Y/%m/%d}/a", "{:%Y年%m月%d日}江城", "t{:%Y%m%d}"]
    ),
)
def test_every_day_comes_back_from_a_name_that_holds_it(day: dt.date, name: str) -> None:
    assert day_in_name(name.format(day) + ".txt") == day
    found = day_in_address("https://example.org/" + name.format(day))
    assert found is not None
    assert found[0] == day
