"""Measuring: output against gold by the annotation guide, and output against earlier output.

Gold is one JSON object a document, each mention given by `raw` and `nth`; a record finds a mention when it has the same
type and their spans overlap, one to one. Found and right in value are counted apart. What gold calls optional, and a
place inside a name, is neither rewarded nor punished; such places have a line of their own.
"""

from __future__ import annotations

import calendar
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from pathlib import Path, PurePath
from typing import Any, Literal, cast, get_args

from extractor.article import Document, RawArticle, Region
from extractor.articles import articles
from extractor.articles.dates import read_date
from extractor.errors import UsageError
from extractor.facts import RECORD_TYPES
from extractor.facts.base import Record
from extractor.pipeline import Extractor, Options

Json = Mapping[str, Any]
Output = Mapping[str, Sequence[Json]]  # records by `doc`

FIGURES = ("count", "ratio", "money")
KINDS = {
    "date": ("timex", "modifier"),
    "place": ("level",),
    "program": ("category",),
    "ratio": ("base",),
    "money": ("per",),
}
LINKS = ("base", "per", "compared_with", "predicate", "subject", "place", "date", "speaker")
"""What else the text says of a figure, each scored by itself where gold states it."""
OF_PROGRAMS = ("short_name", "issuer", "number")
"""What else the text says of a named undertaking, scored likewise."""
_NEAR = Decimal("1e-5")  # gold writes a third as 0.333333
_MARKS = re.compile(r"[\s\"'“”‘’《》〈〉「」『』【】（）()]+")
_FULL_WIDTH = str.maketrans("，；：！？", ",;:!?")


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of gold. `start` and `end` are half-open code points of its document."""

    type: str
    raw: str
    start: int
    end: int
    fields: Json
    optional: bool = False
    in_name: bool = False

    @property
    def soft(self) -> bool:
        """Neither rewarded nor punished."""
        return self.optional or (self.in_name and self.type == "place")

    def answers(self, key: str) -> list[Any]:
        """The value of a field and its alternatives: all are right."""
        others = self.fields.get(f"{key}_alt", [])
        return [self.fields.get(key), *(others if isinstance(others, list) else [others])]


@dataclass(frozen=True, slots=True)
class GoldDocument:
    """A document with what a careful reader found in it."""

    doc: str
    text: str
    mentions: tuple[Mention, ...]
    stated: Mapping[str, str] = field(default_factory=dict)  # title, published, region, where the line says so
    in_file: bool = False  # its text is a file of its own, with title and date in it
    types: frozenset[str] | None = None  # the record types that are annotated; None: all
    entities: tuple[Mention, ...] | None = None  # persons, organisations, and places that are no mentions
    entity_kinds: frozenset[str] | None = None  # what was looked for among what is named; None: all


# --- loading ------------------------------------------------------------------------------------------------------


def load_gold(path: Path, texts: Path | None = None) -> list[GoldDocument]:
    """The documents of a gold file; a text that it does not hold is `texts`/<doc>.txt, by default beside it.

    Raises UsageError with all faults at once: a mention that is not in its text, a text that is not there.
    """
    documents: list[GoldDocument] = []
    faults: list[str] = []
    for number, entry in _lines(path):
        where = f"{path}, line {number}"
        try:
            text = _text(entry, texts or path.parent)
            mentions = _mentions(entry["mentions"], text, where, faults)
            entities = _mentions(entry["entities"], text, where, faults) if "entities" in entry else None
            stated = {name: str(entry[name]) for name in ("title", "published", "region") if entry.get(name)}
            in_file = entry.get("text") is None
            types = frozenset(entry["types"]) if "types" in entry else None
            kinds = frozenset(entry["entity_kinds"]) if "entity_kinds" in entry else None
            documents.append(GoldDocument(str(entry["doc"]), text, mentions, stated, in_file, types, entities, kinds))
        except KeyError as key:
            faults.append(f"{where}: has no {key}. A line of gold has doc and mentions.")
        except (OSError, UnicodeDecodeError) as error:
            faults.append(f"{where}: its text cannot be read ({error}). Give its folder with --texts.")
    if faults:
        raise UsageError("\n".join(faults))
    return documents


def read_gold(gold: Sequence[GoldDocument], options: Options | None = None) -> dict[str, list[Json]]:
    """The records that are read from the texts of `gold`, by document.

    A text in the line is read with the title, date and region that the line states, as `extractor run` does. A file is
    read as it stands: its articles keep the title and date that they state themselves, and else take those of the line.
    """
    extractor = Extractor(options or Options())
    return {
        document.doc: [
            record.model_dump(mode="json")
            for article in gold_articles(document)
            for record in extractor.read_article(article).records
        ]
        for document in gold
    }


def gold_articles(document: GoldDocument) -> list[RawArticle]:
    """The articles of a gold document, with what its line states."""
    stated = document.stated
    if not document.in_file:
        return articles(Document(document.doc, document.text, stated=stated))
    region = stated.get("region")
    return [
        replace(
            article,
            title=article.title or stated.get("title", ""),
            published=article.published or read_date(stated.get("published", "")),
            region=cast("Region", region) if region in get_args(Region) else article.region,
        )
        for article in articles(Document(document.doc, document.text))
    ]


def load_output(path: Path) -> dict[str, list[Json]]:
    """The records that a run wrote, by document: a file of JSON Lines, or a folder with `articles-*.jsonl`."""
    files = sorted(path.glob("articles-*.jsonl")) if path.is_dir() else [path]
    if not files:
        raise UsageError(f"{path} holds no articles-*.jsonl. Write some: extractor run ARTICLES -o {path}")
    records: dict[str, list[Json]] = {}
    for file in files:
        for number, article in _lines(file):
            if "doc" not in article or "records" not in article:
                raise UsageError(f"{file}, line {number}: is no article; this reads what `extractor run` writes.")
            records.setdefault(str(article["doc"]), []).extend(article["records"])
    return records


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8-sig") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                entry = json.loads(line)
            except ValueError:
                entry = None
            if not isinstance(entry, dict):
                raise UsageError(f"{path}, line {number}: is no JSON object; this reads JSON Lines, one object a line.")
            yield number, entry


def _text(entry: Json, folder: Path) -> str:
    if entry.get("text") is not None:
        return str(entry["text"])
    return (folder / f"{entry['doc']}.txt").read_bytes().decode("utf-8-sig")  # line ends as they stand


def _mentions(given: Sequence[Json], text: str, where: str, faults: list[str]) -> tuple[Mention, ...]:
    found = []
    for mention in given:
        try:
            found.append(_mention(mention, text))
        except UsageError as fault:
            faults.append(f"{where}: {fault}")
    return tuple(found)


def _mention(given: Json, text: str) -> Mention:
    raw, nth = given["raw"], given.get("nth", 1)
    start = -1
    for _ in range(nth):
        start = text.find(raw, start + 1)
        if start < 0:
            raise UsageError(f"{given['type']} {raw!r} number {nth} is not in the text. Correct its raw or nth.")
    flags = {name: bool(given.get(name)) for name in ("optional", "in_name")}
    return Mention(given["type"], raw, start, start + len(raw), given, **flags)


# --- scoring ------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Counts:
    """The counts of one type, and the rates that follow from them; a rate of nothing is None."""

    gold: int = 0
    given: int = 0
    found: int = 0
    right: int = 0
    items: int = 0
    items_right: int = 0
    modifiers: int = 0
    modifiers_right: int = 0
    kinds: int = 0
    kinds_right: int = 0

    def add(self, other: Counts) -> None:
        """Add all but the kinds, which differ in meaning between types."""
        for name in ("gold", "given", "found", "right", "items", "items_right", "modifiers", "modifiers_right"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    @property
    def false(self) -> int:
        """Records that found nothing."""
        return self.given - self.found

    @property
    def precision(self) -> float:
        return _rate(self.found, self.given) or 0.0

    @property
    def recall(self) -> float:
        return _rate(self.found, self.gold) or 0.0

    @property
    def f(self) -> float:
        return _f(self.precision, self.recall)

    @property
    def value(self) -> float:
        return _rate(self.right, self.found) or 0.0

    @property
    def fact(self) -> float:
        """F of records that are found and right in value."""
        return _f(_rate(self.right, self.given) or 0.0, _rate(self.right, self.gold) or 0.0)

    def row(self) -> dict[str, float | int | None]:
        return {
            "gold": self.gold,
            "false": self.false,
            "P": self.precision,
            "R": self.recall,
            "F": self.f,
            "value": self.value,
            "FACT": self.fact,
            "item": _rate(self.items_right, self.items),
            "modifier": _rate(self.modifiers_right, self.modifiers),
            "kind": _rate(self.kinds_right, self.kinds),
        }


@dataclass(slots=True)
class Linked:
    """How often the found records of a kind say a link that gold states, and say one at all."""

    stated: int = 0
    right: int = 0
    given: int = 0

    def row(self) -> dict[str, float | int | None]:
        return {"gold": self.stated, "given": self.given, "right": _rate(self.right, self.stated)}


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mention that was missed, a record that is false, a found one whose value is wrong, or a silent guess: a wrong code
    that bears no doubt."""

    doc: str
    type: str
    what: Literal["missed", "false", "value", "silent"]
    raw: str
    detail: str

    def __str__(self) -> str:
        return " | ".join((self.doc, self.type, self.what, _visible(self.raw), _visible(self.detail)))


