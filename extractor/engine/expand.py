"""Rule patterns: `{name}` → regex, and the cut of a pattern at its anchor.

A pattern is an ordinary verbose `regex` with one extension, `{lower_case}`: a lexicon or a fragment by name. A rule is
tried only where its *anchor* stands: the first lexicon, fragment or numeral that the pattern cannot do without. The part
before the anchor is matched backwards from it, the part behind forwards, so no rule ever searches the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

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
    quantified: bool = False


_Obstacle = Literal["alternative", "look-around", "quantifier"] | None


@dataclass(slots=True)
class _Place:
    """Where a pattern names a lexicon or fragment, in which groups, and what keeps it from being an anchor."""

    name: str
    start: int
    end: int
    groups: list[_Group]
    obstacle: _Obstacle


def _quantifier(pattern: str, tokens: list[regex.Match[str]], number: int) -> str:
    """The quantifier that follows a token, empty where none does."""
    following = tokens[number + 1] if number + 1 < len(tokens) else None
    if following is None or pattern[tokens[number].end() : following.start()].strip():
        return ""
    text = following[0]
    return text if text in ("?", "*", "+") or (text.startswith("{") and not NAME.fullmatch(text)) else ""


def _places(pattern: str) -> list[_Place]:
    """The names of a pattern in their order. Raises PatternFault where its groups are not closed as they are opened."""
    tokens = list(_TOKEN.finditer(pattern))
    stack: list[_Group] = []
    named: list[tuple[str, int, int, list[_Group], int]] = []
    closed_by: dict[int, int] = {}  # content position of a group → index of its closing token
    choices: set[int] = set()
    for number, token in enumerate(tokens):
        text = token[0]
        if text.startswith("("):
            stack.append(_Group(token.end(), token["group"], text))
        elif text == ")":
            if not stack:
                raise PatternFault("pattern closes a group that was never opened: remove the ) or escape it as \\)")
            group = stack.pop()
            group.quantified = bool(_quantifier(pattern, tokens, number))
            closed_by[group.position] = number
        elif text == "|":
            choices.add(stack[-1].position if stack else 0)
        elif NAME.fullmatch(text):
            named.append((text[1:-1], token.start(), token.end(), list(stack), number))
    if stack:
        raise PatternFault("pattern leaves a group open: add the missing )")

    def obstacle(groups: list[_Group], number: int) -> _Obstacle:
        around = (number, *(closed_by[group.position] for group in groups))
        if any(_quantifier(pattern, tokens, token) for token in around):
            return "quantifier"
        if any(group.opener.startswith(("(?=", "(?!", "(?<=", "(?<!")) for group in groups):
            return "look-around"
        return "alternative" if 0 in choices or any(group.position in choices for group in groups) else None

    return [_Place(name, start, end, groups, obstacle(groups, n)) for name, start, end, groups, n in named]


def cut(pattern: str, anchors: Mapping[str, int]) -> Cut | None:
    """`pattern` cut at one of the `anchors` that it cannot do without; None where it holds none.

    `anchors` gives the rank of each name: a lower rank wins, then the earlier place.
    """
    usable = [place for place in _places(pattern) if place.name in anchors and place.obstacle is None]
    if not usable:
        return None
    place = min(usable, key=lambda place: (anchors[place.name], place.start))
    names = tuple(group.name for group in place.groups if group.name)
    head = pattern[: place.start] + ")" * len(place.groups)
    opened = "".join(f"(?P<{group.name}>" if group.name else "(?:" for group in place.groups)
    return Cut(place.name, head, opened + pattern[place.end :], opened + pattern[place.start :], names)


def unanchored(pattern: str, anchors: Mapping[str, int]) -> str:
    """What keeps a pattern from having an anchor though it always holds one name or another; empty where nothing does."""
    places = [place for place in _places(pattern) if place.name in anchors]
    inside = next((place.name for place in places if place.obstacle == "alternative"), None)
    if inside is None or any(place.obstacle is None for place in places):
        return ""
    mend = "Give both sides one lexicon, or make two rules."
    return f"pattern has no anchor: {{{inside}}} stands in an alternative. {mend}"


def certain(pattern: str, group: str) -> bool:
    """Whether a pattern, with its fragments written out, cannot match without its group of this name."""
    tokens = list(_TOKEN.finditer(pattern))
    branches = [False]  # of the group that is read: whether each of its alternatives holds the group
    outer: list[tuple[regex.Match[str], list[bool]]] = []
    for number, token in enumerate(tokens):
        text = token[0]
        if text.startswith("("):
            outer.append((token, branches))
            branches = [False]
        elif text == "|":
            branches.append(False)
        elif text == ")" and outer:
            holds = all(branches)
            opener, branches = outer.pop()
            needed = not _quantifier(pattern, tokens, number).startswith(("?", "*", "{0", "{,"))
            if (holds or opener["group"] == group) and needed and not opener[0].startswith(("(?!", "(?<!")):
                branches[-1] = True
    return all(branches)


PUT_OFF = "put_off"
"""The group of a pattern without its last part: it takes part where that part may begin."""


def without_last_part(pattern: str, part: Callable[[str], bool]) -> str | None:
    """`pattern` with `(?: {begin} (?<name> … ) )?`, where all behind it is optional too, made a look at what it begins with.

    Where nothing that the part begins with stands, the shorter pattern matches as the whole one does: behind its first
    match all can be left out, and nothing is tried again. `part` says of the source of such a part whether it is to be
    left out; None where none is.

    >>> without_last_part("(?<from> {day} ) (?: {dash} (?<until> {day} ) )? (?: 起 )?", lambda part: True)
    '(?<from> {day} ) (?: (?= {dash} ) (?<put_off> ) )? (?: 起 )?'
    >>> without_last_part("(?: {dash} (?<until> {day} ) )? 起", lambda part: True) is None
    True
    """
    tokens = list(_TOKEN.finditer(pattern))
    position, number = len(pattern), len(tokens) - 1  # what begins there may all be left out
    while number >= 0:
        token = tokens[number]
        if pattern[token.end() : position].strip():
            return None
        position = token.start()
        if token[0] == ")" and tokens[_opener(tokens, number)][0].startswith(("(?:", "(?<", "(?P")):
            number -= 1  # closes a group around the part
            continue
        if token[0] != "?" or tokens[number - 1][0] != ")" or pattern[tokens[number - 1].end() : position].strip():
            return None
        first = _opener(tokens, number - 1)
        opener = tokens[first]
        inside = pattern[opener.end() : tokens[number - 1].start()]
        found = _LAST_PART.match(inside) if opener[0] == "(?:" else None
        if found is not None and part(inside):
            look = f"(?: (?= {found[1]} ) (?<{PUT_OFF}> ) )"
            return pattern[: opener.start()] + look + pattern[position:]
        position, number = opener.start(), first - 1
    return None


def _opener(tokens: list[regex.Match[str]], number: int) -> int:
    """The token that opens the group which the one of this number closes."""
    depth = 0
    while True:
        depth += (tokens[number][0] == ")") - tokens[number][0].startswith("(")
        if not depth:
            return number
        number -= 1


def beginning(pattern: str, long: Callable[[str], bool]) -> str | None:
    """What every match of `pattern` begins with: all before the first name that `long` says is one; None where nothing is.

    >>> beginning("(?<from> {number} 年 {after_year}? ) {date_after}", lambda name: name == "after_year")
    '(?<from> {number} 年 )'
    """
    place = next((place for place in _places(pattern) if long(place.name)), None)
    if place is None or any(
        not group.opener.startswith(("(?:", "(?<", "(?P")) or group.quantified for group in place.groups
    ):
        return None
    return pattern[: place.start] + ")" * len(place.groups)


_LAST_PART = regex.compile(r"\s*(\{[a-z_]{3,}\})\s*\(\?P?<[a-z_]+>")


def expand(
    pattern: str,
    fragments: Mapping[str, str],
    lexicons: Mapping[str, list[str]],
    *,
    backwards: bool = False,
    known: dict[tuple[str, bool], str] | None = None,
    _inside: tuple[str, ...] = (),
) -> str:
    """`pattern` with every `{name}` replaced by the group that the fragment or lexicon stands for.

    `known` keeps the groups of the names read so far, for the next pattern with the same fragments and lexicons.
    """
    known = {} if known is None else known

    def replaced(found: regex.Match[str]) -> str:
        name = found[1]
        if (group := known.get((name, backwards))) is None:
            group = known[name, backwards] = group_of(name)
        return group

    def group_of(name: str) -> str:
        if name in _inside:
            raise PatternFault(f"fragment {{{name}}} contains itself: {' → '.join((*_inside, name))}")
        if name in fragments:
            inside = (*_inside, name)
            inner = expand(fragments[name], fragments, lexicons, backwards=backwards, known=known, _inside=inside)
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
    that character comes first: a long list costs little where no word of it stands. Where one stands, the engine goes
    through the groups one after the other, so many of them stand in stretches of neighbouring characters, of which one
    comparison passes over those that do not hold the character.
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
    if len(longer) > _STRETCH:
        stretches = [slice(start, start + _STRETCH) for start in range(0, len(longer), _STRETCH)]
        parts = [
            _led(f"{re.escape(longer[part][0][0])}-{re.escape(longer[part][-1][0])}", parts[part], backwards=backwards)
            for part in stretches
        ]
    if single:
        parts.append(f"[{single}]")
    return _led("".join(re.escape(first) for first in sorted(groups)), parts, backwards=backwards)


_SHORT_LIST = 8
_STRETCH = 24  # groups; fewer, or more, measured slower


def _led(characters: str, parts: list[str], *, backwards: bool) -> str:
    """A group of alternatives that begin with one of the `characters`, as a class writes them, or end with one."""
    any_of = f"(?:{'|'.join(parts)})"
    return f"(?:{any_of}(?<=[{characters}]))" if backwards else f"(?:(?=[{characters}]){any_of})"


def _shared(first: str, group: list[str], *, backwards: bool) -> str:
    """The words of a group with their common character taken out: 人(?:次|份|)."""
    rests = "|".join(re.escape(word[:-1] if backwards else word[1:]) for word in group)
    return f"(?:{rests}){re.escape(first)}" if backwards else f"{re.escape(first)}(?:{rests})"
