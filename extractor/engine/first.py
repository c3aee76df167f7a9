"""Which characters a pattern can begin with, so that a rule is tried only where its first characters stand."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import regex

_TOKEN = regex.compile(
    r"""(?P<space> \s+ | \#[^\n]* ) | (?P<name> \{[a-z][a-z_]{2,}\} ) | (?P<class> \[\^?\]?(?:\\.|[^\]\\])*\] ) | (?P<escape> \\(?:p\{\w+\}|L<\w+>|.) )
        | (?P<look> \(\?<?[=!] ) | (?P<open> \(\?P?<[a-z_]+> | \(\?: | \((?!\?) ) | (?P<back> \(\?P=\w+\) ) | (?P<close> \) ) | (?P<bar> \| )
        | (?P<many> [*?+][+?]? | \{(?P<least>\d*),?\d*\}[+?]? ) | (?P<literal> [^\\\[\](){}|*+?.^$] ) | (?P<other> . )""",
    regex.VERBOSE | regex.VERSION0 | regex.DOTALL,
)

First = frozenset[str] | None
"""The characters a pattern may begin with; None where that cannot be told."""


def first_characters(
    pattern: str,
    fragments: Mapping[str, str],
    words: Mapping[str, list[str]],
    *,
    length: int = 1,
    empty: bool = False,
    known: Known | None = None,
) -> First:
    """The characters with which a match of the verbose `pattern` can begin; None where it may be any, or nothing.

    What a match asks to see behind itself counts where it may hold nothing; the end of the text is no character, so that
    where nothing stands the pattern must be tried in any case. With a `length`, the strings of so many characters: a shorter one stands for itself and whatever follows it.
    With `empty`, a pattern that may match nothing gives the characters of the matches that hold something.
    `known` keeps what has been read of the fragments, for the next pattern with the same ones.

    >>> sorted(first_characters("(?: [年月] | 天 )? {unit} x", {}, {"unit": ["小时"]}))
    ['天', '小', '年', '月']
    >>> sorted(first_characters("(?: [年月] | 天 )? {unit} x", {}, {"unit": ["小时", "日"]}, length=2))
    ['天小', '天日', '小时', '年小', '年日', '日x', '月小', '月日']
    >>> sorted(first_characters("(?<= 万 ) (?= [,。] | \\\\Z ) 多?", {}, {}))
    [',', '。']
    >>> first_characters("\\\\p{Han} x", {}, {}) is None
    True
    """
    return _Reader(pattern, fragments, words, length=length, known=known).told(empty)


def last_characters(
    pattern: str,
    fragments: Mapping[str, str],
    words: Mapping[str, list[str]],
    *,
    empty: bool = False,
    known: Known | None = None,
) -> First:
    """The characters with which a match of the verbose `pattern` can end; None where it may be any, or nothing.

    With `empty`, a pattern that may match nothing gives the characters of the matches that hold something.

    >>> sorted(last_characters("[年月] {unit}", {}, {"unit": ["小时"]}))
    ['时']
    """
    return _Reader(pattern, fragments, words, last=True, known=known).told(empty)


class _Beginnings(NamedTuple):
    """How the matches of a piece of a pattern begin.

    `whole` are matches that end before the length asked for: what stands behind the piece goes on from them. `cut` are
    beginnings of that length, and shorter ones behind which anything may stand.
    """

    whole: set[str]
    cut: set[str]

    def then(self, more: _Beginnings, length: int) -> _Beginnings:
        """How the piece begins with `more` behind it."""
        joined = {start + end for start in self.whole for end in more.whole}
        cut = set(self.cut)
        for room in {
            length - len(start) for start in self.whole
        }:  # thousands of beginnings are few where little fits in
            ends = {end[:room] for end in more.cut}
            cut.update(start + end for start in self.whole if length - len(start) == room for end in ends)
        return _known(joined, length, cut)


def _known(strings: Iterable[str], length: int, cut: Iterable[str] = ()) -> _Beginnings:
    """The beginnings of these matches, and those that are `cut` already."""
    strings = set(strings)
    whole = {string for string in strings if len(string) < length}
    return _Beginnings(whole, {string[:length] for string in strings - whole} | set(cut))


Known = dict[tuple[str, int, bool], _Beginnings]
"""How fragments begin, by their name, for a length and a side."""

_NOTHING = _Beginnings({""}, set())
_UNKNOWN = _Beginnings(set(), {""})
_END = "\0"  # stands for the end of the text while a pattern is read


class _Element(NamedTuple):
    """How an element of a sequence begins, or what it `looks` for where it stands."""

    begins: _Beginnings
    looks: bool


class _Reader:
    """A recursive reader of patterns; with `last` it reads each sequence from its end."""

    def __init__(
        self,
        pattern: str,
        fragments: Mapping[str, str],
        words: Mapping[str, list[str]],
        *,
        length: int = 1,
        last: bool = False,
        known: Known | None = None,
    ) -> None:
        self.tokens = [token for token in _TOKEN.finditer(pattern) if token.lastgroup != "space"]
        self.place = 0
        self.fragments = fragments
        self.words = words
        self.length = length
        self.last = last
        self.known = {} if known is None else known

    def told(self, empty: bool) -> First:
        whole, cut = self.choice()
        if "" in cut or ("" in whole and not empty):
            return None
        found = {string.partition(_END)[0] for string in whole | cut} - {""}
        return frozenset(s for s in found if not any(s[:end] in found for end in range(1, len(s))))

    def choice(self) -> _Beginnings:
        found = self.sequence()
        while self.place < len(self.tokens) and self.tokens[self.place].lastgroup == "bar":
            self.place += 1
            more = self.sequence()
            found = _Beginnings(found.whole | more.whole, found.cut | more.cut)
        return found

    def sequence(self) -> _Beginnings:
        """Reads to the next bar or close."""
        elements = []
        while self.place < len(self.tokens) and self.tokens[self.place].lastgroup not in ("bar", "close"):
            elements.append(self.element())
        return self._joined(elements[::-1] if self.last else elements)

    def _joined(self, elements: Sequence[_Element]) -> _Beginnings:
        """How the elements begin one behind the other."""
        found = _NOTHING
        for place, (element, looks) in enumerate(elements):
            if not found.whole:
                break  # whatever stands there, the beginnings are known
            if not looks:
                found = found.then(element, self.length)
            elif "" not in element.whole | element.cut:
                rest = self._joined(elements[place + 1 :])
                told = "" not in rest.whole | rest.cut  # what stands there says enough without the look at it
                seen = rest if told else _Beginnings(set(), element.whole | element.cut)
                return found.then(seen, self.length)
        return found

    def element(self) -> _Element:
        token = self.tokens[self.place]
        self.place += 1
        kind, text = token.lastgroup, token[0]
        found, looks = _UNKNOWN, False
        if kind == "open":
            found = self.choice()
            self.place += 1
        elif kind == "look":
            found = self.choice()
            self.place += 1
            looks = text == ("(?<=" if self.last else "(?=")
            found = found if looks else _NOTHING
        elif kind == "name":
            found = self._named(text[1:-1])
        elif kind == "class" and (members := _members(text)) is not None:
            found = _known(members, self.length)
        elif kind == "literal":
            found = _known(text, self.length)
        elif kind == "escape" and len(text) == 2 and not text[1].isalnum():
            found = _known(text[1], self.length)
        elif kind == "escape" and text == r"\d":
            found = _known("0123456789", self.length)
        elif kind == "escape" and text == r"\Z" and not self.last:
            found = _known(_END, self.length)
        if self.place < len(self.tokens) and self.tokens[self.place].lastgroup == "many":
            many = self.tokens[self.place]
            self.place += 1
            whole, cut = found
            if many[0][0] != "?":  # it may come again
                cut, whole = cut | whole - {""}, whole & {""}
            if many[0][0] in "*?" or many["least"] in ("0", ""):
                whole = whole | {""}
            found = _Beginnings(whole, cut)
        return _Element(found, looks)

    def _named(self, name: str) -> _Beginnings:
        if name in self.fragments:
            key = name, self.length, self.last
            if key not in self.known:
                inner = _Reader(
                    self.fragments[name],
                    self.fragments,
                    self.words,
                    length=self.length,
                    last=self.last,
                    known=self.known,
                )
                self.known[key] = inner.choice()
            return self.known[key]
        if name in self.words:
            return _known((word[::-1] if self.last else word for word in self.words[name]), self.length)
        return _UNKNOWN


def _members(text: str) -> set[str] | None:
    """The characters of a class; None for a negated one and one with ranges or escapes beyond plain characters."""
    inside = regex.sub(r"(?<!\\)\\n", "\n", text[1:-1])
    if inside.startswith("^") or regex.search(r"\\[a-zA-Z]|(?<!^)(?<!\\)-(?!$)", inside):
        return None
    return set(inside.replace("\\", ""))
