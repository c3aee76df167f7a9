"""Where the rules match: one scan for numerals, one for all words that anchor a rule, then each rule at its anchors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

import ahocorasick_rs

from extractor.article import Span
from extractor.engine.book import NUMBER, Rule, Rulebook
from extractor.engine.first import First
from extractor.engine.guards import GUARDS, Guard
from extractor.engine.match import Match, Rejected
from extractor.engine.shapes import SHAPES, Shape
from extractor.errors import Unreadable
from extractor.segment import Passage
from extractor.values.numbers import Numeral, read_numeral

_STRETCH = 50_000  # code points that are searched at once: any article is one stretch
_REACH = 5_000  # code points; far more than lie between the begin of a match and its anchor


class _Try(NamedTuple):
    """A rule to try at an anchor word, with the characters of which one must stand before it and behind it.

    Where none of `goes_on` stands behind the word, the rule matches the word and nothing else.
    """

    rule: Rule
    precedes: First
    follows: First
    goes_on: First


@dataclass
class Finder:
    """The rules of a book, or some of them, ready to search passages."""

    book: Rulebook
    rules: list[Rule]

    @cached_property
    def free_rules(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.cut is None]

    @cached_property
    def _by_following(self) -> dict[str, list[tuple[Rule, bool]]]:
        """The rules to try at a numeral by the two characters behind it, each with whether it reads the numeral itself.

        Under a single character stand the rules for all other pairs that begin with it, under the empty string those that
        anything may follow.
        """
        rules = [
            (rule, rule.cut.anchor != NUMBER)
            for rule in self.rules
            if rule.cut and rule.cut.anchor in (NUMBER, *self.book.number_led)
        ]
        pairs = {characters for rule, _ in rules for characters in rule.follows or ()}
        pairs |= {pair[0] for pair in pairs} | {""}
        return {
            pair: [
                entry for entry in rules if (after := entry[0].follows) is None or pair in after or pair[:1] in after
            ]
            for pair in pairs
        }

    @cached_property
    def _numeral_pattern(self) -> Any:
        return self.book.compile(self.book.fragments[NUMBER])

    @cached_property
    def _words(self) -> tuple[Any, list[list[_Try]], int] | None:
        """An automaton over all anchor words, what to try at each, and the length of the longest."""
        by_word: dict[str, list[_Try]] = defaultdict(list)
        for rule in self.rules:
            if rule.cut is None or rule.cut.anchor == NUMBER or rule.cut.anchor in self.book.number_led:
                continue
            anchor = rule.cut.anchor
            entry = _Try(rule, rule.precedes, rule.follows, rule.goes_on if rule.head is None else None)
            for word in self.book.anchor_words(anchor):
                by_word[word].append(entry)
        if not by_word:
            return None
        return ahocorasick_rs.AhoCorasick(list(by_word)), list(by_word.values()), max(map(len, by_word))

    def find(self, passage: Passage, rejected: list[Rejected] | None = None) -> list[Match]:
        """All matches that no guard and no `unless` refuses, in no order; the refused ones go to `rejected`."""
        return [match for _, found in self._sweep(passage, rejected) for match in found]

    def groups(self, passage: Passage) -> Iterator[list[Match]]:
        """The same matches in groups, each before the next in the text; no match overlaps one of another group.

        Any article is one group. A longer text has several, so that not all its matches need be held at once.
        """
        waiting: list[Match] = []
        for done, found in self._sweep(passage, None):
            waiting += found
            border = done - _REACH if done < len(passage.clean) else done
            for match in sorted(waiting, key=attrgetter("end"), reverse=True):
                if match.end <= border:
                    break
                border = min(border, match.start)
            yield [match for match in waiting if match.end <= border]
            waiting = [match for match in waiting if match.end > border]

    def _sweep(self, passage: Passage, rejected: list[Rejected] | None) -> Iterator[tuple[int, list[Match]]]:
        """The accepted matches stretch by stretch, each with the offset up to which all anchors have been tried."""
        clean = passage.clean
        following = self._by_following
        always = following[""]
        numerals = self.numerals(clean) if always or len(following) > 1 else ()
        anywhere = [(rule, rule.tail.finditer(clean, overlapped=True)) for rule in self.free_rules]
        for begin in range(0, len(clean), _STRETCH):
            done = min(begin + _STRETCH, len(clean))
            found: list[Match] = []
            for start, end, numeral in numerals:
                behind = clean[end : end + 2]
                rules = following.get(behind) or following.get(behind[:1]) or always
                before = clean[start - 1] if start else ""
                for rule, led in rules:
                    if rule.precedes is not None and before not in rule.precedes:
                        continue
                    if led:
                        _at_anchor(rule, clean, start, start, numeral, found)
                    elif numeral is not None:
                        _at_anchor(rule, clean, start, end, numeral, found)
                if start >= done:
                    break
            if self._words:
                automaton, tries, longest = self._words
                part = clean[begin : done + longest]
                for index, start, end in automaton.find_matches_as_indexes(part, overlapping=True):
                    if start >= done - begin:
                        continue
                    start, end = start + begin, end + begin
                    before, behind = clean[start - 1] if start else "", clean[end : end + 2]
                    for rule, precedes, follows, goes_on in tries[index]:
                        if precedes is not None and before not in precedes:
                            continue
                        if goes_on is not None and behind[:1] not in goes_on:  # the anchor is all that it can match
                            _anchor_alone(rule, clean, start, end, found)
                        elif follows is None or behind in follows or behind[:1] in follows:
                            _at_anchor(rule, clean, start, end, None, found)
            for rule, hits in anywhere:
                _anywhere(rule, clean, hits, done, found)
            yield done, [fitted for match in found if (fitted := self._accepted(match, passage, rejected))]

    @cached_property
    def _checks(self) -> dict[Rule, tuple[Shape | None, tuple[tuple[str, Guard], ...]]]:
        """The shape of each rule and its guards by name, in the order in which they are asked."""
        return {
            rule: (
                SHAPES[rule.entry.shape] if rule.entry.shape else None,
                tuple((name, GUARDS[name]) for name in rule.entry.guards),
            )
            for rule in self.rules
        }

    def _accepted(self, match: Match, passage: Passage, rejected: list[Rejected] | None) -> Match | None:
        """The match with its mention fitted by the rule's shape, or None where the shape, a guard or an `unless` refuses it."""
        rule, fitted = match.rule, match
        shape, guards = self._checks[rule]
        if shape is not None:
            shaped = shape(match, passage)
            if shaped is None:
                if rejected is not None:
                    rejected.append(Rejected(match, f"shape {rule.entry.shape} finds no mention", ""))
                return None
            fitted = shaped
        for name, guard in guards:
            if not guard(fitted, passage):
                if rejected is not None:
                    refusal = f"guard {name} refuses it"
                    rejected.append(Rejected(fitted, refusal, f"{refusal}; wanted: {_wish(guard)}"))
                return None
        if rule.unless is not None and (word := _inside(rule.unless, fitted)):
            if rejected is not None:
                reason = f"unless: lies inside {word}"
                rejected.append(Rejected(fitted, reason, f"lies in {word}, which the rule leaves alone (unless)"))
            return None
        return fitted

    def numerals(self, clean: str) -> Iterable[tuple[int, int, Numeral | None]]:
        """The numerals of the text, once for all figure types; None where the characters make no number."""
        for hit in self._numeral_pattern.finditer(clean):
            try:
                numeral = read_numeral(hit[0])
            except Unreadable:
                numeral = None
            yield hit.start(), hit.end(), numeral


