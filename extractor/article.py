"""An article as it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extractor.text import Text

Region = Literal["CN", "TW", "HK", "MO"]
Span = tuple[int, int]
Letters = frozenset[str] | set[str]
Origin = Literal["text", "page", "row", "metadata", "url", "name", "mtime", "option"]
"""Who states a fact about an article: its own lines, its page or another article of it, the row it is a field of, the
metadata of its file format, its address, its file's name, its file's time, or the user."""


class Unsure(NamedTuple):
    """Characters `start:end` of a document that were not read for certain; `doubt` says why."""

    start: int
    end: int
    doubt: str


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article of a document. `source` is its text as decoded; `start` its offset in the document, in code points.

    The `evidence` of the facts and the `pages` are offsets in the document; `stated_by` says of each fact who states it,
    and holds no fact that nobody does. Nothing here comes from the clock. `letters` are those of `extractor.letters` that `source`
    may hold, where they are known already.
    """

    doc: str
    source: str
    index: int = 0
    start: int = 0
    title: str = ""
    byline: tuple[str, ...] = ()
    publisher: str = ""
    published: dt.date | None = None
    region: Region = "CN"
    url: str | None = None
    encoding: str = "utf-8"
    evidence: Mapping[str, Span] = field(default_factory=dict)
    stated_by: Mapping[str, Origin] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()
    text: Text | None = field(default=None, compare=False, repr=False)
    unsure: tuple[Unsure, ...] = ()
    letters: Letters | None = field(default=None, compare=False, repr=False)

    @property
    def end(self) -> int:
        return self.start + len(self.source)


@dataclass(frozen=True, slots=True)
class Document:
    """What one file, archive member or row holds: `doc` names it in the output, `text` is as decoded, line ends kept.

    For a format that is no plain text, `extracted` is true and `text` is what was drawn out of it: the source that all
    offsets count in. `pages` are the offsets at which its pages begin. `stated` are the facts given beside the text (title,
    byline, publisher, published as YYYY-MM-DD, region, url), by `stated_by`. `modified` is the day on which the file was
    last written, where it is known.
    """

    doc: str
    text: str
    encoding: str = "utf-8"
    stated: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    stated_by: Origin = field(default="row", repr=False)
    pages: tuple[int, ...] = field(default=(), repr=False)
    extracted: bool = field(default=False, repr=False)
    modified: dt.date | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class UnreadableDocument:
    """A document that could not be read: `reason` is one sentence that says why, and what to do about it."""

    doc: str
    reason: str
