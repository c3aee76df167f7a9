"""The whole way on one screen: article as read → clean text → sentences and words → matches → winners → records."""

from __future__ import annotations

import datetime as dt
import gc
import hashlib
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Literal

from extractor import __version__
from extractor.article import Document, Origin, RawArticle, Region, Unsure
from extractor.articles import BY_NAME
from extractor.articles.dating import Inferred
from extractor.articles.restored import restored_article, restored_articles
from extractor.contract import Article
from extractor.engine import Explanation, Finder, Rulebook, load_rules, settle
from extractor.engine.match import Match, Rejected
from extractor.facts import READ_WHOLE, AnyRecord, readers
from extractor.facts.about import tell
from extractor.facts.base import complete
from extractor.models import model_finder
from extractor.normalise import Normalised, normalise
from extractor.normalise.script import foreign_language
from extractor.segment import Passage, SegmenterName, segment
from extractor.text import half_pairs

if TYPE_CHECKING:
    from extractor.models.finder import ModelFinder

_LANGUAGES: Final = {"ja": "Japanese", "ko": "Korean"}
_AT_ONCE = 1000  # matches of a type that are read together
_LONGEST = 2_000  # code points of a sentence; what is longer is a list, a table, a line of digits
_COLLECT_AFTER = 100_000  # new objects before the garbage collector looks for cycles


@dataclass(frozen=True)
class Options:
    """How to read: which segmenter and rules, which record types, and what the document itself does not say."""

    segmenter: SegmenterName = "rjieba"
    rules: Path | None = None
    types: frozenset[str] | None = None
    published: dt.date | None = None
    published_from: frozenset[Inferred] = BY_NAME
    sentences: bool = False
    model: str = "fast"
    """What reads beside the rules: none, fast, accurate, or spacy:NAME for a pipeline of spaCy that is installed."""


