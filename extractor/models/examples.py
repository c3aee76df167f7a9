"""Text whose named stretches are known: what the tagger is trained on and measured by."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, cast

from extractor.article import RawArticle
from extractor.corpus import GoldDocument, Mention, gold_articles, load_gold
from extractor.errors import UsageError
from extractor.models.cutting import cut
from extractor.models.features import Sentence
from extractor.models.labels import KINDS, Entity, Kind
from extractor.pipeline import Extractor
from extractor.segment import Passage

_OTHER_NAMES: Final[dict[str, Kind]] = {"PER": "person", "LOC": "place", "ORG": "organisation", "PROG": "program"}


class Example(NamedTuple):
    """A sentence cut into words, with the entities in it; `kinds` are those that whoever annotated it looked for."""

    doc: str
    sentence: Sentence
    entities: tuple[Entity, ...]
    kinds: frozenset[Kind] = frozenset(KINDS)

    @property
    def text(self) -> str:
        return "".join(self.sentence.words)


def read_examples(path: Path, extractor: Extractor) -> list[Example]:
    """The examples of a file: gold (`.jsonl`), or words with labels in IOB2 columns (`.iob2`).

    Raises UsageError for another kind of file, or one with faults.
    """
    if path.suffix == ".jsonl":
        return [example for document in load_gold(path) for example in _of_gold(document, extractor)]
    if path.suffix == ".iob2":
        return list(_of_iob2(path, extractor))
    raise UsageError(f"{path} is no training text: give gold (.jsonl) or words with labels (.iob2)")


# --- gold ---------------------------------------------------------------------------------------------------------


def _of_gold(document: GoldDocument, extractor: Extractor) -> Iterator[Example]:
    """The sentences of a document whose entities are annotated, cleaned as the pipeline cleans them."""
    if document.entities is None:
        return
    named = _outermost(_entities(document))
    kinds = frozenset(kind for kind in KINDS if document.entity_kinds is None or kind in document.entity_kinds)
    for article in gold_articles(document):
        passage, _ = extractor.passage(article)
        for example in _sentences(document.doc, passage, named):
            yield example._replace(kinds=kinds)


def _entities(document: GoldDocument) -> Iterator[tuple[int, int, Kind]]:
    mentions: Iterable[Mention] = (
        mention
        for mention in document.mentions
        if mention.type == "program" or (mention.type == "place" and not mention.in_name)
    )
    for mention in (*mentions, *(document.entities or ())):
        yield mention.start, mention.end, cast("Kind", mention.type)


def _outermost(spans: Iterable[tuple[int, int, Kind]]) -> list[tuple[int, int, Kind]]:
    """Those that lie in no longer one, in text order."""
    kept: list[tuple[int, int, Kind]] = []
    for start, end, kind in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end, kind))
        elif end - start > kept[-1][1] - kept[-1][0]:
            kept[-1] = (start, end, kind)
    return kept


def _sentences(doc: str, passage: Passage, named: Sequence[tuple[int, int, Kind]]) -> Iterator[Example]:
    """The sentences of a passage with the entities in them; one that lies over the border of two sentences is left out."""
    sources = passage.text.source_spans([(at, at + 1) for at in range(len(passage.clean))])
    offset = passage.article.start
    firsts = [start + offset for start, _ in sources]
    spans = [
        (bisect_left(firsts, start), bisect_left(firsts, end), kind)
        for start, end, kind in named
        if firsts and firsts[0] <= start <= firsts[-1]
    ]
    for first, last in passage.sentences:
        inside = tuple(
            Entity(start - first, end - first, kind) for start, end, kind in spans if first <= start < end <= last
        )
        yield Example(doc, cut(passage, (first, last)), inside)


# --- IOB2 ---------------------------------------------------------------------------------------------------------


def _of_iob2(path: Path, extractor: Extractor) -> Iterator[Example]:
    """Each sentence of a file of words with labels (number, word, label; a blank line between sentences)."""
    kinds: frozenset[Kind] = frozenset(("place", "person", "organisation"))
    for number, rows in enumerate(_blocks(path)):
        text = ""
        spans: list[tuple[int, int, str]] = []
        for word, label in rows:
            position, _, kind = label.partition("-")
            if position == "I" and spans and spans[-1][1] == len(text) and spans[-1][2] == kind:
                spans[-1] = (spans[-1][0], len(text) + len(word), kind)
            elif position in ("B", "I"):
                spans.append((len(text), len(text) + len(word), kind))
            text += word
        named = [(start, end, _OTHER_NAMES[kind]) for start, end, kind in spans if kind in _OTHER_NAMES]
        passage, _ = extractor.passage(RawArticle(path.name, text))
        entities = tuple(Entity(start, end, kind) for start, end, kind in named)
        if passage.clean == text or len(passage.clean) == len(text):
            yield Example(f"{path.name}:{number}", Sentence(passage.words, passage.tags), entities, kinds)
        else:
            yield from (
                example._replace(kinds=kinds) for example in _sentences(f"{path.name}:{number}", passage, named)
            )


def _blocks(path: Path) -> Iterator[list[tuple[str, str]]]:
    rows: list[tuple[str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.startswith("#"):
            continue
        if not line.strip():
            if rows:
                yield rows
            rows = []
            continue
        columns = line.split("\t")
        if len(columns) < 3:
            raise UsageError(f"{path}, line {number}: wants columns number, word and label with tabs between them")
        rows.append((columns[1], columns[2]))
    if rows:
        yield rows
