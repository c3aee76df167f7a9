"""Which reader a file's ending calls for, for files as for the members of archives.

Formats of one document are read whole, `(bytes, doc)` → document; formats of rows as a stream. A new one is a module
and its line here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from posixpath import splitext
from typing import BinaryIO, Final

from extractor.article import Document, UnreadableDocument
from extractor.errors import UnreadableSource
from extractor.sources import archives, jsonl, plain, tables
from extractor.sources.archives import Archive, Member
from extractor.sources.decode import Recoded
from extractor.sources.fields import Fields
from extractor.sources.limits import SeekableStream, Stream, read_whole, too_large

Found = Document | UnreadableDocument
Whole = Callable[[bytes, str], Found]
Rows = Callable[[Stream, str, Fields, int], Iterator[Found]]


def _guarded(kind: str) -> Whole:
    """The reader of a format that a library takes apart, out of harm's way; imported when there is such a file."""

    def document(data: bytes, doc: str) -> Found:
        from extractor.sources.guard import guarded

        return guarded(kind, data, doc)

    return document


WHOLE: Final[dict[str, Whole]] = {
    ".txt": plain.document,
    ".text": plain.document,
    ".md": plain.document,
    ".html": _guarded("html"),
    ".htm": _guarded("html"),
    ".xhtml": _guarded("html"),
    ".pdf": _guarded("pdf"),
    ".docx": _guarded("docx"),
}
ROWS: Final[dict[str, Rows]] = {
    ".jsonl": jsonl.read,
    ".ndjson": jsonl.read,
    ".csv": tables.read,
    ".tsv": tables.read,
}
ZIP: Final = ".zip"
GZIP: Final = ".gz"
SUFFIXES: Final = (*WHOLE, *ROWS, ZIP)
"""The endings, in lower case, that are read in folders and archives (no archive within an archive), each with .gz too."""

_HEAD: Final = 65536  # bytes by which a file's kind is told
_NESTED: Final = "an archive within an archive is not read: unpack the outer one first"
_UNPACK: Final = "unpack it first, or pack its files as .zip"
_AS_TEXT: Final = "save it as .docx or as plain text (.txt)"
_AS_TABLE: Final = "save the sheet as CSV (.csv)"
_AS_PAGE: Final = "save it as a web page (.html) or as plain text (.txt)"
UNREAD: Final = {
    ".doc": ("old Word", _AS_TEXT),
    ".wps": ("WPS", _AS_TEXT),
    ".rtf": ("RTF", _AS_TEXT),
    ".odt": ("OpenDocument", _AS_TEXT),
    ".ppt": ("PowerPoint", "save its text as .txt"),
    ".pptx": ("PowerPoint", "save its text as .txt"),
    ".xls": ("Excel", _AS_TABLE),
    ".xlsx": ("Excel", _AS_TABLE),
    ".et": ("WPS", _AS_TABLE),
    ".ods": ("OpenDocument", _AS_TABLE),
    ".mht": ("a web archive", _AS_PAGE),
    ".mhtml": ("a web archive", _AS_PAGE),
    ".epub": ("EPUB", _AS_PAGE),
    ".mobi": ("a Kindle book", _AS_PAGE),
    ".caj": ("CAJ", "save it as .pdf"),
    ".ofd": ("OFD", "save it as .pdf"),
    ".tar": ("a tar archive", _UNPACK),
    ".tgz": ("a tar archive", _UNPACK),
    ".bz2": ("bzip2", _UNPACK),
    ".xz": ("xz", _UNPACK),
    ".zst": ("Zstandard", _UNPACK),
    ".7z": ("7-Zip", _UNPACK),
    ".rar": ("RAR", _UNPACK),
}
"""Kinds of file that may hold articles and are not read, and what to do with them."""
_DATA: Final = {
    ".json": ("JSON", "write it as JSON Lines (.jsonl), one object a line, as jq -c '.[]' does"),
    ".xml": ("XML", "save its text as plain text (.txt) or JSON Lines (.jsonl)"),
}
"""The same for kinds of file that lie beside articles as often as they hold them."""


