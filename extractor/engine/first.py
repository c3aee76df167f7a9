"""Which characters a pattern can begin with, so that a rule is tried only where its first character stands."""

from __future__ import annotations

from collections.abc import Mapping

import regex

_TOKEN = regex.compile(
    r"""(?P<space> \s+ | \#[^\n]* ) | (?P<name> \{[a-z][a-z_]{2,}\} ) | (?P<class> \[\^?\]?(?:\\.|[^\]\\])*\] ) | (?P<escape> \\(?:p\{\w+\}|L<\w+>|.) )
        | (?P<look> \(\?<?[=!] ) | (?P<open> \(\?P?<[a-z_]+> | \(\?: | \((?!\?) ) | (?P<close> \) ) | (?P<bar> \| )
        | (?P<many> [*?+][+?]? | \{(?P<least>\d*),?\d*\}[+?]? ) | (?P<literal> [^\\\[\](){}|*+?.^$] ) | (?P<other> . )""",
    regex.VERBOSE | regex.VERSION0 | regex.DOTALL,
)

First = frozenset[str] | None
"""The characters a pattern may begin with; None where that cannot be told."""


def first_characters(
    pattern: str, fragments: Mapping[str, str], words: Mapping[str, list[str]], *, empty: bool = False
) -> First:
    """The characters with which a match of the verbose `pattern` can begin; None where it may be any, or nothing.

    With `empty`, a pattern that may match nothing gives the characters of the matches that hold something.

    >>> sorted(first_characters("(?: [年月] | 天 )? {unit} x", {}, {"unit": ["小时"]}))
    ['天', '小', '年', '月']
    >>> first_characters("\\\\p{Han} x", {}, {}) is None
    True
    """
    reader = _Reader(pattern, fragments, words)
    found, may_be_empty = reader.choice()
    return None if found is None or (may_be_empty and not empty) else frozenset(found)


def last_characters(
    pattern: str, fragments: Mapping[str, str], words: Mapping[str, list[str]], *, empty: bool = False
) -> First:
    """The characters with which a match of the verbose `pattern` can end; None where it may be any, or nothing.

    With `empty`, a pattern that may match nothing gives the characters of the matches that hold something.

    >>> sorted(last_characters("[年月] {unit}", {}, {"unit": ["小时"]}))
    ['时']
    """
    found, may_be_empty = _Reader(pattern, fragments, words, last=True).choice()
    return None if found is None or (may_be_empty and not empty) else frozenset(found)


class _Reader:
    """A recursive reader of patterns; every method gives (first characters or None, whether it may match nothing)."""

    def __init__(
        self, pattern: str, fragments: Mapping[str, str], words: Mapping[str, list[str]], *, last: bool = False
    ) -> None:
        self.tokens = [token for token in _TOKEN.finditer(pattern) if token["space"] is None]
        self.place = 0
        self.fragments = fragments
        self.words = words
        self.last = last

    def choice(self) -> tuple[set[str] | None, bool]:
        found, empty = self.sequence()
        while self.place < len(self.tokens) and self._kind(self.tokens[self.place]) == "bar":
            self.place += 1
            more, none = self.sequence()
            found = None if found is None or more is None else found | more
            empty = empty or none
        return found, empty

    def sequence(self) -> tuple[set[str] | None, bool]:
        """Reads to the next bar or close; only elements up to the first that cannot be empty count, from the one side
        or the other."""
        elements = []
        while self.place < len(self.tokens) and self._kind(self.tokens[self.place]) not in ("bar", "close"):
            elements.append(self.element())
        found: set[str] | None = set()
        for more, empty in reversed(elements) if self.last else elements:
            found = None if found is None or more is None else found | more
            if not empty:
                return found, False
        return found, True

    def element(self) -> tuple[set[str] | None, bool]:
        token = self.tokens[self.place]
        self.place += 1
        kind, text = self._kind(token), token[0]
        found: set[str] | None
        empty = False
        if kind == "open":
            found, empty = self.choice()
            self.place += 1
        elif kind == "look":
            self.choice()
            self.place += 1
            found, empty = set(), True
        elif kind == "name":
            found, empty = self._named(text[1:-1])
        elif kind == "class":
            found = _members(text)
        elif kind == "literal":
            found = {text}
        elif kind == "escape" and len(text) == 2 and not text[1].isalnum():
            found = {text[1]}
        elif kind == "escape" and text == r"\d":
            found = set("0123456789")
        else:
            found = None
        if self.place < len(self.tokens) and self._kind(self.tokens[self.place]) == "many":
            many = self.tokens[self.place]
            self.place += 1
            if many[0][0] in "*?" or many["least"] in ("0", ""):
                empty = True
        return found, empty

    @staticmethod
    def _kind(token: regex.Match[str]) -> str:
        return next(
            name
            for name in ("space", "name", "class", "escape", "look", "open", "close", "bar", "many", "literal", "other")
            if token[name] is not None
        )

    def _named(self, name: str) -> tuple[set[str] | None, bool]:
        if name in self.fragments:
            return _Reader(self.fragments[name], self.fragments, self.words, last=self.last).choice()
        if name in self.words:
            return {word[-1 if self.last else 0] for word in self.words[name]}, False
        return None, True


def _members(text: str) -> set[str] | None:
    """The characters of a class; None for a negated one and one with ranges or escapes beyond plain characters."""
    inside = text[1:-1]
    if inside.startswith("^") or regex.search(r"\\[a-zA-Z]|(?<!^)(?<!\\)-(?!$)", inside):
        return None
    return set(inside.replace("\\", ""))
