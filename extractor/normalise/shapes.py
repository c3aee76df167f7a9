"""What a single line looks like: unfinished, a byline, a credit, a numbered heading, a caption, furniture of a page.

The tests read one line without the blanks around it and with its marks folded to ASCII (see `width`); they know both
scripts. They are shared by the repairs of lines and by the search for articles.
"""

from __future__ import annotations

import regex

from extractor.normalise.words import may_be_name

HAN = r"\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff〇々"

CLOSERS = "”’)》】」』〉]"
OPENERS = "“‘(《【「『〈["

_FINISHED = regex.compile(rf"(?:[。!?…]|(?<=[A-Za-z]{{2}})\.)[{regex.escape(CLOSERS)}]*\Z")
_CLAUSE_MARK = regex.compile(r"[,。;]")

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

_JOB = (
    r"(?:特约|特約|见习|見習|实习|實習|首席|全媒体|全媒體|融媒体|融媒|驻[^\s,。]{2,6}|駐[^\s,。]{2,6})*"
    r"(?:记者|記者|通讯员|通訊員|评论员|評論員|撰稿人?|实习生|實習生|撰文|采写|採寫|编译|編譯|作者|摄影报道|攝影報導|摄影|攝影)"
)
_ROLE = (
    rf"(?:[{HAN}]{{1,6}}(?:报|報|刊|网|網|社|台))?{_JOB}|文/图|文/圖|图/文|圖/文|图文|圖文|文字?(?=[ :/])|图(?=[ :/])"
)
_NAME = rf"[{HAN}](?: ?[{HAN}]){{1,3}}|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+"
_BESIDE = r"(?:[ /]*(?:文/图|文/圖|图/文|圖/文|文并图|文图|图文|图|圖|文|摄|攝|摄影报道|攝影報導|摄影|报道|報導|综合报道|綜合報導))?"
_BYLINE = regex.compile(
    rf"[■●◆□▲★▍◎○◇\s|]*[(\[【]?(?P<role>{_ROLE})(?P<gap>[ :/]*)(?P<names>(?:{_NAME}){_BESIDE}"
    rf"(?:[ 、,/和]+(?:(?:{_ROLE})[ :/]*)?(?:{_NAME}){_BESIDE}){{0,11}})[)\]】]?"
)
_SIGNED = regex.compile(rf"[■●◆□◎○◇] ?(?P<name>[{HAN}](?: ?[{HAN}]){{1,2}}|[{HAN}]{{2,8}}·[{HAN}]{{2,8}})")
_ROLE_INSIDE = regex.compile(rf"(?:{_ROLE})[ :/]*")
_BESIDE_END = regex.compile(rf"(?<=[{HAN}]{{2}}){_BESIDE[:-1]}\Z")
_NO_NAME = frozenset({"简介", "簡介", "调查", "观察", "手记", "来信", "节日", "采访", "获悉", "了解", "从", "在"})

# 記者王小明/台北報導 stands over the reports of Taiwan's papers.
_TAIWAN_BYLINE = regex.compile(
    rf"[(\[【〔]?(?:[{HAN}]{{2,6}}(?:社|報|網|台)|中央社)?(?:記者|记者)(?P<names>[{HAN}]{{2,4}}(?:、[{HAN}]{{2,4}})*)"
    rf"(?:/[{HAN}]{{2,6}}|[{HAN}]{{2,3}}\d{{1,2}}日)(?P<verb>報導|报道|綜合報導|電|电|攝影)[)\]】〕]?"
)

_CREDIT = regex.compile(
    r"[(\[【](?:据|據|来源|來源|稿源|转自|轉自|摘自|原载|原載|消息来源)[:]?\s*(?P<publisher>[^()\n]{2,40}?)[)\]】]"
)
_CREDIT_END = regex.compile(r"(?:报道|報道|報導|消息|电|電|讯|訊|综合整理)\Z")

_NUMBERED = regex.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十]{1,3}\)|\(\d{1,2}\)|\d{1,2}[、.](?!\d)|第[一二三四五六七八九十]{1,3}[章节節部条條]"
    r"|[①-⑳]|[一二三四五六七八九十]是|[·•▪■●◆-] )"
)

