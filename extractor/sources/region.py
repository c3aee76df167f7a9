"""Where an article was published, by what it says: whose 元 it counts in."""

from __future__ import annotations

import regex

from extractor.article import Region
from extractor.normalise.script import is_traditional

_TAIWAN = regex.compile(
    r"民國(?:前)?[\d一二三四五六七八九十○〇零百]{1,5}年|新臺幣|新台幣|[記记]者[\p{Han}、]{2,14}[/／][\p{Han}]{2,8}(?:報導|連線報導)|中央社(?:記者|[\p{Han}]{2,3}\d{1,2}日電)"
)
_HONG_KONG = regex.compile(r"港元|港幣|HK\$")
_MACAU = regex.compile(r"澳門元|澳門幣|MOP")


def region_of(text: str) -> Region:
    """TW, HK or MO on evidence only, in a text of traditional characters; else CN.

    >>> region_of("票價新台幣300元"), region_of("漁港開放後，過百萬人次來訪，每張票售港幣80元"), region_of("售价80港元")
    ('TW', 'HK', 'CN')
    """
    taiwan = len(_TAIWAN.findall(text))
    if taiwan:
        return "TW" if not _is_rather(_HONG_KONG, text, taiwan) else "HK"
    hong_kong, macau = len(_HONG_KONG.findall(text)), len(_MACAU.findall(text))
    if (hong_kong or macau) and is_traditional(set(text)):
        return "HK" if hong_kong >= macau else "MO"
    return "CN"


def _is_rather(other: regex.Pattern[str], text: str, number: int) -> bool:
    return len(other.findall(text)) > 2 * number
