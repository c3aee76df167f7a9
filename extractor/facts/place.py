"""Named places, tied to the GB/T 2260 code list."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from extractor.engine.gazetteer import Level
from extractor.engine.match import Match
from extractor.segment import Passage

from extractor.facts.base import Frozen, Record



class Candidate(Frozen):
    """One of several places that share a name."""

    name: str
    adcode: str


class Place(Record):
    """A place with its divisions: 江西省赣州市石城县 → 石城县, county, 360735."""

    type: Literal["place"] = "place"
    name: str = Field(description="The innermost place as written, simplified.")
    level: Level
    country: str | None = Field(None, description="ISO 3166-1 alpha-2 code.")
    adcode: str | None = Field(None, description="GB/T 2260 code of the innermost division that is determined.")
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    township: str | None = None
    in_name: bool = Field(False, description="Stands inside the name of an organisation, programme or publication.")
    candidates: tuple[Candidate, ...] = ()


def read(matches: list[Match], passage: Passage) -> list[Place]:
    return []
