"""Where the name of a small place begins, told backwards from the word that ends it, and what tells that it is a name."""

from __future__ import annotations

import re
from collections.abc import Container

from extractor.engine.match import Match
from extractor.segment import Passage

NOMINAL = frozenset("n nr nrt nrfg ns nt nz ng j l i b s an vn eng zg g".split())
NAMES = frozenset(("ns", "nz", "nt"))
PROPER = NAMES | {"nr", "nrt"}

MARKS = frozenset(",。、;:!?\n“”《》()|")
BOUNDS = MARKS | frozenset("在到于赴往自从沿经由至和与及向对回抵如近仅被让")
LINKS = "、和与及"
_DIVISIONS = frozenset("县市区州旗盟省乡镇")
_LONGEST_NAME = 6
# the last characters of what may contain a local name, with no mark between it and the suffix
_ENDING = re.compile(f"[县市区州旗盟省乡镇道木村](?=[^{''.join(map(re.escape, sorted(MARKS)))}]+$)")
_REACH = 20_000  # covers any article, and keeps the cost of a huge text linear


def containing_place(match: Match, passage: Passage, suffix: int) -> int | None:
    """Where the place ends that the name follows directly: a listed division or the suffix of a local name before it."""
    clean, gazetteer = match.clean, match.rule.book.gazetteer
    ends = [found.end() for found in _ENDING.finditer(clean, max(suffix - _LONGEST_NAME - 2, 0), suffix)]
    for start in reversed(ends):
        if start < 2:
            break
        last, two = clean[start - 1], clean[start - 2 : start]
        if last in "乡镇道木" and _official(clean, start, gazetteer.township_codes, least=3):
            return start  # 碛口镇|西湾村, though 镇西 is a word
        if last == "村" and clean.startswith(_IN_VILLAGES, suffix) and two not in _VILLAGES_IN_GENERAL:
            return start  # 大定村|弄坡屯
        if last in _DIVISIONS:
            if two in gazetteer.endings and _official(clean, start, gazetteer.official):
                return start
            if last in "乡镇" and start > 2:
                general = two in _TOWNS_IN_GENERAL or clean[start - 3] in _DIVISIONS
                glued = start not in passage.edges and passage.knows(passage.words[passage.word_at(start)])
                if not general and not glued:
                    return start
        if two == "社区" and clean.startswith(("社区", "村", "街道", "镇", "乡"), suffix):
            continue  # a community holds estates, no other community
        if two in ("街道", "社区", "苏木") and _is_name_end(match, passage, start):
            return start
    return None


_IN_VILLAGES = ("屯", "寨", "自然村", "村民小组")
_VILLAGES_IN_GENERAL = frozenset(
    ("本村", "全村", "该村", "各村", "农村", "乡村", "两村", "邻村", "外村", "新村", "山村")
)
_TOWNS_IN_GENERAL = frozenset(("乡镇", "城镇", "集镇", "村镇"))


def _official(clean: str, end: int, official: Container[str], least: int = 2) -> bool:
    """Whether an official name of `least` characters or more ends at `end`."""
    return any(clean[start:end] in official for start in range(end - least, max(end - 13, -1), -1))


def _is_name_end(match: Match, passage: Passage, end: int) -> bool:
    """Whether a name stands before 街道 or 社区 that ends at `end`, and no general word."""
    if end < 5 or end not in passage.edges:
        return False
    index = passage.word_at(end - 3)
    return (
        passage.tags[index][0] not in "pcuxdr"
        and passage.words[index] not in match.rule.book.lexicons["generic_modifier"]
    )


def led_by(match: Match, passage: Passage, index: int, suffix: int) -> int | None:
    """Where the words before the suffix begin behind a word that leads to a place, at most four characters back."""
    leads = match.rule.book.lexicons["lead_word"]
    while index > 0 and suffix - passage.starts[index] <= 4:
        before = passage.words[index - 1]
        if before == "在" and passage.tags[index] == "v" and match["suffix"] == "社区":
            return None  # 在孵化社区社会组织: the verb goes on, and 社区 belongs to its object
        if before in leads and passage.words[index][0].isalnum():
            return passage.starts[index]
        if len(before) == 2 and before[0] in "在于到往赴" and not passage.knows(before):  # 在统|溪河镇
            return passage.starts[index] - 1
        index -= 1
    return None


def bounded(match: Match, kind: str, passage: Passage, suffix: int) -> int | None:
    """Where a township or village name begins that a mark or a preposition closes off on the left: 、麻溪铺镇.

    The segmenter cuts such names at random, so what stands between is taken whole. A word of the dictionary is a name
    only in a list of such names (王坟镇、庙子镇).
    """
    clean, lexicons = match.clean, match.rule.book.lexicons
    start = suffix
    while start > 0 and suffix - start < 5 and clean[start - 1] not in BOUNDS:
        start -= 1
    closed = not start or clean[start - 1] in BOUNDS
    while start < suffix and (word := passage.words[passage.word_at(start)]) in lexicons["generic_modifier"]:
        start += len(word)  # 整个|松坪村
    core = clean[start:suffix]
    if (
        not 2 <= len(core) <= 4
        or not closed
        or not lexicons["no_name_word"].keys().isdisjoint(core[1:] if core[0] in _UPPER_OR_LOWER else core)
        or "的" in core
    ):
        return None
    if core in lexicons["generic_modifier"] or (kind == "社区" and core.endswith(("者", "员", "期"))):
        return None
    if passage.knows(core):
        again = core[0] in _UPPER_OR_LOWER and said_again(match, start)
        return start if again or listed_beside(match, kind, start) else None
    for index in range(passage.word_at(start), passage.word_at(suffix - 1) + 1):
        word, tag = passage.words[index], passage.tags[index]
        whole = passage.starts[index] >= start or passage.knows(word)  # 在统|溪河镇: the first word is no word
        numeral = tag == "m" and (len(word) > 1 or word in "一二两三四五六七八九十百千万多几数")
        if whole and (numeral or (tag[0] in "pcurd" and passage.knows(word)) or (tag[0] == "v" and len(word) > 1)):
            return None
    return start


