"""The pipeline inside a spaCy pipeline."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy", reason="the extra `spacy` is not installed")


@pytest.fixture
def nlp():
    import extractor.spacy_component  # noqa: F401  (registers the component where the package is not installed)

    nlp = spacy.blank("zh")
    nlp.add_pipe("extractor", config={"published": "2024-12-10"})
    return nlp


def test_spans_carry_their_records(nlp, news: str) -> None:
    doc = nlp(news)
    assert doc.text == news
    spans = doc.spans["facts"]
    assert {"place", "count", "money", "ratio"} <= {span.label_ for span in spans}
    assert len(spans) == len(doc._.facts)
    for span in spans:
        record = span._.record
        assert record.type == span.label_
        assert news[record.start : record.end] == record.raw == span.text
    [money] = [span for span in spans if span.label_ == "money"]
    assert (money._.record.value, money._.record.currency) == (360000000, "CNY")


def test_records_survive_storing(nlp, news: str) -> None:
    doc = nlp(news)
    again = spacy.tokens.Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert again._.facts == doc._.facts
    assert [span._.record for span in again.spans["facts"]] == [span._.record for span in doc.spans["facts"]]


def test_a_text_without_facts(nlp) -> None:
    doc = nlp("")
    assert len(doc.spans["facts"]) == 0
    assert doc._.facts == []


def test_a_doc_may_have_its_own_date(nlp) -> None:
    doc = nlp.make_doc("石城县去年培育社工400名。")
    doc._.published = "2020-05-01"
    nlp.get_pipe("extractor")(doc)
    assert [record.value for record in doc._.facts if record.type == "date"] == ["2019"]
