"""What each rule costs of the whole pipeline: tries at its anchors, hits of its pattern, hits kept, milliseconds, share.

The scans that all rules share, for numerals and for anchor words, are told by themselves. A rule is timed once an article,
so that the watching itself counts for little.

usage: python benchmarks/rules.py [PATH …] [--rounds N] [--most PERCENT]      PATH defaults to the articles in corpora/

With --most the command fails where a rule takes a larger share of the whole as watched.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from speed import reading_parser, timed

from extractor.article import Document
from extractor.articles.restored import restored_articles
from extractor.engine import Finder, Rule, find
from extractor.engine.match import Match
from extractor.pipeline import Extractor
from extractor.segment import Passage
from extractor.sources import documents


class Ledger:
    """Watches a finder: what each rule does and how long it takes, by the rule's id."""

    def __init__(self) -> None:
        self.tries: Counter[str] = Counter()
        self.hits: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()

    def watch(self, passages: Sequence[Passage], finder: Finder) -> None:
        """Searches the passages once and takes note."""
        at_anchors, anywhere, accepted = find._at_anchors, find._anywhere, Finder._accepted

        def accept(own: Finder, rule: Rule, *rest: Any) -> list[Match]:
            begun = time.perf_counter()
            kept = accepted(own, rule, *rest)
            self.seconds[rule.id] += time.perf_counter() - begun
            self.kept[rule.id] += len(kept)
            return kept

        def at(rule: Rule, clean: str, anchors: Sequence[find.Anchor]) -> Iterator[Match]:
            self.tries[rule.id] += len(anchors)
            return self.counted(rule, at_anchors(rule, clean, anchors))

        def free(rule: Rule, *rest: Any) -> Iterator[Match]:
            return self.counted(rule, anywhere(rule, *rest))

        find._at_anchors, find._anywhere = at, free
        Finder._accepted = accept  # type: ignore
        try:
            for passage in passages:
                finder.find(passage)
        finally:
            find._at_anchors, find._anywhere = at_anchors, anywhere
            Finder._accepted = accepted  # type: ignore[method-assign]

    def counted(self, rule: Rule, matches: Iterable[Match]) -> Iterator[Match]:
        """`matches`, counted as they are asked for."""
        for match in matches:
            self.hits[rule.id] += 1
            yield match


def main() -> None:
    parser = reading_parser(__doc__, rounds=7)
    parser.add_argument("--most", type=float, metavar="PERCENT")
    options = parser.parse_args()

    read = [document for document in documents([str(path) for path in options.paths]) if isinstance(document, Document)]
    extractor = Extractor()
    for document in read:  # load rules, compile patterns
        extractor.read(document)
    whole, _ = timed(options.rounds, lambda: [a.to_json() for document in read for a in extractor.read(document)])
    passages = [extractor.passage(article)[0] for document in read for article in restored_articles(document)]
    finder = extractor.finder
    scans, _ = timed(options.rounds, lambda: [scan(finder, passage.clean) for passage in passages])
    ledgers = [Ledger() for _ in range(options.rounds)]
    for ledger in ledgers:
        ledger.watch(passages, finder)
    print(f"whole pipeline {whole * 1e3:.1f} ms; shared scans {scans * 1e3:.1f} ms, {scans / whole:.1%}\n")
    print(f"{'rule':<28}{'tries':>8}{'hits':>8}{'kept':>8}{'ms':>9}{'share':>8}")
    first = ledgers[0]
    seconds = {id_: min(ledger.seconds[id_] for ledger in ledgers) for id_ in first.seconds}
    for id_ in sorted(seconds, key=lambda id_: -seconds[id_]):
        print(
            f"{id_:<28}{first.tries[id_]:>8}{first.hits[id_]:>8}{first.kept[id_]:>8}"
            f"{seconds[id_] * 1e3:>9.2f}{seconds[id_] / whole:>8.1%}"
        )
    over = [id_ for id_ in seconds if options.most is not None and seconds[id_] > whole * options.most / 100]
    if over:
        raise SystemExit(f"above {options.most:g} % of the whole: {', '.join(over)}")


def scan(finder: Finder, clean: str) -> None:
    """The two searches that all rules share."""
    for _ in finder.numerals(clean):
        pass
    if finder._words:
        finder._words[0].find_matches_as_indexes(clean, overlapping=True)


if __name__ == "__main__":
    main()
