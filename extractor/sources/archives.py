"""What is inside `.gz` and `.zip` files, read without writing anything to disk.

An archive is not trusted: what it says of its members (names, sizes) is checked or made harmless, no more is unpacked
than the caller reads, and whatever the unpacking of damaged bytes raises becomes one `UnreadableSource`.
"""

from __future__ import annotations

import errno
import gzip
import stat
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from extractor.errors import UnreadableSource
from extractor.sources.decode import decode
from extractor.sources.limits import SeekableStream
from extractor.sources.names import Taken, inside

_METHODS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # those of which a part can be unpacked alone
_UTF8_NAME: Final = 0x800
_ENCRYPTED: Final = 0x1 | 0x40 | 0x2000
_UNICODE_PATH: Final = 0x7075  # the extra field of Info-ZIP that holds the name in UTF-8 (APPNOTE.TXT 4.6.9)
_DENSEST: Final = 250  # times its packed size; text of articles has 2 to 20, and deflate can do 1,032
_SPARED: Final = 8_000_000  # bytes that may be packed as densely as they like
_MISLED: Final = (None, errno.EINVAL, errno.EOVERFLOW)  # a wrong offset leads before the beginning, or beyond all ends
_DAMAGED: Final = "is cut off or damaged: get it again"


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside an archive. `name` is safe and its own; `size` is what the archive says it has, unpacked.

    `problem` says why it cannot be read, where that is known already.
    """

    name: str
    size: int
    packed: int
    info: zipfile.ZipInfo
    problem: str = ""


class Unpacked:
    """The bytes of a packed stream. Raises UnreadableSource where they are damaged, or more than text can be packed into.

    `packed` gives the bytes that were unpacked so far, or more.
    """

    def __init__(self, stream: SeekableStream, what: str, packed: Callable[[], int]) -> None:
        self._stream = stream
        self._what = what
        self._packed = packed
        self._given = 0

    def read(self, size: int, /) -> bytes:
        with _unharmed(self._what):
            data = self._stream.read(size)
        self._given += len(data)
        if self._given > _SPARED and self._given > _DENSEST * self._packed():
            raise UnreadableSource(
                f"{self._what} unpacks to over {_DENSEST} times its size, as no articles do: unpack it yourself and look"
            )
        return data

    def seek(self, offset: int, /) -> int:
        with _unharmed(self._what):
            self._given = self._stream.seek(offset)
        return self._given


class Archive:
    """A ZIP archive with its members in the order of its directory; folders, hidden files and what macOS adds are left out.

    Raises UnreadableSource when it is none, or damaged as a whole.
    """

    def __init__(self, source: Path | BinaryIO) -> None:
        with _unharmed("this is no ZIP archive, or it"):
            self._zip = zipfile.ZipFile(source)
        try:
            with _unharmed("the archive"):
                self.members = tuple(_members(self._zip))
        except UnreadableSource:
            self.close()
            raise

    def close(self) -> None:
        self._zip.close()

    @contextmanager
    def open(self, member: Member) -> Iterator[Unpacked]:
        """The bytes of `member`, which has no problem. Raises UnreadableSource."""
        what = "this member of the archive"
        with _unharmed(what):
            stream = self._zip.open(member.info)
        with stream:
            yield Unpacked(stream, what, lambda: member.packed)


def unpacked(stream: BinaryIO) -> Unpacked:
    """What the gzip file `stream` holds; its parts one behind the other where there are several."""
    return Unpacked(gzip.GzipFile(fileobj=stream), "the gzip file", stream.tell)


@contextmanager
def _unharmed(what: str) -> Iterator[None]:
    """Whatever the unpacking of bad bytes raises is said in one sentence."""
    try:
        yield
    except UnreadableSource:
        raise
    except OSError as error:
        if error.errno not in _MISLED:  # the disk's fault and none of the archive
            raise
        raise UnreadableSource(f"{what} {_DAMAGED}") from error
    except MemoryError:
        raise
    except (
        Exception
    ) as error:  # zipfile and zlib raise what the bytes lead them to: BadZipFile, struct.error, EOFError …
        raise UnreadableSource(f"{what} {_DAMAGED}") from error


def _members(archive: zipfile.ZipFile) -> Iterator[Member]:
    infos = [info for info in archive.infolist() if not info.is_dir()]
    if sum(info.compress_size for info in infos) > _length(archive):
        raise UnreadableSource("the archive says that its members lie over one another: pack it anew")
    taken = Taken()
    for info, name in zip(infos, _names(infos), strict=True):
        safe = inside(name)
        if any(part.startswith(".") or part == "__MACOSX" for part in safe.split("/")):
            continue
        safe = taken.take(safe or "member", PurePosixPath(safe).suffix)
        yield Member(safe, info.file_size, info.compress_size, info, _problem(info))


def _length(archive: zipfile.ZipFile) -> int:
    assert archive.fp is not None
    return archive.fp.seek(0, 2)


def _problem(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & _ENCRYPTED:
        return "it is encrypted: unpack the archive with its password and give the files"
    if info.compress_type not in _METHODS:
        return f"it is packed by method {info.compress_type}, which is not read here: unpack the archive and give the files"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "it is a link and holds no text: pack the file that it points to"
    return ""


def _names(infos: list[zipfile.ZipInfo]) -> list[str]:
    """The names of members as their packer meant them: UTF-8 where they say so, else in one encoding for all."""
    raw = {
        number: info.orig_filename.encode("cp437", "replace")
        for number, info in enumerate(infos)
        if not info.flag_bits & _UTF8_NAME
    }
    decoded = decode(b"\n".join(raw.values())).text.split("\n")
    if len(decoded) != len(raw):  # a name with a line end in it
        decoded = [decode(name).text for name in raw.values()]
    old = dict(zip(raw, decoded, strict=True))
    return [
        _unicode_path(info.extra, raw.get(number, b"")) or old.get(number, info.orig_filename)
        for number, info in enumerate(infos)
    ]


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """The name in the extra field for it, where there is one that belongs to the name `raw`."""
    at = 0
    while raw and at + 4 <= len(extra):
        kind, length = struct.unpack_from("<HH", extra, at)
        field = extra[at + 4 : at + 4 + length]
        if kind == _UNICODE_PATH and len(field) > 5 and field[0] == 1:
            (check,) = struct.unpack_from("<I", field, 1)
            if check == zlib.crc32(raw):
                return field[5:].decode("utf-8", "replace")
        at += 4 + length
    return ""
