"""What a conversion wrote twice: marks, and whole lines one below the other."""

from __future__ import annotations

import regex

from extractor.text import Edit

# A comma before another mark is the work of `comma`. !! and …… are meant, and so are :: and ;; in code.
_MARKS = regex.compile(
    r"(?<=([。、]))\1+|(?<=[^\x00-\x7f]([;:]))\2+(?![\x00-\x7f])|(?<=。),+|(?<=“)“(?=[^“”\n]*””)|(?<=““[^“”\n]{0,80}”)”"
)
_PAIRS = ("。。", "、、", ";;", "::", "““", "。,")  # each costs a pass, and clean text pays it
_TWICE = regex.compile(r'(?<!")""(?!")')
_SHORTEST = 12  # code points; shorter lines may be cries, refrains or the cells of a table


def marks(text: str) -> list[Edit]:
    """Deletes the second of two equal marks, and a comma behind a full stop.

    >>> text = "全乡受益。。渠长36公里、、坝高5米。,"
    >>> [(edit.start, edit.end) for edit in marks(text)]
    [(5, 6), (13, 14), (19, 20)]
    >>> marks("太好了!!他说……A::B")
    []
    """
    if not any(pair in text for pair in _PAIRS):
        return []
    return [Edit(*found.span(), "") for found in _MARKS.finditer(text)]


def straight(text: str) -> list[Edit]:
    """Deletes the second of the straight quotation marks that a table wrote twice around a word.

    >>> straight('启动""春雨""行动')
    [Edit(start=3, end=4, new='', origin=None), Edit(start=7, end=8, new='', origin=None)]
    """
    if text.count('""') < 2:
        return []
    return [Edit(found.start() + 1, found.end(), "") for found in _TWICE.finditer(text)]


def lines(text: str) -> list[Edit]:
    """Deletes a line that says again what the line above it says, word for word; the same further off may be meant.

    >>> lines("全乡修渠三十六条,受益两万人。\\n\\n全乡修渠三十六条,受益两万人。\\n全县推广。")
    [Edit(start=15, end=32, new='', origin=None)]
    """
    rows = text.split("\n")
    filled = [row for row in rows if row]
    if len(set(filled)) == len(filled):
        return []
    edits = []
    last, last_end, start = "", 0, 0
    for row in rows:
        end = start + len(row)
        if row.strip():
            if row.strip() == last and len(last) >= _SHORTEST:
                edits.append(Edit(last_end, end, ""))
            last, last_end = row.strip(), end
        start = end + 1
    return edits