@dataclass(slots=True)
class Scores:
    """How far an output agrees with gold."""

    documents: int = 0
    empty: int = 0  # documents without any mention
    empty_given: int = 0  # those of them that got a record all the same
    by_type: dict[str, Counts] = field(default_factory=lambda: {name: Counts() for name in RECORD_TYPES})
    in_name: Counts = field(default_factory=Counts)
    codes: int = 0  # places that were found and have a code
    silent: int = 0  # those of them whose code is wrong, or left open by gold, without a doubt or candidates
    links: dict[str, Linked] = field(default_factory=lambda: {name: Linked() for name in (*LINKS, *OF_PROGRAMS)})
    mistakes: list[Mistake] = field(default_factory=list)

    @property
    def all(self) -> Counts:
        total = Counts()
        for counts in self.by_type.values():
            total.add(counts)
        return total

    def rows(self) -> dict[str, dict[str, float | int | None]]:
        n = self.in_name
        return {
            **{name: counts.row() for name, counts in self.by_type.items()},
            "ALL": self.all.row() | {"kind": None},
            "place in_name": {"gold": n.gold, "R": _rate(n.found, n.gold), "value": _rate(n.right, n.found)},
        }

    def lines(self, mistakes: int = 0) -> list[str]:
        """The table, and the first `mistakes` mistakes."""
        columns = ("P", "R", "F", "value", "FACT", "item", "modifier", "kind")
        table = [f"{self.documents} document{'' if self.documents == 1 else 's'}"]
        if self.empty:
            table.append(f"{self.empty} of them without any mention; {self.empty_given} of these got a record")
        table.append(f"{'type':14}{'gold':>6}{'false':>7}" + "".join(f"{c:>9}" for c in columns))
        for name, row in self.rows().items():
            rates = (row.get(column) for column in columns)
            numbers = f"{name:14}{row['gold']:>6}{row.get('false', ''):>7}"
            table.append(numbers + "".join(f"{'' if r is None else f'{r:.3f}':>9}" for r in rates))
        for heading, names in (("of figures", LINKS), ("of programs", OF_PROGRAMS)):
            if any(self.links[name].stated for name in names):
                table.append(f"{heading:14}{'gold':>6}{'given':>7}{'right':>9}")
                table += [_linked_line(name, self.links[name]) for name in names]
        if self.codes:
            table.append(f"silent guesses: {self.silent} of {self.codes} codes of places are wrong and bear no doubt")
        return [*table, *map(str, self.mistakes[:mistakes])]

    def to_json(self) -> str:
        documents = {
            "documents": self.documents,
            "documents_without_mention": self.empty,
            "of_them_with_a_record": self.empty_given,
            "silent_guesses": self.silent,
        }
        links = {name: linked.row() for name, linked in self.links.items() if linked.stated}
        return json.dumps({**documents, **self.rows()} | ({"links": links} if links else {}), ensure_ascii=False)


