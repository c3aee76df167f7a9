"""A web page with a news report → a document: its text without what surrounds it, and the facts its metadata states.

Of the blocks of the page (see `html_blocks`) those are kept that hold most of its prose, with the title above them. What is
still furniture then is left to `articles`, which knows it by its words.
"""

from __future__ import annotations

import codecs
import datetime as dt
import unicodedata
from array import array
from dataclasses import replace
from typing import Final

import regex

from extractor.article import Document, RawArticle, UnreadableDocument
from extractor.articles import articles, page
from extractor.articles.dates import SourceLine
from extractor.articles.lines import Kind, lines
from extractor.normalise import width
from extractor.sources import html_blocks, html_metadata, plain
from extractor.sources.decode import Decoded, decode, readability
from extractor.sources.html_blocks import HEADINGS, Block, Page, TooManyElements, kept, parse, stated_in
from extractor.sources.html_metadata import Stated
from extractor.sources.plain import known_kind

_LIST: Final = "check that it is the page of an article and not a list, and that it was saved whole"
_JUDGED: Final = 1_000_000  # characters of the longest text whose furniture is looked for by its words
_TRIED: Final = 50  # blocks around the main one that are looked at
_HEAD: Final = 12  # lines above the body in which its source may stand
_PAPER_PAGE = regex.compile(r"第 ?[A-Z]?\d{1,3} ?版|(?<![A-Za-z\d])[A-D]\d{1,2}版?[:：]")
_TAG = regex.compile(r"<[a-zA-Z!?/]")
_CHARSET = regex.compile(rb"(?i)<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?\s*([a-z0-9_-]{2,20})")
_WIDE_MARKS: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_WIDE_STARTS: Final = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_CODECS: Final = {
    "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "gb_2312-80": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030",
    "big5": "big5hkscs", "big5-hkscs": "big5hkscs", "big5hkscs": "big5hkscs", "cp950": "big5hkscs", "x-x-big5": "big5hkscs",
    "shift_jis": "cp932", "x-sjis": "cp932", "sjis": "cp932", "euc-jp": "euc_jp", "euc-kr": "cp949", "windows-1252": "cp1252",
    "iso-8859-1": "cp1252",
}  # fmt: skip
_NAMED: Final = {
    "big5hkscs": "big5-hkscs",
    "cp932": "shift_jis",
    "euc_jp": "euc-jp",
    "cp949": "euc-kr",
    "cp1252": "windows-1252",
}
_SEPARATORS: Final = frozenset("-_|—–>»›·/丨│:： ")


def document(data: bytes, doc: str) -> Document | UnreadableDocument:
    """The document that the page `data` holds; a page without an article is unreadable, with the reason.

    The title stays in the text where the page shows it and `articles` finds it there; else it is stated beside the text.

    >>> page = "<title>新桥通车-江城网</title><p>登录</p><h1>新桥通车</h1><p>江城网 2024-03-18</p><p>新桥昨日<br>通车，全长1268米。<script>x</script>"
    >>> document(page.encode(), "a.html").text
    '新桥通车\\n江城网 2024-03-18\\n新桥昨日\\n通车，全长1268米。'
    >>> document(b"<script>draw()</script>", "a.html").reason
    'there is no article text in it: the page draws its text with scripts, so save it again from a browser that shows it'
    """
    if reason := known_kind(data):
        return UnreadableDocument(doc, reason.replace("not plain text but", "not a web page but"))
    if not data.strip():
        return UnreadableDocument(doc, "empty: there is no text in it, so remove it or put the page in")
    decoded = _text(data)
    if decoded is None:
        return UnreadableDocument(doc, "not a web page: it holds binary data, so leave it out or save the page as HTML")
    if _TAG.search(decoded.text) is None:
        return plain.document(data, doc)
    try:
        found = parse(decoded.text)
    except TooManyElements:
        reason = f"it has more than {html_blocks.MOST:,} elements, so it is no page of one article: save the article by itself"
        return UnreadableDocument(doc, reason)
    shown = kept(found)
    if reason := _without_article(found, shown):
        return UnreadableDocument(doc, f"there is no article text in it: {reason}")
    return _document(doc, decoded, found, shown) or UnreadableDocument(doc, f"there is no article text in it: {_LIST}")


