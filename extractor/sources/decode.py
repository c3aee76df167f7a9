"""Bytes → text, with the encoding that was found and what had to be given up."""

from __future__ import annotations

import codecs
from typing import Final, NamedTuple, cast

import regex

from extractor.sources.limits import SeekableStream, Stream

_CHUNK: Final = 1 << 16
_OUTSIDE: Final = bytes(range(0x80, 0x100))
_BOMS = (
    (codecs.BOM_UTF8, "utf-8", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le", "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "utf-16"),
    (b"\x84\x31\x95\x33", "gb18030", "gb18030"),
)
# Tried strictly and ranked by the character model; Korean and Japanese as rivals, so that their bytes are not taken for
# Chinese ones. Of two that read alike the first counts.
_CANDIDATES: Final = (
    ("gb18030", "gb18030"),
    ("cp950", "big5"),
    ("big5hkscs", "big5-hkscs"),
    ("utf-16-le", "utf-16-le"),
    ("utf-16-be", "utf-16-be"),
    ("cp949", "euc-kr"),
    ("cp932", "shift_jis"),
    ("euc_jp", "euc-jp"),
)
CODECS: Final = {name: codec for codec, name in reversed(_CANDIDATES)}
_SAMPLE: Final = 2000  # characters from the beginning, the middle and the end by which readings are ranked
_LONG: Final = 40  # characters from which a text has marks in it
_MARKS = regex.compile(r"[\n -~\u3000-\u303f\uff00-\uff65]")
_ENOUGH: Final = -10.8  # mean log p; the worst right reading of 1,000 lines has -10, wrong ones have -11 and less
_CLOSE: Final = 0.2  # readings as close as this are ranked by all they have
_FEW: Final = 12  # bytes outside ASCII that may be UTF-8 by chance: 一些 in GBK is


