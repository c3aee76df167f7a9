"""One mention of a named undertaking, and the parts of its name."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.engine.book import Rulebook
from extractor.engine.match import Match

_OPENING, _CLOSING = "“‘「『《〈", "”’」』》〉"
MARKS = str.maketrans("", "", _OPENING + _CLOSING)
_QUOTED = re.compile(r"[“「]([^“”「」\n]+)[”」]")
_IN_BRACKETS = re.compile(r"(?:\([^()]*\))+$")


@dataclass
class Undertaking:
    """A mention with what is known of its undertaking. Offsets are half-open, of the clean text."""

    match: Match
    name: str
    category: str
    short_name: str = ""
    issuer: str = ""
    number: str = ""
    of: Undertaking | None = None  # the mention that this one takes up again

    @property
    def start(self) -> int:
        return self.match.start

    @property
    def end(self) -> int:
        return self.match.end

    @property
    def book(self) -> Rulebook:
        return self.match.rule.book

    @property
    def titled(self) -> bool:
        """Whether it is written as a title: 《…》."""
        return self.match.clean.startswith("《", self.start)

    @cached_property
    def core(self) -> str:
        """The words in the name's own marks: “三色账本”邻里服务模式 → 三色账本; empty where it has none."""
        if self.titled:
            return self.match.text.strip("《》")
        quoted = _QUOTED.search(self.match.text)
        return quoted[1] if quoted else ""

    @cached_property
    def title(self) -> str:
        """The name without what stands in brackets behind it: (试行), (2024—2026年)."""
        return _IN_BRACKETS.sub("", self.name) or self.name

    @cached_property
    def head(self) -> str:
        """The type word that ends the name, the longest there is; empty where none does."""
        return head_of(self.title, self.book)

    def again(self, start: int, end: int, **said: str) -> Undertaking:
        """A further mention of the same undertaking at `start:end`, read by who read this one."""
        match = Match(self.match.rule, self.match.clean, start, end, {"mention": (start, end)}, model=self.match.model)
        given = {"name": self.name, "category": self.category, "short_name": self.short_name} | said
        return Undertaking(match, **given, of=self)


def head_of(name: str, book: Rulebook) -> str:
    """The longest type word that ends `name`, shorter than all of it; empty where none does."""
    heads, documents = book.words_of("program_head"), book.words_of("document_head")
    return next((name[i:] for i in range(1, len(name)) if name[i:] in heads or name[i:] in documents), "")


def category_of(head: str, book: Rulebook) -> str:
    """What a type word makes of the name that it ends; empty for an unknown one."""
    return str(book.words_of("program_head").get(head) or book.words_of("document_head").get(head) or "")


def bare(text: str) -> str:
    """`text` without quotation and title marks."""
    return text.translate(MARKS)


def in_order(short: str, name: str) -> bool:
    """Whether all characters of `short` stand in `name` in the same order.

    >>> in_order("赋能行动", "湘江新区困境妇女赋能行动"), in_order("行动赋能", "困境妇女赋能行动")
    (True, False)
    """
    rest: Iterator[str] = iter(name)
    return all(character in rest for character in short)


def with_more(found: list[Undertaking], more: Iterable[Undertaking]) -> list[Undertaking]:
    """`found`, mentions in text order, and those of `more` that overlap none of them nor one another, in text order."""
    free: list[Undertaking] = []
    for one in sorted(more, key=lambda one: (one.start, -one.end)):
        if not overlapped(one.start, one.end, found) and (not free or free[-1].end <= one.start):
            free.append(one)
    return sorted([*found, *free], key=lambda one: one.start) if free else found


def overlapped(start: int, end: int, found: Sequence[Undertaking]) -> Undertaking | None:
    """The last of the mentions, which stand in text order, that overlaps `start:end`."""
    place = bisect_left(found, end, key=lambda one: one.start) - 1
    return found[place] if place >= 0 and found[place].end > start else None


def ending_at(found: list[Undertaking], position: int) -> Undertaking | None:
    """The mention that ends at `position`, among mentions in text order."""
    place = bisect_right(found, position - 1, key=lambda one: one.start) - 1
    return found[place] if place >= 0 and found[place].end == position else None
