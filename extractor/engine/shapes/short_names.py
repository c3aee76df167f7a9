"""Names that only the words around them tell: waters of one character (卫河), railway stations, urban villages of Taiwan."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.engine.shapes.name_edges import LINKS, MARKS, NAMES, behind_listed, said_again
from extractor.segment import Passage

WATERS = frozenset("江河湖溪水")
_SIGN = re.compile(
    r"[两沿东南西北左右]岸|岸边|边(?![境缘界防疆远])|畔|[上中下]游|流域|水[位质体面]|[支干]流|入海口|大?堤|穿[境城]|汛|告急|决口|上的|上[,空]|漂流|沿线|源头|大桥|特大桥|洪|渡口|河道|河段|航道|沿河"
)
_NO_WATER = frozenset(  # one character that describes or counts water, or acts on it
    "大小老新旧内外上下中前后这该此全两一二三四五六七八九十几条段沿跨过黑清绿蓝青山江湖河海溪水的了在和与入出进冰热开洪污雨排供引抽放蓄泄治护巡各每长入临靠近下跳游渡涉看望是有到于从由经往至或及为被把让对将给同我你他她它们个座片口不没也都就很更又再还已正好成满之以而且其某另"
)
_BEFORE = frozenset("看过游沿入临靠近是有到在和及与或治护巡跨向为被把从由经往至于的了着如像因渡说称指")
_OTHER_RIVER = re.compile("[、和与及][一-鿿]{1,3}[江河水溪]")


def short_water(match: Match, passage: Passage) -> Match | None:
    """A water named by one character, or by two that the segmenter cut apart: 卫河, 淇河, 吞巴河.

    The dictionary has it as a name, or what follows is said of waters; 水 as a suffix asks for both or for a river near by.
    """
    clean, (suffix, end) = match.clean, match.groups["suffix"]
    kind, lexicons = clean[suffix:end], match.rule.book.lexicons
    if kind not in WATERS or suffix < 1 or clean[suffix - 1] in _NO_WATER or clean[suffix - 1] in MARKS:
        return None
    start, index = suffix - 1, passage.word_at(suffix - 1)
    word, tag = passage.words[index], passage.tags[index]
    if clean[start:end] in lexicons["generic_place"]:
        return None
    listed = _OTHER_RIVER.match(clean, end) is not None or clean[start - 1 : start] in tuple(LINKS)
    shown = _SIGN.match(clean, end) is not None
    if clean[start:end] in match.rule.book.gazetteer.by_name and not shown:
        return None
    whole = word == clean[start:end] and passage.knows(word)
    if passage.starts[index] < start or (
        passage.starts[index] == start and passage.knows(word) and not whole and len(word) > 1
    ):
        return None
    if whole and tag not in NAMES and not (shown and tag == "nr"):
        return None  # 冰河, 运河
    if kind == "水" and not ((shown or listed) and (whole or tag in ("g", "ng", "zg"))):
        return None
    before = passage.words[index - 1] if index else "\n"
    if shown and len(before) == 1 and before.isalpha() and before not in _BEFORE and before not in _NO_WATER:
        if not _free(passage, index - 2):
            return None
        return match.fitted(start - 1, name=(start - 1, suffix))  # 吞|巴河
    named = (whole and tag in NAMES) or shown or (listed and whole) or (len(word) == 1 and _twice(match, start))
    return match.fitted(start, name=(start, suffix)) if named and _free(passage, index - 1) else None


def _twice(match: Match, start: int) -> bool:
    return match.clean[start - 1 : start] in MARKS and said_again(match, start)


def _free(passage: Passage, index: int) -> bool:
    """Whether the word can stand before a name: a mark, a word of grammar, a verb, a place; no noun that goes on."""
    if index < 0:
        return True
    word, tag = passage.words[index], passage.tags[index]
    return word[-1] in MARKS or word in _BEFORE or tag[0] in "pcuvfdt" or tag in NAMES or word[-1] in "省市县区镇乡村"


def surname_village(match: Match, passage: Passage) -> Match | None:
    """A village by a surname alone, behind a mark, 的 or a word that leads to a place: 刘村, 在蔡村."""
    clean, (suffix, end) = match.clean, match.groups["suffix"]
    if clean[suffix:end] != "村" or suffix < 1 or clean[suffix - 1] not in match.rule.book.lexicons["surname"]:
        return None
    start = suffix - 1
    if start not in passage.edges or match.end not in passage.edges or clean[start] in _ACTING_SURNAMES:
        return None
    before = passage.words[passage.word_at(start) - 1] if start else "\n"
    led = (
        before[-1] in MARKS
        or before == "的"
        or before in LINKS
        or before in _LEADS
        or before in match.rule.book.lexicons["lead_word"]
    )
    return match.fitted(start, name=(start, suffix)) if led else None


_LEADS = frozenset(("来自", "返回", "走进", "隔壁", "邻近"))
_ACTING_SURNAMES = frozenset("万向任何段付")  # 万村千乡, 向村里

_LONGEST_STATION = 6
_STATION_GOES_ON = re.compile("[点长台队岗位立起住稳]|上(?!下客)|在|好(?!换)|得|着|票")
_NO_STATION_IN = frozenset("的了个座每各该此这那本等是有不把被将")


def station_name(match: Match, passage: Passage) -> Match | None:
    """A railway or metro station by 站, in an article that speaks of trains: back to a mark, a place or a word that leads there."""
    clean, (suffix, end) = match.clean, match.groups["suffix"]
    lexicons = match.rule.book.lexicons
    if clean.endswith(match.rule.book.endings("no_station", 2), 0, suffix) or _STATION_GOES_ON.match(clean, end):
        return None
    leads, gazetteer = lexicons["lead_word"], match.rule.book.gazetteer
    index = passage.word_at(suffix - 1)
    if passage.starts[index] + len(passage.words[index]) > end:
        return None  # 站 begins another word
    start = suffix
    while index >= 0:
        word, tag = passage.words[index], passage.tags[index]
        if word[0] in MARKS or word in leads or word in _TRAIN_LEADS or word in LINKS or word in ("或", "的", "了"):
            break
        begin = passage.starts[index]
        if suffix - begin > _LONGEST_STATION or (tag[0] in "pcur" and begin < suffix - 1):
            return None
        start = min(begin, start)
        if len(word) > 1 and start < suffix and word[-1] in "市县区省线" and begin + len(word) < suffix - 1:
            start = begin + len(word)
            break
        index -= 1
    start = behind_listed(match, start, suffix)
    core = clean[start:suffix]
    if (
        not 2 <= len(core) <= _LONGEST_STATION
        or not _NO_STATION_IN.isdisjoint(core)
        or any(map(str.isdigit, core))
        or core[-1] in "东西南北"
    ):
        return None
    if any(core.endswith(word) for word in lexicons["no_station"] if len(word) > 1 or core == word):
        return None
    if core not in gazetteer.by_name and all(
        map(passage.knows, passage.words[index + 1 : passage.word_at(suffix - 1) + 1])
    ):
        led = index >= 0 and (
            passage.words[index] in leads
            or passage.words[index] in _TRAIN_LEADS
            or passage.words[index] in "、和与及或"
        )
        if not led and not said_again(match, start):
            return None
    if not any(passage.says_near(word, suffix) for word in lexicons["train_word"]):
        return None  # asked last: it looks through the article
    return match.fitted(start, name=(start, suffix))


_TRAIN_LEADS = frozenset(
    (
        "驶出",
        "驶入",
        "驶离",
        "停靠",
        "到达",
        "经过",
        "途经",
        "直达",
        "直通",
        "开往",
        "抵达",
        "离开",
        "换乘",
        "在",
        "至",
        "到",
        "从",
        "由",
        "自",
        "往",
        "于",
    )
)


def taiwan_village(match: Match, passage: Passage) -> Match | None:
    """An urban village of Taiwan, of two characters and 里, right behind its district: 大安區裕農里."""
    name = match.clean[match.start : match.groups["suffix"][0]]
    generic = not {*"的了在公海华一二三四五六七八九十百千万几数两多"}.isdisjoint(name)
    return match if passage.article.region == "TW" and not generic else None


__all__ = ["WATERS", "short_water", "station_name", "surname_village", "taiwan_village"]
