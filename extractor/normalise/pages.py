"""Lines that a page repeats above or below its text: the name of the paper, its date, the number of the page."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.article import Span
from extractor.normalise.shapes import reads_across
from extractor.text import Edit

_LONGEST = 60  # code points of a running head
_FAR = 100  # code points between two bare numbers that may be those of pages
_NUMBER = regex.compile(r"\d+|(?<=第 ?)[一二三四五六七八九十]+(?= ?[版页頁])")
_DASHED = r"[-—–~·_]+ ?\d{1,4} ?[-—–~·_]+"
_BARE = r"\d{1,4}"
_ORDER = r"第 ?(?:\d{1,4}|[一二三四五六七八九十]{1,3}) ?[版页頁](?![面上的本教])"
_COUNTED = (
    r"(?:共 ?\d{1,4} ?[页頁],? ?第 ?\d{1,4} ?[页頁]"
    r"|(?:Page|PAGE|page|[Pp]\.) ?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?|\d{1,4} ?/ ?\d{1,4}(?: ?[页頁])?)"
)
_PLAIN = rf"(?:{_DASHED}|{_COUNTED}|{_BARE})"
_SHAPE = rf"(?:{_PLAIN}|(?:[^\n。!?;]{{0,40}}[ |·:/—报報刊讯訊网網日期号])?{_ORDER}[^\n。!?;,]{{0,20}})"
# Whether a text has such lines at all: three searches that a clean text passes through at memory speed.
_FIRST = re.compile(rf" *+{_PLAIN} *(?=\n|\Z)")
_OTHERS = re.compile(rf"\n *+{_PLAIN} *(?=\n|\Z)")
_ORDERED = regex.compile(_ORDER)
_IS_BARE = regex.compile(_BARE)
_IS_PAGE = regex.compile(_SHAPE)
_FINISHED = regex.compile(r"[。!?;,:、…][”’」』)】》]*\Z")
_FEED = regex.compile("\f")


class _Line(NamedTuple):
    start: int
    end: int
    text: str
    key: str  # the line with # for each of its numbers
    numbers: tuple[str, ...]


def pages(text: str, turns: Collection[int] = (), title: Span | None = None) -> list[Edit]:
    """Deletes page numbers and running heads, with the blank lines around them, where there is evidence that they are such.

    A page number comes again with a greater number and text between, or stands in the middle of a sentence, or at one of the
    `turns`: the places in `text` where a page ends, known from form feeds or from the reader of the format. A running head stands beside two of
    these borders, the same but for its numbers. The lines of the `title` stay.

    >>> text = "全市建成食\\n— 3 —\\n江城日报\\n堂36家,全部\\n— 4 —\\n江城日报\\n开放。"
    >>> [text[edit.start : edit.end] for edit in pages(text)]
    ['\\n— 3 —\\n江城日报', '\\n— 4 —\\n江城日报']
    >>> pages("第1页\\n第2页\\n第3页"), pages("全市建成食堂36家\\n3\\n全部开放")
    ([], [])
    """
    lines, dropped = _running(text, turns)
    if title is not None:
        dropped = {i for i in dropped if lines[i].end <= title[0] or title[1] <= lines[i].start}
    return list(_edits(text, lines, dropped))


def running(text: str) -> list[Span]:
    """The lines that `pages` deletes, for a text whose line ends are still as written; a form feed is a turn.

    >>> running("全市建成食堂36\\r\\n- 3 -\\r\\n家,\\f全部\\r\\n- 4 -\\r\\n开放。")
    [(10, 15), (24, 29)]
    """
    turns = [found.start() for found in _FEED.finditer(text)]
    lines, dropped = _running(text.replace("\r", " ").replace("\f", "\n"), turns)
    return [(lines[i].start, lines[i].end) for i in sorted(dropped)]


def _running(text: str, turns: Collection[int]) -> tuple[list[_Line], set[int]]:
    """The lines of `text`, and the indices of those that its pages repeat."""
    if not (turns or _FIRST.match(text) or _OTHERS.search(text) or _ORDERED.search(text)):
        return [], set()
    lines = list(_lines(text))
    turned = _beside(lines, turns)
    numbers = _numbered(lines, turned)
    return lines, numbers | _heads(lines, numbers, turned)


def _lines(text: str) -> Iterator[_Line]:
    start = 0
    for row in text.split("\n"):
        if shape := row.strip(" "):
            first = start + len(row) - len(row.lstrip(" "))
            short = len(shape) <= _LONGEST and _FINISHED.search(shape) is None
            key = _NUMBER.sub("#", shape) if short else ""
            yield _Line(first, first + len(shape), shape, key, tuple(_NUMBER.findall(shape)) if key else ())
        start += len(row) + 1


def _beside(lines: list[_Line], turns: Collection[int]) -> list[int]:
    """For each turn of a page, the index of the first line behind it."""
    found, i = [], 0
    for turn in sorted(turns):
        while i < len(lines) and lines[i].start < turn:
            i += 1
        found.append(i)
    return sorted(set(found))


def _numbered(lines: list[_Line], turned: list[int]) -> set[int]:
    """The lines that are page numbers."""
    found = set()
    groups: dict[str, list[int]] = defaultdict(list)
    for i, line in enumerate(lines):
        if line.numbers and _IS_PAGE.fullmatch(line.text) is not None and not _is_day(line):
            groups[line.key].append(i)
    ranks: dict[int, set[int]] = defaultdict(set)  # by what they exceed the rank of their turn: bare numbers
    for rank, i in enumerate(turned):
        for j in range(max(0, i - 2), min(i + 2, len(lines))):
            if j not in groups.get(lines[j].key, ()):
                continue
            if _IS_BARE.fullmatch(lines[j].text) is None:
                found.add(j)
            elif j in (i - 1, i):
                ranks[int(lines[j].text) - rank].add(j)
    for alone in ranks.values():  # one alone may be the cell of a table, but for where it cuts a sentence
        if len(alone) > 1 or (len(turned) < 3 and all(i > 0 and _is_prose(lines[i - 1]) for i in alone)):
            found |= alone
    for group in groups.values():
        bare = _IS_BARE.fullmatch(lines[group[0]].text) is not None
        # A row of them is a list, or the columns of a table.
        runs = [[group[0]]]
        for last, i in pairwise(group):
            far = lines[i].start - lines[last].end > (_FAR if bare else 0)
            if i > last + 1 and far and _counts_on(lines[last].numbers, lines[i].numbers, by_one=bare):
                runs[-1].append(i)
            else:
                runs.append([i])
        found |= {i for run in runs if len(run) > (2 if bare else 1) for i in run}
    return found | _interrupting(lines, sorted({i for group in groups.values() for i in group} | found))


def _interrupting(lines: list[_Line], shaped: list[int]) -> set[int]:
    """Those of the lines `shaped` as page numbers that stand in the middle of a sentence; bare ones between blank lines."""
    found: set[int] = set()
    at = 0
    while at < len(shaped):
        first = last = shaped[at]
        at += 1
        while at < len(shaped) and shaped[at] == last + 1:
            last, at = last + 1, at + 1
        if first == 0 or last + 1 >= len(lines) or not reads_across(lines[first - 1].text, lines[last + 1].text):
            continue
        run = range(first, last + 1)
        apart = lines[first].start - lines[first - 1].end > 1 and lines[last + 1].start - lines[last].end > 1
        if apart or not any(_IS_BARE.fullmatch(lines[k].text) for k in run):
            found |= set(run)
    return found


def _is_day(line: _Line) -> bool:
    """Whether a line such as 5/1 counts beyond its whole, and so is a day and no page."""
    return line.key in ("#/#", "# / #") and int(line.numbers[0]) > int(line.numbers[1])


def _is_prose(line: _Line) -> bool:
    return bool(line.text) and len(line.text) > 10 and not line.text[-1].isdigit()


def _counts_on(above: tuple[str, ...], below: tuple[str, ...], *, by_one: bool) -> bool:
    """Whether one number of two lines is greater in the second, and the others are the same."""
    changed = [(a, b) for a, b in zip(above, below, strict=True) if a != b]
    if len(changed) != 1:
        return False
    [(a, b)] = changed
    if not (a.isdecimal() and b.isdecimal()):
        return True
    return int(b) == int(a) + 1 if by_one else int(b) > int(a)


def _heads(lines: list[_Line], numbers: set[int], turned: list[int]) -> set[int]:
    """The lines beside page numbers or turns of pages that stand there again and again."""
    found: set[int] = set()
    for _ in range(2):  # a head of two lines
        gone = numbers | found
        borders: dict[str, set[int]] = defaultdict(set)
        beside: dict[str, set[int]] = defaultdict(set)
        for border in sorted({*turned, *numbers}):
            first = border - 1 if border in turned and border not in numbers else border
            while first in gone:
                first -= 1
            last = border
            while last in gone:
                last += 1
            for i in (first, last):
                if 0 <= i < len(lines) and lines[i].key and i not in gone:
                    borders[lines[i].key].add(first)  # one border, however many of its lines are gone
                    beside[lines[i].key].add(i)
        again = {key for key, places in borders.items() if len(places) > 1 and len(beside[key]) > 1}
        found |= {i for key in again for i in beside[key]}
        for i in (0, len(lines) - 1):
            if lines and lines[i].key in again:
                found.add(i)
    return found


def _edits(text: str, lines: list[_Line], dropped: set[int]) -> Iterator[Edit]:
    i = 0
    while i < len(lines):
        if i not in dropped:
            i += 1
            continue
        first = i
        while i in dropped:
            i += 1
        start = lines[first - 1].end if first else 0
        if i == len(lines):
            yield Edit(start, len(text), "")
            return
        # The last line end stays, with what indents the line below; nothing stays above the first line.
        row = text.rfind("\n", start, lines[i].start)
        yield Edit(start, row if first else row + 1, "")
