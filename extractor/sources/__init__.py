"""Files, folders and standard input → documents.

A format is one module here and a line in `formats`.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import logging
import os
import stat
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from pathlib import Path
from typing import BinaryIO, Final

from extractor.article import Document, UnreadableDocument
from extractor.errors import UnreadableSource, UsageError
from extractor.sources import formats, jsonl, names
from extractor.sources.archives import Archive
from extractor.sources.decode import Recoded, decode
from extractor.sources.fields import Fields
from extractor.sources.limits import LARGEST, Stream, read_whole, too_large

__all__ = ["STDIN", "Fields", "InputFile", "documents", "list_inputs", "read_input", "unfold"]

_log = logging.getLogger(__name__)

STDIN: Final = "-"
_HEAD: Final = 65536
_OPEN_PIPES: Final = ("/dev/fd/", "/dev/stdin", "/proc/self/fd/")  # as a shell names them: extractor run <(…)


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read, or member number `member` of an archive. `doc` names its document, unique among the inputs.

    `size` is in bytes, 0 for standard input. `rows` says that it holds many documents; `piped` that only this process
    can read it, and once. No document may have more bytes than `limit`; its text is in `encoding`, where the user says so. `problem` says why there is nothing to read,
    where that is known already: `read_input` then yields just that.
    """

    path: Path
    doc: str
    size: int = 0
    fields: Fields = field(default_factory=Fields)
    problem: str = ""
    limit: int = LARGEST
    encoding: str | None = None
    rows: bool = False
    piped: bool = False
    member: int | None = None


def list_inputs(
    inputs: Sequence[str | Path], fields: Fields | None = None, limit: int = LARGEST, encoding: str | None = None
) -> list[InputFile]:
    """The files that `inputs` name, each once: files, the files of folders and of folders in them, `-` for standard input.

    Sorted by path inside a folder; hidden files and folders are passed over, and so, with a note in the log, are files of
    rows without any text (gold annotations or metadata beside the texts), and kinds of document that are not read. A path
    that is missing keeps its place, with its `problem`. Raises UsageError when no input exists at all, or when a folder
    holds nothing that can be read.
    """
    settings = InputFile(Path(), "", fields=fields or Fields(), limit=limit, encoding=encoding)
    if not inputs:
        raise UsageError("no input: name files or folders, or - for standard input")
    groups: list[list[InputFile]] = []
    for given in inputs:
        if str(given) == STDIN:
            groups.append([replace(settings, path=Path(STDIN), doc="stdin", piped=True)])
        elif _is_folder(Path(given)):
            groups.append(_folder(Path(given), settings))
        else:
            groups.append([_file(Path(given), _name(Path(given)), settings)])
    if all(file.problem for group in groups for file in group):
        raise UsageError("; ".join(dict.fromkeys(file.problem for group in groups for file in group)))
    return _unique(groups, [Path(given) for given in inputs])


def unfold(file: InputFile) -> list[InputFile]:
    """The members of the archive that `file` is, each to be read by itself; their sizes add up to its own. Else `file`.

    So is an archive that cannot be opened: reading it says why.
    """
    if file.problem or file.piped or file.member is not None or formats.suffix(file.path.name) != formats.ZIP:
        return [file]
    try:
        archive = _opened(file.path)
        members = formats.members(archive)
    except (OSError, UnreadableSource):
        return [file]
    number = {id(member): number for number, member in enumerate(archive.members)}
    found = [
        replace(
            file,
            doc=f"{file.doc}#{member.name}",
            size=member.packed,
            rows=formats.holds_rows(member.name),
            member=number[id(member)],
        )
        for member in members
    ]
    found[-1] = replace(found[-1], size=max(0, file.size - sum(member.size for member in found[:-1])))
    return found


