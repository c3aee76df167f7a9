"""A match: where a rule found its pattern, and what its named groups hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractor.article import Span
from extractor.engine.plain import captures
from extractor.values.numbers import Numeral

if TYPE_CHECKING:
    from extractor.engine.book import Rule


@dataclass(frozen=True, slots=True)
class Rejected:
    """A match that a guard, an `unless` or another match put aside, and why; shown by `extractor explain`.

    `plainly` says the reason to a person; where nothing but a rule's anchor was there, it is empty: no reading was lost.
    """

    match: Match
    reason: str
    plainly: str


class Match:
    """One reading of a stretch of clean text. `start:end` is the mention; `groups` maps names to clean spans.

    `found` is the match of the pattern from the anchor on, for groups that took part more than once. `model` is the
    tagger that found it, where one did: its rule then only says of which type it is. `doubts` are reasons to look twice
    that its finder has.
    """

    __slots__ = ("clean", "doubts", "end", "found", "groups", "model", "numeral", "rivals", "rule", "start")

    def __init__(  # by hand: some thousand are made for a record that stands
        self,
        rule: Rule,
        clean: str,
        start: int,
        end: int,
        groups: Mapping[str, Span],
        numeral: Numeral | None = None,
        found: Any = None,
        rivals: list[Match] | None = None,
        model: str = "",
        doubts: tuple[str, ...] = (),
    ) -> None:
        self.rule = rule
        self.clean = clean
        self.start = start
        self.end = end
        self.groups = groups
        self.numeral = numeral
        self.found = found
        self.rivals = [] if rivals is None else rivals
        self.model = model
        self.doubts = doubts

    def __repr__(self) -> str:
        return f"Match({self.rule.id}, {self.start}, {self.end}, {self.text!r})"

    @property
    def type(self) -> str:
        return self.rule.type

    @property
    def text(self) -> str:
        return self.clean[self.start : self.end]

    def __contains__(self, group: str) -> bool:
        return group in self.groups

    def __getitem__(self, group: str) -> str:
        """The text of a named group, empty where the group took no part."""
        span = self.groups.get(group)
        return self.clean[span[0] : span[1]] if span else ""

    def last(self, group: str, inside: Span) -> str:
        """The text of the last capture of a group that lies in `inside`, empty where there is none."""
        if group not in self.groups:
            return ""
        spans = captures(self.found, group) if self.found is not None else []
        if group in self.rule.open_groups or not spans:
            spans = [self.groups[group], *spans[1:]]  # what the pattern from the anchor on caught first began before it
        for start, end in reversed(spans):
            if inside[0] <= start and end <= inside[1]:
                return self.clean[start:end]
        return ""

    def fitted(self, start: int, **groups: Span) -> Match:
        """The same reading with its mention begun at `start` and these groups set."""
        spans = {**self.groups, "mention": (start, self.end), **groups}
        return Match(self.rule, self.clean, start, self.end, spans, self.numeral, self.found, self.rivals)

    def alone(self, start: int, end: int) -> Match:
        """The same reading with `start:end` of it as its mention."""
        return Match(self.rule, self.clean, start, end, self.groups, self.numeral, self.found, self.rivals)

    def meaning(self, group: str, default: object = None) -> object:
        """What the group's word means in the lexicon that the group names in its rule; `default` where it is empty."""
        word = self[group]
        if not word:
            return default
        return self.rule.meaning(group, word, default)
