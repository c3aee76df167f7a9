"""Proof of the rules by their own examples: `yes` holds with the rule alone and among all, `no` stays unread, `known`
still fails, and every `unless` and guard is earned by a `no` that the rule would read without it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import regex

import extractor
from extractor.article import RawArticle
from extractor.engine import Finder, Rulebook, read_rules, rules_folder, settle
from extractor.engine.book import Rule
from extractor.engine.expand import PatternFault
from extractor.engine.load import shown
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
    for rule in book.rules:
        try:
            _ = rule.head, rule.tail, rule.unless
        except (PatternFault, regex.error) as fault:
            faults.append(f"{shown(book, rule.file)}, rule {rule.id}:\n  {fault}")
    if faults:
        return faults
    prover = Prover(book)
    return [
        f"{shown(book, case.rule.file)}, rule {case.rule.id}:\n  {fault}"
        for case in cases(book)
        for fault in prover.faults(case)
    ]


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


class Prover:
    """Runs examples against a book."""

    def __init__(self, book: Rulebook) -> None:
        self.book = book
        self.all = Finder(book, book.rules)

    def faults(self, case: Case) -> Iterator[str]:
        """What is wrong with one example, each with the mend; nothing when it holds."""
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
        for finder, where in ((Finder(self.book, [rule]), "alone"), (self.all, "among all rules")):
            passage = _passage(example.sentence, example.published, example.region)
            for one, other in undecided(finder.find(passage)):
                yield f"example {example.text!r} leaves {one.rule.id} and {other.rule.id} tied on [{one.text}]. Let one beat the other."
            records = [r for r in _records(finder, passage) if r.type == rule.type]
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
            read = [match for match in settle(finder.find(passage), self.book) if match.rule.id == rule.id]
            if read:
                yield f"counterexample {example.text!r} is read {where}: [{read[0].text}]. Narrow the pattern, or add a guard or `unless`."

    def _read_without(self, rule: Rule, change: dict[str, list[str]]) -> bool:
        loose = replace(rule, entry=rule.entry.model_copy(update=change))
        finder = Finder(self.book, [loose])
        return any(finder.find(_passage(example.text, example.published, example.region)) for example in rule.no)


def _joined(record: AnyRecord, rule: Rule) -> bool:
    """Whether the record is a chain of places, which carries the rule of its outermost name."""
    return record.type == "place" and rule.type == "place"


def _passage(text: str, published: str | None, region: str | None) -> Passage:
    day = dt.date.fromisoformat(published) if published else None
    article = RawArticle("example", text, published=day, region=region or "CN")  # type: ignore[arg-type]
    clean = normalise(article)
    return segment(article, clean.text, title=clean.title, captions=clean.captions)


def _records(finder: Finder, passage: Passage) -> tuple[AnyRecord, ...]:
    return interpret(settle(finder.find(passage), finder.book), passage, None)


def _same(got: Any, wanted: Any) -> bool:
    if isinstance(got, Decimal):
        return abs(got - Decimal(str(wanted))) <= abs(got) * Decimal("1e-9")
    return bool(got == wanted)
