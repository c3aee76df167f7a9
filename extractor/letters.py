"""Which characters of a text tell what is to be done to it: the rare ones and the marks, and not the common Han."""

from __future__ import annotations

import sys
from array import array
from functools import lru_cache
from pathlib import Path
from typing import Final

# Common as they are, repairs look for them: what is left of lost characters, a bar in the place of |, pictures.
_LOOKED_FOR: Final = "烫屯占丨图摄"
_AT_ONCE: Final = 1 << 16  # code points
_UTF32: Final = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"


def letters(text: str) -> set[str]:
    """The characters of `text` but for the common Han of simplified text, of which no repair makes anything.

    Of some thousand different characters some dozens are left, so that every look for one of a set costs next to nothing.

    >>> sorted(letters("全县修渠36条,占地𠮷亩。"))
    [',', '3', '6', '。', '占', '𠮷']
    """
    codes: set[int] = set()
    for start in range(0, len(text), _AT_ONCE):  # numbers are made faster than strings
        codes.update(array("I", text[start : start + _AT_ONCE].encode(_UTF32, "surrogatepass")))
    return set(map(chr, codes - _common()))


@lru_cache(maxsize=1)
def _common() -> frozenset[int]:
    # GB 2312 has no character that is traditional only.
    known = "".join(usual()).encode("gb2312", "ignore").decode("gb2312")
    return frozenset(map(ord, known)).intersection(range(0x4E00, 0xA000)) - set(map(ord, _LOOKED_FOR))


@lru_cache(maxsize=1)
def usual() -> frozenset[str]:
    """Characters that ordinary text holds; `restore.build_model` writes them down."""
    listed = Path(__file__).with_name("restore") / "usual.txt"
    return frozenset(listed.read_text(encoding="utf-8")) | frozenset(map(chr, range(128)))
