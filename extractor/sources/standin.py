"""A font for characters whose own font is not in the PDF: each wide one fills a square.

pdfium measures characters by the fonts it finds, and drops text of no measure: a line of one character, or one that runs
upwards. With this font for all Chinese, Japanese and Korean text a file reads alike on every machine.
"""

from __future__ import annotations

import ctypes
import struct
from functools import cache
from typing import Any, Final

_EM: Final = 1000
_DESCENT: Final = -120
_CHARSETS: Final = frozenset((128, 129, 130, 134, 136))  # Shift-JIS, Hangul, Johab, GB 2312, Big5 (fpdf_sysfontinfo.h)
_HANDLE: Final = 1  # any number but 0
_NAME: Final = b"Stand-in\0"


def font() -> bytes:
    """A TrueType font with two glyphs: a square for every wide character, a narrow bar for all below U+2E80.

    The bar is narrower than any letter, so that the widths stated in the PDF prevail. Tables as in ISO/IEC 14496-22.
    """
    left, bottom, right, top = 0, _DESCENT, _EM, _EM + _DESCENT
    bar, square = _box(bottom, _EM // 5, top), _box(bottom, right, top)
    groups = struct.pack(">III III", 0x20, 0x2E7F, 1, 0x2E80, 0x10FFFF, 2)
    tables = {
        b"cmap": struct.pack(">HHHHI HHIII", 0, 1, 3, 10, 12, 13, 0, 40, 0, 2) + groups,
        b"glyf": bar + square,
        b"head": struct.pack(
            ">IIIIHHqqhhhhHHhhh", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0, _EM, 0, 0, left, bottom, right, top, 0, 8, 2, 1, 0
        ),
        b"hhea": struct.pack(">IhhhHhhhhhhhhhhhH", 0x10000, top, bottom, 0, _EM, 0, 0, _EM, 1, 0, 0, 0, 0, 0, 0, 0, 1),
        b"hmtx": struct.pack(">Hhhh", _EM, 0, 0, 0),
        b"loca": struct.pack(">IIII", 0, 0, len(bar), len(bar) + len(square)),
        b"maxp": struct.pack(">IHHHHHHHHHHHHHH", 0x10000, 3, 4, 1, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    offset = 12 + 16 * len(tables)
    directory = struct.pack(">IHHHH", 0x10000, len(tables), 64, 2, 16 * len(tables) - 64)
    data = b""
    for tag, table in tables.items():
        directory += struct.pack(">4sIII", tag, 0, offset + len(data), len(table))
        data += table + bytes(-len(table) % 4)
    return directory + data


def _box(bottom: int, right: int, top: int) -> bytes:
    """A glyph of one box from the left edge, four bytes aligned."""
    head = struct.pack(">hhhhh", 1, 0, bottom, right, top)
    outline = struct.pack(">HH 4B 4h 4h", 3, 0, 1, 1, 1, 1, 0, 0, right, 0, bottom, top - bottom, 0, bottom - top)
    return head + outline + bytes(-(len(head) + len(outline)) % 4)


@cache
def install() -> Any:
    """Have pdfium use the font for this process, instead of those of the machine; what is returned lives as long as it."""
    import pypdfium2.raw as pdfium

    content = font()
    types = dict(pdfium.FPDF_SYSFONTINFO._fields_)
    info = pdfium.FPDF_SYSFONTINFO()
    info.version = 1

    def give(target: Any, size: int, source: bytes) -> int:
        if target and size >= len(source):
            ctypes.memmove(target, source, len(source))
        return len(source)

    info.Release = types["Release"](lambda this: None)
    info.EnumFonts = types["EnumFonts"](lambda this, mapper: None)
    info.MapFont = types["MapFont"](
        lambda this, weight, italic, charset, pitch, face, exact: _HANDLE if charset in _CHARSETS else None
    )
    info.GetFont = types["GetFont"](lambda this, face: None)
    info.GetFontData = types["GetFontData"](
        lambda this, handle, table, buffer, size: give(buffer, size, content) if table == 0 else 0
    )
    info.GetFaceName = types["GetFaceName"](lambda this, handle, buffer, size: give(buffer, size, _NAME))
    info.GetFontCharset = types["GetFontCharset"](lambda this, handle: 1)
    info.DeleteFont = types["DeleteFont"](lambda this, handle: None)
    pdfium.FPDF_SetSystemFontInfo(info)
    return info
