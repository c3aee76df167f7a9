"""One name for all mentions of an undertaking: the fullest that the article gives it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from extractor.programs.undertaking import Undertaking, in_order

_NEAR = 100  # titles before and behind a generic one: any article has fewer


def tell_names(found: Sequence[Undertaking]) -> None:
    """Gives each mention the fullest name of its undertaking, and with it the short name that is stated for it."""
    _tell_generic_titles(found)
    _tell_stated(found)
    by_core: dict[str, list[Undertaking]] = defaultdict(list)
    for one in found:
        if one.core and not one.titled:
            by_core[one.core].append(one)
    for core, same in by_core.items():
        full = _fullest(one for one in same if len(one.name) > len(core) and not _holds_another(one))
        for one in same if full is not None else ():
            if full is not None and (one.name == core or in_order(one.name, full.name)):
                _take_up(one, full)
    for one in found:  # what takes up a mention whose name was told meanwhile
        if one.of is not None:
            _take_up(one, one.of)


def _fullest(headed: Iterable[Undertaking]) -> Undertaking | None:
    """The first mention with a type word, or a longer one behind it whose name holds all of its own."""
    fullest: Undertaking | None = None
    for one in headed:
        if fullest is None or (len(one.name) > len(fullest.name) and in_order(fullest.name, one.name)):
            fullest = one
    return fullest


def _holds_another(one: Undertaking) -> bool:
    """Whether other marks stand behind the core, so that the name says more than what the core names: “甲”关爱“乙”活动."""
    text = one.match.text
    return "“" in text[text.find(one.core) + len(one.core) :]


def _take_up(one: Undertaking, full: Undertaking) -> None:
    one.name, one.short_name = full.name, one.short_name or full.short_name


def _tell_generic_titles(found: Sequence[Undertaking]) -> None:
    """《办法》, 《实施细则》: a type word alone stands for the last title before it that ends so, else for the next one."""
    titles = [one for one in found if one.titled and one.of is None]
    for place, one in enumerate(titles):
        if one.title not in one.book.words_of("document_head") or one.name != one.core:
            continue
        near = [*range(place - 1, max(place - _NEAR, 0) - 1, -1), *range(place + 1, min(place + _NEAR, len(titles)))]
        full = next((titles[other] for other in near if _is_called(titles[other], one)), None)
        if full is not None:
            one.of, one.category = full, full.category


def _is_called(title: Undertaking, generic: Undertaking) -> bool:
    return len(title.title) > len(generic.title) and title.title.endswith(generic.title)


def _tell_stated(found: Sequence[Undertaking]) -> None:
    """A mention that a rule found by a short name which is stated elsewhere takes up the name that it is stated for."""
    stated = {one.short_name: one for one in reversed(found) if one.short_name and one.name != one.short_name}
    for one in found:
        full = stated.get(one.name)
        if full is not None and one.of is None and one.name not in one.book.words_of("document_head"):
            one.of = full
