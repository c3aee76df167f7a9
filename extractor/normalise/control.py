"""Characters that nobody sees, and the many line ends and blanks."""

from __future__ import annotations

import regex

from extractor.text import Edit

# Zero-width and directional marks, soft hyphen, byte-order mark inside a text, variation selectors, control characters.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0f\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_DIVIDED = r"(?<=[A-Za-z])\xad[ \t]*+(?:\r\n?|\n)[ \t]*+(?=[a-z])"  # with a soft hyphen that shows goes its line end
_UNSEEN = regex.compile(rf"{_DIVIDED}|[{_INVISIBLE}]+")
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
UNSEEN = frozenset(
    c for c in map(chr, [*range(0x20), *range(0x7F, 0x3000), *range(0xFE00, 0x10000)]) if _UNSEEN.match(c)
) | frozenset(map(chr, range(0xE0000, 0xE01F0)))


def unseen(text: str) -> list[Edit]:
    """Deletes what has no shape: zero-width and control characters, soft hyphens, variation selectors.

    >>> unseen("社\\u200b工\\xad站")
    [Edit(start=1, end=2, new='', origin=None), Edit(start=3, end=4, new='', origin=None)]
    >>> unseen("inter\\xad\\nnational")
    [Edit(start=5, end=7, new='', origin=None)]
    >>> unseen("社 工\\t站\\n")
    []
    """
    return [Edit(found.start(), found.end(), "") for found in _UNSEEN.finditer(text)]


def line_ends(text: str) -> list[Edit]:
    """Makes `\\r\\n` one line end.

    >>> line_ends("一\\r\\n二\\r三")
    [Edit(start=1, end=3, new='\\n', origin=None)]
    """
    return [Edit(found.start(), found.end(), "\n") for found in _RETURN.finditer(text)]


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
