"""A document → its articles, each with title, byline, publisher and date, and where the document says so.

A newspaper page holds several articles; a page of the web holds one among buttons, comments and lists of others. Lines are
judged one by one (see `shapes`), then the articles are read off from top to bottom: an article begins with the lines of its
title and ends before the next title, or where the page around it begins.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

import regex

from extractor.article import Document, RawArticle, Region, Span
from extractor.normalise import control, shapes, width
from extractor.normalise.furniture import begins_aside, ends_article, is_furniture
from extractor.sources.dates import SourceLine, dateline, read_date, source_line
from extractor.sources.region import region_of

_TITLE: Final = 70  # code points; the longest line that may be a title
_BODY: Final = 40  # a longer line that holds a clause mark is no title
_REGIONS: Final[dict[str, Region]] = {"CN": "CN", "TW": "TW", "HK": "HK", "MO": "MO"}

_LINE = regex.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BLANK = " \t\xa0\u3000\ufeff\u200b"
_MARKDOWN = regex.compile(r"#{1,6} +")
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


class _Kind(Enum):
    body = "a sentence or more"
    title = "a line that may be a title or a heading"
    byline = "names of authors"
    source = "publisher or date"
    credit = "(据…)"
    caption = "a caption that says so"
    furniture = "a button, a counter, a template remnant"
    end = "the editor's line below an article"
    aside = "the first line of comments, recommendations, legal notes"


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str  # folded, of the same length as the source between start and end
    kind: _Kind
    gap: int = 0  # line ends before it


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
    one article as it is. Where no article can be told from what surrounds it, the whole text is one.

    >>> page = "登录\\n江城建成社工站\\n江城日报 2024-12-10 09:30\\n记者 李明\\n全市建成社工站12个，服务群众3万人次。\\n责任编辑：王某\\n点赞 0\\n"
    >>> [found] = articles(Document("page.txt", page))
    >>> found.title, found.byline, found.publisher, found.published, found.end
    ('江城建成社工站', ('李明',), '江城日报', datetime.date(2024, 12, 10), 59)
    """
    text = document.text
    lines = _lines(text)
    if not lines:
        return []
    stated = document.stated
    whole = len(lines) == 1 or bool(stated.get("title"))
    found = [_whole(lines)] if whole else _find(lines)
    unsure = not found and any(line.kind is not _Kind.title for line in lines)
    found = found or [_whole(lines)]
    page_source = _sources(lines, 0, found[0].first)
    result = []
    for index, article in enumerate(found):
        following = found[index + 1].first if index + 1 < len(found) else len(lines)
        result.append(_article(document, lines, article, following, index, page_source, whole=whole))
    notes = (
        (*document.warnings, "no article could be told from what surrounds it: the whole text is read")
        if unsure
        else document.warnings
    )
    if notes:
        result[0] = replace(result[0], warnings=(*notes, *result[0].warnings))
    return result


def _lines(text: str) -> list[_Line]:
    present = set(text)
    folded = width.fold(control.blanks(text, present & set("\u3000\xa0\t")), present)
    lines: list[_Line] = []
    last = 0
    for found in _LINE.finditer(text):
        start, end = found.span()
        piece = text[start:end]
        start += len(piece) - len(piece.lstrip(_BLANK))
        end -= len(piece) - len(piece.rstrip(_BLANK))
        if start < end:
            shape = folded[start:end]
            lines.append(_Line(start, end, shape, _kind(shape), text.count("\n", last, start)))
            last = end
    return lines


def _kind(line: str) -> _Kind:
    if len(line) > 130 or (len(line) > 50 and "。" in line and line[-1] not in ")】"):
        return _Kind.body
    line = _MARKDOWN.sub("", line, 1)
    if ends_article(line):
        return _Kind.end
    if begins_aside(line):
        return _Kind.aside
    if is_furniture(line):
        return _Kind.furniture
    if shapes.credit(line):
        return _Kind.credit
    if shapes.byline(line):
        return _Kind.byline
    if source_line(line) is not None:
        return _Kind.source
    if shapes.is_caption(line):
        return _Kind.caption
    if "。" in line or ";" in line or line.endswith(","):
        return _Kind.body
    if shapes.is_finished(line) and len(line) > 30:
        return _Kind.body
    commas = line.count(",")
    if len(line) > _TITLE or (commas > 1 and len(line) > 20) or (commas and len(line) > _BODY):
        return _Kind.body
    return _Kind.title


