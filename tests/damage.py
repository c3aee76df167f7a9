"""Ways in which text is damaged on its way to a reader, for tests: each is a function of clean text.

`LOSSLESS` ones lose nothing, so that all that was read from the clean text can be read from the damaged one. `LOSSY` ones
replace bytes that the wrong encoding does not know, as programs do.
"""

from __future__ import annotations

import html
import quopri
import random
import re
import urllib.parse
from collections.abc import Callable

Damage = Callable[[str], str]

_HOLES = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
_FOREIGN = re.compile(r"[^\x00-\x7f]")


def windows_1252(data: bytes) -> str:
    """As browsers read bytes they take for Western: the five holes become control characters."""
    return "".join(chr(byte) if byte in _HOLES else bytes([byte]).decode("cp1252") for byte in data)


def _units(character: str) -> list[str]:
    data = character.encode("utf-16-be")
    return [data[i : i + 2].hex() for i in range(0, len(data), 2)]


def _each(write: Callable[[str], str]) -> Damage:
    return lambda text: _FOREIGN.sub(lambda found: write(found[0]), text)


def _some_lines(damage: Damage) -> Damage:
    def some(text: str) -> str:
        chance = random.Random(len(text))
        return "\n".join(damage(line) if chance.random() < 0.4 else line for line in text.split("\n"))

    return some


def _strewn(characters: str, rate: float) -> Damage:
    def strew(text: str) -> str:
        chance = random.Random(len(text))
        return "".join(c + (chance.choice(characters) if c != "\n" and chance.random() < rate else "") for c in text)

    return strew


LOSSLESS: dict[str, Damage] = {
    "UTF-8 as Latin 1": lambda text: text.encode().decode("latin-1"),
    "UTF-8 as Windows-1252": lambda text: windows_1252(text.encode()),
    "UTF-8 as Windows-1252, twice": lambda text: windows_1252(windows_1252(text.encode()).encode()),
    "GBK as Latin 1": lambda text: text.encode("gb18030").decode("latin-1"),
    "GBK as Windows-1252": lambda text: windows_1252(text.encode("gb18030")),
    "GBK as Latin 1, saved, UTF-8 as Latin 1": lambda text: (
        text.encode("gb18030").decode("latin-1").encode().decode("latin-1")
    ),
    "UTF-16 as Latin 1": lambda text: text.encode("utf-16-le").decode("latin-1"),
    "some lines of UTF-8 as Latin 1": _some_lines(lambda line: line.encode().decode("latin-1")),
    "decimal entities": _each(lambda c: f"&#{ord(c)};"),
    "hexadecimal entities": _each(lambda c: f"&#x{ord(c):X};"),
    "entities, twice": _each(lambda c: f"&amp;#{ord(c)};"),
    "named entities": lambda text: (
        html.escape(text, quote=False).replace("“", "&ldquo;").replace("”", "&rdquo;").replace("—", "&mdash;")
    ),
    "backslash u": _each(lambda c: "".join(f"\\u{unit}" for unit in _units(c))),
    "percent u": _each(lambda c: "".join(f"%u{unit.upper()}" for unit in _units(c))),
    "percent UTF-8": lambda text: urllib.parse.quote(text, safe=" \n,.()+-:;"),
    "percent GBK": lambda text: urllib.parse.quote(text.encode("gb18030"), safe=" \n,.()+-:;"),
    "backslash x": _each(lambda c: "".join(f"\\x{byte:02x}" for byte in c.encode())),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()).decode("ascii"),
    "UTF-7": lambda text: text.encode("utf-7").decode("ascii"),
    "byte-order mark": lambda text: "\ufeff" + text,
    "zero width": _strewn("\u200b\u200c\u200d\u2060\ufeff\u00ad", 0.05),
    "control characters": _strewn("\x00\x01\x08\x1f\x7f", 0.02),
    "fullwidth letters": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "no-break spaces": lambda text: text.replace(" ", "\u00a0"),
    "Windows line ends": lambda text: text.replace("\n", "\r\n"),
    "blank lines between all": lambda text: text.replace("\n", "\n\n"),
}

LOSSY: dict[str, Damage] = {
    "UTF-8 as GB18030": lambda text: text.encode().decode("gb18030", "replace"),
    "UTF-8 as GBK": lambda text: text.encode().decode("gbk", "replace"),
    "UTF-8 as Shift-JIS": lambda text: text.encode().decode("cp932", "replace"),
    "UTF-8 as EUC-KR": lambda text: text.encode().decode("cp949", "replace"),
    "GBK as Big5": lambda text: text.encode("gbk", "ignore").decode("cp950", "replace"),
    "GBK as EUC-KR": lambda text: text.encode("gbk", "ignore").decode("cp949", "replace"),
    "some lines of UTF-8 as GB18030": _some_lines(lambda line: line.encode().decode("gb18030", "replace")),
    "characters lost": lambda text: re.sub(r"(?<=[一-龥]{7})[一-龥]", "\ufffd", text),
    "lost, saved, read as GBK": lambda text: (
        text.encode("gb18030").decode("utf-8", "replace").encode().decode("gb18030", "replace")
    ),
}
