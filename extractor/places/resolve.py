"""Which of several places of one name is meant: by its chain, by its article, and only then, with a doubt, by rank."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.engine.gazetteer import Division, Gazetteer, Level
from extractor.places.evidence import APART, COUNTRY, FAR, ITSELF, PREFECTURE, REGION_CODES, Evidence
from extractor.places.lists import neighbour_levels, shared_head
from extractor.places.mention import RANK, Basis, Mention, Part
from extractor.places.shorts import short_mentions
from extractor.segment import Passage

_SEVERAL = "several_places_share_this_name"
_NOT_THERE = "not_listed_in_this_division"
_FROM_ARTICLE = "division_from_article"


def resolve(mentions: Sequence[Mention], passage: Passage, gazetteer: Gazetteer, year: int) -> Sequence[Mention]:
    """The mentions, and those by short names that only the article's divisions carry, in text order; the division of each
    settled, as far as its chain and its article tell, with the basis and the doubts."""
    for mention in mentions:
        _with_shared_head(mention, passage.clean, gazetteer, year)
        _by_chain(mention, gazetteer)
    article = Evidence(gazetteer, passage, year)
    for mention in mentions:  # what the article says outright, wherever it says it
        if mention.division is not None:
            article.add(mention)
    if more := short_mentions(article.named, mentions, passage, gazetteer, year):
        mentions = sorted([*mentions, *more], key=lambda mention: mention.start)
    levels = neighbour_levels(mentions, passage.clean)
    for mention in mentions:
        if mention.division is None and mention.open:
            _by_article(mention, article, levels.get(mention.start))
        elif mention.basis == "unique" and mention.level in ("county", "township"):
            _check_unique(mention, article)
    for mention in mentions:
        article.pass_by(mention)
        if not mention.listed or (mention.division is None and not mention.candidates):
            _around(mention, article)
    return mentions


def _with_shared_head(mention: Mention, clean: str, gazetteer: Gazetteer, year: int) -> None:
    """A short name is what it is with the head that its list shares: 抚顺 in 抚顺、清原两县 is no city."""
    last = mention.parts[-1]
    if last.readings and (head := shared_head(mention, clean)):
        readings, _ = gazetteer.readings(last.text + head, year)
        if readings:
            mention.parts[-1] = Part(last.match, readings[0].level, readings)


def _by_chain(mention: Mention, gazetteer: Gazetteer) -> None:
    """The innermost listed division, when the chain itself leaves one reading; else what it leaves goes to `open`."""
    listed = [part.readings for part in mention.parts if part.readings]
    if not listed:
        return
    lines: list[Division] = list(listed[0])
    inmost = lines
    for readings in listed[1:]:
        inner = [one for one in readings if any(gazetteer.contains(outer, one) for outer in lines)]
        if inner:
            outer = [one for one in lines if any(gazetteer.contains(one, found) for found in inner)]
            mention.within = outer[0] if len(outer) == 1 else None
            lines = inmost = inner
        elif readings[0].level == "township":
            mention.doubt(_NOT_THERE)  # the division before it stays the innermost that is known
        elif readings[0].level == "poi":
            continue  # 安顺|黄果树瀑布: the chain says more than the list, which has the province
        else:
            if not all(_abroad_together(one, lines) for one in readings):
                mention.doubt(APART)
            lines = inmost = list(readings)
    if len(inmost) == 1:
        mention.division = inmost[0]
        mention.basis = "chain" if len(mention.parts) > 1 else "unique"
    mention.open = tuple(inmost)


def _abroad_together(city: Division, states: Sequence[Division]) -> bool:
    """Whether a place abroad lies in the country of those before it: the list does not say in which state a city lies."""
    return city.country != "CN" and all(one.country == city.country for one in states)


def _by_article(mention: Mention, article: Evidence, beside: Level | None) -> None:
    """One of several readings by what the article names around it; left open, with its candidates, where nothing tells.

    `beside` is the level of its neighbour in a list: of 吉林、长春、延边 all are prefectures.
    """
    gazetteer = article.gazetteer
    readings: Sequence[Division] = mention.open
    if article.region != "CN":
        own = [one for one in readings if one.code.startswith(REGION_CODES[article.region])]
        if len(own) == 1:
            _settle(mention, own[0], "region", article)
            return
        readings = own or readings
    if nature := [one for one in readings if one.level in ("poi", "region")]:
        if _by_nature(mention, nature, article):
            return
        readings = [one for one in readings if one not in nature]
    codes = {one.code for one in readings}  # scores of them for 城关镇: no pair by pair
    nested = [one for one in readings if any(outer.code in codes for outer in gazetteer.line(one, article.year)[1:])]
    supports = {one: article.support(one, mention) for one in readings}
    if nested:  # 喀什: the prefecture, unless the article has the county alone in full
        named = [one for one in readings if supports[one].strength == ITSELF]
        alike = [one for one in readings if one.level == beside]
        inner = named[0] if len(named) == 1 and named[0] in nested else alike[0] if len(alike) == 1 else None
        readings = [inner] if inner else [one for one in readings if one not in nested]
        mention.candidates = tuple(mention.open)
        if len(readings) == 1:
            mention.division, mention.basis = readings[0], supports[readings[0]].basis
            mention.doubt(_SEVERAL)
            return
    best = max((supports[one] for one in readings), key=lambda support: support.strength)
    top = [one for one in readings if supports[one].strength == best.strength]
    if best.strength and len(top) == 1:
        _settle(mention, top[0], best.basis, article)
        return
    mention.doubt(_SEVERAL)
    mention.candidates = tuple(mention.open)
    alike = [one for one in readings if one.name[:2] == mention.name[:2]]
    if (
        "former_name" in mention.doubts and len(alike) == 1
    ):  # a name that was split: 莱芜市 is 莱芜区 first, then 钢城区
        mention.division, mention.basis = alike[0], "rank"
        return
    if best.strength > COUNTRY:
        nearest = max(supports[one].nearness for one in top)
        near = [one for one in top if supports[one].nearness == nearest]
        if len(near) == 1 and -FAR < nearest < 0:
            mention.division, mention.basis = near[0], supports[near[0]].basis
        return
    highest = min(RANK[one.level] for one in readings)
    tops = [one for one in readings if RANK[one.level] == highest]
    if len(tops) == 1:
        mention.division, mention.basis = tops[0], "rank"


def _by_nature(mention: Mention, nature: Sequence[Division], article: Evidence) -> bool:
    """Whether a name that a lake or a region shares with a county is the lake: it is, unless the article speaks of the
    county's prefecture (太湖 in a report from 安庆), and then it bears a doubt all the same."""
    others = [one for one in mention.open if one not in nature]
    if any(article.support(one, mention).strength >= PREFECTURE for one in others):
        mention.doubt(_SEVERAL)
        mention.candidates = tuple(mention.open)
        if len(others) == 1:
            mention.division, mention.basis = others[0], article.support(others[0], mention).basis
            return True
        return False
    mention.division, mention.basis = nature[0], "unique"
    return True


