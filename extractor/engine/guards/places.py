"""Whether a name of the gazetteer is a place where it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.engine.match import Match
from extractor.engine.shapes.local_names import ends_well
from extractor.segment import Passage

if TYPE_CHECKING:
    from extractor.engine.book import Rulebook

_NOT_PLACE_TAGS = frozenset("nr nrt nrfg v vn a ad d p c".split())


def listed_place(match: Match, passage: Passage) -> bool:
    """A gazetteer name that is a place here.

    An official name stands by itself; a short name must be cut off by words, must not be an ordinary word (和平, 资源)
    or part of a person's name, and that of a county needs a larger place beside it, its own full name elsewhere in the
    article, or a tagger that knows it.
    """
    name, clean = match.text, match.clean
    book = match.rule.book
    listed = _listed(book, name)
    if listed.official:
        return _cut_off(match, passage, official=True)
    own = passage.article.region
    if own in listed.countries and own != "CN" and not listed.common:
        return match.start in passage.edges or match.end in passage.edges
    if _person(match, passage):
        return False
    if not _cut_off(match, passage, official=False):
        if _follows_place(match) and _ends_no_word(match, passage):
            return True
        return listed.prefecture and len(name) > 2 and match.start in passage.edges
    index = passage.word_at(match.start)
    tag = passage.tags[index]
    if listed.large and tag not in _NOT_PLACE_TAGS and not _ordinary(book, name):
        return True
    if _follows_place(match) or _SHARED_HEAD.match(clean, match.end):
        return True  # 浙江东阳; 秀山、酉阳两县
    for full in listed.full_names:
        if passage.says_near(full, match.start):
            return True  # the article also has the full name
    if _ordinary(book, name):
        return tag == "ns" and _followed_by_body(match)
    if tag in _NOT_PLACE_TAGS and passage.starts[index] == match.start and len(passage.words[index]) >= len(name):
        return listed.known and tag.startswith("nr") and len(passage.words[index]) == len(name)
    return listed.large or (listed.single and tag == "ns") or _heads_line(match)


def listed_township(match: Match, passage: Passage) -> bool:
    """The official name of a township that is a place here: cut off by words, and no general word such as 中心镇 or 乡镇."""
    name, book = match.text, match.rule.book
    if name in book.lexicons["generic_place"] or name in book.gazetteer.by_name:
        return False
    generic = any(name[:end] in book.lexicons["generic_modifier"] for end in (len(name) - 1, len(name) - 2) if end > 0)
    if len(name) < 3 or generic:
        return _follows_division(match)
    return ends_well(match, _township_head(name), passage) and _cut_off(match, passage, official=True)


def _township_head(name: str) -> str:
    return name[-2:] if name.endswith(("街道", "苏木")) else name[-1]


def _follows_division(match: Match) -> bool:
    """Whether the official name of a county or city that contains the township ends right before it."""
    clean, gazetteer = match.clean, match.rule.book.gazetteer
    return any(
        gazetteer.contains(outer, one)
        for length in range(2, min(12, match.start) + 1)
        for outer in gazetteer.by_name.get(clean[match.start - length : match.start], ())
        for one in gazetteer.townships(match.text)
    )


class _Listed(NamedTuple):
    """What the gazetteer says of a name, wherever it stands."""

    official: bool  # stands by itself
    common: bool  # an ordinary word, says the gazetteer
    large: bool  # a place of that name is larger than a county
    known: bool  # all places of that name are
    prefecture: bool  # a place of that name is a prefecture
    single: bool  # there is one place of that name
    countries: frozenset[str]
    full_names: tuple[str, ...]


@lru_cache(maxsize=4096)
def _listed(book: Rulebook, name: str) -> _Listed:
    gazetteer = book.gazetteer
    divisions = gazetteer.by_name[name]
    levels = {division.level for division in divisions}
    return _Listed(
        official=name in gazetteer.official
        and (len(name) > 2 or name[-1] in "县旗")
        and divisions[0].level not in ("country", "region"),
        common=name in gazetteer.common_words,
        large=levels != {"county"},
        known=levels <= {"country", "province", "prefecture"},
        prefecture="prefecture" in levels,
        single=len(divisions) == 1,
        countries=frozenset(division.country for division in divisions),
        full_names=tuple(gazetteer.full_names(name)),
    )


@lru_cache(maxsize=4096)
def _ordinary(book: Rulebook, name: str) -> bool:
    """The name is an ordinary word too: 和平, 资源."""
    lexicons = book.lexicons
    return name in book.gazetteer.common_words or name in lexicons["generic_place"] or name in lexicons["ordinary_word"]


def _person(match: Match, passage: Passage) -> bool:
    """A surname of its own stands before the name, and no word that surnames are written like: 江|石城, 记者王|安康."""
    if (
        not match.start
        or match.clean[match.start - 1] not in match.rule.book.lexicons["surname"]
        or len(match.text) > 2
    ):
        return False
    index = passage.word_at(match.start - 1)
    word = passage.words[index]
    alone = len(word) == 1 or passage.starts[index] + len(word) > match.start or not passage.knows(word)
    before = word[: match.start - passage.starts[index] - 1] or (passage.words[index - 1] if index else "")
    return alone and (
        not before
        or before[-1] in ",。、:;\n“("
        or passage.tags[index] in ("nr", "nrt")
        or before.endswith(("叫", "记者", "员", "长", "任", "生", "书记"))
    )


_SHARED_HEAD = re.compile(
    "(?:、[一-鿿]{2,4}){0,6}等?(?:[两三四五六七八九十]|[0-9]+)个?(?:县|市|区|州|地市|县市|市县|区县)(?![内里长民])"
)


def _cut_off(match: Match, passage: Passage, *, official: bool) -> bool:
    start_ok, end_ok = match.start in passage.edges, match.end in passage.edges
    if start_ok and end_ok:
        return True
    if not official:
        return start_ok and _glued(match, passage)
    clean = match.clean
    if (
        not end_ok
        and clean[match.end - 1 : match.end + 1] in match.rule.book.lexicons["crossing_word"]
        and passage.starts[passage.word_at(match.end)] == match.end - 1
    ):
        return False
    if not start_ok:
        index = passage.word_at(match.start)
        return passage.tags[index][:2] != "nr" and (
            len(match.text) > 3 or (len(match.text) > 2 and passage.tags[index] in ("ns", "x", "nz"))
        )
    return True


def _ends_no_word(match: Match, passage: Passage) -> bool:
    """No word of the dictionary lies across the end of the name: 江苏|东海水晶 may be cut there, 湖南|通道路 not."""
    return match.end in passage.edges or not passage.knows(passage.words[passage.word_at(match.end)])


def _glued(match: Match, passage: Passage) -> bool:
    """The segmenter glued the name to what follows, in a word that no dictionary has: 喀什地|区, 名援疆."""
    index = passage.word_at(match.start)
    word, tag = passage.words[index], passage.tags[index]
    unknown = passage.starts[index] == match.start and not passage.knows(word)
    return unknown and tag in ("ns", "nz", "x") and len(word) <= len(match.text) + 2


def _follows_place(match: Match) -> bool:
    """Whether a listed name that can contain this one ends right before it."""
    clean, gazetteer = match.clean, match.rule.book.gazetteer
    if clean[max(match.start - 2, 0) : match.start] not in gazetteer.endings:
        return False
    inner = gazetteer.by_name[match.text]
    for length in range(2, min(12, match.start) + 1):
        outer = gazetteer.by_name.get(clean[match.start - length : match.start])
        if outer and any(gazetteer.contains(o, i) for o in outer for i in inner):
            return True
    return False


def _followed_by_body(match: Match) -> bool:
    after = match.clean[match.end : match.end + 4]
    return after.startswith(("县委", "区委", "市委", "县政府", "区政府", "市政府", "县", "区", "市"))


def _heads_line(match: Match) -> bool:
    """The name opens a line and a colon closes it off, as places do in headlines."""
    clean = match.clean
    line = clean.rfind("\n", 0, match.start) + 1
    return match.start - line <= 6 and clean[match.end : match.end + 1] == ":"
