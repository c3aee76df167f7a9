"""The models of rule files: what a linguist may write in `rules/<type>/rules.toml`, and the complaint when it is wrong."""

from __future__ import annotations

import datetime as dt
from typing import Any, Self, get_args

from pydantic import BaseModel, ConfigDict, Field, model_validator

from extractor.article import Region

_REGIONS = get_args(Region)


class Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Example(BaseModel):
    """A sentence with its mention in [ ] (or between the two characters of `mark`) and fields the record must have."""

    model_config = ConfigDict(frozen=True, extra="allow")

    text: str
    mark: str = "[]"
    published: str | None = None
    region: str | None = None
    why: str | None = None

    @model_validator(mode="after")
    def _said_rightly(self) -> Self:
        if len(set(self.mark)) != 2 or len(self.mark) != 2:
            raise ValueError(
                f"example {self.text!r} has mark {self.mark!r}. Give it two characters, one to open and one to close."
            )
        _check_place_and_day("example", self.text, self.published, self.region)
        return self

    @property
    def fields(self) -> dict[str, Any]:
        return dict(self.__pydantic_extra__ or {})

    @property
    def sentence(self) -> str:
        """The sentence without its marks."""
        return self.text.replace(self.mark[0], "").replace(self.mark[1], "")

    @property
    def mention(self) -> tuple[int, int] | None:
        """The marked stretch in `sentence`, half-open; None where nothing is marked."""
        start, end = self.text.find(self.mark[0]), self.text.find(self.mark[1])
        return (start, end - 1) if 0 <= start < end else None


class Counterexample(Entry):
    """A sentence in which the rule must read nothing, and why."""

    text: str
    why: str = Field(min_length=3)
    published: str | None = None
    region: str | None = None

    @model_validator(mode="after")
    def _said_rightly(self) -> Self:
        _check_place_and_day("counterexample", self.text, self.published, self.region)
        return self


def _check_place_and_day(kind: str, text: str, published: str | None, region: str | None) -> None:
    """Raise ValueError, with the mend, where an example names a day that is none or a region that is unknown."""
    try:
        if published is not None:
            dt.date.fromisoformat(published)
    except ValueError:
        raise ValueError(
            f"{kind} {text!r} is published on {published!r}, which is no date. Write YYYY-MM-DD."
        ) from None
    if region is not None and region not in _REGIONS:
        raise ValueError(f"{kind} {text!r} names region {region!r}. Use {', '.join(_REGIONS[:-1])} or {_REGIONS[-1]}.")


class RuleEntry(Entry):
    """One `[[rule]]` table."""

    id: str = Field(pattern=r"^[a-z]+\.[a-z0-9_]+$")
    about: str = Field(min_length=10)
    source: str = Field(min_length=3)
    pattern: str
    unless: list[str] = []
    guards: list[str] = []
    shape: str | None = None
    beats: list[str] = []
    yes: list[Example] = Field(min_length=1)
    no: list[Counterexample] = Field(min_length=1)
    known: list[Example] = []


class RuleFile(Entry):
    rule: list[RuleEntry]


class LexiconEntry(Entry):
    """One lexicon: words that mean themselves, or words with their meaning."""

    about: str = Field(min_length=10)
    source: str = Field(min_length=3)
    words: list[str] = []
    entries: dict[str, Any] = {}

    @property
    def meanings(self) -> dict[str, Any]:
        return {word: word for word in self.words} | self.entries
