"""One row of `gazetteer.tsv`, and what every row must satisfy."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import opencc

LEVELS = ("country", "region", "province", "prefecture", "county", "township", "zone", "poi")
COLUMNS = ("code", "name", "short", "level", "parent", "country", "since")

SIMPLIFY = opencc.OpenCC("tw2s")  # the configuration the extractor itself normalises with


def simplified(name: str) -> str:
    """`name` in simplified characters, as the extractor's own normalisation writes it."""
    return str(SIMPLIFY.convert(name))


@dataclass
class Place:
    """One row of the table. `short` keeps its order and holds no name twice; `=` before one marks an abbreviation."""

    code: str
    name: str
    level: str
    parent: str
    country: str
    short: list[str] = field(default_factory=list)
    since: str = ""

    def also(self, *names: str) -> None:
        """Add other names, leaving out the official one and those already there."""
        for name in names:
            if name and name != self.name and name not in self.short:
                self.short.append(name)

    @property
    def row(self) -> str:
        """The line of the table."""
        return "\t".join(
            (self.code, self.name, "|".join(self.short), self.level, self.parent, self.country, self.since)
        )


def check(places: Iterable[Place]) -> None:
    """Raise ValueError, naming every row that breaks the table's own rules."""
    places = list(places)
    faults: list[str] = []
    codes = Counter(place.code for place in places)
    faults += [f"{code} is there {count} times" for code, count in codes.items() if count > 1]
    for place in places:
        row = f"{place.code} {place.name}"
        if place.parent and place.parent not in codes:
            faults.append(f"{row}: its parent {place.parent} is not there")
        if len(place.name) < 2:
            faults.append(f"{row}: a name has two characters or more")
        if place.level not in LEVELS:
            faults.append(f"{row}: unknown level {place.level}")
        division = re.fullmatch(r"\d{6}", place.code) and place.parent != "CN"
        if division and not place.code.startswith(place.parent.rstrip("0")):
            faults.append(f"{row}: its code does not begin like its parent's, {place.parent}")
        for name in (place.name, *place.short):
            if re.search(r"[\t|,\s]", name) or len(name) < 2 or (name[0] == "=" and len(name) != 2):
                faults.append(f"{row}: {name!r} is no name")
    if faults:
        raise ValueError("\n".join(faults))
