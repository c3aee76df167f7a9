"""Patterns as `re` reads them match as `regex` does, and a pattern without its last part as the whole one."""

from __future__ import annotations

import re
from itertools import islice

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.engine import load_rules
from extractor.engine.book import FLAGS, Rule
from extractor.engine.expand import PUT_OFF, without_last_part
from extractor.engine.plain import captures, compiled, for_re

BOOK = load_rules()
SENTENCES = [example.sentence for rule in BOOK.rules for example in rule.yes]
SENTENCES += [counterexample.text for rule in BOOK.rules for counterexample in rule.no]


@pytest.mark.parametrize("rule", BOOK.rules, ids=lambda rule: rule.id)
def test_a_rule_matches_alike_in_both(rule: Rule) -> None:
    tail = rule.tail
    pattern = compiled(tail.pattern)
    for sentence in islice(SENTENCES, sum(map(ord, rule.id)) % 16, None, 16):
        for position in range(len(sentence)):
            expected, found = tail.match(sentence, position), pattern.match(sentence, position)
            assert (found is None) == (expected is None), (sentence, position)
            if found is not None:
                assert found.span() == expected.span()
                for name in expected.re.groupindex:
                    assert captures(found, name) == expected.spans(name), (sentence, position, name)


@pytest.mark.parametrize(
    "rule", [rule for rule in BOOK.rules if PUT_OFF in dict(rule.tail_at.groups)], ids=lambda rule: rule.id
)
def test_the_last_part_is_missed_only_where_it_may_begin(rule: Rule) -> None:
    number = dict(rule.tail_at.groups)[PUT_OFF]
    for sentence in SENTENCES[::4]:
        for position in range(len(sentence)):
            short, whole = rule.tail_at.match(sentence, position), rule.whole_tail_at.match(sentence, position)
            assert (short is None) == (whole is None)
            if short is not None and short.start(number) < 0:
                assert short.span() == whole.span()


def test_the_end_of_a_span_is_put_off() -> None:
    [calendar] = [rule for rule in BOOK.rules if rule.id == "date.calendar"]
    assert PUT_OFF in dict(calendar.tail_at.groups)


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"(?<a> 甲 ) (?<b> 乙 )?", "(?P<a>甲)(?P<b>乙)?"),
        (r"\p{Han}? (?<= \d{1,2} 年 )", None),
        (r"(?<! 约 | 大 [约概] ) \d", r"(?<!约)(?<!大[约概])\d"),
        (r"(?<= 甲 | 乙丙 ) 丁", "(?:(?<=甲)|(?<=乙丙))丁"),
        (r"(?<a> 甲 ) \g<a>", "(?P<a>甲)(?P=a)"),
        (r"[\[&|~]", r"[\[\&\|\~]"),
    ],
)
def test_what_re_is_told(pattern: str, said: str | None) -> None:
    found = for_re(pattern)
    assert found is not None
    assert said is None or found.pattern == said
    re.compile(found.pattern)


@pytest.mark.parametrize(
    "pattern",
    [r"(?: (?<a> 甲 ) )+", r"(?<a> 甲 ){2}", r"(?<= 甲+ ) 乙", r"\p{Lu}", r"\w", r"(?i:a)", r"(?<= (?<a> 甲 ) ) 乙"],
)
def test_what_re_cannot_say(pattern: str) -> None:
    assert for_re(pattern) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "(?: {dash} (?<until> {day} ) )? 起",  # something must follow
        "(?<from> {day} ) (?: {dash} (?<until> {day} ) )* ",
        "(?<from> {day} ) (?= (?: {dash} (?<until> {day} ) )? )",
        "(?<from> {day} ) (?: 至 (?<until> {day} ) )?",  # begins with no fragment
    ],
)
def test_what_must_not_be_put_off(pattern: str) -> None:
    assert without_last_part(pattern, lambda part: True) is None


PIECES = st.sampled_from(["甲", "乙", "[甲乙]", r"\d", "(?: 甲 | 乙丙 )", "甲?", "乙{1,2}", "(?! 丙 )", "(?<! 甲 )"])


@settings(max_examples=200, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=3), st.booleans(), st.text("甲乙丙1", max_size=8))
def test_looks_behind_see_alike(pieces: list[str], refuses: bool, text: str) -> None:
    pattern = rf"(?<{'!' if refuses else '='} {' '.join(pieces)} | 丙 ) [甲乙丙\d]"
    found = for_re(pattern)
    assert found is not None
    expected = [hit.span() for hit in regex.finditer(pattern, text, FLAGS)]
    assert [hit.span() for hit in re.finditer(found.pattern, text)] == expected
