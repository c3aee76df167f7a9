"""JSON Lines: one article a line, by the contract."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.contract import Article


def pieces(article: Article, *, sentences: bool = False) -> Iterator[str]:
    """The article's line with its line end, bit by bit."""
    yield from article.json_pieces(sentences=sentences)
    yield "\n"
