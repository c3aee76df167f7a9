"""Whether a number counts, measures or pays for something."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from extractor.engine.match import Match
from extractor.segment import Passage
from extractor.values.numbers import read_number

if TYPE_CHECKING:
    from extractor.engine.book import Rulebook


def cardinal(match: Match, passage: Passage) -> bool:
    """The numeral counts: it is no ordinal (第三名), no label (G42, 0571), no part of a longer word (统一, 千斤顶), and
    stands in no title (《七个小矮人》)."""
    clean, start, value = match.clean, match.groups["value"][0], match["value"]
    before = clean[start - 1] if start else ""
    if (before and before in "第初") or _in_title(clean, start):
        return False
    if clean[start] in "0123456789":
        return not (value[0] == "0" and value[1:2].isdigit())
    if before and before in "每/" and value in _ROUND:
        return False  # 每千人, 元/千瓦时: what a rate is per
    if len(value) == 1 and value in _FINANCIAL and match.type != "money":
        return False  # 陆地, 伍家岗: these are digits in sums only
    if value == "零":
        return match["unit"] in _OF_NOTHING and passage.words[passage.word_at(start)][0] == "零"
    if _set_phrase(match, passage, start):
        return False
    if len(value) == 2 and value[0] in "百千万亿" and value[1] in _DIGITS:
        return False  # 万三 is a rate (three in ten thousand) or a name
    if len(value) > 1 and match.numeral is not None and match.numeral.modifier == "exact" and not _SIZES.search(value):
        return False  # 三七, 八一, 九一八: digits side by side are a name or a day
    if len(value) > 2:
        return True  # whatever the segmenter made of its beginning: 高三|十一点二米
    if value in ("百", "千", "万") and "“" in clean[max(start - 6, 0) : start]:
        return False
    word = passage.word_at(start)
    return passage.starts[word] == start or passage.tags[word] in ("m", "t", "mq", "x") or _numeric_before(clean, start)


_FINANCIAL = "壹贰叁肆伍陆柒捌玖拾佰仟"
_SIZES = re.compile("[十百千万亿拾佰仟廿卅点〇零]")
_DIGITS = "一二三四五六七八九"
_ROUND = ("百", "千", "万", "亿", "十万", "百万")
_OF_NOTHING = ("例", "次", "起", "分", "票", "人")


def _in_title(clean: str, start: int, reach: int = 40) -> bool:
    """Between 《 and 》, where numbers belong to a name."""
    opened = clean.rfind("《", max(start - reach, 0), start)
    return opened >= 0 and clean.find("》", opened, start) < 0 <= clean.find("》", start, start + reach)


def _set_phrase(match: Match, passage: Passage, start: int) -> bool:
    """A word or name of the dictionary begins with the numeral and its unit, and goes on behind them: 千斤顶, 六味地黄.

    With units that make no words of their own (四次|会议, 两句|话) the dictionary holds what anybody might count.
    """
    clean, end = match.clean, match.end
    book = match.rule.book
    if clean[start:end] in _inside_names(book):
        names = book.lexicons["numeral_name"]
        firsts, lasts = range(max(start - _BEFORE, 0), start + 1), range(end, end + _BEHIND + 1)
        if any(clean[first:last] in names for first in firsts for last in lasts):
            return True
    if passage.article.region == "TW" and match.text + "区" in _names(book):
        return True  # 五股工業區, 八里渡船頭: a district by its short name
    word = passage.word_at(start)
    if passage.starts[word] != start or start + len(passage.words[word]) <= end:
        return False
    tag = passage.tags[word]
    if tag == "i":
        return passage.knows(passage.words[word])
    fixed = match["value"][0] in "一百千万亿" or clean[end - 1] in book.lexicons["makes_words"]
    return fixed and tag[0] in "lnrjzbvd" and passage.knows(passage.words[word])


_BEFORE, _BEHIND = 2, 3  # characters of a name that may stand before the numeral, and behind its unit


@lru_cache(maxsize=2)
def _inside_names(book: Rulebook) -> frozenset[str]:
    """What a numeral and its unit may be in a name that holds them, so that few need be looked up with what is around."""
    return frozenset(
        name[first : len(name) - rest]
        for name in book.lexicons["numeral_name"]
        for first in range(_BEFORE + 1)
        for rest in range(_BEHIND + 1)
    )


@lru_cache(maxsize=2)
def _names(book: Rulebook) -> frozenset[str]:
    return frozenset(book.gazetteer.names)


def _numeric_before(clean: str, start: int) -> bool:
    return start > 0 and clean[start - 1] in "约近超逾达共有为的了和及与、,到至满高低贵涨跌降升少多重宽厚深"


def classifier_counts(match: Match, passage: Passage) -> bool:
    """一 with a classifier counts only with units of people and things that are told one by one, or where the text
    insists on the number: 一名护士 and 仅一个 do, 一个新的起点 does not."""
    if match.clean[match.start - 1 : match.start] == "“" and not match["value"][0].isdigit():
        closing = match.clean.find("”", match.end, match.end + 8)
        if closing >= 0 and len(match["value"]) < 3:
            return False  # “五个一”, “两个只增不减”: a slogan named by its number
    if match["unit"] != "个" and _begins_word(match, passage):
        return False
    if not _told_before_verb(match, passage) or _is_second(match, passage):
        return False
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
    return clean.endswith(_INSISTING, 0, start) or match["unit"] in match.rule.book.lexicons["told_singly"]


_INSISTING = ("仅", "仅有", "只", "只有", "共", "共有", "各", "各有", "达", "唯一的", "唯有", "有且只有", "首批")


def _is_second(match: Match, passage: Passage) -> bool:
    """二 before a classifier is the second one (二次供水, 二段) where people say 两 for two; Taiwan and Hong Kong write 二名."""
    return match["value"] == "二" and match["unit"] not in (
        (
            "人",
            "位",
            "老",
            "名",
            "个",
            "家",
            "间",
            "件",
            "台",
            "辆",
            "岁",
            "口",
            "例",
            "起",
            "处",
            "所",
            "座",
            "架",
            "艘",
            "项",
        )
    )


def _told_before_verb(match: Match, passage: Passage) -> bool:
    """No adverb of place: 四处拜票, 两头跑 and 一头连着 count nothing, 四处违建 and 两头牛 do."""
    if (match["value"], match["unit"]) not in (("四", "处"), ("两", "头"), ("一", "头")):
        return True
    if match.end == len(match.clean):
        return True
    following = passage.word_at(match.end)
    return passage.tags[following][0] not in "vdp" and (
        match["unit"] == "头" or passage.knows(passage.words[following])
    )


def _begins_word(match: Match, passage: Passage) -> bool:
    """The unit is the beginning of a word: 单 in 3单元, 段 in 八段锦; not 位 in 3位居民, where 居民 is a word too."""
    end = match.groups["unit"][1]
    if end in passage.edges or (match["unit"] in ("人", "户", "亩") and match.clean[end : end + 1] == "均"):
        return False
    if match["unit"] in _NEVER_BEGINS and (len(match["value"]) > 1 or match["value"].isdigit()):
        return False
    clean, word = match.clean, passage.words[passage.word_at(end)]
    goes_on = passage.knows(clean[end : end + 2]) or passage.knows(clean[end : end + 3])
    return passage.knows(word) and not goes_on and passage.tags[passage.word_at(end)][0] not in "mq"


# no word that begins with one of these stands behind a number: 40头|牛, though 头牛 is a word
_NEVER_BEGINS = frozenset("头条只匹本张碗杯根棵株枚粒颗辆艘")


def noun_counted(match: Match, passage: Passage) -> bool:
    """A noun is counted directly by an Arabic or a longer numeral, or by a Chinese one where a word of its own begins."""
    start, end, value, unit, clean = match.start, match.end, match["value"], match["unit"], match.clean
    if (len(unit) == 1 and end not in passage.edges) or not cardinal(match, passage):
        return False
    if unit in ("死", "伤", "亡"):
        return value.isdigit()
    if value[0].isdigit():
        if value.isdigit() and (len(value) == 4 and value[:2] in ("19", "20") and value[2:] != "00"):
            return False  # 2024毕业生: a year
        if unit in ("舰", "艇", "船") and len(value) > 2:
            return False  # the number on its hull
        return len(value) > 1 or (end in passage.edges and not clean[max(start - 2, 0) : start].strip().isascii())
    if value == "二" or (start and clean[start - 1] in "国高初大小职" and value in ("一", "三")):
        return False  # 二车道 is the second lane, 国三学生 are in the third year
    word = passage.word_at(start)
    return passage.starts[word] == start and end in passage.edges and value != "一"


def measure_ends(match: Match, passage: Passage) -> bool:
    """A measure of one character ends a word: 二里 in 二里头 measures nothing."""
    unit = match["unit"]
    return (
        len(unit) > 1
        or unit.isascii()
        or any(part in match for part in ("half", "small_tenths", "decimals"))
        or match.groups["unit"][1] in passage.edges
        or match["value"][0] not in "一二三四五六七八九十"
    )


def surely_counts(match: Match, passage: Passage) -> bool:
    """No label can be meant: the numeral is vague, open or bounded, is 两, sums up a list, or stands behind its noun."""
    if not cardinal(match, passage):
        return False
    if _vague(match) or "modifier" in match:
        return True
    lexicons, unit, clean = match.rule.book.lexicons, match["unit"], match.clean
    if match["value"] == "两":
        return unit in lexicons["tallied_with_two"]
    before = passage.tags[passage.word_at(match.start - 1)] if match.start else ""
    if unit in lexicons["tallied_behind_noun"] and (
        unit != "期" or match["value"][0].isdigit()
    ):  # 6号线一期 is no count
        return before[:1] in ("n", "a", "b", "j") and clean[match.end : match.end + 1] in _AFTER_ITS_NOUN
    return (
        unit in lexicons["tallied_with_two"]
        and match["value"] in ("三", "四", "五", "六", "七", "八", "九", "十")
        and _LISTED.search(clean, max(match.start - 12, 0), match.start) is not None
    )


_AFTER_ITS_NOUN = (",", "。", ";", "、", ")", "", *"一二两三四五六七八九十")
_LISTED = re.compile(r"、[^,。;:!?、\n\d]{1,8}\Z")


def _vague(match: Match) -> bool:
    """The numeral itself is vague, open or a range of adjacent digits."""
    return match.numeral is not None and (
        match.numeral.modifier in ("approx", "over")
        or (match.numeral.modifier == "range" and not match["value"][0].isdigit())
    )


def large_tally(match: Match, passage: Passage) -> bool:
    """A tally, no length of time or small number: a hundred and more, a vague large number, or so much a head."""
    numeral = match.numeral
    size = None if numeral is None else numeral.value if numeral.value is not None else numeral.low
    return size is not None and (
        size >= 100 or _AVERAGE.search(match.clean, max(match.start - 10, 0), match.start) is not None
    )


_AVERAGE = re.compile("[人户]均|年均|平均每[人户名]")


_MONEY_TALK = re.compile(
    "收入|工资|花[了去费掉]|[只才共要]花|花\\Z|卖|价|元|补贴|补助|租|付|赚|挣|成本|奖|罚|省[下了钱]|买|薪|钱|费"
    "|[要省少多贵欠借存捐交给退补掉][了去]?\\Z|[降涨升跌减][到至]|便宜|报销"
)


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
    """A currency unit that is also a classifier or part of a word (块, 刀, 圆) needs a sum around it."""
    unit, clean, end = match["currency"], match.clean, match.end
    after = clean[end : end + 1]
    if unit == "块":
        return _pays(match, passage)
    if unit == "刀":
        return _PRICED.search(clean, max(match.start - 8, 0), match.start) is not None
    if unit in ("圆", "铢", "盾"):
        return after in ("", "钱", *",。;、的)\n左以多一")
    return True


def _pays(match: Match, passage: Passage) -> bool:
    """块 is money: before a payment (五十块押金) or a unit (两块一杯), or where its clause speaks of money."""
    clean, end = match.clean, match.end
    after = clean[end : end + 1]
    if after == "一":
        return True
    if after >= "一" and after not in _AFTER_A_SUM and passage.tags[passage.word_at(end)][0] not in "vdpcu":
        return _PAYMENT.match(clean, end) is not None  # but 一块飞地
    clause = re.split("[,。;\n]", clean[max(match.start - 20, 0) : match.start])[-1]
    if _MONEY_TALK.search(clause) or _MONEY_TALK.match(clean, end):
        return True
    before = passage.tags[passage.word_at(match.start - 1)] if match.start else "x"
    return after not in ("、", "的") and before[0] not in "nabv"  # 牌匾四块: behind its noun a classifier


_AFTER_A_SUM = frozenset("左以多不呢吧啊就钱每起封的还到至")
_PAYMENT = re.compile(r"[一-鿿]{0,3}[金费钱款资薪价票]")
_PRICED = re.compile("[要花卖付价售费赚买]")