def _linked_line(name: str, linked: Linked) -> str:
    right = f"{linked.right / linked.stated:.3f}" if linked.stated else ""
    return f"{name:14}{linked.stated:>6}{linked.given:>7}{right:>9}"


def score(gold: Sequence[GoldDocument], output: Output) -> Scores:
    """Agreement of `output` with `gold`. Documents are matched by name, else by their last name without .txt."""
    records: dict[str, list[Json]] = {}
    for doc, found in output.items():
        records.setdefault(PurePath(doc).name.removesuffix(".txt"), []).extend(found)
    scores = Scores(documents=len(gold))
    for document in gold:
        given = output[document.doc] if document.doc in output else records.get(document.doc, ())
        by_id = {record["id"]: record for record in given if "id" in record}
        given = [record for record in given if document.types is None or record["type"] in document.types]
        if not document.mentions:
            scores.empty += 1
            scores.empty_given += bool(given)
        for kind, counts in scores.by_type.items():
            _score_type(
                document,
                [mention for mention in document.mentions if mention.type == kind],
                [record for record in given if record["type"] == kind],
                counts,
                scores,
                by_id,
            )
    return scores


def _score_type(
    document: GoldDocument,
    mentions: list[Mention],
    records: list[Json],
    counts: Counts,
    scores: Scores,
    by_id: Mapping[str, Json],
) -> None:
    record_of, beside = _pair(mentions, records)
    for i, mention in enumerate(mentions):
        record = records[record_of[i]] if i in record_of else None
        if record is not None and mention.type == "place" and not mention.optional and record.get("adcode"):
            scores.codes += 1
            if _silent_guess(mention, record):
                scores.silent += 1
                detail = f"gold {_brief(mention.fields)}, given {_brief(record)}"
                scores.mistakes.append(Mistake(document.doc, mention.type, "silent", mention.raw, detail))
        if not mention.soft:
            counts.gold += 1
            if record is None:
                around = document.text[max(0, mention.start - 12) : mention.end + 12]
                scores.mistakes.append(Mistake(document.doc, mention.type, "missed", mention.raw, around))
            else:
                counts.found += 1
                if names := LINKS if mention.type in FIGURES else OF_PROGRAMS if mention.type == "program" else ():
                    _count_links(mention, record, by_id, {name: scores.links[name] for name in names})
                if not _count_found(mention, record, counts):
                    detail = f"gold {_brief(mention.fields)}, given {_brief(record)}"
                    scores.mistakes.append(Mistake(document.doc, mention.type, "value", mention.raw, detail))
        elif not mention.optional:
            scores.in_name.gold += 1
            if record is not None:
                scores.in_name.found += 1
                scores.in_name.right += value_right(mention, record)
    mention_of = {j: mentions[i] for i, j in record_of.items()}
    for j, record in enumerate(records):
        if j in mention_of:
            counts.given += not mention_of[j].soft
        elif j not in beside:
            counts.given += 1
            start, end = record["start"], record["end"]
            around = document.text[max(0, start - 12) : end + 12]
            scores.mistakes.append(Mistake(document.doc, record["type"], "false", document.text[start:end], around))


