"""Web pages as they are saved from sites, in the layouts that Chinese news sites use, and pages that are broken.

The pages in `pages_html` are written for these tests: places, people and papers are made up, the structures are those of
editing systems in use. `expected.json` beside them says what a reader finds in each: its articles with their facts, and
their lines as paragraphs (p), headings (h), captions (c) and tables (t, cells joined by tabs).
"""

from __future__ import annotations

import datetime as dt
import json
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Document, RawArticle, UnreadableDocument
from extractor.articles import articles
from extractor.articles.dates import source_line
from extractor.normalise import shapes
from extractor.normalise.width import fold
from extractor.sources import html, html_blocks

FOLDER = Path(__file__).parent / "pages_html"
EXPECTED: dict[str, list[dict[str, Any]]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
PAGES = {name: (FOLDER / f"{name}.html").read_bytes() for name in EXPECTED}
# Wrong today, and known to be: the account behind a time, without a word that says so, and an advertisement among paragraphs.
UNKNOWN_PUBLISHER = {"app-1"}
LEFT = {"taiwan-1": {"不用抽 不用搶 現在用APP看新聞 保證天天中獎　點我下載APP"}}
PARAGRAPH = "本县新渠昨日通水，惠及群众三千人，总投资八百万元，明年还将新建两座泵站。"
MORE = "县水利局介绍，新渠全长十二公里，沿线九个村的旱地当天用上了渠水，群众十分高兴。"


def read(page: str | bytes) -> Document:
    found = html.document(page.encode() if isinstance(page, str) else page, "page.html")
    assert isinstance(found, Document), found
    return found


def one(page: str | bytes) -> RawArticle:
    [found] = articles(read(page))
    return found


def reason(page: str | bytes) -> str:
    found = html.document(page.encode() if isinstance(page, str) else page, "page.html")
    assert isinstance(found, UnreadableDocument), found
    return found.reason


@pytest.mark.parametrize("name", PAGES)
def test_the_articles_of_a_page_come_whole_with_their_facts_and_nothing_else(name: str) -> None:
    document = read(PAGES[name])
    assert document.extracted
    assert document.stated_by == "metadata"
    found = articles(document)
    assert [article.title for article in found] == [wanted["title"] for wanted in EXPECTED[name]]
    for article, wanted in zip(found, EXPECTED[name], strict=True):
        lines = article.source.splitlines()
        kept = [row for _, text in wanted["lines"] for row in text.split("\n")]
        assert [line for line in lines if line in set(kept)] == kept
        assert str(article.published or "") == wanted["published"]
        assert "、".join(article.byline) == wanted["byline"]
        assert article.url == wanted.get("url")
        assert (article.publisher == wanted["publisher"]) is (name not in UNKNOWN_PUBLISHER)
        own = {*kept, wanted["title"], wanted.get("subtitle", "")}
        left = {line for line in lines if line not in own and not _is_beside(line)}
        assert left == LEFT.get(name, set())


def _is_beside(line: str) -> bool:
    """Whether `line` is the source or the byline of an article, which stand in its text."""
    folded = fold(line.replace("\u3000", " "))
    return source_line(folded) is not None or bool(shapes.byline(folded))


@pytest.mark.parametrize("name", PAGES)
def test_each_fact_points_to_where_the_text_has_it(name: str) -> None:
    document = read(PAGES[name])
    for article in articles(document):
        assert document.text[article.start : article.end] == article.source
        for start, end in article.evidence.values():
            assert document.text[start:end].strip()


def test_what_readers_do_not_see_never_enters_the_text() -> None:
    document = read(
        f"""<!-- 注释里的文字 --><style>p {{color: red}} 样式里的文字</style><script>var a = "<p>脚本里的文字</p>";</script>
        <template><p>模板里的文字，很长的一段话，读者看不到它。</p></template><noscript>没有脚本时的文字</noscript>
        <div style="color:red; DISPLAY : none"><p>{MORE}</p></div><p hidden>{MORE}</p>
        <textarea>框里的文字</textarea><select><option>选项里的文字</option></select><svg><text>图里的文字</text></svg>
        <p>{PARAGRAPH[:9]}<span style="display:none">看不到</span><button>赞</button>{PARAGRAPH[9:]}<img alt="替代文字"><!-- 段中注释 --></p><li>{{{{ item.text }}}}</li><p>共${{total}}条</p>"""
    )
    assert document.text == PARAGRAPH


def test_lines_are_blocks_and_breaks_and_rows() -> None:
    page = f"""<title>新渠通水</title><h1>新渠通水</h1><div id=a>
      <p>&nbsp;&nbsp;&emsp;{PARAGRAPH[:12]}
        {PARAGRAPH[12:]}</p><figure><img><figcaption>新渠全景</figcaption></figure>
      {MORE}<br><br/>　　{PARAGRAPH}<span>其中</span><span>，群众</span><b>投劳</b>多。
      <table><tr><th>村<th>亩数<th>备注<tr><td><p>石桥</p><td>360<td><tr><td>柳林</td><td>4<br>20</td><td>旱地</td></tr></table></div>"""
    assert read(page).text.splitlines() == [
        "新渠通水",
        PARAGRAPH,
        "新渠全景",
        MORE,
        f"{PARAGRAPH}其中，群众投劳多。",
        "村\t亩数\t备注",
        "石桥\t360",
        "柳林\t4 20\t旱地",
    ]


def test_a_layout_table_is_no_table_of_data() -> None:
    page = f"<table><tr><td>栏目<td>{PARAGRAPH}{MORE * 5}</td></tr><tr><td>更多<td>{MORE}</td></tr></table>"
    assert "\t" not in read(page).text
    page = f"<table><tr><td>左<td><table><tr><td>{PARAGRAPH}</table><tr><td>左<td>{MORE}</table>"
    assert "\t" not in read(page).text


def test_a_source_line_of_several_pieces_has_them_apart_and_a_sentence_has_not() -> None:
    found = one(
        "<h1>新渠昨日通水</h1><div><span>2024-03-18</span><span>来源：江城日报</span><a href=#>我要评论</a></div>"
        f"<p><span>昨</span><span>日，</span>{PARAGRAPH}</p>"
    )
    assert (found.published, found.publisher, found.byline) == (dt.date(2024, 3, 18), "江城日报", ())
    assert found.source.endswith(f"\n昨日，{PARAGRAPH}")


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="PubDate" content="2016-11-22 09:53"><meta name="Maketime" content="2019-03-22">', "2016-11-22"),
        ('<meta property="article:published_time" content="2024-01-22T07:30:00+08:00">', "2024-01-22"),
        ('<meta property="og:release_date" content="2024年1月2日">', "2024-01-02"),
        ('<meta name="weibo: article:create_at" content="2024-08-09 06:41:20">', "2024-08-09"),
        ('<meta name="firstpublishedtime" content="2021-07-21-08:11:00">', "2021-07-21"),
        ('<meta itemprop="datePublished" content="20240417">', "2024-04-17"),
        ('<meta name="publishtime" content="1715164200">', "2024-05-08"),
        ('<meta name="pubdate" content="2024-06-11T21:30:00Z">', "2024-06-12"),
        ('<script type="application/ld+json">[{"@type": ["NewsArticle"], "datePublished": "2024-03-01"}]</script>', "2024-03-01"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "dateModified": "2024-03-01"}</script>', ""),
        ('<meta name="pubdate" content="{{ article.date }}"><meta name="lastmodified" content="2024-01-01">', ""),
        ('<meta name="pubdate" content="2024-13-45"><meta property="og:updated_time" content="2024-01-01">', ""),
    ],
)  # fmt: skip
def test_the_day_is_the_one_of_publication_or_none(head: str, published: str) -> None:
    page = f"<head>{head}</head><h1>新渠昨日通水</h1><p>{PARAGRAPH}</p><p>{MORE}</p><div>Copyright © 2003-2025 江城网 版权所有</div>"
    assert str(one(page).published or "") == published


