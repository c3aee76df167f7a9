"""Named predicates for what a regular expression cannot say. A guard returns False to refuse a match."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractor.engine.match import Match
from extractor.segment import Passage
from extractor.values.numbers import read_number

Guard = Callable[[Match, Passage], bool]


def cardinal(match: Match, passage: Passage) -> bool:
    """The numeral counts: it is no ordinal (第三名), no label (G42, 5A) and no part of a longer word (统一, 唯一)."""
    clean, start = match.clean, match.groups["value"][0]
    if start and clean[start - 1] in "第初":
        return False
    if clean[start] in "0123456789":
        return True
    if match["value"] in ("百", "千", "万") and "“" in clean[max(start - 6, 0) : start]:
        return False
    word = passage.word_at(start)
    return passage.starts[word] == start or passage.tags[word] in ("m", "t", "mq", "x") or _numeric_before(clean, start)


def _numeric_before(clean: str, start: int) -> bool:
    return start > 0 and clean[start - 1] in "约近超逾达共有为的了和及与、,到至满"


def on_word_edges(match: Match, passage: Passage) -> bool:
    """The mention begins and ends where words do: 市中区 in 全市中区域 does not."""
    return match.start in passage.edges and match.end in passage.edges


def begins_word(match: Match, passage: Passage) -> bool:
    """The mention begins where a word does: 明天 in 文明天地 does not; the word may be a preposition glued to it (比上|月)."""
    if match.start in passage.edges:
        return True
    index = passage.word_at(match.start)
    before = passage.words[index][: match.start - passage.starts[index]]
    return before in ("比", "从", "到", "自", "至", "较", "在", "于") and not (
        len(before) == 1 and match.text[0] == "今" and match.clean[match.end : match.end + 1] in ("轻", "纪")
    )


def not_ordinal(match: Match, passage: Passage) -> bool:
    """No 第 stands before the mention: 第三天 counts no days."""
    return not match.clean.endswith("第", 0, match.start)


def classifier_counts(match: Match, passage: Passage) -> bool:
    """一 with a classifier counts only with units of people and things that are told one by one, or where the text
    insists on the number: 一名护士 and 仅一个 do, 一个新的起点 does not."""
    if match["value"] != "一":
        return True
    clean, start, end = match.clean, match.start, match.end
    if (
        clean[end : end + 1] in ("", ",", "。", ";", "、", ")")
        and start
        and passage.tags[passage.word_at(start - 1)][0] == "n"
        and match["unit"] not in ("道", "起", "头", "番", "样", "块", "面", "把")
    ):
        return True  # 门票一张: behind its noun it is no article
    before = clean[max(start - 2, 0) : start]
    insists = any(word in before for word in ("仅", "只", "共", "各", "达", "唯", "有且", "首批", "另"))
    return insists or match["unit"] in match.rule.book.lexicons["told_singly"]


def noun_counted(match: Match, passage: Passage) -> bool:
    """A noun is counted directly by an Arabic or a longer numeral, or by a Chinese one where a word of its own begins."""
    start, end = match.start, match.end
    if len(match["unit"]) == 1 and end not in passage.edges:
        return False
    if match["unit"] in ("死", "伤", "亡"):
        return match["value"].isdigit()
    if match["value"][0].isdigit():
        return len(match["value"]) > 1 or end in passage.edges
    word = passage.word_at(start)
    return passage.starts[word] == start and end in passage.edges and match["value"] != "一"


def measure_ends(match: Match, passage: Passage) -> bool:
    """A measure of one character ends a word: 二里 in 二里头 measures nothing."""
    unit = match["unit"]
    return (
        len(unit) > 1
        or unit.isascii()
        or match.groups["unit"][1] in passage.edges
        or match["value"][0] not in "一二三四五六七八九十"
    )


def vague_number(match: Match, passage: Passage) -> bool:
    """The numeral itself is vague, open or a range of adjacent digits."""
    return match.numeral is not None and (
        match.numeral.modifier in ("approx", "over")
        or (match.numeral.modifier == "range" and not match["value"][0].isdigit())
    )


def in_taiwan(match: Match, passage: Passage) -> bool:
    """The report comes from Taiwan, where a bare two- or three-digit year counts from 1912."""
    return passage.article.region == "TW" and match.clean[match.end : match.end + 1] not in (
        "来",
        "间",
        "以",
        "多",
        "的",
        "了",
    )


def large_tally(match: Match, passage: Passage) -> bool:
    """A tally of hours, no length of time: a hundred and more, or a vague large number."""
    numeral = match.numeral
    size = None if numeral is None else numeral.value if numeral.value is not None else numeral.low
    return size is not None and size >= 100


_MONEY_TALK = re.compile("收入|工资|花|卖|价|元|补贴|补助|租|付|赚|挣|成本|奖|罚|省|买|薪|钱|费")


def sum_range(match: Match, passage: Passage) -> bool:
    """Two sums with 至 between them are a range, unless something goes from the one to the other.

    不等 behind them says range; 从 before them says change; behind 上调 or 降低 the second is the new level when it is
    many times the first.
    """
    clean = match.clean
    if clean.startswith(("不等", "之间", "以下", "的"), match.end):
        return True
    before = clean[max(match.start - 14, 0) : match.start]
    clause = re.split("[,。;]", before)[-1]
    if re.search("[从由自]", clause):
        return False
    if re.search("上调|下调|提高|降低|增加|减少|上涨|下降", clause[-4:]):
        low, high = read_number(match["value"]), read_number(match["to"])
        return high < 5 * low
    return True


def money_word(match: Match, passage: Passage) -> bool:
    """A currency unit that is also a classifier or part of a word (块, 分, 圆) needs a sum around it."""
    unit = match["currency"]
    if unit == "块" and _MONEY_TALK.search(match.clean, max(match.start - 20, 0), match.end + 6):
        return True
    if unit in ("块", "角", "毛", "分", "圆", "铢", "盾", "镑"):
        if unit == "块" and match.clean[match.end : match.end + 1] in ("、", "的"):
            return False
        after = match.clean[match.end : match.end + 1]
        return unit == "镑" or after in ("", "钱", ",", "。", ";", "、", "的", ")", "\n", "左", "以", "多", "一")
    return True


def duration_like(match: Match, passage: Passage) -> bool:
    """A length of time, no year, label or age: not 2023年, 三年级, 13年 of the calendar."""
    unit, value = match["duration_unit"], match["value"]
    before = match.clean[max(match.start - 1, 0) : match.start]
    if before in ("第", "每", "初"):
        return False
    if unit == "年":
        if len(value) == 4 and value.isdigit() and value[:2] in ("18", "19", "20"):
            return False
        if len(value) == 4 and value[0] in "一二" and all(c in "零〇一二三四五六七八九" for c in value):
            return False
    return True


def not_every(match: Match, passage: Passage) -> bool:
    """No 每 stands before the mention: 每半年 is a set of times."""
    return not match.clean.endswith("每", 0, match.start)


def clock_like(match: Match, passage: Passage) -> bool:
    """A time of day, no score or count of points: it has minutes, a part of day, or 时 of a 24-hour clock."""
    text = match.text
    if match["hour"].isdigit() and int(match["hour"]) > 24:
        return False
    if ":" in text:
        return len(match["minute"]) == 2 and int(match["minute"]) < 60 and bool(match["hour"].isdigit())
    if "点" in text and not match["daypart"]:
        return bool(match["minute"] or match["half_hour"]) or text.endswith(("许", "整"))
    return True


_DIVISION_SUFFIX = ("省", "市", "县", "区", "州", "旗", "盟", "地区", "自治区")
_CROSSING = frozenset(
    "市长 市民 市场 市区 市级 市委 县长 县级 县域 县城 县委 区域 区长 区级 区间 区委 省长 省级 省份 省委 州长 州委 州市 市政 市值 市况 市内 市外 市郊 县内 区内".split()
)
_NOT_PLACE_TAGS = frozenset("nr nrt nrfg v vn a ad d p c".split())


def listed_place(match: Match, passage: Passage) -> bool:
    """A gazetteer name that is a place here.

    An official name stands by itself; a short name must be cut off by words, must not be an ordinary word (和平, 资源)
    or part of a person's name, and that of a county needs a larger place beside it, its own full name elsewhere in the
    article, or a tagger that knows it.
    """
    gazetteer = match.rule.book.gazetteer
    name, clean = match.text, match.clean
    divisions = gazetteer.by_name[name]
    if (
        name in gazetteer.official
        and (len(name) > 2 or name[-1] in "县旗")
        and divisions[0].level not in ("country", "region")
    ):
        return _cut_off(match, passage, official=True)
    own = passage.article.region
    if own != "CN" and any(d.country == own for d in divisions) and name not in gazetteer.common_words:
        return match.start in passage.edges or match.end in passage.edges
    if _person(match, passage):
        return False
    after_place = _follows_place(match)
    if not _cut_off(match, passage, official=False) and not (after_place and _ends_no_word(match, passage)):
        return len(name) > 2 and any(d.level == "prefecture" for d in divisions) and match.start in passage.edges
    if after_place:
        return True
    index = passage.word_at(match.start)
    tag = passage.tags[index]
    lexicons = match.rule.book.lexicons
    if name in gazetteer.common_words or name in lexicons["generic_place"] or name in lexicons["ordinary_word"]:
        return _followed_by_body(match) and tag == "ns"
    if _SHARED_HEAD.match(clean, match.end) or any(full in clean for full in gazetteer.full_names(name)):
        return True  # 庄浪、秦安两县; or the article also has the full name
    if tag in _NOT_PLACE_TAGS and passage.starts[index] == match.start and len(passage.words[index]) >= len(name):
        known = all(d.level in ("country", "province", "prefecture") for d in divisions)
        return tag.startswith("nr") and known and len(passage.words[index]) == len(name)
    if any(d.level in ("country", "region", "province", "prefecture", "poi", "zone") for d in divisions):
        return True
    return (tag == "ns" and len(divisions) == 1) or _heads_line(match)


_SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)


def _person(match: Match, passage: Passage) -> bool:
    """A surname of its own stands before the name, and no word that surnames are written like: 江|石城, 记者王|安康."""
    if not match.start or match.clean[match.start - 1] not in _SURNAMES or len(match.text) > 2:
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
        and clean[match.end - 1 : match.end + 1] in _CROSSING
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
    return passage.starts[index] == match.start and tag in ("ns", "nz", "x") and len(word) <= len(match.text) + 2


def _follows_place(match: Match) -> bool:
    """Whether a listed name that can contain this one ends right before it."""
    clean, gazetteer = match.clean, match.rule.book.gazetteer
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


def list_of_names(match: Match, passage: Passage) -> bool:
    """The names of a list are proper: no common noun of the dictionary longer than one word among them."""
    index = passage.word_at(match.start)
    return not (
        passage.starts[index] == match.start
        and passage.words[index] == match.text
        and passage.tags[index] in ("n", "v", "vn")
        and match.text in match.rule.book.lexicons["generic_modifier"]
    )


def between_nominal(match: Match, passage: Passage) -> bool:
    """What stands between a quoted name and its type word belongs to one noun phrase: “甲”惠民服务项目."""
    start, end = match.groups.get("between") or match.groups.get("gap") or (0, 0)
    if start == end:
        return True
    for index in passage.words_between(start, end):
        if passage.tags[index] in ("p", "c", "d", "r", "ul", "uz", "ug", "f", "y", "m") or passage.words[index] in (
            "等",
            "是",
            "有",
            "为",
            "开展",
            "推进",
            "实施",
            "举办",
            "打造",
            "以及",
            "了",
        ):
            return False
        if passage.words[index] == "的" and passage.starts[index] > start:
            return False
    return True


def title_core(core: str) -> str:
    """A title without what stands in brackets behind it: (试行), (2024—2026年)."""
    return re.sub(r"(?:\([^()]*\)|的通知$)+$", "", core) or core


def strong_head(match: Match, passage: Passage) -> bool:
    """The type word that ends quoted words is one that names take, and something stands before it."""
    head = match["head"]
    return head not in match.rule.book.lexicons["weak_head"] or (
        len(match["core"]) >= 4 and head in ("活动", "项目", "模式", "机制", "平台", "节", "展", "周")
    )


def titles_document(match: Match, passage: Passage) -> bool:
    """The title ends as documents and undertakings do, not as newspapers, books and broadcasts do."""
    lexicons = match.rule.book.lexicons
    core = title_core(match["core"])
    if any(core.endswith(head) for head in lexicons["publication_head"]):
        return False
    return any(core.endswith(head) for head in lexicons["document_head"]) or any(
        core.endswith(head) for head in lexicons["program_head"] if len(head) > 1
    )


_GENERAL = frozenset(
    "长效 联动 工作 服务 管理 协调 激励 考核 保障 综合 信息 智慧 创新 发展 重点 专项 相关 特色 示范 试点 惠民 民生 公益 志愿 主题 系列".split()
)


def coined(match: Match, passage: Passage) -> bool:
    """The quoted words name something: no slogan, no quotation of speech, no general term such as “长效机制”."""
    core = match["core"]
    if core in match.rule.book.lexicons["slogan"] or any(mark in core for mark in "。!?") or ":" in core:
        return False
    if core.startswith(("要", "让", "把", "不", "没", "我们", "我要", "办好")) or (
        match.clean[max(match.start - 1, 0) : match.start] == ":" and len(core) > 12
    ):
        return False
    if (
        re.fullmatch("一.一.|.一.一|[两三四五六七八九十].{1,2}", core)
        and "head" in match
        and not match.clean.startswith(match["head"], match.groups["core"][1] + 1)
    ):
        return False
    return core not in _GENERAL and not re.search(r"\d+[个名家]", core)


GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        begins_word,
        between_nominal,
        cardinal,
        classifier_counts,
        clock_like,
        coined,
        duration_like,
        in_taiwan,
        large_tally,
        list_of_names,
        measure_ends,
        vague_number,
        listed_place,
        money_word,
        not_every,
        not_ordinal,
        noun_counted,
        on_word_edges,
        strong_head,
        sum_range,
        titles_document,
    )
}
