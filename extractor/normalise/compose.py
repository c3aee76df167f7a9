"""Letters written as a base and the accents behind it, as macOS and some PDFs have them."""

from __future__ import annotations

import unicodedata

import regex

from extractor.text import Edit

CHARACTERS = frozenset(map(chr, [*range(0x0300, 0x0370), 0x3099, 0x309A]))
_SPLIT = regex.compile(r"[^\W\d_][\u0300-\u036f\u3099\u309a]{1,8}+")


def compose(text: str) -> list[Edit]:
    """Makes one character of each letter and the accents behind it, where Unicode has one.

    >>> compose("cafe\\u0301")
    [Edit(start=3, end=5, new='é', origin=None)]
    >>> compose("7\\u0301 x\\u0301")
    []
    """
    edits = []
    for found in _SPLIT.finditer(text):
        whole = unicodedata.normalize("NFC", found[0])
        if len(whole) < len(found[0]):
            edits.append(Edit(*found.span(), whole))
    return edits
