"""Traditional characters → simplified ones, one for one; Japanese is left alone."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Literal, NamedTuple

import regex

from extractor.normalise.shapes import HAN

_KANA = regex.compile(r"[\u3041-\u3096\u30a1-\u30fa\u31f0-\u31ff\uff66-\uff9d]")
_HANGUL = regex.compile(r"[\uac00-\ud7a3]")
_HAN = regex.compile(rf"[{HAN}]")
KANA = frozenset(c for c in map(chr, [*range(0x3041, 0x3200), *range(0xFF66, 0xFF9E)]) if _KANA.match(c))

_HANGUL_LETTERS = frozenset(map(chr, range(0xAC00, 0xD7A4)))
_SENTENCE_END = regex.compile(r"[。！？!?\n]")
_QUOTED = regex.compile(
    r"《[^《》]*》|“[^“”]*”|‘[^‘’]*’|「[^「」]*」|『[^『』]*』|〈[^〈〉]*〉|\([^()]*\)|（[^（）]*）"
)
# Outside quotations and titles, 0.18 to 0.8 of the letters of Japanese texts are kana (trade figures and headlines have the
# fewest), and at most 0.13 of those of Chinese texts about Japan, the most where half of the text is Japanese.
_KANA_SHARE = 0.15
_PIECE = 250  # characters that are looked at before it is asked whether they tell enough
_LINE_OF_NAMES = 10  # Han characters; a line of fewer without kana may be of either language

# What tw2s leaves, each of the same length.
_OVERRIDES = {"甚么": "什么", "妳": "你", "牠": "它", "硏": "研"}

# Characters of everyday reports that exist in one script only, beside the simplified ones that they stand for.
_TRADITIONAL = frozenset(
    "個們這來時國會說為學對發經過後實現點種開無產業機關問體進還見長門間東車電話書員萬億與將從區縣鎮鄉團應當數據計劃"
)
_SIMPLIFIED = frozenset(
    "个们这来时国会说为学对发经过后实现点种开无产业机关问体进还见长门间东车电话书员万亿与将从区县镇乡团应当数据计划"
)


def is_traditional(letters: frozenset[str] | set[str]) -> bool:
    """Whether a text with these characters is written in traditional ones.

    >>> is_traditional(set("漁港開放後，過百萬人次來訪")), is_traditional(set("於先生来到东台"))
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
    """The characters that only traditional text has: they change, and GB 2312, the set of simplified text, lacks them.

    Some that change are simplified characters too, and only their neighbours tell: 么, 乾 (乾县), 著 (著名), 於 (a surname).
    """
    characters = [chr(code) for code in [*range(0x3400, 0xA000), *range(0xF900, 0xFB00)]]
    simplified = _converter()("\n".join(characters)).split("\n")
    changed = {c for c, s in zip(characters, simplified, strict=True) if c != s} | set("妳牠硏")
    return frozenset(c for c in changed if len(c.encode("gb2312", "ignore")) == 0)


class Simplified(NamedTuple):
    """`text` in simplified characters, its language as a BCP 47 tag, and the number of Japanese lines left as they were."""

    text: str
    language: str
    japanese: int = 0


def simplify(text: str, present: frozenset[str] | set[str] | None = None) -> Simplified:
    """`text` in simplified characters, of the same length; `present` are the characters that it may hold, where known.

    A text that is traditional throughout is converted throughout; in another one, the lines that quote traditional text.

    >>> simplify("社會工作者看著這份名單，甚麼都沒說")
    Simplified(text='社会工作者看着这份名单，什么都没说', language='zh-Hant', japanese=0)
    >>> simplify("乾县县长要干么")
    Simplified(text='乾县县长要干么', language='zh-Hans', japanese=0)
    >>> simplify("気象庁は今夜、台風が近づくと発表した。")
    Simplified(text='気象庁は今夜、台風が近づくと発表した。', language='ja', japanese=1)
    """
    present = set(text) if present is None else present
    traditional, kana = present & letters(), present & KANA
    if not traditional and not kana:
        return Simplified(
            text, "zh-Hans" if _HAN.search(text) is not None else "ko" if _HANGUL.search(text) is not None else "und"
        )
    sample = text if len(text) <= 3000 else text[:1500] + text[len(text) // 2 : len(text) // 2 + 1500]
    language = "ja" if kana and foreign_language(text, present) == "ja" else "zh-Hans"
    if language == "zh-Hans" and _is_traditional_in(sample, traditional):
        language = "zh-Hant"
        if not kana:
            return Simplified(_simplified(text), language)
    lines = text.split("\n")
    japanese = 0
    for i, line in enumerate(lines):
        if kana and is_japanese(line):
            japanese += 1
        elif language == "zh-Hant" or not traditional.isdisjoint(line):
            lines[i] = _simplified(line)
    return Simplified("\n".join(lines), language, japanese)


def _is_traditional_in(sample: str, traditional: frozenset[str] | set[str]) -> bool:
    """Whether more than a twentieth of the Han characters of `sample` are among the `traditional` ones."""
    number = 0
    for start in range(0, len(sample), _PIECE):
        number += sum(map(traditional.__contains__, sample[start : start + _PIECE]))
        if 20 * number > len(sample):  # and so of its Han, which mostly need not be counted
            return True
    return 20 * number > len(_HAN.findall(sample))


def foreign_language(text: str, present: frozenset[str] | set[str] | None = None) -> Literal["ja", "ko"] | None:
    """The language of a text that is Japanese or Korean as a whole; None for one that is Chinese, whatever it quotes.

    Japanese has kana in two thirds of its sentences, Korean more Hangul than Han; what stands in quotation marks, titles and
    brackets does not count. `present` are the characters that `text` may hold, where known.

    >>> foreign_language("台風が九州に近づいた。"), foreign_language("태풍이 남해에 상륙했다.")
    ('ja', 'ko')
    >>> foreign_language("书店里《よつばと》《ミナトの町》卖得最好。"), foreign_language("青石鄉の味，一碗120元。")
    (None, None)
    """
    present = set(text) if present is None else present
    if not present.isdisjoint(_HANGUL_LETTERS):
        bare = _QUOTED.sub("", text)
        if len(_HANGUL.findall(bare)) > len(_HAN.findall(bare)):
            return "ko"
    if present.isdisjoint(KANA):
        return None
    kana = letters = japanese = counted = 0
    for sentence in _SENTENCE_END.split(_QUOTED.sub("", text)):
        own, han = len(_KANA.findall(sentence)), len(_HAN.findall(sentence))
        kana += own
        letters += own + han
        if own or han >= _LINE_OF_NAMES:
            counted += own + han
            japanese += own + han if is_japanese(sentence) else 0
    return "ja" if kana > _KANA_SHARE * letters and 3 * japanese > 2 * counted else None


def is_japanese(line: str) -> bool:
    """Whether a sixth of the letters of `line` are kana; a name in a Chinese sentence is not enough.

    >>> is_japanese("台風が近づく"), is_japanese("漫画《よつばと》的中译本在全国各大书店上架，首日售出三万册")
    (True, False)
    """
    kana = len(_KANA.findall(line))
    return kana > 1 and 6 * kana > kana + len(_HAN.findall(line))


def _simplified(text: str) -> str:
    simple = _converter()(text)
    if len(simple) != len(text):  # not the converter we know: better unconverted than misplaced
        return text
    for old, new in _OVERRIDES.items():
        if old in simple:
            simple = simple.replace(old, new)
    return simple