def suffix(name: str) -> str:
    """The ending of a file's name in lower case, with the one in front of it where it is .gz.

    >>> suffix("a.TXT"), suffix("rows.jsonl.gz"), suffix("notes")
    ('.txt', '.jsonl.gz', '')
    """
    stem, ending = splitext(name.lower())
    return (splitext(stem)[1] if ending == GZIP else "") + ending


def is_read(name: str) -> bool:
    """Whether a file of this name is read where a folder is given."""
    ending = suffix(name)
    return ending in SUFFIXES or (ending.endswith(GZIP) and ending.removesuffix(GZIP) in (*WHOLE, *ROWS))


def unread(name: str) -> str:
    """Why a file of this name is not read though it may hold articles, as a sentence; empty for all others.

    >>> unread("old.doc"), unread("a.docx"), unread("a.png")
    ('old Word is not read: save it as .docx or as plain text (.txt)', '', '')
    """
    kind, remedy = UNREAD.get(suffix(name).removesuffix(GZIP), ("", ""))
    return f"{kind} is not read: {remedy}" if kind else ""


def holds_rows(name: str, stream: BinaryIO | None = None) -> bool:
    """Whether a file of this name holds many documents, one a row; by its first bytes, where its ending says nothing.

    Raises OSError and UnreadableSource.
    """
    ending = suffix(name).removesuffix(GZIP)
    if _known(ending) or stream is None:
        return ending in ROWS
    inner: SeekableStream = archives.unpacked(stream) if suffix(name).endswith(GZIP) else stream
    told = sniffed(_head(inner))
    if told == GZIP and inner is stream:
        told = sniffed(_head(archives.unpacked(stream)))
    return told in ROWS


def _known(ending: str) -> bool:
    return ending in SUFFIXES or ending in UNREAD or ending in _DATA


def read(
    name: str,
    stream: BinaryIO,
    doc: str,
    fields: Fields,
    limit: int,
    size: int | None = None,
    encoding: str | None = None,
) -> Iterator[Found]:
    """The documents of a file called `name`; `size` are its bytes, where known. Raises OSError and UnreadableSource.

    Text is in `encoding`, a codec of Python, or in what its bytes say.

    What has no ending that is known is read by its first bytes, and as text where these say nothing. An archive is taken
    for one by its name alone, unless it has none: a batch must know beforehand which files hold many documents.
    """
    ending = suffix(name)
    packed = ending.endswith(GZIP)
    inner: SeekableStream = archives.unpacked(stream) if packed else stream
    ending = ending.removesuffix(GZIP)
    if not _known(ending):
        ending = sniffed(_head(inner))
    if ending == GZIP and not packed:
        packed, inner = True, archives.unpacked(stream)
        ending = sniffed(_head(inner))
    if packed and ending in (ZIP, GZIP):
        yield UnreadableDocument(doc, _NESTED)
    elif ending == ZIP and (not name or suffix(name) == ZIP):
        with closing(Archive(stream)) as archive:
            for member in members(archive):
                yield from read_member(archive, member, f"{doc}#{member.name}", fields, limit, encoding)
    else:
        yield from _read(ending, inner, doc, fields, limit, None if packed else size, encoding)


def read_member(
    archive: Archive, member: Member, doc: str, fields: Fields, limit: int, encoding: str | None = None
) -> Iterator[Found]:
    """The documents of a member of an archive, called `doc`: one, or its rows. Raises OSError."""
    ending = suffix(member.name)
    if reason := member.problem or (_NESTED if ending == ZIP or ending.endswith(GZIP) else ""):
        yield UnreadableDocument(doc, reason)
        return
    try:
        with archive.open(member) as stream:
            yield from _read(ending, stream, doc, fields, limit, member.size, encoding)
    except UnreadableSource as error:
        yield UnreadableDocument(doc, str(error))


