"""The exported contract and the models agree, and what is written keeps to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import extractor
from extractor.contract import Article, json_schema
from extractor.facts import RECORD_TYPES

SCHEMA = Path(extractor.__file__).parent / "records.schema.json"


def test_the_checked_in_schema_is_that_of_the_models() -> None:
    assert json.loads(SCHEMA.read_text(encoding="utf-8")) == json_schema(), "the models changed: run `make schema`"


def test_every_type_and_field_is_in_the_schema() -> None:
    definitions = json_schema()["$defs"]
    for name, model in RECORD_TYPES.items():
        properties = definitions[model.__name__]["properties"]
        assert properties["type"]["const"] == name
        assert set(properties) == set(model.model_fields)


def test_a_line_reads_back_as_the_same_article(article: Article) -> None:
    assert Article.model_validate_json(article.to_json()) == article


def test_a_line_holds_plain_numbers_and_chinese(article: Article) -> None:
    line = article.to_json()
    assert '"value":360000000,' in line
    assert '"value":47.1,' in line
    assert '"schema":1,' in line
    assert "石城县" in line
    assert "sentences" not in article.to_json(sentences=False)


@pytest.mark.parametrize("sentences", [True, False])
def test_a_line_in_pieces_is_the_line(article: Article, sentences: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    tricky = article.model_copy(update={"title": '"records":[],"sentences":[', "warnings": ("]}", '"records":[]')})
    for told in (tricky, tricky.model_copy(update={"records": ()}), tricky.model_copy(update={"sentences": None})):
        left_out = None if sentences and told.sentences is not None else {"sentences"}
        line = told.model_dump_json(by_alias=True, exclude=left_out)
        assert told.to_json(sentences=sentences) == line
        with monkeypatch.context() as patch:
            patch.setattr("extractor.contract._AT_ONCE", 1)
            assert "".join(told.json_pieces(sentences=sentences)) == line
