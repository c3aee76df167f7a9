"""A document → its articles, looked for in the text as it was meant: escapes and wrong encodings undone first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from extractor.article import Document, RawArticle, Unsure
from extractor.articles import BY_NAME, articles
from extractor.articles.dating import Inferred
from extractor.letters import letters
from extractor.restore import Restored, restore
from extractor.text import Text, half_pairs

_HOW: Final = {
    "inferred_character": "lost bytes, to be inferred from the text around",
    "guessed_character": "lost bytes, to be guessed, so compare with the original",
}


def restored_articles(
    document: Document, inferred: frozenset[Inferred] = BY_NAME, *, history: bool = False
) -> list[RawArticle]:
    """The articles of `document` in order; `source` is exactly `document.text[start:end]` for each, `text` what it means.

    Offsets of evidence count in the document as decoded. A lone half of a surrogate pair stands as U+FFFD. `inferred` says what may
    date an article that states no date. With `history`, the texts remember their repairs one by one.

    >>> wrong = "渠修好了。".encode().decode("latin-1")
    >>> [article] = restored_articles(Document("a.txt", wrong))
    >>> article.source == wrong, article.text.clean
    (True, '渠修好了。')
    """
    source, lost = half_pairs(document.text)
    if lost:
        document = replace(document, text=source, warnings=(*document.warnings, *lost))
    present = letters(source)
    found = restore(source, present, history=history)
    if found.text.steps:
        clean = articles(replace(document, text=found.text.clean), inferred)
        result = [_placed(article, found.text, source) for article in clean]
    else:
        found_here = articles(document, inferred, present)
        result = [replace(article, text=Text.of(article.source, history=history)) for article in found_here]
    if document.pages or found.unsure:
        result = [_with_doubts(replace(article, pages=document.pages), found) for article in result]
    return result


def restored_article(article: RawArticle) -> RawArticle:
    """`article`, which was not looked for in a document, with its text as it was meant; as it is where that is known."""
    if article.text is not None:
        return article
    source, lost = half_pairs(article.source)
    found = restore(source)
    warnings = (*article.warnings, *lost, *_notes(found.unsure, source))
    unsure = tuple(one._replace(start=one.start + article.start, end=one.end + article.start) for one in found.unsure)
    present = None if lost or found.text.steps else article.letters
    return replace(article, source=source, text=found.text, warnings=warnings, unsure=unsure, letters=present)


def _placed(article: RawArticle, text: Text, source: str) -> RawArticle:
    """`article`, found in the restored `text`, with the offsets of the document as decoded."""
    start, end = text.source_span(article.start, article.end)
    part = text.part(article.start, article.end)
    evidence = {name: text.source_span(*span) for name, span in article.evidence.items()}
    return replace(article, source=source[start:end], start=start, text=part, evidence=evidence)


def _with_doubts(article: RawArticle, found: Restored) -> RawArticle:
    first = bisect_right(found.unsure, article.start, key=lambda one: one.end)
    last = bisect_left(found.unsure, article.end, key=lambda one: one.start)
    unsure = found.unsure[first:last]
    return replace(article, unsure=unsure, warnings=(*article.warnings, *_notes(unsure, found.text.source)))


def _notes(unsure: Sequence[Unsure], source: str) -> Iterator[str]:
    """A warning for each way in which characters were not certain: how many, and where the first stands."""
    for doubt, how in _HOW.items():
        places = [one.start for one in unsure if one.doubt == doubt]
        if places:
            number = f"{len(places)} character{'s' if len(places) > 1 else ''}"
            yield f"{number} read in a wrong encoding had {how}; the first stands at {places[0]}"
    gone = [one.start for one in unsure if one.doubt == "lost_character" and source[one.start] != "\ufffd"]
    if gone:
        many = f"{len(gone)} stretches of text are" if len(gone) > 1 else "a stretch of text is"
        yield f"{many} gone, with 锟斤拷 or the like in its place; the first stands at {gone[0]}"
