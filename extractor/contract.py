"""The output contract, schema version 1: one `Article` object a line, holding its records and findings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pydantic import Field

from extractor.article import Origin, Span
from extractor.facts import AnyRecord
from extractor.facts.base import Frozen

_AT_ONCE = 500  # records, or sentences, that are written together


class Finding(Frozen):
    """What a check has to say about some records of an article."""

    id: str = Field(description="Hash of kind, records and their cleaned sentences: survives edits elsewhere.")
    kind: Literal[
        "sum",
        "share",
        "growth",
        "difference",
        "progress",
        "average",
        "repeat",
        "listing",
        "calendar",
        "place",
        "unit",
        "other_article",
    ]
    verdict: Literal["consistent", "rounding", "info", "ask", "inconsistent", "supported", "differs", "not_found"]
    claim: str
    computed: str = Field(description="The arithmetic in full.")
    records: tuple[str, ...] = Field(description="Ids of the records it is about.")
    message: str = Field(description="A Chinese sentence that an editor can use.")


class Article(Frozen):
    """One article with all that was read from it. Offsets are half-open code points of the document as decoded."""

    schema_version: Literal[1] = Field(1, alias="schema")
    extractor: str = Field(description="Version of the program.")
    rules: str = Field(description="Hash of the rule files.")
    model: str | None = Field(None, description="The tagger that read beside the rules, with the hash of its weights.")
    doc: str
    article: int = Field(ge=0, description="Index of the article in its document.")
    id: str
    url: str | None = None
    language: str = Field("zh-Hans", description="BCP 47 tag of the text as written: zh-Hans, zh-Hant, ja, ko or und.")
    title: str = ""
    byline: tuple[str, ...] = ()
    publisher: str = ""
    published: str | None = Field(None, description="YYYY-MM-DD, by whom `stated_by` says.")
    region: Literal["CN", "TW", "HK", "MO"] = "CN"
    evidence: dict[str, tuple[int, int]] = Field(default_factory=dict, description="Where title, byline … stand.")
    stated_by: dict[str, Origin] = Field(
        default_factory=dict,
        description="Who states title, byline, publisher, published, region and url: text (the article's own lines), page "
        "(what stands around it), row (a field beside it), metadata (of its file format), url (its address), name or mtime "
        "(of its file), option (the user). What nobody states is not in it. From page, url, name and mtime it is inferred.",
    )
    start: int = 0
    end: int = 0
    encoding: str = "utf-8"
    repairs: dict[str, int] = Field(default_factory=dict, description="Number of repairs by kind.")
    duplicate_of: str | None = None
    records: tuple[AnyRecord, ...] = ()
    findings: tuple[Finding, ...] = ()
    warnings: tuple[str, ...] = ()
    sentences: tuple[tuple[int, int], ...] | None = Field(
        None, description="Offsets of the sentences, where asked for."
    )

    def to_json(self, *, sentences: bool = True) -> str:
        """The article as one JSON line without its line end; numbers plain, Chinese unescaped."""
        return "".join(self.json_pieces(sentences=sentences))

    def json_pieces(self, *, sentences: bool = True) -> Iterator[str]:
        """The same line in pieces of at most some hundred kilobytes, so that nobody need hold a long one whole."""
        lists: dict[str, Iterator[str]] = {"records": _records(self.records)}
        if sentences and self.sentences is not None:
            lists["sentences"] = _spans(self.sentences)
        shell = self.model_copy(update=dict.fromkeys(lists, ()))
        rest = shell.model_dump_json(by_alias=True, exclude={"sentences"} - lists.keys())
        for name, pieces in lists.items():
            before, rest = rest.split(f'"{name}":[', 1)  # in a string the quotes are escaped: this stands nowhere else
            yield f'{before}"{name}":['
            yield from pieces
        yield rest


def _records(records: Sequence[AnyRecord]) -> Iterator[str]:
    """The records as JSON, some hundred at once. Each by its own model: the union asks at every record which one it is."""
    for first in range(0, len(records), _AT_ONCE):
        some = records[first : first + _AT_ONCE]
        piece = b",".join([record.__pydantic_serializer__.to_json(record) for record in some]).decode()
        yield f",{piece}" if first else piece


def _spans(spans: Sequence[Span]) -> Iterator[str]:
    """The spans as JSON, some hundred at once."""
    for first in range(0, len(spans), _AT_ONCE):
        piece = ",".join([f"[{start},{end}]" for start, end in spans[first : first + _AT_ONCE]])
        yield f",{piece}" if first else piece


def json_schema() -> dict[str, Any]:
    """The JSON Schema of one output line, as checked in at `extractor/records.schema.json`."""
    schema = Article.model_json_schema(by_alias=True, mode="serialization")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
