"""A document → its articles, each with title, byline, publisher and date, and where the document says so.

A newspaper page holds several articles; a page of the web holds one among buttons, comments and lists of others. Lines are
judged one by one (see `shapes`), then the articles are read off from top to bottom: an article begins with the lines of its
title and ends before the next title, or where the page around it begins.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Final

import regex

from extractor.article import Document, RawArticle, Region, Span
from extractor.normalise import shapes
from extractor.normalise.script import is_traditional
from extractor.sources import page
from extractor.sources.dates import (
    SourceLine,
    dateline,
    opens_report,
    read_date,
    source_line,
    stated_within,
    title_before,
)
from extractor.sources.decode import half_pairs
from extractor.sources.lines import BODY, MARKDOWN, Kind, Line, lines, plain
from extractor.sources.region import is_mainland, may_be_elsewhere, region_of

_PARAGRAPH: Final = 60  # code points; a body this long is no comment and no entry of a list
_TITLE: Final = 70  # code points; the longest piece of a line that may be a title
_HEAD: Final = 300  # code points in which a text of one line may state its publication
_REGIONS: Final[dict[str, Region]] = {"CN": "CN", "TW": "TW", "HK": "HK", "MO": "MO"}

_AD_TAIL = regex.compile(r"[^。！？!?…\n]{1,400}\|[\s|]*\Z")
# The title of a text whose line ends became spaces: up to two short pieces without a clause mark, then a long one with some.
_RUN_ON_TITLE = regex.compile(
    r"(?P<title>[^\s,，。;；!！?？、]{6,50}(?: [^\s,，。;；!！?？]{4,40})?) (?=[^\s。]{0,80}[,，])(?=[^\n]*。 [^\n]*。)(?=[^\n]{200})"
)
_STOP = regex.compile(r"[。！？!?…][”’)》】]*")

_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|"
    "香港|澳门|重慶|遼寧|黑龍江|江蘇|廣東|貴州|雲南|陝西|甘肅|臺灣|台灣|內蒙古|廣西|寧夏|澳門"
)
# 江苏盐城: …, the title of one report among several from different places.
_PLACE_TITLE = regex.compile(
    rf"(?:(?:{_PROVINCES})[{shapes.HAN}]{{0,10}}|[{shapes.HAN}]{{2,10}}[省市县區区州盟旗镇乡縣鎮鄉]) ?[:|] ?(?=[{shapes.HAN}“《‘A-Za-z0-9])"
)
# The name of a paper above its first report.
_MASTHEAD = regex.compile(
    rf"[{shapes.HAN}]{{1,6}}(?:日报|晚报|早报|时报|周报|晨报|商报|都市报|(?<![简海预播情通快喜汇捷周早晚日时上申汇回])报|日報|晚報|時報|(?<![簡海預播情通快喜匯捷])報|新闻网|新聞網)"
)
_INLINE_CREDIT = regex.compile(
    r"[(\[【](?:据|據|来源|來源|稿源|转自|轉自|摘自|原载|原載)[: ]*(?P<publisher>[^()\n]{2,30}?)[)\]】]\Z"
)
_INLINE_BYLINE = regex.compile(rf"\((?:[{shapes.HAN}]{{0,8}})(?:记者|記者|通讯员|通訊員|作者)[^()\n]{{2,60}}\)")


class _Wanted(IntEnum):
    """What must be seen before the next article is believed to begin; each asks for more than the one before."""

    body = 0
    title = 1  # below an editor's line or a pager: a title, and names, a source or a paragraph
    signed = 2  # among lists of headlines and legal notes: a title right above names or a source, or above 江城晚报讯(记者 …)
    report = 3  # among comments, which have names and dates as well: all that, over a paragraph


_AFTER: Final = {
    page.Aside.turn: _Wanted.title,
    page.Aside.related: _Wanted.signed,
    page.Aside.legal: _Wanted.signed,
    page.Aside.comments: _Wanted.report,
}


@dataclass(frozen=True, slots=True)
class _Found:
    """One article as numbers of lines: `first` to `last`, both its own, and the first line of its body."""

    first: int
    last: int
    title: tuple[int, int] | None  # half-open
    body: int


def articles(document: Document) -> list[RawArticle]:
    """The articles of `document` in order; `source` is exactly `document.text[start:end]` for each.

    Facts stated beside the text win over what is found in it. A text of one paragraph, or one whose title is stated, is
    one article as it is. Where no article can be told from what surrounds it, the whole text is one. A lone half of a
    surrogate pair stands in `source` as U+FFFD.

    >>> page = "登录\\n江城建成社工站\\n江城日报 2024-12-10 09:30\\n记者 李明\\n全市建成社工站12个，服务群众3万人次。\\n责任编辑：王某\\n点赞 0\\n"
    >>> [found] = articles(Document("page.txt", page))
    >>> found.title, found.byline, found.publisher, found.published, found.end
    ('江城建成社工站', ('李明',), '江城日报', datetime.date(2024, 12, 10), 59)
    """
    text, lost = half_pairs(document.text)
    if lost:
        document = replace(document, text=text, warnings=(*document.warnings, *lost))
    present = set(text)
    found_lines = lines(text, present)
    if not found_lines:
        return []
    stated = document.stated
    whole = len(found_lines) == 1 or bool(stated.get("title"))
    found = [_whole(found_lines)] if whole else _find(found_lines)
    unsure = not found and any(line.kind is not Kind.title for line in found_lines)
    found = found or [_whole(found_lines)]
    above = _first_stated(_sources(found_lines, 0, found[0].first))
    elsewhere = may_be_elsewhere(present)
    result: list[RawArticle] = []
    dated: list[RawArticle] = []  # the first article of each day
    for index, article in enumerate(found):
        following = found[index + 1].first if index + 1 < len(found) else len(found_lines)
        read = _article(document, found_lines, article, following, index, above, whole=whole)
        read = replace(read, letters=present)
        if elsewhere and not stated.get("region"):
            read = replace(read, region=region_of(read.source))
        if read.published is None:
            read = _dated_by_page(read, dated[0]) if len(dated) == 1 else read
        elif "published" in read.evidence and len(dated) < 2 and read.published not in {one.published for one in dated}:
            dated.append(read)
        result.append(read)
    if elsewhere and not stated.get("region") and any(article.region == "CN" for article in result):
        result = _in_region_of_page(text, result)
    notes = (
        (*document.warnings, "no article could be told from what surrounds it: the whole text is read")
        if unsure
        else document.warnings
    )
    if notes:
        result[0] = replace(result[0], warnings=(*notes, *result[0].warnings))
    return result


def _dated_by_page(article: RawArticle, first: RawArticle) -> RawArticle:
    """`article`, which states no date, with that of the `first` one that does: no article above states another."""
    return replace(
        article,
        published=first.published,
        evidence={**article.evidence, "published": first.evidence["published"]},
        warnings=(
            *article.warnings,
            "it states no publication date: the one stated above for the first article of its page is taken",
        ),
    )


def _in_region_of_page(text: str, articles: list[RawArticle]) -> list[RawArticle]:
    """`articles` with the region of what stands around them, for those in its script that show none of their own."""
    ends = [0, *(article.end for article in articles)]
    starts = [*(article.start for article in articles), len(text)]
    around = "\n".join(text[end:start] for end, start in zip(ends, starts, strict=True))
    others = {article.region for article in articles} - {"CN"}
    region = region_of(around)
    if region == "CN" and len(others) == 1:
        [region] = others
    if region == "CN":
        return articles
    return [
        replace(article, region=region)
        if article.region == "CN" and is_traditional(set(article.source)) and not is_mainland(article.source)
        else article
        for article in articles
    ]


def _whole(lines: list[Line]) -> _Found:
    return _Found(0, len(lines) - 1, None, 0)


def _find(lines: list[Line]) -> list[_Found]:
    found: list[_Found] = []
    position, wanted = 0, _Wanted.body
    final = next((i for i in range(len(lines) - 1, -1, -1) if lines[i].kind is Kind.body), -1)
    while position < len(lines):
        body = _next_body(lines, position)
        if body is None:
            break
        start, asked = position, wanted
        for i in range(position, body):  # comments or a list may have begun below the end of the article
            if lines[i].kind is Kind.aside and (after := _after(lines[i])) is not _Wanted.title:
                start, asked = i + 1, max(asked, after)
        listed = start > position or wanted is _Wanted.signed
        if not any(lines[i].kind is Kind.title for i in range(start, body)):
            start, listed = position, wanted is _Wanted.signed
        if found and not _is_shown(lines, start, body, asked):
            position, wanted = body + 1, asked
            continue
        title = _title_block(lines, start, body, listed=listed)
        first = title[0] if title is not None else _first_beside(lines, position, body)
        if not found and all(
            line.kind is Kind.caption or (line.kind is Kind.title and not page.is_page_name(line.text))
            for line in lines[:first]
        ):
            first = 0  # no page around it: what stands above its title is its own
        last, position, wanted = _read_on(lines, body, final)
        found.append(_Found(first, last, title, body))
    return found


def _after(line: Line) -> _Wanted:
    kind = page.aside(line.text)
    return _Wanted.signed if kind is None else _AFTER[kind]


def _next_body(lines: list[Line], position: int) -> int | None:
    for i in range(position, len(lines)):
        if lines[i].kind is Kind.body:
            return i
    return None


_BESIDE: Final = (Kind.byline, Kind.source)
_PASSED: Final = (Kind.furniture, Kind.caption)


def _is_shown(lines: list[Line], start: int, body: int, wanted: _Wanted) -> bool:
    """Whether an article begins between `start` and `body`, as far as is `wanted` where another has ended."""
    if wanted is _Wanted.body:
        return True
    titles = [i for i in range(start, body) if lines[i].kind is Kind.title]
    if not titles:
        return False
    opening = opens_report(lines[body].text) and _is_above(lines, titles[-1], body)
    if wanted is _Wanted.title:
        return (
            opening
            or len(lines[body].text) >= _PARAGRAPH
            or any(lines[i].kind in _BESIDE for i in range(titles[0], body))
        )
    beside = [i for i in range(titles[-1] + 1, body) if lines[i].kind in _BESIDE]
    signed = bool(beside) and _is_above(lines, titles[-1], beside[0])
    if wanted is _Wanted.signed:
        return signed or opening
    return (
        (signed or opening)
        and len(lines[body].text) >= _PARAGRAPH
        and any(len(lines[i].text) >= 8 for i in titles)
        and (opening or any(_names_someone(lines[i]) for i in beside))
    )


def _names_someone(line: Line) -> bool:
    """Whether a byline or source line names an author or a publisher, and not only a time as a comment does."""
    if line.kind is Kind.byline:
        return True
    found = source_line(line.text)
    return found is not None and bool(found.publisher or found.byline)


def _is_above(lines: list[Line], title: int, below: int) -> bool:
    """Whether nothing stands between the line `title` and the line `below` but furniture and captions."""
    return all(lines[i].kind in _PASSED for i in range(title + 1, below))


def _title_block(lines: list[Line], position: int, body: int, *, listed: bool) -> tuple[int, int] | None:
    """The lines of the title above the body that begins at `body`: the nearest block, above source line and byline.

    Where other headlines are `listed` above, the block ends their list, and only its last line is the title.
    """
    blocks: list[tuple[int, int, bool]] = []  # runs of title lines, each with whether names or a source stand below it
    i = position
    while i < body:
        if not _is_title(lines, i, body):
            i += 1
            continue
        first = i
        while i < body and _is_title(lines, i, body):
            i += 1
        below = next((k for k in range(i, body) if lines[k].kind not in _PASSED), body)
        signed = below < body and (lines[below].kind in _BESIDE or _is_author(lines, below, body))
        blocks.append((max(first, i - 5), i, signed))
    if not blocks:
        return None
    # Without any furniture above, a text of its own: its title stands first, whatever picture comes between.
    bare = not listed and all(lines[i].kind in (Kind.title, Kind.caption) for i in range(position, body))
    signed_blocks = [block for block in blocks if block[2]]
    if listed and signed_blocks:
        first, last, _ = signed_blocks[-1]
    else:
        first, last, _ = signed_blocks[0] if signed_blocks else blocks[0 if bare else -1]
    if listed or last - first > 3:
        first = _behind_list(lines, first, last, listed=listed)
    while first + 1 < last and page.is_page_name(lines[first].text):
        first += 1
    for i in range(last - 1, first, -1):  # what stands above the heading of a page or the first of several reports
        if MARKDOWN.match(lines[i].text) and not MARKDOWN.match(lines[i - 1].text):
            return i, last
        if _PLACE_TITLE.match(lines[i].text) and all(len(line.text) <= 8 for line in lines[first:i]):
            return i, last
    end = first + 1
    while end < last and _is_subtitle(lines[end].text) and not page.is_site(lines[end].text):
        end += 1
    return first, end


def _behind_list(lines: list[Line], first: int, last: int, *, listed: bool) -> int:
    """Where the title begins in a block of headlines whose first lines may be a list of others."""
    for i in range(last - 2, first - 1, -1):
        if page.is_listed(lines[i].text) and not lines[i + 1].text.startswith("——"):
            first = i + 1
            break
    apart = [lines[i].row - lines[i - 1].row for i in range(first + 1, last)]
    usual = min(apart, default=1)
    gap = next((i for i in range(last - 1, first, -1) if lines[i].row - lines[i - 1].row > usual), None)
    if gap is not None and (listed or last - first > 3):
        first = gap
        while first + 1 < last and first - 1 >= 0 and lines[first].text.startswith("——"):
            first -= 1
    if listed and last - first > 2:
        first = last - 1
        while first > 0 and lines[first].text.startswith("——"):
            first -= 1
    return first


def _is_title(lines: list[Line], i: int, body: int) -> bool:
    return lines[i].kind is Kind.title and not _is_author(lines, i, body) and _MASTHEAD.fullmatch(lines[i].text) is None


def _is_subtitle(line: str) -> bool:
    """Whether `line` below the first line of a title still belongs to it, and neither opens the text nor heads a part of it."""
    if line.startswith("——"):
        return True
    return (
        len(line) <= BODY
        and "," not in line
        and line[-1] not in ":?"
        and line[0] != "【"
        and not shapes.is_numbered(line)
    )


def _is_author(lines: list[Line], i: int, body: int) -> bool:
    """Whether line `i` is a lone name between a title and the body."""
    return i > 0 and i + 1 == body and lines[i - 1].kind is Kind.title and shapes.is_lone_name(lines[i].text)


def _first_beside(lines: list[Line], position: int, body: int) -> int:
    """The first line of an article without a title: a byline or source line right above its body belongs to it."""
    first = body
    while first > position and lines[first - 1].kind in (Kind.byline, Kind.source, Kind.caption):
        first -= 1
    return first


def _read_on(lines: list[Line], body: int, final: int) -> tuple[int, int, _Wanted]:
    """The last line of the article whose body begins at `body`, the first line after it, and what a next one must show.

    `final` is the last line of the document that is a body.
    """
    i = body + 1
    last = body
    while i < len(lines):
        line = lines[i]
        if line.kind is Kind.end:
            return last, i + 1, _Wanted.title
        if line.kind is Kind.aside:
            resumed = _resumes(lines, i)
            if resumed is None:
                return last, i + 1, _after(line)
            last, i = resumed, resumed + 1
            continue
        if line.kind is Kind.furniture:
            i += 1
            continue
        if line.kind is Kind.title and _begins_article(lines, i, last, final):
            return last, i, _Wanted.body
        last = i
        i += 1
    return last, i, _Wanted.body


def _resumes(lines: list[Line], i: int) -> int | None:
    """The line with which an article goes on below the few headlines of others that interrupt it at line `i`, None where none.

    Two paragraphs in a row without names or a source above them are no teasers: those stand each below its own headline.
    """
    if page.aside(lines[i].text) is not page.Aside.related:
        return None
    short = (Kind.title, *_PASSED)
    k = i + 1
    while k < len(lines) and k - i <= 8 and lines[k].kind in short:
        k += 1
    if k + 1 >= len(lines) or k - i > 8 or opens_report(lines[k].text):
        return None
    both = (lines[k], lines[k + 1])
    if all(line.kind is Kind.body and len(line.text) >= _PARAGRAPH and "。" in line.text for line in both):
        return k
    return None


def _begins_article(lines: list[Line], i: int, last: int, final: int) -> bool:
    """Whether the title-like line `i` below line `last` begins another article, and is no heading of this one."""
    above, line = lines[last], lines[i]
    if above.kind is Kind.title or line.text.startswith(("——", "【", "(")) or shapes.is_numbered(line.text):
        return False
    below = i + 1
    while below < len(lines) and lines[below].kind is Kind.title and below - i < 5:
        below += 1
    if below >= len(lines):
        return False
    author = _is_author(lines, below - 1, below) and lines[below].kind is Kind.body and below - i >= 2
    if author and (shapes.is_finished(above.text) or above.kind is Kind.credit):
        return True
    kind = lines[below].kind
    if below > final:  # no body follows
        return False
    if kind is Kind.source and lines[below].text and _has_date(lines[below].text) and below - i <= 4:
        return True
    if kind is Kind.byline and below - i <= 4:
        return True
    if kind is not Kind.body:
        return False
    finished = shapes.is_finished(above.text) or above.kind in (Kind.byline, Kind.source, Kind.credit)
    if finished and below - i <= 3 and opens_report(lines[below].text):
        return True
    if above.kind is Kind.credit or _INLINE_CREDIT.search(above.text[-60:]) is not None:
        return True
    if MARKDOWN.match(line.text):
        return line.text.startswith("# ")
    return finished and _PLACE_TITLE.match(line.text) is not None and len(lines[below].text) >= BODY


def _has_date(line: str) -> bool:
    found = source_line(line)
    return found is not None and found.published is not None


def _article(
    document: Document,
    lines: list[Line],
    found: _Found,
    following: int,
    index: int,
    above: list[tuple[Line, SourceLine]],
    *,
    whole: bool,
) -> RawArticle:
    text, stated = document.text, document.stated
    start, end = lines[found.first].start, lines[found.last].end
    evidence: dict[str, Span] = {}
    if not stated:
        end = _without_advertisement(text, start, end)

    title = stated.get("title", "").strip()
    if not title and found.title is not None:
        first, last = found.title
        line = lines[first]
        mark = MARKDOWN.match(line.text)
        title_start = line.start + (mark.end() if mark is not None else 0)
        title = text[title_start : line.end]
        evidence["title"] = title_start, line.end
        if last - first > 1:
            evidence["headline"] = title_start, lines[last - 1].end

    elif (
        not title
        and not stated
        and found.first == found.last
        and (heading := _RUN_ON_TITLE.match(text, start)) is not None
    ):
        title = heading["title"]
        evidence["title"] = heading.span("title")

    publisher, published = stated.get("publisher", "").strip(), read_date(stated.get("published", ""))
    if not stated and found.title is None and (run_on := _run_on(lines[found.first])) is not None:
        head, published, evidence["published"] = run_on
        if head is not None and not title:
            title, evidence["title"] = text[slice(*head)], head

    names, place = _authors(text, lines, found, whole=whole)
    byline = shapes.split_names(stated["byline"]) if stated.get("byline", "").strip() else names
    if byline == names and place is not None:
        evidence["byline"] = place

    warnings: tuple[str, ...] = ()
    if stated.get("published", "").strip() and published is None:
        warnings = (
            f"the stated publication date {stated['published'].strip()!r} is not a date: write it as 2024-12-10",
        )
    head_end = found.body if not whole else found.first
    own = _sources(lines, found.first, head_end) + _sources(lines, *_tail(lines, found, following))
    for line, stating in [*own, *above]:
        if published is None and stating.published is not None:
            published = stating.published
            evidence["published"] = line.start + stating.published_span[0], line.start + stating.published_span[1]
        if not publisher and stating.publisher:
            publisher = stating.publisher
            evidence["publisher"] = line.start + stating.publisher_span[0], line.start + stating.publisher_span[1]
    if not publisher:
        publisher, place = _publisher(lines, found, page_head=index == 0)
        if place is not None:
            evidence["publisher"] = place

    return RawArticle(
        doc=document.doc,
        source=text[start:end],
        index=index,
        start=start,
        title=title,
        byline=byline,
        publisher=publisher,
        published=published,
        region=_REGIONS.get(stated.get("region", "").strip().upper(), "CN"),
        url=stated.get("url") or None,
        encoding=document.encoding,
        evidence=evidence,
        warnings=warnings,
    )


def _run_on(line: Line) -> tuple[Span | None, dt.date, Span] | None:
    """Title, publication date and where it stands, of a text whose line ends became spaces: 标题 发布时间:2024-07-03 09:15 正文."""
    head = plain(line.text[:_HEAD])
    if (found := stated_within(head.clean)) is None:
        return None
    (first, last), published = found
    title = title_before(head.clean[:first])
    place = None
    if 4 <= len(title) <= _TITLE and not shapes.is_finished(title):
        start, end = head.source_span(0, len(title))
        closing = line.text[end : end + 10].find(")") + 1 if line.text[end : end + 1] == "(" else 0
        place = line.start + start, line.start + end + closing  # the pronunciation of its last character is its own
    start, end = head.source_span(first, last)
    return place, published, (line.start + start, line.start + end)


def _tail(lines: list[Line], found: _Found, following: int) -> tuple[int, int]:
    """The lines at the end of an article and right below it, half-open: where others are listed or readers speak it is over."""
    stop = min(following, found.last + 9)
    aside = next((i for i in range(found.last + 1, stop) if lines[i].kind is Kind.aside), stop)
    return max(found.body, found.last - 2), aside


def _without_advertisement(text: str, start: int, end: int) -> int:
    """Where the article ends when its text runs on into an advertisement that trails off in `|` without a full stop."""
    tail = text[max(start, end - 500) : end]
    if not tail.endswith("|") or (found := _AD_TAIL.search(tail)) is None:
        return end
    stops = list(_STOP.finditer(tail, 0, found.start() + 1))
    return end - len(tail) + stops[-1].end() if stops else end


def _sources(lines: list[Line], first: int, last: int) -> list[tuple[Line, SourceLine]]:
    candidates = ((line, _source(line)) for line in lines[first:last] if line.kind is Kind.source)
    return [(line, source) for line, source in candidates if source is not None]


def _first_stated(sources: list[tuple[Line, SourceLine]]) -> list[tuple[Line, SourceLine]]:
    """Of the source lines above the first article of a page, the first with a date and the first with a publisher."""
    dated = next((one for one in sources if one[1].published is not None), None)
    named = next((one for one in sources if one[1].publisher), None)
    return [one for one in dict.fromkeys((dated, named)) if one is not None]


def _source(line: Line) -> SourceLine | None:
    """What `line` states, with spans of the line as read, though pronunciations stand between its characters."""
    text = plain(line.text)
    found = source_line(text.clean)
    if found is None or not text.steps:
        return found
    return SourceLine(
        found.published,
        text.source_span(*found.published_span),
        found.publisher,
        text.source_span(*found.publisher_span),
        found.byline,
        text.source_span(*found.byline_span),
    )


def _authors(text: str, lines: list[Line], found: _Found, *, whole: bool) -> tuple[tuple[str, ...], Span | None]:
    """The names of the byline with their span: a line of its own, a lone name under the title, or in brackets at either end."""
    near = [*range(found.first, found.body + 1), *range(max(found.body + 1, found.last - 1), found.last + 1)]
    for i in near:
        line = lines[i]
        if line.kind is Kind.byline:
            names = shapes.byline(line.text)
        elif not whole and line.kind is Kind.source and (source := _source(line)) is not None and source.byline:
            return source.byline, (line.start + source.byline_span[0], line.start + source.byline_span[1])
        elif not whole and i < found.body and _is_author(lines, i, found.body):
            names = (line.text.replace(" ", ""),)
        else:
            continue
        start = line.text.find(names[0]) if names else -1
        end = line.text.rfind(names[-1]) + len(names[-1]) if names else -1
        return names, (line.start + start, line.start + end) if 0 <= start < end else (line.start, line.end)
    for i, piece in ((found.body, slice(None, 80)), (found.last, slice(-80, None))):
        line = lines[i]
        shown = line.text[piece]
        if piece.start is None and (names := shapes.opening_byline(shown)):
            offset = line.start + shown.find(names[0])
            return names, (offset, offset + shown.find(names[-1]) + len(names[-1]) - shown.find(names[0]))
        if (bracket := _INLINE_BYLINE.search(shown)) is not None and (names := shapes.byline(bracket[0])):
            offset = line.start + (len(line.text) - len(shown) if piece.start else 0) + bracket.start()
            return names, (offset + bracket[0].find(names[0]), offset + bracket[0].rfind(names[-1]) + len(names[-1]))
    return (), None


def _publisher(lines: list[Line], found: _Found, *, page_head: bool) -> tuple[str, Span | None]:
    """The publisher of a closing `(据…)`, else of a dateline (新华社北京3月5日电), else the paper named above the page."""
    last = lines[found.last]
    tail = last.text[-60:]
    if (credit := _INLINE_CREDIT.search(tail)) is not None:
        offset = last.end - len(tail)
        start, end = credit.span("publisher")
        return shapes.publisher_name(credit["publisher"]), (offset + start, offset + end)
    for i in range(found.first, min(found.body + 1, found.last + 1)):
        if (agency := dateline(lines[i].text)) is not None:
            return agency[0], (lines[i].start + agency[1][0], lines[i].start + agency[1][1])
    if found.title is not None:  # the account that published it, below its title
        for line in lines[found.title[0] + 1 : found.body]:
            if line.kind is Kind.title and page.is_site(line.text):
                return line.text, (line.start, line.end)
    for line in lines[: found.first] if page_head else []:
        if _MASTHEAD.fullmatch(line.text) and not page.is_channel(line.text):
            return line.text, (line.start, line.end)
    return "", None
