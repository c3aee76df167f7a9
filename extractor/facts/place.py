"""Named places, tied to the GB/T 2260 code list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal, cast

from pydantic import Field

from extractor.article import Region
from extractor.engine.gazetteer import Division, Gazetteer, Level
from extractor.engine.match import Match
from extractor.facts.base import Frozen, Record, maker
from extractor.facts.reading import evidence
from extractor.segment import Passage


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


_RANK: dict[str, int] = {
    "country": 0, "region": 0, "province": 1, "prefecture": 2, "county": 3, "zone": 4, "township": 5, "village": 6, "poi": 7,
}  # fmt: skip
_BODY_REACH = 16  # characters between a place and the head of the organisation whose name it opens
_BODY_VERBS = frozenset(
    "对口 支援 援助 帮扶 援疆 援藏 管理 监督 服务 发展 投资 控股 建设 开发 研究 教育 保障 联合 交通 执法".split()
)


@dataclass
class _Mention:
    """Names that follow one another from the outside in, with the divisions that each of them may be."""

    parts: list[Match]
    levels: list[Level]
    readings: list[list[Division]]
    division: Division | None = None  # the innermost listed division, where it is settled
    candidates: list[Division] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.parts[0].start

    @property
    def end(self) -> int:
        return self.parts[-1].end

    @property
    def name(self) -> str:
        return self.parts[-1].text

    @property
    def level(self) -> Level:
        return self.levels[-1]


_make = maker(Place, "level")


def read(matches: list[Match], passage: Passage) -> list[Place]:
    """The places of an article: names joined into chains, then each settled by its chain and its article."""
    if not matches:
        return []
    gazetteer: Gazetteer = matches[0].rule.book.gazetteer
    mentions = _chains(matches, passage, gazetteer)
    for mention in mentions:
        _settle_chain(mention, gazetteer)
    context = _Context(gazetteer, passage.article.region)
    for mention in mentions:  # what the article says outright, wherever it says it
        if mention.division is not None:
            context.add(mention)
    for mention in mentions:
        if mention.division is None and any(mention.readings):
            _settle_in_article(mention, context, gazetteer)
    context.begin()
    records = []
    for mention in mentions:
        context.pass_by(mention)
        in_name = opens_a_name(mention.end, passage, mention.parts[0])
        if in_name and mention.level == "poi":
            continue  # a river or a road inside the name of an organisation holds no place: 长江大学
        records.append(_place(mention, passage, context, gazetteer, in_name))
    return records


def _chains(matches: list[Match], passage: Passage, gazetteer: Gazetteer) -> list[_Mention]:
    mentions: list[_Mention] = []
    for match in matches:
        level, readings = _read_name(match, gazetteer)
        last = mentions[-1] if mentions else None
        if last is not None and last.end == match.start and _inside(last, match, level, readings, gazetteer):
            last.parts.append(match)
            last.levels.append(level)
            last.readings.append(readings)
        else:
            mentions.append(_Mention([match], [level], [readings]))
    return mentions


def _read_name(match: Match, gazetteer: Gazetteer) -> tuple[Level, list[Division]]:
    if "listed" in match:
        readings = gazetteer.by_name[match.text]
        return readings[0].level, list(readings)
    level = cast("Level", match.meaning("suffix"))
    return ("village" if match["group"] else level), []


def _inside(outer: _Mention, match: Match, level: Level, readings: list[Division], gazetteer: Gazetteer) -> bool:
    """Whether a name with this level and these readings may lie in `outer`, which it follows directly."""
    if readings:
        inner_most = next((r for r in reversed(outer.readings) if r), [])
        if not inner_most or outer.readings[-1] == []:
            return False
        if any(gazetteer.contains(o, i) for o in inner_most for i in readings):
            return True
        in_full = match.text in gazetteer.official and outer.parts[-1].text in gazetteer.official
        return (in_full or readings[0].level == "county") and all(
            _RANK[o.level] < _RANK[i.level] for o in inner_most for i in readings
        )
    return _RANK[level] > _RANK[outer.level] or (level == outer.level and level in ("village", "poi"))


def _settle_chain(mention: _Mention, gazetteer: Gazetteer) -> None:
    """The innermost listed division, when the chain itself leaves one reading."""
    listed = [readings for readings in mention.readings if readings]
    if not listed:
        return
    lines = [[division] for division in listed[0]]
    for readings in listed[1:]:
        lines = [[*line, inner] for line in lines for inner in readings if gazetteer.contains(line[-1], inner)]
    if not lines and len(listed) > 1:  # a chain whose parts do not contain one another
        mention.doubts.append("parts_do_not_contain_one_another")
        lines = [[division] for division in listed[-1]]
    found = list({line[-1].code: line[-1] for line in lines}.values())
    if len(found) == 1:
        mention.division = found[0]
        if (
            len(mention.parts) == 1
            and found[0].level == "county"
            and mention.name not in gazetteer.official
            and len(listed) == 1
        ):
            return
    else:
        mention.readings[_last_listed(mention)] = found


def _last_listed(mention: _Mention) -> int:
    return max(i for i, readings in enumerate(mention.readings) if readings)


class _Context:
    """The divisions that an article names, and those named last while it is read through."""

    def __init__(self, gazetteer: Gazetteer, region: Region) -> None:
        self.gazetteer = gazetteer
        self.region = region
        self.named: Counter[str] = Counter()
        self.counties: Counter[str] = Counter()
        self.locals: dict[str, Division] = {}
        self.last: Division | None = None

    def add(self, mention: _Mention) -> None:
        if mention.division is None or mention.candidates:
            return
        for division in self.gazetteer.line(mention.division):
            self.named[division.code] += 1
        if mention.division.level == "county":
            self.counties[mention.division.code] += 1
        for part, readings in zip(mention.parts, mention.readings, strict=True):
            if not readings:
                self.locals.setdefault(part.text, mention.division)

    def begin(self) -> None:
        self.last = None

    def pass_by(self, mention: _Mention) -> None:
        if (
            mention.division is not None
            and not mention.candidates
            and mention.division.level in ("county", "prefecture")
        ):
            self.last = mention.division

    def _shared_prefecture(self) -> Division | None:
        """The prefecture that holds all counties the article names: a road of the city may cross any of them."""
        lines = [self.gazetteer.line(self.gazetteer.by_code[code]) for code in self.counties]
        prefectures = {next((d for d in line if d.level == "prefecture"), None) for line in lines}
        return prefectures.pop() if len(prefectures) == 1 else None

    def weight(self, division: Division) -> int:
        """How much the article speaks of what contains `division`, smaller divisions first."""
        line = self.gazetteer.line(division)[1:]
        return sum(_WEIGHTS.get(outer.level, 0) * min(self.named[outer.code], 3) for outer in line)

    def around(self, mention: _Mention) -> Division | None:
        """The division that contains a place which the gazetteer does not list, as far as the article determines it."""
        for part in mention.parts:
            if part.text in self.locals:
                return self.locals[part.text]
        most = self.counties.most_common(2)
        if mention.level == "poi" and len(self.counties) > 1:
            return self._shared_prefecture()
        if most and (len(most) == 1 or (most[0][1] >= 2 * most[1][1] and mention.level in ("township", "village"))):
            return self.gazetteer.by_code[most[0][0]]
        if self.last is not None and self.last.level == "county" and mention.level in ("township", "village"):
            return self.last
        if self.region != "CN":
            return self.gazetteer.by_code.get(_REGION_CODES[self.region])
        return None


_WEIGHTS = {"prefecture": 4, "province": 2, "county": 4}
_REGION_CODES: dict[Region, str] = {"CN": "", "TW": "710000", "HK": "810000", "MO": "820000"}


def _settle_in_article(mention: _Mention, context: _Context, gazetteer: Gazetteer) -> None:
    """One of several readings by what the article names around it; left open, with its candidates, where nothing tells."""
    readings = mention.readings[_last_listed(mention)]
    if context.region != "CN":
        own = [d for d in readings if d.code.startswith(_REGION_CODES[context.region])]
        readings = own or readings
    if len(readings) == 1:
        mention.division = readings[0]
        return
    readings = [
        d for d in readings if not any(gazetteer.contains(other, d) for other in readings)
    ]  # 喀什: the prefecture
    if len(readings) == 1:
        mention.division = readings[0]
        inner = [d for d in mention.readings[_last_listed(mention)] if d is not mention.division]
        mention.candidates = [mention.division, *inner]
        mention.doubts.append("several_places_share_this_name")
        return
    weights = {division.code: context.weight(division) for division in readings}
    best = max(weights.values())
    if best:
        top = [division for division in readings if weights[division.code] == best]
        if len(top) == 1:
            mention.division = top[0]
            return
        readings = top
    higher = min(_RANK[division.level] for division in readings)
    tops = [division for division in readings if _RANK[division.level] == higher]
    mention.candidates = readings
    mention.doubts.append("several_places_share_this_name")
    if len(tops) == 1:
        mention.division = tops[0]


def _place(mention: _Mention, passage: Passage, context: _Context, gazetteer: Gazetteer, in_name: bool) -> Place:
    division = mention.division
    level = mention.level
    if mention.readings[-1] and division is not None:
        level = division.level
    doubts = list(mention.doubts)
    if not mention.readings[-1]:  # 甘肃|天水南站: the name itself begins with a division that the chain contains
        division = _named_after(mention, division, gazetteer) or division
    if division is None and not any(mention.readings):
        division = context.around(mention)
        if division is not None and mention.level == "poi" and len(mention.parts) == 1:
            doubts.append("division_from_article")
    line = gazetteer.official_names(division) if division else {}
    township = mention.parts[mention.levels.index("township")].text if "township" in mention.levels else None
    adcode = (division.adcode or None) if division else None
    if adcode and adcode[:2] in ("71", "81", "82"):
        adcode = adcode[:2] + "0000"
    return _make(
        **evidence(mention.parts[0], passage, tuple(doubts), chain=mention.parts),
        name=_own_name(mention, gazetteer),
        level=level,
        country=(division.country or None) if division else None,
        adcode=adcode,
        province=line.get("province"),
        prefecture=line.get("prefecture"),
        county=line.get("county"),
        township=township,
        in_name=in_name,
        candidates=tuple([Candidate(name=d.name, adcode=d.adcode) for d in mention.candidates if d.adcode]),
    )


def _own_name(mention: _Mention, gazetteer: Gazetteer) -> str:
    """The innermost name as written; an official name that begins with its province's is cut: 河北雄安新区 → 雄安新区."""
    name = mention.name
    if mention.readings[-1] and len(name) > 3 and mention.division is not None:
        parent = gazetteer.parent(mention.division)
        for outer in (parent.name, *parent.short) if parent else ():
            if name.startswith(outer) and name[len(outer) :] in gazetteer.by_name:
                return name[len(outer) :]
    return name


