"""Where the rules match: one scan for numerals, one for all words that anchor a rule, then each rule at its anchors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import ahocorasick_rs
from extractor.engine.guards import GUARDS
from extractor.engine.load import NUMBER, PLACE_NAME, Rule, Rulebook
from extractor.engine.match import Match, Rejected
from extractor.engine.shapes import SHAPES
from extractor.errors import Unreadable
from extractor.segment import Passage
from extractor.values.numbers import Numeral, read_numeral


@dataclass
class Finder:
    """The rules of a book, or some of them, ready to search passages."""

    book: Rulebook
    rules: list[Rule]
    numeral_rules: list[Rule] = field(init=False)
    number_led_rules: list[Rule] = field(init=False)
    free_rules: list[Rule] = field(init=False)

    def __post_init__(self) -> None:
        self.numeral_rules = [rule for rule in self.rules if rule.cut and rule.cut.anchor == NUMBER]
        self.number_led_rules = [rule for rule in self.rules if rule.cut and rule.cut.anchor in self.book.number_led]
        self.free_rules = [rule for rule in self.rules if rule.cut is None]

    @cached_property
    def _numeral_pattern(self) -> Any:
        return self.book.compile(self.book.fragments[NUMBER])

    @cached_property
    def _words(self) -> tuple[Any, list[list[Rule]]] | None:
        """An automaton over all anchor words, and the rules of each."""
        by_word: dict[str, list[Rule]] = defaultdict(list)
        for rule in self.rules:
            if rule.cut is None or rule.cut.anchor == NUMBER or rule.cut.anchor in self.book.number_led:
                continue
            anchor = rule.cut.anchor
            words = self.book.gazetteer.names if anchor == PLACE_NAME else self.book.words[anchor]
            for word in words:
                by_word[word].append(rule)
        if not by_word:
            return None
        return ahocorasick_rs.AhoCorasick(list(by_word)), list(by_word.values())

    def find(self, passage: Passage, rejected: list[Rejected] | None = None) -> list[Match]:
        """All matches that no guard and no `unless` refuses, in no order; the refused ones go to `rejected`."""
        clean = passage.clean
        found: list[Match] = []
        if self.numeral_rules or self.number_led_rules:
            for start, end, numeral in self.numerals(clean):
                if numeral is not None:
                    for rule in self.numeral_rules:
                        _at_anchor(rule, clean, start, end, numeral, found)
                for rule in self.number_led_rules:
                    _at_anchor(rule, clean, start, start, numeral, found)
        if self._words:
            automaton, rules_of = self._words
            for index, start, end in automaton.find_matches_as_indexes(clean, overlapping=True):
                for rule in rules_of[index]:
                    _at_anchor(rule, clean, start, end, None, found)
        for rule in self.free_rules:
            found += _anywhere(rule, clean)
        kept = (fitted for match in found if (fitted := _fitted(match, passage, rejected)))
        return [match for match in kept if _allowed(match, passage, rejected)]

    def numerals(self, clean: str) -> Iterable[tuple[int, int, Numeral | None]]:
        """The numerals of the text, once for all figure types; None where the characters make no number."""
        for hit in self._numeral_pattern.finditer(clean):
            try:
                numeral = read_numeral(hit[0])
            except Unreadable:
                numeral = None
            yield hit.start(), hit.end(), numeral


def _at_anchor(
    rule: Rule, clean: str, start: int, end: int, numeral: Numeral | None, found: list[Match]
) -> None:
    assert rule.cut is not None
    tail = rule.tail.match(clean, end)
    if tail is None:
        return
    head = None
    if rule.head is not None:
        head = rule.head.match(clean, 0, start)
        if head is None:
            return
    groups = {name: tail.span(name) for name in tail.re.groupindex if tail.start(name) >= 0}
    if head is not None:
        groups |= {name: head.span(name) for name in head.re.groupindex if head.start(name) >= 0 and name not in groups}
    for name in rule.cut.open_groups:  # begun before the anchor, ended behind it
        first = head.start(name) if head is not None and head.start(name) >= 0 else start
        groups[name] = (first, tail.end(name))
    if "mention" not in rule.cut.open_groups and head is not None and "mention" in head.re.groupindex:
        # the mention stands before the anchor, maybe several times: one match for each name of a list
        found += [Match(rule, clean, a, b, {**groups, "mention": (a, b)}) for a, b in head.spans("mention") if a < b]
        return
    captures = {name: spans for name in tail.re.groupindex if len(spans := tail.spans(name)) > 1}
    first, last = groups["mention"]
    if first < last:
        found.append(Match(rule, clean, first, last, groups, numeral, captures))


def _anywhere(rule: Rule, clean: str) -> list[Match]:
    matches = []
    for hit in rule.tail.finditer(clean, overlapped=True):
        groups = {name: hit.span(name) for name in hit.re.groupindex if hit.start(name) >= 0}
        first, last = groups["mention"]
        if first < last:
            matches.append(Match(rule, clean, first, last, groups))
    return matches


def _fitted(match: Match, passage: Passage, rejected: list[Rejected] | None) -> Match | None:
    name = match.rule.entry.shape
    if name is None:
        return match
    fitted = SHAPES[name](match, passage)
    if fitted is None and rejected is not None:
        rejected.append(Rejected(match, f"shape {name} finds no mention"))
    return fitted


def _allowed(match: Match, passage: Passage, rejected: list[Rejected] | None) -> bool:
    rule = match.rule
    if rule.unless is not None and (word := _inside(rule.unless, match)):
        if rejected is not None:
            rejected.append(Rejected(match, f"unless: lies inside {word}"))
        return False
    for name in rule.entry.guards:
        if not GUARDS[name](match, passage):
            if rejected is not None:
                rejected.append(Rejected(match, f"guard {name} refuses it"))
            return False
    return True


def _inside(unless: Any, match: Match, reach: int = 12) -> str:
    """The `unless` stretch that overlaps the mention, empty where there is none."""
    for hit in unless.finditer(match.clean, max(match.start - reach, 0), min(match.end + reach, len(match.clean))):
        if hit.start() < match.end and match.start < hit.end():
            return str(hit[0])
    return ""
