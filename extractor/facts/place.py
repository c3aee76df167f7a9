"""Named places, tied to the GB/T 2260 code list."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pydantic import Field

from extractor.engine.gazetteer import NOWHERE, Division, Gazetteer, Level
from extractor.engine.match import Match
from extractor.facts.base import Frozen, Record, maker
from extractor.facts.reading import evidence
from extractor.places import Basis, Mention, chains, opens_a_name, resolve
from extractor.segment import Passage


class Candidate(Frozen):
    """One of several places that share a name."""

    name: str
    adcode: str
    within: str = Field("", description="The divisions that contain it, from the outside in: 福建省福州市.")


class Place(Record):
    """A place with its divisions: 江西省赣州市石城县 → 石城县, county, 360735."""

    type: Literal["place"] = "place"
    name: str = Field(description="The innermost place as written, simplified.")
    level: Level
    country: str | None = Field(None, description="ISO 3166-1 alpha-2 code.")
    adcode: str | None = Field(
        None,
        description="GB/T 2260 code of the innermost division that is determined, by the map of the article's date.",
    )
    province: str | None = None
    prefecture: str | None = None
    county: str | None = None
    township: str | None = None
    township_code: str | None = Field(None, description="Nine-digit statistical code of a listed township.")
    in_name: bool = Field(False, description="Stands inside the name of an organisation, programme or publication.")
    resolved_by: Basis | None = Field(None, description="What tells which division is meant.")
    candidates: tuple[Candidate, ...] = ()


_make = maker(Place, "level", "resolved_by")


def read(matches: list[Match], passage: Passage) -> list[Place]:
    """The places of an article: names joined into chains, then each settled by its chain and its article."""
    if not matches:
        return []
    gazetteer: Gazetteer = matches[0].rule.book.gazetteer
    published = passage.article.published
    year = published.year if published else 0
    records = []
    for mention in resolve(chains(matches, passage, gazetteer, year), passage, gazetteer, year):
        in_name = opens_a_name(mention.end, passage, mention.parts[0].match)
        if in_name and mention.level == "poi":
            continue  # a river or a road inside the name of an organisation holds no place: 长江大学
        records.append(_place(mention, passage, gazetteer, year, in_name))
    return records


def _place(mention: Mention, passage: Passage, gazetteer: Gazetteer, year: int, in_name: bool) -> Place:
    division = mention.division
    level = mention.level
    if division in mention.parts[-1].readings:
        level = division.level
    where = gazetteer.address(division, year) if division else NOWHERE
    if division and division.level == "township" and mention.within and not where.county:  # the county was another then
        within = gazetteer.address(mention.within, year)
        where = within._replace(township=division.name, township_code=where.township_code)
    chain = [part.match for part in mention.parts]
    return _make(
        **evidence(chain[0], passage, tuple(mention.doubts), chain=chain),
        name=_own_name(mention, gazetteer),
        level=level,
        country=where.country,
        adcode=where.adcode,
        province=where.province,
        prefecture=where.prefecture,
        county=where.county,
        township=where.township or next((part.text for part in mention.parts if part.level == "township"), None),
        township_code=where.township_code,
        in_name=in_name,
        resolved_by=mention.basis if division is not None else None,
        candidates=tuple([_candidate(one, gazetteer, year) for one in mention.candidates if gazetteer.adcode(one)]),
    )


@lru_cache(maxsize=4096)
def _candidate(division: Division, gazetteer: Gazetteer, year: int) -> Candidate:
    within = "".join(outer.name for outer in reversed(gazetteer.line(division, year)[1:]) if outer.level != "country")
    return Candidate(name=division.name, adcode=gazetteer.adcode(division, year), within=within)


def _own_name(mention: Mention, gazetteer: Gazetteer) -> str:
    """The innermost name as written; an official name that begins with its province's is cut: 河北雄安新区 → 雄安新区."""
    name = mention.name
    if mention.listed and len(name) > 3 and mention.division is not None:
        for above in gazetteer.line(mention.division)[1:]:
            for outer in (above.name, *above.short):
                if name.startswith(outer) and name[len(outer) :] in gazetteer.by_name:
                    return name[len(outer) :]
    return name
