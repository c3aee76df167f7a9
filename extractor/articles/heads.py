"""Which lines of a document are its articles, and which of an article's lines are its title.

An article begins with the lines of its title and ends before the next title, or where the page around it begins. Below the
end of one, the next must show the more, the likelier comments or lists of other headlines are there.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

from extractor.articles import page
from extractor.articles.dates import source_line
from extractor.articles.lines import BODY, MARKDOWN, Kind, Line
from extractor.articles.opening import opens_report
from extractor.articles.page_head import is_page_head
from extractor.later import later
from extractor.normalise import furniture, shapes

_PART: Final = 4  # code points; the headings of parts of a report, 相关背景 or 一线声音, are seldom longer
_PARAGRAPH: Final = 60  # code points; a body this long is no comment and no entry of a list

_PROVINCES = (
    "北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南|广东|海南|四川|贵州|云南|陕西|甘肃|青海|台湾|内蒙古|广西|西藏|宁夏|新疆|"
    "香港|澳门|重慶|遼寧|黑龍江|江蘇|廣東|貴州|雲南|陝西|甘肅|臺灣|台灣|內蒙古|廣西|寧夏|澳門"
)
# 江苏盐城: …, the title of one report among several from different places.
_PLACE_TITLE = later(
    rf"(?:(?:{_PROVINCES})[{shapes.HAN}]{{0,10}}|[{shapes.HAN}]{{2,10}}(?:[省市县州盟旗镇乡縣鎮鄉]|(?<!社)[区區]|街道|(?P<small>[村屯寨]|社[区區]|林场|农场|林場|農場))) ?[:|] ?(?=[{shapes.HAN}“《‘A-Za-z0-9])"
)
# The name of a paper above its first report.
MASTHEAD = re.compile(
    rf"[{shapes.HAN}]{{1,6}}(?:日报|晚报|早报|时报|周报|晨报|商报|都市报|(?<![简海预播情通快喜汇捷周早晚日时上申汇回])报|日報|晚報|時報|(?<![簡海預播情通快喜匯捷])報|新闻网|新聞網)"
)


# What parts reports that nothing else parts; shorter rows of marks stand inside of one as well.
_RULED_OFF = re.compile(r"(?:[=＝] ?){5,}|(?:[-—_*#~─━] ?){10,}")


_BRACKETS: Final = frozenset(")】]〕")
_COLUMN_MARKS: Final = frozenset("【[〔栏欄专專■●◆▌▎▍□▶►|*")  # with which the name of a column begins


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
class Extent:
    """One article as numbers of lines: `first` to `last`, both its own, and the first line of its body."""

    first: int
    last: int
    title: tuple[int, int] | None  # half-open
    body: int


def one_article(lines: list[Line]) -> Extent:
    """All lines as one article without a title of its own."""
    return Extent(0, len(lines) - 1, None, 0)


def find(lines: list[Line]) -> list[Extent]:
    """The articles among `lines`, in order; none where no line is a sentence, nor verse under a title and a name."""
    found: list[Extent] = []
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
            line.kind is Kind.caption or (line.kind is Kind.title and not _is_over_title(line.text))
            for line in lines[:first]
        ):
            first = 0  # no page around it: what stands above its title is its own
        last, position, wanted = _read_on(lines, body, final)
        found.append(Extent(first, last, title, body))
    return found or _poems(lines)


def _poems(lines: list[Line]) -> list[Extent]:
    """The poems among `lines` without a sentence: each a title, its author's name on a line of its own, and verse of three lines."""
    heads = [
        i
        for i in range(len(lines) - 4)
        if lines[i].kind is Kind.title
        and (lines[i + 1].kind is Kind.byline or is_author(lines, i + 1, i + 2))
        and all(line.kind is Kind.title and not shapes.is_lone_name(line.text) for line in lines[i + 2 : i + 5])
    ]
    if not any(lines[i + 1].kind is Kind.byline for i in heads):  # two names in a list of anything
        return []
    stops = [*heads[1:], len(lines)]
    found = []
    for first, stop in zip(heads, stops, strict=True):
        outside = (i for i in range(first, stop) if lines[i].kind in (Kind.end, Kind.aside, Kind.furniture))
        found.append(Extent(first, next(outside, stop) - 1, (first, first + 1), first + 2))
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
        signed = below < body and (lines[below].kind in _BESIDE or is_author(lines, below, body))
        blocks.append((max(first, i - 5), i, signed))
    if not blocks:
        return None
    # The names of the page and its columns are a title only where nothing else can be.
    blocks = [block for block in blocks if not all(_is_over_title(lines[k].text) for k in range(*block[:2]))] or blocks
    # Without any furniture above, a text of its own: its title stands first, whatever picture comes between.
    bare = not listed and all(lines[i].kind in (Kind.title, Kind.caption) for i in range(position, body))
    signed_blocks = [block for block in blocks if block[2]]
    if listed and signed_blocks:
        first, last, _ = signed_blocks[-1]
    else:
        first, last, _ = signed_blocks[0] if signed_blocks else blocks[0 if bare else -1]
    ranked = sum(page.is_listed(line.text) for line in lines[first : last - 1]) > 1
    if listed or ranked or last - first > 3:
        first = _behind_list(lines, first, last, listed=listed)
    while first + 1 < last and _is_over_title(lines[first].text) and not lines[first + 1].text.startswith("——"):
        first += 1
    for i in range(last - 1, first, -1):  # what stands above the heading of a page or the first of several reports
        if MARKDOWN.match(lines[i].text) and not MARKDOWN.match(lines[i - 1].text):
            return i, last
        if _PLACE_TITLE.match(lines[i].text) and all(len(line.text) <= 8 for line in lines[first:i]):
            return i, last
    signed = any(last == end and named for _, end, named in blocks) or opens_report(lines[body].text)
    end = first + 1
    while end < last and _is_subtitle(lines[end].text, signed=signed) and not page.is_site(lines[end].text):
        end += 1
    return first, end