@dataclass
class Extractor:
    """Reads documents. Loads its rules once; safe to use from one thread."""

    options: Options = field(default_factory=Options)

    @cached_property
    def book(self) -> Rulebook:
        return load_rules(self.options.rules)

    @cached_property
    def finder(self) -> Finder:
        finder = Finder(self.book, self.book.rules)
        gc.collect()
        gc.freeze()  # the rules stay: spare the collector the walk over them at every round
        most, *others = gc.get_threshold()
        if 0 < most < _COLLECT_AFTER:  # matches and records hold no cycles: there is little to collect
            gc.set_threshold(_COLLECT_AFTER, *others)
        return finder

    def read(self, document: Document) -> list[Article]:
        """The articles of a document with their records."""
        # What the user says counts more than a guess by the file.
        inferred = self.options.published_from if self.options.published is None else frozenset[Inferred]()
        return [self.read_article(article, document) for article in restored_articles(document, inferred)]

    def read_article(self, article: RawArticle, document: Document | None = None) -> Article:
        """One article with its records."""
        article = self._anchored(article)
        if (language := foreign_language(article.source, article.letters)) is not None:
            return self._passed_by(article, language)
        passage, clean = self.passage(article)
        matches = self._settled(passage)
        records = interpret(matches, passage, self.options.types)
        if article.unsure:
            records = _doubted(records, article.unsure)
        return self._contract(article, clean, passage, records)

    def _settled(self, passage: Passage) -> Iterator[Match]:
        """What the rules found, settled, with what the model adds. It is asked when the rules are done with a sentence."""
        model, done, waiting = self.model, 0, list[Match]()
        for border, group in self.finder.groups(passage):
            settled = settle(group, self.book)
            if model is None:
                yield from settled
                continue
            ready = _sentences_until(border, passage)
            settled = waiting + settled
            waiting = [match for match in settled if match.end > ready]
            spans = passage.sentences[max(bisect_right(passage.sentence_starts, done) - 1, 0) :]
            spans = [(max(start, done), min(end, ready)) for start, end in spans[: bisect_left(spans, (ready, 0))]]
            spans = [(start, end) for start, end in spans if start < end]
            yield from model.amend([match for match in settled if match.end <= ready], passage, spans)
            done = ready
        yield from waiting

    @cached_property
    def model(self) -> ModelFinder | None:
        """What reads beside the rules; None where nothing does. Raises UsageError where it cannot be had."""
        return model_finder(self.options.model, self.finder)

    def explain(self, text: str, *, region: Region = "CN") -> Explanation:
        """Which rules match `text`, who wins and why."""
        article = self._anchored(RawArticle("text", text, region=region))
        passage, _ = self.passage(article)
        rejected: list[Rejected] = []
        winners = settle(self.finder.find(passage, rejected), self.book, rejected)
        if self.model is not None:
            winners = self.model.amend(winners, passage, passage.sentences)
        records = interpret(winners, passage, None)
        readings = tuple((record, _behind(record, winners, passage)) for record in records)
        return Explanation(passage.clean, readings, tuple(rejected))

    def passage(self, article: RawArticle) -> tuple[Passage, Normalised]:
        """The article cut into sentences and words, with what the cleaning before it has to say."""
        clean = normalise(article)
        return segment(article, clean.text, self.options.segmenter, title=clean.title, captions=clean.captions), clean

    def _anchored(self, article: RawArticle) -> RawArticle:
        article = restored_article(article)
        if article.published is None and self.options.published is not None:
            stated_by: Mapping[str, Origin] = {**article.stated_by, "published": "option"}
            return replace(article, published=self.options.published, stated_by=stated_by)
        return article

    def _contract(
        self, article: RawArticle, clean: Normalised, passage: Passage, records: tuple[AnyRecord, ...]
    ) -> Article:
        spans = None
        if self.options.sentences:
            sources = (passage.text.source_span(start, end) for start, end in passage.sentences)
            spans = tuple((first + article.start, last + article.start) for first, last in sources)
        return self._article(
            article,
            language=clean.language,
            repairs=passage.text.repairs,
            records=records,
            warnings=article.warnings + clean.warnings,
            sentences=spans,
        )

    def _passed_by(self, article: RawArticle, language: Literal["ja", "ko"]) -> Article:
        """An article in another language, unread: without records, and with one warning that says so."""
        return self._article(
            article,
            language=language,
            warnings=(*article.warnings, f"{_LANGUAGES[language]}: passed by, for only Chinese is read"),
            sentences=() if self.options.sentences else None,
        )

    def _article(self, article: RawArticle, **read: Any) -> Article:
        """What the document states of `article`, with what was `read` from it, by the names of the fields."""
        return Article(
            schema=1,
            extractor=__version__,
            rules=self.book.digest,
            model=self.model.tagger.version if self.model else None,
            doc=article.doc,
            article=article.index,
            id=hashlib.blake2b(f"{article.doc}\0{article.index}".encode(), digest_size=8).hexdigest(),
            url=article.url,
            title=article.title,
            byline=article.byline,
            publisher=article.publisher,
            published=article.published.isoformat() if article.published else None,
            region=article.region,
            evidence=dict(article.evidence),
            stated_by=dict(article.stated_by),
            start=article.start,
            end=article.end,
            encoding=article.encoding,
            **read,
        )


def _sentences_until(border: int, passage: Passage) -> int:
    """The begin of the sentence that lies over `border`, for the rules to finish it; `border` itself in what is no sentence."""
    if border >= len(passage.clean) or not passage.sentences:
        return border
    start, end = passage.sentences[passage.sentence_at(border)]
    return start if start < border < end <= start + _LONGEST else border


def _behind(record: AnyRecord, winners: list[Match], passage: Passage) -> tuple[Match, ...]:
    """The matches that a record was made of: one, or the names of a chain of places."""
    own = (match for match in winners if match.type == record.type)
    spans = ((match, passage.text.source_span(match.start, match.end)) for match in own)
    return tuple(match for match, (start, end) in spans if record.start <= start and end <= record.end)


