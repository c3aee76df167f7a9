"""How records leave the program: one module a format, and the places they can go to."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, Protocol, TextIO

from extractor.errors import ExtractorError, UsageError
from extractor.sources.names import printable

if TYPE_CHECKING:
    from extractor.contract import Article
    from extractor.tally import Tally

Format = Literal["jsonl", "csv", "table"]


@dataclass(frozen=True, slots=True)
class Rendering:
    """How an article becomes characters. Workers get this and render what they read themselves."""

    format: Format = "jsonl"
    sentences: bool = False
    texts: bool = False  # hand back what was drawn out of documents that are no plain text
    width: int = 120  # columns of a table
    colour: bool = False

    def renderer(self) -> Callable[[Article], bytes]:
        """Gives an article's characters with their line ends, in UTF-8; empty where it has nothing to show."""
        pieces = self._pieces()

        def render(article: Article) -> bytes:
            written = io.BytesIO()  # as one string it would take twice the room, and the same again while it is encoded
            for piece in pieces(article):
                written.write(piece.encode("utf-8", errors="replace"))
            return written.getvalue()

        return render

    def _pieces(self) -> Callable[[Article], Iterable[str]]:
        if self.format == "csv":
            from extractor.report import csv

            return csv.pieces
        if self.format == "table":
            from extractor.report import table

            return lambda article: [table.render(article, width=self.width, colour=self.colour)]
        from extractor.report import jsonl

        return lambda article: jsonl.pieces(article, sentences=self.sentences)

    @property
    def header(self) -> str:
        """What every file begins with."""
        if self.format != "csv":
            return ""
        from extractor.report import csv

        return csv.HEADER


class Sink(Protocol):
    """Where rendered articles go. `finish` keeps what was written, `discard` drops what can still be dropped."""

    @property
    def rendering(self) -> Rendering: ...
    def owns(self, path: Path) -> bool:
        """Whether `path` is output itself, of this run or an earlier one, so that a run never reads what it wrote."""
        ...

    def write(self, piece: bytes) -> None:
        """Take an article as `rendering` gives it."""
        ...

    def keep_text(self, doc: str, text: str) -> None:
        """Take the text in which the offsets of `doc` count, where `rendering.texts` asks for it."""
        ...

    def finish(self, tally: Tally) -> None: ...
    def discard(self) -> None: ...


class ReaderGone(Exception):
    """Whoever read standard output (`head`) has seen enough: no error, but the end."""


def put(stream: IO[bytes], text: str | bytes, *, flush: bool = False) -> None:
    """Write `text` as UTF-8, whatever the locale says.

    Raises ReaderGone when nobody reads on, and ExtractorError when the stream is full or closed.
    """
    try:
        stream.write(text if isinstance(text, bytes) else text.encode("utf-8", errors="replace"))
        if flush:
            stream.flush()
    except BrokenPipeError:
        raise ReaderGone from None
    except OSError as error:
        why = "it is closed" if error.errno == errno.EBADF else error.strerror
        raise ExtractorError(f"standard output cannot be written: {why}. Make room, or send it elsewhere.") from error


def say(line: str, stream: TextIO | None = None) -> None:
    """Write one line or more for a person, to standard error or `stream`, and nothing in it that steers a terminal.

    What cannot be said costs no records: a stream that is full or closed stays silent from then on.
    """
    stream = stream or sys.stderr
    try:
        stream.write("".join(printable(part) + "\n" for part in line.split("\n")))
        stream.flush()
    except OSError:
        silence(stream)


def silence(stream: TextIO) -> None:
    """Let what `stream` still holds go nowhere, where it has nowhere to go: it would be tried again at the end."""
    with contextlib.suppress(OSError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


class StreamSink:
    """Writes into an open binary stream."""

    def __init__(self, stream: IO[bytes], rendering: Rendering) -> None:
        self.rendering = rendering
        self._stream = stream
        self._prompt = stream.isatty()
        self._header = rendering.header.encode()

    def owns(self, path: Path) -> bool:
        return False

    def write(self, piece: bytes) -> None:
        put(self._stream, self._take_header())
        put(self._stream, piece, flush=self._prompt)

    def keep_text(self, doc: str, text: str) -> None:
        """A stream has no room for it, and does not ask for it."""

    def finish(self, tally: Tally) -> None:
        put(self._stream, self._take_header(), flush=True)

    def discard(self) -> None:
        """What was written is written."""

    def _take_header(self) -> bytes:
        header, self._header = self._header, b""
        return header


def open_sink(folder: Path | None, format: Format, *, sentences: bool, texts: bool = False) -> Sink:  # noqa: A002
    """The sink for `folder`, or for standard output where there is none. Raises UsageError when that cannot be."""
    if folder is None and texts:
        raise UsageError("--save-text writes files: name a folder for them with -o DIR.")
    if folder is None:
        if format != "table":
            return StreamSink(sys.stdout.buffer, Rendering(format, sentences))
        from extractor.report import table

        return StreamSink(sys.stdout.buffer, Rendering(format, sentences, False, *table.fitting(sys.stdout)))
    if format == "table":
        raise UsageError("a table is made to be looked at: with -o take --format jsonl or --format csv.")
    from extractor.report.folder import FolderSink

    return FolderSink(folder, Rendering(format, sentences, texts))
