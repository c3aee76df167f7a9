"""Write training sentences for the tagger: sentence templates filled by a grammar of names.

Everything that is Chinese stands in templates.toml beside this file; places come from the tables of divisions in the folder
given by --rules (place/gazetteer.tsv, place/townships.tsv, surnames from clause/lexicon.toml). Same seed, same bytes.

Markup of templates.toml:
    {a|b|}        one of the options              {word}       an entry of [grammar]; `3*` before an entry is its weight
    {N:2-90}      a number                        {x#k} {=k}   remember what x gave, repeat it; {~k} only the core in quotes
    {@county}     a place's name, {L:county} the same as an entity
    {P:project}   a program of that category: {Q:…} with marks, {U:…} without, {A:…} the quoted core alone
    <o …> <s …> <l …> <p.plan …>   a span; of nested ones the outermost counts
"""

import argparse
import json
import random
import re
import tomllib
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

ENTITY = {"l": "place", "s": "person", "o": "organisation"}
SHORTEST, LONGEST = 15, 110
MARKS = str.maketrans("", "", "“”‘’「」\"'")


class Gazetteer:
    """Divisions of the mainland by province, with the places grown from them."""

    def __init__(self, rules: Path) -> None:
        """Read the two tables of places in `rules`."""
        self.name, self.short, self.parent = dict[str, str](), dict[str, str](), dict[str, str]()
        self.counties: dict[str, list[str]] = defaultdict(list)
        self.foreign, self.natural = list[str](), list[str]()
        words: set[str] = set()
        for line in (rules / "place/gazetteer.tsv").read_text("utf-8").splitlines():
            if line.startswith("#"):
                words.update(line.removeprefix("# words:").split() if line.startswith("# words:") else ())
                continue
            code, name, short, level, parent, country, *_ = line.split("\t")
            if code.startswith("N:") and country == "CN":
                self.natural.append(name)
            elif level == "prefecture" and country not in ("", "CN", "TW", "HK", "MO"):
                self.foreign.append(name)
            if not re.fullmatch(r"(?!71|81|82)\d{6}", code):
                continue
            self.name[code], self.parent[code] = name, parent
            first = next((s for s in short.split("|") if s and not s.startswith("=")), "")
            self.short[code] = first if len(first) >= 2 and first not in words else name
            if level == "county" and name not in ("城区", "郊区", "矿区"):
                self.counties[code[:2]].append(code)
        self.towns: dict[str, list[str]] = {}
        for line in (rules / "place/townships.tsv").read_text("utf-8").splitlines():
            if not line.startswith("#"):
                code, _, rest = line.partition("\t")
                names = [item[3:].partition("|")[0] for item in rest.split()]
                self.towns[code] = [n for n in names if re.fullmatch(r".{2,5}(镇|乡|街道)", n)]
        self.provinces = sorted(self.counties)

    def chain(self, code: str) -> list[str]:
        """Codes from the province down to `code`."""
        found = [code]
        while (code := self.parent.get(code, "")) in self.name:
            found.insert(0, code)
        return found


class Writer:
    """Fills templates; keeps what one sentence needs to stay of a piece."""

    def __init__(self, table: dict[str, Any], gazetteer: Gazetteer, surnames: list[str], seed: int) -> None:
        """Take word lists, places and surnames; `seed` decides everything else."""
        self.random = random.Random(seed)  # noqa: S311
        self.grammar = {key: self.entries(value) for key, value in table["grammar"].items()}
        self.grammar["surname"] = self.entries(surnames)
        self.category: dict[str, dict[str, Any]] = table["category"]
        self.words = {key: {part: self.entries(row[part]) for part in row} for key, row in self.category.items()}
        self.gazetteer, self.kept = gazetteer, dict[str, str]()
        self.current = self.core = self.home = ""

    @staticmethod
    def entries(value: str | list[str]) -> list[str]:
        """Return a list of words, from a string set apart by blanks; an entry `3*x` stands three times."""
        found: list[str] = []
        for item in value.split() if isinstance(value, str) else value:
            weight, star, rest = item.partition("*")
            found += [rest] * int(weight) if star and weight.isdigit() else [item]
        return found

    def write(self, template: str) -> str:
        """Return the template filled, with its markup of spans."""
        province = self.random.choice(self.gazetteer.provinces)
        self.home = self.random.choice(self.gazetteer.counties[province])
        self.kept = {}
        return self.fill(template)

    def fill(self, text: str) -> str:
        """Replace each {…} from left to right."""
        out: list[str] = []
        depth, bars = 0, list[int]()
        for at, char in enumerate(text):
            depth -= char == "}"
            if char == "{" and depth == 0:
                bars = [at]
            elif char == "|" and depth == 1:
                bars.append(at)
            elif char == "}" and depth == 0:
                option = self.random.choice([text[a + 1 : b] for a, b in pairwise([*bars, at])])
                out.append(self.fill(option) if len(bars) > 1 else self.slot(option))
            elif depth == 0:
                out.append(char)
            depth += char == "{"
        return "".join(out)

    def slot(self, body: str) -> str:
        """Return what one slot stands for."""
        if body[0] in "=~":
            return self.kept[body if body[0] == "~" else body[1:]]
        body, _, key = body.partition("#")
        kind, colon, rest = body.partition(":")
        if body.startswith("@"):
            found = self.place(body[1:])
        elif colon and kind == "L":
            found = f"<l {self.place(rest)}>"
        elif colon and kind == "N":
            found = str(self.random.randint(*map(int, rest.split("-"))))
        elif colon:
            found = self.program(kind, self.random.choice(rest.split(",")))
        elif body in ("H", "M"):
            found = self.fill(self.random.choice(self.words[self.current]["heads" if body == "H" else "mods"]))
        else:
            found = self.fill(self.random.choice(self.grammar[body]))
            self.core = found if body == "core" else self.core
        if key:
            self.kept[key] = found
            self.kept["~" + key] = f"<p.{self.category.get(self.current, {}).get('is', 'project')} “{self.core}”>"
        return found

    def program(self, kind: str, category: str) -> str:
        """Return a program's name of one category in the form asked for."""
        forms = self.words[category]
        if kind == "P":
            kind = "Q" if not forms.get("plain") or (forms.get("quoted") and self.random.random() < 0.7) else "U"
        self.current = category
        form = "“{core}”" if kind == "A" else self.random.choice(forms["quoted" if kind == "Q" else "plain"])
        return f"<p.{self.category[category]['is']} {self.fill(form)}>"

    def place(self, kind: str) -> str:
        """Return a place of one kind, mostly in the county that the sentence is about, always in its province."""
        gazetteer, pick = self.gazetteer, self.random.choice
        if kind in ("prefecture", "natural"):
            return pick(gazetteer.foreign if kind == "prefecture" else gazetteer.natural)
        if f"place_{kind}" in self.grammar:
            return self.fill(pick(self.grammar[f"place_{kind}"]))
        home = self.home if self.random.random() < 0.85 else pick(gazetteer.counties[self.home[:2]])
        names = [gazetteer.name[code] for code in gazetteer.chain(home)]
        shorts = [gazetteer.short[code] for code in gazetteer.chain(home)]
        city = 1 if len(names) > 2 else 0 if names[0].endswith("市") else len(names) - 1
        town = pick(gazetteer.towns.get(home) or ["城关镇"])
        if kind == "chain":
            kind = pick("county county city two two full short countytown deep cityshort".split())
        deep = self.fill("{{place_village}|{place_village}|{place_community}}")
        table = {"province": names[0], "provinceshort": shorts[0], "city": names[city], "cityshort": shorts[city]}
        table |= {"county": names[-1], "two": names[-2] + names[-1], "full": "".join(names), "town": town}
        table |= {"countytown": names[-1] + town, "townvillage": town + deep}
        table["short"] = shorts[0] + (shorts[city] if city else names[-1])
        table["deep"] = pick(["".join(names), names[-2] + names[-1], names[-1], names[-1]]) + town + deep
        return table[kind]


