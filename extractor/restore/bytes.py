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
    """`data` and, for each of its bytes, the index of the character it comes from."""

    data: bytes
    owners: Offsets


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
    return Encoded(b"".join(pieces), np.repeat(np.arange(len(pieces)), lengths))
