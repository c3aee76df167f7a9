"""Records are made without the model's own validation; it must find nothing to say about any of them."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from extractor import extract
from extractor.facts import RECORD_TYPES, AnyRecord
from extractor.facts.base import maker
from extractor.facts.count import Count
from extractor.facts.program import Program

CORPORA = Path(__file__).parent.parent / "corpora"
REPORTS = sorted([*CORPORA.glob("news/*.txt"), *CORPORA.glob("reports/*.txt")])
FOUND = {"id": "0" * 16, "raw": "三座", "start": 4, "end": 6, "text": "三座", "sentence": 0, "rule": "count.classifier"}


@pytest.fixture(scope="module")
def records() -> list[AnyRecord]:
    return [record for path in REPORTS for record in extract(path.read_text(encoding="utf-8")).records]


def test_every_record_is_one_that_its_model_takes(records: list[AnyRecord]) -> None:
    assert {record.type for record in records} == set(RECORD_TYPES)
    for record in records:
        again = type(record).model_validate(dict(record), strict=True)
        assert again == record
        assert list(again.__dict__) == list(record.__dict__) == list(type(record).model_fields)
        assert again.model_dump_json() == record.model_dump_json()


def test_a_made_record_is_as_its_model_makes_it() -> None:
    make = maker(Count, "modifier", "dimension")
    first, second = (make(**FOUND, value=Decimal(3), unit="座") for _ in range(2))
    plain = Count(**FOUND, value=Decimal(3), unit="座")
    for record in (first, second):
        assert record == plain
        assert hash(record) == hash(plain)
        assert repr(record) == repr(plain)
        assert record.model_fields_set == plain.model_fields_set
        assert record.model_dump_json(exclude_unset=True) == plain.model_dump_json(exclude_unset=True)
        assert record.model_copy(update={"unit": "株"}) == Count(**FOUND, value=Decimal(3), unit="株")
        with pytest.raises(ValidationError, match="frozen"):
            record.unit = "株"


def test_a_word_that_no_model_knows_is_refused_wherever_it_comes() -> None:
    make = maker(Program, "category")
    make(**FOUND, name="三座行动", category="plan")
    make(**FOUND, name="三座行动", category="plan")
    for _ in range(2):
        with pytest.raises(ValidationError, match="category"):
            make(**FOUND, name="三座行动", category="slogan")  # type: ignore[arg-type]
