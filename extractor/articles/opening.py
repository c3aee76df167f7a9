"""How a report opens, in front of its first sentence: its agency or paper, its place and day, its authors.

新华社北京3月5日电(记者 …), 江城晚报讯, (中央社記者…台北5日電), 〔記者…/台北報導〕, 【本報訊】, (记者 …). What a sentence says of a
paper or a reporter is no such opening: that ends in a wire word (电, 讯, 報導), a bracket or a colon.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

import regex

from extractor.article import Span
from extractor.articles.dates import Day, figure
from extractor.later import later, regex_later
from extractor.normalise.shapes import HAN, JOB, credited, lone_names

_SHOWN: Final = 160  # code points; the longest opening
_SIGNS: Final = frozenset("电電讯訊消报報记記通评評")  # of which each opening has one,
_WITHIN: Final = 48  # within so many code points
_OWN = r"(?:本|我)(?:报|報|社|网|網|台|臺|刊|港|市)"
_OUTLET = rf"(?![据據]|记者|記者|通讯员|通訊員)[{HAN}A-Za-z0-9·]{{1,12}}?(?:通讯社|通訊社|社|网|網|报|報|台|臺|刊|新闻|新聞|财经|財經|时刻|报道(?=记者)|融媒体?|央视|央广|在线|发布)(?:客户端|客戶端|新媒体|融媒体?|时刻新闻|时刻|网|網)?"
_WHO = rf"(?:(?P<own>{_OWN})|(?P<publisher>{_OUTLET}))"
_DATE = (
    r"(?:(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月)?(?P<day>\d{1,2})日"
    r"|(?:(?P<month>[一二三四五六七八九十]{1,2})月)?(?P<day>[一二三四五六七八九十]{1,3})日)"
)
_WIRE = (
    r"(?:(?:综合|綜合|专|專|特|急)*(?:外)?(?:电|電)(?:报道|報道|報導)?(?![话話视視力影商子动動网網费費器信梯站价價台缆纜量池脑腦邮郵车車厂廠机機路])"
    r"|(?:讯|訊)(?![息问問号號速期])|消息(?![灵靈人])|(?:综合|綜合)?(?:报道|報道|報導)(?=[ )】\]〕:]))"
)
_DATED = regex_later(
    rf"(?:[(【\[〔]?(?P<cited>据|據)?{_WHO} ?|[(【\[〔](?={JOB}))(?P<inner>(?P<job>{JOB})?[ :/]?[{HAN}·、 ]{{0,24}}?)(?P<date>{_DATE}) ?(?P<wire>{_WIRE})[)】\]〕]?"
)
# 据新华社电, without place and day.
_CITED = regex.compile(
    rf"[(【\[〔]?[据據](?P<publisher>[{HAN}]{{1,5}}?社)(?:综合|綜合)?(?:专|專|外)?[电電](?:[)】\]〕]|(?=[ ,(:]))"
)
_NEWS = regex_later(
    rf"(?:[(【\[〔](?:{_WHO})(?:综合|綜合|特|专|專|快)?(?:讯|訊|消息|电|電)[)】\]〕]"
    rf"|{_WHO}(?:综合|綜合|特|专|專)?(?:(?:讯|訊|消息)(?=[ (【:])|[讯訊](?=,))|(?P<publisher>{_OUTLET})(?:快讯|快訊|电|電)(?=[ (:])) ?:?"
)
_SIGNED = regex_later(
    rf"(?P<open>[(【\[〔])(?:{_WHO} ?)?(?:[{HAN}]{{0,4}})(?P<inner>{JOB}[^()【】\[\]〔〕\n]{{2,60}})[)】\]〕]"
    rf"|(?P<open>)(?:{_WHO} ?)?(?P<inner>{JOB} ?:?[{HAN}·、 /]{{2,40}}?)(?:综合|綜合|連線)?(?:报道|報道|報導|電|电)(?=[: ]|\Z)"
)
_PAPER = later(rf"[(【\[〔■●◆□ ]*{_WHO} ?{JOB}")
_BEHIND = re.compile(r" ?(?P<inner>\([^()\n]{2,60}\))")
_SAID = later(rf" ?(?P<inner>{JOB} ?:?[{HAN}·、 ]{{2,40}}?)(?:综合|綜合)?(?:报道|報道|報導)?(?=:)")
_SAYS = later(rf" ?(?P<inner>{JOB} ?[{HAN}]{{2,3}}?)(?= |[从從在]|日前|昨|获悉|獲悉|了解|走进|来到)")
_NO_PAPER = frozenset("快报 通报 简报 汇报 举报 简讯 預報 预报 海报 情报 喜报 捷报 申报 上报 播报".split())


class Opening(NamedTuple):
    """What an opening states, each with its span in the text: nothing of it need be there, and (0, 0) is no span."""

    publisher: str = ""
    publisher_span: Span = (0, 0)
    names: tuple[str, ...] = ()
    names_span: Span = (0, 0)
    day: Day | None = None
    day_span: Span = (0, 0)


@lru_cache(maxsize=256)  # the first line of a body is asked what it opens, and then what it says
def opening(text: str) -> Opening | None:
    """The opening that `text`, its marks folded, begins with; None where it begins with a sentence.

    >>> found = opening("新华社北京3月5日电(记者 张三、李四)今天")
    >>> found.publisher, found.names, found.day
    ('新华社', ('张三', '李四'), Day(year=None, month=3, day=5))
    >>> found = opening("(中央社記者陳大文台北5日電)今天")
    >>> found.publisher, found.names, found.day
    ('中央社', ('陳大文',), Day(year=None, month=None, day=5))
    >>> opening("【本報訊】新橋通車").publisher, opening("江城晚报讯(记者 张三)今天").publisher
    ('', '江城晚报')
    >>> opening("江城日报3月5日报道,新桥通车"), opening("记者张三从县里获悉"), opening("人民网3月5日电话采访")
    (None, None, None)
    """
    text = text[:_SHOWN]
    if _SIGNS.isdisjoint(text[:_WITHIN]):
        return None
    if (found := _DATED.match(text)) is not None and not (found["cited"] and found["wire"][0] not in "电電综綜专專外"):
        year = int(found["year"]) if found["year"] else None
        day = Day(year, figure(found["month"]) if found["month"] else None, figure(found["day"]))
        names, span = _names(text, *found.span("inner"), found["inner"] + "5日电") if found["job"] else ((), (0, 0))
        if not names:
            names, span = _names_behind(text, found.end())
        return Opening(*_publisher(found), names, span, day, found.span("date"))
    if (found := _CITED.match(text)) is not None:
        return Opening(*_publisher(found), *_names_behind(text, found.end()))
    if (found := _NEWS.match(text)) is not None and _publisher(found)[0] not in _NO_PAPER:
        return Opening(*_publisher(found), *_names_behind(text, found.end()))
    if (found := _SIGNED.match(text)) is not None:
        names, span = _names(
            text, found.start("inner"), found.end("inner"), text[found.start("inner") : found.end()].rstrip(")】]〕")
        )
        if names:
            return Opening(*_publisher(found), names, span)
    return None


def opens_report(text: str) -> bool:
    """Whether `text` begins as only the first paragraph of a report does: 江城晚报讯(记者 李明), 【本報訊】, 新华社北京3月5日电.

    >>> opens_report("【本報訊】新橋通車"), opens_report("(记者 李明)新桥通车"), opens_report("〔記者陳大文/台北報導〕新橋通車")
    (True, True, True)
    >>> opens_report("记者从县里获悉,新桥通车"), opens_report("江城日报报道,新桥通车")
    (False, False)
    """
    return opening(text) is not None


def paper(line: str) -> Span | None:
    """Where the byline `line` names the paper of its authors; None where it names none, or says 本报.

    >>> paper("江城日报记者 李明"), paper("本报记者 李明"), paper("记者 李明")
    ((0, 4), None, None)
    """
    found = _PAPER.match(line)
    return None if found is None or found["own"] else found.span("publisher")


def _publisher(found: regex.Match[str]) -> tuple[str, Span]:
    return (found["publisher"], found.span("publisher")) if found["publisher"] else ("", (0, 0))


def _names_behind(text: str, start: int) -> tuple[tuple[str, ...], Span]:
    """The names that stand behind an opening: (记者 张三), (张三), 记者张三报道:, or 记者张三 of a first sentence."""
    if (found := _BEHIND.match(text, start)) is not None:
        inner = found["inner"][1:-1].strip()
        names = credited(inner, sure=True) or lone_names(inner)
        return names, _span(text, names, *found.span("inner"))
    for said in (_SAID, _SAYS):
        if (found := said.match(text, start)) is not None:
            return _names(text, *found.span("inner"), found["inner"])
    return (), (0, 0)


def _names(text: str, start: int, end: int, written: str) -> tuple[tuple[str, ...], Span]:
    names = credited(written)
    return names, _span(text, names, start, end)


def _span(text: str, names: tuple[str, ...], start: int, end: int) -> Span:
    if not names:
        return 0, 0
    first = text.find(names[0], start, end)
    last = text.rfind(names[-1], start, end)
    return (first, last + len(names[-1])) if 0 <= first <= last else (start, end)
