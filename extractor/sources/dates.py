"""Publication dates and sources, as the lines around an article state them."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

import regex

from extractor.article import Span
from extractor.normalise.shapes import HAN, publisher_name

_DATE = regex.compile(
    r"(?<!\d)(?:(?P<year>(?:19|20)\d\d) ?(?:[-/.] ?(?P<month>\d{1,2}) ?[-/.] ?(?P<day>\d{1,2})|年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日)"
    r"|(?:中華)?民國 ?(?P<roc>\d{2,3}) ?年 ?(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日)(?!\d)"
)
_CLOCK = regex.compile(r"(?:T|(?<!\d))\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?(?!\d)|\d{1,2}时\d{1,2}分")
_PUBLISHER = regex.compile(
    r"(?:(?:文章|信息|新闻|稿件|消息|资料)?(?:来源|來源|出处|稿源)|(?:发布|發布|發佈)(?:单位|机构|者))[: ]+(?P<publisher>[^\s|:,。]{2,30})"
)
_PAPER = regex.compile(r"《(?P<publisher>[^《》]{2,16})》")
_LABEL = regex.compile(
    r"(?:发布|發布|發佈|发表|刊登|更新|创建|發表)(?:(?:时间|時間|日期|于)[: ]*|:)|(?:时间|時間|日期)[: ]+|(?:作者|记者|記者|编辑|責任編輯|责任编辑|责编|审核)[: ]+[^\s|]{1,12}"
    r"|(?:阅读|浏览|点击|访问|评论|閱讀)(?:量|数|次数|數)?[: ]*\d+ ?次?|(?:字体|字号)[: ].*|分享到?.*|打印.*|星期[一二三四五六日天]|周[一二三四五六日]|第? ?[A-Z]?\d{1,3} ?版"
)
_BLANK = regex.compile(r"[\s|·/:,()\[\]【】>-]+")
_DATELINE = regex.compile(
    rf"[(（【\[]?(?P<publisher>[{HAN}]{{1,8}}?(?:社|网|網|报|報|台|新闻|财经|日报|晚报|客户端))(?:记者|記者)?[{HAN}·、]{{0,20}}?"
    r"(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日(?:电|電|讯|訊|消息|综合电|专电)"
)


class SourceLine(NamedTuple):
    """What a line beside an article states: when it was published and by whom, each with its span in the line."""

    published: dt.date | None
    published_span: Span
    publisher: str
    publisher_span: Span


def source_line(line: str) -> SourceLine | None:
    """What `line` states about its article, None when it is no source line: a sentence with a date in it is none.

    >>> source_line("某某社会工作 2024-12-10 17:44:13")
    SourceLine(published=datetime.date(2024, 12, 10), published_span=(7, 17), publisher='某某社会工作', publisher_span=(0, 6))
    >>> source_line("2024年12月10日 09:30 来源:《江城日报》 作者:李明").publisher
    '江城日报'
    >>> source_line("2024年12月10日,全县社工站建成。"), source_line("2024年12月10日新闻发布会实录"), source_line("张三 2024年报告")
    (None, None, None)
    """
    if not 4 <= len(line) <= 120 or "。" in line or line[-1] in ",;、":
        return None
    date = _DATE.search(line)
    named = _PUBLISHER.search(line)
    if date is None and named is None:
        return None
    published = read_date(line) if date is not None else None
    rest = line
    for found in (named, date, _CLOCK.search(line)):
        if found is not None:
            rest = rest[: found.start()] + "|" * len(found[0]) + rest[found.end() :]
    rest = _LABEL.sub(lambda label: "|" * len(label[0]), rest)
    left = [(piece, found) for piece, found in _pieces(rest) if piece]
    if sum(len(piece) for piece, _ in left) > (24 if named is None else 40):
        return None
    if date is not None and published is None:
        return None
    if named is not None:
        start, end = named.span("publisher")
        return SourceLine(
            published, date.span() if date is not None else (0, 0), publisher_name(line[start:end]), (start, end)
        )
    if date is None:
        return None
    if (
        line[date.end() : date.end() + 1] not in ("", " ", "|", "(", ")", "]", "】", "星", "T", "/")
        and _CLOCK.match(line, date.end()) is None
    ):
        return None  # a headline that begins with a date
    named = _PAPER.search(rest)
    if named is not None:
        return SourceLine(published, date.span(), named["publisher"], named.span("publisher"))
    before = [(piece, start) for piece, start in left if start < date.start()]
    if len(left) > 3 or any("," in piece for piece, _ in left):
        return None
    if (
        before
        and regex.fullmatch(rf"[{HAN}A-Za-z0-9《》·-]{{2,20}}", before[0][0])
        and line[date.start() - 1 : date.start()] in " |(:"
    ):
        piece, start = before[0]
        return SourceLine(published, date.span(), publisher_name(piece), (start, start + len(piece)))
    if before and len(before[0][0]) > 12:
        return None
    return SourceLine(published, date.span(), "", (0, 0))


def read_date(written: str) -> dt.date | None:
    """The first full date in `written`, None when there is none or no such day.

    >>> read_date("2024-12-10T08:00:00Z"), read_date("2024/2/30"), read_date("民國113年5月2日")
    (datetime.date(2024, 12, 10), None, datetime.date(2024, 5, 2))
    """
    if (found := _DATE.search(written)) is None:
        compact = regex.fullmatch(r"\s*((?:19|20)\d\d)(\d\d)(\d\d)\s*", written)
        if compact is None:
            return None
        year, month, day = (int(part) for part in compact.groups())
    else:
        year = int(found["year"]) if found["year"] else int(found["roc"]) + 1911
        month, day = int(found["month"]), int(found["day"])
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def dateline(text: str) -> tuple[str, Span] | None:
    """The agency in front of a report, with its span: 新华社北京3月5日电. Its day has no year and is no publication date.

    >>> dateline("新华社北京3月5日电(记者张三)今天"), dateline("本报讯今天")
    (('新华社', (0, 3)), None)
    """
    found = _DATELINE.match(text)
    if found is None or found["publisher"] in ("本报", "本社", "本网", "本台", "本報"):
        return None
    return found["publisher"], found.span("publisher")


def _pieces(rest: str) -> list[tuple[str, int]]:
    pieces, start = [], 0
    for gap in [*_BLANK.finditer(rest), None]:
        end = len(rest) if gap is None else gap.start()
        pieces.append((rest[start:end], start))
        start = end if gap is None else gap.end()
    return pieces