def _pair(mentions: Sequence[Mention], records: Sequence[Json]) -> tuple[dict[int, int], set[int]]:
    """Which record found which mention, widest overlap first; and the records that overlap a soft mention."""
    overlaps = []
    beside: set[int] = set()
    for i, mention in enumerate(mentions):
        for j, record in enumerate(records):
            shared = min(mention.end, record["end"]) - max(mention.start, record["start"])
            if shared > 0:
                unlike = abs((mention.end - mention.start) - (record["end"] - record["start"]))
                overlaps.append((shared, not mention.soft, -unlike, i, j))
                if mention.soft:
                    beside.add(j)
    record_of: dict[int, int] = {}
    taken: set[int] = set()
    for *_, i, j in sorted(overlaps, reverse=True):
        if i not in record_of and j not in taken:
            record_of[i] = j
            taken.add(j)
    return record_of, beside


def _count_found(mention: Mention, record: Json, counts: Counts) -> bool:
    """Count what a found mention has right; whether its value is."""
    right = value_right(mention, record)
    counts.right += right
    for name in KINDS.get(mention.type, ()):
        if mention.fields.get(name) not in (None, ""):
            counts.kinds += 1
            counts.kinds_right += record.get(name) in mention.answers(name)
    if mention.type == "place":
        counts.kinds += 1
        counts.kinds_right += not record.get("in_name")
    if mention.type in FIGURES:
        counts.modifiers += 1
        counts.modifiers_right += mention.fields.get("modifier", "exact") == record.get("modifier", "exact")
        if mention.fields.get("item"):
            counts.items += 1
            counts.items_right += any(_alike(record.get("item"), answer) for answer in mention.answers("item"))
    return right


def _count_links(mention: Mention, record: Json, by_id: Mapping[str, Json], links: Mapping[str, Linked]) -> None:
    """Count which `links` of a found mention gold states, which the record gives, and which of those it has right.

    `place` and `date` are ids in a record and the words of the text in gold.
    """
    for name, linked in links.items():
        answers = [answer for answer in mention.answers(name) if answer not in (None, "")]
        said = record.get(name)
        if said in by_id:
            said = by_id[str(said)].get("text") or by_id[str(said)].get("raw")
        linked.given += said not in (None, "")
        if answers:
            linked.stated += 1
            linked.right += any(_alike(said, answer) for answer in answers)


