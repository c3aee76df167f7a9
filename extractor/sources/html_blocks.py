"""A web page → its blocks of text in order, and its metadata.

A block is a paragraph, a heading, the row of a table, what stands between two line breaks. What is hidden, a script or a
template is no text; a menu, what is named as comments or as a list of others, and a link on a line of its own are dropped.

The parser gives events, never a tree: a page of any depth is read in memory that grows with its text alone.
"""

from __future__ import annotations

from array import array
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import regex

from extractor.articles import page
from extractor.articles.dates import SourceLine, source_line
from extractor.normalise import width
from extractor.sources.html_metadata import Metadata

_BLOCKS: Final = frozenset(
    "address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 "
    "h6 header hgroup hr html legend li main menu nav ol p pre section summary table caption tbody td tfoot th thead tr ul".split()
)
_SKIPPED: Final = frozenset(
    "script style noscript template textarea select button svg math iframe object embed video audio canvas map marquee title "
    "datalist frameset noframes nav footer aside rp rt".split()
)
_IN_HEAD: Final = frozenset("meta link title script base style noscript template".split())
HEADINGS: Final = frozenset("h1 h2 h3 h4".split())
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
MOST: Final = 500_000  # elements; the longest real pages have some ten thousand
_CHUNK: Final = 1 << 16
_LONG: Final = 40  # characters of a line that is prose though it has no full stop
_CELL: Final = 200  # characters of the longest cell of a table of data
_LINK: Final = "\x01"  # where a link begins
_MARK: Final = "\x00"  # where one piece of a line ends and another begins; the parser lets no NUL through
# A line break in the source of the page is no blank between two characters that are written without one.
_WIDE: Final = r"[\p{Han}\u3000-\u303f\uff00-\uffef“”‘’—…·]"
_BREAK = regex.compile(rf"(?<={_WIDE}[\x00\x01]?)\n(?=[\x00\x01]?{_WIDE})")
_SPACE = regex.compile(r"[ \t\n\x0b\x0c\r\x1c-\x1f\x85\u2028\u2029]+")
_ENDS: Final = " \t\xa0\u3000\ufeff\u2060\u202f\u205f\u1680\u180e" + "".join(map(chr, range(0x2000, 0x2010)))
_MARKS = regex.compile("[\x00\x01]")
_PIECES = regex.compile("\x01(?P<link>[^\x00\x01]*)\x00?")
_CONTROL = regex.compile(r"[\x00-\x08\x0e-\x1b\x7f]")
_TEMPLATE = regex.compile(r"\{\{[^{}]{0,200}\}\}|\$\{[^{}]{0,200}\}|<%[^%]{0,200}%>")


class TooManyElements(Exception):
    """The page has more elements than are read."""


@dataclass(slots=True)
class Block:
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
class Page:
    """The blocks of a page, parents before children, its lines in order, and its metadata."""

    metadata: Metadata = field(default_factory=Metadata)
    parents: array[int] = field(default_factory=lambda: array("i"))
    tags: list[str] = field(default_factory=list)
    aside: dict[int, int] = field(default_factory=dict)
    titled: set[int] = field(default_factory=set)
    lines: list[Block] = field(default_factory=list)
    rows: dict[int, list[int]] = field(default_factory=dict)
    scripts: int = 0


class _Builder:
    """Takes the parser's events and makes a `Page` of them."""

    def __init__(self) -> None:
        self.page = Page()
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
        if self.elements > MOST:
            raise TooManyElements
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

    def close(self) -> Page:
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
        self.page.lines.append(Block(self.stack[-1], text, linked, spaced))


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


def parse(text: str) -> Page:
    from lxml import etree  # type: ignore[import-untyped,unused-ignore]

    parser = etree.HTMLParser(target=_Builder(), encoding="utf-8", huge_tree=True)
    for start in range(0, len(text), _CHUNK):
        parser.feed(text[start : start + _CHUNK].replace("\x00", "").encode("utf-8", "replace"))
    try:
        built: Page = parser.close()
    except etree.LxmlError:  # not a single element
        return Page()
    return built


def kept(found: Page) -> list[Block]:
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
    shown: list[Block] = []
    for line in found.lines:
        if dropped[line.node]:
            continue
        if (row := rows.get(line.node)) is not None:
            if row.node not in emitted:
                emitted.add(row.node)
                shown.append(row)
            continue
        if (line.is_link and found.tags[line.node] not in HEADINGS) or _TEMPLATE.search(line.text) is not None:
            continue
        if len(line.text) <= 4 and not any(map(str.isalpha, line.text)):  # a counter, an arrow
            continue
        if line.spaced and stated_in(line.spaced) is not None:
            line.text = line.spaced
        shown.append(line)
    return shown


def _data_rows(found: Page) -> dict[int, Block]:
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
    joined: dict[int, Block] = {}
    for table, table_rows in held.items():
        wide = [own for own in table_rows if len(own) > 1]
        filled = [sum(map(len, texts.get(cell, ()))) for own in table_rows for cell in own]
        if table in nested or len(table_rows) < 2 or 2 * len(wide) <= len(table_rows) or max(filled) > _CELL:
            continue
        if 2 * links.get(table, 0) > len(filled):
            continue
        for own in table_rows:
            line = Block(cells[own[0]], "\t".join(" ".join(texts.get(cell, ())) for cell in own).rstrip("\t"))
            for node in own:
                joined[node] = line
    return {node: joined[cell_of[node]] for node in range(1, number) if cell_of[node] in joined} if joined else {}


def stated_in(line: str) -> SourceLine | None:
    """What `line` states about its article, where it is a source line."""
    return source_line(width.fold(line.replace("\xa0", " ").replace("\u3000", " "))) if len(line) <= 200 else None
