"""Plain text and Markdown: bytes → document."""

from __future__ import annotations

from typing import Final

from extractor.article import Document, UnreadableDocument
from extractor.sources.decode import decode

_CONTROL: Final = bytes([*range(0x09), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20), 0x7F])
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_HEAD: Final = 65536  # bytes, or characters, by which a file's kind is told
_NOT_TEXT: Final = "not text: it holds binary data, so leave it out or save its text as UTF-8"
_TEXT: Final = "save it as UTF-8 text first"
_KINDS: Final = {
    b"%PDF": ("a PDF", "give its name the ending .pdf"),
    b"PK\x03\x04": ("a ZIP archive or an Office document", "give its name the right ending, .zip or .docx"),
    b"\xd0\xcf\x11\xe0": ("an old Office document", "save it as .docx, or a table as .csv"),
    b"\x1f\x8b": ("compressed with gzip", "give its name the ending .gz behind its own"),
    b"\xff\xd8\xff": ("a picture", _TEXT),
    b"\x89PNG": ("a picture", _TEXT),
    b"{\\rtf": ("an RTF document", "save it as .docx or as UTF-8 text"),
}
"""Kinds of file by their first bytes, and what to do with one that is named as if it were text."""


def document(data: bytes, doc: str) -> Document | UnreadableDocument:
    """The document that `data` holds, with its encoding; what is no text is unreadable, with the reason.

    >>> document("社工站。\\r\\n".encode("gb18030"), "a.txt").text
    '社工站。\\r\\n'
    >>> document(b"%PDF-1.7 ...", "a.txt")
    UnreadableDocument(doc='a.txt', reason='not plain text but a PDF: give its name the ending .pdf')
    """
    if problem := binary(data):
        return UnreadableDocument(doc, problem)
    decoded = decode(data)
    text = decoded.text
    if b"\x00" in data and _mostly_controls(text[:_HEAD]):
        return UnreadableDocument(doc, _NOT_TEXT)
    if not text.strip():
        return UnreadableDocument(doc, "empty: there is no text in it, so remove it or put the text in")
    if text.count("\ufffd") * 5 > len(text):
        return UnreadableDocument(
            doc, "in no encoding that is read here (UTF-8, UTF-16, GB18030, Big5): save it as UTF-8"
        )
    return Document(doc, text, decoded.encoding, {}, decoded.warnings)


def known_kind(data: bytes) -> str:
    """Why `data` is no text, by its first bytes; empty where they are those of no kind that is known here."""
    for start, (kind, remedy) in _KINDS.items():
        if data.startswith(start):
            return f"not plain text but {kind}: {remedy}"
    return ""


def binary(data: bytes) -> str:
    """Why `data` is no text, as a sentence; empty where it may be.

    >>> binary(b"\\x00\\x01\\x02"), binary("社工".encode("utf-16-le"))
    ('not text: it holds binary data, so leave it out or save its text as UTF-8', '')
    """
    if reason := known_kind(data):
        return reason
    if data.startswith(_WIDE):
        return ""
    head = data[:_HEAD]
    zeros = head.count(0)
    if zeros * 5 > len(head) * 3:
        return _NOT_TEXT
    # Zeros are half of each letter in UTF-16, and now and then all that is wrong with a text.
    return mostly_controls(head.replace(b"\x00", b"")) if zeros else mostly_controls(head)


def mostly_controls(data: bytes) -> str:
    """Why `data` is no text, where a tenth of its first bytes are control characters, as no text has; else empty.

    Bytes with the byte-order mark of UTF-16 are let be: their zeros are half of each letter.
    """
    if data.startswith(_WIDE):
        return ""
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROL))
    return _NOT_TEXT if controls * 10 > len(head) else ""


def _mostly_controls(text: str) -> bool:
    return sum("\0" < c < " " and c not in "\t\n\r\f\x0b" for c in text) * 10 > len(text)
