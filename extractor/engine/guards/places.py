"""Whether a name of the gazetteer is a place where it stands."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from extractor.engine.match import Match
from extractor.engine.shapes.local_names import ends_well
from extractor.later import later
from extractor.segment import Passage

if TYPE_CHECKING:
    from extractor.engine.book import Rulebook

_NOT_PLACE_TAGS = frozenset("nr nrt nrfg v vn a ad d p c".split())


def listed_place(match: Match, passage: Passage) -> bool:
    """A gazetteer name that is a place here.

    An official name stands by itself; a short name must be cut off by words, must not be an ordinary word (和平, 资源)
    or part of a person's name, and that of a county needs what carries it: a larger place beside it, another place in
    its list, its own full name elsewhere in the article, people or a body behind it, or a tagger that knows it.
    """
    name, clean = match.text, match.clean
    book = match.rule.book
    listed = _listed(book, name)
    if listed.official:
        if len(name) == 2 and _no_county(match, passage):
            return False
        if (match.end not in passage.edges and listed.sight and _ends_in_division(match)) or _across_chain(match):
            return False
        at_home = passage.article.region != "CN" and passage.article.region in listed.countries
        if at_home and match.end in passage.edges:
            return True  # the dictionaries know few names of Hong Kong and Taiwan: 後土|瓜灣
        return _cut_off(match, passage, official=True) or _follows_place(match)
    index = passage.word_at(match.start)
    word, tag = passage.words[index], passage.tags[index]
    if _makes(match):
        return False
    if match.end not in passage.edges and _longer_stands(match, passage):
        return False
    if tag[:2] == "nr" and passage.starts[index] < match.start and word[0] in book.lexicons["surname"]:
        return False  # 黄|高雄
    own = passage.article.region
    if own in listed.countries and own != "CN" and (not listed.common or tag == "ns"):
        return match.start in passage.edges or match.end in passage.edges
    inside = _follows_place(match)
    if inside and (_ends_no_word(match, passage) or _leads_to_place(match)):
        return True  # 浙江东阳
    if names_person(match, passage):
        return False
    ordinary = _ordinary(book, name)
    if not _cut_off(match, passage, official=False):
        if not ordinary and _names_body(match, passage, index, listed):
            return True
        if match.start in passage.edges and _leads_to_place(match):
            return True  # 山西太原 is a word of the dictionary
        if match.start in passage.edges and word[len(name) :] in ("市", "州", "省", "府", "县", "郡"):
            return "CN" not in listed.countries  # 札幌市
        return listed.prefecture and len(name) > 2 and match.start in passage.edges
    if listed.large and tag not in _NOT_PLACE_TAGS and not ordinary:
        return True
    if inside or _SHARED_HEAD.match(clean, match.end):
        return True  # 秀山、酉阳两县
    misread = tag in _NOT_PLACE_TAGS and passage.starts[index] == match.start and len(word) >= len(name)
    verb = misread and tag[0] != "n"
    acts = misread and tag[0] == "v"
    if not (ordinary and acts) and any(passage.says_near(full, match.start) for full in listed.full_names):
        return True  # the article also has the full name
    if ordinary:
        return (tag == "ns" and _followed_by_body(match)) or (not verb and _of_it(match, passage, "produce"))
    if not misread:
        return listed.large or (listed.single and tag == "ns") or _heads_line(match) or _carried(match, passage)
    if listed.known and len(word) == len(name) and (tag[:2] == "nr" or _opens_clause(match, passage)):
        return True
    return _carried(match, passage)


def _opens_clause(match: Match, passage: Passage) -> bool:
    """A large place that is a verb too, where it begins a clause and no object follows: 包头的钢厂, 开封今年办灯会."""
    if (match.start and match.clean[match.start - 1] not in _MARKS) or match.end >= len(match.clean):
        return False
    index = passage.word_at(match.end)
    return passage.tags[index] in ("t", "f") or passage.words[index] == "的"


_MARKS = frozenset(",。;:!?\n、|")


def _makes(match: Match) -> bool:
    """A brand: “黄河”牌, 上海牌手表."""
    behind = match.clean[match.end : match.end + 2]
    return behind == "”牌" or (behind[:1] == "牌" and behind != "牌坊" and behind != "牌楼")


def _longer_stands(match: Match, passage: Passage) -> bool:
    """The name is the beginning of an official one that the words cut off, and that is read instead: 深圳|市."""
    longer = match.end + 1
    return (
        longer <= len(match.clean)
        and match.start in passage.edges
        and longer in passage.edges
        and match.clean[match.start : longer] in match.rule.book.gazetteer.official
    )


def _ends_in_division(match: Match) -> bool:
    """A sight whose last characters begin the name of a division: 丽江|古城|区, 嘉兴|南湖|区."""
    clean, end, official = match.clean, match.end, match.rule.book.gazetteer.official
    return any(clean[first : end + 1] in official for first in range(match.start + 1, end))


def _across_chain(match: Match) -> bool:
    """Whether the name lies across the border of two that stand in one another: 信|阳新县 in 河南信阳新县."""
    clean, start, end, gazetteer = match.clean, match.start, match.end, match.rule.book.gazetteer
    if not start or clean[start - 1] in _MARKS:
        return False
    return any(
        gazetteer.contains(o, i)
        for border in range(start + 1, end - 1)
        for i in gazetteer.by_name.get(clean[border:end], ())
        for first in range(max(border - 4, 0), start)
        for o in gazetteer.by_name.get(clean[first:border], ())
    )


def _carried(match: Match, passage: Passage) -> bool:
    """Whether the words around a short name carry it: a list of places, what leads to a place, what belongs to one."""
    if _of_it(match, passage, "of_a_place") or _of_it(match, passage, "produce") or _in_list(match, passage):
        return True
    if not match.start or match.start not in passage.edges or match.end not in passage.edges:
        return False
    leads = passage.words[passage.word_at(match.start - 1)]
    if leads in match.rule.book.lexicons["leads_there"]:
        return not match.clean.startswith(("中", "上", "下", "里", "化"), match.end)
    return leads in ("本报", "本台", "本刊") or bool(_DATELINE.match(match.clean, match.end))


_DATELINE = re.compile("[0-9]{1,2}月[0-9]{1,2}日[电讯消]")


def _of_it(match: Match, passage: Passage, lexicon: str) -> bool:
    """Whether the word right behind the name is one of what a place has: 市民, 法院, 境内; 大米."""
    end = match.end
    if end >= len(match.clean):
        return False
    index = passage.word_at(end)
    word = passage.words[index]
    return word[end - passage.starts[index] :] in match.rule.book.lexicons[lexicon]


def _in_list(match: Match, passage: Passage) -> bool:
    """Whether another name of the list that the tagger takes for a place stands beside it: 延吉、图们、珲春."""
    clean, gazetteer = match.clean, match.rule.book.gazetteer
    position = match.end
    for _ in range(3):
        if clean[position : position + 1] not in _JOINTS:
            break
        first = position + 1
        position = next((first + n for n in (4, 3, 2) if clean[first : first + n] in gazetteer.by_name), -1)
        if position < 0:
            break
        if _stands(clean[first:position], first, passage, match):
            return True
    position = match.start
    for _ in range(3):
        if (
            not position
            or clean[position - 1] not in _JOINTS
            or clean[position - 3 : position - 1] not in gazetteer.endings
        ):
            break
        last = position - 1
        position = next((last - n for n in (4, 3, 2) if last >= n and clean[last - n : last] in gazetteer.by_name), -1)
        if position < 0:
            break
        if _stands(clean[position:last], position, passage, match):
            return True
    return False


_JOINTS = frozenset("、和与及至")


def _stands(name: str, start: int, passage: Passage, match: Match) -> bool:
    index = passage.word_at(start)
    return (
        passage.starts[index] == start
        and passage.tags[index] == "ns"
        and passage.words[index] == name
        and not _ordinary(match.rule.book, name)
    )


def _names_body(match: Match, passage: Passage, index: int, listed: _Listed) -> bool:
    """The dictionary has the name of a body that begins with this one as a word: 浙江大学, 福建日报, 陕西历史博物馆."""
    known = listed.large or (listed.single and passage.tags[index] == "nt")
    if not known or match.text in match.rule.book.lexicons["whole_in_names"]:
        return False
    begins = match.start in passage.edges or match.clean[max(match.start - 2, 0) : match.start] == "中共"
    word, heads = passage.words[index], match.rule.book.lexicons["organisation_head"]
    if not begins or passage.starts[index] + len(word) < match.end:
        return False
    rest = word[match.end - passage.starts[index] :]
    if rest in ("人", "籍", "产", "队", "报") or (len(rest) > 1 and rest in heads):
        return True
    return passage.tags[index] in ("nt", "nz", "ns", "n") and any(rest[i:] in heads for i in range(1, len(rest) - 1))


def _no_county(match: Match, passage: Passage) -> bool:
    """A county's name of two characters that is the end of a person's name (陈|丰县) or holds a conjunction (市|和县)."""
    if not match.start:
        return False
    before, index = passage.word_at(match.start - 1), passage.word_at(match.start)
    if passage.tags[before].startswith("nr") and len(passage.words[before]) == 1 and not _follows_place(match):
        return True
    if passage.tags[index].startswith("nr") and passage.starts[index] < match.start:
        return True
    return (
        match.clean[match.start] == "和"
        and match.clean[match.start - 1] in "省市区州乡镇"
        and not _follows_place(match)
    )


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
    sight: bool  # it is no division
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
        sight=levels <= {"poi", "zone"},
        countries=frozenset(division.country for division in divisions),
        full_names=tuple(gazetteer.full_names(name)),
    )


@lru_cache(maxsize=4096)
def _ordinary(book: Rulebook, name: str) -> bool:
    """The name is an ordinary word too: 和平, 资源."""
    lexicons = book.lexicons
    return name in book.gazetteer.common_words or name in lexicons["generic_place"] or name in lexicons["ordinary_word"]


def names_person(match: Match, passage: Passage) -> bool:
    """A surname of its own stands before the name, and no word that surnames are written like: 江|石城, 记者王|安康."""
    if len(match.text) > 2:
        return False
    if match.clean[match.end : match.end + 2] in ("先生", "女士", "同志"):
        return True  # 中山先生
    if not match.start:
        return False
    index = passage.word_at(match.start - 1)
    if match.clean[match.start - 1] not in match.rule.book.lexicons["surname"]:
        return passage.tags[index] == "nr" and len(passage.words[index]) == 1  # 葛|长海
    word = passage.words[index]
    alone = len(word) == 1 or passage.starts[index] + len(word) > match.start or not passage.knows(word)
    before = word[: match.start - passage.starts[index] - 1] or (passage.words[index - 1] if index else "")
    if passage.tags[index] == "p":
        return False  # 向|安康
    behind = passage.tags[passage.word_at(match.end)] if match.end < len(match.clean) else "x"
    return alone and (
        not before
        or before[-1] in ",。、:;\n“("
        or passage.tags[index] in ("nr", "nrt")
        or before[-1] in match.rule.book.lexicons["title_end"]
        or (behind[0] in "vd" and behind != "vn")
    )


_SHARED_HEAD = later(
    "(?:、[一-鿿]{2,4}){0,6}(?:等地|等?(?:[两三四五六七八九十]|[0-9]+)个?(?:县|市|区|州|地市|县市|市县|区县)(?![内里长民]))"
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
        if end_ok and passage.words[index][: match.start - passage.starts[index]] in _LEADS:
            return True  # 从静|海区, 从范县: the segmenter glued the preposition to the name
        return passage.tags[index][:2] != "nr" and (
            len(match.text) > 3
            or (
                len(match.text) > 2
                and passage.tags[index] in ("ns", "x", "nz")
                and not passage.knows(passage.words[index])
            )
        )
    return True


_LEADS = frozenset("从在到于与和及对向自至由赴往经抵来去为是将把被让给")


def _ends_no_word(match: Match, passage: Passage) -> bool:
    """No word of the dictionary lies across the end of the name: 江苏|东海水晶 may be cut there, 湖南|通道路 not."""
    return match.end in passage.edges or not passage.knows(passage.words[passage.word_at(match.end)])


def _glued(match: Match, passage: Passage) -> bool:
    """The segmenter glued the name to what follows, in a word that no dictionary has: 喀什地|区, 名援疆."""
    index = passage.word_at(match.start)
    word, tag = passage.words[index], passage.tags[index]
    if word[len(match.text) :] in ("人", "籍", "产") and passage.starts[index] == match.start:
        return True  # 开封人
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


def _leads_to_place(match: Match) -> bool:
    """Whether a listed name that this one can contain begins right behind it."""
    clean, gazetteer = match.clean, match.rule.book.gazetteer
    outer = gazetteer.by_name[match.text]
    return any(
        gazetteer.contains(o, i)
        for length in range(2, 8)
        for i in gazetteer.by_name.get(clean[match.end : match.end + length], ())
        for o in outer
    )


def _followed_by_body(match: Match) -> bool:
    after = match.clean[match.end : match.end + 4]
    return after.startswith(("县委", "区委", "市委", "县政府", "区政府", "市政府", "县", "区", "市"))


def _heads_line(match: Match) -> bool:
    """The name opens a line and a colon closes it off, as places do in headlines."""
    clean = match.clean
    line = clean.rfind("\n", 0, match.start) + 1
    return match.start - line <= 6 and clean[match.end : match.end + 1] == ":"
