"""What an article states about itself: title, byline, publisher and publication date, each with where it stands."""

from __future__ import annotations

import datetime as dt
from typing import Final

import regex

from extractor.article import Document, RawArticle, Region, Span
from extractor.normalise import shapes
from extractor.sources import page
from extractor.sources.dates import SourceLine, dateline, read_date, source_line, stated_within, title_before
from extractor.sources.layout import INLINE_CREDIT, MASTHEAD, Extent, is_author
from extractor.sources.lines import MARKDOWN, Kind, Line, plain

_TITLE: Final = 70  # code points; the longest piece of a line that may be a title
_HEAD: Final = 300  # code points in which a text of one line may state its publication
_REGIONS: Final[dict[str, Region]] = {"CN": "CN", "TW": "TW", "HK": "HK", "MO": "MO"}

_AD_TAIL = regex.compile(r"[^。！？!?…\n]{1,400}\|[\s|]*\Z")
# The title of a text whose line ends became spaces: up to two short pieces without a clause mark, then a long one with some.
_RUN_ON_TITLE = regex.compile(
    r"(?P<title>[^\s,，。;；!！?？、]{6,50}(?: [^\s,，。;；!！?？]{4,40})?) (?=[^\s。]{0,80}[,，])(?=[^\n]*。 [^\n]*。)(?=[^\n]{200})"
)
_STOP = regex.compile(r"[。！？!?…][”’)》】]*")
_INLINE_BYLINE = regex.compile(rf"\((?:[{shapes.HAN}]{{0,8}})(?:记者|記者|通讯员|通訊員|作者)[^()\n]{{2,60}}\)")


def read_facts(
    document: Document,
    lines: list[Line],
    found: Extent,
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
    own = sources(lines, found.first, head_end) + sources(lines, *_tail(lines, found, following))
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


def _tail(lines: list[Line], found: Extent, following: int) -> tuple[int, int]:
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


def sources(lines: list[Line], first: int, last: int) -> list[tuple[Line, SourceLine]]:
    candidates = ((line, _source(line)) for line in lines[first:last] if line.kind is Kind.source)
    return [(line, source) for line, source in candidates if source is not None]


def first_stated(sources: list[tuple[Line, SourceLine]]) -> list[tuple[Line, SourceLine]]:
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


def _authors(text: str, lines: list[Line], found: Extent, *, whole: bool) -> tuple[tuple[str, ...], Span | None]:
    """The names of the byline with their span: a line of its own, a lone name under the title, or in brackets at either end."""
    near = [*range(found.first, found.body + 1), *range(max(found.body + 1, found.last - 1), found.last + 1)]
    for i in near:
        line = lines[i]
        if line.kind is Kind.byline:
            names = shapes.byline(line.text)
        elif not whole and line.kind is Kind.source and (source := _source(line)) is not None and source.byline:
            return source.byline, (line.start + source.byline_span[0], line.start + source.byline_span[1])
        elif not whole and i < found.body and is_author(lines, i, found.body):
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


def _publisher(lines: list[Line], found: Extent, *, page_head: bool) -> tuple[str, Span | None]:
    """The publisher of a closing `(据…)`, else of a dateline (新华社北京3月5日电), else the paper named above the page."""
    last = lines[found.last]
    tail = last.text[-60:]
    if (credit := INLINE_CREDIT.search(tail)) is not None:
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
        if MASTHEAD.fullmatch(line.text) and not page.is_channel(line.text):
            return line.text, (line.start, line.end)
    return "", None
