"""Traditional characters → simplified ones, one for one; Japanese is left alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import regex

from extractor.normalise.shapes import HAN

_KANA = regex.compile(r"[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = regex.compile(r"[\uac00-\ud7a3]")
_HAN = regex.compile(rf"[{HAN}]")
KANA = frozenset(c for c in map(chr, [*range(0x3041, 0x3200), *range(0xFF66, 0xFF9E)]) if _KANA.match(c))

# What tw2s leaves, each of the same length.
_OVERRIDES = {"甚么": "什么", "妳": "你", "牠": "它", "硏": "研"}

# Characters of everyday reports that exist in one script only, beside the simplified ones that they stand for.
_TRADITIONAL = frozenset("個們這來時國會說為學對發經過後實現點種開無產業機關問體進還見長門間東車電話書員萬億與將從區縣鎮鄉團應當數據計劃")
_SIMPLIFIED = frozenset("个们这来时国会说为学对发经过后实现点种开无产业机关问体进还见长门间东车电话书员万亿与将从区县镇乡团应当数据计划")


def is_traditional(letters: frozenset[str] | set[str]) -> bool:
    """Whether a text with these characters is written in traditional ones.

    >>> is_traditional(set("警方事後檢走證物，並通緝兩名男子，懸紅50萬元，車輛")), is_traditional(set("於先生来到东台"))
    (True, False)
    """
    traditional = len(letters & (_TRADITIONAL - _SIMPLIFIED))
    return traditional >= 2 and traditional > 2 * len(letters & (_SIMPLIFIED - _TRADITIONAL))


@lru_cache(maxsize=1)
def _converter() -> Callable[[str], str]:
    # tw2s and never tw2sp, which rewrites words: 支援 would become 支持. All entries of tw2s keep the length.
    from opencc import OpenCC

    convert: Callable[[str], str] = OpenCC("tw2s").convert
    return convert


@lru_cache(maxsize=1)
def letters() -> frozenset[str]:
    """The characters that may change: what none of them is in needs no conversion."""
    characters = [chr(code) for code in [*range(0x3400, 0xA000), *range(0xF900, 0xFB00)]]
    simplified = _converter()("\n".join(characters)).split("\n")
    return frozenset(c for c, s in zip(characters, simplified, strict=True) if c != s) | frozenset("妳牠硏甚")


def simplify(text: str) -> tuple[str, int]:
    """`text` in simplified characters, of the same length, and the number of Japanese lines left as they were.

    >>> simplify("社會工作者看著這份名單，甚麼都沒說")
    ('社会工作者看着这份名单，什么都没说', 0)
    >>> simplify("厚生労働省は昨日、最低賃金を引き上げると発表した。")
    ('厚生労働省は昨日、最低賃金を引き上げると発表した。', 1)
    """
    if _KANA.search(text) is None:
        return _simplified(text), 0
    lines = text.split("\n")
    japanese = [is_japanese(line) for line in lines]
    return "\n".join(line if left else _simplified(line) for line, left in zip(lines, japanese, strict=True)), sum(japanese)


def is_japanese(line: str) -> bool:
    """Whether a sixth of the letters of `line` are kana; a name in a Chinese sentence is not enough.

    >>> is_japanese("最低賃金を引き上げる"), is_japanese("电影《君の名は》在全国四千余家影院上映，票房超过五亿元")
    (True, False)
    """
    kana = len(_KANA.findall(line))
    return kana > 1 and 6 * kana > kana + len(_HAN.findall(line))


def language(before: str, after: str) -> str:
    """The language and script of a text, as a BCP 47 tag, from its shape before and after `simplify`.

    >>> language("社會工作", "社会工作"), language("社会工作", "社会工作"), language("2024", "2024")
    ('zh-Hant', 'zh-Hans', 'und')
    """
    sample = before[:20000]
    han = len(_HAN.findall(sample))
    if is_japanese(sample):
        return "ja"
    if not han:
        return "ko" if _HANGUL.search(sample) else "und"
    changed = 0 if before == after else sum(a != b for a, b in zip(sample, after[:20000], strict=True))
    return "zh-Hant" if 10 * changed > han else "zh-Hans"


def _simplified(text: str) -> str:
    simple = _converter()(text)
    if len(simple) != len(text):  # a converter that changes lengths is not the one we know: better unconverted than misplaced
        return text
    for old, new in _OVERRIDES.items():
        if old in simple:
            simple = simple.replace(old, new)
    return simple
