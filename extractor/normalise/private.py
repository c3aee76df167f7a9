"""Private-use characters: what old encodings and symbol fonts left, which no other font can show."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.article import Letters
from extractor.normalise import width
from extractor.text import Edit

# GBK had no code points for these; GB 18030-2005 and -2022 name them (GB 18030, mapping of A3A0, A6D9–A6F3, A8BC, A8BF,
# A989–A995 and FE50–FEA0).
_GBK = {
    0xE5E5: 0x3000, 0xE7C7: 0x1E3F, 0xE7C8: 0x01F9, 0xE7E7: 0x303E, **{0xE7E8 + i: 0x2FF0 + i for i in range(12)},
    **dict(zip(range(0xE78D, 0xE797), (0xFE10, 0xFE12, 0xFE11, *range(0xFE13, 0xFE1A)), strict=True)),
}  # fmt: skip
_FROM_E815 = (
    "⺁𠂇𠂉𠃌⺄㑳㑇⺈⺋龴㖞㘚㘎⺌⺗㥮㤘龵㧏㧟㩳㧐龶龷㭎㱮㳠⺧𡗗龸⺪䁖䅟⺮䌷⺳⺶⺷𢦏䎱"
    "䎬⺻䏝䓖䙡䙌龹䜣䜩䝼䞍⻊䥇䥺䥽䦂䦃䦅䦆䦟䦛䦷䦶龺𤇾䲣䲟䲠䲡䱷䲢䴓䴔䴕䴖䴗䴘䴙䶮龻"
)
_SYMBOL = "\uf020-\uf0ff"  # where Windows keeps the characters of Symbol and Wingdings
_BLANK = " \t\xa0\u3000"
_SYMBOLS = regex.compile(
    rf"(?P<bullet>(?<![^\n\r\f])[{_BLANK}]*+[{_SYMBOL}])|(?P<between>(?<=[0-9A-Za-z])[{_SYMBOL}]+(?=[0-9A-Za-z]))|[{_SYMBOL}]+"
)
_PRIVATE = regex.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")
_BULLETS = regex.compile(r"(?<![^\n])( *)▪ *")
LEFT_OUT = "of a symbol font left out inside a line"
UNKNOWN = "for private use left as written"
CHARACTERS = frozenset(map(chr, range(0xE000, 0xF900)))


@lru_cache(maxsize=1)
def _table() -> dict[int, str]:
    named = {**_GBK, **dict(zip(range(0xE815, 0xE865), map(ord, _FROM_E815), strict=True))}
    folds = {**width.table(), 0x3000: " "}
    return {code: folds.get(named[code], chr(named[code])) for code in named}


class Symbols(NamedTuple):
    """`edits` take the symbols out of the text; `inside` are the places of those that stood within a line."""

    edits: list[Edit]
    inside: list[int]


def named(text: str) -> str:
    """Private-use characters of GBK as the characters that GB 18030 has for them by now, one to one.

    >>> named("刘\\ue863\\ue78d国资")
    '刘䶮,国资'
    """
    return text.translate(_table())


def symbols(text: str) -> Symbols:
    """Takes out the characters of symbol fonts: at the beginning of a line they are bullets, and become ▪ until `bullets`.

    Inside a line nobody can tell which sign was meant, since Symbol and Wingdings share the code points; between two
    figures a space stays in its place.

    >>> symbols("\\uf0b7 引水上山\\n气温15\\uf0b0")
    Symbols(edits=[Edit(start=0, end=1, new='▪', origin=None), Edit(start=11, end=12, new='', origin=None)], inside=[11])
    """
    edits: list[Edit] = []
    inside: list[int] = []
    for found in _SYMBOLS.finditer(text):
        if found["bullet"] is not None:
            edits.append(Edit(found.end() - 1, found.end(), "▪"))
        else:
            edits.append(Edit(*found.span(), " " if found["between"] is not None else ""))
            inside += range(*found.span())
    return Symbols(edits, inside)


def bullets(text: str) -> list[Edit]:
    """Deletes the bullets that `symbols` set, which until then tell the entries of a list from a broken sentence.

    >>> bullets("▪ 引水上山\\n")
    [Edit(start=0, end=2, new='', origin=None)]
    """
    return [Edit(found.end(1), found.end(), "") for found in _BULLETS.finditer(text)]


def beyond(present: Letters) -> bool:
    """Whether a text with these `letters` holds a character of the two planes for private use.

    >>> beyond(set("石桥𠮷")), beyond(set("石桥\U000f0001"))
    (False, True)
    """
    return any("\U000f0000" <= character <= "\U0010fffd" for character in present)


def unknown(text: str) -> list[int]:
    """The places of private-use characters, about which nothing is known.

    >>> unknown("石桥\\ue001乡")
    [2]
    """
    return [found.start() for found in _PRIVATE.finditer(text)]
