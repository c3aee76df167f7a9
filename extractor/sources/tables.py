"""CSV and TSV with a header: one row, one document. Read row by row, so a file may be larger than memory."""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final

from extractor.article import Document, UnreadableDocument
from extractor.sources import rows
from extractor.sources.fields import Fields
from extractor.sources.limits import Stream

_DELIMITERS: Final = (",", ";", "\t")
_SAID: Final = re.compile(r"sep=([,;\t|])\s*", re.IGNORECASE)  # a first line by which Excel is told the delimiter
_LONGEST_CELL: Final = 2**31 - 1  # all that csv takes where a C long has 32 bits
_BARE_RETURN: Final = re.compile(r"(?<=\r)(?!\n)")


def read(stream: Stream, doc: str, fields: Fields, limit: int) -> Iterator[Document | UnreadableDocument]:
    r"""The rows of `stream` as documents named by their own `doc` or `id`, else `doc#number`, as a spreadsheet counts.

    The header is row 1. A cell may hold line ends where it is quoted; offsets count in the cell's text. A row that
    cannot be read is yielded as such and the rest goes on.

    >>> import io
    >>> table = "标题;text\n修渠记;\"修渠三条。\r\n完工。\"\n另一篇\n".encode()
    >>> list(read(io.BytesIO(table), "t.csv", Fields(title="标题"), 100))
    [Document(doc='t.csv#2', text='修渠三条。\r\n完工。', encoding='utf-8', stated={'title': '修渠记'}, warnings=()),
     UnreadableDocument(doc='t.csv#3', reason="it ends before its field 'text' (it has 1 cell, the header 2): complete the row")]
    """
    csv.field_size_limit(max(csv.field_size_limit(), min(limit, _LONGEST_CELL)))
    feed = _Feed(rows.lines(stream, limit), limit)
    try:
        header, delimiter = _header(feed, fields)
    except _TooLong:
        yield rows.too_long(doc, limit, feed.skip_row())
        return
    except csv.Error as error:
        yield UnreadableDocument(doc, f"its header is no row of CSV ({error}): write it anew as a spreadsheet would")
        return
    if header and fields.text not in header:
        yield UnreadableDocument(doc, _without_column(header, fields))
    else:
        yield from rows.distinct(_rows(feed, header, delimiter, doc, fields), doc)


def without_text(stream: Stream, fields: Fields, limit: int) -> str:
    """Why the table holds no articles: its header has no column of the text; else empty."""
    try:
        header, _ = _header(_Feed(rows.lines(stream, limit), limit), fields)
    except (_TooLong, csv.Error):
        return ""
    return _without_column(header, fields) if header and fields.text not in header else ""


def _without_column(header: Iterable[str], fields: Fields) -> str:
    return rows.without_field(header, fields, "its header has no")


class _TooLong(Exception):
    """The row that is being read has more bytes than a document may have."""


class _Feed:
    """The lines of a table for `csv.reader`, with the account of those that the row at hand was read from."""

    def __init__(self, lines: Iterator[rows.Line], limit: int) -> None:
        self._lines = lines
        self._ahead: deque[rows.Line] = deque()
        self._single = 0  # lines to come that are a row each, whatever quotation marks they hold
        self.held: list[rows.Line] = []
        self.limit = limit
        self.row = 0
        self.begin()

    def begin(self) -> None:
        """Forget the lines of the row before."""
        if self.held and self._single:
            self._single -= 1
        self.held = []
        self.size = 0
        self.ended = False  # asked for more than there is: the row at hand is not complete
        self.cut = False  # the same, of a line that is a row by itself

    def give_back(self, lines: Iterable[rows.Line]) -> None:
        """Let `lines` be the next ones."""
        self._ahead.extendleft(reversed(list(lines)))

    def split(self, number: int) -> list[rows.Line]:
        """The first `number` lines of the row at hand; the others are rows to come, and only the last may be of more lines."""
        row, rest = self.held[:number], self.held[number:]
        self.held = []
        self.give_back(rest)
        self._single = len(rest) - 1
        return row

    def skip_row(self) -> int:
        """Pass over the rest of a row that is too long; the bytes it has. It ends where no quotation mark is open."""
        quotes = sum(line.quotes or line.text.count('"') for line in self.held)
        while quotes % 2 and (line := self._next()) is not None:
            quotes += line.quotes or line.text.count('"')
            self.size += line.size
        return self.size

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self._single and self.held:
            self.cut = True
            raise StopIteration
        line = self._next()
        if line is None:
            self.ended = True
            raise StopIteration
        self.held.append(line)
        self.size += line.size
        if self.size > self.limit:
            raise _TooLong
        return line.text

    def _next(self) -> rows.Line | None:
        if not self._ahead:
            line = next(self._lines, None)
            if line is None:
                return None
            pieces = _BARE_RETURN.split(line.text) if "\r" in line.text else [line.text]  # the line ends of old Macs
            self._ahead.append(line._replace(text=pieces[0]))
            self._ahead.extend(line._replace(text=piece, size=0) for piece in pieces[1:] if piece)
        return self._ahead.popleft()


