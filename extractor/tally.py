"""What a run has read: the account of one document and of all of them so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Failure:
    """A document that gave nothing, and why."""

    doc: str
    reason: str


@dataclass(frozen=True, slots=True)
class Result:
    """What one document gave, as its worker hands it back: `pieces` are its articles, rendered for the output."""

    doc: str
    part: int  # which file of its task
    pieces: tuple[bytes, ...] = ()
    records: Mapping[str, int] = field(default_factory=dict)
    characters: int = 0
    undated: int = 0  # dates that lack the publication date of their article
    rules: str | None = None
    failure: str | None = None
    text: str | None = None  # that the offsets count in, where it is asked for


@dataclass(slots=True)
class Tally:
    """What a run has read so far."""

    documents: int = 0
    articles: int = 0
    characters: int = 0
    bytes_done: int = 0
    records: Counter[str] = field(default_factory=Counter)
    undated: int = 0
    failures: list[Failure] = field(default_factory=list)
    rules: str | None = None

    def add(self, result: Result) -> None:
        self.documents += 1
        self.articles += len(result.pieces)
        self.characters += result.characters
        self.records.update(result.records)
        self.undated += result.undated
        self.rules = self.rules or result.rules
        if result.failure is not None:
            self.failures.append(Failure(result.doc, result.failure))
