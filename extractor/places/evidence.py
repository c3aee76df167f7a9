"""What an article says of where it is: the divisions that it names, and where, its publisher and the path of its file."""

from __future__ import annotations

import re
from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from extractor.article import Region, Span
from extractor.engine.gazetteer import Division, Gazetteer
from extractor.places.mention import Basis, Mention
from extractor.segment import Passage

APART = "parts_do_not_contain_one_another"
MUNICIPALITIES = frozenset(("110000", "120000", "310000", "500000"))
_STRETCHING = frozenset(  # over counties
    ("place.feature", "place.line", "place.numbered_road", "place.class_and_number")
)
REGION_CODES: dict[Region, str] = {"CN": "", "TW": "710000", "HK": "810000", "MO": "820000"}


class Support(NamedTuple):
    """How strongly an article speaks for a reading: what it names, how far away, and where."""

    strength: int
    nearness: int
    basis: Basis


NOTHING = Support(0, 0, "rank")
ITSELF, COUNTY, PREFECTURE, LOCAL_PAPER, PROVINCE, COUNTRY = 6, 5, 4, 3, 2, 1
_STRENGTH = {"county": COUNTY, "prefecture": PREFECTURE, "province": PROVINCE, "country": COUNTRY}
FAR = 1 << 40
_DATELINE = re.compile(r"(?:\d{1,2}月)?(?:\d{1,2}日)?(?:电|讯|消息|报道)")


