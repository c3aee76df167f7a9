"""Captions of pictures that stand inside a sentence, or by themselves."""

from __future__ import annotations

from typing import NamedTuple

import regex

from extractor.article import Span
from extractor.normalise.shapes import byline, credit, has_clause, is_caption, is_finished
from extractor.text import Edit

_LONGEST = 40  # of a caption that only its place betrays
# A line after two or more blank ones: where a page or a picture was.
_AFTER_GAP = regex.compile(r"(?<=[^\n ] *)\n(?: *\n){2,} *(?P<line>[^\n]{4,40})(?<! ) *(?P<break>\n[ \n]*|\Z)")
_SHAPED = regex.compile(r"(?:图|圖|[▲△▼↑←→(]|题图|上图|下图|左图|右图)|[摄攝图圖](?=\)?。? *(?:\n|\Z))")
_LINE = regex.compile(r"[^\n]+")


class Captions(NamedTuple):
    """`edits` lift what interrupts a sentence to the end; `lifted` and `standing` are spans of the text as it is read."""

    edits: list[Edit]
    lifted: list[Span]
    standing: list[Span]
    repeated: int


def captions(text: str) -> Captions:
    """The captions of `text`: one that interrupts a sentence is deleted there and set behind the text, its twin dropped.

    A caption is a line that says so (图为…, …摄), or one short sentence after two or more blank lines, while the line above is
    unfinished and reads on below it.

    >>> found = captions("组织积极参与活动策划,调\\n\\n\\n\\n社工在端午节陪老人包粽子。\\n\\n动和发挥志愿者的主动性。\\n")
    >>> [(edit.start, edit.end, edit.new) for edit in found.edits]
    [(16, 31, ''), (44, 44, '社工在端午节陪老人包粽子。'), (44, 44, '\\n')]
    >>> captions("活动圆满结束。\\n\\n\\n\\n下一站是社区。\\n\\n志愿者已经出发。").edits
    []
    """
    deletions: list[Edit] = []
    lifted: list[Span] = []
    standing: list[Span] = []
    seen: set[str] = set()
    repeated = 0
    done = 0
    for start, end, sure in _candidates(text):
        if start < done:
            continue
        line = text[start:end]
        above_end = len(text[:start].rstrip()) if start < 200 else start - (200 - len(text[start - 200 : start].rstrip()))
        above = text[text.rfind("\n", 0, above_end) + 1 : above_end].strip()
        rest = regex.compile(r"\s*").match(text, end)
        below_start = rest.end() if rest is not None else end
        below = text[below_start : below_start + 60].split("\n", 1)[0]
        open_above = bool(above) and not is_finished(above) and not byline(above) and not credit(above) and above[-1] != ":"
        if open_above and below and (has_clause(above) or len(above) >= 20) and (sure or line in seen or _reads_on(above, line, below)):
            if line in seen:
                repeated += 1
            else:
                lifted.append((start, end))
            seen.add(line)
            deletions.append(Edit(start, below_start, ""))
            done = below_start
        elif sure or (not below and not open_above and is_finished(line) and above and is_finished(above)):
            standing.append((start, end))
            seen.add(line)
    edits = list(deletions)
    for start, end in lifted:
        edits += [Edit(len(text), len(text), text[start:end], (start, end)), Edit(len(text), len(text), "\n", (end, end))]
    if lifted and not text.endswith("\n"):
        edits.insert(len(deletions), Edit(len(text), len(text), "\n"))
    return Captions(edits, lifted, standing, repeated)


def _candidates(text: str) -> list[tuple[int, int, bool]]:
    """Start, end and whether its words alone make it a caption, of each line that may be one."""
    found = {}
    if "\n\n\n" in text or "\n \n" in text:
        for gap in _AFTER_GAP.finditer(text, overlapped=True):
            if is_finished(gap["line"]):
                found[gap.span("line")] = False
    if _SHAPED.search(text) is not None:
        for line in _LINE.finditer(text):
            shape = line[0].strip()
            if len(shape) <= 130 and is_caption(shape):
                start = line.start() + len(line[0]) - len(line[0].lstrip())
                found[start, start + len(shape)] = True
    return [(start, end, sure) for (start, end), sure in sorted(found.items())]


def _reads_on(above: str, caption: str, below: str) -> bool:
    """Whether `above` goes on in `below` and not in `caption`: no word lies across the border to the caption."""
    return not crosses(above, caption) or crosses(above, below)


def crosses(above: str, below: str) -> bool:
    """Whether a word of the segmenter's dictionary lies across the border of two lines: 各|自.

    >>> crosses("围绕服务内容、各", "自专业优势"), crosses("北干街道精心打造以", "专业素养为核心")
    (True, False)
    """
    import rjieba

    head = above[-6:]
    position = 0
    for word in rjieba.cut(head + below[:6]):
        if position == len(head):
            return False
        position += len(word)
        if position > len(head):
            return True
    return False
