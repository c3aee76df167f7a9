"""Where the rules match: one scan for numerals, one for all words that anchor a rule, then each rule at its anchors."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import ahocorasick_rs

from extractor.article import Span
from extractor.engine.book import NUMBER, Rule, Rulebook
from extractor.engine.expand import PUT_OFF
from extractor.engine.first import First
from extractor.engine.guards import GUARDS, Guard
from extractor.engine.match import Match, Rejected
from extractor.engine.plain import Pattern, captures
from extractor.engine.shapes import SHAPES, Shape
from extractor.errors import Unreadable
from extractor.segment import Passage
from extractor.values.numbers import Numeral, read_numeral

_STRETCH = 50_000  # code points that are searched at once: any article is one stretch
_REACH = 5_000  # code points; far more than lie between the begin of a match and its anchor


class _WordTries(NamedTuple):
    """The rules to try at an anchor word: those to try wherever it stands, and those that ask for one of some characters
    before it or behind it."""

    always: list[int]
    asking: list[tuple[int, First, First]]


Anchor = tuple[int, int, Numeral | None]
"""Where a rule is to be tried: the half-open span of its anchor, with the numeral that stands there."""


class _NumeralTry(NamedTuple):
    """A rule to try at a numeral, with the characters of which one must stand before it; one that is `led` by it reads
    the numeral itself."""

    number: int
    precedes: First
    led: bool


class _NumeralTries:
    """The rules to try at numerals by the two characters behind them."""

    def __init__(self, tries: Sequence[tuple[Rule, _NumeralTry]]) -> None:
        self.all = [entry for _, entry in tries]
        self._tries = [(rule.follows, entry) for rule, entry in tries]
        asked = {characters for follows, _ in self._tries for characters in follows or ()}
        self._asked = asked | {pair[0] for pair in asked}
        self._by_pair: dict[str, list[_NumeralTry]] = {}

    def before(self, pair: str) -> list[_NumeralTry]:
        """The rules to try where `pair` stands behind the numeral, a single character or none at the end of the text."""
        if not pair:
            return self.all
        if pair not in self._asked:  # all other pairs that begin alike are alike, and all that nothing asks for
            pair = pair[0] if pair[0] in self._asked else ""
        found = self._by_pair.get(pair)
        if found is None:
            found = self._by_pair[pair] = [
                entry for follows, entry in self._tries if follows is None or pair in follows or pair[:1] in follows
            ]
        return found


@dataclass
class Finder:
    """The rules of a book, or some of them, ready to search passages."""

    book: Rulebook
    rules: list[Rule]
    words: list[str] = field(default_factory=list, init=False, repr=False)  # that anchor rules, once they are searched

    @cached_property
    def free_rules(self) -> list[Rule]:
        return [rule for rule in self.rules if rule.cut is None]

    @cached_property
    def _numeral_tries(self) -> _NumeralTries:
        led = self.book.number_led
        return _NumeralTries(
            [
                (rule, _NumeralTry(number, rule.precedes, rule.cut.anchor in led))
                for number, rule in enumerate(self.rules)
                if rule.cut and (rule.cut.anchor == NUMBER or rule.cut.anchor in led)
            ]
        )

    @cached_property
    def _numeral_pattern(self) -> Pattern:
        return self.book.to_find(self.book.fragments[NUMBER])

    @cached_property
    def _words(self) -> tuple[Any, list[_WordTries], int] | None:
        """An automaton over all anchor words, what to try at each, and the length of the longest."""
        by_anchor: dict[str, list[int]] = defaultdict(list)
        asks: dict[int, tuple[int, First, First]] = {}
        for number, rule in enumerate(self.rules):
            if rule.cut is None or rule.cut.anchor == NUMBER or rule.cut.anchor in self.book.number_led:
                continue
            if rule.precedes is not None or rule.follows is not None:
                asks[number] = number, rule.precedes, rule.follows
            by_anchor[rule.cut.anchor].append(number)
        if not by_anchor:
            return None
        by_word: dict[str, tuple[int, ...]] = {}
        for anchor, numbers in by_anchor.items():
            words = dict.fromkeys(self.book.anchor_words(anchor), tuple(numbers))
            by_word |= words | {word: by_word[word] + words[word] for word in words.keys() & by_word.keys()}
        # Tens of thousands of names ask for the same rules.
        same = {
            numbers: _WordTries([n for n in numbers if n not in asks], [asks[n] for n in numbers if n in asks])
            for numbers in set(by_word.values())
        }
        tries = [same[numbers] for numbers in by_word.values()]
        self.words[:] = by_word
        return ahocorasick_rs.AhoCorasick(self.words), tries, max(map(len, by_word))

    def words_in(self, text: str) -> list[tuple[int, int, int]]:
        """Where anchor words stand in a text, overlapping or not: the number of the word among `words`, start and end."""
        if self._words is None:
            return []
        found: list[tuple[int, int, int]] = self._words[0].find_matches_as_indexes(text, overlapping=True)
        return found

    def find(self, passage: Passage, rejected: list[Rejected] | None = None) -> list[Match]:
        """All matches that no guard and no `unless` refuses, in no order; the refused ones go to `rejected`, in text order."""
        accepted = [match for _, found in self._sweep(passage, rejected) for match in found]
        if rejected is not None:
            rejected.sort(key=lambda one: (one.match.start, one.match.end, one.match.rule.id))
        return accepted

    def groups(self, passage: Passage) -> Iterator[tuple[int, list[Match]]]:
        """The same matches in groups, each before the next in the text, with the offset up to which each reaches; no match
        overlaps one of another group.

        Any article is one group. A longer text has several, so that not all its matches need be held at once.
        """
        waiting: list[Match] = []
        for done, found in self._sweep(passage, None):
            waiting += found
            if done >= len(passage.clean):
                yield done, waiting
                break
            border = done - _REACH
            for match in sorted(waiting, key=attrgetter("end"), reverse=True):
                if match.end <= border:
                    break
                border = min(border, match.start)
            yield border, [match for match in waiting if match.end <= border]
            waiting = [match for match in waiting if match.end > border]

    def _sweep(self, passage: Passage, rejected: list[Rejected] | None) -> Iterator[tuple[int, list[Match]]]:
        """The accepted matches stretch by stretch, each with the offset up to which all anchors have been tried.

        In a stretch rule follows rule: what one of them needs stays at hand, which a change at each anchor would cost.
        """
        clean = passage.clean
        numerals = iter(self.numerals(clean) if self._numeral_tries.all else ())
        anywhere = [(rule, rule.tail.finditer(clean, overlapped=True)) for rule in self.free_rules]
        for begin in range(0, len(clean), _STRETCH):
            done = min(begin + _STRETCH, len(clean))
            anchors: list[list[Anchor]] = [[] for _ in self.rules]
            self._note_numerals(clean, numerals, done, anchors)
            self._note_words(clean, begin, done, anchors)
            found: list[Match] = []
            for rule, places in zip(self.rules, anchors, strict=True):
                if places:
                    whole = rule.is_its_anchor
                    matches = _of_anchors(rule, clean, places) if whole else _at_anchors(rule, clean, places)
                    found += self._accepted(rule, matches, passage, rejected)
            for rule, hits in anywhere:
                found += self._accepted(rule, _anywhere(rule, clean, hits, done), passage, rejected)
            yield done, found

    def _note_numerals(
        self, clean: str, numerals: Iterator[Anchor], done: int, anchors: Sequence[list[Anchor]]
    ) -> None:
        """Notes by the numbers of the rules the numerals to try, up to the first that begins at `done` or behind it."""
        tries_before = self._numeral_tries.before
        for start, end, numeral in numerals:
            before = clean[start - 1] if start else ""
            for number, precedes, led in tries_before(clean[end : end + 2]):
                if precedes is not None and before not in precedes:
                    continue
                if led:
                    anchors[number].append((start, start, numeral))
                elif numeral is not None:
                    anchors[number].append((start, end, numeral))
            if start >= done:
                break

    def _note_words(self, clean: str, begin: int, done: int, anchors: Sequence[list[Anchor]]) -> None:
        """Notes by the numbers of the rules the anchor words to try that begin in `begin:done`."""
        if self._words is None:
            return
        automaton, tries, longest = self._words
        part = clean[begin : done + longest]
        for index, start, end in automaton.find_matches_as_indexes(part, overlapping=True):
            if begin:
                start, end = start + begin, end + begin
            if start >= done:
                continue
            place = start, end, None
            always, asking = tries[index]
            for number in always:
                anchors[number].append(place)
            if asking:
                before, behind = clean[start - 1 : start], clean[end : end + 2]
                for number, precedes, follows in asking:
                    if (precedes is None or before in precedes) and (
                        follows is None or not behind or behind in follows or behind[0] in follows
                    ):
                        anchors[number].append(place)

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

    def _accepted(
        self, rule: Rule, matches: Iterable[Match], passage: Passage, rejected: list[Rejected] | None
    ) -> list[Match]:
        """The matches with their mention fitted by the rule's shape, without those that the shape, a guard or an `unless`
        refuses."""
        shape, guards = self._checks[rule]
        unless = rule.unless
        accepted = []
        for match in matches:
            fitted = match if shape is None else shape(match, passage)
            if fitted is None:
                if rejected is not None:
                    rejected.append(Rejected(match, f"shape {rule.entry.shape} finds no mention", ""))
                continue
            for name, guard in guards:
                if not guard(fitted, passage):
                    if rejected is not None:
                        refusal = f"guard {name} refuses it"
                        rejected.append(Rejected(fitted, refusal, f"{refusal}; wanted: {_wish(guard)}"))
                    break
            else:
                if unless is not None and (word := _inside(unless, fitted)):
                    if rejected is not None:
                        reason = f"unless: lies inside {word}"
                        rejected.append(
                            Rejected(fitted, reason, f"lies in {word}, which the rule leaves alone (unless)")
                        )
                    continue
                accepted.append(fitted)
        return accepted

    def numerals(self, clean: str) -> Iterable[tuple[int, int, Numeral | None]]:
        """The numerals of the text, once for all figure types; None where the characters make no number."""
        for hit in self._numeral_pattern.finditer(clean):
            start, end = hit.span()
            yield start, end, _numeral(hit[0])


@lru_cache(maxsize=4096)
def _numeral(text: str) -> Numeral | None:
    """The numeral that `text` is; None where its characters make no number."""
    try:
        return read_numeral(text)
    except Unreadable:
        return None


def _of_anchors(rule: Rule, clean: str, anchors: Sequence[Anchor]) -> list[Match]:
    """The matches of a rule that reads its anchor and nothing else."""
    opened = rule.open_groups
    return [Match(rule, clean, start, end, dict.fromkeys(opened, (start, end))) for start, end, _ in anchors]


def _at_anchors(rule: Rule, clean: str, anchors: Sequence[Anchor]) -> Iterator[Match]:
    """What the rule matches at its anchors, each a match, or one for each name of a list."""
    pattern = rule.tail_begun(clean, (end for _, end, _ in anchors))
    if pattern is None:
        return
    head, leads, opened = rule.head, rule.leads, rule.open_groups
    tail_at, tail_groups = pattern.match, pattern.groups
    put_off = dict(tail_groups).get(PUT_OFF, 0)
    goes_on = rule.goes_on if head is None else None
    opened_again, lists_mentions = rule.opened_again, head is not None and rule.lists_mentions
    for start, end, numeral in anchors:
        if goes_on is not None and clean[end : end + 1] not in goes_on:  # the anchor is all that it can match
            yield Match(rule, clean, start, end, dict.fromkeys(opened, (start, end)))
            continue
        tail = tail_at(clean, end)
        if tail is None:
            continue
        if put_off and tail.end(put_off) >= 0:
            pattern = rule.whole_tail_at
            tail = pattern.match(clean, end)
            groups = _groups(tail, pattern.groups)
        else:
            groups = _groups(tail, tail_groups)
        leading = None
        before: dict[str, Span] = {}
        if head is not None and (leads is None or (start and clean[start - 1] in leads)):
            leading = head.match(clean, 0, start)
            if leading is None:
                continue
            before = _groups(leading, rule.head_groups)
            groups = before | groups
        for name in opened:  # begun before the anchor, ended behind it
            last = captures(tail, name)[0][1] if name in opened_again else groups[name][1]
            groups[name] = (before[name][0] if name in before else start, last)
        if lists_mentions and leading is not None:
            for first, last in leading.spans("mention"):
                if first < last:
                    yield Match(rule, clean, first, last, groups | {"mention": (first, last)})
            continue
        first, last = groups["mention"]
        if first < last:
            yield Match(rule, clean, first, last, groups, numeral, tail)


def _groups(found: Any, names: Iterable[tuple[str, int]]) -> dict[str, Span]:
    """The spans of the named groups that took part."""
    spans = found.regs
    return {name: span for name, index in names if (span := spans[index])[0] >= 0}


def _anywhere(rule: Rule, clean: str, hits: Iterable[Any], done: int) -> Iterator[Match]:
    """What a rule without an anchor matches, up to the first hit that begins at `done` or behind it."""
    for hit in hits:
        groups = _groups(hit, rule.tail_groups)
        first, last = groups["mention"]
        if first < last:
            yield Match(rule, clean, first, last, groups)
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