def _named_after(mention: _Mention, outer: Division | None, gazetteer: Gazetteer) -> Division | None:
    name = mention.name
    for length in range(min(len(name) - 1, 8), 1, -1):
        inner = [
            d for d in gazetteer.by_name.get(name[:length], ()) if outer is not None and gazetteer.contains(outer, d)
        ]
        if len(inner) == 1:
            return inner[0]
    return None


def opens_a_name(end: int, passage: Passage, match: Match) -> bool:
    """Whether a place that ends at `end` opens or stands inside the name of an organisation: 石城县|民政局."""
    heads = match.rule.book.lexicons["organisation_head"]
    clean = passage.clean
    index = passage.word_at(end) if end < len(clean) else len(passage.words)
    while index < len(passage.words):
        first, word, tag = passage.starts[index], passage.words[index], passage.tags[index]
        last = first + len(word)
        if last - end > _BODY_REACH:
            return False
        rest = clean[end:last] if first < end else word
        if clean[first] == "(":
            closing = clean.find(")", first, first + 10)
            if closing < 0:
                return False
            index = passage.word_at(closing) + 1
            continue
        acts = tag[0] == "v" and tag != "vn" and word not in _BODY_VERBS
        if rest in heads or (not acts and any(rest[i:] in heads for i in range(1, len(rest)))):
            return True
        if (tag[0] in "xwpcduryf" and tag != "f") or rest in ("的", "等", "和", "在"):
            return False
        if acts:
            return False
        index += 1
    return False
