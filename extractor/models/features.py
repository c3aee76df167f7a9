"""What the tagger looks at: for each character of a text the codes of its features, as one array.

Training and tagging build features here and nowhere else. All that a feature knows of a character's surroundings is made
of whole arrays (characters, words, tags, names of the gazetteer, quotation marks), shifted against one another; no
character is looked at by itself. A feature's code is a hash of its template and its values, the same in every process.
"""

from __future__ import annotations

import re
import sys
from binascii import crc32
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import Any, Final, NamedTuple, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from extractor.engine.book import Rulebook
from extractor.engine.find import Finder
from extractor.engine.gazetteer import Level

VERSION: Final = 1
"""Raised when a feature changes: weights trained with another version are refused."""

Codes: TypeAlias = npt.NDArray[np.uint64]
_Ints: TypeAlias = npt.NDArray[np.int64]

PAD: Final = "\0"
_GAP: Final = 2  # pads between sentences: as far as the shifts of characters reach

_UTF32: Final = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
_CALLED_WITHIN: Final = 300  # characters: more than a sentence has, and a bound in what is none
_FAR: Final = 15  # distances are told up to here
_OPENING: Final = "“《‘〈「『"
_CLOSING: Final = "”》’〉」』"


class Sentence(NamedTuple):
    """A sentence cut into words: `words` joined are its text, `tags` are jieba's."""

    words: Sequence[str]
    tags: Sequence[str]
    before: str = ""  # a little of the paragraph's text before it, and behind it
    behind: str = ""


