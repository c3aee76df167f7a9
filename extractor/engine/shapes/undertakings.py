"""Where the unmarked name of an undertaking begins, told backwards from its type word."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.segment import Passage

_LONGEST_PROGRAM = 22

# Numerals that count or order, which end a name: 三个, 第五届, 四十多年, 首批; 百日, 千百, 六步, 2024 may stand in one.
_COUNTS = re.compile(
    r"第.+|首[届批个次]|[\d一二三四五六七八九十百千万两几多余数半]+[个名项家场位次届批期户种条件支套份篇处座台人]?|.*[年月]"
)
_CODE = re.compile(r"[百千万双][^万千百]|千万|20\d\d|五四|五一|.步|一日|三北|三江")
# Words for time that say when, where 青年, 周末 and 端午 may be part of a name.
_WHEN = re.compile(
    r"[今去前每当本上下昨次近历往同].*|.*[年日月]|目前|如今|现在|以后|未来|随后|后来|期间|此后|这天|那天"
)
_ONCE = re.compile(
    r"(?:全国|全球|世界|亚洲|国际|中国|国家|联合国|全民)"
)  # words that begin the names of events and awards
_GENERAL_WORK = re.compile(
    r"(?:改造|建设|整治|维修|采购|配套|扩建|新建|施工|安装|装修|重点|示范|试点|惠民|民生|招商|投资|科研|合作|培训|服务|扶贫|帮扶|养殖|种植|产业|体育|比赛|全能|决赛|短道|个人|团体|单项|公共|信息|工作|管理|交易|基础)$"
)
_PRIZE = re.compile("得主|获得者|获奖者|揭晓|入围|提名|评委|桂冠|颁奖")
_RUNS = re.compile(
    "(?:实施|启动|开展|推行|运行|设立)(?:以来|至今|之后|后|时)|期间|组委会|志愿者|发起人|收官|收网|学员|首批|开班|援建|捐建|资助"
)
_LAUNCHED = re.compile("(?:启动|发起|推出|试行|推行|设立)了?$")
_MOVES = re.compile("起来|力|能力|不便|自如|轨迹|路线|迅速|缓慢|方便|快|慢|受限|困难|指南|纲领")
# Who plans: behind them 计划 is a verb.
_AGENT = re.compile("[司团府局委厅部市县区省州镇乡村国方会院校人们者队社站业前后步内下年月]$")
# A mountain, a lake … by its name, before what is held there.
_LANDMARK = re.compile(
    r"(?!江山|河山|社|登|爬|上|下|高|深|沿|南北|本)[\u4e00-\u9fff]{1,3}[山湖河江海岛](?=[\u4e00-\u9fff])"
)
_BUILDS = re.compile("(?:改造|整治|维修|采购|扩建|新建|施工|安装|装修|管网|道路|污水|厂房|公路|铁路|桥梁|小区)")
_RANKED = re.compile(
    r"(?:[一二三四五六七八九十特\d]等|[金银铜]|优秀|优胜|最佳|鼓励|入围|提名|头|大|颁|获|该|此|这|本)$"
)


def coined_name(match: Match, passage: Passage) -> Match | None:
    """An unmarked name from its type word backwards over the noun phrase before it.

    It must hold a place, a name the tagger takes for proper, a coined word or a number code (双百, 153X): a type word
    with general words before it (购买服务项目) names nothing.
    """
    head = match.groups["head"][0]
    lexicons = match.rule.book.lexicons
    if _acts(match, passage):
        return None
    first = index = passage.word_at(head - 1)
    start = head
    while index >= 0 and head - passage.starts[index] <= _LONGEST_PROGRAM:
        word, tag = passage.words[index], passage.tags[index]
        if passage.starts[index] + len(word) > head:  # a word that holds the type word: 鲁班奖, 联动机制
            if passage.starts[index] < head and passage.clean[passage.starts[index] : head] in lexicons["before_name"]:
                return None
        elif word in lexicons["before_name"] or (
            _ends_name(word, tag) and not (word == "中" and passage.tags[index + 1] == "j")
        ):
            break
        start = passage.starts[index]
        index -= 1
    index = _cut(match, passage, index + 1, first)
    start = passage.starts[index] if index <= first else head
    core = match.clean[start:head]
    if len(match["head"]) == 1 and match.clean.endswith(match.rule.book.endings("head_in_word", 2), 0, match.end):
        return None
    if (
        len(match["head"]) == 1
        and match.end not in passage.edges
        and passage.knows(passage.words[passage.word_at(match.end)])
        and not _PRIZE.match(match.clean, match.end)
    ):
        return None  # 节|能, 赛|罕: the type word begins another
    if _counted(passage, index - 1):
        return None  # 这套联农带农模式, 三个文旅项目: what is pointed at or counted is no name
    if match["head"] in ("展", "赛") and (
        passage.tags[first] in ("ns", "nr", "d", "p")
        or (match["head"] == "展" and passage.tags[first] == "v")
        or first < index
    ):
        return None  # 在福建沿海|展开, 呼和浩特市|赛罕区
    if "及" in core:
        return None  # 项目计划及周计划: two general things
    if len(core) < 2 and not (core and _PRIZE.match(match.clean, match.end)):
        return None
    if _RANKED.search(core) or not (_named(match, passage, index, first) or _told(match, core, start)):
        return None
    return match.fitted(start, core=(start, head))


def _ends_name(word: str, tag: str) -> bool:
    """Whether a word stands before a name and not in it: a preposition, a count, a time, a mark."""
    if tag[0] in "pruyk" or tag == "c" or word in ("的", "、", "年度"):
        return True
    if tag[0] == "x":
        return not (word.isalnum() or word in ("·", "+", "—"))
    if tag[0] == "m":
        return not _CODE.fullmatch(word) or bool(_COUNTS.fullmatch(word) and not _CODE.match(word))
    if tag == "t":
        return bool(_WHEN.fullmatch(word)) and word not in ("青年", "生日", "少年", "中年")
    if tag[0] == "f":
        return len(word) < 2 or word in ("以来", "之后", "之前", "期间", "其中", "以后", "以前")
    if tag[0] == "d":
        return len(word) < 2 or word != "徒步"
    if tag == "b":
        return word.endswith("届")
    return tag[0] == "q"


def _cut(match: Match, passage: Passage, index: int, last: int) -> int:
    """The word with which the name begins: behind the last verb that a place or 全国, 国际 follows (探访|天目湖平台)."""
    begins = index
    for at in range(index, last):
        if passage.tags[at] in ("v", "vd", "vn") and len(passage.words[at]) > 1:
            behind = passage.tags[at + 1]
            if behind in ("ns", "nt", "nz") or _ONCE.fullmatch(passage.words[at + 1]) or _place(match, passage, at + 1):
                begins = at + 1
    return begins


def _counted(passage: Passage, index: int) -> bool:
    """Whether a word points at what follows or counts it: 这套, 三个, 等."""
    if index < 0:
        return False
    word, tag = passage.words[index], passage.tags[index]
    if word in ("等", "各类", "某", "某个", "其他", "一个", "个", "套", "项", "此类", "这类"):
        return True
    if tag[0] == "r" and word[0] in "这该此那各每某本":
        return not word.endswith(("年", "届", "天", "月", "日", "次"))
    return tag[0] in "mq" and word.endswith(tuple("个套项种类只支场大")) and not word.startswith("第")


def _place(match: Match, passage: Passage, index: int) -> bool:
    """Whether a word is the name of a division."""
    return any(d.level != "poi" for d in match.rule.book.gazetteer.by_name.get(passage.words[index], ()))


def _named(match: Match, passage: Passage, index: int, last: int) -> bool:
    """Whether the words hold what makes a name of them."""
    head = match.groups["head"][0]
    first = passage.starts[index]
    kind = match.meaning("head")
    told = (
        kind in ("event", "award", "fund") and match["head"] != "集市"
    )  # what these names hold besides a place is mostly general
    core = match.clean[first:head]
    if passage.words[index] == "国家" and len(core) > 4 and match["head"] in ("计划", "基金", "工程", "行动"):
        return True
    if _GENERAL_WORK.search(core) and not told:
        return (
            len(core) > 8
            and not _BUILDS.search(core)
            and (passage.tags[index] == "ns" or _place(match, passage, index))
        )
    if _joins_places(core, match) and len(core) > 2:
        return True
    if told and _LANDMARK.match(core):
        return True
    for i in range(index, last + 1):
        word, tag = passage.words[i], passage.tags[i]
        if told and tag[:2] in ("nz", "nr") and passage.starts[i] < head < passage.starts[i] + len(word):
            return True  # the tagger's dictionary has the whole name: 金鸡奖
        alone = i == index and passage.starts[i] + len(word) >= head
        if match["head"] == "展" and tag != "ns" and word != "国际":
            continue
        if tag == "nt" or (tag == "nz" and len(word) > (1 if told else 2) and not alone):
            return True
        if (tag == "ns" or _place(match, passage, i)) and (not alone or told or match["head"] == "模式"):
            return True
        if word.isascii() and word.isalnum() and not word.isdigit() and kind != "platform":
            return True
        if _aids(word, match) or (tag[0] == "m" and _CODE.fullmatch(word)):
            return True
        if told and (
            (_ONCE.fullmatch(word) and (len(core) >= 4 or match.clean[first - 1 : first] == "届"))
            or (tag[:2] == "nr" and len(word) > 2)
        ):
            return True
        if (
            kind != "platform"
            and match["head"] not in ("项目", "展", "赛")
            and len(word) > 1
            and tag[0] in "nja"
            and not passage.knows(word)
            and len(core) <= 12
            and not _COUNTS.match(word)
        ):
            return passage.starts[i] + len(word) <= head  # a coined word: 银龄行动, 守网工程
    return False


def _told(match: Match, core: str, start: int) -> bool:
    """Whether what stands around the words says that they name an undertaking: 启动|…计划, …行动期间, …奖得主."""
    if _GENERAL_WORK.search(core) or len(core) > 12 or match["head"] in ("项目", "平台", "方案", "规划", "展", "赛"):
        return False
    if match.meaning("head") == "award":
        return bool(_PRIZE.match(match.clean, match.end))
    if match["head"] in ("工作法", "议事法") and len(core) > 2:
        return True
    if match["head"] not in ("计划", "行动", "工程", "基金", "奖学金", "助学金", "工作法", "议事法", "模式", "节"):
        return False
    if _RUNS.match(match.clean, match.end):
        return len(core) > 1
    return len(core) > 3 and bool(_LAUNCHED.search(match.clean, max(start - 4, 0), start))


def _joins_places(core: str, match: Match) -> bool:
    """川渝, 湘黔, 中阿: two places by their one-character names, before what they do together."""
    short = match.rule.book.gazetteer.abbreviations
    return all(letter in short or letter in "中深" for letter in core[:2]) and core[:2] not in ("中国", "新青", "中新")


def _acts(match: Match, passage: Passage) -> bool:
    """Whether the type word is a verb here: 公司计划投资, 迅速行动起来."""
    head, end = match.groups["head"]
    if match["head"] == "行动":
        return bool(_MOVES.match(match.clean, end))
    if match["head"] not in ("计划", "倡议"):
        return False
    behind = passage.word_at(end)
    if end >= len(match.clean) or passage.starts[behind] != end:
        return False
    word, tag = passage.words[behind], passage.tags[behind]
    if word in match.rule.book.lexicons["said_of_names"]:
        return False
    if tag == "m" or word in ("于", "从", "用", "到"):
        return True
    if word == "在" and behind + 1 < len(passage.tags):
        return passage.tags[behind + 1][0] in "mt"
    return tag == "v" and bool(_AGENT.search(match.clean, max(head - 2, 0), head))


def campaign_name(match: Match, passage: Passage) -> Match | None:
    """A campaign's name from its years backwards over nouns and verbs to the verb that begins it: 启动|桥梁体检三年行动."""
    head = match.groups["core"][1]
    years = head - 2
    start, index = years, passage.word_at(years - 1)
    while index >= 0 and years - passage.starts[index] <= 10:
        word, tag = passage.words[index], passage.tags[index]
        if (
            word in match.rule.book.lexicons["before_name"]
            or (tag[0] in "pcurxdm" and not (tag == "d" and len(word) > 1))
            or word in ("用", "按照", "实施", "连续", "为期")
        ):
            break
        start = passage.starts[index]
        index -= 1
    if years - start < 2 or start < match.start or (start == years):
        return None
    if _place(match, passage, index + 1) and passage.starts[index + 1] + len(passage.words[index + 1]) == years:
        return None  # 红河州三年行动: whose it is, and not what it is about
    return match.fitted(start, core=(start, head))


def _aids(word: str, match: Match) -> bool:
    """援疆, 援藏: help for a place named by its one-character abbreviation."""
    return len(word) == 2 and word[0] == "援" and word[1] in match.rule.book.gazetteer.abbreviations