def _is_over_title(line: str) -> bool:
    """Whether `line` may stand above a title without being part of it: the head of a page, the name of a site or a column."""
    return page.is_page_name(line) or page.is_column(line) or is_page_head(line)


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
    return lines[i].kind is Kind.title and not is_author(lines, i, body) and MASTHEAD.fullmatch(lines[i].text) is None


def _is_subtitle(line: str, *, signed: bool) -> bool:
    """Whether `line` below the first line of a title still belongs to it, and neither opens the text nor heads a part of it.

    Above names or a source a title is `signed`, and all lines down to them are its own, a clause or two though they be.
    """
    if line.startswith("——"):
        return True
    return (
        len(line) <= BODY
        and (signed or "," not in line)
        and line[-1] not in ":?"
        and (line[0] != "【" or (signed and not page.is_column(line)))
        and not shapes.is_numbered(line)
    )


def is_author(lines: list[Line], i: int, body: int) -> bool:
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
            if _interrupts(lines, last, i):
                i += 1
                continue
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


def _interrupts(lines: list[Line], last: int, i: int) -> bool:
    """Whether line `i` stands in the middle of a sentence that line `last` begins: then nothing ends with it."""
    below = next((line for line in lines[i + 1 :] if line.kind is not Kind.furniture), None)
    return below is not None and furniture.interrupts(lines[i].text, lines[last].text, below.text)


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
    numbered = shapes.is_numbered(line.text) and not page.is_column(line.text)
    closed = above.kind is Kind.credit or _is_signed_off(above.text)
    if (above.kind is Kind.title and not closed) or numbered or line.text.startswith(("——", "(")):
        return False
    finished = closed or shapes.is_finished(above.text) or above.kind in (Kind.byline, Kind.source, Kind.caption)
    bracketed = line.text[0] == "【"  # a column over a title, or a case told in this article
    if bracketed and not finished:
        return False
    below = i + 1
    while below < len(lines) and lines[below].kind is Kind.title and below - i < 5:
        below += 1
    if below >= len(lines):
        return False
    if bracketed and below - i < 2 and page.is_column(line.text):
        return False
    author = not bracketed and is_author(lines, below - 1, below) and lines[below].kind is Kind.body and below - i >= 2
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
    if finished and below - i <= 3 and opens_report(lines[below].text):
        return True
    if finished and below - i >= 2 and line.text[0] in _COLUMN_MARKS and _is_repeated_column(lines, i):
        return True
    if bracketed:
        return False
    if above.kind is Kind.credit or (closed and _has_publisher(above.text)):
        return True
    ruled_off = finished and last + 1 < i and any(_RULED_OFF.fullmatch(lines[k].text) for k in range(last + 1, i))
    if (closed or ruled_off) and (len(line.text) > _PART or _has_own_end(lines, below)):
        return True
    if MARKDOWN.match(line.text):
        return line.text.startswith("# ")
    place = _PLACE_TITLE.match(line.text) if finished else None
    if place is None or len(lines[below].text) < BODY:
        return False
    return place["small"] is None or _has_own_end(lines, below)


def _is_signed_off(text: str) -> bool:
    """Whether `text` ends as only the last line of a report does: (据…), (记者 李明), (李明), (完)."""
    if text[-1] not in _BRACKETS and text[-2:-1] not in _BRACKETS:
        return False
    closed = shapes.closing(text)
    return text.endswith(("(完)", "(全文完)")) or (closed is not None and bool(closed.publisher or closed.names))


def _has_publisher(text: str) -> bool:
    closed = shapes.closing(text)
    return closed is not None and bool(closed.publisher)


def _has_own_end(lines: list[Line], body: int) -> bool:
    """Whether what begins with the line `body` is signed off before the next title."""
    for line in lines[body : body + 8]:
        if line.kind is Kind.credit or _is_signed_off(line.text):
            return True
        if line.kind is Kind.title:
            return False
    return False


def _is_repeated_column(lines: list[Line], i: int) -> bool:
    """Whether the column named by line `i` stands over the first article of the document too."""
    if not page.is_column(lines[i].text):
        return False
    for line in lines[:i]:
        if line.kind is Kind.body:
            return False
        if line.text == lines[i].text:
            return True
    return False


def _has_date(line: str) -> bool:
    found = source_line(line)
    return found is not None and found.published is not None