def _without_article(found: Page, shown: list[Block]) -> str:
    """Why the lines `shown` are no article, and what to do; empty where they may be one."""
    visible = sum(len(line.text) for line in found.lines)
    own = sum(len(line.text) for line in shown)
    if any(line.prose for line in shown) or (own >= 10 and 2 * own >= visible):
        return ""
    if found.scripts and visible < 200:
        return "the page draws its text with scripts, so save it again from a browser that shows it"
    return _LIST


def _text(data: bytes) -> Decoded | None:
    """The text of `data`: by its byte-order mark, as UTF-8, or in the encoding that makes the best sense of it; None for no text.

    The declared encoding is one of those tried, all strictly, and wins unless another makes more sense: sites go on
    declaring what they were once written in.
    """
    if (wide := _WIDE_STARTS.get(data[:2])) is not None:
        try:
            return Decoded(data.decode(wide), "utf-16")
        except UnicodeDecodeError:
            return None
    if not data.startswith(_WIDE_MARKS):
        data = data.replace(b"\x00", b"")
    best = decode(data)
    if not _is_unicode(data):
        declared = _CHARSET.search(data[:8192])
        codec = _CODECS.get(declared[1].decode("ascii").lower()) if declared is not None else None
        score = _sense(best.text) - (1.0 if best.warnings else 0)
        for tried in dict.fromkeys((codec, "gb18030", "big5hkscs")):
            try:
                text = data.decode(tried) if tried is not None else ""
            except UnicodeDecodeError:
                continue
            if text and ((sense := _sense(text)) > score or (sense == score and tried == codec)):
                best, score = Decoded(text, _NAMED.get(tried or "", tried or "")), sense
    lost = sum(best.text.count(chr(code)) for code in (*range(9), *range(0x0E, 0x1B), 0xFFFD))
    return None if lost * 5 > len(best.text) else best


def _is_unicode(data: bytes) -> bool:
    """Whether `data` begins with the mark of UTF-16, or is UTF-8, which may be cut off inside a character."""
    try:
        return data.startswith(_WIDE_MARKS) or codecs.getincrementaldecoder("utf-8")().decode(data) is not None
    except UnicodeDecodeError:
        return False


def _sense(text: str) -> float:
    """How well the text reads, as mean log p; ASCII, so all markup, does not count."""
    return readability("".join(regex.findall(r"[^\x00-\x7f]+", text[:400_000]))[:20_000])


def _document(doc: str, decoded: Decoded, found: Page, shown: list[Block]) -> Document | None:
    """The document of the lines `shown`: what `articles` finds in its text is not stated beside it as well.

    So each fact that the page shows keeps its place in the text, and metadata fills in what is missing. Two are taken
    from the metadata even so: the day, where the page's lines have another, and the title, where they have no such line
    or `articles` takes another for it. None where nothing but furniture or headlines are left.
    """
    known = html_metadata.stated(found.metadata)
    first, last = _main(found, shown)
    head = _first_prose(shown, first, last)
    made = Document(doc, "", decoded.encoding, {}, decoded.warnings, "metadata", extracted=True)

    title = _title_line(found, shown, head, known)
    sure = title is not None or bool(known.titles)
    if title is not None:
        first, last = _main(found, shown, title + 1, _comments(shown, title))
    elif not sure:
        title = _heading(found, shown, head)
    if _is_list(found, shown[first:last]):
        return None
    head = _first_prose(shown, first, last)
    sources = [source for line in shown[max(0, head - _HEAD) : head] if (source := stated_in(line.text)) is not None]
    named, body = "", shown[first:last]
    if title is not None:
        named = shown[title].text
        body = [shown[title], *_beside(shown[title + 1 : first]), *shown[max(first, title + 1) : last]]
    elif sure:
        named = _without_site(known.titles[0], known)
    else:
        body = shown[:last]
    text = _joined(body)
    if len(text) > _JUDGED:
        return replace(made, text=text, stated=_facts(known, sources, named))

    own = articles(replace(made, text=text))
    if not own:
        return None
    same = [_key(one.title) for one in own]
    if named and (same[:1] != [_key(named)] or (sure and len(own) > 1)):
        return replace(made, text=text[: own[-1].end], stated=_facts(known, sources, named))
    if sure and 2 * own[0].end < len(text):  # a line in the middle was taken for its end
        return replace(made, text=text, stated=_facts(known, sources, named))
    if (own[0].published is None or not own[0].publisher) and (masthead := _masthead(shown[: title or 0])):
        wide = f"{_joined(masthead)}\n{text}"
        more = articles(replace(made, text=wide))
        if [_key(one.title) for one in more] == same:
            text, own = wide, more
    return replace(made, text=text, stated=_missing(known, sources, own))