class Decoded(NamedTuple):
    """`text` keeps the line ends of the bytes and has no byte-order mark; `encoding` is the commonest one of its lines."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes) -> Decoded:
    """The text of `data`: by its byte-order mark, else strict UTF-8, else what reads best, else line by line.

    Strict decoding cannot tell GB18030 from Big5 (each accepts most of the other's bytes), so the character model chooses
    among all encodings that accept the bytes. What no encoding can read becomes U+FFFD, and a warning counts it.

    >>> decode("社工站".encode()).encoding, decode("全县有社工站十九个。".encode("gb18030")).encoding
    ('utf-8', 'gb18030')
    >>> decode("全縣有社工站十九個。".encode("big5"))
    Decoded(text='全縣有社工站十九個。', encoding='big5', warnings=())
    """
    for bom, codec, name in _BOMS:
        if data.startswith(bom):
            try:
                return Decoded(data[len(bom) :].decode(codec), name)
            except UnicodeDecodeError:
                if name not in ("utf-8", "gb18030"):
                    return _replaced(data[len(bom) :], codec, name)
                data = data[len(bom) :]
                break
    if (read := _as_utf8(data)) is not None:
        return read
    whole = _best(data)
    if whole is not None and not (not whole.encoding.startswith("utf-16") and _holds_utf8(data)):
        return whole
    return _by_line(data, whole.encoding if whole is not None else None)


def _replaced(data: bytes, codec: str, name: str) -> Decoded:
    text = data.decode(codec, "replace")
    return Decoded(text, name, (_lost(text.count("\ufffd")),))


def _as_utf8(data: bytes) -> Decoded | None:
    """`data` as UTF-8, None where it is not, or is so short that it may be by chance and reads better as GB18030."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(data) and error.start > 0:
            text = data[: error.start].decode("utf-8")
            if not text.isascii():
                return Decoded(text + "\ufffd", "utf-8", ("the text ends inside a character; the file may be cut off",))
        return None
    if "\x00" in text:  # perhaps UTF-16 of ASCII, which is UTF-8 as well
        rival = _best(data)
        return rival if rival is not None and rival.encoding.startswith("utf-16") else Decoded(text, "utf-8")
    if not text.isascii() and len(data) - len(data.translate(None, _OUTSIDE)) <= _FEW:
        score = readability(text)
        for rival, margin in ((_strict(data, "gb18030"), 0.5), (_best(data), 2.0)):
            if rival is not None and readability(rival.text) > score + margin:
                return rival
    return Decoded(text, "utf-8")


def readability(text: str) -> float:
    """How well a sample of `text` reads, as mean log p; 0 for ASCII alone."""
    from extractor.restore.model import character_model

    if len(text) > 3 * _SAMPLE:
        middle = len(text) // 2
        text = text[:_SAMPLE] + text[middle : middle + _SAMPLE] + text[-_SAMPLE:]
    return character_model().score(text)[0]


def _strict(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode(CODECS[name]), name)
    except UnicodeDecodeError:
        return None


def _best(data: bytes) -> Decoded | None:
    """The strict reading of `data` that reads best, None where none reads well."""
    from extractor.restore.model import character_model

    readings: dict[str, tuple[float, str]] = {}
    for codec, name in _CANDIDATES:
        if codec.startswith("utf-16") and len(data) % 2:
            continue
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        if codec.startswith("utf-16") and not _has_marks(text):
            continue
        if text not in readings:
            readings[text] = readability(text), name
    if not readings:
        return None
    best = max(score for score, _ in readings.values())
    close = [text for text, (score, _) in readings.items() if score > best - _CLOSE]
    text = close[0] if len(close) == 1 else max(close, key=lambda one: character_model().score(one)[0])
    score, name = readings[text]
    return None if score < _ENOUGH else Decoded(text, name)


def _has_marks(text: str) -> bool:
    """Whether `text` holds what every text of some length does: spaces, digits, marks. Pairs of other bytes make none."""
    return len(text) < _LONG or len(_MARKS.findall(text)) * 50 >= len(text)


def _holds_utf8(data: bytes) -> bool:
    """Whether a line of `data` is UTF-8 beyond chance: three or more characters, all of them valid."""
    return any(map(_is_utf8, data.split(b"\n")))


def _is_utf8(line: bytes) -> bool:
    if line.isascii():
        return False
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return sum(c > "\x7f" for c in text) >= 3 and readability(text) >= _ENOUGH


def _by_line(data: bytes, main: str | None) -> Decoded:
    """Each line in its own encoding: the file's, UTF-8, or the most plausible one; U+FFFD where there is none."""
    lines: list[str] = []
    used: dict[str, int] = {}
    lost = 0
    for line in data.split(b"\n"):
        if line.isascii():
            lines.append(line.decode("ascii"))
            continue
        reading: tuple[str, str] | None = None
        if main is None or _is_utf8(line):
            try:
                reading = line.decode("utf-8"), "utf-8"
            except UnicodeDecodeError:
                reading = None
        if reading is None and main is not None:
            strict = _strict(line, main)
            reading = None if strict is None else (strict.text, main)
        if reading is None:
            best = _best(line)
            reading = None if best is None else (best.text, best.encoding)
        if reading is None:
            text = line.decode("utf-8", "replace")
            bad = text.count("\ufffd")
            gb = line.decode("gb18030", "replace")
            if gb.count("\ufffd") <= bad and readability(gb) > readability(text):
                text, bad = gb, gb.count("\ufffd")
            lost += bad
            reading = text, main or "utf-8"
        lines.append(reading[0])
        used[reading[1]] = used.get(reading[1], 0) + 1
    encoding = max(used, key=lambda name: used[name])
    warnings = []
    if len(used) > 1:
        warnings.append(
            "lines in several encodings: " + ", ".join(f"{number} {name}" for name, number in sorted(used.items()))
        )
    if lost:
        warnings.append(_lost(lost))
    return Decoded("\n".join(lines), encoding, tuple(warnings))


def _lost(number: int) -> str:
    return f"{number} character{'s' if number != 1 else ''} could not be decoded and read as U+FFFD"


class Recoded:
    """A stream of bytes in an encoding that the user names, as UTF-8; what is not in that encoding becomes U+FFFD.

    >>> import io
    >>> Recoded(io.BytesIO("修渠".encode("big5")), "big5").read(100).decode()
    '修渠'
    """

    def __init__(self, stream: Stream, encoding: str) -> None:
        self._stream = stream
        self._encoding = encoding
        self._begin()

    def _begin(self) -> None:
        self._decoder = codecs.getincrementaldecoder(self._encoding)("replace")
        self._held = b""
        self._ended = self._begun = False

    def seek(self, offset: int, /) -> int:
        """Begins anew, for a stream that can: no other place is asked for."""
        assert offset == 0
        cast("SeekableStream", self._stream).seek(0)
        self._begin()
        return 0

    def read(self, size: int, /) -> bytes:
        while len(self._held) < size and not self._ended:
            chunk = self._stream.read(_CHUNK)
            self._ended = not chunk
            text = self._decoder.decode(chunk, final=self._ended)
            if text and not self._begun:
                self._begun = True
                text = text.removeprefix("\ufeff")
            self._held += text.encode("utf-8", "replace")
        piece, self._held = self._held[:size], self._held[size:]
        return piece
