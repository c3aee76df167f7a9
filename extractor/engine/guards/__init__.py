"""Named predicates for what a regular expression cannot say. A guard returns False to refuse a match."""

from __future__ import annotations

from collections.abc import Callable

from extractor.engine.guards.figures import (
    cardinal,
    classifier_counts,
    large_tally,
    measure_ends,
    money_word,
    noun_counted,
    sum_range,
    surely_counts,
)
from extractor.engine.guards.letters import letter_of_origin, letter_reached
from extractor.engine.guards.places import listed_place, listed_township
from extractor.engine.guards.programs import (
    between_nominal,
    coined,
    ends_word,
    names_undertaking,
    strong_head,
    titles_document,
)
from extractor.engine.guards.times import (
    clock_like,
    day_goes_on,
    days_or_longer,
    duration_like,
    feast_of_the_year,
    festive,
    in_taiwan,
    list_ascends,
    not_every,
    not_ordinal,
    outside_the_mainland,
    year_by_two_digits,
)
from extractor.engine.guards.words import begins_word, on_word_edges
from extractor.engine.match import Match
from extractor.segment import Passage

Guard = Callable[[Match, Passage], bool]

GUARDS: dict[str, Guard] = {
    guard.__name__: guard
    for guard in (
        begins_word,
        between_nominal,
        cardinal,
        classifier_counts,
        clock_like,
        coined,
        day_goes_on,
        days_or_longer,
        duration_like,
        ends_word,
        feast_of_the_year,
        festive,
        in_taiwan,
        large_tally,
        letter_of_origin,
        letter_reached,
        list_ascends,
        measure_ends,
        listed_place,
        listed_township,
        money_word,
        names_undertaking,
        not_every,
        not_ordinal,
        noun_counted,
        on_word_edges,
        outside_the_mainland,
        strong_head,
        sum_range,
        surely_counts,
        titles_document,
        year_by_two_digits,
    )
}
