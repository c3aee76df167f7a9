"""The record types as one union, told apart by `type`. A new type is a module here and its name in the union below."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import partial
from typing import Annotated, get_args

from pydantic import Field

from extractor.engine.match import Match
from extractor.facts.base import Record
from extractor.facts.count import Count
from extractor.facts.date import Date
from extractor.facts.date import reader as date_reader
from extractor.facts.money import Money
from extractor.facts.place import Place
from extractor.facts.program import Program
from extractor.facts.ratio import Ratio
from extractor.segment import Passage

AnyRecord = Annotated[Count | Ratio | Money | Date | Place | Program, Field(discriminator="type")]

RECORD_TYPES: dict[str, type[Record]] = {
    get_args(model.model_fields["type"].annotation)[0]: model for model in get_args(get_args(AnyRecord)[0])
}
"""The model of each type by its name, in the order of the union."""

Reader = Callable[[list[Match]], Sequence[AnyRecord]]

READ_WHOLE = frozenset({"place", "money", "program"})
"""The types whose reader must be given all matches of an article at once: a place is settled by all the others, a sum
may be told twice, in two currencies, and a program is named again."""


def readers(passage: Passage) -> dict[str, Reader]:
    """How the matches of each type become records, for one article; a reader is given them in text order, some at a time."""
    found: dict[str, Reader] = {
        name: partial(sys.modules[model.__module__].read, passage=passage)
        for name, model in RECORD_TYPES.items()
        if model is not Date
    }
    return found | {"date": date_reader(passage)}
