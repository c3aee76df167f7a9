"""Names that follow one another from the outside in become one mention: 江西省|赣州市|石城县."""

from __future__ import annotations

from typing import cast

from extractor.engine.gazetteer import Division, Gazetteer, Level
from extractor.engine.match import Match
from extractor.engine.place_letters import letters
from extractor.places.mention import RANK, Mention, Part
from extractor.segment import Passage

# Last characters of names by which nobody means the township: 金水区文化路 is the road that the 街道 is named after.
KIND_WORDS = frozenset("路街巷道桥里村园山岭湖河江海县市区镇乡")
_SEPARATORS = "·・•-－— "  # 浙江·杭州, 甘肃-陇南


def chains(matches: list[Match], passage: Passage, gazetteer: Gazetteer, year: int) -> list[Mention]:
    """The mentions of an article published in `year` (0 where that is not known), in text order."""
    mentions: list[Mention] = []
    for match in matches:
        if "letters" in match:
            mentions += [Mention([Part(one, held[0].level, held)]) for one, held in letters(match)]
            continue
        part, doubt = _part(match, passage, gazetteer, year)
        last = mentions[-1] if mentions else None
        if last is not None and last.end == match.start and (held := _townships_in(last, match.text, gazetteer)):
            part = Part(match, "township", held)  # 永新县|三湾乡: one in Taiwan has the same name
        if last is not None and _follows(last, part, gazetteer):
            last.parts.append(part)
        else:
            last = Mention([part])
            mentions.append(last)
        if doubt:
            last.doubt(doubt)
    for number, mention in enumerate(mentions, 1):
        if number == len(mentions) or mentions[number].start > mention.end:
            _with_township(mention, passage, gazetteer)
    return mentions


def _townships_in(mention: Mention, name: str, gazetteer: Gazetteer) -> tuple[Division, ...]:
    """The townships of that full name in the county with which a chain ends."""
    last = mention.parts[-1]
    if last.level != "county" or name not in gazetteer.township_codes:
        return ()
    counties = {one.code for one in last.readings}
    return tuple(one for one in gazetteer.townships(name) if one.parent in counties)


def _part(match: Match, passage: Passage, gazetteer: Gazetteer, year: int) -> tuple[Part, str]:
    """A name with what it may be, and what to doubt of it."""
    if "listed" in match:
        readings, doubt = gazetteer.readings(match.text, year)
        if readings:
            if readings[0].country not in ("CN", ""):
                match = _with_kind(match, readings[0].level, passage)
            return Part(match, readings[0].level, readings), doubt
    level: Level = "township"
    if "suffix" in match:
        level = "village" if match["group"] else cast("Level", match.meaning("suffix"))
    readings = gazetteer.townships(match.text) if level in ("township", "zone") else ()
    if not readings and level == "township":  # 调关、小河口等镇
        readings = tuple(one for head in ("镇", "乡", "街道") for one in gazetteer.townships(match.text + head))
    return Part(match, level, readings), ""


_KINDS: dict[str, str] = {"prefecture": "市府", "province": "州省道府邦", "county": "市县区"}


def _with_kind(match: Match, level: Level, passage: Passage) -> Match:
    """A place abroad with the word for what it is, which its names in the list do without: 札幌|市, 安大略|省."""
    clean, end = match.clean, match.end
    if not clean.startswith(tuple(_KINDS.get(level, ())), end) or end + 1 not in passage.edges:
        return match  # 东京|市民
    return Match(match.rule, clean, match.start, end + 1, match.groups, rivals=match.rivals)


def _follows(outer: Mention, part: Part, gazetteer: Gazetteer) -> bool:
    """Whether a name goes on with the chain `outer`."""
    match, gap = part.match, part.match.start - outer.end
    if gap > 1 or (gap == 1 and match.clean[outer.end] not in _SEPARATORS):
        return False
    if not part.readings:
        level = part.level
        return not gap and (RANK[level] > RANK[outer.level] or (level == outer.level and level in ("village", "poi")))
    inmost = next((one.readings for one in reversed(outer.parts) if one.readings), ())
    if any(gazetteer.contains(o, i) for o in inmost for i in part.readings):
        return True
    if gap:
        return False
    if part.level == "poi" and any(gazetteer.parent(i) in gazetteer.line(o) for o in inmost for i in part.readings):
        return True
    if part.level in ("township", "zone"):  # the list of townships is no map of every day
        return RANK[part.level] > RANK[outer.level]
    if not inmost or not outer.listed:
        return False
    if any(o.country == i.country != "CN" and RANK[o.level] < RANK[i.level] for o in inmost for i in part.readings):
        return True  # 安大略省|多伦多市: the list does not say in which state a city lies
    in_full = part.text in gazetteer.official and outer.name in gazetteer.official
    return (in_full or part.level == "county") and all(
        RANK[o.level] < RANK[i.level] for o in inmost for i in part.readings
    )


_NAMES = ("ns", "nr", "nz", "nrt", "x")


def _with_township(mention: Mention, passage: Passage, gazetteer: Gazetteer) -> None:
    """Adds the short name of a township that follows its county: 杭州萧山|瓜沥."""
    county = mention.parts[-1]
    if county.level != "county" or len(mention.parts) < 2 or len(county.readings) != 1:
        return
    clean, end = county.match.clean, mention.end
    listed = gazetteer.townships_by_short(county.readings[0].code)
    for last in range(end + 4, end + 1, -1):
        division = listed.get(clean[end:last])
        if division is not None and clean[last - 1] not in KIND_WORDS and _is_name(passage, end, last):
            match = Match(county.match.rule, clean, end, last, {"mention": (end, last)})
            mention.parts.append(Part(match, "township", (division,)))
            return


def _is_name(passage: Passage, start: int, end: int) -> bool:
    """Whether the words of `start:end` are no ordinary word."""
    if start not in passage.edges or end not in passage.edges:
        return False
    index = passage.word_at(start)
    word = passage.words[index]
    return start + len(word) < end or passage.tags[index] in _NAMES or not passage.knows(word)
