"""Word documents (DOCX): the text as Word shows it, without the heads and feet of its pages."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol
from xml.etree import ElementTree

from extractor.article import Document, UnreadableDocument
from extractor.sources.title import heads

_MOST: Final = (
    128 << 20
)  # bytes of XML in all the parts that are read; a book of a million characters has a tenth of that
_RATIO: Final = 200  # of the bytes of a part to its packed bytes: Word's XML has 5 to 20
_FREE: Final = 8 << 20  # bytes up to which any ratio will do
_CHUNK: Final = 1 << 16
_WORD: Final = (
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "http://purl.oclc.org/ooxml/wordprocessingml/main",  # ISO/IEC 29500 Strict
)
_PREFIXES: Final = {
    **dict.fromkeys(_WORD, "w:"),
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
    "http://purl.org/dc/elements/1.1/": "dc:",
}
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROTECTED: Final = "EncryptedPackage".encode("utf-16-le")
_BREAKS: Final = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
# What Word does not show: deleted, moved away, an older form of what is shown, a reading above its characters.
_UNSEEN: Final = frozenset(("w:del", "w:moveFrom", "mc:Fallback", "w:rt"))
_NOTES: Final = {"w:footnoteReference": "footnotes", "w:endnoteReference": "endnotes"}
_SEPARATORS: Final = ("separator", "continuationSeparator", "continuationNotice")
_SPACES: Final = str.maketrans("\n\r\t", "   ")  # line ends of the XML are none of the text
_DAMAGED: Final = "its parts are damaged or cut off: fetch it again, or open it in Word and save it anew"


class _Refused(Exception):
    """The file is not read, for the reason that is the message."""


def document(data: bytes, doc: str) -> Document | UnreadableDocument:
    """The text that `data` holds: a paragraph a line, a row of a table a line with its cells joined by tabs.

    A text box follows the paragraph that it hangs on, notes follow the text as `[1] …`; tracked changes are taken as made.
    """
    if data.startswith(_OLE):
        if _PROTECTED in data:
            return UnreadableDocument(doc, "it is encrypted with a password: save a copy without the password")
        return UnreadableDocument(
            doc, "an old Word document (.doc): open it in Word or LibreOffice and save it as .docx"
        )
    try:
        return _read(data, doc)
    except _Refused as refused:
        return UnreadableDocument(doc, str(refused))
    except (zipfile.BadZipFile, zlib.error, EOFError, ElementTree.ParseError, OSError, ValueError, LookupError):
        return UnreadableDocument(doc, _DAMAGED)
    except (NotImplementedError, RuntimeError):  # so zipfile says of other compressions, and of passwords
        return UnreadableDocument(doc, "it is packed in a way that is not read here: open it in Word and save it anew")


def _read(data: bytes, doc: str) -> Document | UnreadableDocument:
    if not data.startswith(b"PK"):
        raise _Refused("not a Word document (DOCX), whatever its name says: give it the ending of what it is")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = _Parts(archive)
        main = parts.related("", "/officeDocument") or "word/document.xml"
        if not parts.has(main):
            raise _Refused(
                "a ZIP archive without a Word document in it: unpack it, or give it the ending of what it is"
            )
        body = _Text()
        parts.parse(main, body)
        lines = [*body.lines(), *_notes(parts, main, body.notes)]
        core = _Title()
        if name := parts.related("", "/core-properties"):
            parts.parse(name, core)
    text = "\n".join(lines).strip("\n")
    if not text.strip():
        if body.drawn:
            raise _Refused("it holds pictures and no text: run OCR (text recognition) on them first")
        raise _Refused("empty: there is no text in it, so remove it or put the text in")
    title = "".join(core.text).strip()
    return Document(
        doc,
        f"{text}\n",
        "docx",
        {"title": title} if heads(title, text) else {},
        tuple(body.warnings()),
        "metadata",
        extracted=True,
    )


def _notes(parts: _Parts, main: str, references: list[tuple[str, str]]) -> Iterator[str]:
    """The foot- and endnotes that the text refers to, numbered in its order, footnotes first."""
    number = 0
    for kind in ("footnotes", "endnotes"):
        wanted = [identifier for noted, identifier in references if noted == kind]
        name = parts.related(main, f"/{kind}")
        if not wanted or not name:
            continue
        notes = _Text()
        parts.parse(name, notes)
        for identifier in dict.fromkeys(wanted):
            number += 1
            if text := " ".join(line for line in notes.found.get(identifier, ()) if line.strip()).strip():
                yield f"[{number}] {' '.join(text.split())}"


# --- the archive --------------------------------------------------------------------------------------------------


class _Target(Protocol):
    """What is told of a part's elements, as `xml.etree.ElementTree.XMLParser` does."""

    def start(self, tag: str, attributes: dict[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


class _Parts:
    """The parts of the archive, read within one budget of bytes, whatever size they claim."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = set(archive.namelist())
        self._left = _MOST

    def has(self, name: str) -> bool:
        return name in self._names

    def related(self, source: str, kind: str) -> str:
        """The name of the part that `source` (the whole package, if empty) is related to as `kind`; empty where none is there."""
        folder, name = posixpath.split(source)
        relations = posixpath.join(folder, "_rels", f"{name}.rels")
        if relations not in self._names:
            return ""
        found = _Relations()
        self.parse(relations, found)
        for of_kind, target in found.pairs:
            if of_kind.endswith(kind):
                part = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
                if part in self._names:
                    return part
        return ""

    def parse(self, name: str, target: _Target) -> None:
        """Tell `target` of the elements in the part `name`."""
        parser = ElementTree.XMLParser(target=_Guarded(target))  # noqa: S314
        most = max(_FREE, _RATIO * self._archive.getinfo(name).compress_size)
        with self._archive.open(name) as part:
            while chunk := part.read(_CHUNK):
                most -= len(chunk)
                self._left -= len(chunk)
                if most < 0 or self._left < 0:
                    raise _Refused(
                        "it swells far beyond the size of a text when it is unpacked: open it in Word and save its text"
                    )
                parser.feed(chunk)
        parser.close()


class _Guarded:
    """Tells a target of elements, and refuses a document type, which can name other files and swell without end."""

    def __init__(self, target: _Target) -> None:
        self.start = target.start
        self.end = target.end
        self.data = target.data

    def doctype(self, *_: object) -> None:
        raise _Refused("it declares XML entities, which Word never writes: open it in Word and save it anew")

    def close(self) -> None: ...


class _Relations:
    """The relations of a part: kind and target."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if attributes.get("TargetMode") != "External" and "Target" in attributes:
            self.pairs.append((attributes.get("Type", ""), attributes["Target"]))

    def end(self, tag: str) -> None: ...
    def data(self, text: str) -> None: ...


class _Title:
    """The title among the core properties."""

    def __init__(self) -> None:
        self.text: list[str] = []
        self._inside = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._inside = _named(tag) == "dc:title"

    def end(self, tag: str) -> None:
        self._inside = False

    def data(self, text: str) -> None:
        if self._inside:
            self.text.append(text)


def _named(tag: str) -> str:
    """A tag with the usual prefix of its namespace; one of any other namespace has none."""
    space, _, name = tag.rpartition("}")
    return _PREFIXES.get(space[1:], "") + name


# --- the text -----------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Paragraph:
    """A paragraph as far as it was read, and the lines of the text boxes that hang on it."""

    text: list[str] = field(default_factory=list)
    boxes: list[str] = field(default_factory=list)
    joined: bool = False  # its end was deleted: the next one reads on


@dataclass(slots=True)
class _Story:
    """Lines of the body, a cell, a text box or a note; `open` is a paragraph that the next one reads on from."""

    lines: list[str] = field(default_factory=list)
    open: _Paragraph | None = None

    def add(self, paragraph: _Paragraph) -> None:
        self.lines.extend("".join(paragraph.text).split("\n"))
        self.lines.extend(paragraph.boxes)
        self.open = None

    def closed(self) -> list[str]:
        if self.open is not None:
            self.add(self.open)
        return self.lines


@dataclass(slots=True)
class _Row:
    cells: list[list[str]] = field(default_factory=list)
    deleted: bool = False

    def lines(self) -> list[str]:
        """The row as one line; a lone cell is laid out, and no table, so its lines stay."""
        filled = [cell for cell in self.cells if any(line.strip() for line in cell)]
        if self.deleted or not filled:
            return []
        if len(filled) == 1:
            return filled[0]
        return ["\t".join(" ".join(" ".join(cell).split()) for cell in self.cells).rstrip("\t")]


class _Text:
    """Gathers the text of a part as its elements go by; nothing in it grows with their depth but a list of names."""

    def __init__(self) -> None:
        self.notes: list[tuple[str, str]] = []  # what the text refers to: kind and id
        self.found: dict[str, list[str]] = {}  # the notes of a part of notes, by id
        self.drawn = False
        self._path: list[str] = []
        self._unseen = 0  # elements that are open from the first unseen one on
        self._stories = [_Story()]
        self._paragraphs: list[_Paragraph] = []
        self._rows: list[_Row] = []
        self._merged: list[bool] = []  # of the open cells: whether they go on from the one above or before
        self._placeholders: list[bool] = []  # of the open content controls
        self._hidden = False  # the open run
        self._deletions = self._foreign = False

    def lines(self) -> list[str]:
        return self._stories[0].closed()

    def warnings(self) -> Iterator[str]:
        if self._deletions:
            yield "it holds tracked changes: what was deleted is left out, what was inserted is read"
        if self._foreign:
            yield "parts of another format are embedded in it and not read: open it in Word and save it anew"

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        name = _named(tag)
        parent = self._path[-1] if self._path else ""
        self._path.append(name)
        if self._unseen:
            self._unseen += 1
        elif name in _BREAKS:
            if parent == "w:r":
                self._add(_BREAKS[name])
        elif name in _UNSEEN:
            self._leave_out(name, parent)
        elif name in _NOTES:
            self.notes.append((_NOTES[name], _value(attributes, "id")))
        elif name.endswith("Change"):  # how it was before
            self._unseen = 1
        elif (starts := _STARTS.get(name)) is not None:
            starts(self, attributes)

    def end(self, tag: str) -> None:
        name = self._path.pop()
        if self._unseen:
            self._unseen -= 1
        elif (ends := _ENDS.get(name)) is not None:
            ends(self)

    def data(self, text: str) -> None:
        if not self._unseen and self._path and self._path[-1] in ("w:t", "m:t"):
            self._add(text.translate(_SPACES))

    def _add(self, text: str) -> None:
        if self._paragraphs and not self._hidden:
            self._paragraphs[-1].text.append(text)

    def _leave_out(self, name: str, parent: str) -> None:
        if name == "w:del" and parent == "w:rPr":
            if self._path[-3:-2] == ["w:pPr"] and self._paragraphs:
                self._paragraphs[-1].joined = True
        elif name == "w:del" and parent == "w:trPr":
            if self._rows:
                self._rows[-1].deleted = True
        else:
            self._unseen = 1
        self._deletions = self._deletions or name == "w:del"

    def _start_paragraph(self, attributes: dict[str, str]) -> None:
        story = self._stories[-1]
        paragraph, story.open = story.open or _Paragraph(), None
        paragraph.joined = False
        self._paragraphs.append(paragraph)

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        if paragraph.joined:
            self._stories[-1].open = paragraph
        else:
            self._stories[-1].add(paragraph)

    def _start_run(self, attributes: dict[str, str]) -> None:
        self._hidden = False

    def _start_vanish(self, attributes: dict[str, str]) -> None:
        if self._path[-3:-1] == ["w:r", "w:rPr"]:
            self._hidden = _value(attributes, "val") not in ("0", "false", "off")

    def _start_symbol(self, attributes: dict[str, str]) -> None:
        try:
            code = int(_value(attributes, "char"), 16)
        except ValueError:
            return
        if 0x20 <= code < 0xD800:  # above that, a place in a font of signs: no character
            self._add(chr(code))

    def _start_story(self, attributes: dict[str, str]) -> None:
        self._stories.append(_Story())

    def _end_box(self) -> None:
        lines = self._stories.pop().closed()
        if self._paragraphs:
            self._paragraphs[-1].boxes.extend(lines)
        else:
            self._stories[-1].lines.extend(lines)

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows.append(_Row())

    def _end_row(self) -> None:
        story = self._stories[-1]
        lines = self._rows.pop().lines()
        story.closed().extend(lines)

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._stories.append(_Story())
        self._merged.append(False)

    def _end_cell(self) -> None:
        lines = self._stories.pop().closed()
        merged = self._merged.pop()
        if self._rows:
            self._rows[-1].cells.append([] if merged else lines)
        else:
            self._stories[-1].lines.extend(lines)

    def _start_merge(self, attributes: dict[str, str]) -> None:
        if self._merged:
            self._merged[-1] = _value(attributes, "val") != "restart"

    def _start_control(self, attributes: dict[str, str]) -> None:
        self._placeholders.append(False)

    def _end_control(self) -> None:
        self._placeholders.pop()

    def _start_placeholder(self, attributes: dict[str, str]) -> None:
        if self._placeholders:
            self._placeholders[-1] = _value(attributes, "val") not in ("0", "false", "off")

    def _start_content(self, attributes: dict[str, str]) -> None:
        if self._placeholders and self._placeholders[-1]:
            self._unseen = 1  # 单击此处输入文字, which nobody wrote

    def _start_note(self, attributes: dict[str, str]) -> None:
        if _value(attributes, "type") in _SEPARATORS:
            self._unseen = 1
            return
        self._stories.append(_Story())
        self.found[_value(attributes, "id")] = self._stories[-1].lines

    def _end_note(self) -> None:
        self._stories.pop().closed()

    def _start_drawing(self, attributes: dict[str, str]) -> None:
        self.drawn = True

    def _start_foreign(self, attributes: dict[str, str]) -> None:
        self._foreign = True


def _value(attributes: dict[str, str], name: str) -> str:
    """An attribute of Word's own; empty where it is not given."""
    return next((value for space in _WORD if (value := attributes.get(f"{{{space}}}{name}")) is not None), "")


_STARTS: Final = {
    "w:p": _Text._start_paragraph,
    "w:r": _Text._start_run,
    "w:vanish": _Text._start_vanish,
    "w:sym": _Text._start_symbol,
    "w:txbxContent": _Text._start_story,
    "w:tr": _Text._start_row,
    "w:tc": _Text._start_cell,
    "w:vMerge": _Text._start_merge,
    "w:hMerge": _Text._start_merge,
    "w:sdt": _Text._start_control,
    "w:showingPlcHdr": _Text._start_placeholder,
    "w:sdtContent": _Text._start_content,
    "w:footnote": _Text._start_note,
    "w:endnote": _Text._start_note,
    "w:drawing": _Text._start_drawing,
    "w:pict": _Text._start_drawing,
    "w:altChunk": _Text._start_foreign,
}
_ENDS: Final = {
    "w:p": _Text._end_paragraph,
    "w:txbxContent": _Text._end_box,
    "w:tr": _Text._end_row,
    "w:tc": _Text._end_cell,
    "w:sdt": _Text._end_control,
    "w:footnote": _Text._end_note,
    "w:endnote": _Text._end_note,
}
