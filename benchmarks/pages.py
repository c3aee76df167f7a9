"""What readers of web pages keep of the articles and leave of what surrounds them, on the pages in tests/pages_html.

Each library gives the text of a page, and its metadata where it reads any; the articles are then told from the text as they
are in the pipeline. So all are compared by what reaches the rules. Libraries that are not installed are passed over.

usage: python benchmarks/html.py [--pages FOLDER] [--rounds N] [--show NAME]
install: pip install trafilatura justext resiliparse
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from extractor.article import Document, RawArticle, UnreadableDocument
from extractor.articles import articles
from extractor.articles.dates import source_line
from extractor.normalise import shapes
from extractor.normalise.width import fold
from extractor.sources import html, html_blocks

Reader = Callable[[bytes], tuple[str, Mapping[str, str]]]
FACTS = ("title", "published", "publisher", "byline")


def ours(data: bytes) -> tuple[str, Mapping[str, str]]:
    read = html.document(data, "page")
    return ("", {}) if isinstance(read, UnreadableDocument) else (read.text, read.stated)


def all_lines(data: bytes) -> tuple[str, Mapping[str, str]]:
    """Every visible line of the page: what the line rules make of a page without any structure."""
    found = html_blocks.parse(html._text(data).text)
    return "\n".join(line.text for line in found.lines), {}


def trafilatura(recall: bool, titled: bool) -> Reader:
    import trafilatura as library

    def read(data: bytes) -> tuple[str, Mapping[str, str]]:
        known = library.bare_extraction(data, favor_recall=recall, include_comments=False, with_metadata=True)
        if known is None:
            return "", {}
        found = known.as_dict()
        names = {"title": "title", "published": "date", "publisher": "sitename", "byline": "author", "url": "url"}
        stated = {name: found[theirs] for name, theirs in names.items() if found.get(theirs)}
        if titled:
            return found.get("text") or "", stated
        stated.pop("title", None)
        return f"{found.get('title') or ''}\n{found.get('text') or ''}", stated

    return read


def justext(data: bytes) -> tuple[str, Mapping[str, str]]:
    import justext as library

    found = library.justext(
        html._text(data).text, frozenset(), stopwords_low=0, stopwords_high=0, length_low=20, length_high=60
    )
    return "\n".join(one.text for one in found if not one.is_boilerplate), {}


def resiliparse(main: bool) -> Reader:
    from resiliparse.extract.html2text import extract_plain_text

    def read(data: bytes) -> tuple[str, Mapping[str, str]]:
        found = extract_plain_text(html._text(data).text, main_content=main, alt_texts=False, comments=False)
        return "\n".join(line.lstrip("•") for line in found.splitlines()), {}

    return read


def readers() -> dict[str, Reader]:
    known: dict[str, Reader] = {"extractor": ours, "lines, no structure": all_lines}
    installed = {name for name in ("trafilatura", "justext", "resiliparse") if importlib.util.find_spec(name)}
    if "trafilatura" in installed:
        known["trafilatura"] = trafilatura(False, True)
        known["trafilatura recall"] = trafilatura(True, True)
        known["trafilatura, title in text"] = trafilatura(False, False)
    if "justext" in installed:
        known["jusText 0/0 20/60"] = justext
    if "resiliparse" in installed:
        known["resiliparse main"] = resiliparse(True)
        known["resiliparse all"] = resiliparse(False)
    return known


def key(text: str) -> str:
    return "".join(text.split())


def compare(name: str, wanted: list[dict[str, Any]], found: list[RawArticle], show: bool) -> dict[str, list[int]]:
    """For each measure: how many of how many. `left` counts lines that no article of the page has."""
    text = key("\n".join(one.source for one in found))
    result: dict[str, list[int]] = {}

    def count(measure: str, right: bool, note: str = "") -> None:
        have = result.setdefault(measure, [0, 0])
        have[0] += right
        have[1] += 1
        if show and not right:
            print(f"    {name}: {measure}: {note}")

    allowed = set()
    for one in wanted:
        for kind, line in one["lines"]:
            rows = line.split("\n")
            good = (
                all(row in "\n".join(own.source for own in found) for row in rows) if kind == "t" else key(line) in text
            )
            count({"p": "paragraphs", "h": "subheadings", "c": "captions", "t": "tables"}[kind], good, line)
            allowed |= {key(row) for row in rows}
        allowed |= {key(one["title"]), key(one.get("subtitle", ""))}
    count("articles", len(found) == len(wanted), str([one.title for one in found]))
    for own, one in zip(found, wanted, strict=False):
        stated = {
            "title": own.title, "published": str(own.published or ""), "publisher": own.publisher, "byline": "、".join(own.byline)
        }  # fmt: skip
        for fact in FACTS:
            count(fact, key(stated[fact]) == key(one[fact]), f"{stated[fact]!r}, not {one[fact]!r}")
    left = 0
    for own in found:
        for line in own.source.splitlines():
            # The source and the names between title and body are the article's own.
            folded = fold(line.strip().replace("\u3000", " "))
            if (
                not any(key(line) in good for good in allowed)
                and source_line(folded) is None
                and not shapes.byline(folded)
            ):
                left += 1
                if show:
                    print(f"    {name}: left: {line[:60]}")
    result["left"] = [left, 0]
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pages", type=Path, default=Path("tests/pages_html"), metavar="FOLDER")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--show", help="name each miss of this reader", metavar="NAME")
    options = parser.parse_args()
    expected = json.loads((options.pages / "expected.json").read_text(encoding="utf-8"))
    measures = ("paragraphs", "subheadings", "captions", "tables", "articles", *FACTS)
    print(
        f"{len(expected)} pages\n" + f"{'':<28}" + "".join(f"{name:>12}" for name in (*measures, "left", "ms a page"))
    )
    for reader, read in readers().items():
        total: dict[str, list[int]] = {}
        spent = 0.0
        for name, wanted in expected.items():
            data = (options.pages / f"{name}.html").read_bytes()
            best = float("inf")
            for _ in range(options.rounds):
                begun = time.process_time()
                text, stated = read(data)
                best = min(best, time.process_time() - begun)
            spent += best
            found = articles(Document(name, text, stated=dict(stated), stated_by="metadata", extracted=True))
            for measure, (right, of) in compare(name, wanted, found, reader == options.show).items():
                have = total.setdefault(measure, [0, 0])
                have[0] += right
                have[1] += of
        cells = [f"{total.get(name, [0, 0])[0]}/{total.get(name, [0, 0])[1]}" for name in measures]
        cells += [str(total["left"][0]), f"{1000 * spent / len(expected):.1f}"]
        print(f"{reader:<28}" + "".join(f"{cell:>12}" for cell in cells))


if __name__ == "__main__":
    main()
