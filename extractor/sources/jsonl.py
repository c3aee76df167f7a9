"""JSON Lines: one row, one document. Read line by line, so a file may be larger than memory."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from extractor.article import Document, UnreadableDocument
from extractor.sources.decode import decode, half_pairs
from extractor.sources.fields import Fields
from extractor.sources.plain import known_kind

_SHOWN = 8  # names of fields in a message


def read(path: Path, doc: str, fields: Fields) -> Iterator[Document | UnreadableDocument]:
    """The rows of the file at `path` as documents, or one reason where none has a text. Raises OSError when it cannot be opened."""
    with path.open("rb") as lines:
        reason = known_kind(lines.peek(8)) or without_text(lines, fields, least=2)  # a single row speaks for itself
    if reason:
        yield UnreadableDocument(doc, reason)
        return
    with path.open("rb") as lines:
        yield from read_lines(lines, doc, fields)


def without_text(lines: Iterable[bytes], fields: Fields, least: int = 1) -> str:
    """Why the rows in `lines`, `least` or more, are no articles: all are objects, and none has the field of the text; else empty.

    So look gold annotations and lists of metadata that lie beside the texts they speak of. A broken row is no such sign:
    then each row has its own say. Reads up to the first row that has a text, which in a file of articles is the first.

    >>> without_text([b'{"doc": "a", "mentions": []}', b'{"doc": "b", "title": "c"}'], Fields())
    "none of its 2 rows has a field 'text' (fields there: 'doc', 'mentions', 'title'): rename the one that holds the text to 'text'"
    >>> without_text([b'{"doc": "a"}', b'{"text": "b"}'], Fields()), without_text([b'{"doc": "a"}', b"{"], Fields())
    ('', '')
    """
    rows = 0
    keys: dict[str, None] = {}
    for number, line in enumerate(lines, 1):
        stripped = (line.removeprefix(b"\xef\xbb\xbf") if number == 1 else line).strip()
        if not stripped:
            continue
        try:
            row = json.loads(decode(stripped).text)
        except (ValueError, RecursionError):
            return ""
        if not isinstance(row, dict) or fields.text in row:
            return ""
        rows += 1
        if len(keys) < _SHOWN:
            keys.update(dict.fromkeys(row))
    if rows < least:
        return ""
    held = ", ".join(map(repr, list(keys)[:_SHOWN])) or "none"
    its = f"none of its {rows} rows has" if rows > 1 else "its one row has not"
    return (
        f"{its} a field {fields.text!r} (fields there: {held}): rename the one that holds the text to {fields.text!r}"
    )


def read_lines(lines: Iterable[bytes], doc: str, fields: Fields) -> Iterator[Document | UnreadableDocument]:
    """The rows in `lines` as documents named by their own `doc` or `id`, else `doc#number`, counted in lines from 1.

    A row that cannot be read is yielded as such and the rest goes on. An id that comes again gets its number behind it.

    >>> list(read_lines([b'{"id": 7, "text": "a"}', b'{"text": 5}'], "rows.jsonl", Fields()))
    [Document(doc='7', text='a', encoding='utf-8', stated={}, warnings=()),
     UnreadableDocument(doc='rows.jsonl#2', reason="its field 'text' is not a string: put the text there as a string")]
    """
    seen: set[str] = set()
    rows = 0
    for number, line in enumerate(lines, 1):
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        rows += 1
        found = _row(line, f"{doc}#{number}", fields)
        if found.doc in seen:
            name = f"{found.doc}#{number}"
            if isinstance(found, Document):
                found = Document(
                    name,
                    found.text,
                    found.encoding,
                    found.stated,
                    (*found.warnings, f"{found.doc} names a row above already"),
                )
            else:
                found = UnreadableDocument(name, found.reason)
        seen.add(found.doc)
        yield found
    if not rows:
        yield UnreadableDocument(doc, "empty: there is no row in it, so remove it or put rows in")


def _row(line: bytes, place: str, fields: Fields) -> Document | UnreadableDocument:
    decoded = decode(line)
    try:
        row = json.loads(decoded.text)
    except (ValueError, RecursionError) as error:
        what = error.msg if isinstance(error, json.JSONDecodeError) else "nested too deep"
        return UnreadableDocument(
            place, f"not a JSON object ({what}): write one object a line, and no line end inside it"
        )
    if not isinstance(row, dict):
        return UnreadableDocument(place, 'not a JSON object: write one a line, such as {"text": "…"}')
    doc = _name(row, fields) or place
    text = row.get(fields.text)
    if text is None:
        held = ", ".join(repr(key) for key in list(row)[:_SHOWN]) or "none"
        return UnreadableDocument(
            doc,
            f"it has no field {fields.text!r} (its fields: {held}): rename the one that holds the text to {fields.text!r}",
        )
    if not isinstance(text, str):
        return UnreadableDocument(doc, f"its field {fields.text!r} is not a string: put the text there as a string")
    if not text.strip():
        return UnreadableDocument(doc, f"its field {fields.text!r} is empty: remove the row or put the text in")
    text, lost = half_pairs(text)
    return Document(doc, text, decoded.encoding, _stated(row, fields), (*decoded.warnings, *lost))


def _name(row: Mapping[str, Any], fields: Fields) -> str:
    for key in (fields.doc, fields.identifier):
        value = row.get(key)
        if isinstance(value, (str, int)) and not isinstance(value, bool) and str(value).strip():
            return half_pairs(str(value).strip())[0]
    return ""


def _stated(row: Mapping[str, Any], fields: Fields) -> dict[str, str]:
    """What the row states beside its text; a list of authors is joined by 、."""
    stated = {}
    for name, key in fields.stated():
        value = row.get(key)
        if isinstance(value, list):
            value = "、".join(part for part in value if isinstance(part, str))
        if isinstance(value, int) and not isinstance(value, bool):
            value = str(value)
        if isinstance(value, str) and value.strip():
            stated[name] = half_pairs(value.strip())[0]
    return stated