def read_input(file: InputFile) -> Iterator[Document | UnreadableDocument]:
    """The documents of one file, row by row where it has rows. What cannot be read is yielded as such; nothing is raised."""
    if file.problem:
        yield UnreadableDocument(file.doc, file.problem)
        return
    try:
        if str(file.path) == STDIN:
            yield from _pipe(sys.stdin.buffer, file)
        elif file.member is not None:
            archive = _opened(file.path)
            yield from formats.read_member(
                archive, archive.members[file.member], file.doc, file.fields, file.limit, file.encoding
            )
        else:
            with file.path.open("rb") as stream:
                if file.piped:
                    yield from _pipe(stream, file)
                else:
                    about = os.fstat(stream.fileno())
                    modified = dt.datetime.fromtimestamp(about.st_mtime, dt.UTC).date()
                    for found in formats.read(
                        file.path.name, stream, file.doc, file.fields, file.limit, about.st_size, file.encoding
                    ):
                        yield replace(found, modified=modified) if isinstance(found, Document) else found
    except UnreadableSource as error:
        yield UnreadableDocument(file.doc, str(error))
    except OSError as error:
        yield UnreadableDocument(file.doc, _unopened(file.path, error))
    except UnicodeError:
        if file.encoding is None:
            raise
        yield UnreadableDocument(file.doc, _without_mark(file.encoding))


def documents(
    inputs: Sequence[str | Path], fields: Fields | None = None, limit: int = LARGEST, encoding: str | None = None
) -> Iterator[Document | UnreadableDocument]:
    """Every document of `inputs`, in order, each with a name of its own. Raises UsageError as `list_inputs` does."""
    seen = names.Taken()
    for file in list_inputs(inputs, fields, limit, encoding):
        for document in read_input(file):
            doc = document.doc
            if doc in seen:  # rows of two files that give themselves the same id
                document = replace(document, doc=seen.take(f"{file.doc}#{doc}"))
            else:
                seen.add(doc)
            yield document


def _file(path: Path, doc: str, settings: InputFile) -> InputFile:
    """The file at `path`, or why it cannot be read. What is no file is never opened: a pipe may never end."""
    file = partial(replace, settings, path=path, doc=doc)
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        reason = "is a link to nothing: mend or remove it" if path.is_symlink() else "does not exist: check the path"
        return file(problem=f"{names.of_path(path)} {reason}")
    except OSError as error:
        return file(problem=_unopened(path, error))
    except ValueError:  # a zero byte in the path
        return file(problem=f"{names.of_path(path)} does not exist: check the path")
    if found.st_dev in _of_the_system():
        return file(problem=f"{names.of_path(path)} is a file of the system, not of articles: leave it out")
    if stat.S_ISREG(found.st_mode):
        return file(size=found.st_size, rows=_holds_rows(path))
    if stat.S_ISFIFO(found.st_mode) and str(path).startswith(_OPEN_PIPES):
        return file(piped=True)
    kind = "a folder" if stat.S_ISDIR(found.st_mode) else "a pipe, socket or device"
    return file(
        problem=f"{names.of_path(path)} is {kind} and no file: name a file, or give its content as standard input (-)",
    )


@cache
def _of_the_system() -> frozenset[int]:
    """The file systems that the kernel makes up: a regular file there may wait for ever, as /proc/kmsg does."""
    found = set()
    for folder in ("/proc", "/sys"):
        with contextlib.suppress(OSError):
            found.add(Path(folder).stat().st_dev)
    return frozenset(found - {Path("/").stat().st_dev})


def _holds_rows(path: Path) -> bool:
    if formats.is_read(path.name):
        return formats.holds_rows(path.name)
    try:
        with path.open("rb") as stream:
            return formats.holds_rows(path.name, stream)
    except (OSError, UnreadableSource):  # reading it says so
        return False


