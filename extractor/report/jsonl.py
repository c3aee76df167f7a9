"""JSON Lines: one article a line, by the contract."""

from __future__ import annotations

from extractor.contract import Article


def render(article: Article, *, sentences: bool = False) -> str:
    """The article's line with its line end."""
    return article.to_json(sentences=sentences) + "\n"