def _anchor_alone(rule: Rule, clean: str, start: int, end: int, found: list[Match]) -> None:
    found.append(Match(rule, clean, start, end, dict.fromkeys(rule.open_groups, (start, end))))


def _at_anchor(rule: Rule, clean: str, start: int, end: int, numeral: Numeral | None, found: list[Match]) -> None:
    tail = rule.tail.match(clean, end)
    if tail is None:
        return
    groups = _groups(tail, rule.tail_groups)
    head = None
    before: dict[str, Span] = {}
    if rule.head is not None and (rule.leads is None or (start and clean[start - 1] in rule.leads)):
        head = rule.head.match(clean, 0, start)
        if head is None:
            return
        before = _groups(head, rule.head_groups)
        groups = before | groups
    for name in rule.open_groups:  # begun before the anchor, ended behind it
        last = tail.ends(name)[0] if name in rule.opened_again else groups[name][1]
        groups[name] = (before[name][0] if name in before else start, last)
    if head is not None and rule.lists_mentions:
        found += [Match(rule, clean, a, b, groups | {"mention": (a, b)}) for a, b in head.spans("mention") if a < b]
        return
    first, last = groups["mention"]
    if first < last:
        found.append(Match(rule, clean, first, last, groups, numeral, tail))


def _groups(found: Any, names: Iterable[tuple[str, int]]) -> dict[str, Span]:
    """The spans of the named groups that took part."""
    spans = found.regs
    return {name: spans[index] for name, index in names if spans[index][0] >= 0}


def _anywhere(rule: Rule, clean: str, hits: Iterable[Any], done: int, found: list[Match]) -> None:
    """Takes the hits up to the first that begins at `done` or behind it."""
    for hit in hits:
        groups = _groups(hit, rule.tail_groups)
        first, last = groups["mention"]
        if first < last:
            found.append(Match(rule, clean, first, last, groups))
        if hit.start() >= done:
            break


def _wish(guard: Guard) -> str:
    """What a guard asks of a match: the first sentence of its documentation."""
    summary = " ".join((guard.__doc__ or "").split("\n\n")[0].split())
    return summary[:1].lower() + summary[1:].removesuffix(".")


def _inside(unless: Any, match: Match, reach: int = 12) -> str:
    """The `unless` stretch that overlaps the mention, empty where there is none."""
    clean, start, end = match.clean, match.start, match.end
    first, last = max(start - reach, 0), min(end + reach, len(clean))
    hit = unless.search(clean, first, last)
    if hit is None:  # the common case, without an iterator
        return ""
    for hit in unless.finditer(clean, first, last):
        if hit.start() < end and start < hit.end():
            return str(hit[0])
    return ""