def _whole(lines: list[_Line]) -> _Found:
    return _Found(0, len(lines) - 1, None, 0)


def _find(lines: list[_Line]) -> list[_Found]:
    found: list[_Found] = []
    position, wanted = 0, _Kind.body  # what a new article must show: at first nothing but a body
    while position < len(lines):
        body = _next_body(lines, position)
        if body is None:
            break
        if found and wanted is not _Kind.body and not _has_evidence(lines, position, body, wanted):
            position = body + 1
            continue
        title = _title_block(lines, position, body)
        first = title[0] if title is not None else _first_beside(lines, position, body)
        last, after, wanted = _read_on(lines, body)
        found.append(_Found(first, last, title, body))
        position = after
    return found


def _next_body(lines: list[_Line], position: int) -> int | None:
    for i in range(position, len(lines)):
        if lines[i].kind is _Kind.body:
            return i
    return None


def _has_evidence(lines: list[_Line], position: int, body: int, wanted: _Kind) -> bool:
    """Whether an article begins between `position` and `body`, where one has just ended.

    Below an editor's line a title and a body of some length are enough; among comments and recommendations there must be
    a byline or a source line.
    """
    kinds = {line.kind for line in lines[position:body]}
    if wanted is _Kind.aside:
        return _Kind.title in kinds and bool(kinds & {_Kind.byline, _Kind.source})
    return _Kind.title in kinds and (bool(kinds & {_Kind.byline, _Kind.source}) or len(lines[body].text) >= 60)


def _title_block(lines: list[_Line], position: int, body: int) -> tuple[int, int] | None:
    """The lines of the title above the body that begins at `body`: the nearest block, above source line and byline."""
    blocks: list[tuple[int, int, bool]] = []  # runs of title lines, each with whether names or a source stand below it
    i = position
    while i < body:
        if not _is_title(lines, i, body):
            i += 1
            continue
        first = i
        while i < body and _is_title(lines, i, body):
            i += 1
        below = next((k for k in range(i, body) if lines[k].kind is not _Kind.furniture), body)
        signed = below < body and (lines[below].kind in (_Kind.byline, _Kind.source) or _is_author(lines, below, body))
        blocks.append((max(first, i - 5), i, signed))
    if not blocks:
        return None
    first, last, _ = next((block for block in blocks if block[2]), blocks[-1])
    for i in range(last - 1, first, -1):  # what stands above the heading of a page or the first of several reports
        if _MARKDOWN.match(lines[i].text) and not _MARKDOWN.match(lines[i - 1].text):
            return i, last
        if _PLACE_TITLE.match(lines[i].text) and all(len(line.text) <= 8 for line in lines[first:i]):
            return i, last
    end = first + 1
    while end < last and _is_subtitle(lines[end].text):
        end += 1
    return first, end


def _is_title(lines: list[_Line], i: int, body: int) -> bool:
    return (
        lines[i].kind is _Kind.title and not _is_author(lines, i, body) and _MASTHEAD.fullmatch(lines[i].text) is None
    )


def _is_subtitle(line: str) -> bool:
    """Whether `line` below the first line of a title still belongs to it, and neither opens the text nor heads a part of it."""
    if line.startswith("——"):
        return True
    return (
        len(line) <= _BODY
        and "," not in line
        and line[-1] not in ":?"
        and line[0] != "【"
        and not shapes.is_numbered(line)
    )


def _is_author(lines: list[_Line], i: int, body: int) -> bool:
    """Whether line `i` is a lone name between a title and the body."""
    return i > 0 and i + 1 == body and lines[i - 1].kind is _Kind.title and shapes.is_lone_name(lines[i].text)


def _first_beside(lines: list[_Line], position: int, body: int) -> int:
    """The first line of an article without a title: a byline or source line right above its body belongs to it."""
    first = body
    while first > position and lines[first - 1].kind in (_Kind.byline, _Kind.source, _Kind.caption):
        first -= 1
    return first


def _read_on(lines: list[_Line], body: int) -> tuple[int, int, _Kind]:
    """The last line of the article whose body begins at `body`, the first line after it, and what a next one must show."""
    i = body + 1
    last = body
    while i < len(lines):
        line = lines[i]
        if line.kind is _Kind.end:
            return last, i + 1, _Kind.end
        if line.kind is _Kind.aside:
            return last, i + 1, _Kind.aside
        if line.kind is _Kind.furniture:
            i += 1
            continue
        if line.kind is _Kind.title and _begins_article(lines, i, last):
            return last, i, _Kind.body
        last = i
        i += 1
    return last, i, _Kind.body


