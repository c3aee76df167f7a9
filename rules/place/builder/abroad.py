"""Countries, their states and provinces, and their cities."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from builder.archives import read_json, read_text
from builder.names import rows_of
from builder.place import Place, simplified

# In the list of CLDR, but no country or inhabited territory, or a row elsewhere (Hong Kong, Macau, Taiwan).
NO_COUNTRY = set("AC AQ BV CN CP CQ DG EA EU EZ HK HM IC MO QO TA TF TW UM UN XA XB ZZ GS".split())

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


def countries(folder: Path) -> list[Place]:
    """Countries and territories of ISO 3166-1, with the names that the mainland, Taiwan and Hong Kong give them."""
    names: dict[str, list[str]] = defaultdict(list)
    for locale in ("zh", "zh-Hant", "zh-Hant-HK"):
        data = read_json(folder, "cldr", f"main/{locale}/territories.json")
        for key, name in data["main"][locale]["localeDisplayNames"]["territories"].items():
            if re.fullmatch(r"[A-Z]{2}(-alt-.*)?", key) and key[:2] not in NO_COUNTRY:
                names[key[:2]].append(simplified(name).replace(" ", ""))
    places = {"CN": Place("CN", "中国", "country", "", "CN", ["中华人民共和国", "中国大陆", "=中"])}
    for code, (name, *others) in names.items():
        places[code] = Place(code, COUNTRY_NAME.get(code, name), "country", "", code)
        places[code].also(*(other for other in (name, *others) if other not in COUNTRY_NOT))
    by_name = {name: place for place in places.values() for name in (place.name, *place.short)}
    for line in read_text(folder, "jionlp", "jionlp/dictionary/world_location.txt").split("\n"):
        short, _, rest = line.partition("\t")
        if short in by_name and short != "中国":
            by_name[short].also(rest.split("\t")[0])
    for code, also in rows_of("country_names.tsv"):
        places[code].also(*also.split("|"))
    return list(places.values())


def cities_and_states() -> list[Place]:
    """Foreign states and provinces, then cities; both stand right below their country."""
    rows = [*rows_of("states.tsv"), *(["prefecture", *row] for row in rows_of("cities.tsv"))]
    places = []
    for level, country, entries in rows:
        for entry in entries.split(", "):
            name, *others = entry.split("|")
            place = Place(f"{country}:{name}", name, level, country, country)
            place.also(*others)
            places.append(place)
    return places