def _read(
    ending: str,
    stream: SeekableStream,
    doc: str,
    fields: Fields,
    limit: int,
    size: int | None,
    encoding: str | None,
) -> Iterator[Found]:
    """The documents of what is no archive."""
    if encoding is not None and ending not in (".pdf", ".docx"):
        for found in _read(ending, Recoded(stream, encoding), doc, fields, limit, size, None):
            yield replace(found, encoding=encoding) if isinstance(found, Document) else found
        return
    if ending in UNREAD or ending in _DATA:
        kind, remedy = UNREAD.get(ending) or _DATA[ending]
        yield UnreadableDocument(doc, f"{kind} is not read: {remedy}")
    elif ending in ROWS:
        head = _head(stream)
        reason = _no_rows(head)
        if not reason and ROWS[ending] is jsonl.read:
            reason = jsonl.without_text(stream, fields, limit, least=2)  # a single row speaks for itself
            stream.seek(0)
        if reason:
            yield UnreadableDocument(doc, reason)
        else:
            yield from ROWS[ending](stream, doc, fields, limit)
    elif size is not None and size > limit:
        yield UnreadableDocument(doc, too_large(limit, size))
    elif (data := read_whole(stream, limit)) is None:
        yield UnreadableDocument(doc, too_large(limit))
    else:
        yield WHOLE.get(ending, plain.document)(data, doc)


def without_text(name: str, stream: BinaryIO, fields: Fields, limit: int) -> str:
    """Why a file of rows called `name` holds no article: none of them has a text; empty where it may hold one, or has no rows.

    Empty too for what holds no rows at all but binary data: reading it says so.
    """
    if not holds_rows(name):
        return ""
    inner: SeekableStream = archives.unpacked(stream) if suffix(name).endswith(GZIP) else stream
    if _no_rows(_head(inner)):
        return ""
    if ROWS[suffix(name).removesuffix(GZIP)] is jsonl.read:
        return jsonl.without_text(inner, fields, limit)
    return tables.without_text(inner, fields, limit)


def _no_rows(head: bytes) -> str:
    """Why a file that begins so is no file of rows; empty where it may be one."""
    return plain.known_kind(head) or plain.mostly_controls(head)


def sniffed(head: bytes) -> str:
    """The ending that a file should have by its first bytes; empty where they may be those of text.

    >>> sniffed(b"%PDF-1.7"), sniffed(b" <!DOCTYPE html><html>"), sniffed("修渠".encode()), sniffed(b'{"text": "a"}')
    ('.pdf', '.html', '', '.jsonl')
    """
    if head.startswith(b"PK\x03\x04"):
        office = {b"word/": ".docx", b"xl/": ".xlsx", b"ppt/": ".pptx"}
        parts = (ending for part, ending in office.items() if b"[Content_Types].xml" in head and part in head)
        return next(parts, ZIP)
    for start, ending in {b"%PDF": ".pdf", b"\x1f\x8b": GZIP, b"{\\rtf": ".rtf", b"\xd0\xcf\x11\xe0": ".doc"}.items():
        if head.startswith(start):
            return ending
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:20].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return ".html"
    return ".jsonl" if jsonl.begins(head) else ""


def _head(stream: SeekableStream) -> bytes:
    """The first bytes of `stream`, which then stands at its beginning again."""
    head = stream.read(_HEAD)
    stream.seek(0)
    return head


def members(archive: Archive) -> list[Member]:
    """The members that are read, and those of which it must be said that they are not. Raises UnreadableSource for none."""
    found = [
        member
        for member in archive.members
        if is_read(member.name) or unread(member.name) or suffix(member.name).endswith(GZIP)
    ]
    if not found:
        endings = " ".join(sorted({suffix(member.name) or "none" for member in archive.members})[:8])
        held = f"endings there: {endings}" if endings else "it is empty"
        raise UnreadableSource(f"the archive holds no file that is read here ({held}): pack {' '.join(SUFFIXES[:-1])}")
    return found
