"""Records in each format: exact in JSON Lines, harmless in CSV, straight in a table."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from typing import Literal

import pytest
from rich.cells import cell_len

from extractor.article import Document
from extractor.contract import Article
from extractor.facts import RECORD_TYPES
from extractor.facts.base import Record
from extractor.facts.count import Count
from extractor.facts.money import Money
from extractor.facts.place import Candidate
from extractor.report import Rendering, table
from extractor.report.csv import COLUMNS, HEADER, render, safe
from extractor.report.repairs import Explained, explained
from extractor.report.terminal import Terminal
from extractor.sources.names import printable
from extractor.tally import Failure


def rows(article: Article) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(HEADER + render(article), newline="")))


def with_record(article: Article, number: int, **changes: object) -> Article:
    records = list(article.records)
    records[number] = records[number].model_copy(update=changes)
    return article.model_copy(update={"records": tuple(records)})


def test_rows_written_some_at_a_time_are_the_same_rows(article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = render(article)
    monkeypatch.setattr("extractor.report.csv._AT_ONCE", 2)
    assert Rendering("csv").renderer()(article) == whole.encode()


def test_jsonl_is_one_line_an_article(article: Article) -> None:
    line = Rendering("jsonl", sentences=True).renderer()(article).decode()
    assert line.count("\n") == 1
    assert line.endswith("\n")
    assert json.loads(line)["sentences"] == [[0, 12], [25, article.end]]
    assert "sentences" not in json.loads(Rendering("jsonl").renderer()(article))


def test_csv_has_a_column_for_every_field() -> None:
    assert len(COLUMNS) == len(set(COLUMNS))
    for model in RECORD_TYPES.values():
        assert set(model.model_fields) - {"rivals"} <= set(COLUMNS)


def test_csv_says_what_the_records_say(article: Article) -> None:
    place, program, count, money, ratio, date = rows(article)
    assert (place["doc"], place["title"], place["published"]) == ("report.txt", "石城县启动“暖村计划”", "2024-12-10")
    assert (place["adcode"], place["prefecture"], place["in_name"]) == ("360735", "赣州市", "false")
    assert program["category"] == "plan"
    assert (count["value"], count["modifier"], count["unit"], count["low"]) == ("400", "over", "名", "")
    assert (money["value"], money["currency"]) == ("360000000", "CNY")
    assert ratio["value"] == "47.1"
    assert (date["timex"], date["value"]) == ("DATE", "PAST_REF")


def test_csv_keeps_line_breaks_and_quotes_inside_a_cell(article: Article) -> None:
    raw = '3\n万"余",人次'
    assert rows(with_record(article, 2, raw=raw))[2]["raw"] == raw


def test_csv_writes_lists_in_one_cell(article: Article) -> None:
    candidates = (Candidate(name="鼓楼区", adcode="320106"), Candidate(name="鼓楼区", adcode="350102"))
    row = rows(with_record(article, 0, candidates=candidates, doubts=("a", "b")))[0]
    assert row["candidates"] == "鼓楼区 320106 | 鼓楼区 350102"
    assert row["doubts"] == "a | b"


@pytest.mark.parametrize(
    "cell", ["=1+1", "+cmd|' /C calc'!A0", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＠A1", "-12万"]
)
def test_csv_disarms_formulas(article: Article, cell: str) -> None:
    assert safe(cell) == "'" + cell
    assert rows(article.model_copy(update={"title": cell}))[0]["title"] == "'" + cell


@pytest.mark.parametrize("cell", ["-5", "+3.14", "360000000", "约=3", "", "a@b"])
def test_csv_leaves_the_harmless_as_it_is(cell: str) -> None:
    assert safe(cell) == cell


def test_csv_of_an_article_without_records_is_empty(article: Article) -> None:
    assert render(article.model_copy(update={"records": ()})) == ""


def test_table_shows_words_meaning_and_rule(article: Article) -> None:
    shown = table.render(article, width=140)
    assert "石城县启动“暖村计划”  report.txt" in shown
    for meaning in ("石城县 360735", "暖村计划 · plan", "> 400 名", "≈ 360,000,000 CNY", "47.1%", "DATE PAST_REF"):
        assert meaning in shown
    assert "place.chain" in shown
    assert "\x1b" not in shown


@pytest.mark.parametrize("width", [60, 100, 140])
def test_table_keeps_to_its_width_and_its_columns(article: Article, width: int) -> None:
    lines = table.render(article, width=width).splitlines()
    assert all(cell_len(line) <= width for line in lines[2:])
    if width < 100:
        return
    header = next(line for line in lines if line.startswith("type"))
    column = cell_len(header[: header.index("meaning")])
    for meaning in ("> 400 名", "≈ 360,000,000 CNY", "47.1%"):
        [line] = [line for line in lines if meaning in line]
        assert cell_len(line[: line.rindex(meaning)]) == column


def test_table_cannot_be_made_to_move_the_cursor(article: Article) -> None:
    assert "\x1b" not in table.render(with_record(article, 2, raw="400\x1b[2J名"))


STEERING = "\x1b[2J\x9b31m\u202e\u2066\x07"


def test_no_stated_title_steers_the_terminal(article: Article) -> None:
    stated = article.model_copy(update=dict.fromkeys(("title", "publisher", "region", "doc"), f"修渠{STEERING}"))
    shown = table.render(stated)
    assert not set(STEERING) - set("[2J31m") & set(shown)
    assert shown.count("修渠\ufffd[2J\ufffd31m\ufffd\ufffd\ufffd") == 4


def test_no_heading_of_repairs_steers_the_terminal() -> None:
    [found] = explained([Document("d", "全县修渠三条。", stated={"title": f"修渠{STEERING}记"})])
    assert isinstance(found, Explained)
    assert "修渠\ufffd[2J" in found.heading()
    assert printable(found.heading()) == found.heading()


def test_no_warning_steers_the_terminal() -> None:
    stream = io.StringIO()
    Terminal(stream=stream).fail(Failure("甲", f"乙{STEERING}"))
    assert stream.getvalue() == "warning: 甲: 乙\ufffd[2J\ufffd31m\ufffd\ufffd\ufffd\n"


def test_csv_holds_no_control_character(article: Article) -> None:
    [first, *_] = rows(article.model_copy(update={"title": "修\x1b[2J\x00\x85\t渠\n记"}))
    assert first["title"] == "修\ufffd[2J\ufffd\ufffd\t渠\n记"


class Hotline(Record):
    """A type that no part of the report knows."""

    type: Literal["hotline"] = "hotline"
    number: str
    kind: str | None = None


def test_a_type_that_the_table_does_not_know_shows_its_own_fields() -> None:
    evidence = {"id": "x", "raw": "12345", "start": 0, "end": 5, "text": "12345"}
    assert table.meaning(Hotline(**evidence, number="12345")) == "number 12345"  # type: ignore[arg-type]
    assert table.meaning(Hotline(**evidence, number="1", kind="政务")) == "number 1 · kind 政务"  # type: ignore[arg-type]


def test_meaning_of_bounds() -> None:
    evidence = {"id": "x", "raw": "x", "start": 0, "end": 1, "text": "x"}
    assert table.meaning(Count(**evidence, low=Decimal(3), high=Decimal(5), unit="名", modifier="range")) == "3–5 名"
    assert table.meaning(Count(**evidence, low=Decimal(20), unit="名", modifier="approx")) == "≥ 20 名"
    assert table.meaning(Money(**evidence, value=Decimal(300), currency="CNY", per="人·月")) == "300 CNY per 人·月"
