"""Who issues a document, as its own clause says: 市民政局印发《…》, 《…》由民政部、财政部联合印发, 《…》(市残联编制)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from extractor.engine.book import Rulebook
from extractor.programs.undertaking import Undertaking
from extractor.segment import Passage

_FAR = 90  # characters of a sentence that are looked through before and behind a title
_TIME = (
    r"(?:于|在)?(?:近日|日前|近期|近来|最近|新近|今起|今日起|今天|今日|昨天|昨日|前天|前不久|此前|随后|当天|当日|本周|上周|本月|上月|今年|去年|去年底|年初|年底|年内|同日|上午|下午|不久前"
    r"|[\d一二三四五六七八九十]{1,4}[年月日号](?:[\d一二三四五六七八九十]{1,3}[月日号]){0,2})"
)
_MANNER = (
    r"(?:联合|共同|正式|已经|已|又|还|也|再次|刚刚|首次|新近|同步|配套|跟进|分别|相继|陆续|率先|先后|专门|及时|牵头|会签|研究|组织|集体|全票|审议|表决|三读|一般性|批准|院会|全会|会议"
    r"|(?:会同|联合|商|会)(?:有关|相关|其他)?[^,。;《》]{0,18}?(?:部门|单位|方面|机构)|第[\d一二三四五六七八九十]{1,4}次(?:全体)?会议|常务会议|厅务会|党组会|起|授权)"
)
_ISSUES = (
    r"(?:印发|发布|公布|出台|下发|制定|制订|颁布|颁发|起草|编制|编印|编写|拟定|拟订|草拟|制作|通过|核定|核准|审定|函颁|令颁|发出|发表|(?<![妇残文侨])联发|印制|推出|修订|修正|预告修正|预告|修改|施行|实施|审议|征求"
    r"|所发|下达|提出|签发|宣布|公示|通告|公告|通报|刊发|发)"
)
_ET_AL = r"(?:等(?:有关|相关|中央|省级|市级)?(?:[\d一二两三四五六七八九十]{1,3}个?)?(?:省直|市直|中央|国家)?(?:部门|单位|机构|部委|家单位|委办局|方面|[部委局]门?)?)"
_LINK = re.compile(
    rf"""{_ET_AL}?(?:{_TIME}|{_MANNER}|以\S{{2,24}}号){{0,6}}
      (?: 令第\d+号(?:公布|发布)?
        | {_MANNER}{{0,4}}{_ISSUES}(?:并{_ISSUES})?(?:(?:了|的|过|第\d+号令,公布|公告,)|(?:新|修订后|新修订|修改后|最新)的?|\w{{0,6}}?(?:标准|文件)){{0,3}}
        | 关于(?:印发|发布|公布|下发)
        | (?:就|在)
        | (?:公告|通告|发布公告|[:])[,:]?(?:修订后的|新修订的)?
          | 的? )$""",
    re.VERBOSE,
)
_BEHIND = re.compile(
    rf"""(?:[(][^()《》]{{2,24}}号[)])?[,]?(?:{_TIME}|已经?|现已?|目前|刚刚|的)*
      (?: (?:由|经|系|是) (?P<by>[^,。;!?\n《》()“”]{{2,60}}?) {_ET_AL}?(?:{_TIME}|{_MANNER}|于\S{{2,10}}?)*{_ISSUES}
        | [(](?P<inside>[^()《》,]{{3,40}}?)(?:,[^()]*号|{_ET_AL}?{_MANNER}{{0,3}}{_ISSUES})[)]
        | ,(?P<apart>[^,。;!?\n《》()“”]{{3,40}}?){_ET_AL}?(?:{_TIME}|{_MANNER})*(?:制定|编制|印发|发布|颁布|制订)[,。] )""",
    re.VERBOSE,
)
_CLAUSE = re.compile(r"[。;!?\n]")
_TITLES = re.compile(r"(?:《[^《》]{2,60}》(?:\([^()]{0,30}\))?[、和及与]?)+$")
_CALLED = re.compile(r"\([^()]{0,6}称[^()]{1,12}\)$")
_BRACKETS = re.compile(r"\([^()]*\)")
_AND = frozenset(("、", "和", "与", "及", "以及", "会同", "暨"))
_STOPS = frozenset("purdtfyxwc")
_NO_BODY = frozenset(
    """
    记者 据悉 获悉 了解 介绍 落实 贯彻 根据 按照 依据 依照 针对 围绕 结合 为 从 对 向 让 有关部门 相关部门 部门 单位 多部门 两部门 各部门 当地 各地 双方 本报 本社 本网 要求 明确
    发文机关 审议 表决 宣布 显示 指出 表示 认为 说 称 随着 通过 经过 参加 出席 召开 举行 日前 近日 转发 签署 质询 当局 提出 审议
