"""PDF: the text layer in reading order, page after page, without the heads and feet that repeat on its pages."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import regex

from extractor.article import Document, UnreadableDocument
from extractor.sources import layout, standin
from extractor.sources.layout import Glyph, Line
from extractor.sources.title import heads

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

_OCR: Final = "run OCR (text recognition) on it first, and give the text or the PDF that comes out"
_ENCRYPTED: Final = 4  # FPDF_ERR_PASSWORD, pdfium/public/fpdfview.h
_SECURITY: Final = 5  # FPDF_ERR_SECURITY
_SLANT: Final = 0.1  # radians off the upright or its quarter turns: a watermark
_HYPHENS: Final = (0x02, 0xFFFE)  # what pdfium makes of a hyphen at the end of a line
_NONE: Final = "\ufffd"
_MARGIN: Final = 0.15  # of the height of a page: where running heads and feet stand
_EDGE_ROWS: Final = 3
_DIGITS = regex.compile(r"\d+")
_DATED = regex.compile(r"(?<!\d)(?:19|20)\d\d[年./-]")


@dataclass(slots=True)
class _Page:
    """What stands on a page: the upright lines, and those that are turned, by quarter turns."""

    height: float = 0.0
    top: float = 0.0
    upright: list[Line] = field(default_factory=list)
    turned: list[list[Line]] = field(default_factory=list)
    drawn: bool = False  # whether anything is drawn there besides text
    broken: bool = False

    def has_text(self) -> bool:
        return bool(self.upright or self.turned)


def document(data: bytes, doc: str) -> Document | UnreadableDocument:
    """The text that `data` holds in its text layer, each column and box of a page in turn.

    Lines stay lines, blocks are parted by an empty line. A scan has no such layer and is unreadable, as is what needs a
    password; where only some pages have none, a warning names them.
    """
    import pypdfium2

    if b"%PDF" not in data[:1024]:
        return UnreadableDocument(doc, "not a PDF, whatever its name says: give it the ending of what it is")
    standin.install()
    try:
        pdf = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        return UnreadableDocument(doc, _refusal(getattr(error, "err_code", 0)))
    counts: Counter[str] = Counter()
    try:
        pages = [_page(pdf, number, counts) for number in range(len(pdf))]
        title = pdf.get_metadata_value("Title").strip()
    finally:
        pdf.close()
    if reason := _without_text(pages, counts):
        return UnreadableDocument(doc, reason)
    left_out = _take_margins(pages)
    parts: list[str] = []
    starts: list[int] = []
    length = 0
    for found in pages:
        starts.append(length)
        groups = (layout.text(layout.blocks(lines)) for lines in (found.upright, *found.turned) if lines)
        text = "\n\n".join(groups)
        if text:
            parts.append(f"{text}\n\n")
            length += len(parts[-1])
    if not length:
        return UnreadableDocument(doc, "there is no text in it but page numbers: remove it or put the text in")
    text = "".join(parts)[:-1]
    return Document(
        doc,
        text,
        "pdf",
        {"title": title} if heads(title, text) else {},
        tuple(_warnings(pages, counts, left_out)),
        "metadata",
        tuple(min(start, len(text)) for start in starts),
        True,
    )


def _refusal(code: int) -> str:
    if code == _ENCRYPTED:
        return "it is encrypted and opens with a password only: save a copy without the password"
    if code == _SECURITY:
        return "it is encrypted in a way that is not read here: save a copy without the encryption"
    return (
        "its PDF structure is broken or cut off: fetch it again, or open it in a PDF viewer and print it to a new PDF"
    )


# --- one page -----------------------------------------------------------------------------------------------------


def _page(pdf: PdfDocument, number: int, counts: Counter[str]) -> _Page:
    import pypdfium2

    try:
        source = pdf[number]
    except pypdfium2.PdfiumError:
        return _Page(broken=True)
    try:
        turns: dict[int, list[Glyph]] = {}
        box = source.get_bbox()
        for turn, glyph in _glyphs(source, box, counts):
            turns.setdefault(turn, []).append(glyph)
        upright = source.get_rotation() // 90 % 4
        lines = {turn: found for turn, glyphs in turns.items() if (found := layout.lines(glyphs))}
        _, top, _, bottom = _turned(box, upright)
        return _Page(
            bottom - top,
            top,
            lines.pop(upright, []),
            [lines[turn] for turn in sorted(lines)],
            drawn=bool(lines) or next(source.get_objects(max_depth=2), None) is not None,
        )
    except pypdfium2.PdfiumError:
        return _Page(broken=True)
    finally:
        source.close()


def _glyphs(
    source: PdfPage, box: tuple[float, float, float, float], counts: Counter[str]
) -> Iterator[tuple[int, Glyph]]:
    """The characters of a page, each with the quarter turns (counter-clockwise) at which it is drawn, and turned upright."""
    import pypdfium2.raw as pdfium

    left, bottom, right, top = box
    textpage = source.get_textpage()
    try:
        raw = textpage.raw
        at = pdfium.FS_RECTF()
        half = 0
        for index in range(textpage.count_chars()):
            if (
                pdfium.FPDFText_IsGenerated(raw, index) == 1
            ):  # a space or a line end of pdfium's: our own layout says these
                continue
            code = pdfium.FPDFText_GetUnicode(raw, index)
            if 0xD800 <= code < 0xDC00:  # the two halves of a pair come one after the other, in one box
                half = code
                continue
            if 0xDC00 <= code < 0xE000 and half:
                code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
            half = 0
            text = _NONE if pdfium.FPDFText_HasUnicodeMapError(raw, index) == 1 else _character(code)
            if not text or not pdfium.FPDFText_GetLooseCharBox(raw, index, at):
                continue
            where = (at.left, at.bottom, at.right, at.top)
            if not (left <= (where[0] + where[2]) / 2 <= right and bottom <= (where[1] + where[3]) / 2 <= top):
                continue  # printers' marks beside the page
            angle = pdfium.FPDFText_GetCharAngle(raw, index)
            quarters = round(angle / (math.pi / 2))  # clockwise
            if abs(angle - quarters * math.pi / 2) > _SLANT:
                counts["slanted"] += not text.isspace()
                continue
            counts["unmapped"] += text == _NONE or "\ue000" <= text <= "\uf8ff"
            counts["all"] += not text.isspace()
            turn = -quarters % 4
            yield turn, Glyph(text, *_turned(where, turn))
    finally:
        textpage.close()


def _character(code: int) -> str:
    """The character that `code` stands for; empty for one that shows nothing."""
    if code in _HYPHENS:
        return "-"
    if code == 0 or code == 0xFFFF or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return _NONE
    text = chr(code)
    return " " if code < 0x20 and text.isspace() else text if code >= 0x20 else ""


def _turned(box: tuple[float, float, float, float], turn: int) -> tuple[float, float, float, float]:
    """`box` (left, bottom, right, top, y upwards) as (left, top, right, bottom), y downwards, turned back by `turn` quarters.

    >>> _turned((1, 2, 3, 5), 0), _turned((1, 2, 3, 5), 1)
    ((1, -5, 3, -2), (2, 1, 5, 3))
    """
    left, bottom, right, top = box
    if turn == 0:
        return left, -top, right, -bottom
    if turn == 1:
        return bottom, left, top, right
    if turn == 2:
        return -right, bottom, -left, top
    return -top, -right, -bottom, -left


# --- all pages ----------------------------------------------------------------------------------------------------


def _without_text(pages: list[_Page], counts: Counter[str]) -> str:
    """Why `pages` hold nothing to read; empty where they do."""
    if counts["unmapped"] * 2 > counts["all"] > 0:
        return f"its fonts do not say which characters they draw, so its text layer is no text: {_OCR}"
    if any(found.has_text() for found in pages):
        return ""
    if any(found.drawn for found in pages):
        return f"its pages are pictures without a text layer, as a scanner makes them: {_OCR}"
    if any(found.broken for found in pages):
        return "none of its pages can be read, for the file is damaged: fetch it again"
    return "empty: there is nothing on its pages, so remove it"


def _warnings(pages: list[_Page], counts: Counter[str], left_out: int) -> Iterator[str]:
    numbered = list(enumerate(pages, 1))
    if scans := [number for number, found in numbered if found.drawn and not found.has_text()]:
        yield f"no text layer on {_named(scans)}, so nothing there is read: {_OCR}"
    if broken := [number for number, found in numbered if found.broken]:
        yield f"damaged and not read: {_named(broken)}"
    if left_out:
        yield f"left out as repeated on several pages: {left_out} lines of running heads, feet and page numbers"
    if counts["slanted"]:
        yield f"left out as a watermark: {counts['slanted']} characters drawn at a slant"
    if counts["unmapped"]:
        yield f"{counts['unmapped']} characters are drawn from fonts that do not say which they are"


def _named(numbers: list[int]) -> str:
    """Pages as a person would list them.

    >>> _named([3]), _named([1, 2, 3, 7])
    ('page 3', 'pages 1-3, 7')
    """
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    shown = ", ".join(f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs)
    return f"page{'s' if len(numbers) > 1 else ''} {shown}"


def _take_margins(pages: list[_Page]) -> int:
    """Take running heads, feet and page numbers off `pages`, and say how many lines these were.

    They are the same at the same height of several pages, but for a number that counts the pages. The first of those that
    hold a date stays: it may be all that dates the articles.
    """
    groups: dict[tuple[str, bool], list[tuple[int, Line]]] = {}
    for number, found in enumerate(pages):
        for line, at_top in _edge_lines(found):
            groups.setdefault((_DIGITS.sub("#", line.text), at_top), []).append((number, line))
    taken: dict[int, set[Line]] = {}
    for group in groups.values():
        repeated = _repeated(group, pages)
        if repeated and _DATED.search(repeated[0][1].text):
            repeated = repeated[1:]
        for number, line in repeated:
            taken.setdefault(number, set()).add(line)
    for number, lines in taken.items():
        pages[number].upright = [line for line in pages[number].upright if line not in lines]
    return sum(map(len, taken.values()))


def _edge_lines(found: _Page) -> Iterator[tuple[Line, bool]]:
    """The lines in the first and last rows of a page that stand in its margins, and whether at the top."""
    ordered = sorted(found.upright, key=lambda line: line.middle)
    for lines, at_top in ((ordered, True), (ordered[::-1], False)):
        rows, last = 0, None
        for line in lines:
            share = (line.middle - found.top) / (found.height or 1)
            if not (share < _MARGIN if at_top else share > 1 - _MARGIN):
                break
            if last is None or abs(line.middle - last) > line.em / 2:
                rows += 1
                last = line.middle
            if rows > _EDGE_ROWS:
                break
            yield line, at_top


def _repeated(group: list[tuple[int, Line]], pages: list[_Page]) -> list[tuple[int, Line]]:
    """Those of `group`, alike but for digits, that repeat at one height: with the same digits, or one number counts the pages."""
    kept: list[tuple[int, Line]] = []
    series: dict[tuple[int, int, str], list[tuple[int, Line]]] = {}
    for number, line in group:
        height = round((line.middle - pages[number].top) / 6)
        digits = _DIGITS.findall(line.text)
        keys = {(-1, 0, line.text)} | {
            (place, int(value[-6:]) - number, "") for place, value in enumerate(digits) if len(value) <= 6
        }
        for place, offset, text in keys:
            for near in (height, height + 1):  # heights of two neighbours share a key
                series.setdefault((place * 100_000 + near, offset, text), []).append((number, line))
    for members in series.values():
        if len({number for number, _ in members}) > 1:
            kept.extend(member for member in members if member not in kept)
    return sorted(kept, key=lambda member: member[0])
