"""Rule files → a `Rulebook`, with every fault of every file reported at once."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex
from pydantic import ValidationError

from extractor.engine.book import PLACE_NAME, Rule, Rulebook
from extractor.engine.expand import PatternFault, cut, expand, opened
from extractor.engine.guards import GUARDS
from extractor.engine.rule import LexiconEntry, RuleEntry
from extractor.engine.shapes import SHAPES
from extractor.errors import BrokenRules
from extractor.folders import rules_folder

SHARED = "_shared"


@lru_cache(maxsize=8)
def load_rules(folder: Path | None = None) -> Rulebook:
    """The rules of `folder`, or those of the package. Raises BrokenRules with every fault found."""
    book = read_rules(folder or rules_folder())
    if book.faults:
        raise BrokenRules(book.faults)
    return book


def read_rules(folder: Path) -> Rulebook:
    """The rules of `folder` as far as they can be read, with the faults in `faults`."""
    book = Rulebook(folder)
    if not folder.is_dir():
        book.faults.append(f"{folder}:\n  is no folder. Name one that holds rules/<type>/rules.toml files.")
        return book
    if not any(folder.glob("*/rules.toml")) and not any(folder.glob("*/lexicon.toml")):
        book.faults.append(f"{folder}:\n  holds no rules: it needs <type>/rules.toml files.")
        return book
    types = sorted(
        path.name for path in folder.iterdir() if path.is_dir() and path.name != SHARED and path.name[0] not in "._"
    )
    book.digest = _digest(folder)
    _read_fragments(book, folder / SHARED / "fragments.toml")
    for lexicon in sorted(folder.glob("*/lexicon.toml")):
        _read_lexicons(book, lexicon)
    if (folder / "place" / "gazetteer.tsv").is_file():
        book.fragments[PLACE_NAME] = "(?!)"  # stands only for the automaton's hits, as the anchor of a pattern
    for kind in types:
        if (folder / kind / "rules.toml").is_file() or not (folder / kind / "lexicon.toml").is_file():
            _read_rules(book, kind, folder / kind / "rules.toml")
    _read_precedence(book, folder / SHARED / "precedence.toml", types)
    _check_references(book)
    return book


def _digest(folder: Path) -> str:
    """Twelve hexadecimal digits over the names and contents of all rule files."""
    total = hashlib.blake2b(digest_size=6)
    for path in sorted(folder.glob("*/*.t[os][mv]*")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def _toml(book: Rulebook, path: Path, *, required: bool = True) -> dict[str, Any]:
    if not path.is_file():
        if required:
            book.faults.append(f"{shown(book, path)}:\n  is missing. Create it, or remove its folder.")
        return {}
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        book.faults.append(f"{shown(book, path)}:\n  is not valid TOML: {error}. Mend it there.")
        return {}


def shown(book: Rulebook, path: Path) -> str:
    return path.relative_to(book.folder.parent).as_posix()


def _complaints(error: ValidationError) -> Iterable[str]:
    for fault in error.errors():
        where = ".".join(str(part) for part in fault["loc"])
        if fault["type"] == "missing":
            yield f"{where} is missing. Add it."
        elif fault["type"] == "extra_forbidden":
            yield f"{where} is no field of a rule. Remove it or correct its name."
        else:
            yield f"{where}: {fault['msg']}. Got {fault['input']!r:.60}."


def _read_fragments(book: Rulebook, path: Path) -> None:
    for table, content in _toml(book, path, required=False).items():
        if table == "fragment":
            book.fragments |= content
        elif table == "number_led":
            book.number_led |= {name: entry["pattern"] for name, entry in content.items()}
            book.number_then |= {name: entry.get("then", "") for name, entry in content.items()}
        else:
            book.faults.append(f"{shown(book, path)}:\n  table [{table}] is unknown. Use [fragment] or [number_led].")


def _read_lexicons(book: Rulebook, path: Path) -> None:
    for name, content in _toml(book, path).items():
        try:
            entry = LexiconEntry.model_validate(content)
        except ValidationError as error:
            book.faults += [f"{shown(book, path)}, lexicon {name}:\n  {text}" for text in _complaints(error)]
            continue
        if name in book.lexicons or name in book.fragments:
            book.faults.append(f"{shown(book, path)}, lexicon {name}:\n  is defined twice. Rename one of the two.")
            continue
        if len(name) < 3 or not name.replace("_", "").islower():
            book.faults.append(
                f"{shown(book, path)}, lexicon {name}:\n  names are lower_case, three letters or more. Rename it."
            )
            continue
        if not entry.meanings:
            book.faults.append(f"{shown(book, path)}, lexicon {name}:\n  is empty. Give it words or entries.")
        book.lexicons[name] = entry.meanings


def _read_rules(book: Rulebook, kind: str, path: Path) -> None:
    content = _toml(book, path)
    if not content:
        return
    valid: list[RuleEntry] = []
    for number, table in enumerate(content.get("rule", [])):
        name = table.get("id", f"number {number + 1}") if isinstance(table, dict) else f"number {number + 1}"
        try:
            valid.append(RuleEntry.model_validate(table))
        except ValidationError as error:
            book.faults += [f"{shown(book, path)}, rule {name}:\n  {text}" for text in _complaints(error)]
    if extra := set(content) - {"rule"}:
        book.faults.append(
            f"{shown(book, path)}:\n  table [{min(extra)}] is unknown. A rule file holds [[rule]] tables only."
        )
    for entry in valid:
        _add_rule(book, kind, entry, path)


def _add_rule(book: Rulebook, kind: str, entry: RuleEntry, path: Path) -> None:
    where = f"{shown(book, path)}, rule {entry.id}:\n  "
    if entry.id.partition(".")[0] != kind:
        book.faults.append(
            f"{where}id must begin with the name of its folder, {kind}. (rename it to {kind}.{entry.id.partition('.')[2]})"
        )
    if any(rule.id == entry.id for rule in book.rules):
        book.faults.append(f"{where}id is taken by another rule. Choose another.")
        return
    try:
        divided = cut(entry.pattern, book.anchors)
        rule = Rule(kind, entry, path, divided, _group_lexicons(book, entry.pattern), book)
        if "(?<mention>" not in entry.pattern.replace(" ", "").replace("?P<", "?<"):
            raise PatternFault("pattern has no group (?<mention> …): put one around what the record is to cover.")
        expand(entry.pattern, book.fragments | book.number_led, book.words)
    except PatternFault as fault:
        book.faults.append(f"{where}{fault}")
        return
    book.rules.append(rule)


def _group_lexicons(book: Rulebook, pattern: str) -> dict[str, str]:
    """Which lexicon each named group holds, in the pattern itself and in its fragments: `(?<currency> {currency} )`."""
    pattern = opened(pattern, book.fragments | book.number_led)
    found = regex.findall(r"\(\?P?<([a-z_]+)>\s*\{([a-z_]{3,})\}", pattern)
    return {group: name for group, name in found if name in book.lexicons}


def _read_precedence(book: Rulebook, path: Path, types: list[str]) -> None:
    for pair in _toml(book, path, required=False).get("pairs", []):
        if len(pair) != 2 or not set(pair) <= set(types):
            book.faults.append(
                f"{shown(book, path)}:\n  pair {pair} must name two of the types {', '.join(types)}. Correct it."
            )
            continue
        book.precedence.append((pair[0], pair[1]))


def _check_references(book: Rulebook) -> None:
    ids = {rule.id for rule in book.rules}
    for rule in book.rules:
        where = f"{shown(book, rule.file)}, rule {rule.id}:\n  "
        for name in rule.entry.guards:
            if name not in GUARDS:
                book.faults.append(f"{where}guard {name} does not exist. Known guards: {', '.join(sorted(GUARDS))}.")
        if rule.entry.shape is not None and rule.entry.shape not in SHAPES:
            book.faults.append(
                f"{where}shape {rule.entry.shape} does not exist. Known shapes: {', '.join(sorted(SHAPES))}."
            )
        for other in rule.entry.beats:
            if other not in ids:
                book.faults.append(f"{where}beats {other}, which is no rule. Correct the id.")
