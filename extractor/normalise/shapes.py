"""What a single line looks like: unfinished, a byline, a credit, a numbered heading, a caption, furniture of a page.

The tests read one line without the blanks around it and with its marks folded to ASCII (see `width`); they know both
scripts. They are shared by the repairs of lines and by the search for articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import regex

from extractor.article import Span
from extractor.later import later, regex_later
from extractor.normalise.words import may_be_name

HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"

CLOSERS = "”’)》】」』〉]"
_STOPS = frozenset("。!?…")

_LINE_END = re.compile(r"\n[ \n]*")

# The hundred-family names that cover about 95 % of today's bearers, both scripts, and the commonest names of
# translation into Chinese of other peoples of China are left to the separator that follows 记者.
SURNAMES = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪"
    "范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤常温康施文牛樊葛邢安齐易乔伍庞颜"
    "倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁"
    "蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋"
    "商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝"
    "區張劉陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭肖田蔣葉蘇魏呂盧鐘鍾譚陸範賈韋鄒閻龍賀顧龔錢嚴湯龐顏莊聶魯歐關蘭寧紀畢單駱藍鮑"
    "繆簡車項連麥婁竇黨費衛應閔鄔邊師欒榮鞏鄺談鞏儲諶樓盤滿聞厲羅塗饒"
)

# Patterns that are tried on one line at one place are those of `re`, which costs a third of what `regex` does there.

# What authors are called: these may stand right before a name, 记者李明; those below need a mark or a blank between.
JOB = (
    r"(?:特约|特約|特派|见习|見習|实习|實習|首席|资深|全媒体|全媒體|融媒体|融媒|文字|摄影|攝影|驻[^\s,。()]{2,6}|駐[^\s,。()]{2,6})*"
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員|观察员|觀察員|实习生|實習生)"
)
_WORK = (
    r"(?:撰稿人?|撰文|采写|採寫|采编|採編|采访|採訪|采摄|编译|編譯|作者|执笔|執筆|整理|主笔|文字|摄影报道|攝影報導|摄影|攝影|摄像|图片|圖片|撰写|撰寫"
    r"|文/图|文/圖|图/文|圖/文|图文|圖文|文|图|圖|[Bb][Yy])(?:[、/](?:采访|採訪|撰文|摄影|攝影|整理))*(?=[ :/|]|·[^·]*\Z)"
)
_OTHER = rf"(?:[{HAN}]{{0,4}}(?:编辑|編輯|责编|校对|審核|审核|制图|製圖)|口述|讲述|講述|受访者?)(?=[ :/|])"
_PAPER = rf"(?:[{HAN}A-Za-z0-9·]{{1,10}}?(?:报|報|刊|网|網|社|台|臺|新闻|新聞|央视|央广|融媒|融媒体|客户端|财经|云|时刻|中心|在线|频道|新媒体))"
_ROLE = later(
    rf"(?P<author>(?:(?:{_PAPER}|“[^“”]{{2,10}}”) ?)?{JOB}|{_WORK})|(?P<other>{_OTHER})|(?P<unknown>[{HAN}]{{1,4}}{JOB}(?=[ :/|]))"
)
_WORKED = frozenset("记記通评評观觀实實撰采採编編译譯作执執整主文图圖摄攝■●◆□◎○◇yY")  # of which each byline has one
_GAP = later(rf"[ 、,/|:&]+|(?<=[文图圖影者])·(?=[^·]*\Z)|(?<=[{HAN}]{{2}})和(?=[{HAN}]{{2,3}}(?:[ 、,]|\Z))")
# Where reports are sent from, so that the name before an unparted place ends where the place begins.
_PLACES = (
    "北京|上海|天津|重庆|重慶|广州|廣州|深圳|香港|澳门|澳門|台北|臺北|新北|桃園|新竹|苗栗|台中|臺中|彰化|南投|雲林|嘉義|台南|臺南|高雄|屏東|宜蘭|花蓮|台東|臺東|澎湖|金門|馬祖|連江|基隆"
    "|東京|东京|大阪|首爾|首尔|釜山|曼谷|吉隆坡|新加坡|雅加達|馬尼拉|河內|胡志明市|新德里|仰光|倫敦|伦敦|巴黎|柏林|布魯塞爾|日內瓦|羅馬|維也納|莫斯科|基輔|華沙|布拉格|紐約|纽约|華盛頓|华盛顿"
    "|舊金山|洛杉磯|芝加哥|休士頓|多倫多|渥太華|溫哥華|雪梨|坎培拉|奧克蘭|綜合|综合|連線|现场|現場"
)
_SENT = r"(?:综合|綜合|專題|专题)?(?:报道|報道|報導|外电|外電|电|電|專訊|專訪|专访)"
_FIGURE = r"[\d一二三四五六七八九十]{1,3}"
_FROM_DAY = rf"(?:(?:{_FIGURE}月)?{_FIGURE}日(?:综合|綜合|专|專)?(?:外)?(?:电|電|讯|訊)(?:報導|报道)?)"
_BESIDE = (
    rf"(?:[ /]*(?:文/图|文/圖|图/文|圖/文|文并图|文圖|文图|图文|圖文|摄影报道|攝影報導|综合报道|綜合報導|摄影|攝影|整理|撰文|编译|編譯|采写|报道|報道|報導|专访|專訪|摄|攝|图|圖)"
    rf"|[ /]+文|[ /]+[{HAN}]{{2,6}}{_SENT}|[ /]*(?:发自|發自)[{HAN}]{{2,8}}|/[{HAN}]{{2,8}}{_SENT}|/(?:{_PLACES})|(?:{_PLACES})(?:{_SENT}|{_FROM_DAY}))"
)
_BESIDES = later(rf"(?:{_BESIDE})+(?=[ 、,/|和:&]|\Z)")
_TAIL = rf"(?=(?:{_BESIDE})*(?:[ 、,/|:&]|和[{HAN}]{{2,3}}(?:[ 、,]|\Z)|\Z)|{_PAPER}?{JOB})"
_DOTTED = rf"[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+"
_ONE = later(
    rf"{_DOTTED}{_TAIL}|[{HAN}] [{HAN}](?![{HAN}]){_TAIL}|[{HAN}]{{2,4}}?{_TAIL}|[{HAN}]{{2,3}}+文(?=[ /](?:图|圖)| [{HAN}]+(?:图|圖))"
    rf"|(?:[{HAN}]{{3}}|[{HAN}]{{2}})(?=[{HAN}]{{2,4}}(?:{_SENT}|{_FROM_DAY})\Z)"
)
# Where a report is sent from, parted from the names by a bar, or by a blank where it is no name itself: /平林報導, 青石报道.
_SENT_FROM = later(rf" ?(?P<gap>/ ?| )(?P<place>[{HAN}]{{2,8}}?)(?:{_SENT}|{_FROM_DAY})(?=[ )、,]|\Z)")
_PHOTO = regex.compile(r"[ /]*(?:摄影|攝影|摄|攝|图|圖)")  # alone behind a name it is a picture's
_REST = later(rf"[{HAN}]{{2,4}}(?:{_SENT}|{_FROM_DAY})\Z")
_BULLETS = re.compile(r"[■●◆□▲★▍◎○◇\s|]*")
_CLOSED = tuple(")]】〕")
_PAIRS = {"(": ")", "[": "]", "【": "】", "〔": "〕", "〈": "〉"}
_SIGNED = later(rf"[■●◆□◎○◇] ?(?P<name>[{HAN}](?: ?[{HAN}]){{1,2}}|[{HAN}]{{2,8}}·[{HAN}]{{2,8}})")
_SPACED = regex.compile(rf"(?<![{HAN}])([{HAN}]) ([{HAN}])(?![{HAN}])")
_NAME_ALONE = re.compile(rf"[{HAN}]{{2,3}}")
_NAMES_ALONE = 15  # code points of four such names with a blank between, or of shorter ones with a blank inside
_ROLE_INSIDE = regex_later(rf"(?:{_PAPER}?{JOB}|{_WORK})[ :/|]*")
_BESIDE_END = regex_later(rf"(?<=[{HAN}]{{2}})(?:{_BESIDE})+\Z")
_NO_NAME = frozenset(
    "简介 簡介 调查 調查 观察 觀察 手记 手記 来信 來信 节日 節日 采访 採訪 获悉 獲悉 了解 从 在 连线 連線 关注 關注 时评 時評 站台 和谐 高温 纪念 专访 專訪 综合 綜合 报道 報道 報導".split()
)
# Given names of Tibetan, Mongolian and Uyghur reporters as the papers write them, of which most hold one.
_MINORITY = (
    "扎西|次仁|才仁|才让|多吉|卓玛|卓嘎|平措|旦增|丹增|洛桑|格桑|达瓦|尼玛|拉姆|央金|央宗|白玛|班玛|贡布|贡嘎|索朗|索南|普布|边巴|巴桑|米玛|拉巴|德吉|曲珍|曲吉|仁青|仁增|桑吉|桑杰|嘉措|嘉央"
    "|晋美|久美|顿珠|罗布|旺堆|旺姆|土登|强巴|阿旺|群培|群措|赤列|坚赞|巴珠|玉珍|措姆|卓措|华旦|多杰|南加|吉美|昂毛|拉毛|措毛|加措|益西|其美|江措|贡桑|觉旺|泽仁|泽郎|扎巴|龙珠"
    "|巴特尔|巴图|其其格|格日乐|格日勒|格根|乌云|娜仁|塔娜|萨仁|苏和|宝音|图雅|那木|呼和|额尔|阿拉坦|苏日|哈斯|斯琴|高娃|朝鲁|布和|毕力格|吉日|敖登|牧仁|孟和|通拉嘎|阿茹"
    "|买买提|古丽|阿里木|艾力|热合曼|吐尔|玉素|艾尼|库尔班|麦麦提|阿不都|艾合|依明|伊明|努尔|帕提|阿依|哈丽|肉孜|沙吾|木拉提|叶尔"
)
_MINORITY_NAMES = re.compile(rf"(?:{_MINORITY}){{1,2}}")
_MINORITY_NAME = later(
    rf"(?:{_MINORITY})[{HAN}]{{0,4}}(?<![村屯县縣镇鎮乡鄉州市区區湖河江山泊寺旗盟行路])|[{HAN}]{{1,3}}(?:{_MINORITY})"
)
BARS = {ord(bar): "|" for bar in "丨│"}  # what is set for the bar between a role and a name
_LETTERSPACED = later(rf"[{HAN}](?: [{HAN}])+(?: {{2,}}[{HAN}](?: [{HAN}])*)*")
_OFFICES = frozenset("学學社局部报報网網委办辦站司院会會处處厅廳馆館校台臺")
_COMPOUND = frozenset(
    "欧阳 歐陽 司徒 司马 司馬 诸葛 諸葛 上官 皇甫 尉迟 尉遲 端木 公孙 公孫 慕容 夏侯 令狐 宇文 长孙 東方 东方 独孤 南宫 西门 張簡 范姜 呼延 闻人 聞人 澹台 太史".split()
)


# What closes an article: (据新华社), (原载《江城日报》2024年3月5日第2版), 摘自《江城日报》, (记者 李明), (李明).
_CLOSING = regex.compile(r"[(\[【〔](?P<inner>[^()\[\]【】〔〕\n]{2,60})[)\]】〕][。 ]?\Z")
_CREDITS = re.compile(
    r"(?:(?P<after>据|據)|(?P<line>(?:本文|资料|資料|消息|稿件|文章|新闻|新聞)?(?:来源|來源)|稿源)|转自|轉自|转载自|轉載自|摘自|摘编自|摘編自|选自|選自|原载于?|原載於?|原刊于?|刊于|刊於|(?:载|載|见|見)(?=《)|综合(?=.*[报報社网網台臺])|綜合(?=.*[报報社网網台臺]))[: ]*"
)
_CREDITED = re.compile(
    r"(?P<publisher>《[^《》]{2,20}》|[^《》]{2,40}?)(?P<day> ?(?:\d{4}年)?(?:\d{1,2}月\d{1,2}日)?(?: ?第? ?[A-Z]?\d{1,3} ?版)?)"
    r"(?:报道|報道|報導|消息|电|電|讯|訊|综合整理|稿)?"
)
_BY = later(rf"(?P<paper>.{{2,20}}?)(?:[ /]|(?={JOB}))(?P<names>[^《》]{{2,40}})")
_OUTLET = later(
    rf"(?:新华社|新華社|中新社|中央社|路透社|法新社|美联社|美聯社|共同社|塔斯社|德新社|韩联社|韓聯社|彭博社|[{HAN}]{{1,6}}(?:通讯社|通訊社|日报|日報|晚报|晚報|早报|早報|时报|時報|周报|週報|晨报|晨報|商报|商報|都市报|网|網|新闻|新聞|新闻客户端|电视台|電視台|发布|融媒体?中心)"
    rf"|《[^《》]{{2,20}}》)"
)
_WIRED = regex.compile(
    rf"(?P<outlet>(?>{_OUTLET.pattern}))[{HAN}]{{0,8}}(?P<day>(?:\d{{4}}年)?(?:\d{{1,2}}月)?\d{{1,2}}日)(?:电|電|讯|訊)"
)
# 据统计 cites no paper; what such words end is no source.
_UNCREDITED = re.compile(
    r".*(?:统计|統計|了解|瞭解|调查|調查|介绍|介紹|透露|记载|記載|估算|测算|測算|推算|悉|查|称|稱)|(?:报道|報道|報導|资料|資料|此|传|傳|说|說)"
)
_CREDIT_SIGNS = frozenset("据據转轉摘选選原综綜")  # with which a line without brackets begins
_ISSUE = regex.compile(
    r" ?(?:\d{4} ?年)?(?: ?\d{1,2}月(?:\d{1,2}日)?)?[,(]? ?(?:总|總)?第? ?\d{1,6} ?期[)]?(?: ?第? ?[A-Z]?\d{1,3} ?[版页頁])?\Z"
)
_CREDIT_END = regex.compile(r"(?:报道|報道|報導|消息|电|電|讯|訊|综合整理)\Z")

_NUMBERED = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|\(\d{1,2}\)|\d{1,2}[、.](?!\d)|第[一二三四五六七八九十]{1,3}[章节節部条條]"
    r"|[①-⑳]|[一二三四五六七八九十]是|[·•▪■●◆-] )"
)

# A caption begins with one of the first, or has one of the last among its last three characters.
_CAPTION_FIRST = frozenset("图圖▲△▼↑←→上下左右题(【")
_CAPTION_LAST = frozenset("摄攝图圖")
_CAPTION = re.compile(
    r"(?:图为|圖為|图[①-⑳\d一二三四][:. ]|图片?说明|圖片?說明|[▲△▼↑←→]|上图[:为]|下图[:为]|左图[:为]|右图[:为]|题图[:为]).{2,120}"
    r"|.{4,100}(?:/|(?<=[ (。]).{2,12})(?:摄|攝|供图|供圖)\)?。?"
    r"|\((?:资料图|資料圖|图片来源|圖片來源|(?:本文)?(?:图片|圖片|照片)?均?由(?=[^()]+(?:提供|供图|供圖|摄|攝)\)))[^()]*\)"
    r"|【(?:图说|圖說|图注|圖註|图片说明|圖片說明)】.{2,120}"
)


def is_finished(line: str) -> bool:
    """Whether `line` ends as a sentence ends: 。！？… and the marks that close over them.

    >>> is_finished("他说:“来了。”"), is_finished("全县修渠36条"), is_finished("(一期)")
    (True, False, False)
    """
    said = line.rstrip(CLOSERS)
    if said[-1:] == ".":
        return len(said) > 2 and said[-3:-1].isascii() and said[-3:-1].isalpha()
    return said[-1:] in _STOPS


def has_clause(line: str) -> bool:
    """Whether `line` holds a mark that headlines do without: `,` `;` `。`, and so runs as a sentence does."""
    return "," in line or "。" in line or ";" in line


def reads_across(above: str, below: str) -> bool:
    """Whether a sentence that `above` has begun is unfinished, and `below`, beyond what stands between them, may go on with it.

    A headline holds no clause mark, and the line below an editor's is mostly the headline of another article.

    >>> reads_across("他说,每天清理杂草三十斤,走完", "八里长的水渠,到中午才歇脚。"), reads_across("水渠通了", "全乡受益,村民高兴。")
    (True, False)
    >>> reads_across("他说,每天清理杂草三十斤,走完", "石桥乡兴修水利"), reads_across("他来了。", "走完八里长的水渠。")
    (False, False)
    """
    return (
        len(above) > 10
        and has_clause(above)
        and not is_finished(above)
        and above[-1] not in ":)】"
        and (is_finished(below) or (has_clause(below) and len(below) > 25))
        and not is_numbered(below)
    )


def line_ends(text: str) -> Iterator[Span]:
    """The line ends of `text` between two lines that hold anything, each with the blanks and the blank lines around it.

    >>> list(line_ends("\\n治水先行 \\n\\n 全县修渠36条。\\n"))
    [(5, 9)]
    """
    for found in _LINE_END.finditer(text):
        start, end = found.span()
        while start and text[start - 1] == " ":
            start -= 1
        if start and end < len(text):
            yield start, end


def byline(line: str) -> tuple[str, ...]:
    """The names that `line` gives as its authors, empty when it is no byline.

    A line of names says what they did: before them (记者, 通讯员, 撰文:) or behind (文/图, 摄), or with a bullet in front.

    >>> byline("■ 本报记者 张明"), byline("通讯员 李华文/图"), byline("記者王小明/台北報導")
    (('张明',), ('李华',), ('王小明',))
    >>> byline("□ 林晓"), byline("记者 和丽 实习生 李四"), byline("【記者歐陽大文高雄報導】"), byline("李华 文 王小雨 图")
    (('林晓',), ('和丽', '李四'), ('歐陽大文',), ('李华', '王小雨'))
    >>> byline("本报记者 王一 李二三 通讯员 张四"), byline("记者调查"), byline("记者从县民政局获悉"), byline("摄影展开幕")
    (('王一', '李二三', '张四'), (), (), ())
    >>> byline("江城日报 记者 张明"), byline("记 者 张 明"), byline("文丨李华"), byline("〔記者王小明/石橋報導〕")
    (('张明',), ('张明',), ('李华',), ('王小明',))
    """
    if not 2 <= len(line) <= 80 or _WORKED.isdisjoint(line):
        return ()
    if "丨" in line or "│" in line:
        line = line.translate(BARS)
    if line[1] == " " and is_spaced_out(line):
        line = "  ".join(part.replace(" ", "") for part in line.split("  "))
    if (signed := _SIGNED.fullmatch(line)) is not None:
        name = signed["name"].replace(" ", "")
        family = name[0] in SURNAMES and len(name) == 3
        return (name,) if "·" in name or family or may_be_name(name) else ()
    start = _BULLETS.match(line).end()  # type: ignore[union-attr]  # it matches the empty string
    end = len(line)
    if line[start : start + 1] in _PAIRS and line[-1] == _PAIRS[line[start]]:
        start, end = start + 1, end - 1
    return credited(line[start:end].strip())


def is_spaced_out(line: str) -> bool:
    """Whether a blank stands behind each Chinese character of `line`, and it holds nothing else: 记 者 张 明.

    >>> is_spaced_out("记 者 张 明"), is_spaced_out("记者 张 明"), is_spaced_out("□ 张 明")
    (True, False, False)
    """
    return len(line) > 6 and line[1] == " " and _LETTERSPACED.fullmatch(line) is not None


def credited(text: str, *, sure: bool = False) -> tuple[str, ...]:
    """The authors in a row of roles and names, empty when `text` holds anything else.

    Where the place alone makes it `sure` that names stand there, they may be any words: (记者扎西、刘畅) behind a dateline.
    """
    names: list[str] = []
    position = 0
    said = strict = False  # whether a role is named at all; whether a name must begin as Chinese names do
    author = gap = True
    while position < len(text):
        if names and not gap and (found := _SENT_FROM.match(text, position)) is not None and _is_place(found):
            position, gap, said = found.end(), False, True
            continue
        if (found := _GAP.match(text, position)) is not None and (found[0] != "和" or not gap):
            position, gap = found.end(), True
            continue
        if names and (found := _BESIDES.match(text, position)) is not None:
            said, gap = said or _PHOTO.fullmatch(found[0]) is None, False
        elif names and not gap and (found := _REST.match(text, position)) is not None:
            said = True
        elif (found := _ROLE.match(text, position)) is not None:
            author = found["other"] is None
            said = said or author
            strict = found["unknown"] is not None
            gap = False
        elif (found := _ONE.match(text, position)) is not None:
            name = found[0].replace(" ", "")
            if (sure and said and name not in _NO_NAME) or _may_sign(name, plain=not said or strict or not gap):
                names += [name] if author else []
            elif not (names and said):  # 图片:资料 behind the authors names nobody
                return ()
            gap = False
        else:
            return ()
        position = found.end()
    return tuple(names) if said else ()


def _is_place(sent: re.Match[str]) -> bool:
    """Whether what stands in front of 报道 is where the report is from: behind a bar always, behind a blank unless it is a name."""
    place = sent["place"]
    return "/" in sent["gap"] or not (len(place) <= 3 and place[0] in SURNAMES and may_be_name(place))


def _may_sign(name: str, *, plain: bool) -> bool:
    """Whether `name` may be an author's; a `plain` one, with nothing before it that says so, begins with a family name.

    Without a family name it must be no word, for 记者:您好 opens an interview; one of four characters is often an office.
    """
    if name in _NO_NAME or name[:2] in _NO_NAME:
        return False
    if "·" in name or name[:2] in _COMPOUND or (name[0] in SURNAMES and len(name) <= 3):
        return True
    if plain:
        return _MINORITY_NAMES.fullmatch(name) is not None
    return (
        _MINORITY_NAME.fullmatch(name) is not None
        or (name[0] in SURNAMES and name[-1] not in _OFFICES)
        or may_be_name(name)
    )


def split_names(names: str) -> tuple[str, ...]:
    """The single names of a list of authors, without what they did: `李华文/图` is 李华.

    >>> split_names("张三 通讯员 李四、王五 摄影报道"), split_names("张 三 李四")
    (('张三', '李四', '王五'), ('张三', '李四'))
    """
    if found := credited(names.strip()):
        return found
    parts = regex.split(
        rf"[\s、,;/|]+(?=\S)|(?<=[{HAN}]{{2}})和(?=[{HAN}]{{2}})",
        _SPACED.sub(r"\1\2", _ROLE_INSIDE.sub(" ", _BESIDE_END.sub("", names.strip())).strip()),
    )
    return tuple(name for part in parts if len(name := _BESIDE_END.sub("", part)) > 1 and name not in _NO_NAME)


def is_lone_name(line: str) -> bool:
    """Whether `line` is nothing but a Chinese name or a few, as under a headline: 李华, 张 三, 李华 王小雨.

    >>> is_lone_name("李华"), is_lone_name("张 三"), is_lone_name("引水上山"), is_lone_name("方向")
    (True, True, False, False)
    >>> is_lone_name("李华 王思远"), is_lone_name("富民 兴乡")
    (True, False)
    """
    return bool(lone_names(line))


def lone_names(line: str) -> tuple[str, ...]:
    """The names of a line of nothing but names (see `is_lone_name`), empty where it is none."""
    if not 2 <= len(line) <= _NAMES_ALONE or line[0] not in SURNAMES:
        return ()
    names = tuple(_SPACED.sub(r"\1\2", line).replace("、", " ").split(" "))
    if len(names) > 4 or not all(_NAME_ALONE.fullmatch(name) and name[0] in SURNAMES for name in names):
        return ()
    return names if all(map(may_be_name, names)) else ()


class Credit(NamedTuple):
    """What the last words of an article state: who published it, who wrote it, and the rest of the words on when.

    The spans are half-open offsets in the line, (0, 0) where nothing is stated.
    """

    publisher: str = ""
    publisher_span: Span = (0, 0)
    names: tuple[str, ...] = ()
    names_span: Span = (0, 0)
    day: str = ""
    day_span: Span = (0, 0)


@lru_cache(maxsize=64)  # the last line of an article is asked who wrote it, who published it and when
def closing(line: str) -> Credit | None:
    """The credit that `line` ends with in brackets, behind a sentence, or consists of; None where it ends otherwise.

    >>> found = closing("新桥通车。(据《江城日报》报道)")
    >>> found.publisher, found.publisher_span
    ('江城日报', (8, 12))
    >>> closing("(江城日报记者 李明)").publisher, closing("全县通水。(李明 王小雨)").names, closing("据新华社").publisher
    ('江城日报', ('李明', '王小雨'), '新华社')
    >>> closing("全县通水。(据统计)"), closing("全县通水。(完)"), closing("他叫小明(化名)"), closing("据理力争"), closing("(来源:、:)")
    (None, None, None, None, None)
    """
    bracketed = line.rstrip("。 ")[-1:] in _CLOSED
    found = _CLOSING.search(line, max(0, len(line) - 70)) if bracketed else None
    if found is None:
        return _stated(line, 0, bare=True) if len(line) <= 40 else None
    before = line[: found.start()].rstrip().removesuffix("(完)")
    inner, start = found["inner"].strip(), found.start("inner")
    if (credited_by := _stated(inner, start, bare=False)) is not None:
        return credited_by
    if before and not is_finished(before):
        return None
    if _OUTLET.fullmatch(inner) is not None:
        return Credit(publisher_name(inner), (start, start + len(inner)))
    if (wired := _WIRED.fullmatch(inner)) is not None:
        return Credit(wired["outlet"], (start, start + wired.end("outlet")))
    return _signed_by(inner, start)


def _stated(text: str, start: int, *, bare: bool) -> Credit | None:
    """The credit that `text`, which begins at `start` of its line, states with 据 or 来源: or the like; a `bare` line names an outlet."""
    if (word := _CREDITS.match(text)) is None or (found := _CREDITED.fullmatch(text, word.end())) is None:
        return None
    publisher = found["publisher"]
    names: tuple[str, ...] = ()
    at = start + found.start("publisher")
    if (by := _BY.fullmatch(publisher)) is not None and (names := credited(by["names"]) or lone_names(by["names"])):
        publisher = by["paper"]
    outlet = all(map(_OUTLET.fullmatch, publisher.split("、")))
    if not outlet and found["day"] and (first_part := _OUTLET.match(publisher)) is not None:  # 据新华社北京3月5日电
        publisher, outlet = first_part[0], True
    if _UNCREDITED.fullmatch(publisher) is not None or (bare and not outlet and (word["after"] or ":" not in word[0])):
        return None
    if bare and word["line"]:  # a source line, which may state more
        return None
    name = publisher_name(publisher)
    if not any(map(str.isalnum, name)):
        return None
    first = at + publisher.find(name)
    span = (at + by.start("names"), at + by.end("names")) if names and by else (0, 0)
    return Credit(
        name,
        (first, first + len(name)),
        names,
        span,
        found["day"],
        (start + found.start("day"), start + found.end("day")),
    )


def _signed_by(text: str, start: int) -> Credit | None:
    """The authors, and their paper, that `text` names and nothing else."""
    paper = _BY.fullmatch(text)
    if paper is not None and _OUTLET.fullmatch(paper["paper"]) is None:
        paper = None
    names = credited(text) or lone_names(text) or (lone_names(paper["names"]) if paper is not None else ())
    if not names:
        return None
    place = text.find(names[0])
    span = (start + max(place, 0), start + len(text))
    if paper is not None:
        return Credit(paper["paper"], (start, start + len(paper["paper"])), names, span)
    return Credit(names=names, names_span=span)


def credit(line: str) -> str:
    """The publisher that a closing `(据…)` line names, empty when `line` is none.

    >>> credit("(据《江城日报》)"), credit("(据新华社电)"), credit("(化名)")
    ('江城日报', '新华社', '')
    """
    if not line or len(line) > 64 or (line[0] not in _PAIRS and line[0] not in _CREDIT_SIGNS):
        return ""
    if line[0] in _PAIRS and _CLOSING.fullmatch(line) is None:
        return ""
    found = closing(line)
    return "" if found is None else found.publisher


def publisher_name(written: str) -> str:
    """A publisher as it is called: without the book-title marks of a newspaper, without issue, 电 or 报道 behind it.

    >>> publisher_name("《江城周刊》2018年第17期"), publisher_name("江城周刊第17期"), publisher_name("新华社电")
    ('江城周刊', '江城周刊', '新华社')
    """
    name = written.strip()
    name = _ISSUE.sub("", name) or name
    shorter = _CREDIT_END.sub("", name)
    name = shorter if len(shorter) > 1 else name
    return name[1:-1] if name[:1] == "《" and name.find("》") == len(name) - 1 else name


def is_numbered(line: str) -> bool:
    """Whether `line` begins with a number of order: 一、 (二) 3. 第四章 五是."""
    return _NUMBERED.match(line) is not None


def is_caption(line: str) -> bool:
    """Whether `line` says of itself that it belongs to a picture.

    >>> is_caption("图为志愿者在包粽子。张三 摄"), is_caption("▲活动现场"), is_caption("图书馆为读者延长开放时间。")
    (True, True, False)
    """
    if len(line) > 130 or (line[:1] not in _CAPTION_FIRST and _CAPTION_LAST.isdisjoint(line[-3:])):
        return False
    return _CAPTION.fullmatch(line) is not None
