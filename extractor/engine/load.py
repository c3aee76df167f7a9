"""Rule files → a `Rulebook`, with every fault of every file reported at once."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import regex
from pydantic import ValidationError

from extractor.engine.expand import Cut, PatternFault, cut, expand, opened
from extractor.engine.first import First, first_characters, last_characters
from extractor.engine.rule import Counterexample, Example, LexiconEntry, RuleEntry
from extractor.errors import BrokenRules, UsageError

if TYPE_CHECKING:
    from extractor.engine.guards import Guard
    from extractor.engine.shapes import Shape

SHARED = "_shared"
NUMBER = "number"
PLACE_NAME = "place_name"
FLAGS = regex.VERBOSE | regex.VERSION0


@dataclass(eq=False)
class Rule:
    """A rule ready to run. Patterns compile when they are first tried."""

    type: str
    entry: RuleEntry
    file: Path
    cut: Cut | None
    group_lexicons: Mapping[str, str]
    book: Rulebook = field(repr=False)

    @property
    def id(self) -> str:
        return self.entry.id

    @property
    def about(self) -> str:
        return self.entry.about

    @property
    def source(self) -> str:
        return self.entry.source

    @property
    def pattern(self) -> str:
        return self.entry.pattern

    @property
    def yes(self) -> list[Example]:
        return self.entry.yes

    @property
    def no(self) -> list[Counterexample]:
        return self.entry.no

    @property
    def known(self) -> list[Example]:
        return self.entry.known

    @cached_property
    def guards(self) -> tuple[tuple[str, Guard], ...]:
        """The guards by name, in the order in which they are asked."""
        from extractor.engine.guards import GUARDS

        return tuple((name, GUARDS[name]) for name in self.entry.guards)

    @cached_property
    def shape(self) -> Shape | None:
        from extractor.engine.shapes import SHAPES

        return SHAPES[self.entry.shape] if self.entry.shape else None

    @property
    def open_groups(self) -> tuple[str, ...]:
        """The named groups that begin before the anchor."""
        return self.cut.open_groups if self.cut else ()

    @cached_property
    def head(self) -> Any:
        """What stands before the anchor, matched backwards from it; None where nothing does."""
        if self.cut is None or not _content(self.cut.head):
            return None
        return self.book.compile(self.cut.head, backwards=True)

    @cached_property
    def tail(self) -> Any:
        """What stands behind the anchor, or from it on when it is number-led; all of the pattern without an anchor."""
        if self.cut is None:
            return self.book.compile(self.pattern)
        return self.book.compile(self.cut.onward if self.cut.anchor in self.book.number_led else self.cut.tail)

    @cached_property
    def follows(self) -> First:
        """The characters of which one must stand right behind the numeral, for rules anchored at numerals."""
        if self.cut is None or self.cut.anchor not in (NUMBER, *self.book.number_led):
            return None
        if self.cut.anchor == NUMBER:
            return first_characters(self.cut.tail, self.book.fragments | self.book.number_led, self.book.words)
        then = self.book.number_then[self.cut.anchor]
        return frozenset(then) if then else None

    @cached_property
    def precedes(self) -> First:
        """The characters of which one must stand right before the anchor; None where the rule needs nothing there."""
        if self.cut is None or self.head is None:
            return None
        return last_characters(self.cut.head, self.book.fragments | self.book.number_led, self.book.words)

    @cached_property
    def leads(self) -> First:
        """The characters of which one must stand before the anchor for an optional head to hold anything.

        None where the head must always be tried.
        """
        if self.cut is None or self.head is None or _LOOKS.search(self.cut.head):
            return None
        return last_characters(self.cut.head, self.book.fragments | self.book.number_led, self.book.words, empty=True)

    @cached_property
    def goes_on(self) -> First:
        """The characters of which one must stand behind the anchor for the tail to hold anything.

        Empty where the anchor ends the pattern; None where the tail must always be tried.
        """
        if self.cut is None or self.cut.anchor in self.book.number_led:
            return None
        fragments = self.book.fragments | self.book.number_led
        if _LOOKS.search(self.cut.tail) or first_characters(self.cut.tail, fragments, self.book.words) is not None:
            return None
        return first_characters(self.cut.tail, fragments, self.book.words, empty=True)

    @cached_property
    def unless(self) -> Any:
        return regex.compile("|".join(self.entry.unless), regex.VERSION0) if self.entry.unless else None

    def meaning(self, group: str, word: str, default: object) -> object:
        """What `word` means in the lexicon that `group` holds."""
        name = self.group_lexicons.get(group)
        return default if name is None else self.book.lexicons[name].get(word, default)


@dataclass(eq=False)
class Rulebook:
    """All rules, lexicons and fragments of a folder."""

    folder: Path
    fragments: dict[str, str] = field(default_factory=dict)
    number_led: dict[str, str] = field(default_factory=dict)
    number_then: dict[str, str] = field(default_factory=dict)  # characters of which one follows the numeral
    lexicons: dict[str, dict[str, Any]] = field(default_factory=dict)
    rules: list[Rule] = field(default_factory=list)
    precedence: list[tuple[str, str]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    digest: str = ""

    @cached_property
    def words(self) -> dict[str, list[str]]:
        return {name: list(entries) for name, entries in self.lexicons.items()}

    @cache  # noqa: B019 - a rulebook lives as long as the process
    def endings(self, lexicon: str) -> tuple[str, ...]:
        """The words of a lexicon of two characters and more, for `str.endswith`."""
        return tuple(word for word in self.lexicons[lexicon] if len(word) > 1)

    @cached_property
    def anchors(self) -> dict[str, int]:
        ranks = dict.fromkeys(self.lexicons, 1) | {PLACE_NAME: 1}
        return ranks | dict.fromkeys((NUMBER, *self.number_led), 0)

    def compile(self, pattern: str, *, backwards: bool = False) -> Any:
        """The regex of a rule pattern, matched from its end where `backwards`. Raises PatternFault."""
        expanded = expand(pattern, self.fragments | self.number_led, self.words, backwards=backwards)
        if backwards:
            expanded = f"(?r){expanded}"
        try:
            return regex.compile(expanded, FLAGS)
        except regex.error as error:
            raise PatternFault(f"pattern is no regular expression: {error}. Look at it near that place.") from error

    @cached_property
    def gazetteer(self) -> Any:
        from extractor.engine.gazetteer import load_gazetteer

        return load_gazetteer(self.folder / "place" / "gazetteer.tsv")

    def of_type(self, kind: str) -> list[Rule]:
        return [rule for rule in self.rules if rule.type == kind]


_LOOKS = regex.compile(r"\(\?<?[=!]")


def _content(pattern: str) -> str:
    """What a pattern holds besides groups and blanks."""
    return str(regex.sub(r"\(\?P?<[a-z_]+>|\(\?:|[()\s]", "", pattern))


def rules_folder() -> Path:
    """Where the rules are: inside the installed package, else beside it in the checkout."""
    package = Path(__file__).resolve().parent.parent
    for folder in (package / "_rules", package.parent / "rules"):
        if folder.is_dir():
            return folder
    raise UsageError("no rules found: reinstall extractor-zh, or name a folder with --rules DIR")


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
    from extractor.engine.guards import GUARDS
    from extractor.engine.shapes import SHAPES

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