_UPPER_OR_LOWER = frozenset("上下里外内")  # villages of one name are told apart so: 上河村, 下河村


def listed_beside(match: Match, kind: str, start: int) -> bool:
    """Whether the neighbour in a list ends with the same word: 王坟镇、庙子镇."""
    clean, last = match.clean, kind[-1]
    if clean[start - 1 : start] in tuple(LINKS) and clean[start - 2 : start - 1] == last:
        return True
    return clean[match.end : match.end + 1] in tuple(LINKS) and clean.find(last, match.end + 2, match.end + 7) > 0


def said_again(match: Match, start: int) -> bool:
    """Whether the article has the name a second time."""
    clean, name = match.clean, match.clean[start : match.end]
    return clean.find(name, match.end, match.end + _REACH) >= 0 or clean.find(name, max(start - _REACH, 0), start) >= 0


def behind_listed(match: Match, start: int, suffix: int) -> int:
    """`start`, moved behind a province, prefecture or county that the segmenter glued to the name."""
    clean, by_name = match.clean, match.rule.book.gazetteer.by_name
    for end in range(suffix - 2, start + 1, -1):
        if clean[start:end] in by_name:
            return behind_listed(match, end, suffix)
    return start


def listed_before(match: Match, suffix: int) -> int | None:
    """Where a name of the gazetteer begins that ends at the suffix: 无为|经济开发区."""
    by_name = match.rule.book.gazetteer.by_name
    found = (start for start in range(suffix - 4, suffix - 1) if start >= 0 and match.clean[start:suffix] in by_name)
    return next(found, None)


def name_words(match: Match, passage: Passage, start: int, end: int, *, of_verbs: bool) -> bool:
    """Whether the words of `start:end` can make a name: no function word, and a verb only as the whole of it.

    `of_verbs` says whether a word of action can be the whole name: 跃进村, not 改造路.
    """
    if end - start > 8:
        return False
    indices = range(passage.word_at(start), passage.word_at(end - 1) + 1)
    lexicons = match.rule.book.lexicons
    for index in indices:
        tag, word = passage.tags[index], passage.words[index]
        if (
            tag[0] in "pcuryd"
            or (tag in ("x", "ul", "uj") and not word[0].isalnum())
            or word in ("的", "等", "有", "是", "以及")
        ):
            return False
        if tag in ("v", "vd", "vi") and (
            word in lexicons["no_name_word"]
            or word in lexicons["lead_word"]
            or (len(word) > 1 and (not of_verbs or len(indices) > 1))
        ):
            return False
    doing = len(indices) > 1 and passage.tags[indices[-1]] == "vn" and len(passage.words[indices[-1]]) > 1
    return not (of_verbs and doing)  # 朱小红|发动|社区居民


_BEGINS_ANOTHER = {  # suffixes that begin words of their own: 村民, 镇长, 路径, 广场舞
    "村": tuple("民长"),
    "镇": tuple("民长"),
    "乡": tuple("民长"),
    "路": tuple("径线滑"),
    "街": ("舞",),
    "广场": ("舞",),
}
_VILLAGE_FOLLOWS = re.compile("[一-鿿]{2,3}(?:村|社区)")
_WITHIN = frozenset("里边畔上下中底头旁内外口水岸")  # words of position glue to the suffix: 沟里, 湖畔, 街头


def ends_well(match: Match, kind: str, passage: Passage) -> bool:
    """The suffix is not the beginning of another word: 村民, 镇长, 路径 are; 镇政府, 村委会 name the place all the same."""
    clean, end = match.clean, match.end
    if kind in _BEGINS_ANOTHER and clean.startswith(_BEGINS_ANOTHER[kind], end):
        return False
    if end in passage.edges:
        return True
    if kind == "街" and clean.startswith("头", end):
        return False  # 街头 is a word of its own: 永珍|街头
    index = passage.word_at(end)
    word, begin = passage.words[index], passage.starts[index]
    rest = word[end - begin :]
    if not passage.knows(word) and begin >= end - len(kind):
        return True  # 西湾|村来|了: the segmenter put together what is no word
    if kind in ("镇", "乡") and (not passage.knows(word) or _VILLAGE_FOLLOWS.match(clean, end)):
        return True  # 治平|镇雷|沟村: the segmenter cut across the border of two names
    return (
        (rest in _WITHIN and (kind in ("路", "街") or kind + rest not in match.rule.book.lexicons["generic_place"]))
        or rest in match.rule.book.lexicons["organisation_head"]
        or rest.startswith(("漂流", "政府", "党委", "委会", "支部", "两委", "支书", "办事处", "党工委"))
    )