def spans(marked: str) -> tuple[str, list[tuple[str, int, int]]]:
    """Return the text without markup and its outermost spans (kind, start, end)."""
    text, found, stack, quotes = list[str](), list[tuple[str, int, int]](), list[tuple[str, int]](), 0
    for part in re.findall(r"<[a-z._]+ |.", marked, re.DOTALL):
        if len(part) > 1:
            stack.append((part[1:-1], len(text)))
        elif part == ">":
            kind, start = stack.pop()
            if not stack:
                found.append((kind, start, len(text)))
        else:
            quotes -= part == "”"  # marks inside marks are single ones
            text.append({"“": "‘", "”": "’"}.get(part, part) if quotes else part)
            quotes += part == "“"
    return "".join(text), found


def record(number: int, text: str, found: list[tuple[str, int, int]]) -> dict[str, Any]:
    """Return one line of the output."""
    mentions, entities = list[dict[str, Any]](), list[dict[str, Any]]()
    for kind, start, end in found:
        raw = text[start:end]
        letter, _, category = kind.partition(".")
        item: dict[str, Any] = {"type": ENTITY.get(letter, "program"), "raw": raw}
        nth = sum(text.startswith(raw, at) for at in range(start + 1))
        if nth > 1:
            item["nth"] = nth
        if letter == "p":
            item["name"] = raw[1:-1] if raw.startswith("《") and raw.endswith("》") else raw.translate(MARKS)
            item["category"] = category
        (mentions if letter == "p" else entities).append(item)
    row: dict[str, Any] = {
        "doc": f"g-{number:06}",
        "domain": "generated",
        "text": text,
        "published": "",
        "region": "CN",
    }
    return row | {"types": ["program"], "articles": [], "mentions": mentions, "entities": entities}


def sentences(count: int, seed: int, rules: Path) -> list[dict[str, Any]]:
    """Return `count` records; every template comes up equally often."""
    table = tomllib.loads((Path(__file__).parent / "templates.toml").read_text("utf-8"))
    surnames = tomllib.loads((rules / "clause/lexicon.toml").read_text("utf-8"))["speaker_surname"]["words"]
    common = table["grammar"]["common_surname"].split()  # most people bear a common one
    writer = Writer(table, Gazetteer(rules), surnames + common * 20, seed)
    templates: list[str] = [item for group in table["templates"].values() for item in group]
    seen, rows = set[str](), list[dict[str, Any]]()
    while len(rows) < count:
        for template in writer.random.sample(templates, len(templates)):
            text, found = spans(writer.write(template))
            style = writer.random.random()
            if style < 0.045:  # other marks, one for one
                text = text.translate(str.maketrans("“”", '""' if style < 0.03 else "「」"))
            if SHORTEST <= len(text) <= LONGEST and text not in seen and len(rows) < count:
                seen.add(text)
                rows.append(record(len(rows) + 1, text, found))
    return rows


def main() -> None:
    """Write the sentences as JSON Lines."""
    parser = argparse.ArgumentParser(description="Write generated training sentences as JSON Lines.")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rules", type=Path, required=True, help="folder with place/ and clause/")
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    rows = sentences(options.count, options.seed, options.rules)
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    options.output.write_text(lines, "utf-8", newline="\n")


if __name__ == "__main__":
    main()