""".split()
)


def tell_issuers(found: Sequence[Undertaking], passage: Passage) -> None:
    """Gives each document the bodies that its clause says issue it, as written; nothing where it names none."""
    for one in found:
        if one.titled or one.category == "policy_document":
            one.issuer = _before(one, passage) or _behind(one, passage)


def _before(one: Undertaking, passage: Passage) -> str:
    clean, end = passage.clean, one.start
    if titles := _TITLES.search(clean, max(end - 2 * _FAR, 0), end):
        end = titles.start()  # 印发《甲》《乙》: one clause issues both
    first = max(end - _FAR, 0)
    first = max((hit.end() for hit in _CLAUSE.finditer(clean, first, end)), default=first)
    link = _LINK.search(clean, first, end)
    if link is None:
        return ""
    last = link.start()
    if called := _CALLED.search(clean, first, last):
        last = called.start()
    bodies = _bodies(first, last, one.book, passage)
    if link[0] == "在":  # 市教育局在《…》中说
        apart = clean[max(last - len(bodies) - 1, 0) : last - len(bodies)]
        return bodies if clean.startswith(("中", "里"), one.end) and apart in ("", ",", "。", "\n") else ""
    return bodies


def _behind(one: Undertaking, passage: Passage) -> str:
    clean = passage.clean
    end = one.end
    hit = _BEHIND.match(clean, end, min(end + _FAR, len(clean)))
    if hit is None:
        return ""
    first, last = hit.span(str(hit.lastgroup))
    return _bodies(first, last, one.book, passage)


def _bodies(first: int, end: int, book: Rulebook, passage: Passage) -> str:
    """The body whose name ends at `end`, with those joined to it by 、 or 和 in front; empty where no body's name ends there."""
    clean = passage.clean
    if end - first < 2 or not _ends_body(clean[first:end], book):
        return ""
    index, start = passage.word_at(end - 1), end
    while index >= 0 and passage.starts[index] >= first - 1:
        begin, word, tag = passage.starts[index], passage.words[index], passage.tags[index]
        begin = max(begin, first)
        word = clean[begin : min(begin + len(word), end)]
        if word in _NO_BODY or not word:
            break
        if word == ")" and (called := _CALLED.search(clean, first, begin + 1)):
            index = passage.word_at(called.start()) - 1  # 省发展改革委(简称省发改委)、省能源局
            continue
        if word in _AND:
            if word == "、" and not _ends_body(_CALLED.sub("", clean[first:begin]), book):
                break
            if not clean[first:begin] or passage.tags[index - 1][0] not in "nvjabzlx":
                break
        elif _ends_search(word, tag, last=start == end):
            break
        start = begin
        index -= 1
    text = _BRACKETS.sub("", clean[start:end]).strip("、和与及")
    return text if len(text) > 1 and _ends_body(text, book) else ""


def _ends_search(word: str, tag: str, *, last: bool) -> bool:
    """Whether no name of a body holds the word; the `last` word of one may be tagged as anything but a verb."""
    if not word.isalnum() or (tag[0] == "m" and word[-1] in "日月年号"):
        return True
    if tag == "v":
        return last or len(word) == 1
    return not last and tag[0] in _STOPS and not word.isascii()


def _ends_body(text: str, book: Rulebook) -> bool:
    """Whether a body's name ends the text: one by its head (民政局), or a division that acts as one (芜湖市)."""
    if text.endswith(("有关部门", "相关部门", "该局", "该部", "该委", "该市", "该县")):
        return False
    longest, heads = _heads(book)
    for size in range(min(longest, len(text)), 0, -1):
        if text[-size:] in heads:
            return size > 1 or len(text) > 2
    by_name = book.gazetteer.by_name
    return any(text[-size:] in by_name for size in range(2, min(12, len(text)) + 1))


@lru_cache(maxsize=4)
def _heads(book: Rulebook) -> tuple[int, frozenset[str]]:
    """The words that end the names of bodies, and the length of the longest."""
    heads = frozenset(
        (*book.lexicons["organisation_head"], "中央", "国务院", "党委", "省委", "府", "院", "处", "所", "会", "联")
    )
    return max(map(len, heads)), heads
