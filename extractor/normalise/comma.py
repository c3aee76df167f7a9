"""Commas that a bad conversion set before the mark that was there."""

from __future__ import annotations

import re

from extractor.text import Edit

_DOUBLED = re.compile(r",(?= ?[,、。;])")


def comma(text: str) -> list[Edit]:
    """Deletes a comma that stands before `,` `、` `。` or `;`: the second mark is the one that was written.

    >>> text = "以需求為導向,,服務兒童,、老人,。"
    >>> [(edit.start, edit.end) for edit in comma(text)]
    [(6, 7), (12, 13), (16, 17)]
    >>> comma("1,286人,其中")
    []
    """
    starts: list[int] = []
    ends: list[int] = []
    for found in _DOUBLED.finditer(text):  # comma by comma: only what a character leads is found at memory speed
        start, end = found.span()
        if ends and ends[-1] == start:
            ends[-1] = end
        else:
            starts.append(start)
            ends.append(end)
    return [Edit(start, end, "") for start, end in zip(starts, ends, strict=True)]
