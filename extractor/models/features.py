"""What the tagger looks at: for each character of a text the codes of its features, as one array.

Training and tagging build features here and nowhere else. All that a feature knows of a character's surroundings is made
of whole arrays (characters, words, tags, names of the gazetteer, quotation marks), shifted against one another; no
character is looked at by itself. A feature's code is a hash of its template and its values, the same in every process.
"""

from __future__ import annotations

import re
import sys
from binascii import crc32
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain, repeat
from typing import Any, Final, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from extractor.engine.book import Rulebook

VERSION: Final = 1
"""Raised when a feature changes: weights trained with another version are refused."""

Codes: TypeAlias = npt.NDArray[np.uint64]
_Ints: TypeAlias = npt.NDArray[np.int64]

PAD: Final = "\0"
_GAP: Final = 2  # pads between sentences: as far as the shifts of characters reach

_UTF32: Final = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
_FAR: Final = 15  # distances are told up to here
_OPENING: Final = "“《‘〈「『"
_CLOSING: Final = "”》’〉」』"


class Sentence(NamedTuple):
    """A sentence cut into words: `words` joined are its text, `tags` are jieba's."""

    words: Sequence[str]
    tags: Sequence[str]


@dataclass
class Lookup:
    """The names and type words of a rule book that features tell of."""

    book: Rulebook
    _hashes: dict[str, int] = field(default_factory=dict)

    @cached_property
    def names(self) -> tuple[Any, npt.NDArray[np.int64]]:
        """An automaton over the names of places, and for each the number of its level."""
        import ahocorasick_rs

        gazetteer = self.book.gazetteer
        levels = ("country", "region", "province", "prefecture", "county", "township", "zone", "village", "poi")
        listed = {name: levels.index(gazetteer.by_name[name][0].level) + 1 for name in gazetteer.names}
        for name in gazetteer.township_codes:
            listed.setdefault(name, levels.index("township") + 1)
        automaton = ahocorasick_rs.AhoCorasick(list(listed), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        return automaton, np.array(list(listed.values()))

    @cached_property
    def heads(self) -> tuple[Any, npt.NDArray[np.int64]]:
        """An automaton over the words that head names of undertakings, documents and organisations, with their class."""
        import ahocorasick_rs

        listed: dict[str, int] = {}
        for number, lexicon in enumerate(("program_head", "document_head", "organisation_head", "publication_head"), 1):
            for word in self.book.lexicons[lexicon]:
                listed.setdefault(word, number)
        automaton = ahocorasick_rs.AhoCorasick(list(listed), matchkind=ahocorasick_rs.MatchKind.LeftmostLongest)
        return automaton, np.array(list(listed.values()))

    @cached_property
    def surnames(self) -> npt.NDArray[np.bool_]:
        """Whether a code point of the basic plane is a surname."""
        table = np.zeros(0x10000, bool)
        table[[ord(name) for name in self.book.lexicons["speaker_surname"] if len(name) == 1]] = True
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


class Block(NamedTuple):
    """Sentences one behind the other with pads between them; `starts` are their offsets in `text`."""

    text: str
    starts: list[int]
    words: list[str]
    tags: list[str]


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
    return Block("".join(words), starts, words, tags)


def features(joined: Block, lookup: Lookup, extra: Sequence[_Ints] = ()) -> Codes:
    """The features of each character: an array of shape (characters of `joined.text`, templates).

    `extra` are columns of numbers, one for each character, that another model says of them (tags of a network).
    """
    text = joined.text
    chars = np.frombuffer(text.encode(_UTF32, "surrogatepass"), np.uint32).astype(np.int64)
    kinds = _kinds(chars)
    chars = np.where(kinds == _DIGIT, ord("0"), np.where(kinds == _LATIN, ord("a"), chars))
    lengths = np.fromiter(map(len, joined.words), np.int64, len(joined.words))
    word, tag = lookup.hashed(joined.words), lookup.hashed(joined.tags)
    own = np.repeat(np.arange(len(lengths)), lengths)  # the word of each character
    first = np.cumsum(lengths) - lengths
    inside = np.arange(len(text)) - first[own]
    left = lengths[own] - 1 - inside
    place = np.where(left == 0, np.where(inside == 0, 3, 2), np.where(inside == 0, 0, 1))  # B M E S
    place = place * 4 + np.minimum(lengths[own], 4) - 1

    def of_word(values: _Ints, shift: int) -> _Ints:
        return _shifted(values, shift)[own]

    w0, w_1, w1 = word[own], of_word(word, -1), of_word(word, 1)
    t0, t_1, t1 = tag[own], of_word(tag, -1), of_word(tag, 1)
    c = {shift: _shifted(chars, shift) for shift in (-3, -2, -1, 0, 1, 2, 3)}
    k = {shift: _shifted(kinds, shift) for shift in (-1, 0, 1)}
    names = _marked(text, *lookup.names)
    heads = _marked(text, *lookup.heads)
    to_head, head_class = _to_next(text, heads)
    quoted = _quoted(text, lookup)
    surname = lookup.surnames[np.minimum(chars, 0xFFFF)].astype(np.int64)
    last = chars[np.minimum(first + lengths - 1, len(text) - 1)]  # the last character of each word
    head1 = chars[np.minimum(first, len(text) - 1)]
    ahead = to_head * 8 + head_class
    columns: list[tuple[_Ints, ...]] = [
        (c[0],),
        (c[-1],),
        (c[1],),
        (c[-2],),
        (c[2],),
        (c[-1], c[0]),
        (c[0], c[1]),
        (c[-2], c[-1]),
        (c[1], c[2]),
        (c[-1], c[1]),
        (c[-1], c[0], c[1]),
        (c[-2], c[-1], c[0]),
        (c[0], c[1], c[2]),
        (k[-1], k[0], k[1], place),
        (w0, place),
        (t0, place),
        (w_1, place),
        (w1, place),
        (w_1, w0),
        (w0, w1),
        (t_1, t0, place),
        (t0, t1, place),
        (t_1, t0, t1, place),
        (of_word(word, -2), np.sign(inside)),
        (of_word(word, 2), np.sign(left)),
        (of_word(tag, -2), t_1, t0),
        (t0, t1, of_word(tag, 2)),
        (last[own], place),
        (of_word(last, 1), t0, place),
        (of_word(last, -1), t0, place),
        (of_word(head1, 1), place),
        (names, place),
        (_shifted(names, -1), names, _shifted(names, 1)),
        (names, c[1]),
        (names, t1),
        (heads, _shifted(heads, -1)),
        (heads, _shifted(heads, 1)),
        (heads, w0),
        (ahead, t0),
        (ahead, names),
        (ahead, place),
        (surname, t0, place),
        (surname, c[0], c[1]),
        (_shifted(surname, -1), c[-1], c[0], place),
        (_shifted(surname, -2), c[-2], c[0], place),
        (quoted.state,),
        (quoted.state, quoted.behind),
        (quoted.state, quoted.before),
        (quoted.state, quoted.end),
        (quoted.state, quoted.length, quoted.kind),
        (quoted.state, c[0]),
        (quoted.tail, quoted.kind),
        (quoted.tail, ahead),
        (quoted.tail, w0),
        (quoted.ahead, t0),
        (quoted.ahead, w0),
    ]
    for column in extra:
        before, behind = _shifted(column, -1), _shifted(column, 1)
        columns += [
            (column,),
            (before, column),
            (column, behind),
            (before, column, behind),
            (column, place),
            (column, c[0]),
            (column, _shifted(column, 2)),
            (column, _shifted(column, -2)),
            (column, quoted.state),
            (column, names),
            (column, ahead),
        ]
    codes = np.empty((len(columns), len(text)), np.uint64)
    for number, values in enumerate(columns):
        codes[number] = _mixed(number, values)
    return codes.T


_DIGIT: Final = 1
_LATIN: Final = 2


def _kinds(chars: _Ints) -> _Ints:
    """Pad 0, digit 1, Latin 2, Han 3, Han numeral 4, mark 5, anything else 6."""
    kinds = np.full(len(chars), 6)
    kinds[(chars >= 0x4E00) & (chars < 0xA000)] = 3
    kinds[np.isin(chars, _NUMERALS)] = 4
    kinds[(chars >= ord("0")) & (chars <= ord("9"))] = _DIGIT
    kinds[((chars | 32) >= ord("a")) & ((chars | 32) <= ord("z"))] = _LATIN
    kinds[np.isin(chars, _MARKS)] = 5
    kinds[chars == 0] = 0
    return kinds


_NUMERALS: Final = np.array([ord(one) for one in "〇零一二两三四五六七八九十百千万亿"])
_MARKS: Final = np.array([ord(one) for one in "，。、；：！？,.;:!?()（）“”‘’《》〈〉「」『』—…·-/ \n"])


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


def _marked(text: str, automaton: Any, classes: _Ints) -> _Ints:
    """What the words of an automaton cover: 0, or four times the class and 0 within, 1 first, 2 last, 3 alone."""
    found = np.array(automaton.find_matches_as_indexes(text), np.int64).reshape(-1, 3)
    covered = np.zeros(len(text), np.int64)
    if not len(found):
        return covered
    index, start, end = found.T
    kind = classes[index] * 4
    lengths = end - start
    at = np.repeat(start - np.cumsum(lengths) + lengths, lengths) + np.arange(lengths.sum())
    covered[at] = np.repeat(kind, lengths)
    covered[start] += 1
    covered[end - 1] += 2
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
    """Columns about quotation marks: `state` tells how far from the marks a character inside stands, `kind` which marks,
    `behind`, `before` the words next to them, `end` the last two characters inside, `tail` how far behind a closing mark
    a character stands, `ahead` how far before an opening one."""

    state: _Ints
    kind: _Ints
    length: _Ints
    behind: _Ints
    before: _Ints
    end: _Ints
    tail: _Ints
    ahead: _Ints


_PAIR: Final = re.compile(
    r"“[^“”\n\0]*”|《[^《》\n\0]*》|‘[^‘’\n\0]*’|「[^「」\n\0]*」|『[^『』\n\0]*』|〈[^〈〉\n\0]*〉"
)
_WORD_BEHIND: Final = re.compile(r"[一-鿿]{1,2}|.|$", re.DOTALL)


def _quoted(text: str, lookup: Lookup) -> _Quoted:
    size = len(text)
    columns = _Quoted(*(np.zeros(size, np.int64) for _ in _Quoted._fields))
    for hit in _PAIR.finditer(text):
        start, end = hit.span()
        inside = end - start - 2
        span = slice(start, end)
        at = np.arange(end - start)
        columns.state[span] = 1 + np.minimum(at, 5) * 6 + np.minimum(at[::-1], 5)
        columns.kind[span] = _OPENING.find(text[start]) + 1
        columns.length[span] = min(inside, 12)
        columns.behind[span] = crc32(text[end : end + 2].encode("utf-8", "replace"))
        columns.before[span] = crc32(text[max(start - 2, 0) : start].encode("utf-8", "replace"))
        columns.end[span] = crc32(text[max(end - 3, start) : end - 1].encode("utf-8", "replace"))
        reach = min(end + 12, size)
        columns.tail[end:reach] = np.arange(1, reach - end + 1)
        columns.kind[end:reach] = _OPENING.find(text[start]) + 1
        reach = max(start - 8, 0)
        columns.ahead[reach:start] = np.arange(start - reach, 0, -1)
    return columns


_MULTIPLIER: Final = np.uint64(0x9E3779B97F4A7C15)
_SHIFT: Final = np.uint64(29)


def _mixed(template: int, values: Sequence[_Ints]) -> Codes:
    """A hash of a template's number and its values, element by element (the multiplier is that of Fibonacci hashing)."""
    code = np.full(len(values[0]), template + 1, np.uint64)
    for column in values:
        code = (code ^ column.astype(np.uint64)) * _MULTIPLIER
        code ^= code >> _SHIFT
    return code


def sentence_of(words: Sequence[str], tags: Sequence[str]) -> Sentence:
    return Sentence(words, tags)


_ = repeat
