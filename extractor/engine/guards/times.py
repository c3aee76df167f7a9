"""Whether an expression names a time."""

from __future__ import annotations

import re

from extractor.engine.match import Match
from extractor.segment import Passage


def not_ordinal(match: Match, passage: Passage) -> bool:
    """No 第 stands before the mention: 第三天 counts no days."""
    return not match.clean.endswith("第", 0, match.start)


def in_taiwan(match: Match, passage: Passage) -> bool:
    """The report comes from Taiwan, where a bare two- or three-digit year counts from 1912."""
    return passage.article.region == "TW" and match.clean[match.end : match.end + 1] not in (
        "来",
        "间",
        "以",
        "多",
        "了",
    )


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


_SCORE = re.compile(
    "比分|比例|局分|的比|[一二三四五首次末决两]局|[大小完险先]胜|战[平胜败]|领先|落后|击败|扳平|逆转|力克|不敌|惜败|告负|败下"
)
_LATEST_HOUR = 29  # 25时 is a slip that an editor wants to see; 48时 is no time of day


def clock_like(match: Match, passage: Passage) -> bool:
    """A time of day, no score or count of points: it has minutes, a part of day, or 时 of a 24-hour clock."""
    text = match.text
    if match["hour"].isdigit() and int(match["hour"]) > _LATEST_HOUR:
        return False
    if text == "一时":  # for a moment
        return False
    if ":" in text:
        if not match["daypart"] and _SCORE.search(match.clean, max(match.start - 12, 0), match.end + 12):
            return False
        return match["hour"].isdigit() and int(match["hour"]) <= 24 and int(match["minute"]) < 60
    if "点" in text and not match["daypart"]:
        return bool(match["minute"] or match["half_hour"]) or text.endswith(("许", "整"))
    return True


_FEAST = re.compile(
    "中秋|团圆|月饼|[赏拜祭]月|庙会|灯会|灯笼|放灯|过[大个]?年|年夜饭|饺子|守岁|春晚|祭祖|祭祀|中元|重阳|习俗|民俗|传统|[佳过]节|返乡|值班"
)


def festive(match: Match, passage: Passage) -> bool:
    """The sentence speaks of a feast: 八月十五 with 月饼 is the lunar day, on a contract it is not."""
    if "年三十" in match.text:
        return True
    first, last = passage.sentences[passage.sentence_at(match.start)]
    return bool(_FEAST.search(match.clean, first, last))


def days_or_longer(match: Match, passage: Passage) -> bool:
    """The length is of days or more: two hours later is no other day."""
    return not re.search("小时|分钟?|秒|钟头|半天|世纪", match["length"])


_LASTED = re.compile(
    "(?:[过历经长隔近已整去立建创办刊诞逝利放国党校军厂院史龄婚艺教医业警伍役守根续满达约超逾共了持有间第每]|工作|结婚|坚持|延续|跨越|穿越|等待|奋斗|开放|改革)$"
)
_NO_YEAR_BEHIND = frozenset("来间多余了历风之以如级岁龄仍依始至的有无不未没内")


def year_by_two_digits(match: Match, passage: Passage) -> bool:
    """A year by its last figures, no length of time: 97年 at the beginning of a clause, 九八年, 08年; not 走过86年."""
    digits = match["short_year"].replace("○", "〇")
    before, behind = match.clean[max(match.start - 4, 0) : match.start], match.clean[match.end : match.end + 1]
    if behind in _NO_YEAR_BEHIND or before.endswith(("第", "每", ".", "近", "约", "十", "百")):
        return False
    if not digits.isascii():
        first, second = ("〇一二三四五六七八九".find(c.replace("零", "〇")) for c in digits)
        return first == 0 or (first != 1 and second != first + 1)  # 七八年 is seven or eight years
    if digits[0] == "0" or before.endswith(("’", "'", "‘")):
        return True
    if int(digits) < 50:
        return False
    if not before or before[-1] in ",。;:!?、(“\n":
        return True
    return digits[1] != "0" and not _LASTED.search(before) and "\u4e00" <= behind <= "\u9fff"


_NUMBERED_DAY = re.compile(r"月\d{1,2}号")


def day_goes_on(match: Match, passage: Passage) -> bool:
    """A day with 号 was named shortly before, with its month, or a part of day follows: 9月15号…17号, 17号晚上."""
    near = match.clean[max(match.start - 80, 0) : match.start]
    return bool(_NUMBERED_DAY.search(near)) or bool(match["daypart"])


def list_ascends(match: Match, passage: Passage) -> bool:
    """The next number of the list is larger: 2019、2020年; in 2、1月29日 the first one numbers a paragraph."""
    found = re.match(r"\D{1,2}(\d+)", match.clean[match.end : match.end + 8])
    return bool(found) and int(found[1] if found else 0) > int(match.text)


def outside_the_mainland(match: Match, passage: Passage) -> bool:
    """The report comes from Taiwan, Hong Kong or Macau."""
    return passage.article.region != "CN"


_WHOLE_NAME = re.compile("节$|^元旦$|^除夕$|^大年|^平安夜$|^国家公祭日$")
_OF_THE_DAYS = re.compile(
    "假期|小?长假|连假|期间|前后|前夕|当[天日]|黄金周|[来临]临|临近|将至|到来|[前后夜](?![方来])|档"
)
_IN_GENERAL = re.compile("传统节日|二十四节气|节气")
_TOO_SHORT = frozenset(("十一", "八一", "七一", "三八", "清明", "五四"))  # words, names of roads and armies too


def feast_of_the_year(match: Match, passage: Passage) -> bool:
    """The day of one year is meant: its full name, a short one in quotation marks or with what says that it is a day."""
    name, clean = match["festival"], match.clean
    around = clean[max(match.start - 15, 0) : match.end + 15]
    if _IN_GENERAL.search(around) or clean[max(match.start - 1, 0) : match.start] in ("《", "“"):
        return False
    of_days = bool(_OF_THE_DAYS.search(match.text) or _OF_THE_DAYS.match(clean, match.end))
    if match.text.startswith("“"):  # “五一”, and not “五一劳动奖章”
        return "”" in match.text and (name not in _TOO_SHORT or of_days)
    if "”" in match.text:
        return False
    return bool(_WHOLE_NAME.search(name)) or of_days
