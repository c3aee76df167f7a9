"""Rule files → a `Rulebook`, with every fault of every file reported at once."""

from __future__ import annotations

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import regex
from pydantic import ValidationError

from extractor.engine.book import NUMBER, PLACE_NAME, TOWNSHIP_NAME, Rule, Rulebook
from extractor.engine.expand import NAME, PatternFault, certain, cut, opened, unanchored
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
    if faults := book.faults or without_numerals(book):
        raise BrokenRules(faults)
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
        for listed in (PLACE_NAME, TOWNSHIP_NAME):
            book.fragments[listed] = "(?!)"  # stands only for the automaton's hits, as the anchor of a pattern
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


def _toml(book: Rulebook, path: Path, *, required: bool = True) -> dict[str, Any] | None:
    """The content of a file, None where it cannot be read."""
    if not path.is_file():
        if required:
            book.faults.append(f"{shown(book, path)}:\n  is missing. Create it, or remove its folder.")
        return None
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        book.faults.append(f"{shown(book, path)}:\n  is not valid TOML: {error}. Mend it there.")
        return None


def shown(book: Rulebook, path: Path) -> str:
    return path.relative_to(book.folder.parent).as_posix()


def _complaints(error: ValidationError, thing: str, folder: str) -> Iterable[str]:
    """What is wrong with a `thing` of the rule files, a rule or a lexicon, each with the mend."""
    for fault in error.errors():
        where, given = ".".join(str(part) for part in fault["loc"]), fault["input"]
        inner = _INNER.get(str(fault["loc"][0]), thing) if len(fault["loc"]) > 2 else thing
        match fault["type"]:
            case "missing":
                yield f"{where} is missing. Add it."
            case "extra_forbidden":
                yield f"{where} is no field of a {inner}. Remove it or correct its name."
            case "value_error":
                yield str(fault["ctx"]["error"])
            case "too_short":
                yield f"{where} is empty. Give it a{'n' if where == 'yes' else ''} {_INNER[where]}."
            case "string_pattern_mismatch":
                yield f"id {given!r} is no type.what_it_reads in lower case. Rename it, as {folder}.what_it_reads."
            case "string_too_short":
                yield f"{where} {given!r} is too short: {fault['ctx']['min_length']} characters or more. Say more."
            case "string_type":
                yield f"{where} is no text. Put it in quotation marks."
            case "list_type":
                yield f"{where} is no list. Put it in [ ]."
            case "dict_type" | "model_type":
                yield f"{where or thing} is no table. Write its fields in {{ }}."
            case _:
                yield f"{where}: {fault['msg']}. Got {given!r:.60}."


_INNER = {"yes": "example", "no": "counterexample", "known": "example"}


def _read_fragments(book: Rulebook, path: Path) -> None:
    for table, content in (_toml(book, path, required=False) or {}).items():
        if table not in ("fragment", "number_led"):
            book.faults.append(f"{shown(book, path)}:\n  table [{table}] is unknown. Use [fragment] or [number_led].")
        elif not isinstance(content, dict):
            book.faults.append(f"{shown(book, path)}:\n  {table} is no table. Write [{table}] over its fields.")
        else:
            read = _read_fragment if table == "fragment" else _read_number_led
            for name, entry in content.items():
                if fault := _name_fault(name) or read(book, name, entry):
                    book.faults.append(f"{shown(book, path)}:\n  {fault}")


def _name_fault(name: str) -> str:
    if NAME.fullmatch(f"{{{name}}}"):
        return ""
    return f"{name!r} can stand in no pattern: names are lower_case, three letters or more. Rename it."


def _read_fragment(book: Rulebook, name: str, pattern: object) -> str:
    """Keep a fragment, or say what is wrong with it."""
    if not isinstance(pattern, str):
        book.fragments[name] = "(?!)"  # so that rules that name it are not blamed
        return f"fragment {name} is no text. Write its pattern in quotation marks."
    book.fragments[name] = pattern
    return ""


def _read_number_led(book: Rulebook, name: str, entry: object) -> str:
    """Keep a pattern that a numeral leads, or say what is wrong with it."""
    book.number_led[name], book.number_then[name] = "(?!)", ""
    if not isinstance(entry, dict):
        return f"number_led.{name} is no table. Write [number_led.{name}] over its pattern."
    if "pattern" not in entry:
        return f"number_led.{name} has no pattern. Add it."
    if extra := set(entry) - {"pattern", "then"}:
        return f"number_led.{name}.{min(extra)} is unknown. Use pattern and then."
    for field, text in entry.items():
        if not isinstance(text, str):
            return f"number_led.{name}.{field} is no text. Put it in quotation marks."
    if name in book.fragments:
        return f"number_led.{name} is defined twice: there is a fragment of that name. Rename one of the two."
    book.number_led[name], book.number_then[name] = entry["pattern"], entry.get("then", "")
    return ""


def _read_lexicons(book: Rulebook, path: Path) -> None:
    for name, content in (_toml(book, path) or {}).items():
        where = f"{shown(book, path)}, lexicon {name}:\n  "
        if not isinstance(content, dict):
            book.faults.append(f"{where}is no table. Write [{name}] over its fields.")
            continue
        try:
            entry = LexiconEntry.model_validate(content)
        except ValidationError as error:
            book.faults += [where + text for text in _complaints(error, "lexicon", path.parent.name)]
            continue
        if name in book.lexicons or name in book.fragments or name in book.number_led:
            book.faults.append(f"{where}is defined twice. Rename one of the two.")
            continue
        if len(name) < 3 or not name.replace("_", "").islower():
            book.faults.append(f"{where}names are lower_case, three letters or more. Rename it.")
            continue
        if not entry.meanings:
            book.faults.append(f"{where}is empty. Give it words or entries.")
        book.faults += [where + fault for fault in _word_faults(entry)]
        book.lexicons[name] = {word: meaning for word, meaning in entry.meanings.items() if word}


