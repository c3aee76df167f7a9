"""What an article says of its named undertakings beyond the single match: short names, echoes, who issued a document."""

from __future__ import annotations

from collections.abc import Iterable

from extractor.programs.echoes import echoes
from extractor.programs.issuers import tell_issuers
from extractor.programs.names import tell_names
from extractor.programs.numbers import tell_numbers
from extractor.programs.shorts import tell_short_names
from extractor.programs.undertaking import Undertaking, with_more
from extractor.segment import Passage

__all__ = ["Undertaking", "told"]


def told(found: Iterable[Undertaking], passage: Passage) -> list[Undertaking]:
    """The undertakings of an article in text order: those `found`, whoever found them, and their further mentions."""
    known = with_more([], found)
    if not known:
        return []
    known = tell_short_names(known, passage)
    known = with_more(known, echoes(known, passage))
    tell_names(known)
    tell_numbers(known, passage)
    tell_issuers(known, passage)
    return known
