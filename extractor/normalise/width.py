"""One form for each mark, letter and digit: half width for what ASCII has, “” for every pair of quotation marks.

Folded code point by code point and never by normalising the string, which would change lengths (㎡ → m2) and fold what
nobody asked for (㈱).
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_FULLWIDTH = {code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}
_MARKS = {
    "￠": "¢", "￡": "£", "￥": "¥", "￦": "₩", "￣": "¯", "｡": "。", "､": "、", "｢": "“", "｣": "”",
    "「": "“", "」": "”", "『": "‘", "』": "’", "﹁": "“", "﹂": "”", "﹃": "‘", "﹄": "’", "〝": "“", "〞": "”", "〟": "”",
    "„": "“", "‟": "“", "‚": "‘", "‛": "‘",
    "﹐": ",", "﹑": "、", "﹒": ".", "﹔": ";", "﹕": ":", "﹖": "?", "﹗": "!", "﹙": "(", "﹚": ")", "﹪": "%", "﹢": "+",
    "﹤": "<", "﹥": ">", "﹦": "=", "﹟": "#", "﹠": "&", "﹡": "*", "﹩": "$", "﹫": "@", "︰": ":", "∶": ":", "ː": ":",
    "−": "-", "‐": "-", "‑": "-", "―": "—", "─": "—", "━": "—", "﹣": "-", "〜": "~", "∼": "~", "⁓": "~",
    "・": "·", "･": "·", "‧": "·", "∙": "·", "⋅": "·", "•": "·", "⁄": "/", "∕": "/", "⋯": "…",
    "﹝": "〔", "﹞": "〕", "❲": "〔", "❳": "〕", "〖": "【", "〗": "】", "⟪": "《", "⟫": "》", "⟨": "〈", "⟩": "〉",
}  # fmt: skip


# What each of U+2E81 to U+2EF3 stands for, in order (Unicode: Equivalent_Unified_Ideograph; U+2E9A is unassigned).
_RADICALS = (
    "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵⺚旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
    "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟"
)

# Forms for vertical setting and small ones, as Unicode decomposes them, but for those that are marks of Chinese above.
_VERTICAL = {
    "︐": ",", "︑": "、", "︒": "。", "︓": ":", "︔": ";", "︕": "!", "︖": "?", "︗": "【", "︘": "】", "︙": "…",
    "︱": "—", "︲": "–", "︳": "_", "︴": "_", "︵": "(", "︶": ")", "︷": "{", "︸": "}", "︹": "〔", "︺": "〕",
    "︻": "【", "︼": "】", "︽": "《", "︾": "》", "︿": "〈", "﹀": "〉", "﹇": "[", "﹈": "]", "﹍": "_", "﹎": "_", "﹏": "_",
    "﹘": "—", "﹛": "{", "﹜": "}", "﹨": "\\",
}  # fmt: skip


@lru_cache(maxsize=1)
def table() -> dict[int, str]:
    """The fold as a table for `str.translate`, character for character.

    Radicals and compatibility ideographs stand in the text layer of many a PDF for the characters they look like. The twelve
    unified ideographs of the compatibility block (U+FA0E …) decompose to nothing and stay.
    """
    folds = {**_FULLWIDTH, **{ord(mark): fold for mark, fold in [*_MARKS.items(), *_VERTICAL.items()]}}
    folds |= {code: fold for code, fold in enumerate(_RADICALS, 0x2E81) if fold != chr(code)}
    for code in [*range(0x2F00, 0x2FD6), *range(0xF900, 0xFADA), *range(0x2F800, 0x2FA1E)]:
        fold = unicodedata.normalize("NFKC", chr(code))
        if len(fold) == 1 and fold != chr(code):
            folds[code] = fold
    return folds


@lru_cache(maxsize=1)
def letters() -> frozenset[str]:
    """The characters that `fold` changes."""
    return frozenset(map(chr, table()))


def fold(text: str, present: frozenset[str] | set[str] | None = None) -> str:
    """`text` with each mark, letter and digit in its one form; `present` are the characters it may hold, where known.

    >>> fold("增长８．３％，达“５Ｇ”「試點」")
    '增长8.3%,达“5G”“試點”'
    >>> fold("㎡、①、…、《》、。")
    '㎡、①、…、《》、。'
    """
    found = (set(text) if present is None else present) & letters()
    if len(found) > 40:
        return text.translate(table())
    for letter in found:  # a few passes at memory speed are much faster than one look-up a character
        text = text.replace(letter, table()[ord(letter)])
    return text


_PAIR = regex.compile(r'"([^"\n]*)"')
_SINGLE = regex.compile(r"(?<![A-Za-z0-9'])'([^'\n]{1,40})'(?![A-Za-z0-9'])")


def quotes(text: str) -> str:
    """Straight quotation marks as “ and ” in turn, one to one, in each line that holds an even number of them.

    A line with an odd number has lost one, or measures in inches; it stays as it is.

    >>> quotes('启动"春雨"行动,评出"金牌"教练')
    '启动“春雨”行动,评出“金牌”教练'
    >>> quotes('一台5.5"的屏幕')
    '一台5.5"的屏幕'
    """
    if '"' in text:
        text = "\n".join(
            _PAIR.sub(r"“\1”", line) if '"' in line and line.count('"') % 2 == 0 else line for line in text.split("\n")
        )
    if "'" in text:
        text = _SINGLE.sub(r"‘\1’", text)
    return text
