"""A web page with a news report → a document: its text without what surrounds it, and the facts its metadata states.

Pages are read in three steps. The parser's events become lines, one for each block (a paragraph, a heading, the row of a
table, what stands between two line breaks); what is hidden, a script, a menu or named as comments or a list of others is
dropped. The part of the page that holds most of the prose is kept, with the lines of the title above it. What is still
furniture then is left to `articles`, which knows it by its words.

The parser gives events, never a tree: a page of any depth is read in memory that grows with its text alone.
"""

from __future__ import annotations

import codecs
import datetime as dt
import unicodedata
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import regex

from extractor.article import Document, RawArticle, UnreadableDocument
from extractor.normalise import width
from extractor.sources import html_metadata, page, plain
from extractor.sources.articles import articles
from extractor.sources.dates import SourceLine, source_line
from extractor.sources.decode import Decoded, decode, readability
from extractor.sources.fields import Fields
from extractor.sources.html_metadata import Metadata, Stated
from extractor.sources.lines import Kind, lines
from extractor.sources.plain import known_kind

_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hgroup hr html legend li main menu nav ol p pre section summary table caption tbody td tfoot th thead tr ul".split()
)
_SKIPPED: Final = frozenset(
    "script style noscript template textarea select button svg math iframe object embed video audio canvas map marquee title "
    "datalist frameset noframes nav footer aside rp rt".split()
)
_IN_HEAD: Final = frozenset("meta link title script base style noscript template".split())
_HEADINGS: Final = frozenset("h1 h2 h3 h4".split())
# Words of classes and ids by which sites mark what is not the article, each with the most of the page's prose, in percent,
# that such a part may hold: comments may be longer than what they are about, and some pages are named after a part of them.
_ASIDE_NAMES: Final = {
    **dict.fromkeys(
        "comment comments commentlist pinglun reply replies cmt cmts related relate relates relation relative recommend recommends recommendation "
        "tuijian footer copyright hotnews hotlist ranklist guess xgyd xgxw".split(),
        80,
    ),
    **dict.fromkeys(
        "rank ranking paihang share sharebox bdshare jiathis social nav navbar navigation menu crumb crumbs breadcrumb breadcrumbs daohang foot "
        "sidebar toolbar topbar login pagination pager pagebar ad ads advert advertisement adbox qrcode ewm erweima weixin popup modal toast "
        "tags taglist keywords disclaimer statement btns prevnext nextprev prenext readmore hot".split(),
        33,
    ),
}
_TITLE_NAMES: Final = frozenset("title tit headline biaoti bt".split())
_WORDS = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_HIDDEN = regex.compile(r"(?i)display\s*:\s*none")
_MOST: Final = 500_000  # elements; the longest real pages have some ten thousand
_CHUNK: Final = 1 << 16
_LIST: Final = "check that it is the page of an article and not a list, and that it was saved whole"
_LONG: Final = 40  # characters of a line that is prose though it has no full stop
_JUDGED: Final = 1_000_000  # characters of the longest text whose furniture is looked for by its words
_TRIED: Final = 50  # blocks around the main one that are looked at
_HEAD: Final = 12  # lines above the body in which its source may stand
_CELL: Final = 200  # characters of the longest cell of a table of data
_LINK: Final = "\x01"  # where a link begins
_MARK: Final = "\x00"  # where one piece of a line ends and another begins; the parser lets no NUL through
# A line break in the source of the page is no blank between two characters that are written without one.
_WIDE: Final = r"[\p{Han}\u3000-\u303f\uff00-\uffef“”‘’—…·]"
_BREAK = regex.compile(rf"(?<={_WIDE}[\x00\x01]?)\n(?=[\x00\x01]?{_WIDE})")
_SPACE = regex.compile(r"[ \t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_ENDS: Final = " \t\xa0\u3000\ufeff\u2060\u202f\u205f\u1680\u180e" + "".join(map(chr, range(0x2000, 0x2010)))
_PAPER_PAGE = regex.compile(r"第 ?[A-Z]?\d{1,3} ?版|(?<![A-Za-z\d])[A-D]\d{1,2}版?[:：]")
_MARKS = regex.compile("[\x00\x01]")
_PIECES = regex.compile("\x01(?P<link>[^\x00\x01]*)\x00?")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_TAG = regex.compile(r"<[a-zA-Z!?/]")
_TEMPLATE = regex.compile(r"\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}|<%[^%]{0,200}%>")
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


class _TooMany(Exception):
    """The page has more elements than are read."""


@dataclass(slots=True)
class _Line:
    """One line: `node` is the block it stands in, `linked` how many of its characters are links, `spaced` has its pieces apart."""

    node: int
    text: str
    linked: int = 0
    spaced: str = ""

    @property
    def prose(self) -> int:
        """How many characters of it are prose: none for a button, a headline, a link or the row of a table."""
        if "\t" in self.text:
            return 0
        own = len(self.text) - self.linked
        return own if own >= _LONG or (own >= 10 and "。" in self.text) else 0

    @property
    def is_link(self) -> bool:
        return 5 * self.linked >= 3 * len(self.text) and not ("。" in self.text and len(self.text) >= _LONG)


@dataclass(slots=True)
class _Page:
    """The blocks of a page, parents before children, its lines in order, and its metadata."""

    metadata: Metadata = field(default_factory=Metadata)
    parents: array[int] = field(default_factory=lambda: array("i"))
    tags: list[str] = field(default_factory=list)
    aside: dict[int, int] = field(default_factory=dict)
    titled: set[int] = field(default_factory=set)
    lines: list[_Line] = field(default_factory=list)
    rows: dict[int, list[int]] = field(default_factory=dict)
    scripts: int = 0


def read(path: Path, doc: str, fields: Fields) -> Iterator[Document | UnreadableDocument]:
    """The one document of the page at `path`. Raises OSError when it cannot be opened."""
    yield document(path.read_bytes(), doc)


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
        found = _parse(decoded.text)
    except _TooMany:
        reason = f"it has more than {_MOST:,} elements, so it is no page of one article: save the article by itself"
        return UnreadableDocument(doc, reason)
    shown = _kept(found)
    if reason := _without_article(found, shown):
        return UnreadableDocument(doc, f"there is no article text in it: {reason}")
    return _document(doc, decoded, found, shown) or UnreadableDocument(doc, f"there is no article text in it: {_LIST}")


def _without_article(found: _Page, shown: list[_Line]) -> str:
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


class _Builder:
    """Takes the parser's events and makes a `_Page` of them."""

    def __init__(self) -> None:
        self.page = _Page()
        self.elements = 0
        self.skipped = 0  # open elements since the one whose contents are dropped
        self.kept_text: list[str] | None = None  # of the title or a script that is wanted
        self.wanted = ""
        self.microdata: list[tuple[int, str, list[str]]] = []  # open elements whose text is a fact: depth, name, text
        self.depth = 0
        self.anchors: list[bool] = []  # the open ones, each with whether it is a link
        self.links = 0
        self.stack = [self._node("", -1)]
        self.parts: list[str] = []
        self.linked = 0

    def start(self, tag: str, attrib: Mapping[str, str]) -> None:
        self.elements += 1
        if self.elements > _MOST:
            raise _TooMany
        self.depth += 1
        if tag in _IN_HEAD:
            self._head(tag, attrib)
        if self.skipped:
            self.skipped += 1
            return
        if tag in _SKIPPED or (attrib and tag not in ("html", "body") and _is_hidden(attrib)):
            self.skipped = 1
            if tag in _BLOCKS:
                self._flush()
            else:
                self.parts.append(_MARK)
            return
        if attrib:
            self._fact(tag, attrib)
        if tag == "br":
            self._flush()
        elif tag in _BLOCKS:
            self._flush()
            node = self._node(tag, self.stack[-1])
            self.stack.append(node)
            words = _words(attrib) if attrib else frozenset()
            if tag not in ("html", "body") and not words.isdisjoint(_ASIDE_NAMES):
                self.page.aside[node] = max(_ASIDE_NAMES.get(word, 0) for word in words)
            if not words.isdisjoint(_TITLE_NAMES):
                self.page.titled.add(node)
            if tag in ("td", "th"):
                self.page.rows.setdefault(self.stack[-2], []).append(node)
        elif tag == "a":
            self.anchors.append(attrib.get("href") is not None)
            self.links += self.anchors[-1]
            self.parts.append(_LINK)
        elif tag in ("span", "em", "i", "label"):
            self.parts.append(_MARK)

    def end(self, tag: str) -> None:
        self.depth -= 1
        if self.kept_text is not None and tag in ("title", "script"):
            self._keep("".join(self.kept_text))
        while self.microdata and self.microdata[-1][0] > self.depth:
            _, name, text = self.microdata.pop()
            if name == "js_name":
                self.page.metadata.account = " ".join("".join(text).split())
            else:
                self.page.metadata.add(name, "".join(text))
        if self.skipped:
            self.skipped -= 1
        elif tag in _BLOCKS:
            self._flush()
            if len(self.stack) > 1:
                self.stack.pop()
        elif tag in ("a", "span", "em", "i", "label"):
            if tag == "a" and self.anchors:
                self.links -= self.anchors.pop()
            self.parts.append(_MARK)

    def data(self, data: str) -> None:
        if not data.isprintable():
            data = _CONTROL.sub("", data)
        if self.kept_text is not None:
            self.kept_text.append(data)
        if self.skipped:
            return
        self.parts.append(data)
        if self.links:
            self.linked += len(data.strip())
        for _, _, text in self.microdata[-3:]:
            if len(text) < 20:
                text.append(data[:200])

    def close(self) -> _Page:
        self._flush()
        return self.page

    def _node(self, tag: str, parent: int) -> int:
        self.page.parents.append(parent)
        self.page.tags.append(tag)
        return len(self.page.tags) - 1

    def _head(self, tag: str, attrib: Mapping[str, str]) -> None:
        known = self.page.metadata
        if tag == "meta":
            for name in ("property", "name", "itemprop"):
                known.add(attrib.get(name) or "", attrib.get("content") or "")
        elif tag == "link" and (attrib.get("rel") or "").lower() == "canonical":
            known.canonical = known.canonical or (attrib.get("href") or "").strip()
        elif tag == "title" and not known.title and not self.skipped:
            self.kept_text, self.wanted = [], "title"
        elif tag == "script":
            self.page.scripts += 1
            kind = (attrib.get("type") or "").lower()
            if kind.startswith("application/ld+json"):
                self.kept_text, self.wanted = [], "linked"
            elif not attrib.get("src") and ("script" in kind or not kind):
                self.kept_text, self.wanted = [], "script"

    def _keep(self, text: str) -> None:
        known = self.page.metadata
        if self.wanted == "title":
            known.title = text[:1000]
        elif self.wanted == "linked":
            known.linked.append(text)
        elif not known.script and "nickname" in text and "createTime" in text:
            known.script = text[:_CHUNK]
        self.kept_text = None

    def _fact(self, tag: str, attrib: Mapping[str, str]) -> None:
        name = attrib.get("itemprop") or ""
        if attrib.get("id") == "js_name":
            name = "js_name"
        elif not name or tag == "meta":
            return
        if value := attrib.get("content") or attrib.get("datetime"):
            self.page.metadata.add(name, value)
        elif len(self.microdata) < 50:
            self.microdata.append((self.depth, name, []))

    def _flush(self) -> None:
        if not self.parts:
            return
        joined = "".join(self.parts)
        linked, self.linked = self.linked, 0
        self.parts.clear()
        if not joined.isprintable():
            joined = _SPACE.sub(_blank, joined)
            if "\n" in joined:
                joined = _BREAK.sub("", joined).replace("\n", " ")
        text = _MARKS.sub("", joined).strip(_ENDS)
        if not text:
            return
        spaced = ""
        if len(text) <= 200 and "。" not in text and (_MARK in joined or _LINK in joined):
            pieces = _PIECES.sub(lambda piece: "" if _is_button(piece["link"]) else piece[0], joined)
            spaced = " ".join(_MARKS.sub(" ", pieces).split(" ")).strip(_ENDS)
            spaced = "" if spaced == text else spaced
        self.page.lines.append(_Line(self.stack[-1], text, linked, spaced))


def _is_hidden(attrib: Mapping[str, str]) -> bool:
    return "hidden" in attrib or _HIDDEN.search(attrib.get("style") or "") is not None


def _blank(run: regex.Match[str]) -> str:
    """What is left of a run of blanks: a line break, if there is one in it."""
    return "\n" if "\n" in run[0] or "\r" in run[0] else " "


def _is_button(link: str) -> bool:
    link = link.strip(_ENDS)
    return not link or page.is_channel(link) or page.is_page_line(link) or page.aside(link) is not None


def _words(attrib: Mapping[str, str]) -> set[str]:
    """The words of the class and the id of an element: share-box and shareBox are share and box."""
    names = f"{attrib.get('class') or ''} {attrib.get('id') or ''}"
    return {word.lower() for word in _WORDS.findall(names)} if 1 < len(names) <= 300 else set()


def _parse(text: str) -> _Page:
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]

    parser = etree.HTMLParser(target=_Builder(), encoding="utf-8", huge_tree=True)
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK].replace("\x00", "").encode("utf-8", "replace"))
    try:
        built: _Page = parser.close()
    except etree.LxmlError:  # not a single element
        return _Page()
    return built


