"""JSON Lines: one row, one document. Read line by line, so a file may be larger than memory."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from extractor.article import Document, UnreadableDocument
from extractor.sources import rows
from extractor.sources.decode import decode
from extractor.sources.fields import Fields
from extractor.sources.limits import Stream

_TOLD = 400  # bytes that tell whether rows begin
_OBJECT = re.compile(r'\{[ \t]*"(?:[^"\\\n]|\\.)*"[ \t]*:')
_KEPT = 8  # names of fields that are kept for a message


def read(stream: Stream, doc: str, fields: Fields, limit: int) -> Iterator[Document | UnreadableDocument]:
    """The rows of `stream` as documents named by their own `doc` or `id`, else `doc#number`, counted in lines from 1.

    A row that cannot be read is yielded as such and the rest goes on. An id that comes again gets its number behind it.

    >>> import io
    >>> stream = io.BytesIO(b'{"id": 7, "text": "a"}' + bytes([10]) + b'{"text": 5}')
    >>> list(read(stream, "rows.jsonl", Fields(), 100))
    [Document(doc='7', text='a', encoding='utf-8', stated={}, warnings=()),
     UnreadableDocument(doc='rows.jsonl#2', reason="its field 'text' is not a string: put the text there as a string")]
    """
    found = ((line.number, _row(line, f"{doc}#{line.number}", fields, limit)) for line in _filled(stream, limit))
    return rows.distinct(found, doc)


def without_text(stream: Stream, fields: Fields, limit: int, least: int = 1) -> str:
    """Why the rows of `stream`, `least` or more, are no articles: all are objects, and none has the field of the text; else empty.

    So look gold annotations and lists of metadata that lie beside the texts they speak of. A broken row is no such sign:
    then each row has its own say. Reads up to the first row that has a text, which in a file of articles is the first.

    >>> import io
    >>> without_text(io.BytesIO(b'{"doc": "a", "mentions": []}'), Fields(), 100)
    "its one row has no field 'text' (fields there: 'doc', 'mentions'): say which one holds the text, as in --field text=doc"
    >>> without_text(io.BytesIO(b'{"doc": "a"} {'), Fields(), 100), without_text(io.BytesIO(b'{"text": ""}'), Fields(), 100)
    ('', '')
    """
    number = 0
    keys: dict[str, None] = {}
    for line in _filled(stream, limit):
        try:
            row = json.loads(line.text)
        except (ValueError, RecursionError):
            return ""
        if not isinstance(row, dict) or fields.text in row:
            return ""
        number += 1
        if len(keys) < _KEPT:
            keys.update(dict.fromkeys(row))
    if number < least:
        return ""
    return rows.without_field(keys, fields, f"none of its {number} rows has a" if number > 1 else "its one row has no")


def begins(head: bytes) -> bool:
    """Whether a file that begins with `head` is JSON Lines: an object and its first key stand in its first line.

    >>> begins(b'{"text": "a"}'), begins(b'{"text": "a'), begins("{社工}站".encode()), begins(b'{\\n  "text": "a"}')
    (True, True, False, False)
    """
    return _OBJECT.match(decode(head[:_TOLD]).text.lstrip("\ufeff \t\r\n")) is not None


def _filled(stream: Stream, limit: int) -> Iterator[rows.Line]:
    """The lines that hold anything, those of too many bytes among them."""
    return (line for line in rows.lines(stream, limit) if line.size > limit or line.text.strip())


def _row(line: rows.Line, place: str, fields: Fields, limit: int) -> Document | UnreadableDocument:
    if line.size > limit:
        return rows.too_long(place, limit, line.size)
    try:
        row: Any = json.loads(line.text)
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep, or a number too long"
        return UnreadableDocument(
            place, f"not a JSON object ({what}): write one object a line, and no line end inside it"
        )
    if not isinstance(row, dict):
        return UnreadableDocument(place, 'not a JSON object: write one a line, such as {"text": "…"}')
    return rows.document(row, place, fields, line.encoding, line.warnings)