def _header(feed: _Feed, fields: Fields) -> tuple[list[str], str]:
    """The names of the columns, and the delimiter: the one by which the first line has the text's column, or most columns.

    There are no columns where there is no line. Raises _TooLong and csv.Error.
    """
    delimiters: tuple[str, ...] = _DELIMITERS
    for text in feed:
        if said := _SAID.fullmatch(text):
            delimiters = (said[1],)
        elif text.strip():
            break
        feed.row += 1
        feed.begin()
    else:
        return [], delimiters[0]
    line = feed.held[-1]

    def columns(delimiter: str) -> list[str]:
        return [cell.strip() for cell in next(csv.reader([line.text], delimiter=delimiter), [])]

    found = {delimiter: columns(delimiter) for delimiter in delimiters}
    delimiter = max(found, key=lambda delimiter: (fields.text in found[delimiter], len(found[delimiter])))
    feed.begin()
    feed.give_back([line])
    feed.row += 1
    return [cell.strip() for cell in next(csv.reader(feed, delimiter=delimiter), [])], delimiter


def _rows(
    feed: _Feed, header: list[str], delimiter: str, doc: str, fields: Fields
) -> Iterator[tuple[int, Document | UnreadableDocument]]:
    """The rows below the header, numbered; blank ones are passed over."""
    reader = csv.reader(feed, delimiter=delimiter)
    while True:
        feed.begin()
        feed.row += 1
        place = f"{doc}#{feed.row}"
        try:
            cells = next(reader)
        except StopIteration:
            return
        except _TooLong:
            yield feed.row, rows.too_long(place, feed.limit, feed.skip_row())
            continue
        except csv.Error as error:
            yield feed.row, UnreadableDocument(place, f"no row of CSV ({error}): write it anew as a spreadsheet would")
            continue
        if not any(cell.strip() for cell in cells):
            continue
        warnings = []
        lines = feed.held
        if feed.cut or (number := _run_on(feed, header, delimiter)):
            lines = lines if feed.cut else feed.split(number)
            cells = _to_its_end(lines, delimiter)
            if len(cells) != len(header):
                reason = "a quotation mark opens in it and never closes: close it, or remove it"
                yield feed.row, UnreadableDocument(place, reason)
                continue
            warnings.append("a quotation mark opens in the row and never closes: it is read up to the next row")
        elif feed.ended:
            cells = _to_its_end(lines, delimiter)
            warnings.append("a quotation mark opens in the row and never closes; the file may be cut off")
        elif not _well_quoted(lines, delimiter):
            warnings.append("a quotation mark stands inside a cell of the row: it may hold more rows than one")
        yield feed.row, _row(cells, header, place, fields, lines, warnings)


def _run_on(feed: _Feed, header: list[str], delimiter: str) -> int:
    """The number of lines that the row at hand has after all, where it ran on into the next ones; 0 where it did not.

    A quotation mark that is never closed takes in the rows below, up to the next one that opens a cell: that one then
    stands inside a cell, as none may. What it has taken in are rows if a line has as many cells as the header, and so
    has the last one, in which the cell seems to end.
    """
    if len(header) < 2 or len(feed.held) < 2 or (not feed.ended and _well_quoted(feed.held, delimiter)):
        return 0
    fits = (len(_to_its_end([line], delimiter)) == len(header) for line in feed.held[1:])
    first = next((number for number, row in enumerate(fits, 1) if row), 0)
    return first if feed.ended or len(_to_its_end(feed.held[-1:], delimiter)) == len(header) else 0


def _well_quoted(lines: list[rows.Line], delimiter: str) -> bool:
    """Whether a row of several lines is one by the letter: a delimiter or its end is behind each closing quotation mark."""
    if len(lines) < 2:
        return True
    try:
        next(csv.reader((line.text for line in lines), delimiter=delimiter, strict=True), None)
    except csv.Error:
        return False
    return True


def _to_its_end(lines: list[rows.Line], delimiter: str) -> list[str]:
    """The cells of a row that ends with `lines`, though a quotation mark may be open there; none where it cannot be read."""
    try:
        cells = next(csv.reader((line.text for line in lines), delimiter=delimiter), [])
    except csv.Error:
        return []
    return [*cells[:-1], cells[-1].rstrip("\r\n")] if cells else []


def _row(
    cells: list[str], header: list[str], place: str, fields: Fields, lines: list[rows.Line], about: list[str]
) -> Document | UnreadableDocument:
    row = dict(
        zip(reversed(header[: len(cells)]), reversed(cells[: len(header)]), strict=True)
    )  # of two alike, the first
    if fields.text not in row:
        has = f"{len(cells)} cell{'s' if len(cells) > 1 else ''}"
        return UnreadableDocument(
            place,
            f"it ends before its field {fields.text!r} (it has {has}, the header {len(header)}): complete the row",
        )
    warnings = [*dict.fromkeys(warning for line in lines for warning in line.warnings), *about]
    if len(cells) != len(header):
        warnings.append(f"the row has {len(cells)} cells where the header has {len(header)}")
    encoding = next((line.encoding for line in lines if not line.text.isascii()), lines[0].encoding)
    return rows.document(row, place, fields, encoding, tuple(warnings))
