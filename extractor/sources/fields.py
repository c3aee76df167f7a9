"""What the fields of a row are called."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from extractor.errors import UsageError

NAMES = ("text", "id", "title", "published", "publisher", "byline", "region", "url")
"""The fields that a user may name; `id` stands for both names of a document."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of a row's fields. `doc` and `identifier` both name the document; the first that a row has counts."""

    text: str = "text"
    doc: str = "doc"
    identifier: str = "id"
    published: str = "published"
    title: str = "title"
    publisher: str = "publisher"
    region: str = "region"
    url: str = "url"
    byline: str = "byline"

    @classmethod
    def named(cls, given: Iterable[str]) -> Self:
        """The fields by what a user writes, OURS=THEIRS each. Raises UsageError for what is no such pair.

        >>> Fields.named(["text=content", "id=nr"]) == Fields(text="content", doc="nr", identifier="nr")
        True
        >>> Fields.named(["body=content"])
        Traceback (most recent call last):
        ...
        extractor.errors.UsageError: 'body=content' names no field: write one of text, id, title, published, publisher, byline, region, url, as in text=content.
        """
        names: dict[str, str] = {}
        for pair in given:
            ours, sign, theirs = (part.strip() for part in pair.partition("="))
            if not sign or not theirs or ours not in NAMES:
                known = ", ".join(NAMES)
                raise UsageError(f"{pair!r} names no field: write one of {known}, as in text=content.")
            if ours in names:
                raise UsageError(f"two names are given for the field {ours}: {names[ours]!r} and {theirs!r}. Keep one.")
            names[ours] = theirs
        if "id" in names:
            names["doc"] = names["identifier"] = names.pop("id")
        return cls(**names)

    def stated(self) -> tuple[tuple[str, str], ...]:
        """What a row may state about its text: our name and the row's."""
        return (
            ("published", self.published),
            ("title", self.title),
            ("publisher", self.publisher),
            ("region", self.region),
            ("url", self.url),
            ("byline", self.byline),
        )