def test_a_day_in_universal_time_is_the_one_that_the_page_shows() -> None:
    head = '<meta property="article:published_time" content="2024-01-22T23:30:00Z">'
    for shown, day in (("2024-01-22 23:30", 22), ("2024-01-23 07:30", 23)):
        page = f"{head}<h1>新渠昨日通水</h1><p>江城网 {shown}</p><p>{PARAGRAPH}</p>"
        assert one(page).published == dt.date(2024, 1, day)


def test_the_day_of_the_metadata_wins_over_another_on_the_page() -> None:
    page = f'<meta name="PubDate" content="2024-03-18"><h1>新渠昨日通水</h1><p>江城网 2024-03-15</p><p>{PARAGRAPH}</p>'
    assert one(page).published == dt.date(2024, 3, 18)


@pytest.mark.parametrize("name", ["admin", "109002", "江城网", "系统管理员", "https://example.com/li", "网络"])
def test_an_author_who_is_no_person_is_none(name: str) -> None:
    page = f'<meta name="author" content="{name}"><h1>新渠昨日通水</h1><p>{PARAGRAPH}</p>'
    assert one(page).byline == ()


def test_metadata_fills_in_what_the_page_does_not_show() -> None:
    linked = {
        "@graph": [
            {"@type": "WebSite", "name": "江城网"},
            {
                "@type": ["ReportageNewsArticle"],
                "headline": "新渠昨日通水",
                "author": [{"name": "李明"}, "张小禾"],
                "publisher": {"name": "江城日报"},
                "mainEntityOfPage": {"@id": "https://jc.example/1"},
            },
        ]
    }
    page = f'<script type="application/ld+json">{json.dumps(linked)};</script><p>{PARAGRAPH}</p><p>{MORE}</p>'
    found = one(page)
    assert (found.title, found.byline, found.publisher) == ("新渠昨日通水", ("李明", "张小禾"), "江城日报")
    assert (found.url, found.source) == ("https://jc.example/1", f"{PARAGRAPH}\n{MORE}")


