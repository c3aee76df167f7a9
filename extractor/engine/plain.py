"""Rule patterns for Python's own `re`, which matches and compiles them two to three times as fast as `regex` does.

Rules are written for `regex`. What `re` has under another name is renamed, a look behind of several lengths becomes one look
for each of them, and a group named twice becomes two groups; what `re` cannot say at all stays with `regex`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import product
from typing import Any, Final, NamedTuple

import regex

from extractor.article import Span

_TOKEN: Final = re.compile(
    r"""(?P<space>\s+|\#[^\n]*)|(?P<set>\[\^?\]?(?:\\(?:p\{\w+\}|.)|[^\]\\])*\])|(?P<escape>\\(?:p\{\w+\}|g<\w+>|.))
        |(?P<name>\(\?P?<(?P<called>[a-z_]+)>)|(?P<behind>\(\?<[=!])|(?P<open>\(\?:|\(\?[=!>]|\((?!\?))|(?P<close>\))|(?P<bar>\|)
        |(?P<many>(?:[*?+]|\{\d*,?\d*\})[?+]?)|(?P<literal>[^\\\[\](){}|*+?])""",
    re.VERBOSE | re.DOTALL,
)
_PARTS_OF_SET: Final = re.compile(r"\\p\{Han\}|\\.|[\[&|~]", re.DOTALL)
_SAME_IN_BOTH: Final = frozenset("dnt")  # of the escapes that are letters
_MOST: Final = 64  # lengths of a look behind, and ways to each of them
_LAST_HAN: Final = 0x323B0


class Named(NamedTuple):
    """A pattern for `re`; by the name of each group that it had the groups that have taken its place, in their order."""

    pattern: str
    groups: dict[str, list[str]]


class _NoMatch(Exception):
    """The pattern holds what `re` cannot say."""


def for_re(pattern: str) -> Named | None:
    """The verbose `pattern` as `re` reads it; None where that cannot be said, or a group might be caught more than once.

    >>> for_re(r"(?<number> \\d ) 年 | (?<! [约近] | 大 约 ) (?<number> \\d ) 月").pattern
    '(?P<number>\\\\d)年|(?<![约近])(?<!大约)(?P<number__2>\\\\d)月'
    >>> for_re(r"(?: (?<name> 甲 ) 、 )+") is None
    True
    """
    try:
        reader = _Reader(pattern)
        return Named(reader.whole(), reader.groups)
    except _NoMatch:
        return None


def _again(name: str, number: int) -> str:
    """What the second, third … group of a name is called."""
    return f"{name}__{number}"


class _Ways(NamedTuple):
    """The ways in which a piece of a look behind can match, each with its length in characters."""

    ways: list[tuple[str, int]]

    def then(self, more: _Ways) -> _Ways:
        return _few((one + two, length + further) for (one, length), (two, further) in product(self.ways, more.ways))


def _few(ways: Iterable[tuple[str, int]]) -> _Ways:
    found = list(dict.fromkeys(ways))
    if len(found) > _MOST:
        raise _NoMatch
    return _Ways(found)


class _Reader:
    """A recursive reader of one pattern."""

    def __init__(self, pattern: str) -> None:
        self.tokens = list(_tokens(pattern))
        self.place = 0
        self.groups: dict[str, list[str]] = {}
        self.named = 0  # groups with a name read so far

    def whole(self) -> str:
        text = self.choice()
        if self.place < len(self.tokens):
            raise _NoMatch
        return text

    def _kind(self) -> str | None:
        return self.tokens[self.place].lastgroup if self.place < len(self.tokens) else "end"

    def _next(self) -> re.Match[str]:
        token = self.tokens[self.place]
        self.place += 1
        return token

    def choice(self) -> str:
        """Reads to the bracket that closes what is read."""
        parts: list[str] = []
        while (kind := self._kind()) not in ("close", "end"):
            parts.append(self._next()[0] if kind == "bar" else self.element())
        return "".join(parts)

    def element(self) -> str:
        """An element with its quantifier."""
        before, kind = self.named, self._kind()
        if kind == "behind":
            text = self._behind()
        elif kind in ("name", "open"):
            token = self._next()
            opened = f"(?P<{self._called(token['called'])}>" if kind == "name" else token[0]
            text = f"{opened}{self.choice()}{self._closed()}"
        else:
            text = _single(self._next())
        if self._kind() != "many":
            return text
        many = self._next()[0]
        if self.named > before and many not in ("?", "??", "?+"):
            raise _NoMatch  # each time it is caught counts, and `re` keeps the last
        return text + many

    def _closed(self) -> str:
        if self._kind() != "close":
            raise _NoMatch
        return self._next()[0]

    def _called(self, name: str) -> str:
        self.named += 1
        same = self.groups.setdefault(name, [])
        same.append(_again(name, len(same) + 1) if same else name)
        return same[-1]

    def _behind(self) -> str:
        """A look behind: one for each length that what it looks for can have."""
        refuses = self._next()[0].endswith("!")
        named = self.named
        by_length: dict[int, list[str]] = {}
        for way, length in self._ways().ways:
            by_length.setdefault(length, []).append(way)
        self._closed()
        if self.named > named:
            raise _NoMatch
        looks = [f"(?<{'!' if refuses else '='}{'|'.join(ways)})" for ways in by_length.values()]
        return "".join(looks) if refuses or len(looks) == 1 else f"(?:{'|'.join(looks)})"

    def _ways(self) -> _Ways:
        """The ways of what stands up to the closing bracket."""
        ways: list[tuple[str, int]] = []
        found = _Ways([("", 0)])
        while (kind := self._kind()) not in ("close", "end"):
            if kind == "bar":
                self._next()
                ways += found.ways
                found = _Ways([("", 0)])
            else:
                found = found.then(self._ways_of_element())
        return _few([*ways, *found.ways])

    def _ways_of_element(self) -> _Ways:
        kind = self._kind()
        if kind == "behind" or (kind == "open" and self.tokens[self.place][0] in ("(?=", "(?!")):
            text = self._behind() if kind == "behind" else f"{self._next()[0]}{self.choice()}{self._closed()}"
            found = _Ways([(text, 0)])
        elif kind == "open" and self._next()[0] == "(?:":
            found = self._ways()
            self._closed()
        elif kind in ("set", "escape", "literal"):
            found = _Ways([(_single(self._next()), 1)])
        else:
            raise _NoMatch
        if self._kind() != "many":
            return found
        least, most = _times(self._next()[0])
        if len(found.ways) == 1 and found.ways[0][1] == 1:
            return _few((f"{found.ways[0][0]}{{{times}}}" if times else "", times) for times in range(least, most + 1))
        repeated = [_Ways([("", 0)])]
        for _ in range(most):
            repeated.append(repeated[-1].then(found))
        return _few(way for some in repeated[least:] for way in some.ways)


def _tokens(pattern: str) -> Iterator[re.Match[str]]:
    end = 0
    for token in _TOKEN.finditer(pattern):
        if token.start() != end:
            raise _NoMatch
        end = token.end()
        if token.lastgroup != "space":
            yield token
    if end != len(pattern):
        raise _NoMatch


def _times(many: str) -> tuple[int, int]:
    """The least and the most times that a quantifier asks for."""
    if many == "?":
        return 0, 1
    found = re.fullmatch(r"\{(\d+)(,?)(\d*)\}", many)
    if found is None or (found[2] and not found[3]):
        raise _NoMatch
    return int(found[1]), int(found[3] or found[1])


def _single(token: re.Match[str]) -> str:
    """A set, an escape or a character."""
    text = token[0]
    if token.lastgroup == "set":
        return (
            text[:2] + _PARTS_OF_SET.sub(_in_set, text[2:])
            if text[1] == "^"
            else "[" + _PARTS_OF_SET.sub(_in_set, text[1:])
        )
    if token.lastgroup == "escape":
        if text == r"\p{Han}":
            return f"[{_han()}]"
        if text.startswith(r"\g<"):
            return f"(?P={text[3:-1]})"
        if text[1].isalnum() and text[1:] not in _SAME_IN_BOTH and text[1:] != "Z":
            raise _NoMatch
    elif token.lastgroup != "literal":
        raise _NoMatch
    return text


def _in_set(part: re.Match[str]) -> str:
    text = part[0]
    if text == r"\p{Han}":
        return _han()
    if text[0] == "\\" and text[1].isalnum() and text[1:] not in _SAME_IN_BOTH:
        raise _NoMatch
    return text if text[0] == "\\" else f"\\{text}"


@lru_cache(maxsize=1)
def _han() -> str:
    """The characters that `regex` takes for Han, as the ranges of a set."""
    ranges = regex.findall(
        r"\p{Han}+",
        "".join(
            map(
                chr,
                [*range(0x2E80, 0xD800), *range(0xF900, 0xFB00), *range(0x16FE0, 0x17000), *range(0x20000, _LAST_HAN)],
            )
        ),
    )
    return "".join(f"{found[0]}-{found[-1]}" for found in ranges)


class Pattern(NamedTuple):
    """A compiled pattern: `match` at an offset, `finditer`, and the groups with a name, each with its number."""

    match: Callable[[str, int], Any]
    finditer: Callable[[str], Iterable[Any]]
    groups: tuple[tuple[str, int], ...]


def compiled(pattern: str) -> Pattern:
    """The verbose `pattern` compiled by `re` where that can read it, else by `regex`. Raises regex.error.

    Of groups of one name the last that took part is what it caught last.
    """
    plain = for_re(pattern)
    if plain is not None:
        with suppress(re.error):
            found = re.compile(plain.pattern)
            names = {own: name for name, same in plain.groups.items() for own in same}
            groups = tuple((names[own], number) for own, number in found.groupindex.items())
            return Pattern(found.match, found.finditer, groups)
    other = regex.compile(pattern, regex.VERBOSE | regex.VERSION0)
    return Pattern(other.match, other.finditer, tuple(other.groupindex.items()))


def captures(found: Any, group: str) -> list[Span]:
    """The spans of all captures of a group in a match, in their order; none of a group that its pattern has not."""
    if not isinstance(found, re.Match):
        return list(found.spans(group)) if group in found.re.groupindex else []
    named, spans, own = found.re.groupindex, [], group
    number = 1
    while own in named:
        if (span := found.span(own))[0] >= 0:
            spans.append(span)
        number += 1
        own = _again(group, number)
    return spans
