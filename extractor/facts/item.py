"""The clause that a match stands in."""

from __future__ import annotations

import regex

from extractor.engine.match import Match
from extractor.segment import Passage

_CLAUSE = regex.compile(r"[,。;!?\n](?!\d)")


def clause_before(match: Match, passage: Passage, reach: int = 30) -> str:
    """The text of the match's clause before it, at most `reach` characters."""
    before = passage.clean[max(match.start - reach, 0) : match.start]
    return str(_CLAUSE.split(before)[-1])
