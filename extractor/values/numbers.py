"""Numerals of written Chinese → exact values with the bounds that the numeral itself states.

Grammar after GB/T 15835-2011 (numerals in publications): Arabic, Chinese, financial and mixed numerals (3万4000),
万 and 亿 as multipliers, scientific notation (1.5×10^8), vague numerals (数十, 上千, 十余), adjacent digits as a range (三四百).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_LITERAL = re.compile(r"\d[\d, ]*(?:[.·]\d+)?")
_PARTED = re.compile(r"\d{1,3}(?:(?:,\d{3})+|(?: \d{3})+)(?:[.·]\d+)?")  # thousands
_SCIENTIFIC = re.compile(
    r"(?:(?P<factor>\d[\d,]*(?:\.\d+)?) ?[×xX*·] ?)?10"
    r"(?:\^ ?(?P<caret>-?\d{1,2})|(?P<raised>⁻?[⁰¹²³⁴-⁹]{1,2})|的(?P<minus>负?)(?P<words>\d{1,2}|[一二三四五六七八九十]{1,3})次方)"
    r"|(?P<mantissa>\d+(?:\.\d+)?)[eE](?P<exponent>[+-]?\d{1,2})"
)
_RAISED = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
_ADJACENT = re.compile(
    r"(?<![零〇一二两三四五六七八九])([一二两三四五六七八])([二两三四五六七八九])(?![零〇一二三四五六七八九点])"
)
_LOOSE_PAIRS = frozenset(((3, 5), (3, 2)))  # 三五 and 三两: a few
_VAGUE = re.compile(r"(?:好?几|数)(?=[十百千万亿])")
_ANY_SIZE = Decimal(10**20)  # larger than any unit
_LONGEST = 40  # characters; what is longer counts nothing: card and identity numbers, lines of digits
_OVER = re.compile(r"[余多+]|(?<=[十0])[几数]")


@dataclass(frozen=True, slots=True)
class Numeral:
    """What a numeral says. A range has `low` and `high` and no `value`; a vague numeral has only `low`."""

    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    modifier: Modifier = "exact"

    def times(self, factor: Decimal) -> Numeral:
        """The numeral in a unit `factor` times smaller: 3.2亿 as yuan, 5成 as percent; below zero with the factor −1."""

        def scaled(number: Decimal | None) -> Decimal | None:
            return None if number is None else number * factor

        low, high = scaled(self.low), scaled(self.high)
        if factor < 0:
            low, high = high, low
        return Numeral(scaled(self.value), low, high, self.modifier)

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
        shared = re.search("[百千万亿]*$", spread)
        if shared and not middle.endswith(("百", "千", "万", "亿")):  # 78±9亿
            middle += shared[0]
        return Numeral(low=_number(middle) - _number(spread), high=_number(middle) + _number(spread), modifier="range")
    if found := _SCIENTIFIC.fullmatch(text):
        return Numeral(value=_scientific(found))
    if found := _RANGE.fullmatch(text):
        return _read_range(found[1], found[2])
    if text.startswith(("成百上", "成千上")):
        return Numeral(low=_number(text[1]), modifier="approx")
    if found := _VAGUE.match(text):  # 数百, 几十万, 几十上百: at least two of the unit
        return Numeral(low=2 * _number(_bare(text[found.end() :].partition("上")[0])), modifier="approx")
    if text.startswith("上"):
        return Numeral(low=_number(_bare(text[1:].partition("上")[0])), modifier="approx")
    if text.startswith("百十") and len(text) <= 3:  # 百十来: a hundred or somewhat more
        return Numeral(low=Decimal(100), modifier="approx")
    if _OVER.search(text):
        return Numeral(value=_number(_bare(text)), modifier="over")
    if "来" in text or "把" in text:  # 十来, 千把
        return Numeral(value=_number(_bare(text)), modifier="approx")
    if text == "半":
        return Numeral(value=Decimal("0.5"))
    basic = _basic(text)
    if found := _ADJACENT.search(basic):
        first, second = found.span(1), found.span(2)
        low, high = DIGITS[found[1]], DIGITS[found[2]]
        if high == low + 1 or (first[0] == 0 and (low, high) in _LOOSE_PAIRS):
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


def _scientific(found: re.Match[str]) -> Decimal:
    """1.5×10^8, 10⁸, 3e5, 2×10的4次方."""
    if found["exponent"] is not None:
        return Decimal(f"{found['mantissa']}e{found['exponent']}")
    if found["words"] is not None:
        power = int(_number(found["words"])) * (-1 if found["minus"] else 1)
    else:
        power = int(found["caret"] or found["raised"].translate(_RAISED))
    return Decimal((found["factor"] or "1").replace(",", "")).scaleb(power)


def _bare(text: str) -> str:
    return re.sub("[余多来把几数+]", "", text)


def _basic(text: str) -> str:
    for short, full in TENS.items():
        text = text.replace(short, full)
    return text


def _number(text: str) -> Decimal:
    """The value of a plain numeral: in figures, in words, digit by digit, or mixed: 3万4000, 1亿7千6百万, 三点五万."""
    text = _basic(text)
    whole, point, decimals = text.partition("点")
    if not point:
        return _whole(whole)
    multiplier = Decimal(1)
    while decimals and decimals[-1] in SMALL_UNITS | LARGE_UNITS:  # 三点五万
        multiplier *= (SMALL_UNITS | LARGE_UNITS)[decimals[-1]]
        decimals = decimals[:-1]
    if not decimals or any(c not in DIGITS for c in decimals):
        raise Unreadable(f"{text} is not a number")
    return (_whole(whole) + Decimal("0." + "".join(str(DIGITS[c]) for c in decimals))) * multiplier


def _whole(text: str) -> Decimal:
    if text and all(c in DIGITS for c in text):
        return Decimal("".join(str(DIGITS[c]) for c in text))
    parts = list(_parts(text))
    total, section, digit, gap = Decimal(0), Decimal(0), None, False
    smallest, large = _ANY_SIZE, _ANY_SIZE
    for number, unit in parts:
        if number is not None:
            if digit:
                raise Unreadable(f"{text} is not a number: two figures side by side")
            digit, gap = number, gap or number == 0
        elif unit is not None and unit < 10**4:
            if unit >= smallest:
                raise Unreadable(f"{text} is not a number: its parts do not get smaller")
            section += (1 if digit is None else digit) * unit
            digit, smallest = None, unit
        elif unit is not None:
            if digit is None and not section:
                section = Decimal(0 if large < _ANY_SIZE else 1)  # 万亿 multiply, 万 alone is 一万
            elif unit == large or (unit > large and not section and not gap and (digit or 0) < large / 10):
                raise Unreadable(f"{text} is not a number: its parts do not get smaller")
            section += digit or 0
            total = total + section * unit if unit < large else (total + section) * unit
            section, digit, gap, smallest, large = Decimal(0), None, False, _ANY_SIZE, unit
    return total + section + _last(parts, digit)


def _last(parts: list[tuple[Decimal | None, Decimal | None]], digit: Decimal | None) -> Decimal:
    """The part behind the last unit: 三万五 and 3万5 count it in the next smaller unit, 三万零五 and 3万500 do not."""
    if digit is None:
        return Decimal(0)
    unit = parts[-2][1] if len(parts) > 1 else None
    if unit is not None and unit > 10 and digit < 10 and digit == digit.to_integral_value():
        return digit * unit / 10
    return digit


def _parts(text: str) -> Iterator[tuple[Decimal | None, Decimal | None]]:
    """The figures and units of a numeral in their order, each as (figure, None) or (None, unit)."""
    position = 0
    if not text:
        raise Unreadable("an empty numeral")
    while position < len(text):
        c = text[position]
        if found := _LITERAL.match(text, position):
            written = found[0].rstrip(" ,")
            if ("," in written or " " in written) and _PARTED.fullmatch(written) is None:
                raise Unreadable(f"{text} is not a number: its thousands are not parted as thousands are")
            yield Decimal(re.sub("[, ]", "", written).replace("·", ".")), None
            position += len(found[0])
            continue
        if c in DIGITS:
            yield Decimal(DIGITS[c]), None
        elif unit := SMALL_UNITS.get(c) or LARGE_UNITS.get(c):
            yield None, Decimal(unit)
        else:
            raise Unreadable(f"{text} is not a number: {c}")
        position += 1
