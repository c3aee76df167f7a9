"""Tables for the eye: one an article, each record with the words it came from and what they mean."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from decimal import Decimal
from typing import TextIO

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.contract import Article
from extractor.facts import AnyRecord
from extractor.facts.base import Figure, Record
from extractor.facts.count import Count
from extractor.facts.date import Date
from extractor.facts.money import Money
from extractor.facts.place import Place
from extractor.facts.program import Program
from extractor.facts.ratio import Ratio
from extractor.sources.names import printable

WIDTH_OF_A_FILE = 120  # columns, where nobody's window sets them
COLOURS = {"count": "cyan", "ratio": "blue", "money": "green", "date": "yellow", "place": "magenta", "program": "red"}
_MARKS = {"exact": "", "approx": "≈ ", "over": "> ", "under": "< ", "range": ""}
_RATIO_UNITS = {"percent": "%", "per_mille": "‰", "percentage_point": " points", "times": " times", "fraction": ""}
_DATE_MARKS = {
    "start": "start of ",
    "mid": "middle of ",
    "end": "end of ",
    "since": "since ",
    "until": "until ",
    "before": "before ",
    "after": "after ",
    "approx": "≈ ",
    "": "",
}


def fitting(stream: TextIO) -> tuple[int, bool]:
    """Columns and colour for what is written to `stream`: a window has its own width, a pipe no colours."""
    if stream.isatty():
        return shutil.get_terminal_size().columns, True
    return shutil.get_terminal_size((WIDTH_OF_A_FILE, 0)).columns, False


def render(article: Article, *, width: int = WIDTH_OF_A_FILE, colour: bool = False) -> str:
    """The article's heading and its records as a table `width` columns wide, with line ends."""
    target = io.StringIO()
    console = Console(
        file=target,
        width=width,
        force_terminal=colour,
        color_system="standard" if colour else None,
        legacy_windows=False,
        highlight=False,
        emoji=False,
        markup=False,
    )
    console.print(_heading(article), soft_wrap=True)
    if article.records:
        console.print(_table(article))
    console.print()
    return "\n".join(line.rstrip() for line in target.getvalue().split("\n"))


def meaning(record: AnyRecord) -> str:
    """What the record says, in one short line: `> 400 名`, `3,000–5,000 CNY`, `DATE 2024-12`, `石城县 360735`."""
    return _MEANINGS.get(record.type, _own_fields)(record)


def _heading(article: Article) -> Text:
    facts = [article.publisher, article.published or "no publication date"]
    if article.region != "CN":
        facts.append(article.region)
    doc = f"{article.doc}#{article.article}" if article.article else article.doc
    heading = Text(printable(article.title or "(no title)"), style="bold")
    heading.append(f"  {printable(doc)}", style="dim")
    return heading.append("\n" + printable(" · ".join(fact for fact in facts if fact)), style="not bold dim")


def _table(article: Article) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 2, 0, 0))
    for name, share in (("type", 0), ("raw", 3), ("meaning", 3), ("item", 3), ("rule", 2)):
        table.add_column(
            name, ratio=share or None, overflow="fold", no_wrap=not share, min_width=7 if not share else None
        )
    for record in article.records:
        what = _item(record) or ""
        if record.doubts:
            what = f"{what}  ? {', '.join(record.doubts)}".strip()
        table.add_row(
            Text(record.type, style=COLOURS.get(record.type, "")),
            _one_line(record.raw),
            _one_line(meaning(record)),
            _one_line(what),
            Text(record.rule or record.model or "", style="dim"),
        )
    return table


def _one_line(text: str) -> Text:
    """The text on one line and without control characters, which would move the cursor."""
    return Text("".join(c if c.isprintable() else " " for c in text))


def _item(record: AnyRecord) -> str | None:
    if isinstance(record, Figure):
        return record.item
    if isinstance(record, Place):
        above = (record.province, record.prefecture, record.county, record.township)
        return " ".join(name for name in above if name and name != record.name) or record.country
    return record.number if isinstance(record, Program) else None


def _number(figure: Figure) -> str:
    """`> 400`, `3–5`, `≥ 20`: the figure with its modifier as a sign."""
    if figure.value is not None:
        return _MARKS[figure.modifier] + _plain(figure.value)
    if figure.low is not None and figure.high is not None:
        return f"{_plain(figure.low)}–{_plain(figure.high)}"
    if figure.low is not None:
        return f"≥ {_plain(figure.low)}"
    return f"≤ {_plain(figure.high)}" if figure.high is not None else "?"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"


def _count(record: Count) -> str:
    return f"{_number(record)} {record.unit}".rstrip() + _rate(record.per)


def _money(record: Money) -> str:
    return f"{_number(record)} {record.currency}" + _rate(record.per)


def _ratio(record: Ratio) -> str:
    of = f" of {record.base}" if record.base else ""
    return f"{_number(record)}{_RATIO_UNITS[record.unit]}{of}"


def _date(record: Date) -> str:
    return f"{record.timex} {_DATE_MARKS[record.modifier]}{record.value}"


def _place(record: Place) -> str:
    return " ".join(
        part for part in (record.name, record.adcode or record.level, "(in a name)" * record.in_name) if part
    )


def _program(record: Program) -> str:
    return f"{record.name} · {record.category}"


def _own_fields(record: Record) -> str:
    """The fields that a type has of its own, those that are not empty: `number 12345 · kind 政务`; for types named nowhere here."""
    shared = Figure if isinstance(record, Figure) else Record
    stated = {name: getattr(record, name) for name in type(record).model_fields if name not in shared.model_fields}
    figure = [_number(record)] if isinstance(record, Figure) else []
    return " · ".join(figure + [f"{name} {value}" for name, value in stated.items() if value not in (None, "", ())])


def _rate(per: str | None) -> str:
    return f" per {per}" if per else ""


_MEANINGS: dict[str, Callable[..., str]] = {
    "count": _count,
    "ratio": _ratio,
    "money": _money,
    "date": _date,
    "place": _place,
    "program": _program,
}
