"""Characters that nobody sees."""

from __future__ import annotations

import regex

from extractor.text import Edit

# Zero-width and directional marks, soft hyphen, byte-order mark inside a text, variation selectors, control characters.
_INVISIBLE = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f"
    "\ufe00-\ufe0e\ufeff\ufff9-\ufffb\U000e0000-\U000e01ef"
)
_DIVIDED = r"(?<=[A-Za-z])\xad[ \t]*+(?:\r\n?|\n)[ \t]*+(?=[a-z])"  # with a soft hyphen that shows goes its line end
# What may be a picture, whose colour a selector chooses and which a joiner joins; a digit is one with U+20E3 behind it.
_PICTURE = (
    "[\u203c\u2049\u2122\u2139\u2194-\u21ff\u231a-\u23ff\u24c2\u25aa-\u27bf\u2934\u2935\u2b05-\u2b55\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff]"
)
_UNSEEN = regex.compile(rf"{_DIVIDED}|(?:[{_INVISIBLE}]|(?<!{_PICTURE})\ufe0f(?!\u20e3)|(?<!{_PICTURE}\ufe0f?)\u200d)+")
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
