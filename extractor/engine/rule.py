"""The models of rule files: what a linguist may write in `rules/<type>/rules.toml`, and the complaint when it is wrong."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field


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