def _facts(known: Stated, sources: list[SourceLine], title: str) -> dict[str, str]:
    """All that metadata and source lines state, for an article whose `title` is stated beside it: names as the page shows them."""
    facts = {"title": title, "byline": known.byline, "publisher": known.publisher or known.site, "url": known.url}
    for source in sources:
        facts["published"] = (
            source.published.isoformat() if source.published is not None else facts.get("published", "")
        )
        facts["publisher"] = source.publisher or facts["publisher"]
        facts["byline"] = "、".join(source.byline) or facts["byline"]
    if known.days:
        facts["published"] = _shown_day(known, sources).isoformat()
    return {name: fact for name, fact in facts.items() if fact}


def _missing(known: Stated, sources: list[SourceLine], own: list[RawArticle]) -> dict[str, str]:
    """What the metadata states and the articles `own`, as found in the text, do not show."""
    facts = {"url": known.url}
    if known.days:
        day = _shown_day(known, sources)
        if all(one.published is None for one in own) or (len(own) == 1 and own[0].published != day):
            facts["published"] = day.isoformat()
    if len(own) == 1 and not own[0].byline:
        facts["byline"] = known.byline
    if not any(one.publisher for one in own):
        facts["publisher"] = known.publisher or known.site
    return {name: fact for name, fact in facts.items() if fact}


def _first_prose(shown: list[Block], first: int, last: int) -> int:
    return next((i for i in range(first, last) if shown[i].prose), first)


def _comments(shown: list[Block], title: int) -> int:
    """Where, below the prose under the line `title`, readers speak or the site does: at its end where neither does."""
    start = _first_prose(shown, title + 1, len(shown)) + 1
    wanted = (page.Aside.comments, page.Aside.legal)
    return next((i for i in range(start, len(shown)) if page.aside(width.fold(shown[i].text)) in wanted), len(shown))


def _main(found: Page, shown: list[Block], start: int = 0, stop: int | None = None) -> tuple[int, int]:
    """The lines of the innermost block with three quarters of the prose, half-open; all where there is no prose.

    Only the lines from `start` to `stop` count: what is above the title or said about the article is none of it. A block
    around it is taken instead where it adds prose and nothing that looks like the page around an article.
    """
    stop = len(shown) if stop is None else stop
    number = len(found.tags)
    prose, own, paragraphs = (array("q", bytes(8 * number)) for _ in range(3))
    first, last = array("q", [stop]) * number, array("q", [start]) * number
    for i in range(start, stop):
        node, length = shown[i].node, shown[i].prose
        prose[node] += length
        own[node] += length
        paragraphs[node] += length > 0
        first[node], last[node] = min(first[node], i), i + 1
    for node in range(number - 1, 0, -1):
        parent = found.parents[node]
        prose[parent] += prose[node]
        paragraphs[parent] += paragraphs[node]
        first[parent], last[parent] = min(first[parent], first[node]), max(last[parent], last[node])
    if not prose[0]:
        return start, stop
    path = [0]
    for node in range(1, number):  # parents come first, so this walks down
        if (
            found.parents[node] == path[-1]
            and 4 * prose[node] >= 3 * prose[0]
            and not own[path[-1]]
            and not (own[node] and paragraphs[node] == 1)
        ):
            path.append(node)
    begin, end = first[path[-1]], last[path[-1]]
    tried = 0
    for node in reversed(path):
        above, below = shown[first[node] : begin], shown[end : last[node]]
        if not above and not below:
            continue
        tried += 1
        more_above, more_below = (any(line.prose for line in part) for part in (above, below))
        if tried > _TRIED or not (_is_article(above) or not more_above) or not (_is_article(below) or not more_below):
            break
        begin, end = first[node] if more_above else begin, last[node] if more_below else end
    return begin, end


def _is_article(shown: list[Block]) -> bool:
    """Whether no line of `shown` belongs to the page around an article."""
    kinds = {line.kind for line in lines("\n".join(line.text for line in shown))}
    return kinds.isdisjoint((Kind.furniture, Kind.aside, Kind.end, Kind.source)) and not any(
        line.linked for line in shown if not line.prose
    )


