"""Proof of the rules by their own examples: `yes` holds with the rule alone and among all, `no` stays unread, `known`
still fails, and every `unless` and guard is earned by a `no` that the rule would read without it."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

import extractor
from extractor.article import RawArticle
from extractor.engine import Finder, Rulebook, read_rules, rules_folder, settle
from extractor.engine.book import MissingLexicon, Rule
from extractor.engine.expand import PatternFault, opened
from extractor.engine.load import SHARED, shown, without_numerals
from extractor.engine.match import Match
from extractor.engine.rule import Counterexample, Example
from extractor.engine.settle import undecided
from extractor.facts import RECORD_TYPES, AnyRecord
from extractor.folders import types_with_rules
from extractor.normalise import normalise
from extractor.pipeline import interpret
from extractor.segment import Passage, segment

Kind = Literal["yes", "no", "known", "unless", "guard"]


@dataclass(frozen=True, slots=True)
class Case:
    """One example of one rule, named `money.amount_unit:no:0`."""

    rule: Rule
    kind: Kind
    number: int

    @property
    def name(self) -> str:
        return f"{self.rule.id}:{self.kind}:{self.number}"


def cases(book: Rulebook) -> list[Case]:
    """Every example, `unless` and guard of the book, in file order."""
    found = []
    for rule in book.rules:
        sizes: dict[Kind, int] = {
            "yes": len(rule.yes),
            "no": len(rule.no),
            "known": len(rule.known),
            "unless": len(rule.entry.unless),
            "guard": len(rule.entry.guards),
        }
        found += [Case(rule, kind, number) for kind, size in sizes.items() for number in range(size)]
    return found


def check_rules(folder: Path | None = None) -> list[str]:
    """Every fault of the rule files and of their examples, each as "file, rule:\\n  what is wrong. What to do."."""
    book = read_rules(folder or rules_folder())
    faults = [*_types_without_home(book, shipped=folder is None), *book.faults]
    broken = [] if book.faults else list(_fragment_faults(book))
    for rule in () if broken else book.rules:
        try:
            _ = rule.head, rule.tail, rule.unless
        except PatternFault as fault:
            faults.append(f"{shown(book, rule.file)}, rule {rule.id}:\n  {fault}")
    if faults := faults + broken or without_numerals(book):
        return faults
    prover = Prover(book)
    failed: set[Rule] = set()
    for case in cases(book):
        if case.rule in failed and case.kind in ("unless", "guard"):
            continue  # whether they are earned cannot be told
        try:
            faults += [f"{shown(book, case.rule.file)}, rule {case.rule.id}:\n  {text}" for text in prover.faults(case)]
        except Failure as failure:
            failed.add(case.rule)
            faults.append(f"{failure.where}:\n  {failure}")
    return list(dict.fromkeys(faults))  # what is missing fails in many examples


def _fragment_faults(book: Rulebook) -> Iterator[str]:
    """The fragments that are no regular expressions, so that they are named and not the rules that hold them."""
    for name in book.fragments | book.number_led:
        try:
            book.compile(f"{{{name}}}")
        except PatternFault as fault:
            yield f"{shown(book, book.folder / SHARED / 'fragments.toml')}, fragment {name}:\n  {fault}"


def _types_without_home(book: Rulebook, *, shipped: bool) -> Iterator[str]:
    """The folders that no code reads, and in the shipped rules the types without a folder, each with what is missing."""
    if not book.folder.is_dir():
        return
    types = types_with_rules(book.folder)
    for kind in types:
        if kind not in RECORD_TYPES:
            module = f"extractor/facts/{kind}.py"
            written = Path(extractor.__file__).with_name("facts").joinpath(f"{kind}.py").is_file()
            add = f"add {module} and its line" if not written else f"{module} is there, so add its line"
            yield f"{shown(book, book.folder / kind)}:\n  no record type {kind}: {add} in the AnyRecord union."
    for kind in RECORD_TYPES if shipped else ():
        if kind not in types:
            yield f"{shown(book, book.folder / kind)}:\n  no rules for the record type {kind}: add {kind}/rules.toml."


class Failure(Exception):
    """Code fails on what a rule found, for want of a group or a lexicon; `where` names the file and the rule at fault."""

    def __init__(self, where: str, text: str) -> None:
        self.where = where
        super().__init__(text)


class Prover:
    """Runs examples against a book."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.all = Finder(book, book.rules)

    def faults(self, case: Case) -> Iterator[str]:
        """What is wrong with one example, each with the mend; nothing when it holds. Raises Failure."""
        rule = case.rule
        if case.kind == "yes":
            yield from self._yes(rule, rule.yes[case.number])
        elif case.kind == "no":
            yield from self._no(rule, rule.no[case.number])
        elif case.kind == "known":
            example = rule.known[case.number]
            if not list(self._yes(rule, example)):
                yield f"known fault {example.text!r} is read rightly now. Move it up to `yes`."
        elif case.kind == "unless":
            rest = [word for i, word in enumerate(rule.entry.unless) if i != case.number]
            if not self._read_without(rule, {"unless": rest}):
                yield f"unless {rule.entry.unless[case.number]!r} is not earned: no `no` would be read without it. Add one or remove it."
        elif case.kind == "guard":
            rest = [name for i, name in enumerate(rule.entry.guards) if i != case.number]
            if not self._read_without(rule, {"guards": rest}):
                yield f"guard {rule.entry.guards[case.number]} is not earned: no `no` would be read without it. Add one or remove it."

    def _yes(self, rule: Rule, example: Example) -> Iterator[str]:
        if example.mention is None:
            yield f"example {example.text!r} marks no mention. Put it in {example.mark[0]} {example.mark[1]}."
            return
        if unknown := [name for name in example.fields if name not in _fields(rule)]:
            for name in unknown:
                yield f"example {example.text!r} names {name}, which is no field of a {rule.type}. {_near(rule, name)}"
            return
        for finder, where in ((Finder(self.book, [rule]), "alone"), (self.all, "among all rules")):
            passage = _passage(example.sentence, example.published, example.region)
            records = [r for r in self._records(finder, passage) if r.type == rule.type]
            for one, other in undecided(finder.find(passage)):
                yield f"example {example.text!r} leaves {one.rule.id} and {other.rule.id} tied on [{one.text}]. Let one beat the other."
            wanted = example.sentence[slice(*example.mention)]
            found = next((r for r in records if (r.start, r.end) == example.mention), None)
            if found is None:
                read = "、".join(r.raw for r in records) or "nothing"
                yield f"example {example.text!r} is not read {where}: wanted [{wanted}], read {read}. Mend the pattern or the example."
                continue
            if where != "alone" and found.rule != rule.id and len(records) and not _joined(found, rule):
                yield f"example {example.text!r} is won by {found.rule} {where}. Let this rule beat it, or move the example."
            for name, value in example.fields.items():
                got = getattr(found, name, None)
                if not _same(got, value):
                    yield f"example {example.text!r} gives {name} = {got!r} {where}, not {value!r}. Mend the reading or the example."

    def _no(self, rule: Rule, example: Counterexample) -> Iterator[str]:
        passage = _passage(example.text, example.published, example.region)
        for finder, where in ((Finder(self.book, [rule]), "alone"), (self.all, "among all rules")):
            read = [match for match in settle(self._find(finder, passage), self.book) if match.rule.id == rule.id]
            if read:
                yield f"counterexample {example.text!r} is read {where}: [{read[0].text}]. Narrow the pattern, or add a guard or `unless`."

    def _read_without(self, rule: Rule, change: dict[str, list[str]]) -> bool:
        loose = replace(rule, entry=rule.entry.model_copy(update=change))
        finder = Finder(self.book, [loose])
        passages = (_passage(example.text, example.published, example.region) for example in rule.no)
        return any(self._find(finder, passage) for passage in passages)

    def _find(self, finder: Finder, passage: Passage) -> list[Match]:
        try:
            return finder.find(passage)
        except Exception as error:
            raise self._failure(finder.rules, passage) from error

    def _records(self, finder: Finder, passage: Passage) -> tuple[AnyRecord, ...]:
        matches = self._find(finder, passage)
        try:
            return _read(finder, matches, passage)
        except Exception as error:
            raise self._failure(finder.rules, passage) from error

    def _failure(self, rules: list[Rule], passage: Passage) -> Failure:
        """Which of the rules the code fails on, and for want of what."""
        for rule in rules:
            if (shape := rule.entry.shape) and (error := self._error(rule, passage, [], read=False)):
                return _explained(rule, f"shape {shape}", error, passage)
            for name in rule.entry.guards:
                if error := self._error(rule, passage, [name], read=False):
                    return _explained(rule, f"guard {name}", error, passage)
            if error := self._error(rule, passage, rule.entry.guards, read=True):
                return _explained(rule, "", error, passage)
        return Failure(
            shown(self.book, self.book.folder),
            f"{passage.clean.strip()!r} cannot be read where all rules are tried, though each alone can. Let one beat the others.",
        )

    def _error(self, rule: Rule, passage: Passage, guards: list[str], *, read: bool) -> Exception | None:
        """What the rule raises alone, with these guards only."""
        finder = Finder(self.book, [replace(rule, entry=rule.entry.model_copy(update={"guards": guards}))])
        try:
            matches = finder.find(passage)
            if read:
                _read(finder, matches, passage)
        except Exception as error:
            return error
        return None


