"""Files of many rows: their lines, decoded and none longer than the limit, and what a row is as a document."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, Final, NamedTuple

from extractor.article import Document, UnreadableDocument
from extractor.sources.decode import CODECS, Decoded, decode, readability
from extractor.sources.fields import Fields
from extractor.sources.limits import Stream, too_large
from extractor.sources.names import Taken, printable
from extractor.text import half_pairs

_CHUNK: Final = 1 << 16
_SHOWN: Final = 8  # names of fields in a message
_LONG: Final = 40  # characters of a name in a message
_MARKS: Final = (  # byte-order marks; that of UTF-32 begins with that of UTF-16
    (codecs.BOM_UTF8, ""),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"\x84\x31\x95\x33", ""),
)


class Line(NamedTuple):
    """A line with its line end. One of more bytes than the limit has its `size` and no `text`.

    `quotes` counts the quotation marks of such a line: who reads quoted cells must know whether one is open behind it.
    """

    number: int
    text: str
    size: int
    encoding: str = "utf-8"
    warnings: tuple[str, ...] = ()
    quotes: int = 0


def lines(stream: Stream, limit: int) -> Iterator[Line]:
    r"""The lines of `stream`, numbered from 1. Of a line with more than `limit` bytes no more than that is held.

    The file's encoding is that of its first lines; a line that is not in it is decoded by itself.

    >>> import io
    >>> [(line.number, line.text, line.size) for line in lines(io.BytesIO("甲\n乙乙乙\n丙".encode()), 6)]
    [(1, '甲\n', 4), (2, '', 10), (3, '丙', 3)]
    """
    chunks, wide = _chunks(stream)
    sample = next(chunks, b"")
    cut = sample.rfind(b"\n") + 1 if len(sample) >= _CHUNK else 0  # else inside a character, perhaps
    main = "utf-8" if wide else decode(sample[:cut] or sample).encoding
    number = 1
    held: list[bytes] = []
    size = quotes = 0

    def line() -> Line:
        if size > limit:
            return Line(number, "", size, quotes=quotes)
        decoded = _decoded(b"".join(held), main)
        return Line(number, decoded.text, size, wide or decoded.encoding, decoded.warnings)

    chunk = sample
    while chunk:
        start = 0
        while start < len(chunk):
            end = chunk.find(b"\n", start) + 1
            piece = chunk[start : end or len(chunk)]
            size += len(piece)
            held.append(piece)
            if size > limit:
                quotes += sum(part.count(b'"') for part in held)
                held.clear()
            if not end:
                break
            yield line()
            number += 1
            held.clear()
            size = quotes = 0
            start = end
        chunk = next(chunks, b"")
    if size:
        yield line()


def document(
    row: Mapping[str, Any], place: str, fields: Fields, encoding: str, warnings: tuple[str, ...] = ()
) -> Document | UnreadableDocument:
    """What `row` holds as a document, named by its own `doc` or `id`, else by its `place`."""
    doc = _name(row, fields) or place
    text = row.get(fields.text)
    if text is None and fields.text in row:
        return UnreadableDocument(doc, f"its field {fields.text!r} is null: remove the row or put the text in")
    if text is None:
        return UnreadableDocument(doc, without_field(row, fields))
    if not isinstance(text, str):
        return UnreadableDocument(doc, f"its field {fields.text!r} is not a string: put the text there as a string")
    if not text.strip():
        return UnreadableDocument(doc, f"its field {fields.text!r} is empty: remove the row or put the text in")
    text, lost = half_pairs(text)
    return Document(doc, text, encoding, _stated(row, fields), (*warnings, *lost))


def without_field(held: Iterable[str], fields: Fields, start: str = "it has no") -> str:
    """Why rows with the fields `held` give no text, as a sentence that begins with `start`.

    >>> without_field(["nr", "content"], Fields())
    "it has no field 'text' (fields there: 'nr', 'content'): say which one holds the text, as in --field text=nr"
    """
    names = [_short(key) for key in held if key.strip()][:_SHOWN]
    there = ", ".join(map(repr, names)) or "none"
    example = names[0] if names else "content"
    return (
        f"{start} field {fields.text!r} (fields there: {there}): "
        f"say which one holds the text, as in --field text={example}"
    )


def too_long(doc: str, limit: int, size: int) -> UnreadableDocument:
    """What a row of too many bytes becomes."""
    return UnreadableDocument(doc, too_large(limit, size, "the row"))


def distinct(
    rows: Iterable[tuple[int, Document | UnreadableDocument]], doc: str
) -> Iterator[Document | UnreadableDocument]:
    """The documents of numbered rows, each with a name of its own: one that comes again gets its row's number behind it."""
    seen = Taken()
    empty = True
    for number, row in rows:
        found, empty = row, False
        if row.doc in seen:
            found = replace(row, doc=seen.take(f"{row.doc}#{number}"))
            if isinstance(found, Document):
                found = replace(found, warnings=(*found.warnings, f"{row.doc} names a row above already"))
        else:
            seen.add(row.doc)
        yield found
    if empty:
        yield UnreadableDocument(doc, "empty: there is no row in it, so remove it or put rows in")


def _chunks(stream: Stream) -> tuple[Iterator[bytes], str]:
    """The bytes of `stream` without a byte-order mark; those of UTF-16 or UTF-32 as UTF-8, with the name of what they were."""
    first = stream.read(_CHUNK)
    mark, wide = next(((mark, name) for mark, name in _MARKS if first.startswith(mark)), (b"", ""))

    def plain() -> Iterator[bytes]:
        yield first[len(mark) :]
        while chunk := stream.read(_CHUNK):
            yield chunk

    def narrowed() -> Iterator[bytes]:
        decoder = codecs.getincrementaldecoder(wide)("replace")
        chunk = first
        while chunk:
            yield decoder.decode(chunk).encode("utf-8", "replace")
            chunk = stream.read(_CHUNK)
        yield decoder.decode(b"", final=True).encode("utf-8", "replace")

    return (chunk for chunk in (narrowed() if wide else plain()) if chunk), wide


def _decoded(line: bytes, main: str) -> Decoded:
    """`line` in the file's encoding, unless it is none of that, or UTF-8 beyond chance."""
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        text = ""
    if text and (main == "utf-8" or text.isascii()):
        return Decoded(text, "utf-8")
    try:
        own = line.decode(CODECS.get(main, main))
    except (UnicodeDecodeError, LookupError):
        return decode(line)
    if sum(c > "\x7f" for c in text) >= 3 and readability(text) >= readability(own):
        return Decoded(text, "utf-8")
    return Decoded(own, main)


def _short(name: str) -> str:
    name = printable(name)
    return name if len(name) <= _LONG else name[:_LONG] + "…"


def _name(row: Mapping[str, Any], fields: Fields) -> str:
    for key in (fields.doc, fields.identifier):
        value = row.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return printable(str(value).strip())
    return ""


def _stated(row: Mapping[str, Any], fields: Fields) -> dict[str, str]:
    """What the row states beside its text; a list of authors is joined by 、."""
    stated = {}
    for name, key in fields.stated():
        value = row.get(key)
        if isinstance(value, list):
            value = "、".join(part for part in value if isinstance(part, str))
        elif isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and (value := value.strip()):
            stated[name] = half_pairs(value)[0]
    return stated