# --- what is right ------------------------------------------------------------------------------------------------


def value_right(mention: Mention, record: Json) -> bool:
    """Whether a record says of its mention what gold says, each type by its own measure."""
    match mention.type:
        case "count":
            return _quantity_right(mention, record) and _unit_right(mention, record)
        case "ratio":
            return _quantity_right(mention, record) and record.get("unit") in mention.answers("unit")
        case "money":
            return _quantity_right(mention, record) and record.get("currency") in mention.answers("currency")
        case "date":
            return same_time(record.get("value")) in [same_time(answer) for answer in mention.answers("value")]
        case "place":
            return _place_right(mention, record)
        case "program":
            return any(_alike(record.get("name"), answer) for answer in mention.answers("name"))
        case kind if kind in RECORD_TYPES:
            own = RECORD_TYPES[kind].model_fields.keys() - Record.model_fields.keys()
            stated = [name for name in own if mention.fields.get(name) not in (None, "")]
            return all(any(_near(record.get(name), answer) for answer in mention.answers(name)) for name in stated)
    return False


def _quantity_right(mention: Mention, record: Json) -> bool:
    value, low, high = (_number(mention.fields.get(name)) for name in ("value", "low", "high"))
    if value is not None:
        if _number(record.get("value")) is None and mention.fields.get("modifier") in ("over", "approx"):
            return _near(record.get("low"), value)  # 十几 said as a bound
        return any(_near(record.get("value"), answer) for answer in mention.answers("value"))
    low_right = low is None or _near(record.get("low"), low) or _near(record.get("value"), low)
    return low_right and (high is None or _near(record.get("high"), high))


def _unit_right(mention: Mention, record: Json) -> bool:
    """The unit as written; a noun counted without a classifier may stand as unit or, the unit empty, as item."""
    given, answers = _bare(record.get("unit")), [_bare(answer) for answer in mention.answers("unit")]
    if given in answers:
        return True
    if given:
        return "" in answers and _bare(mention.fields.get("item")).startswith(given)
    return any(answer and _bare(record.get("item")).startswith(answer) for answer in answers)


def _place_right(mention: Mention, record: Json) -> bool:
    if _bare(record.get("name")) not in [_bare(answer) for answer in mention.answers("name")]:
        return False
    answers = [str(answer or "")[:6] for answer in mention.answers("adcode")]
    if not any(answers):
        return not _silent_guess(mention, record)
    return str(record.get("adcode") or "")[:6] in answers


def _silent_guess(mention: Mention, record: Json) -> bool:
    """Whether the record's code is wrong, or that of a division whose code gold leaves open, without a doubt or candidates."""
    code = str(record.get("adcode") or "")[:6]
    if not code or record.get("doubts") or record.get("candidates"):
        return False
    codes = [str(answer)[:6] for answer in mention.answers("adcode") if answer]
    division = mention.fields.get("level") in ("prefecture", "county", "township")
    return code not in codes if codes else division


def same_time(value: object) -> object:
    """A key that is equal for TIMEX3 values that name the same time.

    >>> same_time("2024-H1") == same_time("2024-01/2024-06"), same_time("P1Y6M") == same_time("P18M")
    (True, True)
    """
    written = str(value or "").replace("P1Q", "P3M").strip()
    if months := re.fullmatch(r"P(?:(\d+)Y)?(?:(\d+)M)?", written):
        return "months", 12 * int(months[1] or 0) + int(months[2] or 0)
    spans = [_days(part) for part in written.split("/")]
    if len(spans) <= 2 and spans[0] and spans[-1]:
        return spans[0][0], spans[-1][1]
    return written


