"""What an article states about itself: title, byline, publisher and publication date, each with where it stands."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

import regex

from extractor.article import Document, Letters, Origin, RawArticle, Region, Span
from extractor.articles import page
from extractor.articles.dates import Day, SourceLine, read_date, source_line, stated_within, title_before
from extractor.articles.heads import MASTHEAD, Extent, is_author
from extractor.articles.lines import MARKDOWN, Kind, Line, plain
from extractor.articles.opening import opening, paper
from extractor.normalise import shapes

_TITLE: Final = 70  # code points; the longest piece of a line that may be a title
_HEAD: Final = 300  # code points in which a text of one line may state its publication
_REGIONS: Final[dict[str, Region]] = {"CN": "CN", "TW": "TW", "HK": "HK", "MO": "MO"}

_AD_TAIL = re.compile(r"(?<![^。！？!?…\n])[^。！？!?…\n]+?(?P<bars>\|[\s|]*)\Z")
_ADVERTISEMENT: Final = 400  # code points of its last clause
# The title of a text whose line ends became spaces: up to two short pieces without a clause mark, then a long one with some.
_RUN_ON_TITLE = re.compile(
    r"(?P<title>[^\s,，。;；!！?？、]{6,50}(?: [^\s,，。;；!！?？]{4,40})?) (?=[^\s。]{0,80}[,，])(?=[^\n]*。 [^\n]*。)(?=[^\n]{200})"
)
_HEAD_LABEL = regex.compile(
    r"[【\[]?(?:(?P<title>(?:大|主)?(?:标题|標題)|题目|題目)|(?P<main>主题|主題)|(?P<deck>引题|引題|肩题|肩題|眉题|眉題|副题|副題|副标题|副標題))[】\]]?[:|] ?(?=.)"
    r"|[【\[](?:(?P<title>(?:大|主)?(?:标题|標題)|题目|題目)|(?P<main>主题|主題)|(?P<deck>引题|引題|肩题|肩題|眉题|眉題|副题|副題|副标题|副標題))[】\]] ?(?=.)"
)
_STOP = regex.compile(r"[。！？!?…][”’)》】]*")
_INLINE_BYLINE = regex.compile(rf"\((?:[{shapes.HAN}]{{0,8}})(?:记者|記者|通讯员|通訊員|作者)[^()\n]{{2,60}}\)")


class _Facts:
    """What is known of an article so far: of each fact, what was said first, by whom, and where."""

    def __init__(self) -> None:
        self.said: dict[str, str] = {}
        self.published: dt.date | None = None
        self.byline: tuple[str, ...] = ()
        self.evidence: dict[str, Span] = {}
        self.stated_by: dict[str, Origin] = {}

    def say(self, fact: str, value: str, origin: Origin, span: Span | None = None) -> None:
        if value and fact not in self.said:
            self.said[fact] = value
            self._note(fact, origin, span)

    def date(self, day: dt.date | None, origin: Origin, span: Span | None = None) -> None:
        if day is not None and self.published is None:
            self.published = day
            self._note("published", origin, span)

    def sign(self, names: tuple[str, ...], origin: Origin, span: Span | None = None) -> None:
        if names and not self.byline:
            self.byline = names
            self._note("byline", origin, span)

    def _note(self, fact: str, origin: Origin, span: Span | None) -> None:
        self.stated_by[fact] = origin
        if span is not None:
            self.evidence[fact] = span


def read_facts(
    document: Document,
    present: Letters,
    lines: list[Line],
    found: Extent,
    following: int,
    index: int,
    above: list[tuple[Line, SourceLine]],
    *,
    whole: bool,
) -> tuple[RawArticle, tuple[Day, Span] | None]:
    """The article of the lines `found`, and the day of its dateline with its span where that is all that says when.

    `present` are the `letters` of the document. `following` is the first line of the next article, `above` what the source lines over the first one state. What the
    document states beside its text comes first, then the lines beside the article, then its dateline and its last words.
    """
    text, stated = document.text, document.stated
    start, end = lines[found.first].start, lines[found.last].end
    facts = _Facts()
    beside = document.stated_by
    if not stated:
        end = _without_advertisement(text, start, end)
    for fact in ("title", "publisher", "url"):
        facts.say(fact, stated.get(fact, "").strip(), beside)
    facts.date(read_date(stated.get("published", "")), beside)
    if written := stated.get("byline", "").strip():
        facts.sign(shapes.split_names(written), beside)
    region = _REGIONS.get(stated.get("region", "").strip().upper())
    if region is not None:
        facts.stated_by["region"] = beside
    warnings: tuple[str, ...] = ()
    if (written := stated.get("published", "").strip()) and facts.published is None:
        warnings = (f"the stated publication date {written!r} is not a date: write it as 2024-12-10",)

    if found.title is not None:
        first, last = found.title
        main, offset = _main_title(lines[first:last])
        facts.say("title", text[main.start + offset : main.end], "text", (main.start + offset, main.end))
        if last - first > 1 and "title" in facts.evidence:
            start_of_head = main.start + offset if main is lines[first] else lines[first].start
            facts.evidence["headline"] = start_of_head, lines[last - 1].end
    elif not stated and found.first == found.last and (heading := _RUN_ON_TITLE.match(text, start)) is not None:
        facts.say("title", heading["title"], "text", heading.span("title"))
    if not stated and found.title is None and (run_on := _run_on(lines[found.first])) is not None:
        head, day, where = run_on
        facts.date(day, "text", where)
        if head is not None:
            facts.say("title", text[slice(*head)], "text", head)

    facts.say("url", *_address(text, lines, found, following, alone=index == 0 and following == len(lines)))
    ending = _ending(lines, found)
    facts.sign(*_authors(lines, found, ending, whole=whole))
    head_end = found.body if not whole else found.first
    own = sources(lines, found.first, head_end) + sources(lines, *_tail(lines, found, following))
    around: list[tuple[Line, SourceLine, Origin]] = [(*one, "text") for one in own]
    around += [(*one, "text" if index == 0 else "page") for one in above]
    for line, stating, origin in around:
        facts.date(stating.published, origin, _within(line, stating.published_span))
        facts.say("publisher", stating.publisher, origin, _within(line, stating.publisher_span))
    if (closed := shapes.closing(ending.text)) is not None and closed.day:
        facts.date(read_date(closed.day), "text", _within(ending, closed.day_span))
    dateline = _dateline(lines, found)
    if dateline is not None:
        facts.date(dateline[0].date, "text", dateline[1])
    facts.say("publisher", *_publisher(lines, found, ending, page_head=index == 0))
    for fact in ("published", "publisher"):
        if facts.stated_by.get(fact) == "page":
            value = facts.published if fact == "published" else facts.said[fact]
            warnings += (f"{fact} {value} is stated above the first article of its page: check that it holds here too",)
    return (
        RawArticle(
            doc=document.doc,
            source=text[start:end],
            index=index,
            start=start,
            title=facts.said.get("title", ""),
            byline=facts.byline,
            publisher=facts.said.get("publisher", ""),
            published=facts.published,
            region=region or "CN",
            url=facts.said.get("url"),
            encoding=document.encoding,
            evidence=facts.evidence,
            stated_by=facts.stated_by,
            warnings=warnings,
            pages=document.pages,
            letters=present,
        ),
        dateline,
    )


def _main_title(head: list[Line]) -> tuple[Line, int]:
    """The line of `head` that is its main title, and where in it the title begins: behind 标题: or the mark of a heading.

    The first line is the main one, unless a label says that another is, or that the first is the line above it.
    """
    labels = [_HEAD_LABEL.match(line.text) for line in head]
    if len(head) > 1 or (labels[0] is not None and labels[0]["title"]):
        for line, label in zip(head, labels, strict=True):
            if label is not None and (label["title"] or (label["main"] and any(one and one["deck"] for one in labels))):
                return line, label.end()
    line = next((line for line, label in zip(head, labels, strict=True) if label is None or not label["deck"]), head[0])
    mark = MARKDOWN.match(line.text)
    return line, 0 if mark is None else mark.end()


def _within(line: Line, span: Span) -> Span:
    return line.start + span[0], line.start + span[1]


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
    first = max(found.start(), found.start("bars") - _ADVERTISEMENT)
    stops = list(_STOP.finditer(tail, 0, first + 1))
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


def _address(
    text: str, lines: list[Line], found: Extent, following: int, *, alone: bool
) -> tuple[str, Origin, Span | None]:
    """The address on a line of its own beside the article; one at the top of a document only where its article is `alone`."""
    head = range(0 if alone else found.first, found.body + 1)
    for i in (*head, *range(*_tail(lines, found, following))):
        if (span := page.address(lines[i].text)) is not None:
            start, end = _within(lines[i], span)
            return text[start:end], "text", (start, end)
    return "", "text", None


def _authors(
    lines: list[Line], found: Extent, ending: Line, *, whole: bool
) -> tuple[tuple[str, ...], Origin, Span | None]:
    """The names of the byline with their span: a line of its own, lone names under the title, or in brackets at either end."""
    near = [*range(found.first, found.body + 1), *range(max(found.body + 1, found.last - 1), found.last + 1)]
    for i in near:
        line = lines[i]
        if line.kind is Kind.byline:
            names = shapes.byline(line.text)
        elif not whole and line.kind is Kind.source and (source := _source(line)) is not None and source.byline:
            return source.byline, "text", _within(line, source.byline_span)
        elif not whole and i < found.body and is_author(lines, i, found.body):
            names = shapes.lone_names(line.text)
        else:
            continue
        return names, "text", _where(line, names, 0, len(line.text))
    for i in dict.fromkeys((found.body, found.first)):
        if (opened := opening(lines[i].text)) is not None and opened.names:
            return opened.names, "text", _within(lines[i], opened.names_span)
    if (closed := shapes.closing(ending.text)) is not None and closed.names:
        return closed.names, "text", _within(ending, closed.names_span)
    line = lines[found.body]
    if (bracket := _INLINE_BYLINE.search(line.text[:80])) is not None and (names := shapes.byline(bracket[0])):
        return names, "text", _where(line, names, *bracket.span())
    return (), "text", None


def _ending(lines: list[Line], found: Extent) -> Line:
    """The line whose last words may be a credit: the last one, or a credit above an address or the like, which is no sentence."""
    for i in range(found.last, max(found.body, found.last - 3), -1):
        bracketed = lines[i].text.rstrip("。 ")[-1:] in ")】]〕"
        if (bracketed or lines[i].kind is Kind.credit) and shapes.closing(lines[i].text) is not None:
            return lines[i]
        if lines[i].text[-1] == "。" or shapes.is_finished(lines[i].text):
            break
    return lines[found.last]


def _where(line: Line, names: tuple[str, ...], first: int, last: int) -> Span:
    """Where `names` stand in `line` between `first` and `last`: all of that, where a blank parts one of them."""
    start, end = line.text.find(names[0], first, last), line.text.rfind(names[-1], first, last)
    if not 0 <= start <= end:
        return _within(line, (first, last))
    return _within(line, (start, end + len(names[-1])))


def _dateline(lines: list[Line], found: Extent) -> tuple[Day, Span] | None:
    """The day in the opening of the first line of the body, with its span."""
    line = lines[found.body]
    opened = opening(line.text)
    return None if opened is None or opened.day is None else (opened.day, _within(line, opened.day_span))


def _publisher(lines: list[Line], found: Extent, ending: Line, *, page_head: bool) -> tuple[str, Origin, Span | None]:
    """The publisher of a closing `(据…)`, else of a dateline (新华社北京3月5日电), else the paper named above the page."""
    if (closed := shapes.closing(ending.text)) is not None and closed.publisher:
        return closed.publisher, "text", _within(ending, closed.publisher_span)
    for line in lines[found.first : min(found.body, found.last) + 1]:
        if (opened := opening(line.text)) is not None and opened.publisher:
            return opened.publisher, "text", _within(line, opened.publisher_span)
        if line.kind is Kind.credit and (credited := shapes.closing(line.text)) is not None:
            return credited.publisher, "text", _within(line, credited.publisher_span)
        if line.kind is Kind.byline and (span := paper(line.text)) is not None:
            return line.text[slice(*span)], "text", _within(line, span)
    if found.title is not None:  # the account that published it, below its title
        for line in lines[found.title[0] + 1 : found.body]:
            if line.kind is Kind.title and page.is_site(line.text):
                return line.text, "text", (line.start, line.end)
    for line in lines[: found.first] if page_head else []:
        if MASTHEAD.fullmatch(line.text) and not page.is_channel(line.text):
            return line.text, "text", (line.start, line.end)
    return "", "text", None