def _folder(path: Path, settings: InputFile) -> list[InputFile]:
    closed: list[OSError] = []
    found: list[InputFile] = []
    unread: dict[str, int] = {}
    for folder, folders, files in os.walk(path, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in folders:
            if Path(folder, name).is_symlink():
                shown = names.of_path(Path(folder, name))
                _log.warning(
                    "note: %s is a link to a folder and passed over; name it too, if its articles are wanted", shown
                )
        for name in files:
            file = Path(folder, name)
            if name.startswith("."):
                continue
            if formats.is_read(name):
                found.append(_file(file, names.of_path(file.relative_to(path).as_posix()), settings))
            elif reason := formats.unread(name):
                unread[reason] = unread.get(reason, 0) + 1
    for error in closed:
        shut = Path(error.filename)
        doc = names.of_path(shut.relative_to(path).as_posix() if shut != path else path.name)
        found.append(replace(settings, path=shut, doc=doc, problem=_unopened(shut, error)))
    shown = names.of_path(path)
    for reason, number in sorted(unread.items()):
        _log.warning("note: %s passed over in %s: %s", f"{number} file{'s' if number > 1 else ''}", shown, reason)
    read = []
    passed_over = ""
    for input_file in sorted(found, key=lambda file: file.doc):
        if reason := _without_text(input_file):
            passed_over = passed_over or f"{input_file.doc}: {reason}"
            _log.warning("note: %s is passed over: %s, if they are articles", input_file.doc, reason)
        else:
            read.append(input_file)
    if not read and passed_over:
        raise UsageError(f"no article in the folder {shown}: {passed_over}")
    if not read:
        known = " ".join(formats.SUFFIXES)
        raise UsageError(f"no article in the folder {shown}: files with these endings are read there: {known}")
    return read


def _without_text(file: InputFile) -> str:
    """Why a file of rows holds no article, empty where it may; a file that cannot be read says so in its turn."""
    if file.problem or not file.rows:
        return ""
    try:
        with file.path.open("rb") as stream:
            return formats.without_text(file.path.name, stream, file.fields, file.limit)
    except (OSError, UnreadableSource):
        return ""


def _unique(groups: list[list[InputFile]], inputs: list[Path]) -> list[InputFile]:
    """All files once; names that two inputs share get the name of their input in front, then a number."""
    files: list[tuple[Path, InputFile]] = []
    known: set[str] = set()
    for given, group in zip(inputs, groups, strict=True):
        for file in group:
            key = os.path.abspath(file.path) if str(file.path) != STDIN else STDIN  # noqa: PTH100 - links stay apart
            if key not in known:
                known.add(key)
                files.append((given, file))
    number: dict[str, int] = {}
    for _, file in files:
        number[file.doc] = number.get(file.doc, 0) + 1
    result = []
    taken = names.Taken(doc for doc, times in number.items() if times == 1)
    for given, file in files:
        doc = file.doc
        if number[doc] > 1:
            parent = given if _is_folder(given) else given.absolute().parent
            doc = taken.take(f"{_name(parent)}/{doc}")
        result.append(file if doc == file.doc else replace(file, doc=doc))
    return result


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:  # a folder above is closed to us, or the path too long: opening it says which
        return False


def _without_mark(encoding: str) -> str:
    """Why a document is not in `encoding`, one of those that Python decodes by a byte-order mark alone."""
    return (
        f"not in {encoding} as --encoding says: it does not begin with a byte-order mark. "
        f"Give {encoding}-le or {encoding}-be, or leave --encoding out"
    )


def _name(path: Path) -> str:
    return names.of_path(path.name or path.absolute().name or "root")


def _unopened(path: Path, error: OSError) -> str:
    reason = error.strerror or type(error).__name__
    return f"{names.of_path(path)} cannot be read ({reason}): check that it is there and open to you"


_latest: tuple[tuple[str, int, int], Archive] | None = None


def _opened(path: Path) -> Archive:
    """The archive at `path`, kept open for the next member: its directory is not read anew for each. Raises UnreadableSource."""
    global _latest
    found = path.stat()
    key = (str(path.absolute()), found.st_mtime_ns, found.st_size)
    if _latest is None or _latest[0] != key:
        if _latest is not None:
            _latest[1].close()
            _latest = None
        _latest = key, Archive(path)
    return _latest[1]


class _Begun:
    """A stream with the bytes before it that were read already."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def read(self, size: int, /) -> bytes:
        head, self._head = self._head[:size], self._head[size:]
        return head or self._rest.read(size)


def _pipe(stream: BinaryIO, file: InputFile) -> Iterator[Document | UnreadableDocument]:
    """What comes through a pipe, by its first bytes: rows of JSON Lines as they come, else one file of a kind that these tell."""
    head = stream.read(_HEAD)
    begun: Stream = _Begun(head, stream)
    if decode(head[:400]).text.lstrip("\ufeff \t\r\n").startswith("{"):
        told = Recoded(begun, file.encoding) if file.encoding else begun
        yield from jsonl.read(told, file.doc, file.fields, file.limit)
    elif (data := read_whole(begun, file.limit)) is None:
        yield UnreadableDocument(file.doc, too_large(file.limit))
    else:
        yield from formats.read("", io.BytesIO(data), file.doc, file.fields, file.limit, encoding=file.encoding)