def _kept(found: _Page) -> list[_Line]:
    """The lines of the page in order, without those of asides, links and templates; the cells of a table's row are one line.

    An aside by its name that holds too much of the prose is none.
    """
    number = len(found.tags)
    prose = array("q", bytes(8 * number))
    for line in found.lines:
        prose[line.node] += line.prose
    for node in range(number - 1, 0, -1):
        prose[found.parents[node]] += prose[node]
    dropped = bytearray(number)
    for node in range(1, number):
        named = node in found.aside and 100 * prose[node] <= found.aside[node] * prose[0]
        dropped[node] = dropped[found.parents[node]] or named
    rows = _data_rows(found)
    emitted: set[int] = set()
    shown: list[_Line] = []
    for line in found.lines:
        if dropped[line.node]:
            continue
        if (row := rows.get(line.node)) is not None:
            if row.node not in emitted:
                emitted.add(row.node)
                shown.append(row)
            continue
        if (line.is_link and found.tags[line.node] not in _HEADINGS) or _TEMPLATE.search(line.text) is not None:
            continue
        if len(line.text) <= 4 and not any(map(str.isalpha, line.text)):  # a counter, an arrow
            continue
        if line.spaced and _source(line.spaced) is not None:
            line.text = line.spaced
        shown.append(line)
    return shown


