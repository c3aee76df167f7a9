"""The places that `rules/place/` lists: by name, by code, and by the year in which a name held."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple, cast

Level = Literal["country", "region", "province", "prefecture", "county", "township", "zone", "village", "poi"]


class _Row(NamedTuple):
    code: str
    name: str
    short: tuple[str, ...]
    level: Level
    parent: str
    country: str
    since: int = 0
    until: int = 0
    now: tuple[str, ...] = ()


class Division(_Row):
    """A place of the list. `code` is its GB/T 2260 code, that of a township its nine-digit statistical code or a key, else a key.

    `since` and `until` are the first and the last year in which the name held with this code and `parent`; 0 where it
    has held since the list begins (1980), and where it still does. `now` are today's codes of what a former one became.
    """

    __slots__ = ()
    __eq__ = object.__eq__  # a division is equal to itself alone, and quick to look up in tables
    __hash__ = object.__hash__

    def held(self, year: int) -> bool:
        """Whether the name stood in the list at the end of `year`."""
        return self.since <= year and (not self.until or year <= self.until)


class Address(NamedTuple):
    """Where a place lies: full official names, with the GB/T 2260 code of the innermost division that has one."""

    adcode: str | None
    country: str | None
    province: str | None
    prefecture: str | None
    county: str | None
    township: str | None
    township_code: str | None


NOWHERE = Address(None, None, None, None, None, None, None)


class Gazetteer:
    """Places by code and by name. A name may be several places: 鼓楼区 is four.

    `townships` maps the codes of counties to their townships, each a key of three characters and the name, with
    other spellings behind a bar: `001城关镇 002永丰镇`. They are kept as text, and made
    into divisions when they are asked for: there are ten times as many as there are other places.
    """

    def __init__(
        self,
        divisions: Iterable[Division],
        former: Iterable[Division] = (),
        townships: Mapping[str, str] | None = None,
        common_words: Iterable[str] = (),
    ) -> None:
        self.common_words = frozenset(common_words)
        self.by_code: dict[str, Division] = {}
        self.by_name: dict[str, list[Division]] = defaultdict(list)
        self.official: set[str] = set()
        self.abbreviations: dict[str, Division] = {}
        self._former: dict[str, list[Division]] = defaultdict(list)
        self._townships = townships or {}
        for division in divisions:
            self.by_code[division.code] = division
            self._name(division)
        for division in former:
            self._former[division.code].append(division)
            self._name(division)

    def _name(self, division: Division) -> None:
        self.by_name[division.name].append(division)
        self.official.add(division.name)
        for short in division.short:
            if short.startswith("="):
                self.abbreviations[short[1:]] = division
            elif division not in self.by_name[short]:
                self.by_name[short].append(division)

    @cached_property
    def names(self) -> list[str]:
        """The names that stand for a place by themselves, townships left out."""
        return [name for name in self.by_name if len(name) > 1]

    @cached_property
    def township_codes(self) -> Mapping[str, str]:
        """The statistical codes of the townships by their official name, with blanks between them."""
        codes: dict[str, str] = {}
        for county, listed in self._townships.items():
            for one in listed.split(" "):
                for name in one[3:].split("|"):
                    codes[name] = f"{codes[name]} {county}{one[:3]}" if name in codes else county + one[:3]
        return codes

    @cache  # noqa: B019 - the gazetteer lives as long as the process
    def townships(self, name: str) -> tuple[Division, ...]:
        """The townships that go by this official name."""
        return tuple(_township(code, name) for code in self.township_codes.get(name, "").split())

    @cache  # noqa: B019
    def townships_by_short(self, county: str) -> Mapping[str, Division]:
        """The townships of a county, given by its code, by the names that they go by inside it: 瓜沥 for 瓜沥镇."""
        found: dict[str, Division] = {}
        for one in self._townships.get(county, "").split():
            for name in one[3:].split("|"):
                if len(short := _stem(name)) > 1:
                    found[short] = _township(county + one[:3], name)
        return found

    @cache  # noqa: B019
    def shorts_within(self, code: str, year: int = 0) -> Mapping[str, Division]:
        """What is called by a short name inside a division, given by its code: the townships of a county, the counties of
        a prefecture or municipality as they were in `year`."""
        found = dict(self.townships_by_short(code))
        for former in self._former[code] if year else ():
            if former.held(year):  # its townships stand under what it has become
                for today in former.now:
                    found.update(self.townships_by_short(today))
        for one in self._inside[code]:
            if one.level == "county" and (one.held(year) if year else not one.until):
                short = one.name[:-1] if len(one.name) > 2 and one.name[-1] in "县市区" else ""
                found.update({name: one for name in (*one.short, short) if len(name) > 1 and name[0] != "="})
        return found

    @cached_property
    def _inside(self) -> Mapping[str, list[Division]]:
        """The divisions of today and of once by the code of what contains them."""
        found: dict[str, list[Division]] = defaultdict(list)
        for one in self.by_code.values():
            found[one.parent].append(one)
        for former in self._former.values():
            for one in former:
                found[one.parent].append(one)
        return found

    @cached_property
    def endings(self) -> frozenset[str]:
        """The last two characters of each name."""
        return frozenset(name[-2:] for name in self.names)

    @cache  # noqa: B019
    def readings(self, name: str, year: int = 0) -> tuple[tuple[Division, ...], str]:
        """The places that held `name` in `year` (0: today); else what those are that did or will, with a doubt.

        The year of a change has both names, for the list gives the state at its end.
        """
        listed = self.by_name.get(name, ())
        if not year:
            held = [one for one in listed if not one.until]
        else:
            held = [one for one in listed if one.held(year)]
            if all(one.level in ("poi", "region") for one in held):
                held += [then for one in listed for then in self._before(one, year)]
            held = held or [one for one in listed if one.held(year - 1) or one.held(year + 1)]
        if held:
            return tuple(dict.fromkeys(held)), ""
        if current := tuple(one for one in listed if not one.until):
            return current, "name_not_yet_in_use"
        today = {today.code: today for one in listed for today in self.successors(one) or [one]}
        return tuple(today.values()), "former_name" if today else ""

    def _before(self, division: Division, year: int) -> list[Division]:
        """What bore the name of a division of today before it was one: its like under another code (琼海 in 2000)."""
        if division.until or division.held(year):
            return []
        before = [one for one in self._became[division.code] if one.held(year) and one.name[:2] == division.name[:2]]
        if not before and division.name.endswith("新区"):
            return [_zone(division)]  # as it was at first: 两江新区
        return before

    def full_names(self, short: str) -> list[str]:
        """The official names of the places that go by `short`."""
        return [division.name for division in self.by_name.get(short, ()) if division.name != short]

    def contains(self, outer: Division, inner: Division) -> bool:
        """Whether `inner` lies, or lay, in `outer`, or in what `outer` has become."""
        above = self._above(inner)
        return outer.code in above or not above.isdisjoint(outer.now)

    @cache  # noqa: B019
    def _above(self, division: Division) -> frozenset[str]:
        """The codes of all that contain a place."""
        return frozenset(outer.code for outer in self.line(division)[1:])

    def parent(self, division: Division, year: int = 0) -> Division | None:
        """What contains the division, by the map of `year` (0: today's, or that of the last year in which it held)."""
        return self._holder(division.parent, year or division.until)

    def _holder(self, code: str, year: int) -> Division | None:
        """The division that had this code in `year`, or else the one that had its land."""
        here = self.by_code.get(code)
        if here is not None and (not year or here.since <= year):
            return here
        former = self._former.get(code, ())
        if then := next((one for one in former if one.held(year)), None):
            return then
        if here is None:
            return former[-1] if former else None
        held = [one for one in self._became[code] if one.held(year) and one.level == here.level]
        return held[0] if len(held) == 1 else self.parent(here, year)

    @cached_property
    def _became(self) -> Mapping[str, list[Division]]:
        """The former divisions by the codes of what they are today."""
        found: dict[str, list[Division]] = defaultdict(list)
        for former in self._former.values():
            for one in former:
                for code in one.now:
                    found[code].append(one)
        return found

    @cache  # noqa: B019
    def adcode(self, division: Division, year: int = 0) -> str:
        """The GB/T 2260 code of the place by the map of `year`, or of what contains it; empty outside the code list."""
        return next((one.code for one in self.line(division, year) if len(one.code) == 6 and one.code.isdigit()), "")

    @cache  # noqa: B019
    def line(self, division: Division, year: int = 0) -> tuple[Division, ...]:
        """The division and all that contain it, innermost first, by the map of `year`."""
        found: list[Division] = []
        current: Division | None = division
        while current is not None and len(found) < 8:
            found.append(current)
            current = self.parent(current, year)
        return tuple(found)

    @cache  # noqa: B019
    def address(self, division: Division, year: int = 0) -> Address:
        """Where the place lies by the map of `year`. All of Taiwan, Hong Kong and Macau has the code of the whole."""
        names: dict[str, str] = {outer.level: outer.name for outer in reversed(self.line(division, year))}
        code = self.adcode(division, year)
        own = division.code if division.level == "township" and division.code.isdigit() else None
        return Address(
            (code[:2] + "0000" if code[:2] in ("71", "81", "82") else code) or None,
            division.country or None,
            names.get("province"),
            names.get("prefecture"),
            names.get("county"),
            names.get("township"),
            own,
        )

    def successors(self, division: Division) -> list[Division]:
        """What a former division is today; empty where that is not known."""
        return [self.by_code[code] for code in division.now if code in self.by_code]


_TOWNSHIP_ENDINGS = ("街道", "民族乡", "民族苏木", "苏木", "镇", "乡")


def _township(code: str, name: str) -> Division:
    return Division(code, name, (), "township", code[:6], "CN")


@cache
def _zone(division: Division) -> Division:
    return Division(f"{division.parent}:{division.name}", division.name, (), "zone", division.parent, "CN")


def _stem(name: str) -> str:
    """The name of a township without the word for what it is; empty where nothing is left of two characters."""
    return next((name[: -len(ending)] for ending in _TOWNSHIP_ENDINGS if name.endswith(ending)), "")


@lru_cache(maxsize=4)
def load_gazetteer(folder: Path) -> Gazetteer:
    """The gazetteer of a folder: `gazetteer.tsv`, and beside it `former.tsv` and `townships.tsv`; empty without the first."""
    main = folder / "gazetteer.tsv"
    if not main.is_file():
        return Gazetteer([])
    words: list[str] = []
    divisions = [_division(row) for row in _rows(main, words)]
    former = [_former(row) for row in _rows(folder / "former.tsv")]
    townships = dict(line.split("\t") for line in _lines(folder / "townships.tsv") if not line.startswith("#"))
    return Gazetteer(divisions, former, townships, words)


def _rows(path: Path, words: list[str] | None = None) -> Iterator[list[str]]:
    """The rows of a table below its header; what stands on lines `# words:` goes to `words`."""
    lines = _lines(path)
    if words is not None:
        for line in lines:
            if line.startswith("# words:"):
                words += line.removeprefix("# words:").split()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    next(rows, None)
    yield from rows


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.is_file() else []


def _division(row: list[str]) -> Division:
    code, name, short, level, parent, country, *years = row
    since = int(years[0]) if years and years[0] else 0
    return Division(code, name, tuple(short.split("|")) if short else (), cast("Level", level), parent, country, since)


def _former(row: list[str]) -> Division:
    code, name, short, level, parent, since, until, now = row
    return Division(
        code,
        name,
        tuple(short.split("|")) if short else (),
        cast("Level", level),
        parent,
        "CN",
        int(since or 0),
        int(until),
        tuple(now.split("|")) if now else (),
    )
