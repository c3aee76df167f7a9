"""What the fields of a row are called."""

from __future__ import annotations

from dataclasses import dataclass


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
