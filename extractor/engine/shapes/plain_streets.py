"""Streets named after a plain word: 文化路, 学府路, 人民大街; and by a direction behind what no dictionary has: 九都西路."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.engine.shapes.name_edges import LINKS, MARKS, PROPER
from extractor.later import later
from extractor.segment import Passage

_LONGEST = 4
_KINDS = ("路", "街", "大道", "巷", "路口", "高架")
_NO_STREETS = ("公路", "铁路", "城际铁路", "高速铁路", "绿道", "美食街", "商业街")
_DIRECTED = tuple("东西南北中")
_OTHER_WORD = re.compile(r"[径线面标费基程网途数况演透灯牌名人过]|[道坊舞区镇理]|口(?=[碑号味袋罩感])")
_SIGN = later(
    r"(?:[昨今明][日天]|正式|全线)*(?:通车|封闭)|\d|[东南西北][段侧头]|[一二三四五][段号]|沿线|两[侧旁边]|路?口|交[叉汇界]|[积淹]水|拥堵|改造|施工|附近|路?段|[与和至到][一-鿿]{1,6}(?:路|街|大道|巷)"
    r"|的?(?:商户|店铺|商铺|门店|居民楼|路面|车道|人行道|便道|雨污|公交)|一带|[隧地]道|高架|上(?=[的,、]|车|发生|一)"
)
_WORTH = frozenset("条的之这那该每各某大小老新旧名第几两多全个座")  # before a common noun: 一条文化路
_PLACE_ENDS = frozenset("省市县区旗州盟镇乡村道")
_STREET_ENDS = frozenset("路街道巷")


def plain_street(match: Match, passage: Passage) -> Match | None:
    """The street whose name is a plain word, or stands whole between a place and a direction; None for any other."""
    clean, (suffix, kind_end) = match.clean, match.groups["suffix"]
    kind = clean[suffix:kind_end]
    if not kind.endswith(_KINDS) or kind in _NO_STREETS:
        return None
    if _OTHER_WORD.match(clean, match.end) and not _SIGN.match(clean, match.end):
        return None
    lexicons = match.rule.book.lexicons
    for start in range(max(suffix - _LONGEST, 0), suffix - 1):
        core = clean[start:suffix]
        how = "name" if core in lexicons["memorial_day"] else lexicons["street_word"].get(core)
        if how is not None:
            return _told(match, passage, start, image=how == "image")
    index = passage.word_at(suffix - 1)
    word, start = passage.words[index], passage.starts[index] + 1
    if word[0] in _LEADS_GLUED and 2 <= suffix - start <= 3 and not passage.knows(word) and match.end in passage.edges:
        return match.fitted(start, name=(start, suffix)) if _sounds(match, start, suffix) else None
    if kind[0] in _DIRECTED and len(kind) > 1:
        for start in (suffix - 3, suffix - 2):
            if start > 0 and _behind_place_or_lead(match, passage, start) and _sounds(match, start, suffix):
                return match.fitted(start, name=(start, suffix))
    return None


def is_image(match: Match) -> bool:
    """Whether the word before the suffix is as often a figure of speech."""
    suffix = match.groups["suffix"][0]
    return match.rule.book.lexicons["street_word"].get(match.clean[max(suffix - 2, 0) : suffix]) == "image"


def _told(match: Match, passage: Passage, start: int, *, image: bool) -> Match | None:
    """The street where what stands around it shows that it is one; a word for an `image` needs more than a free edge."""
    clean, suffix = match.clean, match.groups["suffix"][0]
    before = clean[start - 1 : start]
    if not _cut_here(passage, start) or before in _WORTH:
        return None
    shown = _SIGN.match(clean, match.end) is not None
    on_the_way = image and clean.startswith("上", match.end) and not clean.endswith(_STANDS, 0, start)
    if _among_streets(match, start) or (_behind_place_or_lead(match, passage, start) and not on_the_way):
        return match.fitted(start, name=(start, suffix))
    index = passage.word_at(start) - 1
    word, tag = (passage.words[index], passage.tags[index]) if start else ("\n", "x")
    if word in match.rule.book.lexicons["walked_road"] or on_the_way:
        return None
    if clean.endswith(_CLOSED, 0, start):
        return match.fitted(start, name=(start, suffix))
    if clean[match.end : match.end + 1] == "段":
        return None  # 机场|路段
    free = not before or before in MARKS or tag[0] in "tfdvcu" or tag in PROPER
    return match.fitted(start, name=(start, suffix)) if free and (shown or not image) else None


def _cut_here(passage: Passage, start: int) -> bool:
    """Whether a word begins at `start`, or the one that lies across it stands in no dictionary."""
    return start in passage.edges or not passage.knows(passage.words[passage.word_at(start)])


def _behind_place_or_lead(match: Match, passage: Passage, start: int) -> bool:
    """Whether a listed place, one that ends like a division, or a word that leads to a place ends at `start`."""
    clean, book = match.clean, match.rule.book
    if not start:
        return False
    by_name = book.gazetteer.by_name
    if any(clean[max(start - length, 0) : start] in by_name for length in (2, 3, 4, 5)):
        return True
    last = passage.words[passage.word_at(start - 1)]
    if start not in passage.edges:
        return clean[start - 1] in _LEADS_GLUED and not passage.knows(passage.words[passage.word_at(start)])
    if last in book.lexicons["lead_word"] or last in _GONE_ALONG:
        return True
    general = last in book.lexicons["generic_place"]
    return last[-1] in _PLACE_ENDS and len(last) > 1 and not general


_LEADS_GLUED = frozenset("沿经在")  # the segmenter glues them to a name it does not know: 沿府|前路
_STANDS = ("发生在", "位于", "坐落在", "坐落于", "停在", "行驶在")  # 在创业路上 by itself is a figure of speech
_CLOSED = ("封闭", "封闭了", "绕行", "改走", "打通了", "改造了")
_GONE_ALONG = frozenset(
    ("沿", "经", "途经", "途径", "行至", "行经", "驶上", "驶入", "封闭", "绕行", "贯穿", "连接", "横跨")
)


def _among_streets(match: Match, start: int) -> bool:
    """Whether the neighbour in a list is a street: 文化路、裕华路."""
    clean = match.clean
    if clean[start - 1 : start] in tuple(LINKS) and clean[start - 2 : start - 1] in _STREET_ENDS and start > 1:
        return True
    return clean[match.end : match.end + 1] in tuple(LINKS) and not _STREET_ENDS.isdisjoint(
        clean[match.end + 2 : match.end + 6]
    )


def _sounds(match: Match, start: int, suffix: int) -> bool:
    """Whether what stands before a direction can be a name: no word of grammar but one that is cut out of it."""
    core = match.clean[start:suffix]
    lexicons = match.rule.book.lexicons
    return (
        core not in lexicons["generic_modifier"]
        and core not in lexicons["generic_place"]
        and lexicons["no_name_word"].keys().isdisjoint(core)
        and core[0] not in _PLACE_ENDS
        and not set(core) & (MARKS | set("的了之这那该各每条和与"))
    )


__all__ = ["is_image", "plain_street"]