def _data_rows(found: _Page) -> dict[int, _Line]:
    """For each cell of a table of data, its row as a line with the cells joined by tabs; layout tables have none.

    A table of data has two rows and two columns at least, and nothing in its cells but short text.
    """
    cells = {cell: row for row, own in found.rows.items() for cell in own}
    if not cells:
        return {}
    number = len(found.tags)
    cell_of = array("i", bytes(4 * number))  # the cell a block stands in, itself included; 0 for none
    table_of = array("i", bytes(4 * number))
    nested: set[int] = set()
    for node in range(1, number):
        parent = found.parents[node]
        cell_of[node] = node if node in cells else cell_of[parent]
        table_of[node] = node if found.tags[node] == "table" else table_of[parent]
        if found.tags[node] == "table" and table_of[parent]:
            nested.add(table_of[parent])
    texts: dict[int, list[str]] = {}
    links: dict[int, int] = {}
    for line in found.lines:
        if cell := cell_of[line.node]:
            texts.setdefault(cell, []).append(line.text)
            links[table_of[cell]] = links.get(table_of[cell], 0) + (line.linked > 0)
    held: dict[int, list[list[int]]] = {}
    for row, own in found.rows.items():
        held.setdefault(table_of[row], []).append(own)
    joined: dict[int, _Line] = {}
    for table, table_rows in held.items():
        wide = [own for own in table_rows if len(own) > 1]
        filled = [sum(map(len, texts.get(cell, ()))) for own in table_rows for cell in own]
        if table in nested or len(table_rows) < 2 or 2 * len(wide) <= len(table_rows) or max(filled) > _CELL:
            continue
        if 2 * links.get(table, 0) > len(filled):
            continue
        for own in table_rows:
            line = _Line(cells[own[0]], "\t".join(" ".join(texts.get(cell, ())) for cell in own).rstrip("\t"))
            for node in own:
                joined[node] = line
    return {node: joined[cell_of[node]] for node in range(1, number) if cell_of[node] in joined} if joined else {}


