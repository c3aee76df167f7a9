"""Any spaCy pipeline in the tagger's place: its entities as ours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from extractor.errors import UsageError
from extractor.models.features import Sentence
from extractor.models.labels import Entity, Kind

KINDS_BY_LABEL: Final[dict[str, Kind]] = {
    "PERSON": "person",
    "PER": "person",
    "GPE": "place",
    "LOC": "place",
    "FAC": "place",
    "ORG": "organisation",
    "LAW": "program",
    "EVENT": "program",
    "PROGRAM": "program",
    "PROG": "program",
}
"""The labels of OntoNotes 5 (spaCy's Chinese pipelines), of CoNLL 2003 and our own. Works of art and products are no
programs; what other labels mean is not known, and they are passed over."""


@dataclass(frozen=True)
class SpacyTagger:
    """The entities of a pipeline. What it says of its own certainty is not asked: its entities are taken as they are."""

    name: str
    pipeline: Any
    version: str

    def tag(self, sentences: Sequence[Sentence]) -> list[list[Entity]]:
        docs = self.pipeline.pipe("".join(sentence.words) for sentence in sentences)
        return [
            [
                Entity(entity.start_char, entity.end_char, KINDS_BY_LABEL[entity.label_])
                for entity in doc.ents
                if entity.label_ in KINDS_BY_LABEL
            ]
            for doc in docs
        ]


def load_spacy(name: str) -> SpacyTagger:
    """The tagger of an installed pipeline, or of a folder that holds one. Raises UsageError where there is none."""
    try:
        import spacy
    except ImportError as error:
        raise UsageError("spaCy is not installed: pip install 'extractor-zh[spacy]'") from error
    try:
        pipeline = spacy.load(name)
    except OSError as error:
        raise UsageError(
            f"spaCy has no pipeline {name!r}: install it (python -m spacy download {name}) or give the folder of one"
        ) from error
    if "ner" not in pipeline.pipe_names and "entity_ruler" not in pipeline.pipe_names:
        raise UsageError(f"the pipeline {name!r} of spaCy finds no entities: it has {', '.join(pipeline.pipe_names)}")
    meta = pipeline.meta
    return SpacyTagger(f"spacy:{name}", pipeline, f"spacy:{meta['lang']}_{meta['name']}@{meta['version']}")