class Evidence:
    """The divisions that an article names, and where."""

    def __init__(self, gazetteer: Gazetteer, passage: Passage, year: int) -> None:
        self.gazetteer, self.passage, self.year = gazetteer, passage, year
        self.region = passage.article.region
        self.places: dict[str, list[Span]] = defaultdict(list)  # spans of the mentions, by the code they name
        self.counties: Counter[str] = Counter()
        self.cities: Counter[str] = Counter()  # prefectures and municipalities named as such
        self.known: dict[str, Division] = {}  # the divisions of both by code
        # by what names it speaks of its counties, prefectures and municipalities
        self.named: dict[str, set[str]] = defaultdict(set)
        self.locals: dict[str, Division] = {}
        self.last: Division | None = None
        self._outside: list[tuple[Basis, str]] | None = None

    def add(self, mention: Mention) -> None:
        """Takes note of a mention that is settled beyond doubt."""
        division = mention.division
        if division is None or mention.candidates or APART in mention.doubts:
            return
        span = mention.start, mention.end
        for outer in self.gazetteer.line(division, self.year):
            spans = self.places[outer.code]
            if spans and spans[-1] > span:
                insort(spans, span)
            else:
                spans.append(span)
            if outer.level == "county":
                self.counties[outer.code] += 1
                self.known[outer.code] = outer
        if division.level == "prefecture" or division.code in MUNICIPALITIES:
            self.cities[division.code] += 1
            self.known[division.code] = division
            self.named[division.code].add(mention.name)
        elif division.level == "county" or (mention.basis == "chain" and division.level == "township"):
            for outer in self.gazetteer.line(division, self.year):
                if outer.level in ("county", "prefecture"):
                    self.named[outer.code].add(mention.name)
        for part in mention.parts:
            if not part.readings:
                self.locals.setdefault(part.text, division)

    def pass_by(self, mention: Mention) -> None:
        division = mention.division
        if division is None or mention.candidates:
            return
        if division.level in ("county", "prefecture") or division.code in MUNICIPALITIES:
            self.last = division

    def support(self, reading: Division, mention: Mention) -> Support:
        """What of the article speaks for `reading`: itself named in full or settled elsewhere, or what contains it."""
        line = self.gazetteer.line(reading, self.year)
        if reading.code in self.places:
            return self._near(ITSELF, reading.code, mention)
        direct = all(
            outer.level != "prefecture" for outer in line[1:]
        )  # districts of Beijing, counties under a province
        best = NOTHING
        for outer in line[1:]:
            strength = _STRENGTH.get(outer.level, 0)
            if direct and outer.level == "province":
                strength = PREFECTURE
            if outer.code in self.places:
                best = max(best, self._near(strength, outer.code, mention))
        if best.strength >= PREFECTURE:
            return best
        codes = {outer.code for outer in line}
        for basis, code in self.outside:
            if code in codes and (reading.code == code or self.gazetteer.by_code[code].level != "country"):
                level = self.gazetteer.by_code[code].level
                strength = LOCAL_PAPER if level != "province" or direct else COUNTRY
                best = max(best, Support(strength, 0, basis))
        return best

    def speaks_of(self, division: Division) -> bool:
        """Whether the article names the division or the prefecture or municipality that contains it."""
        line = self.gazetteer.line(division, self.year)
        return any(
            one.code in self.places
            for one in line
            if one.level in ("county", "prefecture") or one.code in MUNICIPALITIES
        )

    def _near(self, strength: int, code: str, mention: Mention) -> Support:
        """The nearest mention of `code` before the one in question, else the first behind it."""
        spans = self.places[code]
        index = bisect_left(spans, (mention.start, 0))
        before = index > 0
        start, end = spans[index - 1] if before else spans[index]
        distance = mention.start - end if before else start - mention.end + FAR
        return Support(strength, -distance, self._basis(start, end))

    def _basis(self, start: int, end: int) -> Basis:
        title = self.passage.title
        if title and title[0] <= start < title[1]:
            return "title"
        return "dateline" if _DATELINE.match(self.passage.clean, end) else "article"

    @property
    def outside(self) -> list[tuple[Basis, str]]:
        """The divisions that the publisher's name and the file's path hold, by their codes."""
        if self._outside is None:
            article = self.passage.article
            sources: list[tuple[Basis, str]] = [("publisher", article.publisher), ("path", article.doc)]
            if not self.passage.title:
                sources.insert(0, ("title", article.title))
            self._outside = [(basis, code) for basis, text in sources for code in _named_in(text, self.gazetteer)]
        return self._outside

    def shared_prefecture(self) -> Division | None:
        """The prefecture that holds all counties the article names: a road of the city may cross any of them."""
        found = set()
        for code in self.counties:
            line = self.gazetteer.line(self.known[code], self.year)
            found.add(next((one for one in line if one.level == "prefecture"), None))
        return found.pop() if len(found) == 1 else None

    def around(self, mention: Mention) -> tuple[Division | None, bool]:
        """The division that contains a place which is not listed, as far as the article determines it, and whether others
        of the article might."""
        for part in mention.parts:
            if part.text in self.locals:
                return self.locals[part.text], False
        most = self.counties.most_common(2)
        if mention.level == "poi" and len(self.counties) > 1:
            if mention.parts[-1].match.rule.id in _STRETCHING:
                return self.shared_prefecture(), False
            return self.last or self.shared_prefecture(), True
        small = mention.level in ("township", "village")
        if most and (len(most) == 1 or (most[0][1] >= 2 * most[1][1] and small)):
            return self.known[most[0][0]], len(most) > 1
        if self.last is not None and ((self.last.level == "county" and small) or mention.level == "zone"):
            return self.last, True
        if not most and len(self.cities) == 1:
            return self.known[next(iter(self.cities))], True
        if self.region != "CN":
            return self.gazetteer.by_code.get(REGION_CODES[self.region]), False
        return None, False


def _named_in(text: str, gazetteer: Gazetteer) -> Iterator[str]:
    """The codes of the divisions named in a short text, longer names first; one name that is several divisions gives none."""
    start = 0
    text = text[:200]
    while start < len(text) - 1:
        for length in range(min(12, len(text) - start), 1, -1):
            found = [
                one
                for one in gazetteer.by_name.get(text[start : start + length], ())
                if not one.until and one.level in ("province", "prefecture", "county")
            ]
            if found:
                if len(found) == 1:
                    yield found[0].code
                start += length - 1
                break
        start += 1