def _explained(rule: Rule, part: str, error: Exception, passage: Passage) -> Failure:
    """What an error in a shape or guard, or in reading where `part` is empty, says of the rule."""
    book, where = rule.book, f"{shown(rule.book, rule.file)}, rule {rule.id}"
    if isinstance(error, MissingLexicon):
        reason = f"{part} looks into it" if part else f"{rule.type} records are read with it"
        file = shown(book, rule.file.with_name("lexicon.toml"))
        return Failure(file, f"lexicon {error.lexicon} is missing: {reason}. Define it.")
    name = error.args[0] if isinstance(error, KeyError) else None
    pattern = opened(rule.pattern, book.fragments | book.number_led).replace("?P<", "?<")
    meanings = (meaning for lexicon in book.lexicons.values() for meaning in lexicon.values())
    if isinstance(name, str) and name.isascii() and name.replace("_", "").islower() and name not in meanings:
        if f"(?<{name}>" in pattern:
            reason = f"{part} needs" if part else f"{rule.type} records are read from"
            mend = "Take the group out of what is optional."
            return Failure(where, f"pattern can match without its (?<{name}> …), which {reason}. {mend}")
        if part:
            mend = f"Name it in the pattern, or remove the {part.partition(' ')[0]}."
            return Failure(where, f"{part} needs the group (?<{name}> …). {mend}")
        return Failure(where, f"pattern has no group (?<{name}> …) that {rule.type} records are read from. Name one.")
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        reason = f"{'.'.join(str(step) for step in first['loc'])}: {first['msg']}, got {first['input']!r:.60}"
    else:
        reason = f"{type(error).__name__} {error}".rstrip(" .")
    mend = "Mend the pattern, or the meanings in the lexicons that it names."
    return Failure(where, f"{part or 'reading'} fails on {passage.clean.strip()!r}: {reason}. {mend}")


