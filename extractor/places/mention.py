"""A mention of a place: one name, or a chain of names from the outside in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from extractor.engine.gazetteer import Division, Level
from extractor.engine.match import Match

Basis = Literal["chain", "unique", "article", "title", "dateline", "publisher", "path", "region", "rank"]
"""What tells which division a name means: a larger place in its chain, the list of divisions itself, another place of the article, of its title or dateline, its publisher, the path of its file, the region of its
paper, or nothing but the higher rank of one of several divisions."""

RANK: dict[str, int] = {
    "country": 0, "region": 0, "province": 1, "prefecture": 2, "county": 3, "zone": 4, "township": 5, "village": 6, "poi": 7,
}  # fmt: skip


class Part(NamedTuple):
    """One name of a chain, its level, and the places of the list that it may be by the map of the article's date."""

    match: Match
    level: Level
    readings: tuple[Division, ...]

    @property
    def text(self) -> str:
        return self.match.text


@dataclass
class Mention:
    """Names that follow one another from the outside in, and what is made out of them."""

    parts: list[Part]
    division: Division | None = None  # the innermost listed division, where it is settled
    within: Division | None = None  # the division before it in the chain, where that is settled
    basis: Basis | None = None
    open: tuple[Division, ...] = ()  # what it may be as far as its chain tells, while it is not settled
    candidates: tuple[Division, ...] = ()
    doubts: list[str] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.parts[0].match.start

    @property
    def end(self) -> int:
        return self.parts[-1].match.end

    @property
    def name(self) -> str:
        return self.parts[-1].text

    @property
    def level(self) -> Level:
        return self.parts[-1].level

    @property
    def listed(self) -> bool:
        """Whether the innermost name is one of the list."""
        return bool(self.parts[-1].readings)

    def doubt(self, reason: str) -> None:
        if reason not in self.doubts:
            self.doubts.append(reason)
