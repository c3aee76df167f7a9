"""One name for all mentions of an undertaking: the fullest that the article gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from extractor.programs.undertaking import Undertaking, in_order

_NEAR = 100  # titles before and behind a generic one: any article has fewer


def tell_names(found: Sequence[Undertaking]) -> None:
    """Gives each mention the fullest name of its undertaking, and with it the short name that is stated for it."""
    _tell_generic_titles(found)
    by_core: dict[str, list[Undertaking]] = defaultdict(list)
    for one in found:
        if one.core and not one.titled:
            by_core[one.core].append(one)
    for core, same in by_core.items():
        headed = [one for one in same if len(one.name) > len(core)]
        if not headed:
            continue
        fullest = headed[0]
        for one in headed:
            if len(one.name) > len(fullest.name) and in_order(fullest.name, one.name):
                fullest = one
        for one in same:
            if one.name == core or in_order(one.name, fullest.name):
                _take_up(one, fullest)
    for one in found:  # what takes up a mention whose name was told meanwhile
        if one.of is not None and one.of is not one:
            one.name, one.short_name = one.of.name, one.short_name or one.of.short_name


def _take_up(one: Undertaking, full: Undertaking) -> None:
    one.name = full.name
    one.short_name = one.short_name or full.short_name


def _tell_generic_titles(found: Sequence[Undertaking]) -> None:
    """《办法》, 《实施细则》: a type word alone stands for the last title before it that ends so, else for the next one."""
    titles = [one for one in found if one.titled and one.of is None]
    for place, one in enumerate(titles):
        if one.title not in one.book.lexicons["document_head"] or one.name != one.core:
            continue
        near = [*range(place - 1, max(place - _NEAR, 0) - 1, -1), *range(place + 1, min(place + _NEAR, len(titles)))]
        full = next((titles[other] for other in near if _is_called(titles[other], one)), None)
        if full is not None:
            one.name, one.category, one.short_name = full.name, full.category, full.short_name
            one.of = full


def _is_called(title: Undertaking, generic: Undertaking) -> bool:
    return len(title.title) > len(generic.title) and title.title.endswith(generic.title)
