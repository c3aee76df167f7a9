"""Paragraphs: one line each, ending in exactly one line end."""

from __future__ import annotations

import re

import regex

from extractor.text import Edit

_RUN_ON = 200  # code points; a longer line with spaces behind its full stops has lost its line ends
_AFTER_STOP = regex.compile(r"(?<=[。!?…][”’)》】]?) (?=[^\n ])")
_BETWEEN = regex.compile(r"(?<=[^\n -~]) (?=[^ -~]|\([^ -~])")
_BELOW = re.compile(r"\n[ \n]+")
_BEHIND = regex.compile(r"(?<! ) ++(?=\n|\Z)")


def breaks(text: str) -> str:
    """Spaces that stand for line ends become line ends, one to one: those after 。 in a long line that has several.

    >>> breaks("第一段。 " * 2 + "第二段" * 70)[:12]
    '第一段。\\n第一段。\\n第二'
    >>> breaks("他说。 她说。 都走了。")
    '他说。 她说。 都走了。'
    """
    if "。 " not in text:
        return text
    return "\n".join(
        _AFTER_STOP.sub("\n", line) if len(line) >= _RUN_ON and line.count("。 ") >= 2 else line
        for line in text.split("\n")
    )


def headings(text: str) -> str:
    """In a text whose line ends had all become spaces, the spaces that are left between words part headings from text.

    >>> headings("治水先行 (一)修好灌溉渠 全县修渠36条。\\n")
    '治水先行\\n(一)修好灌溉渠\\n全县修渠36条。\\n'
    """
    return _BETWEEN.sub("\n", text)


def paragraphs(text: str) -> list[Edit]:
    """Takes out blank lines and the spaces at both ends of a line, and ends the text with one line end.

    >>> paragraphs("　标题".replace("　", " ") + " \\n\\n 正文。")
    [Edit(start=0, end=1, new='', origin=None), Edit(start=3, end=4, new='', origin=None), Edit(start=5, end=7, new='', origin=None), Edit(start=10, end=10, new='\\n', origin=None)]
    """
    body = text.rstrip(" \n")
    ended = "\n" in text[len(body) :]
    first = len(text) - len(text.lstrip(" \n"))
    edits = [Edit(found.start() + 1, found.end(), "") for found in _BELOW.finditer(text, first)]
    if behind := [found.span() for found in _BEHIND.finditer(text, first)]:
        edits += [Edit(start, end, "") for start, end in behind if text[start - 1] != "\n"]
        edits.sort()
    if first:
        edits.insert(0, Edit(0, first, ""))
    if body and not ended:
        edits.append(Edit(len(text), len(text), "\n"))
    return edits
