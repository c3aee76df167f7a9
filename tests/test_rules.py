"""Each example of the rules is its own test; broken rule folders give the messages that stand beside them."""

from __future__ import annotations

import inspect
import re
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import regex

import extractor
from extractor.engine import Rulebook, read_rules, rules_folder
from extractor.engine.book import Rule
from extractor.engine.expand import NAME, opened, words_pattern
from extractor.engine.guards import GUARDS
from extractor.engine.rule import LexiconEntry
from extractor.engine.shapes import SHAPES
from extractor.facts import RECORD_TYPES
from extractor.proof import Case, Prover, cases, check_rules

BOOK = read_rules(rules_folder())
CODE = {path: path.read_text(encoding="utf-8") for path in sorted(Path(extractor.__file__).parent.rglob("*.py"))}
LEXICONS: dict[str, dict[str, Any]] = {
    f"{path.parent.name}.{name}": entry
    for path in sorted(rules_folder().glob("*/lexicon.toml"))
    for name, entry in tomllib.loads(path.read_text(encoding="utf-8")).items()
}
FRAGMENTS = BOOK.fragments | BOOK.number_led

# --- the examples -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def prover() -> Prover:
    return Prover(BOOK)


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name) for case in cases(BOOK)])
def test_example(case: Case, prover: Prover) -> None:
    assert list(prover.faults(case)) == []


def test_the_rule_files_have_no_faults() -> None:
    assert BOOK.faults == []


def test_rule_ids_are_unique_and_of_a_type_that_is_read() -> None:
    ids = Counter(rule.id for rule in BOOK.rules)
    assert [name for name, number in ids.items() if number > 1] == []
    assert {rule.type for rule in BOOK.rules} == set(RECORD_TYPES)


@pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in BOOK.rules])
def test_a_rule_says_what_it_reads_and_where_from(rule: Rule) -> None:
    assert len(rule.about.strip()) >= 10
    assert len(rule.source.strip()) >= 3
    texts = [example.text for example in (*rule.yes, *rule.known)] + [example.text for example in rule.no]
    assert [text for text, number in Counter(texts).items() if number > 1] == []


# --- lexicons and fragments ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", LEXICONS)
def test_a_lexicon_is_whole(name: str) -> None:
    entry = LexiconEntry.model_validate(LEXICONS[name])
    assert entry.meanings
    words = [*entry.words, *entry.entries]
    assert [word for word, number in Counter(words).items() if number > 1] == []
    assert [word for word in words if not word or word != word.strip()] == []


@pytest.mark.parametrize("name", LEXICONS)
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_a_lexicon_matches_each_of_its_words_whole(name: str, backwards: bool) -> None:
    words = list(LexiconEntry.model_validate(LEXICONS[name]).meanings)
    pattern = regex.compile(("(?r)" if backwards else "") + words_pattern(words, backwards=backwards), regex.VERBOSE)
    found = {word: pattern.match(word, 0, len(word)) for word in words}
    assert [word for word, hit in found.items() if hit is None or hit[0] != word] == []


@pytest.mark.parametrize("name", FRAGMENTS)
def test_a_fragment_compiles(name: str) -> None:
    BOOK.compile(f"{{{name}}}")
    BOOK.compile(f"{{{name}}}", backwards=True)


def reached(book: Rulebook) -> set[str]:
    """The names that rule patterns use, themselves or through fragments."""
    names: set[str] = set()
    waiting = {name for rule in book.rules for name in NAME.findall(rule.pattern)}
    while waiting:
        names |= waiting
        waiting = {inner for name in waiting if name in FRAGMENTS for inner in NAME.findall(FRAGMENTS[name])} - names
    return names


def test_every_lexicon_and_fragment_is_used_by_a_rule_or_by_code() -> None:
    used = reached(BOOK)
    code = "\n".join(CODE.values())
    unused = {n for n in (*BOOK.lexicons, *FRAGMENTS) if n not in used and not re.search(rf"[\"']{n}[\"']", code)}
    assert unused == set()


# --- groups that code reads ---------------------------------------------------------------------------------------

_READS = re.compile(
    r"""match\["([a-z_]+)"\] | (?:meaning|text|integer)\("([a-z_]+)"\) | "([a-z_]+)"\ (?:not\ )?in\ match\b
      | match\.groups(?:\.get\(|\[)"([a-z_]+)" """,
    re.VERBOSE,
)
_NEEDS = re.compile(r'match\.groups\["([a-z_]+)"\]')  # match["…"] is empty where a group is absent


def groups_of(rule: Rule) -> set[str]:
    return set(re.findall(r"\(\?P?<([a-z_]+)>", opened(rule.pattern, FRAGMENTS))) | {"mention"}


def found_by(pattern: re.Pattern[str], source: str) -> set[str]:
    return {name for hit in pattern.finditer(source) for name in hit.groups() if name}


@pytest.mark.parametrize("kind", RECORD_TYPES)
def test_every_group_that_a_reader_reads_is_in_a_pattern_of_its_type(kind: str) -> None:
    source = next(text for path, text in CODE.items() if path.parts[-2:] == ("facts", f"{kind}.py"))
    groups = set().union(*(groups_of(rule) for rule in BOOK.of_type(kind)))
    assert found_by(_READS, source) - groups == set()


def test_every_group_that_shared_readings_read_is_in_some_pattern() -> None:
    source = "\n".join(
        text for path, text in CODE.items() if path.parts[-2:] in (("facts", "reading.py"), ("facts", "item.py"))
    )
    groups = set().union(*(groups_of(rule) for rule in BOOK.rules))
    read = found_by(_READS, source)
    assert read
    assert read - groups == set()


@pytest.mark.parametrize(
    ("rule", "name"), [pytest.param(rule, name, id=f"{rule.id}-{name}") for rule in BOOK.rules for name in rule.entry.guards]
)  # fmt: skip
def test_a_rule_has_the_groups_that_its_guards_read(rule: Rule, name: str) -> None:
    assert found_by(_NEEDS, inspect.getsource(GUARDS[name])) - groups_of(rule) == set()


def test_every_guard_and_shape_is_used() -> None:
    guards = {name for rule in BOOK.rules for name in rule.entry.guards}
    assert set(GUARDS) - guards == set()
    assert guards <= set(GUARDS)
    assert set(SHAPES) == {rule.entry.shape for rule in BOOK.rules} - {None}


# --- broken folders -----------------------------------------------------------------------------------------------

BAD_RULES = Path(__file__).parent / "bad_rules"

BAD_FOLDERS = sorted(folder for folder in BAD_RULES.iterdir() if folder.is_dir())


@pytest.mark.parametrize("folder", [pytest.param(folder, id=folder.name) for folder in BAD_FOLDERS])
def test_a_fault_gives_its_message(folder: Path) -> None:
    expected = (folder / "expected.txt").read_text(encoding="utf-8").rstrip()
    for mark, known in (("<guards>", GUARDS), ("<shapes>", SHAPES)):
        expected = expected.replace(mark, ", ".join(sorted(known)))
    assert "\n".join(check_rules(folder)) == expected


def test_bad_folders_hold_what_is_expected_of_them() -> None:
    assert [folder.name for folder in BAD_FOLDERS if not (folder / "expected.txt").is_file()] == []


def test_a_folder_that_is_not_there_is_a_fault(tmp_path: Path) -> None:
    [fault] = check_rules(tmp_path / "rules")
    assert fault == f"{tmp_path / 'rules'}:\n  is no folder. Name one that holds rules/<type>/rules.toml files."
