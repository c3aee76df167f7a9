"""What all records share: where they stand, who read them, and what to doubt."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, ParamSpec, TypeVar, cast

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

from extractor.values.modifiers import Modifier

ComparedWith = Annotated[
    str,
    Field(
        pattern="^(?:last_(?:year|period|half_year|quarter|month|ten_days|week|day|year_end|session)|same_period|plan|average|[0-9]{4})$"
    ),
]
Section = Literal["title", "lead", "body", "caption", "table"]


def plain(number: Decimal) -> int | float:
    """The number as JSON writes it plainly: 360000000, not 3.6E+8; 47.1, not 47.10.

    >>> plain(Decimal("3.6E+8")), plain(Decimal("47.10"))
    (360000000, 47.1)
    """
    return int(number) if number == number.to_integral_value() else float(number)


Number = Annotated[
    Decimal,
    PlainSerializer(plain, return_type=int | float, when_used="json"),
    WithJsonSchema({"type": "number"}),
]


class Frozen(BaseModel):
    """A value of the contract: cannot change, and refuses fields that the contract does not name."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Rival(Frozen):
    """A reading that lost to the record it hangs on."""

    type: str
    rule: str | None = None
    model: str | None = None
    start: int
    end: int
    raw: str


class Record(Frozen):
    """One typed mention. `start` and `end` are half-open code-point offsets in the document as decoded."""

    id: str = Field(description="Computed from document, offsets and type: the same in every run.")
    type: str
    raw: str = Field(description="The exact slice of the source.")
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    text: str = Field(description="The same stretch cleaned and simplified.")
    sentence: int | None = Field(None, description="Index into the article's `sentences`.")
    section: Section = "body"
    page: int | None = None
    row: int | None = None
    column: int | None = None
    rule: str | None = None
    model: str | None = None
    doubts: tuple[str, ...] = Field((), description="Named reasons to look twice.")
    rivals: tuple[Rival, ...] = ()

    def model_post_init(self, _: Any) -> None:
        # Pydantic keeps a set of some twenty names on every record, larger than the record: one does for all that are alike.
        names = self.__pydantic_fields_set__
        object.__setattr__(self, "__pydantic_fields_set__", _SAME_FIELDS.setdefault(frozenset(names), names))


Fields = ParamSpec("Fields")
Made = TypeVar("Made", bound=Record)


def maker(model: Callable[Fields, Made], *words: str) -> Callable[Fields, Made]:
    """What makes records as `model` does, from fields whose types mypy has checked, at a third of the cost.

    Mypy cannot tell which words rule files put into the fields named `words`, a category or a currency: the first record
    with each of them is validated. Raises ValidationError there, as the model does.
    """
    kind = cast("type[Made]", model)
    blank = {name: field.get_default() for name, field in kind.model_fields.items()}
    seen: dict[
        tuple[object, ...], set[str]
    ] = {}  # the names of the fields set, by these and the words said behind them
    new, (set_fields, set_names, set_extra, set_private) = object.__new__, _SLOTS  # the model is frozen

    def make(*none: Fields.args, **fields: Fields.kwargs) -> Made:
        kept = (*fields, *map(fields.get, words))
        names = seen.get(kept)
        if names is None:
            record = model(*none, **fields)
            seen[kept] = record.__pydantic_fields_set__
            return record
        record = new(kind)
        set_fields(record, blank | fields)
        set_names(record, names)
        set_extra(record, None)
        set_private(record, None)
        return record

    return make


def complete(record: Record, fields: Mapping[str, Any]) -> None:
    """Sets fields of a record that nobody has seen yet: what its surroundings say is known when all records are."""
    record.__dict__.update(fields)


# What pydantic keeps of an object; quicker to set than by their names.
_SLOTS: Final = tuple(
    [
        vars(BaseModel)[name].__set__
        for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
    ]
)
_SAME_FIELDS: dict[frozenset[str], set[str]] = {}


class Figure(Record):
    """What count, ratio and money share: a number, how firm it is, and what it is about."""

    value: Number | None = Field(None, description="Empty for a range and for a vague numeral.")
    low: Number | None = None
    high: Number | None = None
    modifier: Modifier = Field("exact", description="What the words around the number do to it: 约 approx, 超 over.")
    item: str | None = Field(None, description="The noun phrase that is counted or measured.")
    compared_with: ComparedWith | None = None
    predicate: str | None = None
    subject: str | None = None
    place: str | None = Field(None, description="Id of the place record that locates the figure.")
    date: str | None = Field(None, description="Id of the date record that dates the figure.")
    speaker: str | None = None


def record_id(doc: str, start: int, end: int, kind: str) -> str:
    """Sixteen hexadecimal digits from document, offsets and type."""
    return hashlib.blake2b(f"{doc}\0{start}\0{end}\0{kind}".encode(), digest_size=8).hexdigest()