def _is_list(found: Page, shown: list[Block]) -> bool:
    """Whether the lines are the headlines of others, each a link above a few words of its article."""
    links = sum(line.linked > 0 and line.is_link and found.tags[line.node] in HEADINGS for line in shown)
    return links >= 4 and 2 * links >= sum(line.prose > 0 for line in shown)


def _title_line(found: Page, shown: list[Block], head: int, known: Stated) -> int | None:
    """The line of the page that is its title as the metadata has it: above the prose at `head`, a heading first, the nearest.

    Where there is none, a heading below it will do: then that prose was of something else.
    """
    for written in (*known.titles, known.page_title):
        key = _key(written)
        best: tuple[bool, bool, int] | None = None
        for i, line in enumerate(shown):
            marked = found.tags[line.node] in HEADINGS
            if (i < head or marked) and len(line.text) <= 200 and _names(written, key, line.text):
                rank = i < head, marked, i if i < head else -i
                best = rank if best is None else max(best, rank)
        if best is not None:
            return abs(best[2])
    heading = _heading(found, shown, head)
    if heading is not None and any(
        _alike(shown[heading].text, written) for written in (*known.titles, known.page_title)
    ):
        return heading
    return None


def _heading(found: Page, shown: list[Block], head: int) -> int | None:
    """The nearest line above the prose at `head` that the page marks as a heading or calls a title."""
    for i in range(head - 1, -1, -1):
        line = shown[i]
        marked = found.tags[line.node] in HEADINGS or line.node in found.titled
        if marked and 5 <= len(line.text) <= 100 and not page.is_page_name(line.text) and stated_in(line.text) is None:
            return i
    return None


def _names(written: str, key: str, line: str) -> bool:
    """Whether `written` is the title `line`, or that with the name of the site on either side; `key` is that of `written`."""
    own = _key(line)
    if len(own) < 4 or own not in key or page.is_page_name(line):
        return False
    if own == key:
        return True
    start = written.find(line)
    if start < 0:
        return False
    before, after = written[:start], written[start + len(line) :]
    return (not before or before[-1] in _SEPARATORS) and (not after or after[0] in _SEPARATORS)


def _alike(line: str, written: str) -> bool:
    """Whether two titles of one article have most of their characters in common: a shorter one is made for phones and searches.

    >>> _alike("县医院老院区改建康复中心", "康复中心月底启用，就在县医院老院区"), _alike("县医院老院区改建康复中心", "江城日报")
    (True, False)
    """
    one, other = set(_key(line)), set(_key(written))
    return 2 * len(one & other) >= min(len(one), len(other)) > 4


def _without_site(title: str, known: Stated) -> str:
    """`title` without the name of the site behind it, which is told by its name or by the parts of the page's own title."""
    parts = regex.split(r"\s*[-_|–|丨]+\s*", title)
    if len(parts) > 1 and known.site and _key(known.site) in map(_key, parts[1:]):
        return parts[0]
    return title


def _beside(between: list[Block]) -> list[Block]:
    """Of the lines between title and body, the second line of the title, the source and the names."""
    if not between:
        return []
    wanted = (Kind.source, Kind.byline)
    judged = {line.row: line for line in lines("\n".join(line.text for line in between))}
    return [
        one
        for i, one in enumerate(between)
        if i in judged and (judged[i].kind in wanted or (judged[i].kind is Kind.title and one.text.startswith("——")))
    ]


def _masthead(above: list[Block]) -> list[Block]:
    """The lines above a title that name the paper and its day, where they say which of its pages this is.

    Elsewhere a day at the head of a page is the day on which it was visited.
    """
    if not any(_PAPER_PAGE.search(line.text) for line in above):
        return []
    return [line for line in above if page.is_site(line.text) or stated_in(line.text) is not None]


def _shown_day(known: Stated, sources: list[SourceLine]) -> dt.date:
    """The day of publication: where the metadata may mean two, the one that the page shows."""
    shown = {source.published for source in sources}
    return next((day for day in known.days if day in shown), known.days[0])


def _joined(shown: list[Block]) -> str:
    """The text of the lines `shown`, without buttons and counters."""
    text = "\n".join(line.text for line in shown)
    if len(text) > _JUDGED:
        return text
    judged = {line.row for line in lines(text) if line.kind is Kind.furniture and "\t" not in line.text}
    return "\n".join(line.text for i, line in enumerate(shown) if i not in judged) if judged else text


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
