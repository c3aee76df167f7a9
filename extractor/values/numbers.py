"""Numerals of written Chinese → exact values with the bounds that the numeral itself states.

Grammar after GB/T 15835-2011 (numerals in publications): Arabic, Chinese, financial and mixed numerals (3万4000),
万 and 亿 as multipliers, vague numerals (数十, 上千, 十余), adjacent digits as a range (三四百).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from extractor.errors import Unreadable
from extractor.values.modifiers import Modifier

DIGITS = {
    c: i
    for i, cs in enumerate(("零〇", "一壹", "二两俩贰", "三仨叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"))
    for c in cs
}
SMALL_UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
LARGE_UNITS = {"万": 10**4, "亿": 10**8, "兆": 10**12}
TENS = {"廿": "二十", "卅": "三十"}

_RANGE = re.compile(r"(.+?)(?:——|[-—–−~～至到])(.+)")
_ARABIC = re.compile(r"(\d[\d, ]*(?:\.\d+)?)([十百千万亿兆]*)")
_PARTED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:\.\d+)?")  # thousands
_ADJACENT = re.compile(
    r"(?<![零〇一二两三四五六七八九])([一二两三四五六七八])([二两三四五六七八九])(?![零〇一二三四五六七八九点])"
)
_VAGUE = re.compile(r"(?:好?几|数)(?=[十百千万亿])")
_LONGEST = 40  # characters; what is longer counts nothing: card and identity numbers, lines of digits
_OVER = re.compile(r"[余多]|(?<=十)几")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says. A range has `low` and `high` and no `value`; a vague numeral has only `low`."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    modifier: Modifier = "exact"

    def times(self, factor: Decimal) -> Numeral:
        """The numeral in a unit `factor` times smaller: 3.2亿 as yuan, 5成 as percent."""

        def scaled(number: Decimal | None) -> Decimal | None:
            return None if number is None else number * factor

        return Numeral(scaled(self.value), scaled(self.low), scaled(self.high), self.modifier)

    def plus(self, more: Decimal) -> Numeral:
        """The numeral with something added after its unit: 一斤半 is 1 and 0.5."""

        def added(number: Decimal | None) -> Decimal | None:
            return None if number is None else number + more

        return Numeral(added(self.value), added(self.low), added(self.high), self.modifier)


@lru_cache(maxsize=8192)
def read_numeral(text: str) -> Numeral:
    """The numeral written as `text`, without its unit. Raises Unreadable, quoting it, when it is none.

    >>> read_numeral("3万4000").value, read_numeral("二十五万三千二百").value
    (Decimal('34000'), Decimal('253200'))
    >>> read_numeral("400余"), read_numeral("数十").low, read_numeral("三四百").high
    (Numeral(value=Decimal('400'), low=None, high=None, modifier='over'), Decimal('20'), Decimal('400'))
    """
    if len(text) > _LONGEST:
        raise Unreadable(f"{text[:12]}… is too long for a number: a code")
    if "±" in text:
        middle, _, spread = text.partition("±")
        return Numeral(low=_number(middle) - _number(spread), high=_number(middle) + _number(spread), modifier="range")
    if found := _RANGE.fullmatch(text):
        return _read_range(found[1], found[2])
    if text.startswith("成百上"):
        return Numeral(low=Decimal(100), modifier="approx")
    if found := _VAGUE.match(text):  # 数百, 几十万: at least two of the unit
        return Numeral(low=2 * _number(_bare(text[found.end() :])), modifier="approx")
    if text.startswith("上"):
        return Numeral(low=_number(_bare(text[1:])), modifier="approx")
    if text.startswith("百十") and len(text) <= 3:  # 百十来: a hundred or somewhat more
        return Numeral(low=Decimal(100), modifier="approx")
    if _OVER.search(text):
        return Numeral(value=_number(_bare(text)), modifier="over")
    if "来" in text:
        return Numeral(value=_number(_bare(text)), modifier="approx")
    basic = _basic(text)
    if found := _ADJACENT.search(basic):
        first, second = found.span(1), found.span(2)
        low, high = DIGITS[found[1]], DIGITS[found[2]]
        if high == low + 1 or basic in ("三五", "三两"):
            ends = sorted(
                (_number(basic[: second[0]] + basic[second[1] :]), _number(basic[: first[0]] + basic[first[1] :]))
            )
            return Numeral(low=ends[0], high=ends[1], modifier="range")
    return Numeral(value=_number(text))


def read_number(text: str) -> Decimal:
    """The plain value of `text`. Raises Unreadable for a range or a vague numeral."""
    value = read_numeral(text).value
    if value is None:
        raise Unreadable(f"{text} names no single number")
    return value


def read_integer(text: str) -> int:
    """The whole number written as `text`, digit by digit (二〇二三) or in words (二十三)."""
    return int(read_number(text))


def _read_range(first: str, second: str) -> Numeral:
    """A range; a multiplier that stands only once belongs to both: 2-3万 is 20000 to 30000."""
    low, high = read_numeral(first), read_numeral(second)
    low_value, high_value = low.value if low.value is not None else low.low, high.value
    if low_value is None or high_value is None:
        raise Unreadable(f"{first} to {second} has an open end")
    if not re.search("[十百千万亿]", first) and (shared := re.search("[百千万亿]+$", second)):
        factor = _number("1" + shared[0])
        if low_value <= high_value / factor:
            low_value *= factor
    if low_value > high_value:
        raise Unreadable(f"{first} to {second} runs downwards")
    return Numeral(low=low_value, high=high_value, modifier="range")


def _bare(text: str) -> str:
    return re.sub("[余多来几]", "", text)


def _basic(text: str) -> str:
    for short, full in TENS.items():
        text = text.replace(short, full)
    return text


def _number(text: str) -> Decimal:
    text = _basic(text)
    if text[:1].isdigit():
        return _mixed(text)
    return _chinese(text)


def _mixed(text: str) -> Decimal:
    """Arabic digits with multipliers: 1,250.6万, 3万4000, 1亿2000万."""
    total = Decimal(0)
    position, last_factor = 0, None
    while position < len(text):
        found = _ARABIC.match(text, position)
        if not found or found.end() == position:
            raise Unreadable(f"{text} is not a number")
        if ("," in found[1] or " " in found[1]) and _PARTED.fullmatch(found[1]) is None:
            raise Unreadable(f"{text} is not a number: its thousands are not parted as thousands are")
        factor = Decimal(1)
        for unit in found[2]:
            factor *= SMALL_UNITS.get(unit) or LARGE_UNITS[unit]
        if last_factor is not None and factor >= last_factor:
            raise Unreadable(f"{text} is not a number: its parts do not get smaller")
        total += Decimal(re.sub("[, ]", "", found[1])) * factor
        position, last_factor = found.end(), factor
    return total


def _chinese(text: str) -> Decimal:
    """A number in Chinese characters: in words (一亿二千万), digit by digit (二〇二三), with a decimal point (点)."""
    whole, point, decimals = text.partition("点")
    fraction = Decimal(0)
    multiplier = Decimal(1)
    if point:
        while decimals and decimals[-1] in LARGE_UNITS | SMALL_UNITS:  # 三点五万
            multiplier *= (LARGE_UNITS | SMALL_UNITS)[decimals[-1]]
            decimals = decimals[:-1]
        if not decimals or any(c not in DIGITS for c in decimals):
            raise Unreadable(f"{text} is not a number")
        fraction = Decimal("0." + "".join(str(DIGITS[c]) for c in decimals))
    return (_chinese_integer(whole) + fraction) * multiplier


def _chinese_integer(text: str) -> Decimal:
    if not text:
        raise Unreadable("an empty numeral")
    if all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    total, section, digit = Decimal(0), Decimal(0), None
    last_small = 10**5
    for c in text:
        if c in DIGITS:
            if digit:
                raise Unreadable(f"{text} is not a number: two digits side by side")
            digit = DIGITS[c]
        elif c in SMALL_UNITS:
            unit = SMALL_UNITS[c]
            if unit >= last_small:
                raise Unreadable(f"{text} is not a number: {c} out of place")
            section += (1 if digit is None else digit) * unit
            digit, last_small = None, unit
        elif c in LARGE_UNITS:
            section += digit or 0
            if not section and not total:
                section = Decimal(1)
            unit = LARGE_UNITS[c]
            total = (total + section) * unit if unit > LARGE_UNITS["万"] or total == 0 else total + section * unit
            section, digit, last_small = Decimal(0), None, 10**5
        else:
            raise Unreadable(f"{text} is not a number: {c}")
    if digit is not None:
        # 三万五, 两千三: a last digit without unit counts in the next smaller unit, unless 零 stands before it
        if len(text) >= 2 and text[-2] not in "零〇十拾":
            before = {**SMALL_UNITS, **LARGE_UNITS}[text[-2]] if text[-2] not in DIGITS else 10
            section += Decimal(digit) * before / 10
        else:
            section += digit
    return total + section