def _settle(mention: Mention, division: Division, basis: Basis, article: Evidence) -> None:
    mention.division, mention.basis = division, basis
    article.add(mention)


def _check_unique(mention: Mention, article: Evidence) -> None:
    """A name with one reading in the list may be another place of the same name: where the article names divisions, and
    none of them has to do with that reading, it is taken for one of theirs, with a doubt."""
    division, gazetteer = mention.division, article.gazetteer
    if division is None or len(mention.parts) > 1 or (division.level == "county" and mention.name == division.name):
        return
    own = {outer.code for outer in gazetteer.line(division, article.year) if outer.level in ("county", "prefecture")}
    others = [code for code in article.named if code not in own]
    if not others or any(article.named.get(code, set()) - {mention.name} for code in own):
        return
    here = {
        found.code: found
        for code in others
        for found in (gazetteer.shorts_within(code, article.year).get(mention.name),)
        if found is not None
    }
    if here:
        mention.candidates = (*here.values(), division)
        mention.division, mention.basis = (next(iter(here.values())), "article") if len(here) == 1 else (None, None)
        mention.doubt(_SEVERAL)
    elif division.level == "township":
        around, _ = article.around(mention)
        if around is not None and around.code not in own:
            mention.candidates = (around, division)
            mention.division, mention.basis = around, "article"
            mention.doubt(_NOT_THERE)


def _around(mention: Mention, article: Evidence) -> None:
    """The division of a name that is not listed, from its own beginning or from what the article names around it."""
    own = _named_after(mention, article)
    if own is not None:
        mention.division, mention.basis = own, "unique"
        return
    if mention.division is not None:
        return
    division, unsure = article.around(mention)
    if division is None:
        return
    mention.division, mention.basis = division, "article"
    if unsure or (mention.level == "poi" and len(mention.parts) == 1):
        mention.doubt(_FROM_ARTICLE)


_OF_ITS_CITY = ("站", "机场", "港", "口岸", "码头")


def _named_after(mention: Mention, article: Evidence) -> Division | None:
    """The division that a name begins with, where it says where the place lies: 天水|南站 in 甘肃, 贵阳|北站.

    Streets are named after places far away (上海南京西路), so they count only inside what their chain names.
    """
    name, outer, gazetteer = mention.name, mention.division, article.gazetteer
    if outer is None and not (mention.level == "zone" or name.endswith(_OF_ITS_CITY)):
        return None
    for length in range(min(len(name) - 1, 8), 1, -1):
        found = [
            one
            for one in gazetteer.by_name.get(name[:length], ())
            if one.level in ("province", "prefecture", "county")
            and (one.held(article.year) if article.year else not one.until)
            and (gazetteer.contains(outer, one) if outer else one.level != "county" or article.speaks_of(one))
        ]
        if len(found) == 1:
            return found[0]
    return None
