"""Characters that a program wrote as escapes, in text that should hold them as such: `&#20840;` `\\u5168` `%E5%85%A8` …

One edit a character wherever the notation gives each its own place. Notations that ordinary text may hold by chance (`%`
in an address, `+` in a sum, a range in a regular expression) are read only where the result is text.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

import regex

from extractor.article import Letters
from extractor.letters import letters
from extractor.text import Edit

_TEXT: Final = -9.5  # mean log p that the result of a doubtful notation needs
_MOSTLY: Final = 0.8  # share of what is written so that must be text, for the rest to be believed too

# Without its semicolon a number must stop by itself, lest it swallow the digits of the text: &#122902020年.
_ENTITY = regex.compile(
    r"&(?:amp;)*(?:#(?:\d{2,7};|\d{5}|\d{3,4}(?!\d))|#[xX](?:[0-9a-fA-F]{2,6};|[0-9a-fA-F]{4})|[a-zA-Z][a-zA-Z0-9]{1,31};)"
)
_UNICODE = regex.compile(r"(?:\\u[0-9a-fA-F]{4}|%u[0-9a-fA-F]{4})++")
_PERCENT = regex.compile(
    r"(?<![%0-9A-Za-z])(?=[0-9A-Za-z@-~]{0,60}%[0-9A-Fa-f]{2})(?:[0-9A-Za-z@-~]|%[0-9A-Fa-f]{2})++"
)
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")
_BYTES = regex.compile(r"(?:\\x[0-9a-fA-F]{2}){2,}+")
_QUOTED = regex.compile(r"(?:=[0-9A-F]{2}(?:=\r?\n)?)++")
_SOFT_BREAK = regex.compile(r"(?<==[0-9A-F]{2}[^\n]{0,80})=\r?\n")
_HZ = regex.compile(r"~\{(?:[!-w][!-~])+?~\}")
_UTF7 = re.compile(r"\+[A-Za-z0-9+/]{3,}+-?")
_PLUS = regex.compile(r"\+-")
_HAN = regex.compile(r"[\u4e00-\u9fff]")


def escapes(text: str, present: Letters | None = None) -> list[Edit]:
    """What to write for each escape in `text`; empty, after a few searches, for text without any.

    `present` are the `letters` of `text`, where known.

    >>> escapes("\\\\u5168\\\\u53bf")
    [Edit(start=0, end=6, new='全', origin=None), Edit(start=6, end=12, new='县', origin=None)]
    >>> escapes("AT&T的正则式[\\\\u4e00-\\\\u9fa5]可匹配汉字")
    []
    """
    present = letters(text) if present is None else present
    if present.isdisjoint("&\\%=") and not ("~" in present and "~{" in text):
        return _utf7(text) if "+" in present and not _HAN.search(text) else []
    edits: list[Edit] = []
    for sign, find in _NOTATIONS:
        if present.issuperset(sign) and sign in text:
            found = find(text)
            if found:
                edits += [edit for edit in found if not _overlaps(edit, edits)] if edits else found
    edits.sort()
    return edits


def _overlaps(edit: Edit, others: list[Edit]) -> bool:
    return any(edit.start < other.end and other.start < edit.end for other in others)


def _entities(text: str) -> list[Edit]:
    edits = []
    for found in _ENTITY.finditer(text):
        plain = _unescaped(found[0])
        if plain is not None:
            edits.append(Edit(found.start(), found.end(), plain))
        elif found[0][1] == "#" and (plain := _unescaped(found[0][:-1])) is not None:
            edits.append(Edit(found.start(), found.end() - 1, plain))  # &#82202024年: its last digit is the text's
    return edits


@lru_cache(maxsize=8192)
def _unescaped(entity: str) -> str | None:
    """The character that `entity` stands for, None where it stands for none."""
    shorter = entity
    while shorter.startswith("&amp;") and len(shorter) > len("&amp;"):
        shorter = "&" + shorter[5:]
    if shorter[1:2] == "#":
        written = shorter[2:].rstrip(";")
        code = int(written[1:], 16) if written[0] in "xX" else int(written)
        is_open = not shorter.endswith(";")
        if (is_open and not 0x80 <= code < 0x10000) or code > 0x10FFFF or 0xD800 <= code < 0xE000:
            return None
        shorter = shorter.rstrip(";") + ";"
    plain = html.unescape(shorter)
    return None if plain == shorter or ";" in plain[1:] else plain


def _unicode(text: str) -> list[Edit]:
    r"""`\u5168` and `%u5168`. One alone in Chinese text is spoken of rather than meant."""
    edits = []
    written_so = _HAN.search(text) is None
    for found in _UNICODE.finditer(text):
        if not written_so and len(found[0]) == 6:
            continue
        start, end = found.span()
        units = [int(text[i + 2 : i + 6], 16) for i in range(start, end, 6)]
        place = start
        run = []
        while units:
            unit = units.pop(0)
            width = 6
            if 0xD800 <= unit < 0xDC00 and units and 0xDC00 <= units[0] < 0xE000:
                unit = 0x10000 + (unit - 0xD800 << 10) + units.pop(0) - 0xDC00
                width = 12
            run.append(Edit(place, place + width, chr(unit)))
            place += width
        if all(edit.new >= "\xa0" and not "\ud800" <= edit.new <= "\udfff" for edit in run):
            edits += run
    return edits


def _percent(text: str) -> list[Edit]:
    """`%E5%85%A8` in UTF-8, or `%C8%AB` in GBK whose second byte may stand as a letter, unless it is part of an address."""
    if _ESCAPED.search(text) is None:
        return []
    spans = [found.span() for found in _PERCENT.finditer(text)]
    return _of_spans(text, [span for span in spans if not _in_address(text, span[0])], 3)


def _in_address(text: str, start: int) -> bool:
    """Whether what stands right before `start`, without a space between, begins an address or its query."""
    first = start
    while first and start - first < 300 and "!" <= text[first - 1] <= "~":
        first -= 1
    piece = text[first:start]
    return "://" in piece or "www." in piece or "@" in piece or ("/" in piece and "." in piece) or "?" in piece


def _hex(text: str) -> list[Edit]:
    return _of_spans(text, [found.span() for found in _BYTES.finditer(text)], 4)


def _quoted(text: str) -> list[Edit]:
    """Quoted-printable; its soft line breaks go as well, where any character was read."""
    edits = _of_spans(text, [found.span() for found in _QUOTED.finditer(text)], 3)
    if edits:
        breaks = (Edit(found.start(), found.end(), "") for found in _SOFT_BREAK.finditer(text))
        edits += [edit for edit in breaks if not _inside(edit, edits)]
        edits.sort()
    return edits


def _of_spans(text: str, spans: list[tuple[int, int]], width: int) -> list[Edit]:
    """The characters of each run of escaped bytes that reads as text; of all, where most of what is escaped does.

    The bytes are those of the encoding in which most of the runs read well: a run of two may be valid in both.
    """
    best: list[Edit] = []
    most = 0
    whole = sum(end - start for start, end in spans)
    for codec in ("utf-8", "gb18030"):
        read = [(span, *_of_bytes(text, *span, width, codec)) for span in spans]
        sure = [(span, edits) for span, edits, score in read if edits and score > _TEXT]
        size = sum(end - start for (start, end), _ in sure)
        if size > most:
            most = size
            best = [edit for _, edits in sure for edit in edits]
            if size >= _MOSTLY * whole:
                best = [edit for _, edits, _ in read for edit in edits]
    return best


def _inside(edit: Edit, edits: list[Edit]) -> bool:
    from bisect import bisect_right

    last = bisect_right(edits, edit.start, key=lambda other: other.start) - 1
    return last >= 0 and edits[last].end > edit.start


def _likely(plain: str) -> float:
    """Mean log p of the characters of `plain`."""
    from extractor.restore.model import character_model  # numpy, which few texts need

    return character_model().score(plain)[0]


def _of_bytes(text: str, start: int, end: int, width: int, codec: str) -> tuple[list[Edit], float]:
    """The characters of a run of escaped bytes, each `width` characters long, and of letters between; and their score."""
    data = bytearray()
    places: list[int] = []  # where each byte begins
    i = start
    while i < end:
        pair = text[i + width - 2 : i + width]
        if text[i] in "%\\=" and _is_hex(pair):
            data.append(int(pair, 16))
            places.append(i)
            i += width
        elif text[i] == "=":  # a soft line break
            i = text.index("\n", i) + 1
        else:
            data.append(ord(text[i]))
            places.append(i)
            i += 1
    places.append(end)
    try:
        plain = bytes(data).decode(codec)
    except UnicodeDecodeError:
        return [], 0.0
    score = _likely(plain) if max(plain) > "\u2000" else _TEXT
    return list(_each(plain, codec, places)), score


def _is_hex(pair: str) -> bool:
    return len(pair) == 2 and all(c in "0123456789abcdefABCDEF" for c in pair)


def _each(plain: str, codec: str, places: list[int]) -> Iterator[Edit]:
    done = 0
    for character in plain:
        size = len(character.encode(codec))
        start, end = places[done], places[done + size]
        if end - start > 1:
            yield Edit(start, end, character)
        done += size


def _hz(text: str) -> list[Edit]:
    return _whole(text, _HZ, "hz")


def _utf7(text: str) -> list[Edit]:
    """UTF-7, in which a plus sign itself is written `+-`."""
    edits = _whole(text, _UTF7, "utf-7")
    if edits:
        signs = (Edit(found.start(), found.end(), "+") for found in _PLUS.finditer(text))
        edits = sorted([*edits, *(sign for sign in signs if not _inside(sign, edits))])
    return edits


def _whole(text: str, pattern: re.Pattern[str] | regex.Pattern[str], codec: str) -> list[Edit]:
    """Runs that only make sense as a whole; all of them, where most of what is written so reads as text."""
    read: list[tuple[Edit, float]] = []
    for found in pattern.finditer(text):
        try:
            plain = found[0].encode("ascii").decode(codec)
        except (UnicodeDecodeError, UnicodeEncodeError):
            continue
        if sum(c >= "\x80" for c in plain) >= 0.8 * len(plain) > 0:
            read.append((Edit(found.start(), found.end(), plain), _likely(plain)))
    sure = [edit for edit, score in read if score > _TEXT]
    if sum(map(_size, sure)) >= _MOSTLY * sum(_size(edit) for edit, _ in read):
        return [edit for edit, _ in read]
    return sure


def _size(edit: Edit) -> int:
    return edit.end - edit.start


_NOTATIONS: Final[tuple[tuple[str, Callable[[str], list[Edit]]], ...]] = (
    ("&", _entities),
    ("\\u", _unicode),
    ("%u", _unicode),
    ("%", _percent),
    ("\\x", _hex),
    ("=", _quoted),
    ("~{", _hz),
    ("+", _utf7),
)
