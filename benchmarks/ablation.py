"""What rules and tagger find alone and together, on texts that neither has seen: FACT of each type, and characters a second.

    python benchmarks/ablation.py                    the held-out sets of corpora/
    python benchmarks/ablation.py --markdown         the table as it stands in the model card's page

Rules alone: `--model none`. Tagger alone: no rules for programs and places, so that only what it names is read (the codes of
places come from the list). Gated: the tagger reads the sentences that the rules leave open, as by default.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.corpus import Counts, gold_articles, load_gold, score
from extractor.engine import Finder
from extractor.pipeline import Extractor, Options

CORPORA = Path(__file__).parent.parent / "corpora"
SETS = ("held-out/gold.jsonl", "unseen-places/gold.jsonl", "unseen-programs/gold.jsonl", "unseen-programs/quotes.jsonl")
LEARNED = ("program", "place")


@dataclass(frozen=True)
class Variant:
    """A way to read: with which tagger, gated or not, with or without the rules for what it names."""

    name: str
    model: str
    gated: bool = True
    rules: bool = True


VARIANTS = (
    Variant("rules", "none"),
    Variant("tagger, fast", "fast", gated=False, rules=False),
    Variant("tagger, accurate", "accurate", gated=False, rules=False),
    Variant("rules and tagger, fast, gated", "fast"),
    Variant("rules and tagger, fast, everywhere", "fast", gated=False),
    Variant("rules and tagger, accurate, gated", "accurate"),
    Variant("rules and tagger, accurate, everywhere", "accurate", gated=False),
)


def reader(variant: Variant) -> Extractor:
    extractor = Extractor(Options(model=variant.model))
    if not variant.rules:
        book = extractor.book
        extractor.finder = Finder(book, [rule for rule in book.rules if rule.type not in LEARNED])
    if extractor.model is not None:
        extractor.model.gated = variant.gated
    return extractor


def measured(variant: Variant) -> tuple[dict[str, Counts], int, float]:
    """Counts by type over all sets, false programs among quotation marks, and characters a second."""
    extractor = reader(variant)
    for name in SETS:  # patterns are compiled when they are first met: before the clock runs
        for document in load_gold(CORPORA / name)[::4]:
            for article in gold_articles(document):
                extractor.read_article(article)
    totals: dict[str, Counts] = {}
    false = size = 0
    seconds = 0.0
    for name in SETS:
        gold = load_gold(CORPORA / name)
        given = {}
        for document in gold:
            articles = gold_articles(document)
            began = time.process_time()
            records = [record for article in articles for record in extractor.read_article(article).records]
            seconds += time.process_time() - began
            size += len(document.text)
            given[document.doc] = [record.model_dump(mode="json") for record in records]
        for kind, counts in score(gold, given).by_type.items():
            if name.endswith("quotes.jsonl"):
                false += counts.false if kind == "program" else 0
            else:
                totals.setdefault(kind, Counts()).add(counts)
    return totals, false, size / seconds


def rows() -> Iterator[list[str]]:
    for variant in VARIANTS:
        totals, false, speed = measured(variant)
        program = totals["program"]
        learned = [f"{program.precision:.3f}", f"{program.recall:.3f}", f"{program.fact:.3f}", str(false)]
        others = [f"{totals[kind].fact:.3f}" if variant.rules or kind == "place" else "" for kind in KINDS]
        yield [variant.name, *learned, *others, f"{speed:,.0f}"]


KINDS = ("place", "count", "ratio", "money", "date")
COLUMNS = ("", "program P", "R", "FACT", "false in quotes", *KINDS, "characters a second")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--markdown", action="store_true", help="print a table in Markdown")
    arguments = parser.parse_args()
    if arguments.markdown:
        print("| " + " | ".join(COLUMNS) + " |\n|" + " --- |" + " ---: |" * (len(COLUMNS) - 1))
    else:
        print(f"{COLUMNS[0]:40}" + "".join(f"{column:>16}" for column in COLUMNS[1:]))
    for name, *numbers in rows():
        if arguments.markdown:
            print("| " + " | ".join((name, *numbers)) + " |", flush=True)
        else:
            print(f"{name:40}" + "".join(f"{number:>16}" for number in numbers), flush=True)


if __name__ == "__main__":
    main()
