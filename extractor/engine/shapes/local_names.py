"""The names of small places, told backwards from the word that ends them: what each kind of place asks of its name."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import NamedTuple

from extractor.engine.match import Match
from extractor.engine.shapes.name_edges import (
    BOUNDS,
    LINKS,
    MARKS,
    NAMES,
    NOMINAL,
    PROPER,
    behind_listed,
    bounded,
    containing_place,
    ends_well,
    led_by,
    listed_before,
    name_words,
    said_again,
)
from extractor.engine.shapes.plain_streets import is_image, plain_street
from extractor.engine.shapes.short_names import short_water, surname_village
from extractor.later import later
from extractor.segment import Passage

_LONGEST_NAME = 6


class _Manner(NamedTuple):
    """What a kind of place asks of its name."""

    names: frozenset[str] = PROPER  # tags of the words that name such a place by themselves
    coined: bool = True  # a word of no dictionary does too
    whole: bool = False  # what stands between a mark and the suffix is the name, however it is cut into words
    of_verbs: bool = False  # a word of action can be the whole name: 跃进村
    one_letter: frozenset[str] = frozenset()  # suffixes before which one character is a name inside a known place: 钱村
    kin: frozenset[str] = frozenset()  # last characters of neighbours in a list that are of the same kind
    shown: re.Pattern[str] | None = None  # what stands behind such a place and no common noun: 两岸, 128号
    any_word: bool = False  # shown so, a word of any kind is a name: 平安街与北门街交汇处
    plain: frozenset[str] = frozenset()  # one character that describes such a place and does not name it: 老|小区
    sure: frozenset[str] = frozenset()  # suffixes that follow hardly anything but names
    twice: bool = False  # common words are a name where the article says it again


_SETTLEMENT = _Manner(
    whole=True,
    of_verbs=True,
    one_letter=frozenset(("村", "镇", "乡", "寨", "屯", "庄")),
    kin=frozenset("村区镇乡道寨屯庄木查"),
    shown=re.compile("村民|党?总?支部|党委|支书|两委|村委|居委"),
    twice=True,
)
_ZONE = _Manner()
_STREET = _Manner(
    of_verbs=True,
    any_word=True,
    one_letter=frozenset(("路", "街", "巷")),
    shown=later(
        r"(?:[东南西北中一二三四]段)?(?:\d{1,4}[号弄]|[一二三四五六七八九十百]{1,4}[号弄]|[东南西北]侧|两[侧旁边]|路?口(?![碑号味袋罩感])|交[叉汇界]|沿线(?!经)"
        r"|[与和][一-鿿]{1,6}[路街道巷](?:的?交|路?口)|至[一-鿿]{1,6}[路街道桥]段?|以[东南西北])"
    ),
    sure=frozenset(("大道", "胡同")),
)
_FEATURE = _Manner(
    names=NAMES,
    coined=False,
    of_verbs=True,
    kin=frozenset("江河湖海溪沟岭山峰岛湾潭泉坡峡水"),
    shown=re.compile(
        "[两沿东南西北左右]岸|岸边|边上?的|畔|[上中下]游|流域|水[位质体面域]|[支干]流|入海口|大堤|堤段|穿[境城]|汛|脚下|[山峰]?[顶脚](?!多)|主峰|一带|深处|[东南西北]麓|[东南西北]坡|之[巅畔滨]|景区|湿地|段|漂流|沿线|告急|决口|上的"
    ),
    sure=frozenset(("水库", "山脉", "雪山", "大峡谷", "瀑布", "群岛", "列岛", "草原", "沙漠")),
)
_SITE = _Manner(
    plain=frozenset("老旧新大小"),
    kin=frozenset("园区苑场厦院庄馆站港桥城镇"),
    shown=re.compile(r"(?:[A-Za-z\d一二三四五六七八九十]{1,3}(?:区|期|号楼|栋|幢|座)|[东南西北]门)"),
    sure=frozenset(
        (
            "山庄",
            "码头",
            "口岸",
            "大厦",
            "隧道",
            "大桥",
            "特大桥",
            "水电站",
            "立交桥",
            "古镇",
            "遗址",
            "佳苑",
            "嘉苑",
            "雅苑",
            "嘉园",
            "佳园",
            "家园",
            "花园",
            "公馆",
            "森林公园",
            "湿地公园",
        )
    ),
    twice=True,
)


_ONE_OF_A_CITY = frozenset(("高新区", "经开区", "综保区", "高新技术产业开发区", "经济技术开发区"))


def settlement_name(match: Match, passage: Passage) -> Match | None:
    """A township, village or community: the words before 镇 社区 村 that belong to its name."""
    return _fitted(match, passage, _SETTLEMENT) or surname_village(match, passage)


def zone_name(match: Match, passage: Passage) -> Match | None:
    """A zone outside the code list, or a region of several divisions: 无为经济开发区, 辽河流域.

    A zone of which a city has one needs no name where it is gone to: 落户高新区.
    """
    suffix = match.groups["suffix"][0]
    if (
        suffix
        and match.text in _ONE_OF_A_CITY
        and passage.words[passage.word_at(suffix - 1)] in match.rule.book.lexicons["lead_word"]
    ):
        return match if match.end in passage.edges else None
    return _fitted(match, passage, _ZONE)


def street_name(match: Match, passage: Passage) -> Match | None:
    """A street, road or railway; common words are its name where a number or a crossing follows: 人民路128号."""
    found = plain_street(match, passage)
    return found if found or is_image(match) else _fitted(match, passage, _STREET)


def feature_name(match: Match, passage: Passage) -> Match | None:
    """A river, hill or other feature of the land; most such words end common words, so a sign of a name is asked for."""
    if match["suffix"] == "水域":
        found = _fitted(match, passage, _FEATURE)
        return found and _without_suffix(found)
    if match["suffix"] == "水":
        return short_water(match, passage)
    return _fitted(match, passage, _FEATURE) or short_water(match, passage)


def _without_suffix(match: Match) -> Match:
    """The mention up to its suffix: the waters off a place bear its name, 城陵矶|水域."""
    start, suffix = match.start, match.groups["suffix"][0]
    groups = {**match.groups, "mention": (start, suffix), "name": (start, suffix)}
    return Match(match.rule, match.clean, start, suffix, groups, match.numeral, match.found, match.rivals)


def site_name(match: Match, passage: Passage) -> Match | None:
    """An estate, building, park, station or sight."""
    return _fitted(match, passage, _SITE)


def hong_kong_street(match: Match, passage: Passage) -> Match | None:
    """A street or estate of Hong Kong or Macau: such names sound out foreign ones, and no dictionary has them."""
    if passage.article.region not in ("HK", "MO"):
        return None
    clean, suffix = match.clean, match.groups["suffix"][0]
    if not suffix or clean[suffix - 1] in BOUNDS or clean[match.end : match.end + 1] in ("坊", "市"):
        return None  # 街坊, 街市
    if clean[suffix - 1 : match.end] in ("街坊", "街市"):
        return None
    index = passage.word_at(suffix)
    in_word = passage.starts[index] < suffix and passage.knows(passage.words[index])
    if (
        in_word
        and passage.tags[index] not in PROPER
        and all(map(passage.knows, passage.words[max(index - 2, 0) : index]))
    ):
        return None  # 频道, 报道; but 亚皆|老街 behind what is no word
    by_name = match.rule.book.gazetteer.by_name
    for start in range(suffix - 2, max(suffix - 5, -1), -1):
        if clean[start] in BOUNDS:
            return None
        if _begins_street(clean, start, by_name) or (
            start in passage.edges and passage.tags[passage.word_at(start) - 1][0] == "v"
        ):
            core = clean[start:suffix]
            named = _SENTENCE_IN.isdisjoint(core) and not _describes(match, core)
            return match.fitted(start, name=(start, suffix)) if named else None
    return None


def _begins_street(clean: str, start: int, by_name: Container[str]) -> bool:
    """Whether a mark, a preposition or a listed place stands before `start`."""
    if not start or clean[start - 1] in BOUNDS or clean[start - 1] == "的":
        return True
    return any(clean[max(start - length, 0) : start] in by_name for length in (2, 3))


_SENTENCE_IN = frozenset("不了是有的")  # characters of a sentence that no name sounds out
_NO_NAME_END = MARKS | frozenset(
    "的了在各每该此这那本全个条座些所入由从对与让使把被将或到向"
)  # the last characters of words of grammar
_COUNTED = re.compile(
    r"\d|[一二两三四五六七八九十百多几数各每][个座条家处片所]|[个座条]$|^[两三四五六七八九十多几数各每全][地市县区省镇乡村]"
)
_JOINED = re.compile(
    "[的在]|[及与等了]$|..和$|[期者型式性类]$|..化$|^[绿老美亮硬净]化$|[国省市县区高初特]级$|^[再已正将续拟待兴][建设办开增]$"
)
_GOES_ON = tuple("村社镇乡街")
_SETTLEMENT_NEXT = re.compile("村(?![民级里口头])|社区|镇(?!上)|乡(?!村)|街道(?!上)")
_FAMILY = re.compile("[一-鿿]家")  # 王家|河, 李家|沟: a family's


def _fitted(match: Match, passage: Passage, manner: _Manner) -> Match | None:
    """The match with its name in front; None where the suffix ends another word, or what stands before it is no name.

    The name reaches back to the place that contains it (北干街道|江南星城社区) or to a word that leads to a place (在 到
    位于); else it is the word before the suffix, with the one before that where it is a single character. Generic names
    (试点社区), words that are no name (走进社区) and names of the gazetteer are refused.
    """
    clean = match.clean
    suffix, end = match.groups["suffix"]
    if not suffix or clean[suffix - 1] in _NO_NAME_END:
        return None
    index = passage.word_at(suffix - 1)
    word, tag = passage.words[index], passage.tags[index]
    if word in manner.plain:
        return None
    behind = passage.starts[index] + len(word)
    known = behind > suffix and passage.knows(word)
    book = match.rule.book
    if manner.whole:
        if (
            clean[passage.starts[index] : end] in book.gazetteer.township_codes
            and word not in book.lexicons["generic_modifier"]
        ):
            return None  # another rule reads it
        if behind == suffix and tag[0] in "pcurd" and word not in book.lexicons["lead_word"]:
            return None  # 为|社区: a word of grammar
        if tag == "v" and behind - passage.starts[index] > 1 and behind == suffix and _only_acts(match, passage, index):
            return None  # 走进|社区
    in_two = known and manner.whole and len(word) == 2 and behind == match.end  # 上|河村
    if behind > suffix:
        if behind > match.end or (
            known and not in_two and tag not in manner.names and not _may_be_name(match, word, tag, behind)
        ):
            return None  # the suffix is the end of another word, the most common case: 报道, 工作思路, 人山人海
    elif tag == "x" and not word[0].isalpha():
        return None
    kind = clean[suffix:end]
    if manner is not _SETTLEMENT and clean[end : end + 1] in _GOES_ON and _SETTLEMENT_NEXT.match(clean, end):
        return None  # 石桥|村: the name of the village goes on
    if not ends_well(match, kind, passage):
        return None
    generic = book.lexicons["generic_place"]
    for first in range(suffix - 1, max(suffix - 4, -1), -1):
        if clean[first:end] in generic and first in passage.edges:
            return None  # 乡镇, 试点社区
    start = _name_start(match, kind, passage, index, known, manner)
    if start is None:
        return None
    if _says_more(match, passage, start, manner):
        return None
    led = start
    start = _cut_lead(match, passage, start)
    if start > led and clean[start:end] in book.gazetteer.township_codes:
        return match.fitted(start, name=(start, suffix))  # 经|高山镇
    if suffix - start < 2 and kind == "桥":
        return None  # 经|柯桥
    if in_two and tag not in manner.names and start >= passage.starts[index]:
        return None
    if manner is _FEATURE or manner is _SITE:
        start = _with_syllable(match, passage, start)
    core = clean[start:suffix]
    if kind in _OF_VILLAGES and _VILLAGE_NAME.match(clean, end) and containing_place(match, passage, suffix) == start:
        return match.fitted(start, name=(start, suffix))  # 沙市区|联合街道|翠湖苑社区
    if manner.any_word and _shown(match, manner):
        return match.fitted(start, name=(start, suffix))
    if _describes(match, core) or _listed(match, passage, start, suffix):
        return None
    if manner is not _SETTLEMENT and manner is not _ZONE and _no_name_of_its_own(match, core, manner):
        return None
    if clean[start - 1 : start] == "“" and clean[match.end : match.end + 1] != "”":
        return None  # the beginning of a quoted name: “阳光暖村行动”
    return match.fitted(start, name=(start, suffix))


def _cut_lead(match: Match, passage: Passage, start: int) -> int:
    """`start`, moved behind a preposition that the segmenter glued to a name it does not know: 沿|忠介路, 走|京承高速."""
    glued = match.clean[start] in _GLUED and match.groups["suffix"][0] - start > 1
    if not glued or start not in passage.edges:
        return start
    word = passage.words[passage.word_at(start)]
    return start if len(word) > 1 and passage.knows(word) else start + 1


def _with_syllable(match: Match, passage: Passage, start: int) -> int:
    """`start`, moved before a syllable that the segmenter left standing between a mark and the name: 的|盘|石头水库."""
    index = passage.word_at(start) - 1
    if index < 0 or start not in passage.edges or passage.tags[index] not in ("q", "g", "ng", "zg"):
        return start
    word, before = passage.words[index], passage.words[index - 1] if index else "\n"
    is_bounded = before == "的" or before[-1] in MARKS or before in match.rule.book.lexicons["lead_word"]
    return start - 1 if is_bounded and len(word) == 1 and word not in _CLASSIFIERS else start


_GLUED = frozenset("沿经由走距赴往")
_CLASSIFIERS = frozenset("条座个片处家段些根类种")


def _says_more(match: Match, passage: Passage, start: int, manner: _Manner) -> bool:
    """Whether what stands before the suffix says something instead of naming: 街道|充分发挥|社区…, 变镇|村, 共同富裕|路."""
    clean, (suffix, end) = match.clean, match.groups["suffix"]
    core, kind = clean[start:suffix], clean[suffix:end]
    if not core or not (manner is _SETTLEMENT or (manner is _STREET and kind == "路")):
        return False
    if kind in ("村", "镇", "乡") and core[-1] in _DIVISION_ENDS:
        return core not in match.rule.book.gazetteer.township_codes
    whole = start in passage.edges and passage.words[passage.word_at(start)] == core
    return whole and len(core) > 3 and passage.tags[passage.word_at(start)] not in PROPER and passage.knows(core)


def _only_acts(match: Match, passage: Passage, index: int) -> bool:
    """Whether nothing in front of a verb tells that it is a name: no place, no word that leads to one, no list."""
    if not index:
        return True
    before = passage.words[index - 1]
    if before in match.rule.book.lexicons["lead_word"] or before[-1] in _BEFORE_NAMES:
        return False
    return match.clean[match.end : match.end + 1] not in tuple(LINKS) and not _shown(match, _SETTLEMENT)


_BEFORE_NAMES = frozenset("县市区州旗盟省乡镇道木" + LINKS)
_MANY_OF_A_NAME = ("广场", "公园", "大桥", "大街", "大道", "水库")


def _may_be_name(match: Match, word: str, tag: str, behind: int) -> bool:
    """Whether a word of the dictionary that ends with the suffix names a place all the same: 王家河, 五一路, 人民广场."""
    suffix = match.groups["suffix"][0]
    if behind != match.end:
        return False
    if len(word) == 4 and suffix == behind - 2 and word.endswith(_MANY_OF_A_NAME):
        return True
    return len(word) > 2 and suffix == behind - 1 and (tag in PROPER or tag == "m")


def _describes(match: Match, core: str) -> bool:
    """Whether what stands before the suffix describes or counts places: 八个试点, 城市."""
    return (
        core in match.rule.book.lexicons["generic_modifier"]
        or _COUNTED.search(core) is not None
        or _JOINED.search(core) is not None
        or _counts_a_list(match, core)
    )


def _counts_a_list(match: Match, core: str) -> bool:
    """Whether the name ends with a number that counts the names of a list: 锦溪、千灯三|镇."""
    before = match.groups["suffix"][0] - len(core) - 1
    return core[-1] in "两三四五六七八九十" and before > 0 and match.clean[before] in LINKS


def line_name(match: Match, passage: Passage) -> Match | None:
    """A railway or expressway by the letters of the places it links: 沪昆高铁, 京港澳高速; no listed name, no common word."""
    ends, first = match["ends"], match.start
    if ends in match.rule.book.gazetteer.by_name:
        return None
    if first not in passage.edges and match.clean[first - 1] not in BOUNDS:
        return None
    if match["suffix"] == "线" and match.end not in passage.edges:
        return None  # 连成|线路
    whole = passage.knows(match.clean[match.groups["ends"][0] : match.end])
    return match if "code" in match or whole or not passage.knows(ends) or match["suffix"] != "线" else None


def listed_name(match: Match, passage: Passage) -> Match | None:
    """A name of a list whose head stands at its end: 柳林 in 柳林、石坝、双河三村; the first begins behind what leads to it."""
    clean, start, end = match.clean, match.start, match.end
    if clean[start - 1 : start] in tuple(LINKS):
        start_word = start
    else:
        outer = containing_place(match, passage, end)
        if outer is not None and end - outer >= 2 and name_words(match, passage, outer, end, of_verbs=True):
            start_word = outer
        else:
            start_word = _words_of_name(match, passage, end)
    if not 2 <= end - start_word <= 4 or clean[end : end + 1] not in ("、", "和", "与", "等", *_NUMERALS):
        return None
    core = clean[start_word:end]
    lexicons = match.rule.book.lexicons
    if core in lexicons["generic_place"] or core in lexicons["generic_modifier"]:
        return None
    if core.endswith(match.rule.book.endings("no_listed_name", 2)):
        return None  # 驻站|社工人员和全县12个乡镇
    return match.fitted(start_word)


_NUMERALS = tuple("0123456789一二两三四五六七八九十多几")


def _words_of_name(match: Match, passage: Passage, end: int) -> int:
    """Where the words begin that make the first name of a list: back to a mark or a word that makes no name."""
    leads = match.rule.book.lexicons["lead_word"]
    index = passage.word_at(end - 1)
    start = end
    while index >= 0 and end - passage.starts[index] <= 4:
        word, tag = passage.words[index], passage.tags[index]
        if (
            word in leads
            or tag[0] in "pcudrmft"
            or word[0] in MARKS
            or (tag[0] == "v" and start < end and (len(word) > 1 or word in _GOES))
        ):
            break
        start = passage.starts[index]
        index -= 1
    return behind_listed(match, start, end) if start < end else match.start


_GOES = frozenset("进入往到去经过回")


def _no_name_of_its_own(match: Match, core: str, manner: _Manner) -> bool:
    """Whether the words before the suffix are a place themselves, or a kind of place: 如东县|海上, 古城夜市."""
    gazetteer, lexicons = match.rule.book.gazetteer, match.rule.book.lexicons
    if (
        core[-1:] in _DIVISION_ENDS
        and len(core) > 2
        and (core in gazetteer.official or core in gazetteer.township_codes)
    ):
        return True
    return manner is _SITE and match["suffix"] not in manner.sure and core in lexicons["generic_place"]


def _listed(match: Match, passage: Passage, start: int, suffix: int) -> bool:
    """Whether a listed place ends where the name ends: another rule reads it."""
    gazetteer = match.rule.book.gazetteer
    by_name, townships = gazetteer.by_name, gazetteer.township_codes
    for first in range(start, suffix):
        name = match.clean[first : match.end]
        if (name in by_name or name in townships) and (first in passage.edges or match.clean[start:first] in by_name):
            return True  # 广西|北海
    kinds = by_name.get(match.clean[suffix : match.end], ())  # 阳泉市|矿区
    if any(gazetteer.contains(o, i) for i in kinds if not i.until for o in by_name.get(match.clean[start:suffix], ())):
        return True
    return _crossed(match, start)


def _crossed(match: Match, start: int) -> bool:
    """Whether a division ends inside the name, and one that lies in it goes on beyond the name: 徐州|泉山, 宁波|海曙."""
    clean, end, gazetteer = match.clean, match.end, match.rule.book.gazetteer
    return any(
        gazetteer.contains(o, i)
        for first in range(start + 2, end)
        for o in gazetteer.by_name.get(clean[start:first], ())
        for last in range(end + 1, first + 7)
        for i in gazetteer.by_name.get(clean[first:last], ())
    )


def _name_start(match: Match, kind: str, passage: Passage, index: int, known: bool, manner: _Manner) -> int | None:
    """Where the name begins; None where what stands before the suffix is no name.

    `index` is that of the word before the suffix; it is `known` where a word of the dictionary reaches into the suffix.
    """
    suffix = match.groups["suffix"][0]
    start, tag = passage.starts[index], passage.tags[index]
    end = start + len(passage.words[index])
    if kind[0] in "东西南北" and match.clean[suffix - 1] in _DIVISION_ENDS:
        return suffix  # 城关镇|北街
    outer = containing_place(match, passage, suffix)
    if outer is not None:
        short = 1 if kind in manner.one_letter else 2
        if suffix - outer >= short and name_words(match, passage, outer, suffix, of_verbs=manner.of_verbs):
            return outer
    lexicons = match.rule.book.lexicons
    leads = lexicons["lead_word"]
    led_to = index > 0 and passage.words[index - 1] in leads
    core = match.clean[start:suffix]
    if kind in ("路", "路口") and core[-1:] in tuple("路街道巷"):
        return None  # 文化路|路口: the road is the place
    if core in lexicons["memorial_day"]:  # 五一|路, 二七|广场
        return start
    told_by_edge = manner.whole and (tag == "m" or (known and tag not in manner.names))  # 仅松|月|村
    if (
        end <= suffix
        and tag[0] in "pcurdmf"
        and not told_by_edge
        and passage.words[index] not in leads
        and not (led_to and tag[0] in "mf")
    ):
        return None  # a word of grammar right before the suffix
    if manner is _ZONE and (listed := listed_before(match, suffix)) is not None:
        return listed
    if manner.whole and kind in _UNITS and (edge := bounded(match, kind, passage, suffix)) is not None:
        return behind_listed(match, edge, suffix)
    if told_by_edge and not led_to:
        return None
    led = led_by(match, passage, index, suffix)
    if (
        led is not None
        and suffix - max(led, outer or 0) >= 2
        and name_words(match, passage, led, suffix, of_verbs=manner.of_verbs)
    ):
        return behind_listed(match, max(led, outer or 0), suffix)
    if match.clean[suffix - 1] == "族" and index and passage.tags[index - 1] in NOMINAL:  # 匹河|怒族乡
        index -= 1
        start = passage.starts[index]
    shown = _shown(match, manner)
    while suffix - start < 2:  # a single character: the word before it belongs to the name
        before = passage.words[index - 1] if index else "\n"
        if shown and passage.tags[index] in PROPER and (before[-1] in MARKS or before in leads):
            return start  # 翠|湖边
        if before[-1:] in MARKS or passage.words[index] in leads:
            return None
        index -= 1
        if (
            index < 0
            or (outer is not None and passage.starts[index] < outer)
            or passage.tags[index] not in NOMINAL
            or len(passage.words[index]) > 3
        ):
            return None
        start = passage.starts[index]
    if manner is _ZONE:
        first = index
        while (
            passage.words[index] in lexicons["zone_modifier"] and index and suffix - start < 8
        ):  # 深圳湾|超级|总部基地
            index -= 1
            start = passage.starts[index]
        if not passage.words[index][0].isalnum():
            return None
        if start < passage.starts[first] and passage.tags[index] in manner.names:
            return start
    elif suffix - start > _LONGEST_NAME:
        return None
    tag, core = passage.tags[index], match.clean[start:suffix]
    if index and manner.whole and not passage.knows(passage.words[index]):  # 翠|湖苑|社区
        before = passage.words[index - 1]
        if len(before) == 1 and passage.tags[index - 1] in NOMINAL and before not in _UNIT_ENDS:
            index, start = index - 1, start - 1
            tag, core = passage.tags[index], match.clean[start:suffix]
    put_together = (
        len(core) > 2 and start < passage.starts[passage.word_at(suffix - 1)] and not passage.knows(core)
    )  # 杏花|岭
    coined = manner.coined and ((end > suffix and not known) or put_together)
    if coined or tag in manner.names or tag == "x" or (known and kind in _MANY_OF_A_NAME):
        return behind_listed(match, start, suffix)
    if kind in _CROSSINGS and tag[0] == "n" and not passage.knows(core):
        return behind_listed(match, start, suffix)
    if tag in PROPER and (shown or _FAMILY.fullmatch(core) or match.clean[match.end : match.end + 1] in _NEAR):
        return behind_listed(match, start, suffix)
    if (tag in NOMINAL or (shown and (manner.any_word or manner.whole) and tag in ("a", "v"))) and (
        shown
        or (
            kind in manner.sure and tag not in _DESCRIBING and not (index and passage.tags[index - 1] in _IN_A_COMPOUND)
        )
        or (manner.kin and _beside(match, manner, start))
        or (manner.twice and kind in _HOMES and said_again(match, start))
    ):
        return behind_listed(match, start, suffix)
    return None


def _shown(match: Match, manner: _Manner) -> bool:
    return manner.shown is not None and manner.shown.match(match.clean, match.end) is not None


_CROSSINGS = frozenset(("互通", "立交"))
_DESCRIBING = frozenset(("b", "vn", "an"))  # 专用|码头
_IN_A_COMPOUND = frozenset("n vn b an a j l".split())  # 集团|总部|大厦: the words describe
_NEAR = tuple("里边畔")  # 塔子沟里
_UNIT_ENDS = frozenset("省市县区旗州盟镇乡村道路街")
_DIVISION_ENDS = frozenset("县市区镇乡")
_OF_VILLAGES = frozenset(("街道", "镇", "乡"))
_VILLAGE_NAME = re.compile("[一-鿿]{2,5}(?:村|社区)")
_HOMES = frozenset(("村", "社区", "镇", "乡", "街道", "小区", "苏木", "嘎查", "新村", "花园", "家园"))
_UNITS = frozenset(("镇", "乡", "街道", "村", "社区", "苏木", "嘎查", "民族乡"))


def _beside(match: Match, manner: _Manner, start: int) -> bool:
    """Whether the neighbour in a list ends as names of the kind do: 老鹰沟、野猪岭."""
    clean = match.clean
    if clean[start - 1 : start] in tuple(LINKS) and clean[start - 2 : start - 1] in manner.kin:
        return True
    return clean[match.end : match.end + 1] in tuple(LINKS) and not manner.kin.isdisjoint(
        clean[match.end + 2 : match.end + 6]
    )


__all__ = [
    "ends_well",
    "feature_name",
    "hong_kong_street",
    "line_name",
    "listed_name",
    "settlement_name",
    "site_name",
    "street_name",
    "zone_name",
]