def _word_faults(entry: LexiconEntry) -> Iterable[str]:
    for word, times in Counter((*entry.words, *entry.entries)).items():
        if times > 1:
            yield f"names {word} twice. Remove one."
        if not word:
            yield "holds an empty word. Remove it."
        elif word != word.strip():
            yield f"holds {word!r} with a blank beside it. Remove the blank."


def _read_rules(book: Rulebook, kind: str, path: Path) -> None:
    content = _toml(book, path)
    if content is None:
        return
    tables = content.get("rule", [])
    if isinstance(tables, dict):
        book.faults.append(f"{shown(book, path)}:\n  table [rule] is one table. Write [[rule]].")
        return
    if not isinstance(tables, list):
        book.faults.append(f"{shown(book, path)}:\n  rule is no table. Write [[rule]] over the fields of each rule.")
        return
    if extra := set(content) - {"rule"}:
        book.faults.append(
            f"{shown(book, path)}:\n  table [{min(extra)}] is unknown. A rule file holds [[rule]] tables only."
        )
    elif not tables:
        book.faults.append(f"{shown(book, path)}:\n  holds no [[rule]]. Write one, or remove its folder.")
    valid: list[RuleEntry] = []
    for number, table in enumerate(tables):
        name = table.get("id", f"number {number + 1}") if isinstance(table, dict) else f"number {number + 1}"
        try:
            valid.append(RuleEntry.model_validate(table))
        except ValidationError as error:
            where = f"{shown(book, path)}, rule {name}:\n  "
            book.faults += [where + text for text in _complaints(error, "rule", kind)]
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
        if "(?<mention>" not in entry.pattern.replace(" ", "").replace("?P<", "?<"):
            raise PatternFault("pattern has no group (?<mention> …): put one around what the record is to cover.")
        if fault := unanchored(entry.pattern, book.anchors):
            raise PatternFault(fault)
        book.expanded(entry.pattern)
        if not certain(_with_mentions(book, entry.pattern), "mention"):
            raise PatternFault("pattern can match without its (?<mention> …). Take the group out of what is optional.")
    except PatternFault as error:
        book.faults.append(f"{where}{error}")
        return
    book.rules.append(Rule(kind, entry, path, divided, _group_lexicons(book, entry.pattern), book))


def _with_mentions(book: Rulebook, pattern: str) -> str:
    """`pattern` with its fragments written out, where one of those of the book holds a mention; mostly none does."""
    fragments = book.fragments | book.number_led
    return opened(pattern, fragments) if any("mention" in text for text in fragments.values()) else pattern


def _group_lexicons(book: Rulebook, pattern: str) -> dict[str, str]:
    """Which lexicon each named group holds, in the pattern itself and in its fragments: `(?<currency> {currency} )`."""
    fragments = book.fragments | book.number_led

    @cache
    def held(text: str) -> list[tuple[str, str]]:
        """The groups of a text with what they hold, in their order, those of its fragments in their places."""
        pairs = []
        for group, name in _GROUP_OR_NAME.findall(text):
            first: str | None = name
            while first in fragments:
                opening = _OPENING_NAME.match(fragments[first])
                first = opening[1] if opening else None
            if group and first is not None:
                pairs.append((group, first))
            if name in fragments:
                pairs += held(fragments[name])
        return pairs

    return {group: name for group, name in held(pattern) if name in book.lexicons}


_GROUP_OR_NAME = regex.compile(r"(?:\(\?P?<([a-z_]+)>\s*)?\{([a-z_]{3,})\}")
_OPENING_NAME = regex.compile(r"\s*\{([a-z_]{3,})\}")


def _read_precedence(book: Rulebook, path: Path, types: list[str]) -> None:
    content = _toml(book, path, required=False) or {}
    where = f"{shown(book, path)}:\n  "
    if extra := set(content) - {"pairs"}:
        book.faults.append(f"{where}{min(extra)} is unknown. Use pairs.")
    pairs = content.get("pairs", [])
    if not isinstance(pairs, list) or any(isinstance(pair, str) for pair in pairs):
        book.faults.append(f'{where}pairs must hold lists of two types. Write pairs = [["money", "count"]].')
        return
    for pair in pairs:
        if (
            not isinstance(pair, list)
            or len(pair) != 2
            or pair[0] == pair[1]
            or any(name not in types for name in pair)
        ):
            book.faults.append(f"{where}pair {pair} must name two of the types {', '.join(types)}. Correct it.")
            continue
        book.precedence.append((pair[0], pair[1]))


def without_numerals(book: Rulebook) -> list[str]:
    """The fault of a book that has no fragment for numerals: whatever the rules, the scan for numerals needs one."""
    if NUMBER in book.fragments:
        return []
    where = shown(book, book.folder / SHARED / "fragments.toml")
    return [f"{where}:\n  fragment {NUMBER} is missing: the scan for numerals needs it. Add it."]


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
            if other == rule.id:
                book.faults.append(f"{where}beats itself. Remove it from beats.")
            elif other not in ids:
                book.faults.append(f"{where}beats {other}, which is no rule. Correct the id.")