def interpret(matches: Iterable[Match], passage: Passage, types: frozenset[str] | None) -> tuple[AnyRecord, ...]:
    """The records of the matches, in source order; `types` keeps only some."""
    read = readers(passage)
    by_type: dict[str, list[Match]] = defaultdict(list)
    records: list[AnyRecord] = []
    lexicons = None

    def read_some(kind: str, some: list[Match]) -> None:
        passage.locate([(match.start, match.end) for match in some])
        records.extend(read[kind](some))

    for match in matches:
        lexicons = match.rule.book.lexicons
        waiting = by_type[match.type]
        waiting.append(match)
        if len(waiting) == _AT_ONCE and match.type not in READ_WHOLE:  # records take less memory than matches
            read_some(match.type, waiting)
            waiting.clear()
    for kind, rest in by_type.items():
        read_some(kind, rest)
    _mark_nested(records)
    found = sorted(records, key=lambda record: (record.start, -record.end, record.type))
    if lexicons is not None:
        tell(found, passage, lexicons)
    return tuple(found if types is None else (record for record in found if record.type in types))


def _doubted(records: tuple[AnyRecord, ...], unsure: Sequence[Unsure]) -> tuple[AnyRecord, ...]:
    """`records`, those that hold characters which were not read for certain with a doubt that says so."""

    def doubts(record: AnyRecord) -> tuple[str, ...]:
        first = bisect_right(unsure, record.start, key=lambda one: one.end)
        last = bisect_left(unsure, record.end, key=lambda one: one.start)
        return tuple(dict.fromkeys((*record.doubts, *(one.doubt for one in unsure[first:last]))))

    return tuple(
        record.model_copy(update={"doubts": found}) if (found := doubts(record)) != record.doubts else record
        for record in records
    )


def _mark_nested(records: list[AnyRecord]) -> None:
    """Marks the places that stand inside a program's name as such."""
    programs = sorted([(record.start, record.end) for record in records if record.type == "program"])
    if not programs:
        return
    starts = [start for start, _ in programs]
    for record in records:
        if record.type == "place":
            last = bisect_right(starts, record.start) - 1  # programs do not overlap one another
            if last >= 0 and record.end <= programs[last][1]:
                complete(record, {"in_name": True})


def extract(
    text: str,
    *,
    published: dt.date | str | None = None,
    title: str = "",
    region: Region | None = None,
    doc: str = "text",
    options: Options | None = None,
) -> Article:
    """The facts of one article given as a string; offsets are code points of `text`.

    `published` (a date or YYYY-MM-DD) anchors 今年, 昨日 and dates without a year; `region` decides what plain 元 is.
    Raises ValueError when `published` is no date.
    """
    day = dt.date.fromisoformat(published) if isinstance(published, str) and published else published or None
    doc, title = half_pairs(doc)[0], half_pairs(title)[0]
    options = options or Options(sentences=True)
    given = {"published": day, "title": title, "region": region}
    stated: Mapping[str, Origin] = {fact: "option" for fact, value in given.items() if value}
    inferred = frozenset[Inferred]() if day or options.published else options.published_from
    found = restored_articles(Document(doc, text), inferred)
    article = found[0] if len(found) == 1 else RawArticle(doc, text)
    elsewhere = {"published", "region"} & stated.keys()  # the text states another value where its evidence says
    article = replace(
        article,
        published=day or article.published,
        title=title or article.title,
        region=region or article.region,
        evidence={fact: span for fact, span in article.evidence.items() if fact not in elsewhere},
        stated_by={**article.stated_by, **stated},
    )
    return _extractor(options).read_article(article)


_EXTRACTORS: dict[Options, Extractor] = {}


def _extractor(options: Options) -> Extractor:
    if options not in _EXTRACTORS:
        _EXTRACTORS[options] = Extractor(options)
    return _EXTRACTORS[options]
