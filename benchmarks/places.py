"""What the list of places costs: time and memory to load it, and the speed of finding and settling places by themselves.

usage: python benchmarks/places.py [PATH …] [--rounds N]      PATH defaults to the articles in corpora/
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

from speed import reading_parser, timed

from extractor.article import Document
from extractor.articles import articles
from extractor.engine import Finder, settle
from extractor.engine.load import rules_folder
from extractor.normalise import normalise
from extractor.pipeline import Extractor, interpret
from extractor.segment import Passage, segment
from extractor.sources import documents

# Run by itself: what another module has loaded would hide its cost.
_LOAD = """
import resource, time, pathlib, sys
import ahocorasick_rs
from extractor.engine.gazetteer import load_gazetteer
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
begun = time.process_time()
listed = load_gazetteer(pathlib.Path(sys.argv[1]))
names = [*listed.names, *listed.township_codes]
read = time.process_time() - begun
automaton = ahocorasick_rs.AhoCorasick(names)
built = time.process_time() - begun
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(f"{len(names):,} names: read in {read * 1e3:.0f} ms, with the automaton {built * 1e3:.0f} ms, {(after - before) / 1024:.0f} MB")
"""


def main() -> None:
    parser = reading_parser(__doc__, rounds=15)
    options = parser.parse_args()

    subprocess.run([sys.executable, "-c", _LOAD, str(rules_folder() / "place")], check=True)
    passages = [_passage(document) for document in documents([str(path) for path in options.paths])]
    flat = [passage for found in passages for passage in found]
    size = sum(len(passage.clean) for passage in flat)
    extractor = Extractor()
    book = extractor.finder.book  # loaded as the product does, with what stays put out of the garbage collector's way
    finder = Finder(book, book.of_type("place"))

    def whole() -> int:
        winners = [(settle(finder.find(passage), book), passage) for passage in flat]
        return sum(len(interpret(found, passage, None)) for found, passage in winners)

    records = whole()
    print(f"{len(flat)} articles, {size:,} characters, {records:,} places")
    show("find", size, options.rounds, lambda: [finder.find(passage) for passage in flat])
    show("find, settle and tie to the list", size, options.rounds, whole)


def _passage(document: object) -> list[Passage]:
    found = []
    for article in articles(document) if isinstance(document, Document) else ():
        clean = normalise(article)
        found.append(segment(article, clean.text, title=clean.title, captions=clean.captions))
    return found


def show(name: str, size: int, rounds: int, work: Callable[[], object]) -> None:
    """The rate of the fastest of `rounds` runs, in processor time."""
    best, _ = timed(rounds, work)
    print(f"  {name:<36}{size / best / 1e6:>8.2f} million characters/s")


if __name__ == "__main__":
    main()
