"""Lines that belong to the page and not to the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

import regex

from extractor.later import later
from extractor.normalise.shapes import line_ends, reads_across
from extractor.text import Edit

# Whole lines only: 收藏, 回复 and 分享 are ordinary words inside sentences.
_WORDS = (
    "登录 登陆 注册 第三方登录 登录/注册 登录注册 退出 首页 主页 返回首页 返回顶部 返回列表 返回 菜单 导航 搜索 正文 图片 视频 音频 图集 点赞 赞 收藏 "
    "分享 分享到 分享至 转发 评论 全部评论 热门评论 最新评论 精彩评论 网友评论 写评论 发表评论 我要评论 我来说两句 回复 举报 查看更多 查看更多回复 "
    "查看更多评论 没有更多评论了 没有更多了 加载更多 加载中 点击加载更多 展开全文 阅读全文 阅读原文 查看原文 电子报 数字报 精彩推荐 相关阅读 相关推荐 "
    "相关新闻 相关链接 相关报道 相关文章 推荐阅读 热门推荐 热点推荐 热门文章 为您推荐 猜你喜欢 更多推荐 更多新闻 更多新聞 加入好友 热点新闻 最新新闻 热门新闻 新闻排行 点击排行 "
    "排行榜 上一篇 下一篇 上一条 下一条 上一版 下一版 打印 打印本页 打印本文 关闭 关闭窗口 关闭本页 字号 字体 扫一扫 微信扫一扫 扫码关注 复制链接 "
    "微信 微博 新浪微博 朋友圈 微信好友 QQ空间 QQ好友 下载APP 打开APP 下载客户端 客户端 订阅 关注 已关注 +关注 取消 确定 提交 广告 推广 专题 "
    "登入 註冊 首頁 圖片 影片 按讚 讚 分享至 轉發 評論 全部評論 回覆 檢舉 查看更多 閱讀原文 相關新聞 相關閱讀 延伸閱讀 推薦閱讀 熱門新聞 列印 關閉 "
    "上一則 下一則 下載APP 訂閱 追蹤 廣告"
)
_NAMES = frozenset(_WORDS.split())
_EXACT = "|".join(regex.escape(word) for word in sorted(_NAMES, key=len, reverse=True))
_LINE = (
    rf"(?:(?:[•·▪●◆>»|*-] ?)*(?:{_EXACT}) ?[>»:]*(?: \d+)?"
    r"|.*\{\{[^{}\n]*\}\}.*"
    r"|(?:点赞|按讚|阅读|浏览|点击|评论|转发|分享|收藏|閱讀|瀏覽)(?:量|数|次数|數|次數)?[: ]*[\d,.]+ ?[次万萬]?"
    r"|(?:已输入|还可输入|还可以输入) ?\d+ ?个?字"
    r"|共 ?\d+ ?条评论.*"
    r"|※? ?.{0,30}(?:请勿|不得|禁止|請勿).{0,6}(?:转载|轉載).{0,20}|(?:如需)?转载.{0,6}(?:请|須|须)?(?:注明|联系).{0,30}"
    r"|(?:您|你)?(?:的|当前|现在|所在|當前|目前)*位置[: ].*"
    r"|(?:首页|主页|首頁) ?[>»/›].*|[^,。]{1,12}(?: ?[>»›]{1,2} ?[^,。>»›]{1,12}){2,}"
    r"|(?:字体|字号|【?字体)[: ]*[【\[]?大.{0,12}"
    r"|[大中小] [大中小](?: [大中小])?"
    r"|(?:分享到|分享至)[: ].{0,60}"
    r"|(?:扫描|扫一扫|长按|扫码|识别).{0,12}二维码.{0,20}"
    r"|.{0,20}(?:版权所有|版權所有|ICP备|ICP證|All Rights Reserved|Copyright).*"
    r"|(?:声明|免责声明|版权声明|免責聲明|特别声明)[:].*"
    r"|(?:责任编辑|责编|责任校对|值班编辑|本期编辑|编辑|審核|审核|校对|监制|编审|終審|终审|責任編輯|责任编辑)[:/ ].{1,60}"
    r"|[\[(【](?:责任编辑|责编|编辑|責任編輯)[: ].{1,30}[\])】])"
)
_BETWEEN = regex.compile(r"[ |·/>»]+")
_DECORATED = re.compile(r"[★☆◆◇■●▼▲↓↑—–=~·*#-]+ *(?P<inner>[^ ].*[^ ★☆◆◇■●▼▲↓↑—–=~·*#-]) *[★☆◆◇■●▼▲↓↑—–=~·*#-]+")

# Inside an article only what no article says: a template remnant, a placeholder of a picture, a button, a jump to another page.
_INSIDE = (
    r"(?:图片|圖片|视频|[\[(【](?:图片|圖片|视频)[\])】]|(?:分享到|分享至)[^\n]{0,20}|展开全文|阅读全文|阅读原文|点击加载更多|扫一扫|微信扫一扫"
    r"|(?:[★☆◆◇■●▼▲↓↑—–=~·*-]{1,8} *+)?(?:广告|廣告)(?: *+[★☆◆◇■●▼▲↓↑—–=~·*-]{1,8})?|[(【\[](?:广告|廣告)[)】\]]"
    r"|[大中小] [大中小](?: [大中小])?|[【\[(]?字[体号體號級][: ]*[【\[]?大[^\n]{0,12}"
    r"|[\[(【]?(?:上接|下转|下轉|紧接|緊接) ?第? ?[A-Z]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}) ?版[^\n()。,]{0,12}[)】\]]?"
    r"|[点點][击擊](?:查看|放大|浏览|瀏覽|观看)?(?:高清)?(?:大图|大圖|原图|原圖)"
    r"|(?:点击|點擊|轻触|轻点|点)(?:上方|下方|顶部|文末)?(?:蓝字|藍字|蓝色字|名片|卡片)[^\n。]{0,16}"
    r"|(?:[\[(【](?:打印|打印本页|打印本文|关闭|关闭窗口|关闭本页|返回|返回顶部|收藏|收藏本页|加入收藏|推荐|分享|列印|關閉)[\])】][ |]*)+"
    r"|undefined|null|NaN|\[object Object\]|(?:Loading|loading|加载中|加載中|正在加载)(?:\.{3}|…+)|\{%[^%\n]*%\}"
    r"|用户名[: ]+密码[: ]*[^\n。]{0,20}|忘记密码\??|(?:请|請)先?(?:登录|登入)(?:后|後)?(?:再|才能|方可)?(?:发表|發表|参与|參與)?(?:评论|評論|留言)"
    r"|(?:您|你)的浏览器(?:版本)?(?:不支持|过低|暂不支持)[^\n。]{0,20}|\d{1,2}:\d\d ?/ ?\d{1,2}:\d\d|Page \d{1,4} of \d{1,4}"
    r"|(?:打开|下载|使用)[^\n。,]{0,8}(?:APP|App|客户端)[^\n。,]{0,3}(?:阅读全文|查看更多|查看全文|看全文)|举报/反馈"
    r"|(?:本报|本報|本刊|本社|报社|報社)(?:地址|社址)[: ][^\n。]{4,80}"
    r"|(?:商务|商務|广告|廣告|投稿|转载)(?:合作|投放|洽谈|联系|事宜)?[^\n。,]{0,4}(?:加|联系|添加|咨询)?(?:微信|QQ|邮箱)(?:号|號)?[: ]*[\w@.-]{4,40})"
)
# A line that cuts a sentence in two belongs to the page, though elsewhere it may close an article.
_FINISHED = frozenset("。!?…:”’)》】")
_LONGEST = 61  # code points of such a line
_CUTS = re.compile(r"[\[(【]?(?:责任|責任|值班|本期|网络)?(?:编辑|編輯|责编|責編|校对|校對|审核|審核)[: /|].{1,40}")
_FULL = later(rf"{_LINE}|{_INSIDE}")
_MARKS = r"[”’“‘)》】』」,。;:!?、·|*_~.…-]{1,3}"


class _Lines:
    """Finds whole lines of a shape. Led by the line end before them, which is found at memory speed; the first line apart."""

    def __init__(self, shape: str) -> None:
        self._first = re.compile(rf" *+{shape} *(?=\n|\Z)")
        self._others = re.compile(rf"\n *+{shape} *(?=\n|\Z)")

    def spans(self, text: str) -> list[tuple[int, int]]:
        """The span of each such line, with the line end before it."""
        first = self._first.match(text)
        spans = [found.span() for found in self._others.finditer(text)]
        return spans if first is None or not first[0] else [first.span(), *spans]


_INSIDE_LINES = _Lines(_INSIDE)
_STRAY_LINES = _Lines(_MARKS)
_TEMPLATE = regex.compile(r"\{\{[^{}\n]*\}\}")

_MARKUP = regex.compile(r"^ *#{1,6} +|\*\*(?=[^\s*][^*\n]{0,200}\*\*)|(?<=\*\*[^*\n]{1,200})\*\*", regex.MULTILINE)


def is_furniture(line: str) -> bool:
    """Whether the whole line is furniture of a page: a button, a template remnant, a counter, an editor's line.

    >>> is_furniture("• 查看更多回复>"), is_furniture("收藏"), is_furniture("收藏这份名单的人有3000名。")
    (True, True, False)
    >>> is_furniture("登录 | 注册"), is_furniture("首页 > 财经 > 正文"), is_furniture("登录 人数")
    (True, True, False)
    """
    if len(line) > 120:
        return False
    line = bare(line)
    return _FULL.fullmatch(line) is not None or _NAMES.issuperset(_BETWEEN.split(line))


def bare(line: str) -> str:
    """`line` without the stars, arrows or dashes that are drawn on both of its sides.

    >>> bare("★ 延伸閱讀 ★"), bare("—— 广告 ——"), bare("——修好灌溉渠")
    ('延伸閱讀', '广告', '——修好灌溉渠')
    """
    found = _DECORATED.fullmatch(line)
    return line if found is None else found["inner"]


def interrupts(line: str, above: str, below: str) -> bool:
    """Whether `line`, an editor's or a button of the page, stands in the middle of the sentence that goes on in `below`.

    >>> interrupts("责任编辑:王某", "他说,每天清理杂草三十斤,走完", "八里长的水渠,到中午才歇脚。")
    True
    """
    return reads_across(above, below) and (_CUTS.fullmatch(line) is not None or is_furniture(line))


def furniture(text: str) -> list[Edit]:
    """Deletes the lines inside an article that are a template remnant, a picture's placeholder or a button.

    >>> furniture("标题\\n图片\\n正文。")
    [Edit(start=2, end=5, new='', origin=None)]
    >>> furniture("图片上的人是他。")
    []
    """
    lines = sorted({*_INSIDE_LINES.spans(text), *_interrupting(text)})
    if "{{" in text:
        lines = sorted({*lines, *_template_lines(text)})
    return [Edit(start, end, "") for start, end in lines]


def _interrupting(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for start, first in line_ends(text):
        if start < done or text[start - 1] in _FINISHED:
            continue
        row_end = text.find("\n", first)
        line = text[first:row_end].rstrip(" ")
        if row_end < 0 or not 2 <= len(line) <= _LONGEST:
            continue
        end = first + len(line)
        done = row_end
        above = text[max(0, start - 200) : start].rpartition("\n")[2].strip()
        below = text[end : end + 400].lstrip(" \n").partition("\n")[0].rstrip()
        if below and interrupts(line, above, below):
            yield text.rfind("\n", start, first), row_end


def _template_lines(text: str) -> Iterator[tuple[int, int]]:
    done = 0
    for found in _TEMPLATE.finditer(text):
        if found.start() >= done:
            end = text.find("\n", found.end())
            done = len(text) if end < 0 else end
            yield max(0, text.rfind("\n", 0, found.start())), done


def markup(text: str) -> list[Edit]:
    """Deletes Markdown's signs of headings and of bold type.

    >>> text = "## 资金\\n投入**3亿元**\\n#社工周#"
    >>> [text[edit.start : edit.end] for edit in markup(text)]
    ['## ', '**', '**']
    """
    return [Edit(*found.span(), "") for found in _MARKUP.finditer(text)]


def stray(text: str) -> list[Edit]:
    """Deletes lines of nothing but one to three marks; a lone ” stays where it closes a quotation left open.

    >>> stray("他说。\\n”\\n随后离开。")
    [Edit(start=3, end=5, new='', origin=None)]
    >>> stray("“我们来了。\\n”\\n随后离开。")
    []
    """
    edits = []
    for start, end in _STRAY_LINES.spans(text):
        before = text[max(0, start - 2000) : start] if "”" in text[start:end] else ""
        if before.count("“") <= before.count("”"):
            edits.append(Edit(start, end, ""))
    return edits
