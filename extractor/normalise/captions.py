"""Captions of pictures that stand inside a sentence, or by themselves."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

import regex

from extractor.article import Letters, Span
from extractor.normalise.shapes import byline, credit, has_clause, is_caption, is_finished, is_numbered
from extractor.normalise.words import begins_within, crosses, is_open_ended
from extractor.text import Edit

_HEADING = 25
_REST = 6  # code points; no paragraph is that short
# A line after two or more blank ones: where a page or a picture was.
_AFTER_GAP = regex.compile(r"(?<=[^\n ] *)\n(?: *\n){2,} *(?P<line>[^\n]{4,40})(?<! ) *(?P<break>\n[ \n]*|\Z)")
_GAP = re.compile(r"\n *\n *\n")
_BREAKS = regex.compile(r"\n[ \n]*")
_SIGNS = (
    "图为",
    "圖為",
    "图说",
    "图片",
    "圖片",
    "图①",
    "图1",
    "图:",
    "摄",
    "攝",
    "供图",
    "供圖",
    "▲",
    "△",
    "▼",
    "↑",
    "←",
    "→",
    "图一",
    "资料图",
)
_SHOWN = frozenset("图圖摄攝▲△▼↑←→")  # of which each of the signs has one
_FIRST = frozenset("图圖▲△▼↑←→上下左右题題(")
_LAST = frozenset("摄攝图圖")
_INSIDE = regex.compile(r"[,;:、]")


class Captions(NamedTuple):
    """`edits` lift what interrupts a sentence to the end; `lifted` and `standing` are spans of the text as it is read."""

    edits: list[Edit]
    lifted: list[Span]
    standing: list[Span]
    repeated: int


def captions(text: str, title: Span | None = None, present: Letters | None = None) -> Captions:
    """The captions of `text`: one that interrupts a sentence is deleted there and set behind the text, its twin dropped.

    A caption is a line that says so (图为…, …摄), or one short sentence after two or more blank lines, while the line above is
    unfinished and clearly reads on below it and not in it. Nothing interrupts the lines of the `title`. `present` are the
    `letters` that `text` may hold, where known.

    >>> found = captions("该县坚持先易后难,逐步扩\\n\\n\\n\\n村民在新建的水渠边劳作。\\n\\n大灌溉面积。\\n")
    >>> [(edit.start, edit.end, edit.new) for edit in found.edits]
    [(12, 30, ''), (37, 37, '村民在新建的水渠边劳作。'), (37, 37, '\\n')]
    >>> captions("活动圆满结束。\\n\\n\\n\\n下一站是社区。\\n\\n志愿者已经出发。").edits
    []
    """
    deletions: list[Edit] = []
    lifted: list[Span] = []
    standing: list[Span] = []
    seen: set[str] = set()
    repeated = 0
    done = 0 if title is None else title[1]
    shown = present is None or not present.isdisjoint(_SHOWN)
    for start, end, sure in _candidates(text, shown=shown):
        if start < done:
            continue
        line = text[start:end]
        before = text[max(0, start - 400) : start]
        gap = len(before) - len(before.rstrip())
        above = before.rstrip().rpartition("\n")[2].strip()
        below_start = end + len(text[end : end + 400]) - len(text[end : end + 400].lstrip())
        below = text[below_start : below_start + 60].partition("\n")[0]
        after_title = title is not None and not text[title[1] : start].strip()
        is_open = (
            bool(above)
            and not after_title
            and not is_finished(above)
            and above[-1] != ":"
            and not (byline(above) or credit(above))
        )
        interrupts = is_open and bool(below) and has_clause(above) and not is_numbered(below)
        if interrupts and (sure or line in seen or _reads_on(above, line, below)):
            if line in seen:
                repeated += 1
            else:
                lifted.append((start, end))
            seen.add(line)
            # With the caption goes the break; a short line above a caption that says so may be a heading yet.
            joined = not sure or len(above) >= _HEADING or above[-1] in ",、"
            deletions.append(Edit(start - gap if joined else start, below_start, ""))
            done = below_start
        elif line in seen:
            repeated += 1
            deletions.append(Edit(start, below_start, ""))
            done = below_start
        elif sure or (not below and is_finished(above)):
            standing.append((start, end))
            seen.add(line)
    edits = list(deletions)
    for start, end in lifted:
        edits += [
            Edit(len(text), len(text), text[start:end], (start, end)),
            Edit(len(text), len(text), "\n", (end, end)),
        ]
    if lifted and not text.endswith("\n"):
        edits.insert(len(deletions), Edit(len(text), len(text), "\n"))
    return Captions(edits, lifted, standing, repeated)


def _candidates(text: str, *, shown: bool) -> list[tuple[int, int, bool]]:
    """Start, end and whether its words alone make it a caption, of each line that may be one; some may if signs are `shown`."""
    found = {}
    gaps = list(_AFTER_GAP.finditer(text, overlapped=True)) if _GAP.search(text) is not None else []
    if gaps:
        counts = sorted(gap.count("\n") for gap in _BREAKS.findall(text))
        usual = counts[(len(counts) - 1) // 2]
        for gap in gaps:
            if is_finished(gap["line"]) and text.count("\n", gap.start(), gap.start("line")) > usual:
                found[gap.span("line")] = False
    captions = list(_captions(text)) if shown else []
    if captions and any(sign in text for sign in _SIGNS):
        found.update(dict.fromkeys(captions, True))
    return [(start, end, sure) for (start, end), sure in sorted(found.items())]


def _captions(text: str) -> Iterator[Span]:
    """The lines of `text` that say of themselves that they belong to a picture."""
    start = 0
    for line in text.split("\n"):
        if line:
            shape = line.strip()
            if (shape[:1] in _FIRST or not _LAST.isdisjoint(shape[-3:])) and len(line) <= 200 and is_caption(shape):
                first = start + len(line) - len(line.lstrip())
                yield first, first + len(shape)
        start += len(line) + 1


def _reads_on(above: str, caption: str, below: str) -> bool:
    """Whether `above` goes on in `below` and not in `caption`, which has no sign of its own and must be the surer.

    A word lies across the border to the line below and none across that to the caption; or else the caption is a clause or two
    that show somebody at something (…在…), and the line below is no paragraph: it begins with a verb or what hangs on one, or is
    no more than the last word of a sentence.

    >>> _reads_on("该县逐步扩", "村民在水渠边劳作。", "大灌溉面积。"), _reads_on("每天做出", "两百四十块豆腐,卖到中午。", "豆腐坊在老街。")
    (True, False)
    >>> _reads_on("他把三十斤糯米", "村民在厨房里蒸米糕。", "倒进木桶,动作麻利。")
    True
    """
    if crosses(above, caption):
        return False
    marks = len(_INSIDE.findall(caption))
    shown = "在" in caption[1:-1] and marks < 2
    if crosses(above, below, known=True):
        return shown or not marks
    rest = len(below) <= _REST and is_finished(below)
    return shown and (rest or (begins_within(below) and not is_open_ended(above)))