@pytest.mark.parametrize("broken", ["{", "[" * 100_000, '{"@graph": {"@type": {}, "author": 5}}', '"text"', "[[], {}]"])
def test_broken_linked_data_is_passed_over(broken: str) -> None:
    page = f'<script type="application/ld+json">{broken}</script><h1>新渠昨日通水</h1><p>{PARAGRAPH}</p>'
    assert one(page).title == "新渠昨日通水"


def test_the_site_is_the_publisher_only_where_no_other_is_named() -> None:
    site = '<meta property="og:site_name" content="江城网">'
    assert one(f"{site}<h1>新渠昨日通水</h1><p>{PARAGRAPH}</p>").publisher == "江城网"
    shown = f"{site}<h1>新渠昨日通水</h1><p>2024-03-18 来源：江城日报</p><p>{PARAGRAPH}</p>"
    assert one(shown).publisher == "江城日报"
    platform = '<meta property="og:site_name" content="微信公众平台">'
    assert one(f"{platform}<h1>新渠昨日通水</h1><p>{PARAGRAPH}</p>").publisher == ""


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("gb18030", "gb2312"), ("gb18030", ""), ("gb18030", "utf-8"), ("gb18030", "big5"), ("gb18030", "iso-8859-1"),
        ("big5hkscs", "big5"), ("big5hkscs", ""), ("big5hkscs", "gbk"), ("big5hkscs", "utf-8"),
        ("utf-8", "gbk"), ("utf-8-sig", "gb2312"), ("utf-16", ""), ("utf-16-le", ""), ("utf-16-be", ""),
    ],
)  # fmt: skip
def test_the_encoding_that_makes_sense_wins_over_the_declared_one(encoding: str, declared: str) -> None:
    text = "新渠昨日通水，全縣群眾三千人受惠，總投資八百萬元。" if "big5" in encoding else PARAGRAPH
    filler = f"<script>{'var a = 1;' * 4000}</script>"  # far more ASCII than Chinese
    page = f'<html><meta http-equiv="Content-Type" content="text/html; charset={declared}">{filler}<p>{text}</p></html>'
    assert read(page.encode(encoding)).text == text


@pytest.mark.parametrize(("encoding", "declared"), [("cp932", "Shift_JIS"), ("euc_jp", "euc-jp"), ("utf-8", "utf-8")])
def test_a_japanese_page_is_read(encoding: str, declared: str) -> None:
    text = "新しい水路がきのう開通し、住民およそ三千人が恩恵を受けることになりました。"
    page = f"<meta charset={declared}><p>{text}</p>"
    assert read(page.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("page", "said"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7", "not a web page but a PDF"),
        (bytes(range(9)) * 100, "binary data"),
        ("<html><head><title>新渠通水</title></head></html>", "there is no article text in it"),
        ("<div id=app></div><script src=app.js></script>", "there is no article text in it: the page draws its text"),
        ("<ul>" + "<li><a href=1>新渠昨日通水啦</a></li>" * 30 + "</ul><p>更多精彩内容请看</p>", "and not a list"),
        (
            "<h3><a href=1>新渠昨日通水啦</a></h3><p>这是新闻的摘要，介绍了事情的大概，读者点开标题可以阅读全文内容。</p>"
            * 5,
            "and not a list",
        ),
        ("<frameset><frame src=a.html></frameset>", "there is no article text in it"),
    ],
)
def test_a_page_without_an_article_says_why(page: str | bytes, said: str) -> None:
    assert said in reason(page)


def test_a_page_of_too_many_elements_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_blocks, "MOST", 1000)
    assert "more than 1,000 elements" in reason("<p>a" * 1001)
    assert read(f"<p>{PARAGRAPH}" * 900).text


def test_a_text_without_markup_is_read_as_one() -> None:
    assert read(f"{PARAGRAPH}\n{MORE}").text == f"{PARAGRAPH}\n{MORE}"


