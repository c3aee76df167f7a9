"""Files, folders and standard input → documents; a document → its articles (see `articles`).

A format is one module here, `read(path, doc, fields)` → documents, and its suffixes in `SUFFIXES`.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from extractor.article import Document, UnreadableDocument
from extractor.errors import UsageError
from extractor.sources import jsonl, plain
from extractor.sources.fields import Fields

__all__ = ["SUFFIXES", "Fields", "InputFile", "documents", "list_inputs", "read_input"]

_log = logging.getLogger(__name__)

STDIN: Final = "-"

SUFFIXES: Final = {
    ".txt": plain.read,
    ".text": plain.read,
    ".md": plain.read,
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
}
"""What reads a file, by its suffix in lower case. A folder's other files are passed over; a file named outright is text,
unless its suffix is in `UNREAD`."""

UNREAD: Final = {
    ".html": "HTML",
    ".htm": "HTML",
    ".xhtml": "HTML",
    ".pdf": "PDF",
    ".doc": "Word",
    ".docx": "Word",
    ".csv": "CSV",
    ".tsv": "TSV",
    ".xls": "Excel",
    ".xlsx": "Excel",
}
"""Kinds of file that hold articles and are not read: as text they would give their tags or columns for sentences."""


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file to read. `doc` names its document, unique among the inputs; `size` is in bytes, 0 for standard input.

    `problem` says why there is nothing to read, where that is known already: `read_input` then yields just that.
    """

    path: Path
    doc: str
    size: int = 0
    fields: Fields = field(default_factory=Fields)
    problem: str = ""


def list_inputs(inputs: Sequence[str | Path], fields: Fields | None = None) -> list[InputFile]:
    """The files that `inputs` name, each once: files, the files of folders and of folders in them, `-` for standard input.

    Sorted by path inside a folder; hidden files and folders are passed over, and so, with a note in the log, are files of
    rows without any text: gold annotations or metadata beside the texts. A path that is missing keeps its place, with its
    `problem`. Raises UsageError when no input exists at all, or when a folder holds nothing that can be read.
    """
    fields = fields or Fields()
    if not inputs:
        raise UsageError("no input: name files or folders, or - for standard input")
    groups: list[list[InputFile]] = []
    for given in inputs:
        if str(given) == STDIN:
            groups.append([InputFile(Path(STDIN), "stdin", 0, fields)])
            continue
        path = Path(given)
        if path.is_dir():
            groups.append(_folder(path, fields))
        elif path.exists():
            groups.append([InputFile(path, _name(path), path.stat().st_size if path.is_file() else 0, fields)])
        else:
            groups.append([InputFile(path, _name(path), 0, fields, f"{_shown(path)} does not exist: check the path")])
    if all(file.problem for group in groups for file in group):
        raise UsageError("; ".join(dict.fromkeys(file.problem for group in groups for file in group)))
    return _unique(groups, [Path(given) for given in inputs])


def read_input(file: InputFile) -> Iterator[Document | UnreadableDocument]:
    """The documents of one file, row by row where it has rows. What cannot be read is yielded as such; nothing is raised."""
    if file.problem:
        yield UnreadableDocument(file.doc, file.problem)
        return
    suffix = file.path.suffix.lower()
    if suffix in UNREAD:
        reason = f"{UNREAD[suffix]} is not read yet: save it as plain text (.txt) or JSON Lines (.jsonl)"
        yield UnreadableDocument(file.doc, reason)
        return
    try:
        if str(file.path) == STDIN:
            yield from _standard_input(file)
        else:
            yield from SUFFIXES.get(suffix, plain.read)(file.path, file.doc, file.fields)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        yield UnreadableDocument(
            file.doc, f"{_shown(file.path)} cannot be read ({reason}): check that it is there and open to you"
        )


def documents(inputs: Sequence[str | Path], fields: Fields | None = None) -> Iterator[Document | UnreadableDocument]:
    """Every document of `inputs`, in order, each with a name of its own. Raises UsageError as `list_inputs` does."""
    seen: set[str] = set()
    for file in list_inputs(inputs, fields):
        for document in read_input(file):
            doc = document.doc
            if doc in seen:  # rows of two files that give themselves the same id
                doc = _free(f"{file.doc}#{doc}", seen)
                document = replace(document, doc=doc)
            seen.add(doc)
            yield document


def _folder(path: Path, fields: Fields) -> list[InputFile]:
    files = []
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in names:
            file = Path(folder, name)
            if name.startswith(".") or file.suffix.lower() not in SUFFIXES:
                continue
            try:
                size = file.stat().st_size
            except OSError:  # a dangling link: reading it says so
                size = 0
            files.append(InputFile(file, _readable(file.relative_to(path).as_posix()), size, fields))
    read = []
    passed_over = ""
    for input_file in sorted(files, key=lambda file: file.doc):
        if reason := _without_text(input_file):
            passed_over = passed_over or f"{input_file.doc}: {reason}"
            _log.warning("note: %s is passed over: %s, if they are articles", input_file.doc, reason)
        else:
            read.append(input_file)
    files = read
    if not files and passed_over:
        raise UsageError(f"no article in the folder {_shown(path)}: {passed_over}")
    if not files:
        known = " ".join(SUFFIXES)
        raise UsageError(f"no article in the folder {_shown(path)}: files with these endings are read there: {known}")
    return files


def _without_text(file: InputFile) -> str:
    """Why a file of rows holds no article, empty where it may; a file that cannot be opened says so when it is read."""
    if SUFFIXES[file.path.suffix.lower()] is not jsonl.read:
        return ""
    try:
        with file.path.open("rb") as lines:
            return jsonl.without_text(lines, file.fields)
    except OSError:
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
    taken = {doc for doc, times in number.items() if times == 1}
    for given, file in files:
        doc = file.doc
        if number[doc] > 1:
            parent = given if given.is_dir() else given.absolute().parent
            doc = _free(f"{_name(parent)}/{doc}", taken)
            taken.add(doc)
        result.append(replace(file, doc=doc))
    return result


def _free(doc: str, taken: set[str]) -> str:
    free, number = doc, 2
    while free in taken:
        free, number = f"{doc}~{number}", number + 1
    return free


def _name(path: Path) -> str:
    return _readable(path.name or path.absolute().name or "root")


def _readable(name: str) -> str:
    """A file name that can be written as UTF-8, whatever bytes it holds."""
    return os.fsencode(name).decode("utf-8", "replace")


def _shown(path: Path) -> str:
    return _readable(str(path))


def _standard_input(file: InputFile) -> Iterator[Document | UnreadableDocument]:
    data = sys.stdin.buffer.read()
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from jsonl.read_lines(iter(data.splitlines(keepends=True)), file.doc, file.fields)
    else:
        yield plain.document(data, file.doc)
