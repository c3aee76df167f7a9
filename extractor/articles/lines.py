"""The lines of a document, each with what it looks like taken by itself."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from extractor.article import Letters
from extractor.articles import page
from extractor.articles.dates import source_line
from extractor.articles.opening import opens_report
from extractor.letters import letters
from extractor.normalise import control, gloss, pages, shapes, tags, width
from extractor.text import Text

_TITLE = 70  # code points; the longest line that may be a title
BODY = 40  # a longer line that holds a clause mark is no title
_PARAGRAPH = 130

_BLANK = " \t\xa0\u3000\ufeff\u200b\r\n\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_TONED = frozenset("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ")
_BARS = frozenset(map(chr, shapes.BARS))
MARKDOWN = re.compile(r"#{1,6} +")

# The marks of which a byline, a source line, a credit or a caption has one at least.
_SIGNS = frozenset(
    "记記作理执執主选選综綜通评評撰采採编編译譯实實文图圖摄攝供■●◆□◎○◇据據来來源稿转轉摘原载載发發布佈刊更时時日年0123456789▲△▼↑←→上下左右题題资資yY"
)
_CAPTION = re.compile(
    r".{0,110}\((?:圖|图|照片|資料照|资料照|資料圖|翻攝|摄影|攝影|記者[^()]{2,8}攝|取自)[^()]{0,30}\)[。 ]?"
)


class Kind(Enum):
    body = "a sentence or more"
    title = "a line that may be a title or a heading"
    byline = "names of authors"
    source = "publisher or date"
    credit = "(据…)"
    caption = "a caption that says so"
    furniture = "a button, a counter, a template remnant, a headline of another article"
    end = "the editor's line below an article"
    aside = "the first line of comments, recommendations, legal notes"


class Line(NamedTuple):
    """`text` is the source between `start` and `end` with its marks folded, character for character.

    `row` counts the line ends before it, so that two lines with a blank one between are two apart.
    """

    start: int
    end: int
    text: str
    kind: Kind
    row: int = 0


def lines(text: str, present: Letters | None = None) -> list[Line]:
    """The lines of `text` that hold anything, without the blanks around them; `present` are its `letters`, where known.

    >>> [(line.text, line.kind.name, line.row) for line in lines("石桥乡兴修水利\\r\\n\\u3000记者:李明\\n\\n全乡修渠36条。\\n")]
    [('石桥乡兴修水利', 'title', 0), ('记者:李明', 'byline', 1), ('全乡修渠36条。', 'body', 3)]
    """
    present = letters(text) if present is None else present
    tagged = "<" in present and ">" in present
    shown = tags.blanked(text) if tagged else text
    folded = width.fold(control.blanks(shown, present & {"\u3000", "\xa0", "\t"}), present)
    if not present.isdisjoint(_BARS):
        folded = folded.translate(shapes.BARS)
    glossed = not present.isdisjoint(_TONED)
    result: list[Line] = []
    start = 0
    hints = [*page.hints(folded), len(folded)]
    hint = 0
    # Line ends are as `control` has them; \r\n is one.
    for row, piece in enumerate(folded.splitlines(keepends=True)):
        if piece != "\n" and (left := piece.lstrip(_BLANK)):
            shape = left.rstrip(_BLANK)
            first = start + len(piece) - len(left)
            while hints[hint] < first:
                hint += 1
            if glossed and "(" in shape and len(shape) <= 2 * _PARAGRAPH:
                kind = kind_of(plain(shape).clean)
            else:
                kind = kind_of(shape, hinted=hints[hint] < first + len(shape))
            result.append(Line(first, first + len(shape), shape, kind, row))
        start += len(piece)
    return _without_heads(result, pages.running(folded))


def _without_heads(lines: list[Line], heads: list[tuple[int, int]]) -> list[Line]:
    """`lines` with those that pages repeat as furniture, below the first paragraph; above it they may name the source."""
    if not heads:
        return lines
    starts = {start for start, _ in heads}
    body = next((line.start for line in lines if line.kind is Kind.body), -1)
    return [
        line._replace(kind=Kind.furniture) if line.start in starts and line.start > body else line for line in lines
    ]


def plain(line: str) -> Text:
    """`line` without the pronunciations set behind its characters, and the way back: 發(fā)佈 is 發佈."""
    found = Text.of(line)
    return found.edit("gloss", gloss.gloss(line)) if "(" in line else found


def kind_of(line: str, *, hinted: bool = True) -> Kind:
    """What `line` looks like by itself, without blanks around it and with its marks folded.

    It is `hinted` unless `page.hints` found none of the words in it that most lines of a page have.

    >>> [kind_of(line).name for line in ("新桥通车", "全乡修渠36条。", "□ 林晓", "江城日报 2023-06-01", "(据江城日报)")]
    ['title', 'body', 'byline', 'source', 'credit']
    >>> [kind_of(line).name for line in ("登录 | 注册", "责任编辑:王某", "相关阅读", "图为新修的水渠。", "登录的有36万人。")]
    ['furniture', 'end', 'aside', 'caption', 'body']
    """
    length = len(line)
    stopped = "。" in line
    if length > _PARAGRAPH:
        return Kind.furniture if not stopped and page.is_navigation(line) else Kind.body
    if stopped and length > 50 and line[-1] not in ")】" and not (hinted and page.is_legal(line)):
        return Kind.body
    if line[0] == "#":
        line = MARKDOWN.sub("", line, 1) or line
    if hinted or page.may_be_page_line(line):
        if page.ends_article(line):
            return Kind.end
        if page.aside(line) is not None:
            return Kind.aside
        if page.is_page_line(line) or page.is_link(line):
            return Kind.furniture
    if not _SIGNS.isdisjoint(line):
        if not stopped and shapes.byline(line):
            return Kind.byline
        if shapes.credit(line):
            return Kind.credit
        if source_line(line) is not None:
            return Kind.source
        if shapes.is_caption(line) or (line[-1] in ")。 " and _CAPTION.fullmatch(line) is not None):
            return Kind.caption
    if stopped or ";" in line or line[-1] == ",":
        return Kind.body
    if shapes.is_finished(line) and length > 30:
        return Kind.body
    if opens_report(line):  # 本报讯(记者 李明), and the sentence begins below
        return Kind.body
    commas = line.count(",")
    if length > _TITLE or (commas > 1 and length > 20) or (commas and length > BODY):
        return Kind.body
    return Kind.title
