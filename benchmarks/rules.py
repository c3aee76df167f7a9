"""What each rule costs of the whole pipeline: tries at its anchors, hits of its pattern, hits kept, milliseconds, share.

The scans that all rules share, for numerals and for anchor words, are told by themselves. `ms` and `share` are as
watched, the watching included; `net ms` is without it, by what watching takes on a rule that does nothing.

usage: python benchmarks/rules.py [PATH …] [--rounds N] [--most PERCENT]      PATH defaults to the articles in corpora/

With --most the command fails where a rule takes a larger share of the whole as watched.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from speed import timed

from extractor.article import Document
from extractor.articles.restored import restored_articles
from extractor.engine import Finder, Rule, find
from extractor.engine.match import Match, Rejected
from extractor.pipeline import Extractor
from extractor.segment import Passage
from extractor.sources import documents


class Ledger:
    """Watches a finder: what each rule does and how long it takes, by the rule's id."""

    def __init__(self) -> None:
        self.calls: Counter[str] = Counter()
        self.tries: Counter[str] = Counter()
        self.hits: Counter[str] = Counter()
        self.kept: Counter[str] = Counter()
        self.seconds: Counter[str] = Counter()

    def watch(self, passages: Sequence[Passage], finder: Finder) -> None:
        """Searches the passages once and takes note."""
        tried, alone, accepted = find._at_anchor, find._anchor_alone, Finder._accepted

        def accept(own: Finder, match: Match, passage: Passage, rejected: list[Rejected] | None) -> Match | None:
            fitted = timed_accept(match.rule, own, match, passage, rejected)
            self.kept[match.rule.id] += fitted is not None
            return fitted

        timed_accept = self.noted(lambda _, *rest: accepted(*rest))
        find._at_anchor, find._anchor_alone = self.anchored(tried), self.anchored(alone)
        Finder._accepted = accept  # type: ignore[method-assign]
        try:
            for passage in passages:
                finder.find(passage)
        finally:
            find._at_anchor, find._anchor_alone = tried, alone
            Finder._accepted = accepted  # type: ignore[method-assign]

    def noted(self, work: Callable[..., Any]) -> Callable[..., Any]:
        """`work` on a rule, its time noted."""

        def run(rule: Rule, *rest: Any) -> Any:
            begun = time.perf_counter()
            value = work(rule, *rest)
            self.seconds[rule.id] += time.perf_counter() - begun
            self.calls[rule.id] += 1
            return value

        return run

    def anchored(self, at: Callable[..., None]) -> Callable[..., None]:
        """The same for a try at an anchor, with the hits that it adds to the list in its last argument."""
        timed_at = self.noted(at)

        def run(rule: Rule, *rest: Any) -> None:
            before = len(rest[-1])
            timed_at(rule, *rest)
            self.tries[rule.id] += 1
            self.hits[rule.id] += len(rest[-1]) - before

        return run


_IDLE = 10_000  # times that nothing is watched


def idle(rule: Rule) -> float:
    """The seconds that watching adds to a call."""
    ledger = Ledger()
    nothing = ledger.noted(lambda _, *rest: None)
    for _ in range(_IDLE):
        nothing(rule, None, None, None, None)
    return ledger.seconds[rule.id] / _IDLE


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "paths",
        nargs="*",
        default=[path for path in sorted(Path("corpora").glob("*/*.txt")) if (path.parent / "gold.jsonl").exists()],
        metavar="PATH",
    )
    parser.add_argument("--rounds", type=int, default=7)
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
    watching = min(idle(finder.rules[0]) for _ in range(options.rounds))
    print(
        f"whole pipeline {whole * 1e3:.1f} ms; shared scans {scans * 1e3:.1f} ms, {scans / whole:.1%}; "
        f"watching {watching * 1e6:.2f} µs a call\n"
    )
    print(f"{'rule':<28}{'tries':>8}{'hits':>8}{'kept':>8}{'ms':>9}{'share':>8}{'net ms':>9}{'share':>8}")
    first = ledgers[0]
    seconds = {id_: min(ledger.seconds[id_] for ledger in ledgers) for id_ in first.seconds}
    for id_ in sorted(seconds, key=lambda id_: -seconds[id_]):
        net = seconds[id_] - first.calls[id_] * watching  # each the least of all rounds: noise must not be taken off
        print(
            f"{id_:<28}{first.tries[id_]:>8}{first.hits[id_]:>8}{first.kept[id_]:>8}"
            f"{seconds[id_] * 1e3:>9.2f}{seconds[id_] / whole:>8.1%}{net * 1e3:>9.2f}{net / whole:>8.1%}"
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