def _fields(rule: Rule) -> set[str]:
    """What an example may ask of the records of the rule's type: their fields and properties."""
    model = RECORD_TYPES[rule.type]
    return {*model.model_fields, *(name for name in dir(model) if isinstance(getattr(model, name, None), property))}


def _near(rule: Rule, name: str) -> str:
    """The mend of an unknown field."""
    if near := difflib.get_close_matches(name, _fields(rule), 1):
        return f"Did you mean {near[0]}?"
    return f"Its fields are {', '.join(RECORD_TYPES[rule.type].model_fields)}."


def _joined(record: AnyRecord, rule: Rule) -> bool:
    """Whether the record is a chain of places, which carries the rule of its outermost name."""
    return record.type == "place" and rule.type == "place"


def _passage(text: str, published: str | None, region: str | None) -> Passage:
    day = dt.date.fromisoformat(published) if published else None
    article = RawArticle("example", text, published=day, region=region or "CN")  # type: ignore[arg-type]
    clean = normalise(article)
    return segment(article, clean.text, title=clean.title, captions=clean.captions)


def _read(finder: Finder, matches: list[Match], passage: Passage) -> tuple[AnyRecord, ...]:
    return interpret(settle(matches, finder.book), passage, None)


def _same(got: Any, wanted: Any) -> bool:
    if isinstance(got, Decimal):
        return abs(got - Decimal(str(wanted))) <= abs(got) * Decimal("1e-9")
    return bool(got == wanted)
