"""The six record types as one union, told apart by `type`. A new type is a module here and one line below."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from extractor.facts.count import Count
from extractor.facts.date import Date
from extractor.facts.money import Money
from extractor.facts.place import Place
from extractor.facts.program import Program
from extractor.facts.ratio import Ratio

AnyRecord = Annotated[Count | Ratio | Money | Date | Place | Program, Field(discriminator="type")]

RECORD_TYPES: dict[str, type[Count | Ratio | Money | Date | Place | Program]] = {
    "count": Count,
    "ratio": Ratio,
    "money": Money,
    "date": Date,
    "place": Place,
    "program": Program,
}
