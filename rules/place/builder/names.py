"""What a name is made of, and the tables written by hand that say it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

TABLES = Path(__file__).parent


def rows_of(table: str) -> Iterator[list[str]]:
    """The rows of a table in this folder, cut at tabs; lines that begin with # are for the reader."""
    for line in (TABLES / table).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line.split("\t")


# Peoples in the names of autonomous units, longest first: 彭水[苗族][土家族]自治县. 各族 is in 龙胜各族自治县.
PEOPLES = (
    "蒙古族|蒙古|回族|藏族|维吾尔族|维吾尔|苗族|彝族|壮族|布依族|朝鲜族|满族|侗族|瑶族|白族|土家族|哈尼族|哈萨克族|哈萨克|"
    "傣族|黎族|傈僳族|佤族|畲族|拉祜族|水族|东乡族|纳西族|景颇族|柯尔克孜族|柯尔克孜|土族|达斡尔族|仫佬族|羌族|布朗族|"
    "撒拉族|毛南族|仡佬族|锡伯族|锡伯|普米族|塔吉克族|塔吉克|怒族|鄂温克族|保安族|裕固族|独龙族|鄂伦春族|各族"
)
AUTONOMOUS = re.compile(rf"(?P<base>.+?)(?:{PEOPLES})+(?P<kind>自治州|自治县|自治旗|区)")


def stem(name: str) -> str:
    """`name` without what says of which kind it is: 深圳市 → 深圳, 景宁畲族自治县 → 景宁, 喀什地区 → 喀什."""
    if found := AUTONOMOUS.fullmatch(name):
        return found["base"]
    if name.endswith(("左旗", "右旗", "前旗", "中旗", "后旗")):
        return name
    return re.sub(r"(?:自治旗|地区|矿区|特区|省|市|区|县|旗|盟)$", "", name)


# Stems that nobody uses alone: they say where in a city a district lies, or what it is.
STEM_IS_NO_NAME = {
    "市中", "城中", "城东", "城西", "城南", "城北", "城区", "城郊", "城关", "市北", "市南", "桥东", "桥西", "路南",
    "路北", "铁东", "铁西", "河东", "河西", "江东", "江南", "江北", "道里", "道外", "新区", "老城", "古城", "新城",
    "新市", "中站", "海港",
}  # fmt: skip

# Districts given up that news called by their bare name.
DISTRICT_BY_ITS_STEM = {
    "崇文", "宣武", "塘沽", "汉沽", "卢湾", "闸北", "南汇", "崇安", "北塘", "金阊", "沧浪", "下城", "江干", "港闸", "梅列",
    "湾里", "芳村", "莱城", "楚州", "维扬", "秀城", "北道", "居巢", "新城子", "达濠", "戚墅堰",
    "石炭井", "五桥", "枳城", "元坝", "茂港", "蝶山", "金家庄", "铜官山", "翠峦", "乌伊岭",
    "八道江", "浑江", "荆沙", "萝岗",
}  # fmt: skip

# Bare names of divisions given up that mean something else more often: words, mountains, rivers, other places.
FORMER_NOT_ALONE = {
    "乌拉特中后联合", "光化", "清江", "海龙", "沙洲", "渡口", "苍山", "东沟", "盐井", "海康", "下关", "峨眉", "广济", "交河",
    "南坪", "生达", "龙溪", "镜泊湖", "西昌", "安平", "太平", "江都", "永新", "旅大", "雁北", "怀德", "应山", "巴彦", "新金",
}  # fmt: skip


def words_of(table: str) -> list[str]:
    """The words of a list in this folder, separated by blanks or lines; lines that begin with # are for the reader."""
    lines = (TABLES / table).read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]
