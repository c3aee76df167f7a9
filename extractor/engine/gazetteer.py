"""The list of places by name, read from `rules/place/gazetteer.tsv`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal

Level = Literal["country", "region", "province", "prefecture", "county", "township", "zone", "village", "poi"]


@dataclass(frozen=True, slots=True)
class Division:
    """One row: `code` is unique in the list; `adcode` its GB/T 2260 code, empty outside the code list."""

    code: str
    name: str
    short: tuple[str, ...]
    level: Level
    parent: str
    country: str

    @property
    def adcode(self) -> str:
        return self.code[:6] if self.code[:6].isdigit() else ""


class Gazetteer:
    """Places by code and by name. A name may be several places: 鼓楼区 is four."""

    def __init__(self, divisions: list[Division], common_words: Iterable[str] = ()) -> None:
        self.common_words = frozenset(common_words)
        self.by_code = {division.code: division for division in divisions}
        self.by_name: dict[str, list[Division]] = defaultdict(list)
        self.abbreviations: dict[str, Division] = {}
        self.official: set[str] = set()
        for division in divisions:
            self.by_name[division.name].append(division)
            self.official.add(division.name)
            for short in division.short:
                if short.startswith("="):
                    self.abbreviations[short[1:]] = division
                elif division not in self.by_name[short]:
                    self.by_name[short].append(division)

    @cached_property
    def names(self) -> list[str]:
        return [name for name in self.by_name if len(name) > 1]

    @cached_property
    def endings(self) -> frozenset[str]:
        """The last two characters of each name."""
        return frozenset(name[-2:] for name in self.names)

    def full_names(self, short: str) -> list[str]:
        """The official names of the places that go by `short`."""
        return [division.name for division in self.by_name.get(short, ()) if division.name != short]

    def contains(self, outer: Division, inner: Division) -> bool:
        """Whether `inner` lies in `outer`; the code of a place that is no division begins with its parent's."""
        return outer.code in self._above(inner.code)

    @cache  # noqa: B019 - the gazetteer lives as long as the process
    def _above(self, code: str) -> frozenset[str]:
        """The codes of all that contain a place."""
        return frozenset(division.code for division in self._line(code)[1:])

    def parent(self, division: Division) -> Division | None:
        return self.by_code.get(division.parent)

    def line(self, division: Division) -> tuple[Division, ...]:
        """The division and all that contain it, innermost first."""
        return self._line(division.code)

    @cache  # noqa: B019
    def _line(self, code: str) -> tuple[Division, ...]:
        found: list[Division] = []
        current: Division | None = self.by_code[code]
        while current is not None and len(found) < 8:
            found.append(current)
            current = self.parent(current)
        return tuple(found)

    def official_names(self, division: Division) -> Mapping[str, str]:
        """The official name of the division and of each that contains it, by level."""
        return self._names(division.code)

    @cache  # noqa: B019
    def _names(self, code: str) -> Mapping[str, str]:
        return {outer.level: outer.name for outer in reversed(self._line(code))}


@lru_cache(maxsize=4)
def load_gazetteer(path: Path) -> Gazetteer:
    """The gazetteer of the file; an empty one where there is none."""
    if not path.is_file():
        return Gazetteer([])
    divisions = []
    words: list[str] = []
    with path.open(encoding="utf-8") as file:
        lines = file.read().splitlines()
        for line in lines:
            if line.startswith("# words:"):
                words += line.removeprefix("# words:").split()
        rows = (line.split("\t") for line in lines if not line.startswith("#"))
        next(rows, None)
        for code, name, short, level, parent, country in rows:
            divisions.append(Division(code, name, tuple(short.split("|")) if short else (), level, parent, country))  # type: ignore[arg-type]
    return Gazetteer(divisions, words)
