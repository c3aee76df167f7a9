"""Rule patterns: `{name}` → regex, and the cut of a pattern at its anchor.

A pattern is an ordinary verbose `regex` with one extension, `{lower_case}`: a lexicon or a fragment by name. A rule is
tried only where its *anchor* stands: the first lexicon, fragment or numeral that the pattern cannot do without. The part
before the anchor is matched backwards from it, the part behind forwards, so no rule ever searches the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import regex

NAME = regex.compile(r"\{([a-z][a-z_]{2,})\}")
_TOKEN = regex.compile(
    r"""\\. | \[\^?\]?(?:\\.|[^\]\\])*\] | \{[a-z][a-z_]{2,}\} | \(\?P?<(?P<group>[a-z_]+)> | \(\?(?:<?[=!]|[:>]|[a-z]+:) | \( | \) |
        \| | [*+?]|\{\d*,?\d*\} | \#[^\n]* """,
    regex.VERBOSE | regex.VERSION0,
)


class PatternFault(ValueError):
    """What is wrong with a pattern, and the mend."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A pattern cut at its anchor: regex sources before it, behind it and from it on, and the groups open there."""

    anchor: str
    head: str
    tail: str
    onward: str
    open_groups: tuple[str, ...]


@dataclass(slots=True)
class _Group:
    position: int  # where its content begins
    name: str | None
    opener: str


def cut(pattern: str, anchors: Mapping[str, int]) -> Cut | None:
    """`pattern` cut at one of the `anchors` that it cannot do without; None where it holds none.

    `anchors` gives the rank of each name: a lower rank wins, then the earlier place.
    """
    tokens = list(_TOKEN.finditer(pattern))
    stack: list[_Group] = []
    places: list[tuple[str, int, int, list[_Group], int]] = []
    closed_by: dict[int, int] = {}  # content position of a group → index of its closing token
    choices: set[int] = set()
    for number, token in enumerate(tokens):
        text = token[0]
        if text.startswith("(") and text != "\\(":
            stack.append(_Group(token.end(), token["group"], text))
        elif text == ")":
            if not stack:
                raise PatternFault("pattern closes a group that was never opened: remove the ) or escape it as \\)")
            closed_by[stack.pop().position] = number
        elif text == "|":
            choices.add(stack[-1].position if stack else 0)
        elif NAME.fullmatch(text):
            places.append((text[1:-1], token.start(), token.end(), list(stack), number))
    if stack:
        raise PatternFault("pattern leaves a group open: add the missing )")

    def optional(number: int) -> bool:
        """Whether the token after `number` is a quantifier that allows none."""
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        if following is None or pattern[tokens[number].end() : following.start()].strip():
            return False
        return following[0] in ("?", "*") or following[0].startswith(("{0", "{,"))

    def quantified(number: int) -> bool:
        following = tokens[number + 1] if number + 1 < len(tokens) else None
        if following is None or pattern[tokens[number].end() : following.start()].strip():
            return False
        return following[0] in ("?", "*", "+") or (following[0].startswith("{") and not NAME.fullmatch(following[0]))

    usable = []
    for name, start, end, groups, number in places:
        if name not in anchors or 0 in choices or quantified(number):
            continue
        if any(g.position in choices or g.opener.startswith(("(?=", "(?!", "(?<=", "(?<!")) for g in groups):
            continue
        if any(quantified(closed_by[g.position]) for g in groups):
            continue
        usable.append((anchors[name], name, start, end, groups))
    if not usable:
        return None
    _, name, start, end, groups = min(usable, key=lambda place: (place[0], place[2]))
    head, tail = pattern[:start], pattern[end:]
    names = tuple(g.name for g in groups if g.name)
    head += ")" * len(groups)
    opened = "".join(f"(?P<{g.name}>" if g.name else "(?:" for g in groups)
    return Cut(name, head, opened + tail, opened + pattern[start:], names)


def expand(
    pattern: str,
    fragments: Mapping[str, str],
    lexicons: Mapping[str, list[str]],
    *,
    backwards: bool = False,
    _inside: tuple[str, ...] = (),
) -> str:
    """`pattern` with every `{name}` replaced by the group that the fragment or lexicon stands for."""

    def replaced(found: regex.Match[str]) -> str:
        name = found[1]
        if name in _inside:
            raise PatternFault(f"fragment {{{name}}} contains itself: {' → '.join((*_inside, name))}")
        if name in fragments:
            inner = expand(fragments[name], fragments, lexicons, backwards=backwards, _inside=(*_inside, name))
            return f"(?:{inner})"
        if name in lexicons:
            return words_pattern(lexicons[name], backwards=backwards)
        import difflib

        near = difflib.get_close_matches(name, [*fragments, *lexicons], 1)
        hint = (
            f" Did you mean {{{near[0]}}}?"
            if near
            else " Define it in a lexicon.toml or in rules/_shared/fragments.toml."
        )
        raise PatternFault(f"pattern names {{{name}}}, which no lexicon or fragment defines.{hint}")

    return NAME.sub(replaced, pattern)


def opened(pattern: str, fragments: Mapping[str, str], depth: int = 0) -> str:
    """`pattern` with its fragments written out and its lexicons left as names."""
    if depth > 20:
        return pattern
    return str(
        NAME.sub(
            lambda found: opened(fragments[found[1]], fragments, depth + 1) if found[1] in fragments else found[0],
            pattern,
        )
    )


def words_pattern(words: list[str], *, backwards: bool = False) -> str:
    """A group that matches any of `words`, longer ones first.

    Words are grouped by their first character, or by their last where the pattern is matched backwards, and a look at
    that character comes first: a long list costs little where no word of it stands.
    """
    edge = -1 if backwards else 0
    groups: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        groups.setdefault(word[edge], []).append(word)
    if len(words) <= _SHORT_LIST:
        return f"(?:{'|'.join(re.escape(word) for group in groups.values() for word in group)})"
    single = "".join(re.escape(first) for first, group in sorted(groups.items()) if group == [first])
    longer = [(first, group) for first, group in sorted(groups.items()) if group != [first]]
    parts = [_shared(first, group, backwards=backwards) for first, group in longer]
    if single:
        parts.append(f"[{single}]")
    seen = "".join(re.escape(first) for first in sorted(groups))
    any_of = f"(?:{'|'.join(parts)})"
    return f"(?:{any_of}(?<=[{seen}]))" if backwards else f"(?:(?=[{seen}]){any_of})"


_SHORT_LIST = 8


def _shared(first: str, group: list[str], *, backwards: bool) -> str:
    """The words of a group with their common character taken out: 人(?:次|份|)."""
    rests = "|".join(re.escape(word[:-1] if backwards else word[1:]) for word in group)
    return f"(?:{rests}){re.escape(first)}" if backwards else f"{re.escape(first)}(?:{rests})"
