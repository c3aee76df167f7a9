"""Patterns that compile when they are first tried: a start that reads one article needs half of them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, cast

import regex


class _Later:
    """Stands for a pattern; each method that it is asked for stays with it, so that the next call costs nothing more."""

    def __init__(self, compiled: Callable[[str, int], Any], pattern: str, flags: int) -> None:
        self._compiled, self._flags = compiled, flags
        self.pattern = pattern

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        compiled = self._compiled(self.pattern, self._flags)
        vars(self).update({method: getattr(compiled, method) for method in _METHODS})
        return vars(self)[name]


_METHODS = ("finditer", "findall", "fullmatch", "groupindex", "match", "search", "split", "sub", "subn")


def later(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(pattern, flags)` when it is first tried.

    >>> later("[县市区]").sub("·", "青石县石桥乡")
    '青石·石桥乡'
    """
    return cast("re.Pattern[str]", _Later(re.compile, pattern, flags))


def regex_later(pattern: str, flags: int = 0) -> regex.Pattern[str]:
    """The same for what only `regex` can say."""
    return cast("regex.Pattern[str]", _Later(regex.compile, pattern, flags))
