"""Where an article was published, by what it says: whose 元 it counts in."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, cast

import regex
from ahocorasick_rs import AhoCorasick, MatchKind

from extractor.article import Region, Span
from extractor.normalise.script import is_traditional, letters

# Papers and agencies that publish in one place only.
_PAPERS: Final = {
    "TW": (
        "中央社 中央通訊社 聯合報 聯合晚報 聯合新聞網 中國時報 中時新聞網 自由時報 工商時報 中華日報 更生日報 國語日報 人間福報 青年日報 民眾日報 旺報 鏡週刊 三立新聞 三立新聞網 民視新聞 東森新聞 公視 公視新聞"
    ),
    "HK": "明報 大公報 文匯報 星島日報 東方日報 信報 頭條日報 成報 南華早報 都市日報 晴報 大公文匯網 香港01",
    "MO": "澳門日報 華僑報 市民日報 力報 正報 濠江日報 現代澳門日報",
}
_PAPER_REGIONS: Final = {name: region for region, names in _PAPERS.items() for name in names.split()}
_NAMED_AFTER: Final = (("香港", "HK"), ("台灣", "TW"), ("臺灣", "TW"), ("澳門", "MO"))
_SENDS = r"(?:綜合|專|特|快)?(?:訊|記者)"
# 【明報專訊】, (大公報記者…): a paper of one place names itself in the opening of its report.
_OPENED = {
    region: regex.compile(rf"[【〔\[（(](?:{'|'.join(names.split())}){_SENDS}") for region, names in _PAPERS.items()
}
_OPENED_SIGNS: Final = ("訊】", "訊）", "訊)", "訊〕", "訊]", "報記者", "聞記者", "網記者", "社記者", "01記者")
_FIGURE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
# Said in one place only: its calendar, its agency, the way its papers sign; and its money.
_TAIWAN = regex.compile(
    r"民國(?:前)?[\d一二三四五六七八九十○〇零百]{1,5}年|新臺幣|新台幣|[記记]者[\p{Han}、]{2,14}[/／][\p{Han}]{2,8}(?:報導|連線報導)|中央社(?:記者|[\p{Han}]{2,3}\d{1,2}日電)"
    rf"|中央社[/／ ]?[\p{{Han}}]{{2,4}} ?{_FIGURE}日(?:綜合)?(?:外|專)?電"
)
_TAIWAN_SIGNS: Final = ("民國", "新臺幣", "新台幣", "報導", "中央社")
_MONEY: Final = {"HK": ("港元", "港幣", "HK$"), "MO": ("澳門元", "澳門幣", "MOP")}
# Everyday words of its reports: offices, housing, measures, districts. One may stand in any report, so it takes two.
_WORDS: Final = {
    "TW": (
        "立法院 行政院 監察院 司法院 總統府 衛福部 勞動部 內政部 經濟部 環境部 數發部 國發會 立委 縣府 市府 縣議會 市議會 鄉公所 鎮公所 區公所 里長 里民 國小 高職 健保 捷運 機車 地檢署 "
        "警分局 分局長 民進黨 國民黨 民眾黨 六都 台灣 臺灣 台北 臺北 新北 台中 臺中 台南 臺南 高雄 桃園市 基隆 新竹 苗栗 彰化 南投 雲林 嘉義 屏東 宜蘭 花蓮 台東 臺東 澎湖 "
        "主計總處 衛生局 社會局 環保局 農業局 交通局 教育局 消防局 公所 志工 長照 勞保 公投 檢調 縣市 全台 全臺"
    ),
    "HK": (
        "香港 本港 港府 港聞 立法會 區議會 特區政府 行政長官 房屋局 房委會 房署 房屋署 運輸署 食環署 社署 社會福利署 衞生署 醫管局 警務處 入境處 消防處 懲教署 廉署 廉政公署 申訴專員 "
        "勞工處 渠務署 水務署 地政總署 規劃署 教育局 發展局 金管局 強積金 綜援 公屋 居屋 劏房 唐樓 簡約公屋 村屋 屋邨 邨 呎 平方呎 的士 小巴 港鐵 九巴 新界 九龍 觀塘 深水埗 "
        "油尖旺 旺角 尖沙咀 灣仔 中環 銅鑼灣 北角 沙田 大埔 屯門 元朗 天水圍 荃灣 葵青 葵涌 將軍澳 牛頭角 啟德 離島區 升降機 裁判法院 區域法院 高等法院原訟 入稟 嘅 喺 咗 佢 哋 啲 "
        "報訊】 專訊】 【本報記者】"
    ),
    "MO": (
        "澳門 本澳 全澳 濠江 氹仔 路環 路氹 澳門半島 行政會 社工局 市政署 房屋局 治安警 司警 司法警察局 博監局 博彩 勞工局 交通事務局 海事及水務局 教青局 旅遊局 統計暨普查局 金管局 "
        "經屋 社屋 黑沙環 筷子基 祐漢 新口岸 離島醫院 輕軌 特區政府 立法會 行政長官 文化局 坊會 街總"
    ),
    "CN": (
        "街道辦 街道辦事處 黨支部 黨委 黨員 黨組 黨建 縣委 市委 省委 區委 鎮黨委 村委會 居委會 村兩委 村民小組 人民政府 國務院 共產黨 習近平 中央財政 自治州 自治縣 自治區 鄉鎮 幹部 群衆 全省 "
        "本省 畝 萬畝 脫貧 鄉村振興 社工站 十四五 十五五 改革開放 新時代 省級 縣域 地級市 縣級市 政協 發改委 人社局 農業農村局 公安局 民政局 財政局 網格員 微信 高考 小康"
    ),
}
_SAMPLE: Final = 2000  # code points; who wrote a report shows long before
_OPENING: Final = 400  # code points in which a report names its paper
_REGIONS: Final = ("TW", "HK", "MO")
_WORD_LISTS = {region: tuple(words.split()) for region, words in _WORDS.items()}


def may_be_elsewhere(present: frozenset[str] | set[str]) -> bool:
    """Whether a text with these characters may come from anywhere but the Mainland: none has been found without traditional ones."""
    return "$" in present or not present.isdisjoint(letters())


def region_of(text: str) -> Region:
    """TW, HK or MO on evidence only, in a text of traditional characters; else CN.

    Its money or calendar is proof, else two of its everyday words and more than of any other region's: Mainland reports
    converted to traditional characters have words of their own (黨委, 鄉鎮, 幹部).

    >>> region_of("票價新台幣300元"), region_of("漁港開放後，過百萬人次來訪，每張票售港幣80元"), region_of("售价80港元")
    ('TW', 'HK', 'CN')
    >>> region_of("房委會說，將為這條公屋邨開設診所"), region_of("縣府說，將為兩所國小開設課後班"), region_of("本澳居民說，經屋應開放申請")
    ('HK', 'TW', 'MO')
    >>> region_of("縣委說，將為鄉鎮幹部開設課程，並組團赴香港學習公屋經驗")
    'CN'
    >>> region_of("【明報專訊】兩所學校的學生可以乘車"), region_of("【中央社台北三日電】兩所學校的學生可以乘車")
    ('HK', 'TW')
    """
    present = set(text)
    if not may_be_elsewhere(present):
        return "CN"
    taiwan = len(_TAIWAN.findall(text)) if any(sign in text for sign in _TAIWAN_SIGNS) else 0
    hong_kong, macau = (sum(map(text.count, _MONEY[region])) for region in ("HK", "MO"))
    opening = text[:_OPENING]
    if any(sign in opening for sign in _OPENED_SIGNS):
        opened = {region: len(pattern.findall(opening)) for region, pattern in _OPENED.items()}
        taiwan, hong_kong, macau = taiwan + opened["TW"], hong_kong + opened["HK"], macau + opened["MO"]
    if taiwan:
        return "TW" if hong_kong <= 2 * taiwan else "HK"
    if not is_traditional(present) and len(present & letters()) * 8 < len(
        present
    ):  # a short one holds few of the first
        return "CN"
    if hong_kong or macau:
        return "HK" if hong_kong >= macau else "MO"
    score = _score(text)
    best = max(_REGIONS, key=lambda region: score[region])
    if score[best] < 2 or any(score[other] >= score[best] for other in score if other != best):
        return "CN"
    return cast("Region", best)


def region_of_paper(name: str) -> Region:
    """Where the paper or agency `name` publishes, CN where it is not known to publish elsewhere.

    >>> region_of_paper("明報"), region_of_paper("中央社"), region_of_paper("江城日報"), region_of_paper("香港商報")
    ('HK', 'TW', 'CN', 'HK')
    """
    named_after = (region for place, region in _NAMED_AFTER if name.startswith(place))
    return cast("Region", _PAPER_REGIONS.get(name) or next(named_after, "CN"))


def sign_of(text: str, region: Region) -> Span:
    """Where the first sign of `region` stands in `text`, for which `region_of` has found it.

    >>> sign_of("票價新台幣300元", "TW"), sign_of("房委會說，將為這條公屋邨開設診所", "HK")
    ((2, 5), (0, 3))
    """
    if region == "TW" and (found := _TAIWAN.search(text)) is not None:
        return found.span()
    if region in _OPENED and (found := _OPENED[region].search(text[:_OPENING])) is not None:
        return found.start() + 1, found.end()
    for signs in (_MONEY.get(region, ()), _WORD_LISTS[region]):
        places = [(place, place + len(sign)) for sign in signs if (place := text.find(sign)) >= 0]
        if places:
            return min(places)
    return 0, len(text)


def is_mainland(text: str) -> bool:
    """Whether the words of `text` are rather those of a Mainland report: it keeps its region on whatever page it stands.

    >>> is_mainland("縣委說，將為鄉鎮幹部開設課程"), is_mainland("將為這條公屋邨開設診所")
    (True, False)
    """
    score = _score(text)
    return score["CN"] > 1 and score["CN"] >= max(score[region] for region in _REGIONS)


@lru_cache(maxsize=1)
def _words() -> tuple[AhoCorasick, list[tuple[str, ...]]]:
    """The words of all regions as one search, and in its order the regions in which each is said."""
    words = list(dict.fromkeys(word for listed in _WORD_LISTS.values() for word in listed))
    said = [tuple(region for region, listed in _WORD_LISTS.items() if word in listed) for word in words]
    return AhoCorasick(words, matchkind=MatchKind.Standard), said


def _score(text: str) -> dict[str, int]:
    """How many different words of each region `text` holds."""
    search, said = _words()
    found = {number for number, _, _ in search.find_matches_as_indexes(text[:_SAMPLE], overlapping=True)}
    score = dict.fromkeys(_WORD_LISTS, 0)
    for number in found:
        for region in said[number]:
            score[region] += 1
    return score