_CAPTION = regex.compile(
    r"(?:图为|圖為|图[①-⑳\d一二三四][:. ]|图片?说明|圖片?說明|[▲△▼↑←→]|上图[:为]|下图[:为]|左图[:为]|右图[:为]|题图[:为]).{2,120}"
    r"|.{4,100}(?:/|(?<=[ (。]).{2,12})(?:摄|攝|供图|供圖)\)?。?"
    r"|\((?:资料图|資料圖|图片来源|圖片來源)[^()]*\)"
)


def is_finished(line: str) -> bool:
    """Whether `line` ends as a sentence ends: 。！？… and the marks that close over them.

    >>> is_finished("他说:“来了。”"), is_finished("全县修渠36条"), is_finished("(一期)")
    (True, False, False)
    """
    return _FINISHED.search(line) is not None


def has_clause(line: str) -> bool:
    """Whether `line` holds a mark that headlines do without: `,` `;` `。`, and so runs as a sentence does."""
    return _CLAUSE_MARK.search(line) is not None


def byline(line: str) -> tuple[str, ...]:
    """The names that `line` gives as its authors, empty when it is no byline.

    >>> byline("■ 本报记者 张明"), byline("通讯员 李华文/图"), byline("記者王小明/台北報導")
    (('张明',), ('李华',), ('王小明',))
    >>> byline("□ 林晓"), byline("记者 和丽 实习生 李四")
    (('林晓',), ('和丽', '李四'))
    >>> byline("本报记者 王一 李二三 通讯员 张四"), byline("记者调查"), byline("记者从县民政局获悉")
    (('王一', '李二三', '张四'), (), ())
    """
    if len(line) > 80:
        return ()
    if (found := _TAIWAN_BYLINE.fullmatch(line)) is not None:
        return tuple(found["names"].split("、"))
    if (found := _BYLINE.fullmatch(line)) is None:
        signed = _SIGNED.fullmatch(line)
        return () if signed is None else (signed["name"].replace(" ", ""),)
    names = split_names(found["names"])
    if not found["gap"] and names and names[0][0] not in SURNAMES:
        return ()
    return names


def opening_byline(text: str) -> tuple[str, ...]:
    """The names of a byline of Taiwan's papers that `text` begins with, empty where there is none.

    >>> opening_byline("〔記者陳大文/台北報導〕勞動部昨日公布"), opening_byline("記者陳大文從縣府獲悉")
    (('陳大文',), ())
    """
    found = _TAIWAN_BYLINE.match(text)
    return () if found is None else tuple(found["names"].split("、"))


def split_names(names: str) -> tuple[str, ...]:
    """The single names of a list of authors, without what they did: `李华文/图` is 李华.

    >>> split_names("张三 通讯员 李四、王五 摄影报道")
    ('张三', '李四', '王五')
    """
    parts = regex.split(
        rf"[\s、,;/]+(?=\S)|(?<=[{HAN}]{{2}})和(?=[{HAN}]{{2}})",
        _ROLE_INSIDE.sub(" ", _BESIDE_END.sub("", names.strip())).strip(),
    )
    return tuple(name for part in parts if len(name := _BESIDE_END.sub("", part)) > 1 and name not in _NO_NAME)


def is_lone_name(line: str) -> bool:
    """Whether `line` is nothing but a Chinese name, as under a headline: 李华, 张 三.

    >>> is_lone_name("李华"), is_lone_name("张 三"), is_lone_name("引水上山"), is_lone_name("方向")
    (True, True, False, False)
    """
    name = line.replace(" ", "")
    if (
        not 2 <= len(name) <= 3
        or len(line) > 4
        or name[0] not in SURNAMES
        or regex.fullmatch(rf"[{HAN}]+", name) is None
    ):
        return False
    return may_be_name(name)


def credit(line: str) -> str:
    """The publisher that a closing `(据…)` line names, empty when `line` is none.

    >>> credit("(据《江城日报》)"), credit("(据新华社电)"), credit("(化名)")
    ('江城日报', '新华社', '')
    """
    if (found := _CREDIT.fullmatch(line)) is None:
        return ""
    return publisher_name(found["publisher"])


def publisher_name(written: str) -> str:
    """A publisher as it is called: without the book-title marks of a newspaper, without 电 or 报道 behind it."""
    name = written.strip()
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
    return len(line) <= 130 and _CAPTION.fullmatch(line) is not None