def test_comments_longer_than_the_article_and_teasers_above_it_stay_out() -> None:
    spoken = "".join(
        f"<div class=x{i}>这件事办得好，建议多往我们村里也延伸一段，老百姓都盼着呢，第{i}位。</div>" for i in range(9)
    )
    page = (
        f"<title>新渠昨日通水_江城网</title><div><p>{MORE}</p><p>{MORE}</p></div><div><h1>新渠昨日通水</h1>"
        f"<div><p>{PARAGRAPH}</p></div><div>全部评论(9)</div><div>{spoken}</div></div>"
    )
    assert one(page).source == f"新渠昨日通水\n{PARAGRAPH}"


def test_an_article_is_not_cut_in_half_at_a_line_that_looks_like_its_end() -> None:
    page = (
        f"<title>新渠昨日通水</title><div><h1>新渠昨日通水</h1><p>{PARAGRAPH}</p><p>编辑：李某</p><p>{MORE}</p><p>{PARAGRAPH}</p>"
        f"<p>{MORE}</p></div>"
    )
    assert one(page).source.endswith(f"{MORE}\n{PARAGRAPH}\n{MORE}")


def test_names_of_asides_do_not_hide_a_page_named_after_one() -> None:
    page = f'<div class="share-page comment"><h1>新渠昨日通水</h1><p>{PARAGRAPH}</p><p>{MORE}</p></div>'
    assert one(page).source == f"新渠昨日通水\n{PARAGRAPH}\n{MORE}"


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + PARAGRAPH + "</div>" * 100_000,
        "<b>" * 50_000 + PARAGRAPH,
        "<table><tr><td>" * 20_000 + PARAGRAPH,
        PARAGRAPH + "<a " * 200_000,
        PARAGRAPH + "<" * 100_000,
        PARAGRAPH + "<!--" * 200_000,
        f"<p>{PARAGRAPH}</p><p>" + "&amp" * 100_000,
        f"<p>{PARAGRAPH}</p><p>渠" + " \n" * 300_000,
        f"<p>{PARAGRAPH}</p><p>" + "{{" * 100_000,
        "<div itemprop=author>" * 50_000 + PARAGRAPH,
        f"<p class='{'comment-' * 100_000}'>{PARAGRAPH}",
        "<p>社\0工\0站建成，服务群众三万人次。</p>\0\0",
        '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>' + f"<p>{PARAGRAPH}&c;&c;</p>",
        f"<p>{PARAGRAPH}&#0;&#1;&#xd800;&#x110000;</p>",
        f"<p>{PARAGRAPH}<p>" + "新渠通水啦<br>" * 20_000,
    ],
    ids=range(15),
)  # fmt: skip
def test_a_monstrous_page_takes_little_time_and_no_crash(page: str) -> None:
    begun = time.process_time()
    text = read(page).text
    assert time.process_time() - begun < 10
    assert PARAGRAPH in text or "社工站建成" in text
    assert "\x00" not in text


def is_sound(found: Document | UnreadableDocument) -> bool:
    """Whether `found` is a document whose articles can be told, line by line, or says why it is none."""
    if isinstance(found, UnreadableDocument):
        return len(found.reason) > 10
    return all(found.text[article.start : article.end] == article.source for article in articles(found))


@given(st.binary(max_size=400))
@settings(max_examples=60, deadline=None)
def test_bytes_of_any_kind_are_read_or_refused(data: bytes) -> None:
    assert is_sound(html.document(data, "page.html"))


TAGS = "p div br table tr td th h1 a span section script title style b li ul figure figcaption meta /p /div /table /td /a /span /script /title !-- html body".split()


@given(
    st.lists(
        st.one_of(st.sampled_from(TAGS).map("<{}>".format), st.sampled_from([PARAGRAPH, MORE, "新渠通水", "&nbsp;", "\n", "{{", "&#1;"])),
        max_size=40,
    )
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_markup_of_any_kind_is_read_or_refused(pieces: list[str]) -> None:
    assert is_sound(html.document("".join(pieces).encode(), "page.html"))


@given(
    st.sampled_from(sorted(PAGES)),
    st.floats(0, 1),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 255)), max_size=20),
)
@settings(max_examples=80, deadline=None)
def test_a_page_cut_off_or_with_flipped_bits_is_read_or_refused(
    name: str, length: float, flips: list[tuple[float, int]]
) -> None:
    data = bytearray(PAGES[name])
    for place, mask in flips:
        data[int(place * len(data))] ^= mask
    assert is_sound(html.document(bytes(data[: int(length * len(data))]), "page.html"))
