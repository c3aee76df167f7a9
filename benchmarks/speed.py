"""Characters per second of the whole pipeline and of each stage, on one core, against the floor.

The floor is what no reader of Chinese news can do without: decoding, conversion to simplified characters, words and tags.
The ratio to the floor compares machines; the characters per second do not.

usage: python benchmarks/speed.py [PATH …] [--rounds N]      PATH defaults to the articles in corpora/
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from extractor.article import Document, RawArticle
from extractor.articles import articles
from extractor.engine import settle
from extractor.engine.match import Match
from extractor.normalise import Normalised, normalise
from extractor.pipeline import Extractor, interpret
from extractor.segment import Passage, segment, segmenter
from extractor.sources import documents
from extractor.sources.decode import decode

Value = TypeVar("Value")


def timed(rounds: int, work: Callable[[], Value]) -> tuple[float, Value]:
    """The shortest processor time of `rounds` runs, in seconds, and what the work returned."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.process_time()
        value = work()
        best = min(best, time.process_time() - begun)
    return best, value


def reading_parser(about: str, *, rounds: int) -> argparse.ArgumentParser:
    """The options of a script that reads files: `paths`, the articles in corpora/ where none are named, and `rounds`."""
    parser = argparse.ArgumentParser(description=about.splitlines()[0])
    parser.add_argument(
        "paths",
        nargs="*",
        default=[path for path in sorted(Path("corpora").glob("*/*.txt")) if (path.parent / "gold.jsonl").exists()],
        metavar="PATH",
    )
    parser.add_argument("--rounds", type=int, default=rounds)
    return parser


def main() -> None:
    parser = reading_parser(__doc__, rounds=7)
    options = parser.parse_args()

    read = [document for document in documents([str(path) for path in options.paths]) if isinstance(document, Document)]
    raw = [document.text.encode() for document in read]
    size = sum(len(document.text) for document in read)
    extractor = Extractor()
    for document in read:  # load rules, compile patterns
        extractor.read(document)

    def whole() -> int:
        found = [article for document in read for article in extractor.read(document)]
        return sum(len(article.to_json()) > 0 and len(article.records) for article in found)

    def floor() -> None:
        from opencc import OpenCC

        converter = OpenCC("tw2s")
        tag = segmenter().tag
        for data in raw:
            tag(converter.convert(data.decode()))

    seconds, records = timed(options.rounds, whole)
    lowest, _ = timed(options.rounds, floor)
    print(
        f"{len(read)} documents, {size:,} characters, {records:,} records: one in {size // max(records, 1)} characters\n"
    )
    show("floor (decode, tw2s, tag)", size, lowest, lowest)
    show("whole pipeline, JSON included", size, seconds, lowest)
    print()
    for name, spent in stages(read, raw, extractor, options.rounds):
        show(f"  {name}", size, spent, lowest)


def stages(
    read: Sequence[Document], raw: Sequence[bytes], extractor: Extractor, rounds: int
) -> list[tuple[str, float]]:
    """The processor time of each stage on all documents, in seconds."""
    book, finder = extractor.book, extractor.finder
    spent: list[tuple[str, float]] = []

    def stage(name: str, work: Callable[[], Value]) -> Value:
        seconds, value = timed(rounds, work)
        spent.append((name, seconds))
        return value

    stage("decode", lambda: [decode(data) for data in raw])
    found: list[RawArticle] = stage(
        "articles", lambda: [article for document in read for article in articles(document)]
    )
    clean: list[Normalised] = stage("normalise", lambda: [normalise(article) for article in found])
    passages: list[Passage] = stage(
        "segment",
        lambda: [segment(a, c.text, title=c.title, captions=c.captions) for a, c in zip(found, clean, strict=True)],
    )
    matches: list[list[Match]] = stage("find", lambda: [finder.find(passage) for passage in passages])
    winners = stage("settle", lambda: [settle(list(match), book) for match in matches])
    stage("interpret", lambda: [interpret(w, p, None) for w, p in zip(winners, passages, strict=True)])
    results = [extractor.read_article(article) for article in found]
    stage("write JSON", lambda: [article.to_json() for article in results])
    return spent


def show(name: str, size: int, seconds: float, floor: float) -> None:
    rate = size / seconds / 1e6
    print(f"{name:<34}{rate:>9.3f} million characters/s {seconds / floor:>8.1f} × floor")


if __name__ == "__main__":
    main()