def _begins_article(lines: list[_Line], i: int, last: int) -> bool:
    """Whether the title-like line `i` below line `last` begins another article, and is no heading of this one."""
    above, line = lines[last], lines[i]
    if above.kind is _Kind.title or line.text.startswith(("——", "【", "(")) or shapes.is_numbered(line.text):
        return False
    below = i + 1
    while below < len(lines) and lines[below].kind is _Kind.title and below - i < 5:
        below += 1
    if below >= len(lines):
        return False
    author = _is_author(lines, below - 1, below) and lines[below].kind is _Kind.body and below - i >= 2
    if author and (shapes.is_finished(above.text) or above.kind is _Kind.credit):
        return True
    kind = lines[below].kind
    if _next_body(lines, below) is None:
        return False
    if kind is _Kind.source and lines[below].text and _has_date(lines[below].text) and below - i <= 4:
        return True
    if kind is _Kind.byline and below - i <= 4:
        return True
    if kind is not _Kind.body:
        return False
    if above.kind is _Kind.credit or _INLINE_CREDIT.search(above.text[-60:]) is not None:
        return True
    if _MARKDOWN.match(line.text):
        return line.text.startswith("# ")
    finished = shapes.is_finished(above.text) or above.kind in (_Kind.byline, _Kind.source)
    return finished and _PLACE_TITLE.match(line.text) is not None and len(lines[below].text) >= _BODY


def _has_date(line: str) -> bool:
    found = source_line(line)
    return found is not None and found.published is not None


def _article(
    document: Document,
    lines: list[_Line],
    found: _Found,
    following: int,
    index: int,
    page: list[tuple[_Line, SourceLine]],
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
        mark = _MARKDOWN.match(line.text)
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

    names, place = _authors(text, lines, found, whole=whole)
    byline = shapes.split_names(stated["byline"]) if stated.get("byline", "").strip() else names
    if byline == names and place is not None:
        evidence["byline"] = place

    publisher, published = stated.get("publisher", "").strip(), read_date(stated.get("published", ""))
    warnings: tuple[str, ...] = ()
    if stated.get("published", "").strip() and published is None:
        warnings = (
            f"the stated publication date {stated['published'].strip()!r} is not a date: write it as 2024-12-10",
        )
    head_end = found.body if not whole else found.first
    own = _sources(lines, found.first, head_end) + _sources(lines, max(found.body, found.last - 2), following)
    if index == 0:
        own = page + own if not own else own + page
    for line, stating in [*own, *page] if index else own:
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

    source = text[start:end]
    region = _REGIONS.get(stated.get("region", "").strip().upper()) or region_of(source)
    return RawArticle(
        doc=document.doc,
        source=source,
        index=index,
        start=start,
        title=title,
        byline=byline,
        publisher=publisher,
        published=published,
        region=region,
        url=stated.get("url") or None,
        encoding=document.encoding,
        evidence=evidence,
        warnings=warnings,
    )


def _without_advertisement(text: str, start: int, end: int) -> int:
    """Where the article ends when its text runs on into an advertisement that trails off in `|` without a full stop."""
    tail = text[max(start, end - 500) : end]
    if not tail.endswith("|") or (found := _AD_TAIL.search(tail)) is None:
        return end
    stops = list(_STOP.finditer(tail, 0, found.start() + 1))
    return end - len(tail) + stops[-1].end() if stops else end


def _sources(lines: list[_Line], first: int, last: int) -> list[tuple[_Line, SourceLine]]:
    candidates = ((line, source_line(line.text)) for line in lines[first:last] if line.kind is _Kind.source)
    return [(line, source) for line, source in candidates if source is not None]


def _authors(text: str, lines: list[_Line], found: _Found, *, whole: bool) -> tuple[tuple[str, ...], Span | None]:
    """The names of the byline with their span: a line of its own, a lone name under the title, or in brackets at either end."""
    near = [*range(found.first, found.body + 1), *range(max(found.body + 1, found.last - 1), found.last + 1)]
    for i in near:
        line = lines[i]
        if line.kind is _Kind.byline:
            names = shapes.byline(line.text)
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


def _publisher(lines: list[_Line], found: _Found, *, page_head: bool) -> tuple[str, Span | None]:
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
    for line in lines[: found.first] if page_head else []:
        if _MASTHEAD.fullmatch(line.text):
            return line.text, (line.start, line.end)
    return "", None
