"""What a newspaper or a site prints over a page: its section, number, day, editors, menu; no title where another line can be."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import regex

from extractor.articles import page
from extractor.later import later
from extractor.normalise.shapes import HAN

# Parts of papers besides the channels that `page` knows from sites.
_SECTIONS: Final = frozenset(
    "社区 街道 镇街 社團 社团 城事 都市 都会 本市 本埠 基层 一线 时事 资讯 天下 体坛 文体 科教 文教 教科卫 卫健 法制 政法 农村 工业 市场 消费 家庭 校园 读者 来信 文艺 文学 随笔 人物 广角 视点 视野 深度 "
    "生活 特别报道 特别关注 专版 专刊 特刊 网站 社區 縣市 綜合 綜合新聞 地方新聞 話題 都會 北部 中部 南部 東部 校園 讀者 專刊 醫藥 醫療 工商 藝文".split()
)
EDITORS: Final = r"(?:责任|責任|值班|执行|見習|见习|实习|本版|文字|图片|视觉|新媒体)*(?:编辑|編輯|责编|責編|美编|美編|版式|组版|組版|排版|校对|校對|审读|審讀|审核|审校|主编|总编|制图|视觉|设计)"
_EDITOR_SIGNS: Final = frozenset("编編责責版排校审審制视计")  # of which each name of their work has one
_NAME = rf"(?!{EDITORS})[{HAN}](?: [{HAN}]|[{HAN}]{{1,2}})(?![{HAN}])"
_EDITED = later(rf"{EDITORS}[: /|]+{_NAME}(?:[ 、]+{_NAME})*")
_NUMBER = later(
    r"第? ?[A-Z]?\d{1,3} ?版?|第[一二三四五六七八九十]{1,3}版|\d{1,2}[-/]\d{1,2}版"
    r"|[(]?(?:总|總|今日|本期)?第? ?\d{1,6} ?期[)]?|(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]|\d{1,2}月\d{1,2}日|(?:农历|農曆|夏历).{2,12}"
)
_NUMBER_STARTS: Final = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ第(总總今本期星周週礼禮农農夏")
_PARTS: Final = frozenset(" |·/:-—>»")  # between the parts of a longer one
_BETWEEN = regex.compile(r"[\s|·/:_\-—>»]+")


@lru_cache(maxsize=256)
def is_section(name: str) -> bool:
    """Whether `name` is made of names of parts of papers and sites and of nothing else: 社区, 民生新闻, 訂閱電子報.

    >>> is_section("社区"), is_section("民生新闻"), is_section("地方新聞"), is_section("江城新闻"), is_section("生活周刊")
    (True, True, True, False, False)
    """
    if page.is_channel(name) or name in _SECTIONS:
        return True
    if len(name) > 10:
        return False
    for end in range(2, min(len(name) - 1, 6)):
        first = name[:end]
        if (first in _SECTIONS or page.is_channel(first)) and is_section(name[end:]):
            return True
    return False


def is_number(piece: str) -> bool:
    """Whether `piece` numbers a page or an issue or names its day of the week: B2版, 第1234期, 星期四."""
    return piece[:1] in _NUMBER_STARTS and _NUMBER.fullmatch(piece) is not None


def without_editors(line: str) -> str:
    """`line` with bars in the place of its editors, character for character.

    >>> without_editors("2024-12-10 责任编辑 谷雨 美编:麦冬")
    '2024-12-10 ||||||| |||||'
    """
    if _EDITOR_SIGNS.isdisjoint(line):
        return line
    return _EDITED.sub(lambda found: "|" * len(found[0]), line)


@lru_cache(maxsize=256)  # a line above a title is asked several times
def is_page_head(line: str) -> bool:
    """Whether all of `line` may stand over a page: names of parts and sites, numbers, days of the week, editors.

    >>> is_page_head("综合新闻   3"), is_page_head("民生·社区"), is_page_head("星期四"), is_page_head("登入 | 訂閱電子報")
    (True, True, True, True)
    >>> is_page_head("A03 民生·社区 星期四 编辑:何小满 版式:陶然"), is_page_head("第1234期"), is_page_head("社区食堂开张")
    (True, True, False)
    """
    if not 2 <= len(line) <= 80 or "。" in line or "," in line or (len(line) > 10 and _PARTS.isdisjoint(line)):
        return False
    pieces = [piece for piece in _BETWEEN.split(without_editors(line)) if piece]
    several = len(pieces) > 1  # one alone is judged by its name before
    return all(is_section(piece) or is_number(piece) or (several and page.is_site(piece)) for piece in pieces)
