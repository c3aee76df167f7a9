"""How large a document may be: so that one odd file, archive or row cannot take all memory."""

from __future__ import annotations

import re
from typing import Final, Protocol

from extractor.errors import UsageError

LARGEST: Final = 64_000_000
"""Bytes of one document, unless the user says otherwise. A daily's whole page of news has some 50,000."""

_UNITS: Final = {"": 1, "K": 1_000, "M": 1_000_000, "G": 1_000_000_000}
_SIZE = re.compile(r"(\d{1,12}(?:\.\d{1,6})?) ?([KMG]?)B?", re.IGNORECASE)
_CHUNK: Final = 1 << 20


class Stream(Protocol):
    """Bytes that are read from first to last."""

    def read(self, size: int, /) -> bytes: ...


class SeekableStream(Stream, Protocol):
    """Bytes that can be read again from the first."""

    def seek(self, offset: int, /) -> int: ...


def parse(written: str) -> int:
    """The bytes that `written` stands for. Raises UsageError for what is no size.

    >>> parse("10MB"), parse("500 kb"), parse("1.5G"), parse("2000")
    (10000000, 500000, 1500000000, 2000)
    """
    found = _SIZE.fullmatch(written.strip())
    size = int(float(found[1]) * _UNITS[found[2].upper()]) if found else 0
    if size < 1:
        raise UsageError(f"{written!r} is no size: write it as 10MB, 500KB or 2GB.")
    return size


def shown(size: int) -> str:
    """`size` as people say it, rounded to three figures.

    >>> shown(64_000_000), shown(1_234_567_890), shown(1_500), shown(12), shown(999_999)
    ('64 MB', '1.23 GB', '1.5 KB', '12 bytes', '1 MB')
    """
    for unit, name in ((_UNITS["G"], "GB"), (_UNITS["M"], "MB"), (_UNITS["K"], "KB")):
        if size >= unit * 0.9995:
            return f"{float(f'{size / unit:.3g}'):g} {name}"
    return f"{size} bytes"


def too_large(limit: int, size: int | None = None, what: str = "it") -> str:
    """Why a document of `size` bytes is not read, as a sentence; None where nobody knows how large it would become.

    >>> too_large(64_000_000, 100_200_000)
    'it has 100 MB, and one document may have 64 MB: cut it into smaller ones, or allow more with --max-document 101MB'
    """
    if size is None:
        said, enough = f"more than {shown(limit)}", "SIZE"
    else:
        enough = f"{-(-size // _UNITS['M'])}MB"
        said = shown(size) if shown(size) != shown(limit) else f"{size:,} bytes"
    return (
        f"{what} has {said}, and one document may have {shown(limit)}: "
        f"cut it into smaller ones, or allow more with --max-document {enough}"
    )


def read_whole(stream: Stream, limit: int) -> bytes | None:
    """All bytes of `stream`; None where they are more than `limit`, of which no more than one is then read.

    >>> import io
    >>> read_whole(io.BytesIO(b"abc"), 3), read_whole(io.BytesIO(b"abcd"), 3)
    (b'abc', None)
    """
    pieces: list[bytes] = []
    left = limit + 1
    while left and (piece := stream.read(min(left, _CHUNK))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces) if left else None
