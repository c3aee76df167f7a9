"""The many line ends and blanks, and what is lost."""

from __future__ import annotations

import regex

from extractor.text import Edit

_REPLACED = regex.compile("\ufffd")
LOST = "lost before the text was read"
_RETURN = regex.compile(r"\r\n")
_BLANKS = {
    ord(c): " "
    for c in "\t\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
}
_ENDS = {ord(c): "\n" for c in "\r\x0b\x0c\x85\u2028\u2029\x1c\x1d\x1e"}
_SURROGATES = dict.fromkeys(range(55296, 57344), "�")
TABLE = {**_BLANKS, **_ENDS, **_SURROGATES}
LETTERS = frozenset(map(chr, TABLE))


def line_ends(text: str) -> list[Edit]:
    """Makes `\\r\\n` one line end.

    >>> line_ends("一\\r\\n二\\r三")
    [Edit(start=1, end=3, new='\\n', origin=None)]
    """
    return [Edit(found.start(), found.end(), "\n") for found in _RETURN.finditer(text)]


def rows(text: str) -> str:
    """A bar for each tab between the cells of a table, so that its rows stay rows; other tabs are blanks.

    >>> rows("村名\\t户数\\n上柳村\\t412\\n"), rows("\\t渠修好了。")
    ('村名|户数\\n上柳村|412\\n', '\\t渠修好了。')
    """
    lines = text.split("\n")
    cells = [line.strip().count("\t") if "\t" in line else 0 for line in lines]  # two in a line, or one in each of two
    for place, number in enumerate(cells):
        if number > 1 or (number and 1 in (cells[place - 1] if place else 0, *cells[place + 1 : place + 2])):
            lines[place] = _inner(lines[place])
    return "\n".join(lines)


def _inner(line: str) -> str:
    kept = line.strip()
    start = line.index(kept)
    return line[:start] + kept.replace("\t", "|") + line[start + len(kept) :]


def blanks(text: str, present: frozenset[str] | set[str] | None = None) -> str:
    """Every other line end becomes `\\n` and every blank a space, one to one; half a surrogate pair becomes U+FFFD.

    `present` are the characters that `text` may hold, where known.

    >>> blanks("一\\u3000二\\xa0三\\r四")
    '一 二 三\\n四'
    """
    found = (set(text) if present is None else present) & LETTERS
    if len(found) > 20:
        return text.translate(TABLE)
    for letter in found:
        text = text.replace(letter, TABLE[ord(letter)])
    return text


def lost(text: str) -> list[int]:
    """The places of U+FFFD, which stands for what could not be read.

    >>> lost("石桥\ufffd乡")
    [2]
    """
    return [found.start() for found in _REPLACED.finditer(text)]
