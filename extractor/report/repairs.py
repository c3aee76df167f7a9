"""What the repairs of an article did, edit by edit, for people and programs; and the proof that this is all they did."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Final, NamedTuple

from extractor.article import Document, RawArticle, UnreadableDocument
from extractor.articles.restored import restored_articles
from extractor.normalise import normalise
from extractor.sources.names import printable
from extractor.text import Text


def steps(text: Text) -> list[dict[str, Any]]:
    """The repairs of `text`, kept with its history, as JSON has them: `{"repair": name, "edits": [[start, end, new], …]}`.

    The offsets of each repair count in the text that the one before it left, those of the first in the source.
    """
    return [
        {"repair": changes[0].name, "edits": [[*change.edit[:3]] for change in changes]}
        for changes in text.changes()
        if changes
    ]


def replay(source: str, told: list[dict[str, Any]]) -> str:
    """`source` after the repairs that `steps` gave: the clean text, if they tell everything.

    >>> replay("青石鎮(zhèn)", [{"repair": "gloss", "edits": [[3, 9, ""]]}, {"repair": "script", "edits": [[2, 3, "镇"]]}])
    '青石镇'
    """
    for step in told:
        pieces: list[str] = []
        done = 0
        for start, end, new in step["edits"]:
            pieces += (source[done:start], new)
            done = end
        source = "".join((*pieces, source[done:]))
    return source


def lines(text: Text, offset: int = 0) -> Iterator[str]:
    """One line for each edit: where it stands in the document, which repair made it, and before → after in its context.

    `offset` is where the article begins in its document.

    >>> from extractor.text import Edit
    >>> [line] = lines(Text.of("青石鎮(zhèn)消防站", history=True).edit("gloss", [Edit(3, 9, "")]))
    >>> line.split()
    ['3:9', 'gloss', '青石鎮⟦(zhèn)', '→', '⟧消防站']
    """
    source = text.source
    for change in chain.from_iterable(text.changes()):
        where = f"{change.start + offset}:{change.end + offset}"
        left = _seen(source[max(0, change.start - _AROUND) : change.start], whole=True)
        right = _seen(source[change.end : change.end + _AROUND], whole=True)
        yield f"{where}\t{change.name}\t{left}⟦{_seen(change.before)} → {_seen(change.edit.new)}⟧{right}"


_AROUND: Final = 8  # characters of context
_SEEN = {ord(" "): "␠", ord("\n"): "⏎", ord("\r"): "␍", ord("\t"): "⇥", ord("\u3000"): "␠", ord("\xa0"): "␠"}


def _seen(text: str, *, whole: bool = False) -> str:
    """`text` with what nobody sees made visible; blanks only where there is nothing else, and not in the `whole` context."""
    if not whole and not text.strip():
        text = text.translate(_SEEN)
    return "".join(c if c.isprintable() else f"\\u{ord(c):04x}" for c in text.replace("\n", "⏎").replace("\t", "⇥"))


def explained(documents: Iterable[Document | UnreadableDocument]) -> Iterator[Explained | UnreadableDocument]:
    """Every article of `documents` with its clean text and its repairs one by one, replayed to prove that they are all."""
    for document in documents:
        if isinstance(document, UnreadableDocument):
            yield document
            continue
        for article in restored_articles(document, history=True):
            clean = normalise(article)
            told = steps(clean.text)
            yield Explained(
                article,
                clean.text,
                told,
                article.warnings + clean.warnings,
                replay(article.source, told) == clean.text.clean,
            )


class Explained(NamedTuple):
    """An article after its repairs; `told` are they, and `replayed` says that they alone give its clean text."""

    article: RawArticle
    text: Text
    told: list[dict[str, Any]]
    warnings: tuple[str, ...]
    replayed: bool

    @property
    def edits(self) -> int:
        return sum(len(step["edits"]) for step in self.told)

    def heading(self) -> str:
        """What the article is, and what was done to it, in one line."""
        article = self.article
        counts = ", ".join(f"{name} {number}" for name, number in self.text.repairs.items()) or "no repair"
        title = f" {article.title}" if article.title else ""
        return printable(f"== {article.doc} {article.index}{title} [{article.start}:{article.end}] {counts}")

    def to_json(self) -> dict[str, Any]:
        article = self.article
        return {
            "doc": article.doc,
            "article": article.index,
            "title": article.title,
            "start": article.start,
            "end": article.end,
            "encoding": article.encoding,
            "text": self.text.clean,
            "repairs": self.told,
            "replayed": self.replayed,
            "warnings": list(self.warnings),
        }
