"""What the names of a list share: a head behind them (抚顺、清原、新宾三县), or the level of their neighbours (吉林、长春、延边)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from extractor.engine.gazetteer import Level
from extractor.later import later
from extractor.places.mention import Mention
from extractor.values.numbers import read_integer

_REST = r"(?:[、和与及][一-鿿]{2,4}?){0,12}等?"
_COUNT = r"[一两二三四五六七八九十]|\d{1,2}"
_HEADS = later(
    rf"(?P<rest>{_REST})(?P<first>{_COUNT})个?(?P<head>[县市区州省旗盟])(?:(?P<second>{_COUNT})个?(?P<other>[县市区州省旗盟]))?(?![内里长民域委府])"
)
_JOINTS = "、和与及"
_OPENERS = frozenset(f"{_JOINTS}等一两二三四五六七八九十0123456789")


def shared_head(mention: Mention, clean: str) -> str:
    """The head that a name shares with others of its list; empty where there is none.

    >>> from types import SimpleNamespace as Stub
    >>> [shared_head(Stub(end=end), "疏附、疏勒和喀什两县一市") for end in (2, 5, 8)]
    ['县', '县', '市']
    """
    found = _HEADS.match(clean, mention.end) if clean[mention.end : mention.end + 1] in _OPENERS else None
    if found is None:
        return ""
    if found["other"] is None:
        return found["head"]
    behind = sum(found["rest"].count(joint) for joint in _JOINTS)
    return found["other"] if behind < read_integer(found["second"]) else found["head"]


def neighbour_levels(mentions: Sequence[Mention], clean: str) -> Mapping[int, Level]:
    """For the mentions that stand in a list beside a settled one, by their start: the level of that neighbour."""
    levels: dict[int, Level] = {}
    for one, other in pairwise(mentions):
        if other.start - one.end != 1 or clean[one.end] not in _JOINTS:
            continue
        if one.division is not None and not one.candidates:
            levels.setdefault(other.start, one.division.level)
        if other.division is not None and not other.candidates:
            levels[one.start] = other.division.level
    return levels
