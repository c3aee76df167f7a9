"""What the tagger tells apart, and how spans are written as labels of characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final, Literal, NamedTuple, get_args

Kind = Literal["program", "place", "person", "organisation"]

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)


class Entity(NamedTuple):
    """A named stretch of a text: half-open offsets, what it is, and how sure the tagger is, from 0 to 1."""

    start: int
    end: int
    kind: Kind
    probability: float = 1.0


OUTSIDE: Final = "O"
LABELS: Final = (OUTSIDE, *(f"{position}-{kind}" for kind in KINDS for position in "BIES"))
"""Every label: outside, or the beginning, inside, end or whole of a named stretch (the scheme BIOES)."""


def labels(size: int, entities: Iterable[Entity]) -> list[str]:
    """The labels of a text of `size` characters, in which no entity overlaps another.

    >>> labels(6, [Entity(0, 3, "person"), Entity(4, 5, "place")])
    ['B-person', 'I-person', 'E-person', 'O', 'S-place', 'O']
    """
    found = [OUTSIDE] * size
    for start, end, kind, *_ in entities:
        if end - start == 1:
            found[start] = f"S-{kind}"
            continue
        found[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 2), f"E-{kind}"]
    return found


def entities(path: Sequence[str]) -> list[Entity]:
    """The entities that a row of labels says; a label that does not follow from the one before begins anew.

    >>> entities(["B-person", "I-person", "E-person", "O", "S-place", "I-place"])
    [Entity(start=0, end=3, kind='person', probability=1.0), Entity(start=4, end=5, kind='place', probability=1.0), Entity(start=5, end=6, kind='place', probability=1.0)]
    """
    found: list[Entity] = []
    start, kind = 0, ""
    for at, label in enumerate((*path, OUTSIDE)):
        position, _, named = label.partition("-")
        if kind and (position in "OBS" or named != kind):
            found.append(Entity(start, at, kind, 1.0))  # type: ignore[arg-type]
            kind = ""
        if position != OUTSIDE and not kind:
            start, kind = at, named
        if kind and position in "ES":
            found.append(Entity(start, at + 1, kind, 1.0))  # type: ignore[arg-type]
            kind = ""
    return found
