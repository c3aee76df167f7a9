"""Where the name of a township, village, road or estate begins, told backwards from its suffix."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.segment import Passage

_NOMINAL = frozenset("n nr nrt nrfg ns nt nz ng j l i b s an vn eng zg g".split())
_NAMES = frozenset(("ns", "nz", "nt"))
_PROPER = _NAMES | {"nr", "nrt"}
_LONGEST_NAME = 6


def local_name(match: Match, passage: Passage) -> Match | None:
    """A name below the county from its suffix backwards: the words before 镇 社区 路 that belong to the name.

    The name reaches back to the place that contains it (北干街道|江南星城社区) or to a word that leads to a place (在 到
    位于); else it is the word before the suffix, with the one before that where it is a single character. Generic names
    (试点社区), words that are no name (走进社区) and names of the gazetteer are refused.
    """
    clean, edges, book = match.clean, passage.edges, match.rule.book
    suffix, end = match.groups["suffix"]
    if not suffix:
        return None
    kind = clean[suffix:end]
    if kind == "道" and passage.article.region not in ("HK", "MO"):
        return None
    if not ends_well(match, kind, passage):
        return None
    index = passage.word_at(suffix - 1)
    word, tag = passage.words[index], passage.tags[index]
    if tag == "x" and not word[0].isalpha():
        return None
    behind = passage.starts[index] + len(word)
    known = behind > suffix and passage.knows(word)
    if behind > suffix and (behind > match.end or (known and tag not in (_NAMES if kind in _NATURAL else _PROPER))):
        return None  # the suffix is the end of another word, the most common case: 报道, 工作思路, 人山人海
    generic = book.lexicons["generic_place"]
    for first in range(suffix - 1, max(suffix - 4, -1), -1):
        if clean[first:end] in generic and first in edges:
            return None  # 乡镇, 试点社区
    start = _name_start(match, kind, passage, index, known)
    if start is None:
        return None
    core, by_name = clean[start:suffix], book.gazetteer.by_name
    listed = book.gazetteer.township_codes
    for first in range(start, suffix):
        if first in edges and (clean[first : match.end] in by_name or clean[first : match.end] in listed):
            return None
    if core in book.lexicons["generic_modifier"] or _COUNTED.search(core) or _JOINED.search(core):
        return None
    if clean[start - 1 : start] == "“" and clean[match.end : match.end + 1] != "”":
        return None  # the beginning of a quoted name: “阳光暖村行动”
    return match.fitted(start, name=(start, suffix))


_NATURAL = frozenset("江河湖海山岛湾沟溪洞泉峰岭寺塔宫庙祠陵潭港桥道")  # one character, the end of many other words
_COUNTED = re.compile(r"\d|[一二两三四五六七八九十百多几数各每][个座条家处片所]|[个座条]$")
_JOINED = re.compile("[的在]|[及与等了]$|..和$")
_LINKED = "、和与及"
_HOMES = ("村", "社区", "镇", "乡", "街道", "小区", "苏木", "嘎查", "新村", "花园", "家园")


def _name_start(match: Match, kind: str, passage: Passage, index: int, known: bool) -> int | None:
    """Where the name begins; None where what stands before the suffix is no name.

    `index` is that of the word before the suffix; it is `known` where a word of the dictionary reaches into the suffix.
    """
    suffix = match.groups["suffix"][0]
    start, tag = passage.starts[index], passage.tags[index]
    end = start + len(passage.words[index])
    outer = _containing_place(match, passage, suffix)
    if outer is not None:
        short = 1 if kind in ("村", "镇", "乡", "路", "街", "寨", "屯") else 2
        return outer if suffix - outer >= short and _name_words(match, kind, passage, outer, suffix) else None
    leads = match.rule.book.lexicons["lead_word"]
    led_to = index > 0 and passage.words[index - 1] in leads
    if end <= suffix and tag[0] in "pcurdmf" and passage.words[index] not in leads and not (led_to and tag[0] in "mf"):
        return None  # a word of grammar right before the suffix
    if passage.article.region in ("HK", "MO") and kind in ("道", "街", "邨", "里", "径"):
        return _street(match, passage, suffix)
    if kind in _ZONES and (listed := _listed_before(match, suffix)) is not None:
        return listed
    if kind in _UNITS and (bounded := _bounded(match, kind, passage, suffix)) is not None:
        return _after_listed(match, bounded, suffix)
    led = _led_by(match, passage, index, suffix)
    if led is not None and suffix - led >= 2 and _name_words(match, kind, passage, led, suffix):
        return _after_listed(match, led, suffix)
    if match.clean[suffix - 1] == "族" and index and passage.tags[index - 1] in _NOMINAL:  # 匹河|怒族乡
        index -= 1
        start = passage.starts[index]
    while suffix - start < 2:  # a single character: the word before it belongs to the name
        index -= 1
        if index < 0 or passage.tags[index] not in _NOMINAL or len(passage.words[index]) > 3:
            return None
        start = passage.starts[index]
    if suffix - start > _LONGEST_NAME:
        return None
    tag = passage.tags[index]
    core = match.clean[start:suffix]
    put_together = (
        len(core) > 2 and start < passage.starts[passage.word_at(suffix - 1)] and not passage.knows(core)
    )  # 杏花|岭
    coined = ((end > suffix and not known) or put_together) and kind not in _NATURAL
    if coined or tag in ("ns", "nz", "nt", "x") or (tag in ("nr", "nrt") and kind not in _NATURAL):
        return _after_listed(match, start, suffix)
    if tag in _NOMINAL and kind in _HOMES and _named_here(match, kind, start):
        return _after_listed(match, start, suffix)
    return None


def _containing_place(match: Match, passage: Passage, suffix: int) -> int | None:
    """Where the place ends that the name follows directly: a listed division or the suffix of a local name before it."""
    clean, gazetteer = match.clean, match.rule.book.gazetteer
    lowest = max(suffix - _LONGEST_NAME - 1, 0)
    if _ENDINGS.isdisjoint(clean[lowest : suffix - 1]):
        return None
    for start in range(suffix - 1, max(lowest, 1), -1):
        if clean[start] in _MARKS:
            return None
        last = clean[start - 1]
        if last not in _ENDINGS:
            continue
        two = clean[start - 2 : start]
        if last in _DIVISIONS:
            if two in gazetteer.endings and any(
                clean[start - length : start] in gazetteer.official for length in range(2, min(13, start + 1))
            ):
                return start
            if last in "乡镇" and start > 3:
                general = two in ("乡镇", "城镇", "集镇", "村镇") or clean[start - 3] in _DIVISIONS
                glued = start not in passage.edges and passage.knows(passage.words[passage.word_at(start)])
                if not general and not glued:
                    return start
        if two in ("街道", "社区", "苏木") and _is_name_end(match, passage, start):
            return start
    return None


def _is_name_end(match: Match, passage: Passage, end: int) -> bool:
    """Whether a name stands before 街道 or 社区 that ends at `end`, and no general word."""
    if end < 5 or end not in passage.edges:
        return False
    index = passage.word_at(end - 3)
    return (
        passage.tags[index][0] not in "pcuxdr"
        and passage.words[index] not in match.rule.book.lexicons["generic_modifier"]
    )


def _street(match: Match, passage: Passage, suffix: int) -> int | None:
    """Where a street name of Hong Kong or Macau begins: such names sound out foreign ones and no dictionary has them."""
    for start in range(suffix - 2, max(suffix - 5, -1), -1):
        before = match.clean[max(start - 2, 0) : start]
        if match.clean[start] in _BOUNDS:
            return None
        if not before or before[-1] in _BOUNDS or before[-1] == "的" or before in match.rule.book.gazetteer.by_name:
            return start
    return None


_UNITS = frozenset(("镇", "乡", "街道", "村", "社区", "苏木", "嘎查", "民族乡"))
_ZONES = frozenset(
    (
        "开发区",
        "经济开发区",
        "经济技术开发区",
        "高新区",
        "高新技术产业开发区",
        "经开区",
        "产业园",
        "产业园区",
        "工业园",
        "工业园区",
    )
)
_DIVISIONS = frozenset("县市区州旗盟省乡镇")
_ENDINGS = _DIVISIONS | frozenset("道木")  # the last characters of what may contain a local name
_MARKS = frozenset(",。、;:!?\n“”《》()|")
_BOUNDS = _MARKS | frozenset("在到于赴往自从沿经由至和与及向对回抵如近")


def _listed_before(match: Match, suffix: int) -> int | None:
    """Where a short name of the gazetteer begins that a zone is named after: 无为|经济开发区."""
    by_name = match.rule.book.gazetteer.by_name
    found = (start for start in range(suffix - 4, suffix - 1) if start >= 0 and match.clean[start:suffix] in by_name)
    return next(found, None)


def _bounded(match: Match, kind: str, passage: Passage, suffix: int) -> int | None:
    """Where a township or village name begins that a mark or a preposition closes off on the left: 、麻溪铺镇.

    The segmenter cuts such names at random, so what stands between is taken whole. A word of the dictionary is a name
    only in a list of such names (王坟镇、庙子镇).
    """
    clean = match.clean
    start = suffix
    while start > 0 and suffix - start < 5 and clean[start - 1] not in _BOUNDS:
        start -= 1
    core = clean[start:suffix]
    if (
        not 2 <= len(core) <= 4
        or (start and clean[start - 1] not in _BOUNDS)
        or not match.rule.book.lexicons["no_name_word"].keys().isdisjoint(core)
        or "的" in core
    ):
        return None
    if core in match.rule.book.lexicons["generic_modifier"] or (kind == "社区" and core.endswith(("者", "员", "期"))):
        return None
    if passage.knows(core):
        return start if _listed_beside(match, kind, start) else None
    for index in range(passage.word_at(start), passage.word_at(suffix - 1) + 1):
        word, tag = passage.words[index], passage.tags[index]
        whole = passage.starts[index] >= start or passage.knows(word)  # 在统|溪河镇: the first word is no word
        if whole and ((tag[0] in "pcurd" and passage.knows(word)) or (tag[0] == "v" and len(word) > 1)):
            return None
    return start


def _listed_beside(match: Match, kind: str, start: int) -> bool:
    """Whether the neighbour in a list ends with the same unit: 王坟镇、庙子镇."""
    clean, last = match.clean, kind[-1]
    if clean[start - 1 : start] in ("、", "和", "与") and clean[start - 2 : start - 1] == last:
        return True
    return (
        clean[match.end : match.end + 1] in ("、", "和", "与") and clean[match.end + 1 : match.end + 7].find(last) > 0
    )


def _led_by(match: Match, passage: Passage, index: int, suffix: int) -> int | None:
    """Where the words before the suffix begin behind a word that leads to a place, at most four characters back."""
    while index > 0 and suffix - passage.starts[index] <= 4:
        before = passage.words[index - 1]
        if before in match.rule.book.lexicons["lead_word"] and passage.words[index][0].isalnum():
            return passage.starts[index]
        if len(before) == 2 and before[0] in "在于到往赴" and not passage.knows(before):  # 在统|溪河镇
            return passage.starts[index] - 1
        index -= 1
    return None


def _after_listed(match: Match, start: int, suffix: int) -> int:
    """`start`, moved behind a province, prefecture or county that the segmenter glued to the name."""
    clean, by_name = match.clean, match.rule.book.gazetteer.by_name
    for end in range(suffix - 2, start + 1, -1):
        if clean[start:end] in by_name:
            return _after_listed(match, end, suffix)
    return start


def _named_here(match: Match, kind: str, start: int) -> bool:
    """Signs that common words are used as a name: a listed neighbour with the same suffix, or the name said again."""
    clean, name = match.clean, match.clean[start : match.end]
    last = kind[-1]
    before, after = clean[max(start - 2, 0) : start], clean[match.end : match.end + 1]
    if before[-1:] and before[-1] in _LINKED and before[0] == last:
        return True
    if after and after in _LINKED and last in clean[match.end + 2 : match.end + 7]:
        return True
    reach = 20_000  # covers any article, and keeps the cost of a huge text linear
    before_it, behind_it = (
        clean.find(name, max(start - reach, 0), start),
        clean.find(name, match.end, match.end + reach),
    )
    return before_it >= 0 or behind_it >= 0


def _name_words(match: Match, kind: str, passage: Passage, start: int, end: int) -> bool:
    """Whether the words of `start:end` can make a name: no function word, and a verb only as the whole of it."""
    indices = range(passage.word_at(start), passage.word_at(end - 1) + 1)
    lexicons = match.rule.book.lexicons
    if end - start > 8:
        return False
    for index in indices:
        tag, word = passage.tags[index], passage.words[index]
        if (
            tag[0] in "pcuryd"
            or (tag in ("x", "ul", "uj") and not word[0].isalnum())
            or word in ("的", "等", "有", "是", "以及")
        ):
            return False
        if tag in ("v", "vd", "vi"):
            village = kind in ("村", "镇", "乡", "苏木", "街道", "寨", "屯")
            if (
                word in lexicons["no_name_word"]
                or word in lexicons["lead_word"]
                or (len(word) > 1 and (not village or len(indices) > 1))
            ):
                return False
    return True


_LED_ON = frozenset(("村", "镇", "乡", "路", "广场", "街"))  # they begin words of their own:
_LED_ON_BY = ("民", "长", "庄", "舞", "径", "线", "上", "里")
_VILLAGE_FOLLOWS = re.compile("[一-鿿]{2,3}(?:村|社区)")


def ends_well(match: Match, kind: str, passage: Passage) -> bool:
    """The suffix is not the beginning of another word: 村民, 镇长, 路径 are; 镇政府, 村委会 name the place all the same."""
    clean, end = match.clean, match.end
    if end in passage.edges:
        return kind not in _LED_ON or not clean.startswith(_LED_ON_BY, end)
    index = passage.word_at(end)
    word = passage.words[index]
    rest = word[end - passage.starts[index] :]
    if kind in ("镇", "乡") and (not passage.knows(word) or _VILLAGE_FOLLOWS.match(clean, end)):
        return True  # 治平|镇雷|沟村: the segmenter cut across the border of two names
    return (
        rest in match.rule.book.lexicons["organisation_head"]
        or (rest == "上" and kind in ("路", "街"))
        or rest.startswith(("政府", "党委", "委会", "支部", "两委", "支书", "办事处", "党工委"))
    )