def _document(doc: str, decoded: Decoded, found: _Page, shown: list[_Line]) -> Document | None:
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
    sources = [source for line in shown[max(0, head - _HEAD) : head] if (source := _source(line.text)) is not None]
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


def _first_prose(shown: list[_Line], first: int, last: int) -> int:
    return next((i for i in range(first, last) if shown[i].prose), first)


def _comments(shown: list[_Line], title: int) -> int:
    """Where, below the prose under the line `title`, readers speak or the site does: at its end where neither does."""
    start = _first_prose(shown, title + 1, len(shown)) + 1
    wanted = (page.Aside.comments, page.Aside.legal)
    return next((i for i in range(start, len(shown)) if page.aside(width.fold(shown[i].text)) in wanted), len(shown))


def _main(found: _Page, shown: list[_Line], start: int = 0, stop: int | None = None) -> tuple[int, int]:
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


def _is_article(shown: list[_Line]) -> bool:
    """Whether no line of `shown` belongs to the page around an article."""
    kinds = {line.kind for line in lines("\n".join(line.text for line in shown))}
    return kinds.isdisjoint((Kind.furniture, Kind.aside, Kind.end, Kind.source)) and not any(
        line.linked for line in shown if not line.prose
    )


def _is_list(found: _Page, shown: list[_Line]) -> bool:
    """Whether the lines are the headlines of others, each a link above a few words of its article."""
    links = sum(line.linked > 0 and line.is_link and found.tags[line.node] in _HEADINGS for line in shown)
    return links >= 4 and 2 * links >= sum(line.prose > 0 for line in shown)