def _days(value: str) -> tuple[str, str] | None:
    """First and last day of a calendar TIMEX3 value: 2024-Q1 → 2024-01-01, 2024-03-31."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return value, value
    parts = re.fullmatch(r"(?P<year>\d{4})(?:-(?P<month>\d\d)|-Q(?P<quarter>[1-4])|-H(?P<half>[12]))?", value)
    if not parts:
        return None
    first, last = 1, 12
    if parts["month"]:
        first = last = int(parts["month"])
    elif parts["quarter"]:
        last = 3 * int(parts["quarter"])
        first = last - 2
    elif parts["half"]:
        last = 6 * int(parts["half"])
        first = last - 5
    if not 1 <= last <= 12:
        return None
    return (
        f"{parts['year']}-{first:02}-01",
        f"{parts['year']}-{last:02}-{calendar.monthrange(int(parts['year']), last)[1]}",
    )


def _alike(given: object, answer: object) -> bool:
    """The same but for marks, or one holding the other at no more than three times its length."""
    a, b = _bare(given), _bare(answer)
    if not b:
        return False
    return a == b or (bool(a) and (a in b or b in a) and 3 * min(len(a), len(b)) >= max(len(a), len(b)))


def _bare(text: object) -> str:
    return _MARKS.sub("", str(text or "")).translate(_FULL_WIDTH)


def _number(value: object) -> Decimal | str | None:
    """A finite number, None for an empty field, and anything else as text, which equals only itself."""
    if value is None or value == "":
        return None
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return str(value)
    return number if number.is_finite() else str(value)


def _near(given: object, answer: object) -> bool:
    a, b = _number(given), _number(answer)
    if isinstance(a, Decimal) and isinstance(b, Decimal):
        return abs(a - b) <= abs(b) * _NEAR
    return a == b


def _rate(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _f(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


# --- comparing ----------------------------------------------------------------------------------------------------

_NO_FACTS = {"id", "sentence", "rule", "model", "rivals"}  # fields whose change leaves the record's statement as it was


@dataclass(frozen=True, slots=True)
class Change:
    """A record that one output has and the other has not, or has otherwise."""

    doc: str
    what: Literal["gained", "lost", "changed"]
    record: Json  # as the later output has it; a lost one as the earlier had it
    fields: Mapping[str, tuple[Any, Any]] = field(default_factory=dict)  # what changed, from what to what

    def __str__(self) -> str:
        sign = {"gained": "+", "lost": "-", "changed": "~"}[self.what]
        facts = (
            ", ".join(f"{name} {_shown(old)} → {_shown(new)}" for name, (old, new) in self.fields.items())
            if self.fields
            else _brief(self.record)
        )
        record = self.record
        place = f"{self.doc}:{record['start']}-{record['end']}"
        return f"{sign} {place} {record['type']} {_visible(record['raw'])}  {facts}".rstrip()


@dataclass(frozen=True, slots=True)
class Difference:
    """What a change of the program changed in its output, in the order of the documents."""

    changes: tuple[Change, ...]
    same: int

    def lines(self) -> list[str]:
        """A line for each change, and their number."""
        numbers = {what: sum(change.what == what for change in self.changes) for what in ("gained", "lost", "changed")}
        return [
            *map(str, self.changes),
            ", ".join(f"{number} {what}" for what, number in numbers.items()) + f", {self.same} the same",
        ]

    def to_json(self) -> str:
        changes = [
            {"doc": c.doc, "what": c.what, "record": c.record, "fields": {k: list(v) for k, v in c.fields.items()}}
            for c in self.changes
        ]
        return json.dumps({"changes": changes, "same": self.same}, ensure_ascii=False)


def compare(old: Output, new: Output) -> Difference:
    """The records that `new` gained, lost and changed; a record is the same when document, type and span are."""
    changes: list[Change] = []
    same = 0
    for doc in sorted(old.keys() | new.keys()):
        before, after = _by_span(old.get(doc, ())), _by_span(new.get(doc, ()))
        for key in sorted(before.keys() | after.keys()):
            if key not in before:
                changes.append(Change(doc, "gained", after[key]))
            elif key not in after:
                changes.append(Change(doc, "lost", before[key]))
            elif fields := _changed(before[key], after[key]):
                changes.append(Change(doc, "changed", after[key], fields))
            else:
                same += 1
    return Difference(tuple(changes), same)


def _by_span(records: Sequence[Json]) -> dict[tuple[int, int, str], Json]:
    return {(record["start"], record["end"], record["type"]): record for record in records}


def _changed(old: Json, new: Json) -> dict[str, tuple[Any, Any]]:
    names = [name for name in {**old, **new} if name not in _NO_FACTS]
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def _brief(fields: Json) -> str:
    """The fields that make the value, those that are not empty."""
    names = ("timex", "value", "low", "high", "unit", "currency", "name", "adcode", "category")
    return ", ".join(f"{name} {_shown(fields[name])}" for name in names if fields.get(name) not in (None, ""))


def _shown(value: Any) -> str:
    return value if isinstance(value, str) and value else json.dumps(value, ensure_ascii=False)


def _visible(text: str) -> str:
    """The text on one line."""
    return text.replace("\r", "").replace("\n", "⏎")
