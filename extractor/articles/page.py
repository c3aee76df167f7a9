"""Lines of the page around an article: navigation, buttons, counters, widgets, and where comments or lists of others begin.

`normalise.furniture` knows the buttons that stand inside an article and may be deleted from it. Here a line is only judged:
what is furniture inside an article stays in it, and what stands above its title or below its end is left out. So these tests
may know more, but a line that ends as a sentence ends (。) is never taken for any of them, unless it is a legal note.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

import regex
from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from extractor.article import Span
from extractor.later import later
from extractor.normalise import furniture
from extractor.normalise.shapes import HAN

_CHANNELS = frozenset(
    "首页 主页 新闻 要闻 时政 政务 政治 国内 国际 社会 民生 财经 经济 金融 产业 体育 文化 教育 健康 卫生 科技 娱乐 旅游 文旅 汽车 房产 三农 农业 法治 军事 环球 生态 "
    "视频 图片 图集 图库 直播 音频 专题 专栏 评论 理论 观点 时评 党建 公告 公示 通知 县域 县区 区县 乡镇 部门 本地 本地新闻 地方 综合 综合新闻 头条 推荐 热点 热榜 热搜 "
    "滚动 滚动新闻 问政 服务 互动 便民 公益 副刊 读书 美食 时尚 探索 数字报 电子报 客户端 手机版 电脑版 手机报 无障碍 无障碍浏览 长者版 适老版 关怀版 繁体 简体 繁體 "
    "繁体版 English EN RSS APP App 微信 微博 抖音 登录 登陆 注册 退出 搜索 更多 更多> 设为首页 加入收藏 网站地图 联系我们 关于我们 广告服务 招聘信息 政务公开 信息公开 办事服务 "
    "政民互动 互动交流 走进 概况 政务动态 部门动态 工作动态 今日要闻 新闻中心 新闻动态 媒体聚焦 通知公告 政策解读 正文 详情 内容 投稿 爆料 订阅 我的 消息 发现 关注 "
    "首頁 新聞 要聞 港聞 港澳 兩岸 中國 國內 國際 社會 民生 財經 經濟 地產 體育 文化 教育 健康 科技 娛樂 旅遊 汽車 副刊 評論 社論 觀點 即時 即時新聞 即時港聞 最新 熱門 "
    "政治 生活 地方 影音 影片 圖片 直播 專題 專欄 專頁 論壇 親子 時尚 美食 會員 會員專區 登入 註冊 搜尋 電子報 訂閱 更多 焦點 頭條 突發 國際新聞 本澳 澳聞 大灣區 世界 全球 "
    "產經 證券 房市 運動 氣象 消費 寵物 閱讀 手機版 桌面版".split()
)
_TOOLS = frozenset(
    "字号 字体 字級 字型 大 中 小 超大 特大 默认 标准 A A+ A- T+ T- + - 打印 打印本页 打印本文 关闭 关闭窗口 关闭本页 收藏 分享 朗读 听新闻 播放 暂停 放大 缩小 全屏 纠错 投诉 举报 返回 "
    "返回顶部 返回目录 返回首页 回到顶部 上一版 下一版 上一篇 下一篇 上一期 下一期 上一页 下一页 版面导航 标题导航 本版导读 本版新闻列表 版面概览 版面目录 往期回顾 PDF PDF版 在看 赞 点赞 "
    "再看 喜欢 转发 评论 写留言 留言 阅读原文 阅读模式 复制链接 扫一扫 微信 微博 新浪微博 QQ QQ空间 QQ好友 朋友圈 微信好友 收起 展开 更多 原创 已关注 关注 +关注 倍速 静音 "
    "分享到 分享至 列印 關閉 回報 留言 讚 按讚 收聽 聽新聞 分享本文 加入收藏 上一則 下一則 上一版 下一版 上一頁 下一頁 版面導航 Facebook LINE Line Twitter X WhatsApp Instagram "
    "Telegram Threads Email 推广 回覆 菜单 取消 檢舉 提交 确定 导航 第三方登录 查看原文 登录注册 加载中 加入好友 广告 廣告 追蹤".split()
)
_KNOWN = _CHANNELS | _TOOLS
_PATH = regex.compile(r" / | ?[>»›] ?")
_SEPARATORS = frozenset(" |·/>»›<«‹【[↑↓•_")
_BETWEEN = regex.compile(r"[ |·/>»›<«‹【】\[\]()「」“”《》◀▶◁▷←→↑↓:•、_]+")

_COUNTED = "点赞|按讚|赞|讚|评论|評論|跟帖|留言|阅读|閱讀|浏览|瀏覽|点击|點擊|访问|转发|轉發|分享|收藏|在看|播放|参与|喜欢|关注|人气"
_NUMBER = r"\d[\d,.]* ?[万萬亿kKwW千]?\+?"
_COUNTER = (
    rf"(?:(?:总|累计)?(?:{_COUNTED})(?:量|数|數|次数|次數|人数)?[: (]*{_NUMBER} ?[次条條人个]?[)]?"
    rf"|(?:已有|共有|共|已|有)? ?{_NUMBER} ?(?:人|位|名|次|条|條|个|则|則)?(?:网友|網友|用户|朋友|好友)?(?:已|点了个?|觉得很?)?"
    rf"(?:{_COUNTED}|看过|看過|赞赏|打赏|回复|回應|想看|读过|感兴趣)(?:过|過)?)"
)
_COUNTERS = later(rf"(?:[♡♥❤👍👁] ?)?{_COUNTER}(?:[ |·,]+{_COUNTER})*")
# A reader's verdict stands below what was read; how often it was read may stand above it.
_VERDICT = regex.compile(r"赞|讚|评论|評論|跟帖|留言|在看|打赏|回复|回應")

_WIDGET = re.compile(
    r"(?:(?:今日|昨日|本周|本週|本月|一周|24小时|48小时|实时|即時|全站|全网|新闻|新聞|點擊|点击|阅读|閱讀|人氣)* ?"
    r"(?:热榜|热搜榜?|热门|热点|热文|热帖|排行榜?|热点榜|人气榜|榜单|熱搜榜?|熱門|熱榜|焦點)(?:新闻|新聞|推荐|推薦|文章)?"
    r"|(?:新闻|新聞|图片|要闻)(?:头条|頭條|排行)) ?(?:(?:TOP|Top|top) ?\d{1,3})?"
)
_BUTTON = later(
    r"(?:(?:点击|↑|轻触|關注|关注|点|长按|識別|识别|扫码|掃碼|扫描|請|请)*[^。]{0,12}(?:蓝字|藍字|卡片|公众号|公眾號|粉絲團|粉丝团|二维码|二維碼|LINE好友)[^。]{0,16})"
    r"|(?:扫码|掃碼|点击|立即|马上|戳|點我|點此)?(?:下载|下載|打开|打開|安装|用|使用|進入|进入|前往)[^。]{0,12}(?:APP|App|app|客户端|小程序)[^。]{0,24}"
    r"|(?:听新闻|聽新聞|收听|朗读|播放)? ?\d{1,2}:\d\d(?: ?/ ?\d{1,2}:\d\d)?"
    r"|(?:廣告|广告)?[ (]*(?:請|请)?(?:繼續|继续)?往下(?:閱讀|阅读|看|滑)[^。]{0,12}"
    r"|(?:预览时标签不可点|预览时.{0,12}|收录于(?:合集|话题|专题).{0,30}|(?:向上滑动|继续滑动)看下一个|阅读更多|轻触阅读原文|微信扫一扫[^。]{0,12}|继续访问|知道了|允许|取消 允许)"
    r"|扫一扫[^。]{0,6}(?:手机|当前|关注|關注)[^。]{0,12}|(?:长按)?关注(?:我们|本号)?,获取[^。]{0,12}|(?:本文|图片|文章)?(?:来自|来源于?)网络,?(?:如有)?侵(?:权)?(?:删|必删)[^。]{0,8}"
    r"|\d{1,3} ?/ ?\d{1,3}|TOP|留言|喜欢(?:就|请|的话)[^。]{0,8}(?:在看|点赞|关注|转发)[^。]{0,8}"
    r"|(?:索引号|信息索引号|主题分类|公开方式|公开目录|信息有效性|有效性|网站标识码|邮发代号|国内统一(?:连续出版物号|刊号)|新闻热线|报料热线|爆料热线|广告热线|发行热线|投稿邮箱|客服热线|违法和不良信息举报(?:电话)?)[: ]?.{0,40}"
    r"|(?:版次|版面|本版编辑|本版责编|版式|美编|美術編輯)[:].{1,30}"
    r"|[(【]?(?:上接|下转|下轉|紧接|緊接) ?第? ?[A-Z]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}) ?版[^。,]{0,12}[)】]?|(?:正文|内容|內容)[:]"
    rf"|(?:◀|◁|<<?)? ?(?:第 ?[A-Z]?\d{{1,3}} ?版|[A-Z]?\d{{2}}版|[A-Z]\d{{1,2}}版?)(?:[: ·|]+[{HAN}/·]{{1,12}})?(?: ?[▶▷>]+)?"
    r"|[◆●■▲▼※—=_*·. -]{3,}"
    r"|更多[^,。:]{2,10}(?:新闻|新聞|报道|報導|内容|文章|資訊)(?:>+|请.{0,12}|請.{0,12})?"
    r"|#[^#\s]{2,16}#?(?: +#[^#\s]{2,16}#?)*"
)
# 延伸閱讀:… with the headline it leads to stands between the paragraphs of some papers.
_LEAD = re.compile(
    r"[·▪●◆►▶>»|*【\[(-]* ?(?:相关|相關|延伸|推荐|推薦|更多|热门|往期)(?:阅读|閱讀|推荐|新闻|新聞|报道|報導|文章|链接|连结|連結)[】\])]?[: >»]+(?P<to>.{4,70})"
)

_TURN = re.compile(
    r"[◀◁<« ]*[上下]一[篇条條版則期页頁个個](?: ?[:>»▶▷| ][^。]{0,70}|[>»▶▷]*)"
    r"|(?:返回列表|返回目录|返回首页|回到顶部|返回顶部)"
)
_COMMENTS = re.compile(
    r"(?:[·▪●◆>»|*-] ?)*(?:(?:全部|热门|最新|精彩|网友|精选|用户|读者|發表|发表|我要|写|寫|網友|全部|最新|熱門|查看|讀者)(?:评论|評論|留言|跟帖|回應|回复)"
    r"|评论区|評論區|留言板|我来说两句|我要说两句|文明上网,?理性发言.{0,20}|文明上网理性发言.{0,20}|网友跟帖|跟帖|精选留言)"
    r"(?:[ (]*\d+ ?[条條个则]?[)]?)? ?[>»:]*"
    r"|共 ?\d+ ?[条條则](?:评论|評論|留言|跟帖)[^。]{0,20}|(?:已|还可以?)输入 ?\d+ ?个?字"
)
_RELATED = later(
    r"(?:[·▪●◆■►▶>»|*-] ?)*[【\[]?(?:(?:相关|相關)(?:阅读|閱讀|推荐|推薦|新闻|新聞|链接|連結|连结|报道|報導|报导|文章|稿件|资讯|內容)|(?:延伸|推荐|推薦|更多|精彩)(?:阅读|閱讀|推荐|推薦|报道|報導)"
    r"|阅读推荐|精彩(?:推荐|内容|图集)|(?:热门|热点|熱門|焦点|今日|编辑|小编|本站|猜你)(?:推荐|推薦|文章|新闻|新聞|阅读|排行|喜欢)|为您推荐|为你推荐|猜你喜欢|猜您喜欢|你可能(?:还|也|會)?(?:喜欢|喜歡|感兴趣)"
    r"|您可能感兴趣的.{0,8}|喜欢此内容的人还喜欢|大家都在看|大家还在看|网友还在看|人氣新聞|看更多|往期(?:推荐|回顾|精彩|热文|内容)|(?:新闻|新聞|点击|點擊|阅读|热点|热文|图片|一周)排行榜?|排行榜|最新(?:新闻|文章|消息|新聞|发布)"
    r"|滚动新闻|今日(?:要闻|热点|焦点)|(?:更多|其他|其它)(?:新闻|新聞|文章|资讯))[】\]]?(?: ?(?:扫码|下载|更多|換一批|换一批)[^。]{0,30})? ?[>»:]*(?:更多)?"
)
_LEGAL = later(
    r".{0,30}(?:版权所有(?![者人权])|版權所有(?![者人權])|ICP[备備證证]|公网安备|All [Rr]ights [Rr]eserved|Copyright|©|违法和不良信息举报)[^。]*"
    r"|.{0,30}(?:Copyright|©).*"
    r"|[【\[(※◎*]{0,3}(?:声明|免责声明|版权声明|免責聲明|特别声明|法律声明|聲明|免责条款)[】\]]?[:]"
    r".*(?:本站|本网|本網|本号|本公众号|本平台|转载|轉載|侵权|侵權|仅供参考|僅供參考|不构成|不構成|(?:本文|文章|作者).{0,12}(?:观点|觀點|版权|版權)).*"
    r"|[【\[(※◎* ]{0,3}(?:凡|未经|未經|如需|欢迎|本文|本站|本网)[^。]{0,40}(?:转载|轉載)[^。]{0,60}。?"
    r"|[【\[(※◎* ]{0,3}(?:如有|如涉|若有|如)?[^。,]{0,10}(?:侵权|侵權|版权问题)[^。]{0,6}(?:请|請)?[^。]{0,10}(?:联系|聯繫|告知|删除|刪除)[^。]{0,30}。?"
    r"|(?:主办|主办单位|主管单位)[: ].{2,40}(?:承办|维护|技术支持|备案).*"
)
_END = re.compile(
    r"[—=*~· -]*(?:END|The End|全文完|全文終|正文完)[—=*~· -]*"
    r"|[\[(【◎※ ]*(?:(?:责任|責任|执行|值班|本期|网络|新媒体|编辑)*(?:编辑|編輯|编审|校对|校對|审核|審核|监制|監製|终审|終審|责编|美编|核稿|審校|签发|初审|复审|二审|三审|一审|统筹|主编|总编|来稿)(?:人|员)? ?[:/|].*"
    r"|(?:责任编辑|责编|責任編輯|责任校对|值班编辑|本期编辑|终审|終審)[: ].{1,80})"
)
_BULLETED = re.compile(r"(?:[·▪●◆■□►▶▷◇○>»*-]|\[图\]|\[圖\]) ?\S")
_RANKED = re.compile(r"(?:NO\.?|TOP)? ?\d{1,2}[ 、.:] ?(?=\S)(?!\d)")
_DATED = re.compile(
    r"(?P<headline>.{6,80}?)[ \[(]+(?:(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[-/]\d{1,2})(?: \d{1,2}:\d\d(?::\d\d)?)?[\])]?"
)

# What a page calls itself above its articles; a title only where nothing else can be.
_SITE = later(
    rf"[{HAN}A-Za-z0-9·]{{1,14}}(?:网|網|网站|網站|新闻网|门户|门户网站|客户端|融媒|融媒体|融媒体中心|在线|频道|频道>|人民政府|政府网|数字报|电子报|手机报|新聞網|電子報|頻道|新媒体|云报|号外)"
    rf"|[{HAN}]{{2,4}}(?:要闻|新闻|时政|资讯|快讯|动态|要聞|新聞)|[{HAN} ]{{1,12}}(?:RSS|rss|Feed)"
    rf"|[{HAN}]{{1,6}}(?:发布|日报|晚报|早报|时报|周报|晨报|商报|都市报|日報|晚報|時報|早報)"
)

# The address of the article, alone on its line: 原文链接:https://…
_ADDRESS = regex.compile(
    r"[【\[(]?(?:(?:原文|本文|文章|新闻|新聞|网页|網頁|来源|來源|稿件|页面|頁面|查看)?(?:链接|鏈接|连结|連結|网址|網址|地址)|原文|来源|來源|出处|出處|(?i:url|link|source))?[】\])]?[: ]*"
    r"(?P<url>(?i:https?)://[^\s<>()【】“”，。\p{Han}]{4,400})[)\]】]?"
)

# What a paper prints over the reports of one kind: 【新春走基层】, ■ 民生新闻, 栏目:一线见闻.
_COLUMN = later(
    rf"【[{HAN}A-Za-z0-9· ]{{2,14}}】|\[[{HAN}· ]{{2,14}}\]|〔[{HAN}· ]{{2,14}}〕|(?:栏目|欄目|专栏|專欄)[:|] ?[^,。]{{2,14}}"
)
_MARKED = re.compile(r"[■●◆▌▎▍□▶►|*] ?(?P<name>[^ ].{0,12})")

# Every line judged here holds one of these, or is one of the names, or begins or ends as `may_be_page_line` says. A text is
# searched for all of them at once, so that the patterns run on few lines.
_HINTS = (
    "{{ :// 正文: 内容: 內容: 赞 讚 评论 評論 跟帖 留言 阅读 閱讀 浏览 瀏覽 点击 點擊 访问 转发 轉發 分享 收藏 在看 播放 参与 喜欢 喜歡 关注 人气 人氣 看过 看過 打赏 回复 回應 想看 读过 感兴趣 输入 转载 轉載 位置: "
    "> » › 首页 主页 首頁 字体 字号 字級 二维码 二維碼 版权 版權 ICP ights opyright © 声明 聲明 免责 编辑 編輯 责编 校对 校對 审核 審核 监制 監製 编审 終審 终审 热榜 热搜 热门 热点 "
    "热文 热帖 排行 榜单 熱搜 熱門 熱榜 焦點 头条 頭條 蓝字 藍字 卡片 公众号 公眾號 粉絲團 粉丝团 LINE APP App app 客户端 小程序 听新闻 聽新聞 收听 朗读 往下 预览时 收录于 滑动看 轻触 "
    "扫一扫 继续访问 知道了 允许 索引号 主题分类 公开方式 公开目录 有效性 标识码 邮发代号 国内统一 热线 邮箱 举报 版 美编 美術 更多 # 相关 相關 延伸 推荐 推薦 往期 上一 下一 返回 回到顶部 "
    "用户名 密码 浏览器 地址: 社址 微信 商务 投稿 登录 登入 侵删 "
    "说两句 文明上网 精彩 为您 为你 猜你 猜您 您可能 大家 网友 最新 滚动 今日 焦点 其他 其它 公网安备 授权 授權 侵权 侵權 主办 主管 END The 全文 正文完 美编 核稿 審校 签发 初审 复审 "
    "一审 二审 三审 统筹 主编 总编 来稿"
).split()
_LAST = frozenset("0123456789])日")
_FIRST = frozenset("·▪●◆■□►▶▷◇○>»*-◀◁<«▲▼※—=_.~|+")


class Aside(Enum):
    """What begins below an article: the stronger, the more a next article must show to be believed."""

    turn = "the way to the next page, a verdict of readers"
    related = "a list of other articles"
    legal = "rights and disclaimers"
    comments = "what readers wrote"


@lru_cache(maxsize=1)
def _hints() -> AhoCorasick:
    return AhoCorasick(_HINTS, matchkind=MatchKind.Standard, implementation=Implementation.DFA)


def hints(text: str) -> list[int]:
    """Where, in order, words of pages begin in `text`, whose marks are folded: lines that hold none need no closer look."""
    return [start for _, start, _ in _hints().find_matches_as_indexes(text)]


def may_be_page_line(line: str) -> bool:
    """Whether `line`, in which `hints` found nothing, may be furniture all the same: a name, a bullet, a clock, a page's number.

    >>> may_be_page_line("搜索"), may_be_page_line("A03 要闻"), may_be_page_line("登录 | 注册"), may_be_page_line("石桥乡 兴修水利")
    (True, True, True, False)
    """
    first, last = line[0], line[-1]
    return (
        line in _KNOWN
        or last in ">»"
        or (first in _FIRST and (last in _LAST or last in _FIRST))
        or (first.isascii() and (len(line) <= 13 or first.isalpha()))
        or (not _SEPARATORS.isdisjoint(line) and is_navigation(line))
    )


def is_page_line(line: str) -> bool:
    """Whether the whole line is furniture of a page.

    >>> is_page_line("首页 要闻 时政 乡镇 民生 视频"), is_page_line("【字号 大 中 小】【打印】【关闭】"), is_page_line("今日热榜 TOP10")
    (True, True, True)
    >>> is_page_line("已有 36 人点赞  评论 12 条"), is_page_line("第03版:要闻"), is_page_line("听新闻 03:25")
    (True, True, True)
    >>> is_page_line("清渠 引水 富民"), is_page_line("点赞的有36人。"), is_page_line("教育"), is_page_line("下载量破万")
    (False, False, False, False)
    """
    if len(line) > 120:
        return is_navigation(line) or address(line) is not None
    if line[-1] == "。":
        return False
    return (
        furniture.is_furniture(line)
        or is_navigation(line)
        or _COUNTERS.fullmatch(line) is not None
        or _WIDGET.fullmatch(line) is not None
        or _BUTTON.fullmatch(line) is not None
        or _LEAD.fullmatch(line) is not None
        or address(line) is not None
    )


def is_navigation(line: str) -> bool:
    """Whether `line` is a row of channels or buttons: at least two known ones, and nearly all, or a long row of short words.

    Two words of three are enough, since every site has channels of its own; one is not: 健康 中国 行动 is a headline.

    >>> is_navigation("登录 注册 手机版"), is_navigation("首页 | 江城 | 新闻"), is_navigation("健康 中国 行动")
    (True, True, False)
    >>> is_navigation("滨海 / 社会"), is_navigation("滨海 社会"), is_navigation("张三 李四 王五 赵六 钱七 孙八")
    (True, False, False)
    """
    if len(line) > 600 or "。" in line or "," in line:
        return False
    words = [word for word in _BETWEEN.split(line) if word]
    number = len(words)
    if number < 2:
        return number == 1 and words[0] != line and words[0] in _KNOWN
    known = sum(map(_KNOWN.__contains__, words))
    if known == number or (number == 2 and words[1] in _CHANNELS and _PATH.search(line) is not None):
        return True
    if known < 2 or max(map(len, words)) > 8:
        return False
    return (number >= 3 and 3 * known >= 2 * number) or (number >= 6 and 4 * known >= number)


def address(line: str) -> Span | None:
    """Where the address stands in a line that says nothing else, None where the line is none.

    >>> address("原文链接:https://example.org/a.html"), address("https://example.org/a"), address("请看https://example.org/a,里面有图")
    ((5, 31), (0, 21), None)
    """
    if "://" not in line or (found := _ADDRESS.fullmatch(line)) is None:
        return None
    return found.span("url")


def ends_article(line: str) -> bool:
    """Whether no line after this one belongs to the article above it: 责任编辑:…

    >>> ends_article("责任编辑:王某"), ends_article("编辑 | 王某 审核 | 李某"), ends_article("— END —")
    (True, True, True)
    >>> ends_article("审核:材料齐全的,当场办结。"), ends_article("编辑部主任王某"), ends_article("终审判决下达")
    (False, False, False)
    """
    return len(line) <= 120 and "。" not in line and _END.fullmatch(line) is not None


def aside(line: str) -> Aside | None:
    """What begins below an article with this line, None where nothing does.

    >>> aside("相关阅读"), aside("【延伸閱讀】"), aside("全部评论(36)"), aside("评论 12 条"), aside("下一篇:新桥通车")
    (<Aside.related: 'a list of other articles'>, <Aside.related: 'a list of other articles'>,
     <Aside.comments: 'what readers wrote'>, <Aside.turn: 'the way to the next page, a verdict of readers'>,
     <Aside.turn: 'the way to the next page, a verdict of readers'>)
    >>> aside("下一条街修好了。"), aside("声明:双方同意停火。"), aside("相关新闻说,渠已修好。"), aside("阅读 1.2万")
    (None, None, None, None)
    """
    if is_legal(line):
        return Aside.legal
    if "。" in line or len(line) > 120:
        return None
    if _COMMENTS.fullmatch(line) is not None:
        return Aside.comments
    if _RELATED.fullmatch(line) is not None or _RELATED.fullmatch(furniture.bare(line)) is not None:
        return Aside.related
    if _TURN.fullmatch(line) is not None:
        return Aside.turn
    if _COUNTERS.fullmatch(line) is not None and _VERDICT.search(line) is not None:
        return Aside.turn
    return None


def is_legal(line: str) -> bool:
    """Whether `line` speaks of rights in the page, a sentence or not."""
    return len(line) <= 400 and _LEGAL.fullmatch(line) is not None


def is_link(line: str) -> bool:
    """Whether `line` is an entry of a list of headlines that says so itself: a bullet in front and a date behind.

    A bullet alone may head a fact of the article, a date alone may stand in a line about its source.

    >>> is_link("· 新桥元旦通车 2024-01-13"), is_link("· 新桥元旦通车"), is_link("新桥元旦通车 2024-01-13")
    (True, False, False)
    """
    return _BULLETED.match(line) is not None and _DATED.fullmatch(line) is not None


def is_listed(line: str) -> bool:
    """Whether `line` looks like an entry of a list: a bullet, a rank, or a date behind it. Used only where a list may be.

    >>> is_listed("· 新桥通车"), is_listed("3 新桥元旦通车"), is_listed("新桥元旦通车啦 01-13"), is_listed("新桥元旦通车")
    (True, True, True, False)
    """
    return _BULLETED.match(line) is not None or _RANKED.match(line) is not None or _DATED.fullmatch(line) is not None


def is_channel(line: str) -> bool:
    """Whether `line` is one of the words by which sites of all kinds call their parts: 要闻, 数字报."""
    return line in _KNOWN


def is_site(line: str) -> bool:
    """Whether `line` is the name of a site, a paper or an account by its ending: 江城发布, 石桥县人民政府."""
    return len(line) <= 20 and _SITE.fullmatch(line) is not None


def is_page_name(line: str) -> bool:
    """Whether `line` is the name of a site, a paper or a channel, which is no title where a title stands below it.

    >>> is_page_name("江城发布"), is_page_name("要闻"), is_page_name("石桥县人民政府"), is_page_name("石桥乡兴修水利")
    (True, True, True, False)
    >>> is_page_name("江城日报 地方新闻"), is_page_name("江城日报 石桥乡兴修水利")
    (True, False)
    """
    return len(line) <= 2 or all(part in _KNOWN or is_site(part) for part in line.split(" "))


def is_column(line: str) -> bool:
    """Whether `line` may be the name of a column, which is no title where a title stands below it.

    >>> is_column("【新春走基层】"), is_column("■ 民生新闻"), is_column("栏目:一线见闻"), is_column("【民生】石桥乡兴修水利")
    (True, True, True, False)
    """
    if len(line) <= 20 and _COLUMN.fullmatch(line) is not None:
        return True
    return (marked := _MARKED.fullmatch(line)) is not None and is_page_name(marked["name"])
