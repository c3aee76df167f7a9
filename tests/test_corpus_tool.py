"""Scoring follows the annotation guide; comparing names what a change did."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from extractor.corpus import (
    GoldDocument,
    Mention,
    compare,
    load_gold,
    load_output,
    read_gold,
    same_time,
    score,
    value_right,
)
from extractor.errors import UsageError

TEXT = "石城县培育400余名社工，投入3.6亿元，石城县民政局说，增长47.1%。"


def mention(kind: str, raw: str, nth: int = 1, **fields: Any) -> dict[str, Any]:
    return {"type": kind, "raw": raw, "nth": nth, **fields}


def gold(tmp_path: Path, *mentions: Mapping[str, Any], text: str | None = TEXT) -> list[GoldDocument]:
    path = tmp_path / "gold.jsonl"
    entry = {"doc": "a", "mentions": list(mentions)} | ({"text": text} if text else {})
    path.write_text(json.dumps(entry, ensure_ascii=False) + "\n", encoding="utf-8")
    return load_gold(path)


def record(kind: str, raw: str, nth: int = 1, **fields: Any) -> dict[str, Any]:
    start = -1
    for _ in range(nth):
        start = TEXT.index(raw, start + 1)
    return {"type": kind, "raw": raw, "start": start, "end": start + len(raw), **fields}


COUNT = mention("count", "400余名", value=400, unit="名", item="社工", modifier="over")
PLACE = mention("place", "石城县", name="石城县", level="county", adcode="360735")
IN_NAME = mention("place", "石城县", 2, name="石城县", level="county", adcode="360735", in_name=True)
RATIO = mention("ratio", "47.1%", value=47.1, unit="percent", optional=True)


def test_found_and_right(tmp_path: Path) -> None:
    given = [record("count", "400余", value=400, unit="名", item="持证社工", modifier="over")]
    counts = score(gold(tmp_path, COUNT), {"x/a.txt": given}).by_type["count"]
    assert counts.row() == {
        "gold": 1, "false": 0, "P": 1.0, "R": 1.0, "F": 1.0, "value": 1.0, "FACT": 1.0, "item": 1.0, "modifier": 1.0, "kind": None,
    }  # fmt: skip


def test_found_but_wrong_in_value(tmp_path: Path) -> None:
    scores = score(gold(tmp_path, COUNT), {"a": [record("count", "400余名", value=4000, unit="名")]})
    counts = scores.by_type["count"]
    assert (counts.f, counts.value, counts.fact) == (1.0, 0.0, 0.0)
    assert [(m.what, m.raw) for m in scores.mistakes] == [("value", "400余名")]


def test_missed_false_and_a_second_record(tmp_path: Path) -> None:
    given = [
        record("count", "400余名", value=400, unit="名"),
        record("count", "400", value=400, unit=""),
        record("money", "3.6亿元", value=360000000, currency="CNY"),
    ]
    scores = score(gold(tmp_path, COUNT, PLACE), {"a": given})
    assert (scores.by_type["count"].given, scores.by_type["count"].found) == (2, 1)
    assert scores.by_type["money"].given == 1
    assert (scores.by_type["count"].false, scores.all.false) == (1, 2)
    assert sorted((m.type, m.what) for m in scores.mistakes) == [
        ("count", "false"),
        ("money", "false"),
        ("place", "missed"),
    ]
    assert (scores.all.gold, scores.all.given, scores.all.found) == (2, 3, 1)


def test_optional_is_neither_rewarded_nor_punished(tmp_path: Path) -> None:
    documents = gold(tmp_path, RATIO)
    for given in ([], [record("ratio", "47.1%", value=1)], [record("ratio", "47.1%"), record("ratio", "47.1%")]):
        scores = score(documents, {"a": given})
        assert (scores.all.gold, scores.all.given, scores.mistakes) == (0, 0, [])


def test_places_inside_names_have_their_own_line(tmp_path: Path) -> None:
    given = [record("place", "石城县", 2, name="石城县", adcode="360735", level="county", in_name=True)]
    scores = score(gold(tmp_path, PLACE, IN_NAME), {"a": given})
    assert scores.rows()["place in_name"] == {"gold": 1, "R": 1.0, "value": 1.0}
    assert (scores.by_type["place"].gold, scores.by_type["place"].given) == (1, 0)


def test_documents_without_mentions_that_got_a_record_are_counted(tmp_path: Path) -> None:
    documents = gold(tmp_path)
    assert score(documents, {"a": [record("place", "石城县")]}).lines()[:2] == [
        "1 document",
        "1 of them without any mention; 1 of these got a record",
    ]
    assert (score(documents, {}).empty, score(documents, {}).empty_given) == (1, 0)
    assert not any("without any" in line for line in score(gold(tmp_path, COUNT), {}).lines())


def test_gold_is_read_with_what_its_line_states(tmp_path: Path) -> None:
    lines = [
        {"doc": "a/row", "text": "今年投入5元。", "published": "2025-03-06", "region": "HK", "mentions": []},
        {"doc": "file", "published": "2024-05-01", "mentions": []},
        {"doc": "dated", "published": "2024-05-01", "region": "nowhere", "mentions": []},
    ]
    (tmp_path / "gold.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    (tmp_path / "file.txt").write_text("今年投入5元。", encoding="utf-8")
    (tmp_path / "dated.txt").write_text("开园\n2023年1月5日\n\n今年投入5元。\n", encoding="utf-8")
    documents = load_gold(tmp_path / "gold.jsonl")
    output = read_gold(documents)
    read = {
        doc: [r.get("currency") or r["value"] for r in found if r["raw"] in ("今年", "5元")]
        for doc, found in output.items()
    }
    assert read == {"a/row": ["2025", "HKD"], "file": ["2024", "CNY"], "dated": ["2023", "CNY"]}
    assert score(documents, output).empty_given == 3


def right(given: Mapping[str, Any], kind: str, **fields: Any) -> bool:
    return value_right(Mention(kind, "", 0, 1, fields), given)


def test_quantities() -> None:
    assert right({"value": 0.33333, "unit": "fraction"}, "ratio", value=0.333333, unit="fraction")
    assert not right({"value": 0.3, "unit": "fraction"}, "ratio", value=0.333333, unit="fraction")
    assert right(
        {"value": 2.5, "unit": "per_mille"}, "ratio", value=0.0025, value_alt=[2.5], unit="f", unit_alt=["per_mille"]
    )
    assert right({"value": None, "low": 10, "unit": "家"}, "count", value=10, unit="家", modifier="over")
    assert right({"low": 3, "high": 5, "unit": "名"}, "count", value="", low=3, high=5, unit="名")
    assert not right({"low": 3, "high": 6, "unit": "名"}, "count", value="", low=3, high=5, unit="名")


def test_units() -> None:
    assert right({"value": 1, "unit": "", "item": "居民群众"}, "count", value=1, unit="居民群众", item="居民群众")
    assert right({"value": 1, "unit": "居民"}, "count", value=1, unit="", item="居民群众")
    assert not right({"value": 1, "unit": "户"}, "count", value=1, unit="", item="居民群众")


def test_places() -> None:
    assert right({"name": "左营区", "adcode": "710000"}, "place", name="左營區", name_alt=["左营区"], adcode="710000")
    assert not right({"name": "鼓楼区", "adcode": "320106"}, "place", name="鼓楼区", level="county", adcode="")
    assert right(
        {"name": "鼓楼区", "adcode": "320106", "doubts": ["x"]}, "place", name="鼓楼区", level="county", adcode=""
    )


def test_programs() -> None:
    assert right({"name": "“153X”服务模式"}, "program", name="153X服务模式")
    assert right({"name": "光明行"}, "program", name="“光明行”白内障手术")
    assert not right({"name": "行"}, "program", name="光明行活动")


@pytest.mark.parametrize(
    ("one", "other"),
    [("2024-H1", "2024-01/2024-06"), ("2024-Q1/2024-Q3", "2024-01/2024-09"), ("P1Q", "P3M"), ("P1Y6M", "P18M"), ("2024-02", "2024-02-01/2024-02-29")],
)  # fmt: skip
def test_times_that_are_the_same(one: str, other: str) -> None:
    assert same_time(one) == same_time(other)


@pytest.mark.parametrize(
    ("one", "other"), [("2024", "2023"), ("2024-13", "2024"), ("P3Y/P5Y", "P3Y"), ("PAST_REF", "")]
)
def test_times_that_differ(one: str, other: str) -> None:
    assert same_time(one) != same_time(other)


def test_gold_faults_are_named_all_at_once(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        gold(tmp_path, mention("count", "500名"), mention("place", "石城县", 3), COUNT)
    assert "line 1: count '500名' number 1 is not in the text" in str(error.value)
    assert "'石城县' number 3" in str(error.value)


def test_gold_texts_stand_beside_it_or_where_told(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--texts"):
        gold(tmp_path, COUNT, text=None)
    (tmp_path / "a.txt").write_bytes(("\ufeff一行\r\n" + TEXT).encode())
    [document] = gold(tmp_path, COUNT, text=None)
    assert document.text == "一行\r\n" + TEXT
    assert document.mentions[0].start == 4 + TEXT.index("400")


def write_output(path: Path, *records: Mapping[str, Any]) -> Path:
    line = json.dumps({"doc": "a.txt", "records": records}, ensure_ascii=False)
    path.write_text(line + "\n", encoding="utf-8")
    return path


def test_output_is_read_from_a_file_or_a_folder(tmp_path: Path) -> None:
    path = write_output(tmp_path / "articles-00000.jsonl", record("count", "400余名"))
    assert load_output(path) == load_output(tmp_path)
    with pytest.raises(UsageError, match=r"articles-\*\.jsonl"):
        load_output(tmp_path.parent)


def test_output_that_is_none_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_text('{"a": 1}\n')
    with pytest.raises(UsageError, match="line 1: is no article"):
        load_output(tmp_path / "x.jsonl")
    (tmp_path / "y.jsonl").write_text("once upon a time\n")
    with pytest.raises(UsageError, match="is no JSON object"):
        load_output(tmp_path / "y.jsonl")


def test_compare_names_gained_lost_and_changed() -> None:
    count, place = record("count", "400余名", value=400, unit="名", rule="a"), record("place", "石城县", name="石城县")
    money = record("money", "3.6亿元", value=360000000, currency="CNY")
    difference = compare({"a": [count, place]}, {"a": [{**count, "value": 4, "rule": "b"}, money]})
    assert difference.lines() == [
        "- a:0-3 place 石城县  name 石城县",
        "~ a:5-10 count 400余名  value 400 → 4",
        "+ a:15-20 money 3.6亿元  value 360000000, currency CNY",
        "1 gained, 1 lost, 1 changed, 0 the same",
    ]
    assert json.loads(difference.to_json())["changes"][1]["fields"] == {"value": [400, 4]}


def test_compare_of_the_same_is_empty() -> None:
    records = [record("place", "石城县", rule="old")]
    difference = compare({"a": records}, {"a": [{**records[0], "rule": "new"}]})
    assert difference.lines() == ["0 gained, 0 lost, 0 changed, 1 the same"]


@pytest.mark.parametrize(
    ("fields", "silent"),
    [
        ({"adcode": "360735"}, 0),
        ({"adcode": "360734"}, 1),
        ({"adcode": "360734", "doubts": ["several_places_share_this_name"]}, 0),
        ({"adcode": "360734", "candidates": [{"name": "石城县", "adcode": "360735"}]}, 0),
        ({"adcode": None}, 0),
    ],
)
def test_a_wrong_code_without_a_doubt_is_a_silent_guess(tmp_path: Path, fields: dict[str, Any], silent: int) -> None:
    given = [record("place", "石城县", name="石城县", level="county", **fields)]
    scores = score(gold(tmp_path, PLACE), {"a": given})
    assert scores.silent == silent
    assert sum(mistake.what == "silent" for mistake in scores.mistakes) == silent
