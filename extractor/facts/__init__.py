"""The six record types as one union, told apart by `type`. A new type is a module here and one line below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated

from pydantic import Field

from extractor.engine.match import Match
from extractor.facts import count, date, money, place, program, ratio
from extractor.facts.count import Count
from extractor.facts.date import Date
from extractor.facts.money import Money
from extractor.facts.place import Place
from extractor.facts.program import Program
from extractor.facts.ratio import Ratio
from extractor.segment import Passage

AnyRecord = Annotated[Count | Ratio | Money | Date | Place | Program, Field(discriminator="type")]

RECORD_TYPES: dict[str, type[Count | Ratio | Money | Date | Place | Program]] = {
    "count": Count,
    "ratio": Ratio,
    "money": Money,
    "date": Date,
    "place": Place,
    "program": Program,
}

READERS: dict[str, Callable[[list[Match], Passage], Sequence[AnyRecord]]] = {
    "count": count.read,
    "ratio": ratio.read,
    "money": money.read,
    "date": date.read,
    "place": place.read,
    "program": program.read,
}
"""How matches of each type become records: all of an article at once, in text order."""
