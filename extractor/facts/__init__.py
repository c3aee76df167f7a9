"""The record types as one union, told apart by `type`. A new type is a module here and its name in the union below."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Annotated, get_args

from pydantic import Field

from extractor.engine.match import Match
from extractor.facts.base import Record
from extractor.facts.count import Count
from extractor.facts.date import Date
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

READERS: dict[str, Callable[[list[Match], Passage], Sequence[AnyRecord]]] = {
    name: sys.modules[model.__module__].read for name, model in RECORD_TYPES.items()
}
"""How matches of each type become records: all of an article at once, in text order."""
