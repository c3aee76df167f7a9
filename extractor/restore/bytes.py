"""Text → the bytes that somebody read in the wrong encoding, with the character that each byte comes from.

A character that the wrong reading put for bytes it could not read (U+FFFD, or `?`) becomes the byte MARK, which no encoding
here uses: the bytes it stands for are lost, their place is not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

MARK: Final = 0xFF
WRONG: Final = ("cp1252", "gb18030", "big5hkscs", "cp950", "cp932", "cp949")
"""The encodings in which Chinese text is read by mistake. `cp1252` is Windows-1252 with ISO 8859-1 in its holes."""

Offsets = npt.NDArray[np.intp]


class Encoded(NamedTuple):
    """`data` and, for each of its bytes, the index of the character it comes from; `wrong` is the encoding read by mistake."""

    data: bytes
    owners: Offsets
    wrong: str = ""  # empty where a mark may stand for any byte


class _Table(dict[str, bytes]):
    """The bytes of each character in an encoding, filled as they are asked for; KeyError for one that it does not hold."""

    def __init__(self, codec: str) -> None:
        super().__init__({"\ufffd": bytes([MARK])})
        self._codec = codec
        if codec == "cp1252":
            self.update((chr(byte), bytes([byte])) for byte in range(0x100))
            self.update((bytes([b]).decode(codec), bytes([b])) for b in range(0x80, 0xA0) if not _is_hole(b))
        elif codec != "gb18030":
            self.update((chr(byte), bytes([byte])) for byte in range(0x80, 0xA0))

    def __missing__(self, character: str) -> bytes:
        if self._codec == "cp1252":
            raise KeyError(character)
        try:
            data = character.encode(self._codec)
        except UnicodeEncodeError:
            raise KeyError(character) from None
        self[character] = data
        return data


def _is_hole(byte: int) -> bool:
    return byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)


@lru_cache(maxsize=len(WRONG))
def _table(codec: str) -> _Table:
    return _Table(codec)


def encode(text: str, codec: str, *, marks: bool = False) -> Encoded | None:
    """`text` in `codec`, None where it holds a character that `codec` does not have. With `marks`, `?` is a mark too.

    >>> encode("涓\ufffd", "gb18030").data, encode("æ–‡", "cp1252").data, encode("文", "cp1252")
    (b'\\xe4\\xb8\\xff', b'\\xe6\\x96\\x87', None)
    """
    table = _table(codec)
    try:
        pieces = [table[character] for character in text]
    except KeyError:
        return None
    if codec == "gb18030" and "€" in text:
        # Windows writes € for the byte 80; the euro's own bytes A2 E3 are meant where that byte, or its loss, follows.
        for i, character in enumerate(text):
            if character == "€" and text[i + 1 : i + 2] not in ("€", "\ufffd"):
                pieces[i] = b"\x80"
    if marks:
        pieces = [b"\xff" if piece == b"?" else piece for piece in pieces]
    lengths = np.fromiter(map(len, pieces), dtype=np.intp, count=len(pieces))
    known = codec if codec == "cp1252" or not marks else ""
    if known == "gb18030" and _is_gbk(text):
        known = "gbk"  # knows fewer pairs, and so lost more
    return Encoded(b"".join(pieces), np.repeat(np.arange(len(pieces)), lengths), known)


def _is_gbk(text: str) -> bool:
    try:
        text.replace("\ufffd", "").encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=4096)
def lost_bytes(wrong: str, following: int) -> tuple[int, ...]:
    """The bytes that reading as `wrong` loses when the byte `following` comes next: those that begin nothing with it.

    All of 80 to FE where the encoding, or the byte that follows, is not known.

    >>> [f"{byte:X}" for byte in lost_bytes("cp1252", 0x41)]
    ['81', '8D', '8F', '90', '9D']
    """
    every = tuple(range(0x80, MARK))
    if wrong == "cp1252":
        return tuple(byte for byte in every if _is_hole(byte))
    if not wrong or following == MARK:
        return every
    found = tuple(byte for byte in every if not _begins(bytes([byte, following]), wrong))
    return found or every


def _begins(pair: bytes, codec: str) -> bool:
    """Whether `codec` reads the first byte of `pair`, by itself or with the second."""
    try:
        pair.decode(codec)
    except UnicodeDecodeError as error:
        return error.start > 0
    return True
