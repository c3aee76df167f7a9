"""Who wrote an article, for whom and when, by the lines, openings and endings in which reports say so."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.article import Document, RawArticle
from extractor.articles import articles
from extractor.normalise.width import fold

TITLE = "青石乡兴修水利"
BODY = "青石乡入冬以来组织群众兴修水利，清理沟渠36条，加固堤坝12处，惠及农户2600余户，投入资金500万元。"
MORE = "乡水利站说，余下的9条水渠将在明年汛期以前修好，还要为每条水渠选定一名管护员。"


def read(text: str, doc: str = "page.txt", **stated: str) -> RawArticle:
    """The one article of `text`, each of whose facts stands where its evidence says."""
    found = articles(Document(doc, text, stated=stated))
    assert len(found) == 1, [one.source[:20] for one in found]
    [article] = found
    for start, end in article.evidence.values():
        assert 0 <= start < end <= len(text)
    for fact in ("byline", "publisher"):
        if fact in article.evidence:
            shown = text[slice(*article.evidence[fact])].replace(" ", "").replace("\u3000", "")
            value = getattr(article, fact)
            first = value if fact == "publisher" else value[0]
            assert first in shown, (fact, shown)
    return article


# ---- names

BYLINES = [
    ("本报记者 闻晓川", "闻晓川"),
    ("本报记者　闻晓川　通讯员　鲁一禾", "闻晓川 鲁一禾"),
    ("本报记者 闻 川 鲁一禾", "闻川 鲁一禾"),
    ("■本报记者 闻晓川/文 鲁一禾/图", "闻晓川 鲁一禾"),
    ("□记者 闻晓川 文/图", "闻晓川"),
    ("闻晓川 文/图", "闻晓川"),
    ("闻晓川 文 鲁一禾 图", "闻晓川 鲁一禾"),
    ("图文：闻晓川", "闻晓川"),
    ("图/文 闻晓川", "闻晓川"),
    ("文｜闻晓川", "闻晓川"),
    ("撰文：闻晓川　摄影：鲁一禾", "闻晓川 鲁一禾"),
    ("作者：闻晓川", "闻晓川"),
    ("作者 | 闻晓川", "闻晓川"),
    ("（记者 闻晓川）", "闻晓川"),
    ("(记者闻晓川 通讯员鲁一禾、沈三元)", "闻晓川 鲁一禾 沈三元"),
    ("记者 闻晓川 实习生 鲁一禾 报道", "闻晓川 鲁一禾"),
    ("江城日报记者 闻晓川", "闻晓川"),
    ("江城日报·江城云记者 闻晓川", "闻晓川"),
    ("总台央视记者 闻晓川 鲁一禾", "闻晓川 鲁一禾"),
    ("江城融媒记者 闻晓川", "闻晓川"),
    ("通讯员 鲁一禾 记者 闻晓川", "鲁一禾 闻晓川"),
    ("特约记者 阿依努尔·买买提", "阿依努尔·买买提"),
    ("見習記者 聞曉川", "聞曉川"),
    ("記者聞曉川／台北報導", "聞曉川"),
    ("〔記者聞曉川、魯一禾／高雄報導〕", "聞曉川 魯一禾"),
    ("【記者聞曉川台北報導】", "聞曉川"),
    ("【記者聞曉川／綜合報導】", "聞曉川"),
    ("（中央社記者聞曉川台北5日電）", "聞曉川"),
    ("海線日報記者聞曉川／雲林報導", "聞曉川"),
    ("文：聞曉川　圖：魯一禾", "聞曉川 魯一禾"),
    ("撰文：聞曉川", "聞曉川"),
    ("採訪、撰文：聞曉川", "聞曉川"),
    ("本報記者聞曉川", "聞曉川"),
    ("文/图 本报记者 闻晓川", "闻晓川"),
    ("闻晓川 鲁一禾", "闻晓川 鲁一禾"),
    ("本报评论员 闻晓川", "闻晓川"),
    ("编译/闻晓川", "闻晓川"),
    ("口述：鲁一禾　整理：闻晓川", "闻晓川"),
    ("采写/闻晓川", "闻晓川"),
    ("记者 | 闻晓川", "闻晓川"),
    ("记者闻晓川、鲁一禾综合报道", "闻晓川 鲁一禾"),
    ("记者闻晓川发自北京", "闻晓川"),
    ("本报记者 包格日乐", "包格日乐"),
    ("记者 欧阳晓川", "欧阳晓川"),
    ("文字：闻晓川 图片：江城日报", "闻晓川"),
    ("记者/闻晓川 编辑/鲁一禾 校对/沈三元", "闻晓川"),
    ("界面新闻记者 | 闻晓川", "闻晓川"),
    ("每江记者 闻晓川 每江编辑 鲁一禾", "闻晓川"),
    ("江城日报 记者 闻晓川", "闻晓川"),
    ("江城日报 记者 闻晓川 通讯员 鲁一禾", "闻晓川 鲁一禾"),
    ("海線日報 記者 聞曉川／綜合報導", "聞曉川"),
    ("记 者 闻 晓 川", "闻晓川"),
    ("本 报 记 者  闻 晓 川  鲁 一 禾", "闻晓川 鲁一禾"),
    ("文丨闻晓川", "闻晓川"),
    ("撰文丨闻晓川 摄影丨鲁一禾", "闻晓川 鲁一禾"),
    ("文·闻晓川", "闻晓川"),
    ("记者│闻晓川", "闻晓川"),
    ("By 闻晓川", "闻晓川"),
    ("【本報記者聞曉川專訪】", "聞曉川"),
    ("〔記者聞曉川／石橋報導〕", "聞曉川"),
    ("【记者闻晓川 石桥报道】", "闻晓川"),
    ("记者闻晓川 鲁一禾报道", "闻晓川 鲁一禾"),
    ("（記者聞曉川石橋十二日電）", "聞曉川"),
    ("记者 扎西 闻晓川", "扎西 闻晓川"),
    ("记者 格桑卓玛", "格桑卓玛"),
    ("文 叶松", "叶松"),
]


@pytest.mark.parametrize(("line", "names"), BYLINES)
def test_a_line_of_names_below_the_title_is_the_byline(line: str, names: str) -> None:
    found = read(f"{TITLE}\n{line}\n{BODY}\n{MORE}\n")
    assert (found.title, found.byline) == (TITLE, tuple(names.split()))
    assert found.stated_by["byline"] == "text"


NO_BYLINES = [
    "记者：您好", "作者：江城大学",  "记者：为什么修渠", "作者：佚名", "记者 独家", "■ 民生工程", "◆ 治水", "通讯员 供稿", "记者调查", "记者手记", "记者观察", "作者简介", "记者从乡水利站了解到", "引水上山", "通讯员之家", "图文并茂", "图文直播", "文化下乡", "撰文纪念",
    "记者问水", "摄影展开幕", "文明新风", "采访手记", "金秋十月 稻谷飘香", "修渠引水 富民兴乡", "记者走基层", "马上就办 真抓实干", "方言故事", "高温预警", "文·旅相伴", "作者·读者·编者", "文·化·城", "记者 扎西村", "记者专访", "编辑丨鲁一禾",
]  # fmt: skip


@pytest.mark.parametrize("line", NO_BYLINES)
def test_a_heading_below_the_title_is_no_byline(line: str) -> None:
    found = read(f"{TITLE}\n{line}\n{BODY}\n{MORE}\n")
    assert (found.title, found.byline) == (TITLE, ())
    assert "byline" not in found.stated_by


# ---- openings: text in front of the first sentence, publisher, names

OPENINGS = [
    ("本报讯", "", ""),
    ("本报讯 ", "", ""),
    ("本报讯（记者 闻晓川）", "", "闻晓川"),
    ("本报讯 （记者 闻晓川 通讯员 鲁一禾）", "", "闻晓川 鲁一禾"),
    ("本报讯 记者闻晓川报道：", "", "闻晓川"),
    ("本报讯 通讯员鲁一禾、记者闻晓川报道：", "", "鲁一禾 闻晓川"),
    ("本报北京3月5日电 记者闻晓川、鲁一禾报道：", "", "闻晓川 鲁一禾"),
    ("本报北京3月5日电 （记者闻晓川）", "", "闻晓川"),
    ("本报记者 闻晓川 北京报道 ", "", "闻晓川"),
    ("【本報訊】", "", ""),
    ("【本報訊】記者聞曉川報道：", "", "聞曉川"),
    ("【本報記者聞曉川報道】", "", "聞曉川"),
    ("【本報記者聞曉川北京報道】", "", "聞曉川"),
    ("【港城報訊】", "港城報", ""),
    ("【港城報專訊】", "港城報", ""),
    ("【港城報訊】記者聞曉川報道：", "港城報", "聞曉川"),
    ("【港城日報記者聞曉川】", "港城日報", "聞曉川"),
    ("新华社北京3月5日电", "新华社", ""),
    ("新华社北京3月5日电（记者 闻晓川、鲁一禾）", "新华社", "闻晓川 鲁一禾"),
    ("新华社北京3月5日电 （记者闻晓川 鲁一禾）", "新华社", "闻晓川 鲁一禾"),
    ("据新华社北京3月5日电 ", "新华社", ""),
    ("（新华社北京3月5日电）", "新华社", ""),
    ("新华社江城3月5日电 题：", "新华社", ""),
    ("新华社快讯：", "新华社", ""),
    ("中新社江城3月5日电 （记者 闻晓川）", "中新社", "闻晓川"),
    ("中新网江城3月5日电（闻晓川 鲁一禾）", "中新网", "闻晓川 鲁一禾"),
    ("人民网北京3月5日电 （记者闻晓川）", "人民网", "闻晓川"),
    ("央广网江城3月5日消息（记者闻晓川）", "央广网", "闻晓川"),
    ("红溪网3月5日讯（通讯员 鲁一禾）", "红溪网", "鲁一禾"),
    ("江城晚报讯（记者 闻晓川）", "江城晚报", "闻晓川"),
    ("江城晚报讯 记者闻晓川 鲁一禾报道：", "江城晚报", "闻晓川 鲁一禾"),
    ("（中央社記者聞曉川台北5日電）", "中央社", "聞曉川"),
    ("（中央社記者聞曉川新加坡5日電）", "中央社", "聞曉川"),
    ("（中央社台北5日電）", "中央社", ""),
    ("中央社台北5日電 ", "中央社", ""),
    ("（中央社東京5日綜合外電報導）", "中央社", ""),
    ("〔記者聞曉川／台北報導〕", "", "聞曉川"),
    ("【記者聞曉川／台北報導】", "", "聞曉川"),
    ("【記者聞曉川台北報導】", "", "聞曉川"),
    ("［記者聞曉川／台北報導］", "", "聞曉川"),
    ("記者聞曉川／台北報導 ", "", "聞曉川"),
    ("海線日報記者聞曉川／台北報導 ", "海線日報", "聞曉川"),
    ("〔海線日報記者聞曉川、魯一禾／連線報導〕", "海線日報", "聞曉川 魯一禾"),
    ("路透社伦敦3月5日电", "路透社", ""),
    ("江城日报江城3月5日电（记者 闻晓川）", "江城日报", "闻晓川"),
    ("江城日报客户端3月5日讯（记者 闻晓川）", "江城日报客户端", "闻晓川"),
    ("（记者 闻晓川 通讯员 鲁一禾）", "", "闻晓川 鲁一禾"),
    ("（江城日报记者 闻晓川）", "江城日报", "闻晓川"),
    ("环江网讯 （记者 闻晓川）", "环江网", "闻晓川"),
    ("记者 闻晓川报道：", "", "闻晓川"),
    ("本报江城讯（记者 闻晓川）", "", "闻晓川"),
    ("本报讯（闻晓川 鲁一禾）", "", "闻晓川 鲁一禾"),
    ("本报讯（全媒体记者 闻晓川 通讯员 鲁一禾 文/图）", "", "闻晓川 鲁一禾"),
    ("中新社江城三月五日电（记者 闻晓川）", "中新社", "闻晓川"),
    ("〔中央社台北五日電〕", "中央社", ""),
    ("（中央社記者聞曉川、魯一禾華盛頓4日專電）", "中央社", "聞曉川 魯一禾"),
    ("新华社江城3月5日电（“青石观察”记者闻晓川、鲁一禾）", "新华社", "闻晓川 鲁一禾"),
    ("江城晚报讯 记者闻晓川从乡里获悉，", "江城晚报", "闻晓川"),
    ("江城晚报讯 记者昨日从乡里获悉，", "江城晚报", ""),
    ("红溪网3月5日电　记者闻晓川 ", "红溪网", "闻晓川"),
    ("红溪网时刻新闻3月5日讯（记者 闻晓川）", "红溪网时刻新闻", "闻晓川"),
    ("江城新闻客户端消息 ", "江城新闻客户端", ""),
    ("江城网讯，", "江城网", ""),
    ("新华社石桥11月9日电（记者扎西、闻晓川）", "新华社", "扎西 闻晓川"),
    ("本报讯（记者哈达、闻晓川）", "", "哈达 闻晓川"),
    ("（記者聞曉川石橋十二日電）", "", "聞曉川"),
    ("〔記者聞曉川／石橋報導〕", "", "聞曉川"),
    ("（江城日报 记者 闻晓川）", "江城日报", "闻晓川"),
    ("据新华社电 ", "新华社", ""),
    ("据新华社电（记者 闻晓川）", "新华社", "闻晓川"),
    ("中央社／石橋 3日綜合外電報導 ", "中央社", ""),
    ("【中央社台北五日電】", "中央社", ""),
]


@pytest.mark.parametrize(("opening", "publisher", "names"), OPENINGS)
def test_an_opening_names_agency_and_authors(opening: str, publisher: str, names: str) -> None:
    found = read(f"{TITLE}\n{opening}{BODY}\n{MORE}\n")
    assert (found.title, found.publisher, found.byline) == (TITLE, publisher, tuple(names.split()))
    assert found.source.endswith(MORE)
    assert found.published is None


NO_OPENINGS = [
    "据江城日报3月5日报道，", "据江城市人民政府官网消息，", "据江城日报消息（3月5日），", "江城日报消息，", "记者闻晓川从县里获悉，", "记者日前从乡里获悉，", "本报记者在现场看到，", "人民网3月5日电话采访了乡里，", "新华社记者在现场看到，", "江城晚报讯息中心说，", "本报读者闻晓川说，",
    "“本报讯”三个字下面，", "记者闻晓川和村民一起走上堤坝，", "江城日报社3月5日电视问政，", "（一）", "（图为新渠）", "中央社会工作部3月5日说，", "新华书店3月5日电商开业，", "网传3月5日停电，",
    "【江城案例】", "记者站3月5日挂牌，", "据新华社电话采访，", "据合作社电工说，", "通讯社区3月5日通水，", "本网格3月5日",
]  # fmt: skip


@pytest.mark.parametrize("opening", NO_OPENINGS)
def test_a_sentence_that_begins_alike_is_no_opening(opening: str) -> None:
    found = read(f"{TITLE}\n{opening}{BODY}\n{MORE}\n")
    assert (found.publisher, found.byline, found.published) == ("", (), None)


# ---- endings

ENDINGS = [
    ("（据新华社）", "新华社", ""),
    ("（据新华社电）", "新华社", ""),
    ("（新华社）", "新华社", ""),
    ("（据《江城日报》）", "江城日报", ""),
    ("（据《江城日报》报道）", "江城日报", ""),
    ("（据江城日报 闻晓川）", "江城日报", "闻晓川"),
    ("（据中新社、江城日报）", "中新社、江城日报", ""),
    ("据新华社", "新华社", ""),
    ("据《江城日报》", "江城日报", ""),
    ("（原载《江城日报》）", "江城日报", ""),
    ("（原载《江城日报》2024年3月5日第2版）", "江城日报", ""),
    ("原载《江城日报》", "江城日报", ""),
    ("（来源：江城日报）", "江城日报", ""),
    ("来源：江城日报", "江城日报", ""),
    ("（摘自《江城日报》）", "江城日报", ""),
    ("摘自《江城日报》", "江城日报", ""),
    ("转自：江城发布", "江城发布", ""),
    ("（綜合中央社、海線日報）", "中央社、海線日報", ""),
    ("（資料來源：海線日報）", "海線日報", ""),
    ("（記者聞曉川）", "", "聞曉川"),
    ("（闻晓川）", "", "闻晓川"),
    ("（闻晓川 鲁一禾）", "", "闻晓川 鲁一禾"),
    ("（江城日报记者 闻晓川）", "江城日报", "闻晓川"),
    ("（作者：闻晓川）", "", "闻晓川"),
    ("（作者系江城大学教授）", "", ""),
    ("（据新华社江城3月5日电）", "新华社", ""),
    ("（新华社江城3月5日电）", "新华社", ""),
    ("（路透社）", "路透社", ""),
    ("（江城日报 闻晓川）", "江城日报", "闻晓川"),
    ("（本文来源：江城日报）", "江城日报", ""),
    ("（载《江城日报》2024年12月10日）", "江城日报", ""),
    ("（据《江城日报》3月5日报道）", "江城日报", ""),
    ("（完）（记者 闻晓川）", "", "闻晓川"),
    ("综合新华社、江城日报", "新华社、江城日报", ""),
    ("来源 | 江城日报", "江城日报", ""),
    ("（记者 闻晓川 通讯员 鲁一禾）", "", "闻晓川 鲁一禾"),
]


@pytest.mark.parametrize(
    ("ending", "publisher", "names", "between"),
    # What stands in no brackets has a line of its own.
    [(*one, between) for one in ENDINGS for between in ("\n", "") if between or one[0][0] in "（(【"],
)
def test_an_ending_names_publisher_and_authors(ending: str, publisher: str, names: str, between: str) -> None:
    found = read(f"{TITLE}\n{BODY}\n{MORE}{between}{ending}\n")
    assert (found.publisher, found.byline) == (publisher, tuple(names.split()))


def test_an_ending_stands_above_the_address_of_the_paper() -> None:
    found = read(f"{TITLE}\n{BODY}\n{MORE}\n（据石桥县政府网）\n本报地址：石桥县新渠路6号　电话：0000-1234567\n")
    assert found.publisher == "石桥县政府网"


NO_ENDINGS = [
    "（化名）", "（完）", "（待续）", "（据统计）", "（据了解）", "（均为化名）", "（节选）", "（文中人物均为化名）", "（江城）", "（摄于三月）", "（图片由乡政府提供）", "（下转第三版）", "（上接第一版）",
    "（高温）", "（方便）", "（未完待续）", "（据调查）", "（闻晓川 摄）", "（图源：江城发布）", "（编辑：闻晓川）", "（江城市水利局供稿）", "（原题：一渠清水）",
]  # fmt: skip


@pytest.mark.parametrize("between", ["", "\n"])
@pytest.mark.parametrize("ending", NO_ENDINGS)
def test_another_bracket_at_the_end_names_nobody(ending: str, between: str) -> None:
    found = read(f"{TITLE}\n{BODY}\n{MORE}{between}{ending}\n")
    assert (found.publisher, found.byline) == ("", ())


# ---- source lines

DAY = dt.date(2024, 12, 10)
SOURCES = [
    ("江城日报 2024-12-10 09:30", "江城日报", DAY, ""),
    ("江城日报　2024年12月10日", "江城日报", DAY, ""),
    ("2024年12月10日　江城日报", "江城日报", DAY, ""),
    ("2024-12-10 09:30:12　来源：江城日报　作者：闻晓川", "江城日报", DAY, "闻晓川"),
    ("发布时间：2024-12-10", "", DAY, ""),
    ("发布时间：2024年12月10日 09:30  来源：乡水利站  浏览次数：36", "乡水利站", DAY, ""),
    ("发布日期:2024/12/10", "", DAY, ""),
    ("时间：2024.12.10　来源：江城日报", "江城日报", DAY, ""),
    ("2024年12月10日 星期二 第03版", "", DAY, ""),
    ("江城日报 2024年12月10日 星期二 第03版：要闻", "江城日报", DAY, ""),
    ("2024年12月10日  星期二  农历甲辰年十一月初十", "", DAY, ""),
    ("民國113年12月10日", "", DAY, ""),
    ("中華民國113年12月10日 星期二", "", DAY, ""),
    ("發布日期：113-12-10", "", DAY, ""),
    ("發布日期：113年12月10日", "", DAY, ""),
    ("海線日報 113/12/10 09:30", "海線日報", DAY, ""),
    ("2024/12/10 09:30　海線日報　記者聞曉川", "海線日報", DAY, "聞曉川"),
    ("2024-12-10T09:30:00+08:00", "", DAY, ""),
    ("《江城日报》（2024年12月10日 第03版）", "江城日报", DAY, ""),
    ("江城日报（2024年12月10日）", "江城日报", DAY, ""),
    ("(2024年12月10日)", "", DAY, ""),
    ("二〇二四年十二月十日 星期二", "", DAY, ""),
    ("来源：江城日报 | 2024年12月10日", "江城日报", DAY, ""),
    ("来源：江城日报 发布于 2024-12-10 09:30 江城", "江城日报", DAY, ""),
    ("刊发时间：2024-12-10　责任编辑：鲁一禾", "", DAY, ""),
    ("更新时间：2024-12-10 09:30", "", DAY, ""),
    ("江城日报社 2024.12.10", "江城日报社", DAY, ""),
    ("Published: 2024-12-10", "", DAY, ""),
    ("江城日报 | 2024-12-10 09:30 | 闻晓川", "江城日报", DAY, "闻晓川"),
    ("闻晓川 江城发布 2024-12-10", "江城发布", DAY, "闻晓川"),
    ("2024-12-10 09:30 聞曉川", "", DAY, "聞曉川"),
    ("第03版：要闻 2024年12月10日", "", DAY, ""),
    ("A03 | 港聞 | 2024-12-10", "", DAY, ""),
    ("《江城日报》2024年12月10日第3版", "江城日报", DAY, ""),
    ("【江城日报】2024-12-10", "江城日报", DAY, ""),
    ("（中央社）2024/12/10 09:30", "中央社", DAY, ""),
    ("撰文：聞曉川 出版：2024-12-10 09:30 更新：2024-12-10 10:30", "", DAY, "聞曉川"),
    ("来源：江城日报2024年12月10日", "江城日报", DAY, ""),
    ("【来源：江城日报】", "江城日报", None, ""),
    ("来源：新华社", "新华社", None, ""),
    ("稿件来源： 江城日报", "江城日报", None, ""),
    ("来源/江城日报", "江城日报", None, ""),
    ("文章来源：江城日报 记者 闻晓川", "江城日报", None, "闻晓川"),
    ("新闻来源 江城日报", "江城日报", None, ""),
    ("来源：《江城周刊》2018年第17期", "江城周刊", None, ""),
    ("来源：江城周刊第17期", "江城周刊", None, ""),
    ("中華民國一百一十三年十二月十日", "", DAY, ""),
    ("民國一一三年十二月十日 星期二", "", DAY, ""),
    ("社区 2024年12月10日", "", DAY, ""),
    ("A03 民生·社区 2024年12月10日 星期二 编辑：沈三元 版式：鲁一禾", "", DAY, ""),
    ("2024年12月10日 星期二 责任编辑 沈三元 美编 鲁一禾", "", DAY, ""),
    ("第1234期 2024年12月10日", "", DAY, ""),
]


@pytest.mark.parametrize(("line", "publisher", "published", "names"), SOURCES)
def test_a_source_line_states_publisher_and_day(
    line: str, publisher: str, published: dt.date | None, names: str
) -> None:
    found = read(f"{TITLE}\n{line}\n{BODY}\n{MORE}\n")
    assert (found.title, found.publisher, found.published) == (TITLE, publisher, published)
    assert found.byline == tuple(names.split())
    assert found.stated_by.get("published") == (None if published is None else "text")
    assert not found.warnings


NO_SOURCES = [
    "2024年2月30日", "发布时间：2024-13-10", "1824年12月10日", "3024-12-10", "电话：2024-1210", "2024年12月10日，水渠通水", "2024年12月10日新渠通水", "2024年修渠纪实", "编号：20241210", "20241210",
    "水从哪里来：2024年12月10日的答卷", "从2024年12月10日到今天", "2024年12月1日—10日", "电话0000-20241210", "资金来源", "水的来源",
]  # fmt: skip


@pytest.mark.parametrize("line", NO_SOURCES)
def test_a_line_with_figures_that_is_no_source_line_states_no_day(line: str) -> None:
    found = read(f"{TITLE}\n{line}\n{BODY}\n{MORE}\n")
    assert (found.publisher, found.published) == ("", None)


PIECES = [
    *"（）()【】〔〕：:、，。/| 　《》“”·-0123456789日月年电電讯訊报報社网記记者通员文图摄据來源", "本报", "记者", "通讯员", "闻晓川", "鲁一禾", "新华社", "中央社", "江城日报", "北京", "台北", "3月5日电", "2024年", "12月",
    "10日", "2024-12-10", "来源：", "原载", "（据", "报道", "報導", "第3版", "民國113年", "二〇二四年", "三十一日", "作者", "\n", BODY, TITLE,
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=600, deadline=None)
def test_whatever_stands_beside_an_article_its_facts_are_slices_of_it(beside: str) -> None:
    for text in (f"{TITLE}\n{beside}\n{BODY}\n{MORE}\n", f"{TITLE}\n{beside}{BODY}\n{MORE}{beside}\n", beside):
        for found in articles(Document(beside[:20], text)):
            assert found.published is None or 1900 <= found.published.year <= 2100
            assert set(found.evidence) - {"headline"} <= set(found.stated_by)
            for start, end in found.evidence.values():
                assert 0 <= start < end <= len(text)
            if "publisher" in found.evidence:
                assert fold(found.publisher) in fold(text[slice(*found.evidence["publisher"])])
            for name in found.byline:
                assert set(name) <= set(text)


# ---- region and calendar

SCHOOL = "兩所學校的學生可以免費乘車，每天有三百人受惠。\n校長說，明年還會開通另外兩條路線，讓更多學生受惠。\n"


@pytest.mark.parametrize(
    ("opening", "region"),
    [
        ("【明報專訊】", "HK"), ("【大公報訊】", "HK"), ("（星島日報記者聞曉川）", "HK"), ("【中央社台北三日電】", "TW"), ("（中央社台北3日電）", "TW"), ("中央社／台北 3日電 ", "TW"),
        ("【聯合報記者聞曉川】", "TW"), ("【澳門日報專訊】", "MO"), ("【江城日報訊】", "CN"), ("新華社北京3月5日電 ", "CN"), ("據明報報道，", "CN"),
    ],
)  # fmt: skip
def test_a_paper_that_opens_its_report_shows_the_region(opening: str, region: str) -> None:
    found = read(f"新橋通車\n{opening}{SCHOOL}")
    assert found.region == region


@pytest.mark.parametrize(
    ("publisher", "body", "region"),
    [
        ("明報", SCHOOL, "HK"),
        ("香港商報", SCHOOL, "HK"),
        ("中央社", SCHOOL, "TW"),
        ("澳門日報", SCHOOL, "MO"),
        ("江城日報", SCHOOL, "CN"),
        ("明報", BODY, "CN"),
        ("明報", f"縣委說，將為鄉鎮幹部開設課程。\n{SCHOOL}", "CN"),
    ],
)
def test_the_publisher_shows_the_region_of_a_text_in_its_script(publisher: str, body: str, region: str) -> None:
    assert read(f"新橋通車\n來源：{publisher}\n{body}").region == region
    stated = read(f"新橋通車\n{body}", publisher=publisher)
    assert (stated.region, stated.stated_by.get("region")) == (region, "row" if region != "CN" else None)


@pytest.mark.parametrize(
    ("line", "body", "doubted"),
    [
        ("113年12月10日", BODY, True),
        ("发布时间：113-12-10", BODY, True),
        ("發布日期：113年12月10日", SCHOOL, False),
        ("113年12月10日", "縣府昨天說，兩所國小的學生可免費乘車，票價為新臺幣30元。\n", False),
        ("113年12月10日", "房署說，公屋居民可免費乘搭小巴，票價為港幣30元，學生也可以受惠。\n", True),
        ("民国113年12月10日", BODY, False),
        ("2024年12月10日", BODY, False),
    ],
)
def test_the_calendar_of_taiwan_is_doubted_where_nothing_else_is_from_there(
    line: str, body: str, doubted: bool
) -> None:
    found = read(f"{TITLE}\n{line}\n{body}")
    assert found.published == DAY
    assert ["calendar of Taiwan" in warning for warning in found.warnings] == ([True] if doubted else [])
