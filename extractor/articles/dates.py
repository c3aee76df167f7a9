"""Publication dates and sources, as the lines around an article state them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.article import Span
from extractor.articles.page_head import is_number, is_section, without_editors
from extractor.later import later, regex_later
from extractor.normalise.shapes import HAN, SURNAMES, lone_names, publisher_name

_HAN_DIGITS = "〇○零Ｏ一二三四五六七八九"
_DATE = regex_later(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d) ?(?:[-/.] ?(?P<month>\d{1,2}) ?[-/.] ?(?P<day>\d{1,2})(?!\d)|年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日)"
    r"|(?:中華)?民[國国] ?(?P<roc>\d{2,3}) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日)"
    rf"|(?:中華)?民[國国](?P<han_roc>[{_HAN_DIGITS}十百]{{1,6}})年(?P<han_month>[一二三四五六七八九十]{{1,2}})月(?P<han_day>[一二三四五六七八九十]{{1,3}})日"
    # The calendar of Taiwan counts three figures today; two may be of any.
    r"|(?<![\d./-])(?P<roc>1\d\d)(?:(?P<mark>[-/])(?P<month>\d{1,2})(?P=mark)(?P<day>\d{1,2})(?![\d/-])|年(?P<month>\d{1,2})月(?P<day>\d{1,2})日)"
    rf"|(?P<han_year>[一二][{_HAN_DIGITS}]{{3}})年(?P<han_month>[一二三四五六七八九十]{{1,2}})月(?P<han_day>[一二三四五六七八九十]{{1,3}})日"
)
_FIRST_YEAR, _LAST_YEAR = 1900, 2100
_COMPACT = regex.compile(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)\s*")
_DIGITS = frozenset("0123456789")
_ORIGIN = frozenset("源处處发發")  # of which each way to name a publisher has one
_CLOCK = regex.compile(
    r"(?:T|(?<!\d))\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?(?!\d)|\d{1,2}[时時]\d{1,2}分"
)
_PUBLISHER = regex.compile(
    r"(?:(?:文章|信息|新闻|稿件|消息|资料|新聞|資料)?(?:来源|來源|出处|出處|稿源)|(?:发布|發布|發佈)(?:单位|机构|者|單位|機構))[: /|]+(?P<publisher>[^\s|:,。【\]()]{2,30})"
)
_PAPER = regex.compile(r"《(?P<publisher>[^《》]{2,16})》")
_ISSUED = r"(?:发布|發布|發佈|发表|發表|刊登|刊发|刊發|发稿|發稿|更新|创建|上传|上網|上网|成文|出版|建立)"
_TIME = r"(?:时间|時間|日期|于|於)"
_STATED = (
    rf"(?:{_ISSUED}(?:{_TIME}[: ]*|:)|(?:时间|時間|日期)[: ]+|(?i:published|posted|updated|date)(?: on| at)?[: ]+)"
)
_LABEL = re.compile(
    rf"{_STATED}|(?:编辑|編輯|責任編輯|责任编辑|责编|审核|校对|供稿|点击数?)[: ]+[^\s|]{{1,12}}"
    r"|(?:阅读|浏览|点击|访问|评论|閱讀|瀏覽|點擊|人气)(?:量|数|次数|數|次數)?[: ]*\d[\d,.]* ?[万萬]?[次条]?|(?:字体|字号|字級)[: ].*|[【\[(]?(?:字体|字号|字級).*|分享到?.*|[【\[]?(?:打印|列印).*"
    r"|星期[一二三四五六日天]|周[一二三四五六日]|(?:版次[: ]*)?第? ?[A-Z]?\d{1,3} ?版|原创|原創|最後|最后|最新"
)
_BLANK = regex.compile(r"[\s|·/:,()\[\]【】>-]+")

_JOB = r"(?:特约|见习|見習|实习|實習|首席|全媒体|全媒體|融媒体|驻[^\s,。|]{2,6}|駐[^\s,。|]{2,6})*(?:记者|記者|通讯员|通訊員|评论员|評論員|实习生|撰稿人?|撰文|采写|採寫|作者|文(?=[:/]))"
_NO_NAME = r"(?!编辑|編輯|责编|责任|責任|审核|来源|來源|浏览|阅读|点击|字号|字体|时间|時間|发布|發布|發佈|摄影|攝影|报道|報導|打印|更新|出版|首发|首發|上载|上載|综合|綜合|台北|记者|記者|通讯|通訊)"
_NAME = rf"{_NO_NAME}(?:[{HAN}](?: ?[{HAN}]){{1,2}}|[{HAN}]{{4}}|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+)(?![{HAN}])"
# In a line about the source: 来源:江城日报 记者 李明 通讯员 张三, 江城日报记者 李明.
_AUTHORS = later(
    rf"(?P<paper>[{HAN}]{{2,10}}(?:报|報|社|网|網|台|刊|新闻|新聞|发布|融媒))?{_JOB}[ :/]*(?P<names>{_NAME}(?:[ 、,/]+(?:{_JOB}[ :/]*)?{_NAME}){{0,7}})"
)
_ONE = later(_NAME)
_ROLE = later(_JOB)
_OWN = frozenset("本报 本社 本网 本台 本刊 本報 本網 本臺 我报 快报 通报 简报 汇报 举报 简讯".split())
_NAMED = re.compile(rf"[{HAN}A-Za-z0-9《》·-]{{2,20}}")
_MASTHEAD = later(
    rf"[{HAN}]{{1,8}}(?:日报|晚报|早报|时报|周报|晨报|商报|都市报|报|網|网|日報|晚報|時報|早報|報|新闻|新聞|发布)"
)
_BEFORE = regex.compile(rf"{_STATED} *\Z")
_PAGE = re.compile(r"第 ?[A-Z]?\d{1,3} ?版.*")
_CLOCK_ALONE = regex.compile(r" \d{1,2}:\d{2}(?::\d{2})?(?= )")


class SourceLine(NamedTuple):
    """What a line beside an article states: when it was published, by whom and who wrote it, each with its span in the line."""

    published: dt.date | None
    published_span: Span
    publisher: str
    publisher_span: Span
    byline: tuple[str, ...] = ()
    byline_span: Span = (0, 0)


@lru_cache(maxsize=256)  # one line is asked several times: what it is, what it states, whether a title stands above it
def source_line(line: str) -> SourceLine | None:
    """What `line` states about its article, None when it is no source line: a sentence with a date in it is none.

    >>> source_line("某某社会工作 2024-12-10 17:44:13")[:4]
    (datetime.date(2024, 12, 10), (7, 17), '某某社会工作', (0, 6))
    >>> found = source_line("2024年12月10日 09:30 来源:《江城日报》 记者 李明 通讯员 张三")
    >>> found.publisher, found.byline
    ('江城日报', ('李明', '张三'))
    >>> found = source_line("2024年12月10日 港城時報記者 陳大文")
    >>> found.publisher, found.byline
    ('港城時報', ('陳大文',))
    >>> source_line("2024年12月10日,全县社工站建成。"), source_line("2024年12月10日新闻发布会实录"), source_line("张三 2024年报告")
    (None, None, None)
    """
    if not 4 <= len(line) <= 120 or "。" in line or line[-1] in ",;、":
        return None
    figures = not _DIGITS.isdisjoint(line) or ("年" in line and "月" in line and "日" in line)
    date = _DATE.search(line) if figures else None
    named = _PUBLISHER.search(line) if not _ORIGIN.isdisjoint(line) else None
    if (date is None and named is None) or line.startswith(("今天是", "今天:")):  # the day on which the page was copied
        return None
    published = read_date(date[0]) if date is not None else None
    if date is not None and published is None:
        return None
    rest = line
    for found in (named, date) if date is None else (named, *_DATE.finditer(line), *_CLOCK.finditer(line)):
        if found is not None:
            rest = _masked(rest, *found.span())
    names: tuple[str, ...] = ()
    names_span = paper_span = (0, 0)
    if (written := _AUTHORS.search(rest)) is not None:
        names_span = written.span("names")
        names = tuple(name[0].replace(" ", "") for name in _ONE.finditer(_ROLE.sub(" ", written["names"])))
        if written["paper"] and written["paper"] not in _OWN:
            paper_span = written.span("paper")
        rest = _masked(rest, *written.span())
    rest = _LABEL.sub(lambda label: "|" * len(label[0]), without_editors(rest))
    left = [(piece, found) for piece, found in _pieces(rest) if piece]
    if sum(len(piece) for piece, _ in left) > (24 if named is None else 40):
        return None
    when: Span = date.span() if date is not None else (0, 0)
    for piece, start in left if not names else []:  # an author's name by itself
        if alone := lone_names(piece):
            names, names_span = alone, (start, start + len(piece))
            left.remove((piece, start))
            break
    if named is not None:
        start, end = named.span("publisher")
        if date is not None and start < date.start() < end:
            end = date.start()
        return SourceLine(published, when, publisher_name(line[start:end]), (start, end), names, names_span)
    if date is None:
        return None
    if (
        line[date.end() : date.end() + 1] not in ("", " ", "|", "(", ")", "]", "】", "【", "星", "T", "/")
        and _CLOCK.match(line, date.end()) is None
        and _PAGE.fullmatch(line, date.end()) is None
    ):
        return None  # a headline that begins with a date
    if paper_span[1]:
        return SourceLine(published, when, line[slice(*paper_span)], paper_span, names, names_span)
    named = _PAPER.search(rest)
    if named is not None:
        return SourceLine(published, when, named["publisher"], named.span("publisher"), names, names_span)
    if sum(not is_section(piece) for piece, _ in left) > 3 or any("," in piece for piece, _ in left):
        return None
    before = [
        (piece, start)
        for piece, start in left
        if start < date.start() and not is_section(piece) and not is_number(piece)
    ]
    if len(before) > 1 and line[:2] in ("原创", "原創"):  # 原创 李明 江城发布 2024-12-10
        writer, at = before[0]
        if not names and len(writer) <= 3 and writer[0] in SURNAMES:
            names, names_span = (writer,), (at, at + len(writer))
        before = before[-1:]
    if before and _NAMED.fullmatch(before[0][0]) is not None and line[date.start() - 1 : date.start()] in " |(:/)】》":
        piece, start = before[0]
        return SourceLine(published, when, publisher_name(piece), (start, start + len(piece)), names, names_span)
    if before and len(before[0][0]) > 12:
        return None
    for piece, start in left:
        if start > date.start() and _MASTHEAD.fullmatch(piece) is not None:
            return SourceLine(published, when, piece, (start, start + len(piece)), names, names_span)
    return SourceLine(published, when, "", (0, 0), names, names_span)


def stated_within(text: str) -> tuple[Span, dt.date] | None:
    """Where a text that runs on states its publication between title and first sentence: the span of the date, and the date.

    Only with 发布时间 or the like in front, or with a clock behind it and blanks around: a report begins with dates too.

    >>> stated_within("新桥通车 發佈時間:2024-07-03 09:15 今年以來,"), stated_within("新桥2024-07-03通车。发布时间:2024-07-03")
    (((10, 20), datetime.date(2024, 7, 3)), None)
    """
    for date in _DATE.finditer(text):
        before = text[: date.start()]
        if "。" in before:
            return None
        if _BEFORE.search(before[-16:]) is not None or (before.endswith(" ") and _CLOCK_ALONE.match(text, date.end())):
            published = read_date(date[0])
            return None if published is None else (date.span(), published)
    return None


def title_before(text: str) -> str:
    """The part of `text`, all before a date, that is the title: without 发布时间: and the source behind it."""
    return _BEFORE.sub("", _PUBLISHER.split(text)[0].rstrip()).rstrip(" |")


def read_date(written: str) -> dt.date | None:
    """The first full date in `written`, None when there is none or no such day.

    >>> read_date("2024-12-10T08:00:00Z"), read_date("2024/2/30"), read_date("民國113年5月2日")
    (datetime.date(2024, 12, 10), None, datetime.date(2024, 5, 2))
    >>> read_date("113/5/2"), read_date("二〇二四年十二月二十一日"), read_date("1824年5月2日")
    (datetime.date(2024, 5, 2), datetime.date(2024, 12, 21), None)
    >>> read_date("中華民國一百一十三年五月二日"), read_date("民國一〇三年十月十日")
    (datetime.date(2024, 5, 2), datetime.date(2014, 10, 10))
    """
    if not written:
        return None
    if (found := _DATE.search(written)) is None:
        if (compact := _COMPACT.fullmatch(written)) is None:
            return None
        year, month, day = (int(part) for part in compact.groups())
    elif found["han_year"]:
        year = _positional(found["han_year"])
        month, day = figure(found["han_month"]), figure(found["han_day"])
    elif found["han_roc"]:
        year = 1911 + _counted(found["han_roc"])
        month, day = figure(found["han_month"]), figure(found["han_day"])
    else:
        year = int(found["year"]) if found["year"] else int(found["roc"]) + 1911
        month, day = int(found["month"]), int(found["day"])
    return on_day(year, month, day)


def counts_from_1912(written: str) -> bool:
    """Whether a date counts its years as Taiwan does without saying so, which elsewhere it would not mean: 113/5/2.

    >>> counts_from_1912("113年5月2日"), counts_from_1912("民國113年5月2日"), counts_from_1912("2024年5月2日")
    (True, False, False)
    """
    found = _DATE.match(written)
    return found is not None and found["roc"] is not None and found.start("roc") == 0


def _positional(written: str) -> int:
    return int("".join(str(max(_HAN_DIGITS.index(digit) - 3, 0)) for digit in written))


def _counted(written: str) -> int:
    """A number below 1000 in Chinese figures, said or spelt by its digits: 一百一十三, 一一三."""
    if "十" not in written and "百" not in written:
        return _positional(written)
    hundreds, hundred, rest = written.rpartition("百")
    return (100 * figure(hundreds or "一") if hundred else 0) + figure(rest.lstrip("零〇○"))


def figure(written: str) -> int:
    """A number below 100, in digits or in Chinese figures: 二十一 is 21.

    >>> figure("21"), figure("二十一"), figure("十"), figure("九")
    (21, 21, 10, 9)
    """
    if written.isdecimal():
        return int(written)
    tens, ten, units = written.rpartition("十")
    digit = {figure: value for value, figure in enumerate("一二三四五六七八九", 1)}
    return 10 * (digit.get(tens, 1) if ten else 0) + digit.get(units, 0)


def on_day(year: int, month: int, day: int) -> dt.date | None:
    """The day, None where the calendar has no such day or no paper of that day is read today.

    >>> on_day(2024, 2, 29), on_day(2023, 2, 29), on_day(1824, 12, 10), on_day(2124, 1, 1)
    (datetime.date(2024, 2, 29), None, None, None)
    """
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


class Day(NamedTuple):
    """A day as a dateline gives it: 3月5日电, 台北5日電."""

    year: int | None
    month: int | None
    day: int

    @property
    def date(self) -> dt.date | None:
        """The day, where its year and month are given."""
        return None if self.year is None or self.month is None else on_day(self.year, self.month, self.day)

    def before(self, known: dt.date) -> dt.date | None:
        """The last such day until three days after `known`: what a report is kept under is hardly older than it.

        >>> Day(None, 12, 30).before(dt.date(2025, 1, 2)), Day(None, None, 5).before(dt.date(2025, 3, 4))
        (datetime.date(2024, 12, 30), datetime.date(2025, 3, 5))
        """
        latest = known + dt.timedelta(days=3)
        months = range(1, 13) if self.month is None else (self.month,)
        days = (on_day(year, month, self.day) for year in range(latest.year - 4, latest.year + 1) for month in months)
        return max((day for day in days if day is not None and day <= latest), default=None)


def _masked(text: str, start: int, end: int) -> str:
    return text[:start] + "|" * (end - start) + text[end:]


def _pieces(rest: str) -> list[tuple[str, int]]:
    pieces, start = [], 0
    for gap in [*_BLANK.finditer(rest), None]:
        end = len(rest) if gap is None else gap.start()
        pieces.append((rest[start:end], start))
        start = end if gap is None else gap.end()
    return pieces