@dataclass
class Lookup:
    """The names and type words of a rule book that features tell of."""

    finder: Finder
    _hashes: dict[str, int] = field(default_factory=dict)

    @property
    def book(self) -> Rulebook:
        return self.finder.book

    @cached_property
    def levels(self) -> _Ints:
        """The level of the place that each anchor word of the finder names, as a number; 0 for other words."""
        self.finder.words_in("")  # its words are listed when it first searches
        gazetteer = self.book.gazetteer
        numbers = {level: number for number, level in enumerate(get_args(Level), 1)}
        township = numbers["township"]
        return np.array(
            [
                numbers[gazetteer.by_name[word][0].level]
                if word in gazetteer.by_name and len(word) > 1
                else township * (word in gazetteer.township_codes)
                for word in self.finder.words
            ]
        )

    def names(self, text: str) -> _Ints:
        """What names of places cover of a text, the longer before the shorter: see `_covered`."""
        found = np.array(self.finder.words_in(text), np.int64).reshape(-1, 3)
        found = found[self.levels[found[:, 0]] > 0]
        found = found[np.argsort(found[:, 2] - found[:, 1], kind="stable")]
        return _covered(text, self.levels[found[:, 0]], found[:, 1], found[:, 2])

    def head_words(self, text: str) -> _Ints:
        """What type words cover of a text: see `_covered`."""
        automaton, classes = self.heads
        found = np.array(automaton.find_matches_as_indexes(text), np.int64).reshape(-1, 3)
        return _covered(text, classes[found[:, 0]], found[:, 1], found[:, 2])

    @cached_property
    def heads(self) -> tuple[Any, npt.NDArray[np.int64]]:
        """An automaton over the words that head names of undertakings, documents and organisations, with their class."""
        import ahocorasick_rs

        listed: dict[str, int] = {}
        for number, lexicon in enumerate(("program_head", "document_head", "organisation_head", "publication_head"), 1):
            for word in self.book.words_of(lexicon):
                listed.setdefault(word, number)
        automaton = ahocorasick_rs.AhoCorasick(list(listed), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        return automaton, np.array(list(listed.values()))

    @cached_property
    def called(self) -> re.Pattern[str]:
        """How a text takes up a name by its type word: 该项目, 这三场活动, 两个品牌."""
        return re.compile(
            r"(?:该|此|这|[两二三四五六七八九十几\d][项场大类个])[一两三四五几项场届支种类大个\d]{0,3}[一-鿿]{0,6}?("
            + any_of(self.book.words_of("program_head"))
            + ")"
        )

    @cached_property
    def surnames(self) -> npt.NDArray[np.bool_]:
        """Whether a code point of the basic plane is a surname."""
        table = np.zeros(0x10000, bool)
        table[[ord(name) for name in self.book.words_of("speaker_surname") if len(name) == 1]] = True
        return table

    def hashed(self, words: Sequence[str]) -> _Ints:
        """A number for each word, from its characters alone."""
        known = self._hashes
        try:
            return np.fromiter(map(known.__getitem__, words), np.int64, len(words))
        except KeyError:
            if len(known) > 100_000:
                known.clear()
            known.update((word, crc32(word.encode("utf-8", "surrogatepass"))) for word in set(words) - known.keys())
            return np.fromiter(map(known.__getitem__, words), np.int64, len(words))


def any_of(words: Iterable[str]) -> str:
    """A pattern for the longest of some words that stands there; one that matches nothing where there are none."""
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"


class Block(NamedTuple):
    """Sentences one behind the other with pads between them; `starts` are their offsets in `text`."""

    text: str
    starts: list[int]
    words: list[str]
    tags: list[str]
    before: list[str]
    behind: list[str]


def block(sentences: Sequence[Sentence]) -> Block:
    """Joins sentences to one text, `_GAP` pads before and behind each."""
    pads = [PAD] * _GAP
    words = list(chain(chain.from_iterable(chain(pads, sentence.words) for sentence in sentences), pads))
    marks = ["0"] * _GAP
    tags = list(chain(chain.from_iterable(chain(marks, sentence.tags) for sentence in sentences), marks))
    starts, at = [], _GAP
    for sentence in sentences:
        starts.append(at)
        at += sum(map(len, sentence.words)) + _GAP
    before, behind = [one.before for one in sentences], [one.behind for one in sentences]
    return Block("".join(words), starts, words, tags, before, behind)


_TEMPLATES: Final = """
c0
c-1
c+1
c-2
c+2
c-1 c0
c0 c+1
c-2 c-1
c+1 c+2
c-1 c+1
c-1 c0 c+1
c-2 c-1 c0
c0 c+1 c+2
k-1 k0 k+1 place
w0 place
t0 place
w-1 place
w+1 place
w-1 w0
w0 w+1
t-1 t0 place
t0 t+1 place
t-1 t0 t+1 place
w-2 inside
w+2 left
t-2 t-1 t0
t0 t+1 t+2
last place
last+1 t0 place
last-1 t0 place
first+1 place
names place
names-1 names names+1
names c+1
names t+1
heads heads-1
heads heads+1
heads w0
ahead t0
ahead names
ahead place
surname t0 place
surname c0 c+1
surname-1 c-1 c0 place
surname-2 c-2 c0 place
quoted.state
quoted.edge quoted.behind
quoted.edge quoted.before
quoted.edge quoted.follows
quoted.edge quoted.leads
quoted.edge quoted.leads quoted.follows
quoted.edge quoted.end
quoted.edge quoted.shape
quoted.edge quoted.listed
quoted.edge quoted.called
quoted.edge quoted.called quoted.leads
quoted.state quoted.length quoted.kind
quoted.state c0
quoted.tail quoted.kind
quoted.tail ahead
quoted.tail w0
quoted.ahead t0
quoted.ahead w0
"""
"""Of which values features are made, a line each: characters (c), their kinds (k), words (w) and tags (t) around, where in its
word a character stands (place), what names and type words cover, how far the next type word is (ahead), and quotation marks."""

_OF_NETWORK: Final = """
n0
n-1 n0
n0 n+1
n-1 n0 n+1
n0 place
n0 c0
n0 n+2
n-2 n0
n0 quoted.state
n0 names
n0 ahead
"""
"""The same with the tags of a network (n)."""


class _Plan(NamedTuple):
    """Templates sorted by falling number of values: the hash of each one's number, and which values it takes."""

    seeds: Codes
    values: list[npt.NDArray[np.int64]]  # of round r: the r-th value of those templates that have one


@cache
def _plan(templates: str, names: tuple[str, ...]) -> _Plan:
    rows = sorted(filter(None, templates.splitlines()), key=lambda row: -len(row.split()))
    split = [row.split() for row in rows]
    rounds = [np.array([names.index(row[r]) for row in split if len(row) > r]) for r in range(len(split[0]))]
    return _Plan(np.array([crc32(row.encode()) for row in rows], np.uint64)[:, None], rounds)


def features(joined: Block, lookup: Lookup, network: _Ints | None = None) -> Codes:
    """The features of each character: an array of shape (templates, characters of `joined.text`).

    `network` are the numbers of the tags that a network gives the characters.
    """
    values = _values(joined, lookup)
    templates = _TEMPLATES
    if network is not None:
        templates += _OF_NETWORK
        values |= {f"n{shift:+d}" if shift else "n0": _shifted(network, shift) for shift in (-2, -1, 0, 1, 2)}
    plan = _plan(templates, tuple(values))
    table = np.stack(list(values.values())).astype(np.uint64)
    codes = np.repeat(plan.seeds, table.shape[1], axis=1)
    for taken in plan.values:
        part = codes[: len(taken)]
        part ^= table[taken]
        part *= _MULTIPLIER
        part ^= part >> _SHIFT
    return codes


def _values(joined: Block, lookup: Lookup) -> dict[str, _Ints]:
    """What is known of each character, by the names that templates use."""
    text = joined.text
    chars = np.frombuffer(text.encode(_UTF32, "surrogatepass"), np.uint32).astype(np.int64)
    kinds = _kinds(chars)
    chars = np.where(kinds == _DIGIT, ord("0"), np.where(kinds == _LATIN, ord("a"), chars))
    lengths = np.fromiter(map(len, joined.words), np.int64, len(joined.words))
    word, tag = lookup.hashed(joined.words), lookup.hashed(joined.tags)
    own = np.repeat(np.arange(len(lengths)), lengths)  # the word of each character
    firsts = np.cumsum(lengths) - lengths
    inside = np.arange(len(text)) - firsts[own]
    left = lengths[own] - 1 - inside
    place = np.where(left == 0, np.where(inside == 0, 3, 2), np.where(inside == 0, 0, 1))  # B M E S
    first = chars[np.minimum(firsts, len(text) - 1)]  # the first character of each word, and the last
    last = chars[np.minimum(firsts + lengths - 1, len(text) - 1)]
    names, heads = lookup.names(text), lookup.head_words(text)
    to_head, head_class = _to_next(text, heads)
    surname = lookup.surnames[np.minimum(chars, 0xFFFF)].astype(np.int64)
    quoted = _quoted(joined, own, lookup.called)
    around: dict[str, tuple[_Ints, Sequence[int]]] = {
        "c": (chars, (-2, -1, 0, 1, 2)),
        "k": (kinds, (-1, 0, 1)),
        "names": (names, (-1, 0, 1)),
        "heads": (heads, (-1, 0, 1)),
        "surname": (surname, (-2, -1, 0)),
    }
    of_words: dict[str, tuple[_Ints, Sequence[int]]] = {
        "w": (word, (-2, -1, 0, 1, 2)),
        "t": (tag, (-2, -1, 0, 1, 2)),
        "last": (last, (-1, 0, 1)),
        "first": (first, (1,)),
    }
    found = {_at(name, shift): _shifted(row, shift) for name, (row, shifts) in around.items() for shift in shifts}
    found |= {
        _at(name, shift): _shifted(row, shift)[own] for name, (row, shifts) in of_words.items() for shift in shifts
    }
    found |= {f"quoted.{name}": column for name, column in zip(_Quoted._fields, quoted, strict=True)}
    return found | {
        "place": place * 4 + np.minimum(lengths[own], 4) - 1,
        "inside": np.sign(inside),
        "left": np.sign(left),
        "ahead": to_head * 8 + head_class,
    }


def _at(name: str, shift: int) -> str:
    """How templates call a value seen from `shift` places away: c-1, c0, names, names+1."""
    if shift:
        return f"{name}{shift:+d}"
    return f"{name}0" if len(name) == 1 else name


_DIGIT: Final = 1
_LATIN: Final = 2


def _kinds(chars: _Ints) -> _Ints:
    """Pad 0, digit 1, Latin 2, Han 3, Han numeral 4, mark 5, anything else 6."""
    kinds: _Ints = _kind_table()[np.minimum(chars, 0xFFFF)]
    return kinds


@cache
def _kind_table() -> _Ints:
    """The kinds of the code points of the basic plane."""
    table = np.full(0x10000, 6)
    table[0x4E00:0xA000] = 3
    for kind, letters in (
        (4, "〇零一二两三四五六七八九十百千万亿"),
        (5, "，。、；：！？,.;:!?()（）“”‘’《》〈〉「」『』—…·-/ \n"),
        (0, PAD),
    ):
        table[[ord(letter) for letter in letters]] = kind
    for letter in range(0x80):
        if chr(letter).isalnum():
            table[letter] = _DIGIT if chr(letter).isdigit() else _LATIN
    return table


def _shifted(values: Any, shift: int) -> Any:
    """`values` as seen from `shift` places away: at i stands what stands at i + shift; 0 beyond the ends."""
    if not shift:
        return values
    moved = np.zeros_like(values)
    if shift > 0:
        moved[:-shift] = values[shift:]
    else:
        moved[-shift:] = values[:shift]
    return moved


def _covered(text: str, classes: _Ints, start: _Ints, end: _Ints) -> _Ints:
    """What words cover of a text, a later one before an earlier: 0, or four times the class of the word and 0 within it,
    1 at its first character, 2 at its last, 3 where it is one character."""
    covered = np.zeros(len(text), np.int64)
    lengths = end - start
    at = np.repeat(start - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    edges = np.zeros(len(at), np.int64)
    firsts = np.cumsum(lengths) - lengths
    edges[firsts] += 1
    edges[firsts + lengths - 1] += 2
    covered[at] = np.repeat(classes * 4, lengths) + edges
    return covered


_STOP: Final = re.compile(r"[，。、；：！？,;:!?()（）“”‘’《》\n\0\x20]")


def _to_next(text: str, heads: _Ints) -> tuple[_Ints, _Ints]:
    """How many characters it is to the end of the next type word of the same stretch, up to `_FAR`, and its class."""
    size = len(text)
    at = np.arange(size)
    ends = np.where(heads % 4 >= 2, at, size + _FAR)
    following = np.minimum.accumulate(ends[::-1])[::-1]
    stops = np.full(size, size + _FAR)
    marks = np.fromiter((hit.start() for hit in _STOP.finditer(text)), np.int64)
    stops[marks] = marks
    stop = np.minimum.accumulate(stops[::-1])[::-1]
    distance = np.minimum(following - at, _FAR)
    distance[(following > stop) | (following >= size)] = _FAR
    classes = np.where(distance < _FAR, heads[np.minimum(following, size - 1)] // 4, 0)
    return distance, classes


class _Quoted(NamedTuple):
    """Columns about quotation marks, the same for all characters inside but for `state`, which tells how far from the
    marks one stands, and `edge`, whether it is the first, the last or between. `kind` tells which marks, `behind` and
    `before` the characters next to them, `follows` and `leads` the words there, `end` the last two characters inside,
    `shape` how many words stand inside and of which kind the outer ones are, `listed` what follows the row of marks that
    they belong to, `called` by which type word the text around takes the name up. `tail` tells how far behind a closing
    mark a character stands, `ahead` how far before an opening one."""

    state: _Ints
    edge: _Ints
    kind: _Ints
    length: _Ints
    behind: _Ints
    before: _Ints
    follows: _Ints
    leads: _Ints
    end: _Ints
    shape: _Ints
    listed: _Ints
    called: _Ints
    tail: _Ints
    ahead: _Ints


_PAIR: Final = re.compile(
    r"“[^“”\n\0]*”|《[^《》\n\0]*》|‘[^‘’\n\0]*’|「[^「」\n\0]*」|『[^『』\n\0]*』|〈[^〈〉\n\0]*〉"
)
_JOINED: Final = re.compile(r"[、和与及以]{0,2}")
_SAID: Final = re.compile(r"[，。！？：；,!?:;]")


def _quoted(joined: Block, own: _Ints, called: re.Pattern[str]) -> _Quoted:
    text, words, tags = joined.text, joined.words, joined.tags
    columns = _Quoted(*(np.zeros(len(text), np.int64) for _ in _Quoted._fields))
    pairs = [hit.span() for hit in _PAIR.finditer(text)]
    for number, (start, end) in enumerate(pairs):
        inside = end - start - 2
        span = slice(start, end)
        at = np.arange(end - start)
        columns.state[span] = 1 + np.minimum(at, 5) * 6 + np.minimum(at[::-1], 5)
        columns.edge[span] = 2
        columns.edge[start] = 1
        columns.edge[end - 1] = 3
        kind = columns.kind[span] = _OPENING.find(text[start]) + 1
        columns.length[span] = min(inside, 12)
        columns.behind[span] = _hash(text[end : end + 2])
        columns.before[span] = _hash(text[max(start - 2, 0) : start])
        columns.end[span] = _hash(text[max(end - 3, start) : end - 1])
        first, last = int(own[start]), int(own[end - 1])
        columns.follows[span] = _hash(words[min(last + 1, len(words) - 1)])
        columns.leads[span] = _hash(words[max(first - 1, 0)])
        held = tags[first + 1 : last] if words[first] == text[start] else tags[first:last]
        shape = f"{len(held)}{held[0][:1]}{held[-1][:1]}" if held else ""
        columns.shape[span] = _hash(shape + ("." if _SAID.search(text, start + 1, end - 1) else ""))
        row = _row_end(pairs, number, text)
        columns.listed[span] = _hash(f"{row != end}{text[row : row + 3].partition(PAD)[0]}")
        columns.called[span] = _called(joined, start, end, called)
        pad = text.find(PAD, end, end + 12)
        reach = pad if pad >= 0 else end + 12
        columns.tail[end:reach] = np.arange(1, reach - end + 1)
        columns.kind[end:reach] = kind
        reach = max(start - 8, text.rfind(PAD, max(start - 8, 0), start) + 1)
        columns.ahead[reach:start] = np.arange(start - reach, 0, -1)
    return columns


def _row_end(pairs: Sequence[tuple[int, int]], number: int, text: str) -> int:
    """Where a row of quoted words ends: “甲”、“乙”和“丙”."""
    end = pairs[number][1]
    for start, last in pairs[number + 1 : number + 8]:
        if start - end > 2 or not _JOINED.fullmatch(text, end, start):
            break
        end = last
    return end


def _called(joined: Block, start: int, end: int, called: re.Pattern[str]) -> int:
    """By which type word the text behind, or before, a quoted name speaks of it: 该项目, 这三场活动."""
    sentence = bisect_right(joined.starts, start) - 1
    behind = joined.text.find(PAD, end, end + _CALLED_WITHIN)
    behind = behind if behind >= 0 else end + _CALLED_WITHIN
    if hit := called.search(joined.text, end, behind) or called.search(joined.behind[sentence]):
        return 1 + _hash(hit[1])
    first = max(joined.starts[sentence], start - _CALLED_WITHIN)
    if hit := called.search(joined.text, first, start) or called.search(joined.before[sentence]):
        return 2 + _hash(hit[1])
    return 0


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass"))


_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
"""That of Fibonacci hashing."""
_SHIFT: Final = np.uint64(29)
