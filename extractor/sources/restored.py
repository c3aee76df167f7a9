"""A document → its articles, looked for in the text as it was meant: escapes and wrong encodings undone first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import replace

from extractor.article import Document, RawArticle, Unsure
from extractor.restore import Restored, restore
from extractor.sources.articles import articles
from extractor.sources.decode import half_pairs
from extractor.text import Text


def restored_articles(document: Document, *, history: bool = False) -> list[RawArticle]:
    """The articles of `document` in order; `source` is exactly `document.text[start:end]` for each, `text` what it means.

    Offsets of evidence count in the document as decoded. A lone half of a surrogate pair stands as U+FFFD. With
    `history`, the texts remember their repairs one by one.

    >>> wrong = "渠修好了。".encode().decode("latin-1")
    >>> [article] = restored_articles(Document("a.txt", wrong))
    >>> article.source == wrong, article.text.clean
    (True, '渠修好了。')
    """
    source, lost = half_pairs(document.text)
    if lost:
        document = replace(document, text=source, warnings=(*document.warnings, *lost))
    found = restore(source, history=history)
    document = replace(document, warnings=(*document.warnings, *found.warnings))
    if found.text.steps:
        clean = articles(replace(document, text=found.text.clean))
        result = [_placed(article, found.text, source) for article in clean]
    else:
        found_here = articles(document)
        result = [replace(article, text=Text.of(article.source, history=history)) for article in found_here]
    if document.pages or found.unsure:
        result = [replace(article, pages=document.pages, unsure=_within(article, found)) for article in result]
    return result


def restored_article(article: RawArticle) -> RawArticle:
    """`article`, which was not looked for in a document, with its text as it was meant; as it is where that is known."""
    if article.text is not None:
        return article
    source, lost = half_pairs(article.source)
    found = restore(source)
    warnings = (*article.warnings, *lost, *found.warnings)
    unsure = tuple(one._replace(start=one.start + article.start, end=one.end + article.start) for one in found.unsure)
    letters = None if lost or found.text.steps else article.letters
    return replace(article, source=source, text=found.text, warnings=warnings, unsure=unsure, letters=letters)


def _placed(article: RawArticle, text: Text, source: str) -> RawArticle:
    """`article`, found in the restored `text`, with the offsets of the document as decoded."""
    start, end = text.source_span(article.start, article.end)
    part = text.part(article.start, article.end)
    evidence = {name: text.source_span(*span) for name, span in article.evidence.items()}
    return replace(article, source=source[start:end], start=start, text=part, evidence=evidence)


def _within(article: RawArticle, found: Restored) -> tuple[Unsure, ...]:
    first = bisect_right(found.unsure, article.start, key=lambda one: one.end)
    last = bisect_left(found.unsure, article.end, key=lambda one: one.start)
    return found.unsure[first:last]
