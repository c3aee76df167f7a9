"""Named functions that fit a mention to the words around it, for what neither a regular expression nor a guard can say.

A shape takes a match and returns it with its mention moved, or None to refuse it.
"""

from __future__ import annotations

from collections.abc import Callable

from extractor.engine.match import Match
from extractor.engine.shapes.letters import letter_run
from extractor.engine.shapes.local_names import (
    feature_name,
    hong_kong_street,
    line_name,
    listed_name,
    settlement_name,
    site_name,
    street_name,
    zone_name,
)
from extractor.engine.shapes.short_names import station_name, taiwan_village
from extractor.engine.shapes.undertakings import campaign_name, coined_name
from extractor.segment import Passage

Shape = Callable[[Match, Passage], Match | None]

SHAPES: dict[str, Shape] = {
    shape.__name__: shape
    for shape in (
        campaign_name,
        coined_name,
        feature_name,
        hong_kong_street,
        letter_run,
        line_name,
        listed_name,
        settlement_name,
        site_name,
        station_name,
        street_name,
        taiwan_village,
        zone_name,
    )
}
