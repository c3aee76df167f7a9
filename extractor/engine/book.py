"""A rule and a rulebook, ready to run: patterns compile when they are first tried, and say where they can begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any, cast

import regex

from extractor.engine.expand import Cut, PatternFault, beginning, expand, without_last_part
from extractor.engine.first import First, Known, first_characters, last_characters
from extractor.engine.gazetteer import load_gazetteer
from extractor.engine.plain import Pattern, compiled
from extractor.engine.rule import Counterexample, Example, RuleEntry
from extractor.errors import BrokenRules

NUMBER = "number"
PLACE_NAME = "place_name"
TOWNSHIP_NAME = "township_name"
FLAGS = regex.VERBOSE | regex.VERSION0
_LONG_PART = 2_000  # characters of a part of a pattern that is compiled when it is first met


class MissingLexicon(BrokenRules):
    """Code reads a lexicon that the rules do not define."""

    def __init__(self, lexicon: str) -> None:
        self.lexicon = lexicon
        super().__init__([f"lexicon {lexicon} is missing: records are read with it. Define it in a lexicon.toml."])

    def __reduce__(self) -> tuple[type[MissingLexicon], tuple[str]]:
        return type(self), (self.lexicon,)


class Lexicons(dict[str, dict[str, Any]]):
    """The meanings of words by lexicon."""

    def __missing__(self, name: str) -> dict[str, Any]:
        raise MissingLexicon(name)


@dataclass(eq=False)
class Rule:
    """A rule ready to run. Patterns compile when they are first tried."""

    type: str
    entry: RuleEntry
    file: Path
    cut: Cut | None
    group_lexicons: Mapping[str, str]
    book: Rulebook = field(repr=False)

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def about(self) -> str:
        return self.entry.about

    @property
    def source(self) -> str:
        return self.entry.source

    @property
    def pattern(self) -> str:
        return self.entry.pattern

    @property
    def yes(self) -> list[Example]:
        return self.entry.yes

    @property
    def no(self) -> list[Counterexample]:
        return self.entry.no

    @property
    def known(self) -> list[Example]:
        return self.entry.known

    @cached_property
    def beats_across(self) -> frozenset[str]:
        """The ids of the rules of other types that this one beats."""
        return frozenset(id_ for id_ in self.entry.beats if not id_.startswith(f"{self.type}."))

    @cached_property
    def open_groups(self) -> tuple[str, ...]:
        """The named groups that begin before the anchor."""
        return self.cut.open_groups if self.cut else ()

    @cached_property
    def head(self) -> Any:
        """What stands before the anchor, matched backwards from it; None where nothing does."""
        if self.cut is None or not self._headed:
            return None
        return self.book.compile(self.cut.head, backwards=True)

    @cached_property
    def _headed(self) -> bool:
        """Whether anything stands before the anchor: told without the compiling of it."""
        return self.cut is not None and bool(_content(self.cut.head))

    @cached_property
    def tail(self) -> Any:
        """What stands behind the anchor, or from it on when it is number-led; all of the pattern without an anchor."""
        return self.book.compile(self._tail_source)

    @cached_property
    def _tail_source(self) -> str:
        if self.cut is None:
            return self.pattern
        return self.cut.onward if self.cut.anchor in self.book.number_led else self.cut.tail

    @cached_property
    def tail_at(self) -> Pattern:
        """The tail, to be matched at an offset; without its last part where that is long (see `without_last_part`)."""
        return self.book.to_match(self._short_tail or self._tail_source)

    def tail_begun(self, clean: str, offsets: Iterable[int]) -> Pattern | None:
        """The same; None, and nothing compiled for it, where no match can begin at one of the offsets."""
        begun = None if "tail_at" in vars(self) else self._tail_begun
        if begun is not None and not any(begun.match(clean, offset) for offset in offsets):
            return None
        return self.tail_at

    @cached_property
    def _tail_begun(self) -> Pattern | None:
        """What the tail begins with, where something long stands behind it."""
        source = self._short_tail or self._tail_source
        found = beginning(source, lambda name: len(self.book.expanded(f"{{{name}}}")) > _LONG_PART)
        return None if found is None or not _content(found) else self.book.to_match(found)

    @cached_property
    def whole_tail_at(self) -> Pattern:
        """The tail with its last part."""
        return self.book.to_match(self._tail_source)

    @cached_property
    def _short_tail(self) -> str | None:
        return without_last_part(self._tail_source, lambda part: len(self.book.expanded(part)) > _LONG_PART)

    @cached_property
    def head_groups(self) -> tuple[tuple[str, int], ...]:
        """The named groups of the head with their numbers."""
        return tuple(self.head.groupindex.items())

    @cached_property
    def tail_groups(self) -> tuple[tuple[str, int], ...]:
        """The named groups of the tail with their numbers."""
        return tuple(self.tail.groupindex.items())

    @cached_property
    def opened_again(self) -> frozenset[str]:
        """The open groups that the tail may catch a second time, in a part of it that repeats the first."""
        tail = self.book.expanded(self._tail_source)
        return frozenset(name for name in self.open_groups if tail.count(f"<{name}>") > 1)

    @cached_property
    def lists_mentions(self) -> bool:
        """Whether the mention stands before the anchor, maybe several times: each is a match, a name of a list."""
        return "mention" not in self.open_groups and "mention" in self.head.groupindex

    @cached_property
    def follows(self) -> First:
        """The characters, or pairs of them, of which one must stand right behind the anchor, or behind the numeral that
        leads it; None where the rule needs nothing there."""
        if self.cut is None:
            return None
        if self.cut.anchor in self.book.number_led:
            return frozenset(self.book.number_then[self.cut.anchor]) or None
        return self.book.begins(self.cut.tail, length=2)

    @cached_property
    def precedes(self) -> First:
        """The characters of which one must stand right before the anchor; None where the rule needs nothing there."""
        if self.cut is None or not self._headed:
            return None
        return self.book.ends(self.cut.head)

    @cached_property
    def leads(self) -> First:
        """The characters of which one must stand before the anchor for an optional head to hold anything.

        None where the head must always be tried.
        """
        if self.cut is None or not self._headed or _LOOKS.search(self.cut.head):
            return None
        return self.book.ends(self.cut.head, empty=True)

    @cached_property
    def goes_on(self) -> First:
        """The characters of which one must stand behind the anchor for the tail to hold anything.

        Empty where the anchor ends the pattern; None where the tail must always be tried.
        """
        if self.cut is None or self.cut.anchor in self.book.number_led:
            return None
        if _LOOKS.search(self.cut.tail) or self.book.begins(self.cut.tail) is not None:
            return None
        return self.book.begins(self.cut.tail, empty=True)

    @cached_property
    def is_its_anchor(self) -> bool:
        """Whether a match holds the anchor and nothing else."""
        return self.cut is not None and not self._headed and self.goes_on == frozenset()

    @cached_property
    def unless(self) -> Any:
        """The regex of all `unless`, None where there are none. Raises PatternFault."""
        if not self.entry.unless:
            return None
        try:
            return regex.compile("|".join(self.entry.unless), regex.VERSION0)
        except regex.error as error:
            raise PatternFault(_unless_fault(self.entry.unless, error)) from error

    def meaning(self, group: str, word: str, default: object) -> object:
        """What `word` means in the lexicon that `group` holds."""
        name = self.group_lexicons.get(group)
        return default if name is None else self.book.lexicons[name].get(word, default)


@dataclass(eq=False)
class Rulebook:
    """All rules, lexicons and fragments of a folder."""

    folder: Path
    fragments: dict[str, str] = field(default_factory=dict)
    number_led: dict[str, str] = field(default_factory=dict)
    number_then: dict[str, str] = field(default_factory=dict)  # characters of which one follows the numeral
    lexicons: dict[str, dict[str, Any]] = field(default_factory=Lexicons)
    rules: list[Rule] = field(default_factory=list)
    precedence: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    digest: str = ""
    _begun: Known = field(default_factory=dict, repr=False)
    _expanded: dict[tuple[str, bool], str] = field(default_factory=dict, repr=False)

    @cached_property
    def words(self) -> dict[str, list[str]]:
        return {name: list(entries) for name, entries in self.lexicons.items()}

    def words_of(self, lexicon: str) -> Mapping[str, Any]:
        """The words of a lexicon with their meanings; none where the rules do not define it and can do without."""
        return self.lexicons.get(lexicon, {})

    @cache  # noqa: B019 - a rulebook lives as long as the process
    def endings(self, lexicon: str, least: int) -> tuple[str, ...]:
        """The words of a lexicon that have `least` characters or more, for `str.endswith`."""
        return tuple(word for word in self.lexicons[lexicon] if len(word) >= least)

    @cached_property
    def anchors(self) -> dict[str, int]:
        ranks = dict.fromkeys((*self.lexicons, PLACE_NAME, TOWNSHIP_NAME), 1)
        return ranks | dict.fromkeys((NUMBER, *self.number_led), 0)

    def anchor_words(self, anchor: str) -> Iterable[str]:
        """The words at which rules with this anchor are tried."""
        if anchor == PLACE_NAME:
            return cast("list[str]", self.gazetteer.names)
        if anchor == TOWNSHIP_NAME:
            return cast("Iterable[str]", self.gazetteer.township_codes)
        return self.words[anchor]

    def expanded(self, pattern: str, *, backwards: bool = False) -> str:
        """A rule pattern with what its names stand for. Raises PatternFault."""
        fragments = self.fragments | self.number_led
        return expand(pattern, fragments, self.words, backwards=backwards, known=self._expanded)

    def to_match(self, pattern: str) -> Pattern:
        """A rule pattern to be matched forwards, which has been found to be a regex."""
        return compiled(self.expanded(pattern))

    def to_find(self, pattern: str) -> Pattern:
        """The same, to be found anywhere: a look at what it can begin with comes first, which `re` does not take by itself."""
        first = self.begins(pattern)
        look = f"(?= [{''.join(map(re.escape, sorted(first)))}] )" if first else ""
        return compiled(f"{look} (?: {self.expanded(pattern)} )")

    def compile(self, pattern: str, *, backwards: bool = False) -> Any:
        """The regex of a rule pattern, matched from its end where `backwards`. Raises PatternFault."""
        expanded = self.expanded(pattern, backwards=backwards)
        if backwards:
            expanded = f"(?r){expanded}"
        try:
            return regex.compile(expanded, FLAGS)
        except regex.error as error:
            raise PatternFault(f"pattern is no regular expression: {error}. Look at it near that place.") from error

    def begins(self, pattern: str, *, length: int = 1, empty: bool = False) -> First:
        """The characters with which a match of `pattern` can begin: see `first_characters`."""
        fragments = self.fragments | self.number_led
        return first_characters(pattern, fragments, self.words, length=length, empty=empty, known=self._begun)

    def ends(self, pattern: str, *, empty: bool = False) -> First:
        """The characters with which a match of `pattern` can end: see `last_characters`."""
        fragments = self.fragments | self.number_led
        return last_characters(pattern, fragments, self.words, empty=empty, known=self._begun)

    @cached_property
    def gazetteer(self) -> Any:
        return load_gazetteer(self.folder / "place")

    def of_type(self, kind: str) -> list[Rule]:
        return [rule for rule in self.rules if rule.type == kind]


def _unless_fault(unless: list[str], error: Exception) -> str:
    """Which `unless` is no regular expression, and why."""
    which = unless[-1]
    for word in unless:
        try:
            regex.compile(word, regex.VERSION0)
        except regex.error as own:
            which, error = word, own
            break
    return f"unless {which!r} is no regular expression: {error}. Look at it near that place."


_LOOKS = regex.compile(r"\(\?<?[=!]")


def _content(pattern: str) -> str:
    """What a pattern holds besides groups and blanks."""
    return str(regex.sub(r"\(\?P?<[a-z_]+>|\(\?:|[()\s]", "", pattern))
