"""The pipeline as one spaCy component: `nlp.add_pipe("extractor")` writes `doc.spans["facts"]`.

Each span is labelled with the type of its record and carries it as `span._.record`; `doc._.facts` lists all records.
Offsets are those of `doc.text`. A span covers the tokens that its record touches, so with a tokenizer that cuts words
coarsely it may be a little wider than the record, whose own `start` and `end` are exact.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter
from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.article import Region
from extractor.facts import AnyRecord
from extractor.pipeline import Options, extract

SPANS = "facts"
_KEY = "extractor"  # of `doc.user_data`: records by id, as plain JSON, so that docs can be stored and sent to processes
_RECORD: TypeAdapter[AnyRecord] = TypeAdapter(AnyRecord)


@Language.factory(
    "extractor",
    assigns=["doc.spans"],
    default_config={"published": None, "region": None, "segmenter": "rjieba", "rules": None, "types": None},
)
def make_extractor(
    nlp: Language,
    name: str,
    published: str | None,
    region: Region | None,
    segmenter: Literal["rjieba", "jieba"],
    rules: str | None,
    types: list[str] | None,
) -> SpacyExtractor:
    """The component. `published` (YYYY-MM-DD) holds for docs that state no date; `doc._.published` sets one doc's own."""
    options = Options(
        segmenter=segmenter,
        rules=Path(rules) if rules else None,
        types=frozenset(types) if types else None,
        published=dt.date.fromisoformat(published) if published else None,
    )
    return SpacyExtractor(options, region)


class SpacyExtractor:
    """Reads a doc's text and hangs the records on it."""

    def __init__(self, options: Options, region: Region | None = None) -> None:
        self._options = options
        self._region = region

    def __call__(self, doc: Doc) -> Doc:
        article = extract(doc.text, published=doc._.published, region=self._region, doc="", options=self._options)
        records = article.records
        doc.user_data[_KEY] = {record.id: record.model_dump(mode="json") for record in records}
        doc.spans[SPANS] = [_span(doc, record) for record in records]
        return doc


def _span(doc: Doc, record: AnyRecord) -> Span:
    span = doc.char_span(record.start, record.end, record.type, alignment_mode="expand", span_id=record.id)
    assert span is not None, "a record lies in its doc"
    return span


def _facts(doc: Doc) -> Sequence[AnyRecord]:
    return [_RECORD.validate_python(record) for record in doc.user_data.get(_KEY, {}).values()]


def _record(span: Span) -> AnyRecord | None:
    record: Any = span.doc.user_data.get(_KEY, {}).get(span.id_)
    return None if record is None else _RECORD.validate_python(record)


Doc.set_extension("published", default=None, force=True)
Doc.set_extension("facts", getter=_facts, force=True)
Span.set_extension("record", getter=_record, force=True)