def _title_line(found: _Page, shown: list[_Line], head: int, known: Stated) -> int | None:
    """The line of the page that is its title as the metadata has it: above the prose at `head`, a heading first, the nearest.

    Where there is none, a heading below it will do: then that prose was of something else.
    """
    for written in (*known.titles, known.page_title):
        key = _key(written)
        best: tuple[bool, bool, int] | None = None
        for i, line in enumerate(shown):
            marked = found.tags[line.node] in _HEADINGS
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


def _heading(found: _Page, shown: list[_Line], head: int) -> int | None:
    """The nearest line above the prose at `head` that the page marks as a heading or calls a title."""
    for i in range(head - 1, -1, -1):
        line = shown[i]
        marked = found.tags[line.node] in _HEADINGS or line.node in found.titled
        if marked and 5 <= len(line.text) <= 100 and not page.is_page_name(line.text) and _source(line.text) is None:
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


def _beside(between: list[_Line]) -> list[_Line]:
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


def _masthead(above: list[_Line]) -> list[_Line]:
    """The lines above a title that name the paper and its day, where they say which of its pages this is.

    Elsewhere a day at the head of a page is the day on which it was visited.
    """
    if not any(_PAPER_PAGE.search(line.text) for line in above):
        return []
    return [line for line in above if page.is_site(line.text) or _source(line.text) is not None]


def _shown_day(known: Stated, sources: list[SourceLine]) -> dt.date:
    """The day of publication: where the metadata may mean two, the one that the page shows."""
    shown = {source.published for source in sources}
    return next((day for day in known.days if day in shown), known.days[0])


def _joined(shown: list[_Line]) -> str:
    """The text of the lines `shown`, without buttons and counters."""
    text = "\n".join(line.text for line in shown)
    if len(text) > _JUDGED:
        return text
    judged = {line.row for line in lines(text) if line.kind is Kind.furniture and "\t" not in line.text}
    return "\n".join(line.text for i, line in enumerate(shown) if i not in judged) if judged else text


def _source(line: str) -> SourceLine | None:
    """What `line` states about its article, where it is a source line."""
    return source_line(width.fold(line.replace("\xa0", " ").replace("\u3000", " "))) if len(line) <= 200 else None


def _key(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()
