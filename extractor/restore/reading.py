"""Bytes, some of them lost → text, each character with the bytes it comes from and how sure it is.

Where bytes are whole, the decoder of the standard library reads them. Where it stops, `_utf8_gap` and `_pair_gap` say which
characters the remaining bytes leave open, and the character model chooses among them by both neighbours.
"""

from __future__ import annotations

import codecs
from collections.abc import Callable
from enum import IntEnum
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from extractor.restore.bytes import MARK, Encoded, Offsets, lost_bytes
from extractor.restore.model import character_model, codes_of

Codes = npt.NDArray[np.uint32]

_LEADS: Final = (0xE2, 0xE3, *range(0xE4, 0xEA), 0xEF)  # of three bytes in UTF-8: marks, Han, fullwidth forms
_GAP: Final = "\ud800"  # stands in a decoded text where a gap is; the standard decoders never give it
_MANY: Final = 600  # candidates above which choosing one is no reading any more
_MOST_OPEN: Final = 2  # one character in so many may have lost that much; beyond, nothing is left to read
_SURE: Final = 0.85  # probability among the candidates from which a character counts as inferred
_LOST: Final = 0xFFFD
_UNUSUAL: Final = -14.4  # log probability of characters that no word of the dictionary holds
_TWINS: Final = {
    **dict(zip("“‘（《【〈「『", "”’）》】〉」』", strict=True)),
    **dict(zip("”’）》】〉」』", "“‘（《【〈「『", strict=True)),
}


class Grade(IntEnum):
    """How sure a character is that was read anew."""

    exact = 0  # all its bytes were there
    inferred = 1  # one byte was lost, and one character stands out among those it may have been
    guess = 2  # several are about as likely
    lost = 3  # nothing to go by: U+FFFD
    broken = 4  # nothing was lost, and yet it is no text: it was not read wrong in this way


class Reading(NamedTuple):
    """The characters as `codes`; each comes from the characters `starts:ends` of the text that was read wrong."""

    codes: Codes
    starts: Offsets
    ends: Offsets
    grades: npt.NDArray[np.uint8]

    @property
    def text(self) -> str:
        return self.codes.tobytes().decode("utf-32-le")


class _Gap(NamedTuple):
    """One character that bytes of `start:end` leave open; no candidate where it is lost."""

    start: int
    end: int
    candidates: tuple[int, ...] = ()


def quick(data: bytes, right: str) -> str:
    """`data` read as `right`, with half surrogates and such for what cannot be: good enough to judge an encoding by."""
    return data.decode(right, "replace" if right == "utf-16-le" else "surrogateescape")


def read(encoded: Encoded, right: str, *, strict: bool = False) -> Reading | None:
    """The text that `encoded` holds in `right`; None where too little is left of it, or, if `strict` and in UTF-16, a byte is amiss.

    >>> from extractor.restore.bytes import encode
    >>> found = read(encode("中文".encode().decode("gb18030"), "gb18030"), "utf-8")
    >>> found.text, found.starts.tolist(), found.ends.tolist()
    ('中文', [0, 1], [2, 3])
    """
    data, owners, wrong = encoded
    gaps: list[_Gap] = []
    if strict or right == "utf-16-le":
        try:
            text = data.decode(right)
        except UnicodeDecodeError:
            return None
    else:
        text = _with_gaps(data, wrong, right, gaps)
    codes = codes_of(text)
    if not len(codes):
        return None
    sizes = _sizes(codes, text, right)
    grades = np.zeros(len(codes), dtype=np.uint8)
    places = np.flatnonzero(codes == ord(_GAP))
    if gaps:
        if sum(not gap.candidates for gap in gaps) * _MOST_OPEN > len(codes):
            return None
        codes = codes.copy()
        behind = [gap.start for gap in gaps[1:]] + [len(data)]
        sizes[places] = [min(gap.end, after) - gap.start for gap, after in zip(gaps, behind, strict=True)]
        _fill(codes, grades, places, gaps)
        whole = [not gap.candidates and MARK not in data[gap.start : gap.end] for gap in gaps]
        grades[places[whole]] = Grade.broken
    ends = np.cumsum(sizes)
    starts = ends - sizes
    if gaps:
        ends[places] = [gap.end for gap in gaps]  # two may share a mark
    return Reading(codes, owners[starts], owners[ends - 1] + 1, grades)


def _sizes(codes: Codes, text: str, right: str) -> Offsets:
    """Number of bytes of each character."""
    if right == "utf-8":
        return 1 + (codes >= 0x80).astype(np.intp) + (codes >= 0x800) + (codes >= 0x10000)
    if right == "utf-16-le":
        return np.where(codes < 0x10000, 2, 4).astype(np.intp)
    if right == "cp950":
        return np.where(codes < 0x80, 1, 2).astype(np.intp)
    sizes = np.where(codes < 0x80, 1, 2).astype(np.intp)
    for i in np.flatnonzero(codes > 0x9FFF).tolist() + np.flatnonzero((codes >= 0x80) & (codes < 0x4E00)).tolist():
        if text[i] != _GAP:
            sizes[i] = len(text[i].encode(right))
    return sizes


def _with_gaps(data: bytes, wrong: str, right: str, gaps: list[_Gap]) -> str:
    """`data` read as `right`, with `_GAP` for each of the `gaps`, which are appended."""
    find = _utf8_gap if right == "utf-8" else _pair_gap

    def lost(place: int) -> tuple[int, ...]:
        return lost_bytes(wrong, data[place + 1] if place + 1 < len(data) else MARK)

    def mend(error: UnicodeError) -> tuple[str, int]:
        assert isinstance(error, UnicodeDecodeError)
        found, end = find(data, error.start, right, lost)
        gaps.extend(found)
        return _GAP * len(found), end

    codecs.register_error("extractor.restore.gap", mend)
    return data.decode(right, "extractor.restore.gap")


Lost = Callable[[int], tuple[int, ...]]  # the bytes that a mark at a place may stand for


def _is_tail(data: bytes, i: int) -> bool:
    return i < len(data) and 0x80 <= data[i] < 0xC0


def _utf8_gap(data: bytes, i: int, right: str, lost: Lost) -> tuple[list[_Gap], int]:
    """The characters open at `i`, where UTF-8 breaks off, and where it goes on.

    `L` is the first of three bytes, `t` a following one, `x` a mark: Lxt, Ltx and xtt have lost one byte each. A mark that
    swallowed the last byte of one character and the first of the next gives Ltxtt, both open. Lt and L alone lost theirs
    without a mark.
    """
    size = len(data)
    first = data[i]
    if first == MARK:
        if _is_tail(data, i + 1) and _is_tail(data, i + 2) and not _is_tail(data, i + 3):
            leads = _among(_LEADS, lost(i))
            return [_Gap(i, i + 3, _from(leads, (data[i + 1],), (data[i + 2],)))], i + 3
        if _is_tail(data, i + 1) and not _is_tail(data, i + 2):
            return [_Gap(i, i + 2, _from(_LEADS, _TAILS, (data[i + 1],)))], i + 2
        return [_Gap(i, i + 1)], i + 1
    if 0xE0 <= first < 0xF0:
        second = data[i + 1] if i + 1 < size else 0
        third = data[i + 2] if i + 2 < size else 0
        if second == MARK:
            tails = _among(_TAILS, lost(i + 1))
            if _is_tail(data, i + 2):
                return [_Gap(i, i + 3, _from((first,), tails, (third,)))], i + 3
            if third == MARK:
                return [_Gap(i, i + 3, _from((first,), tails, _among(_TAILS, lost(i + 2))))], i + 3
            return [_Gap(i, i + 2, _from((first,), _TAILS, _TAILS))], i + 2
        if _is_tail(data, i + 1):
            if third == MARK and _is_tail(data, i + 3) and _is_tail(data, i + 4) and not _is_tail(data, i + 5):
                gaps = [
                    _Gap(i, i + 3, _from((first,), (second,), _TAILS)),
                    _Gap(i + 2, i + 5, _from(_LEADS, (data[i + 3],), (data[i + 4],))),
                ]
                return gaps, i + 5
            if third == MARK:
                return [_Gap(i, i + 3, _from((first,), (second,), _among(_TAILS, lost(i + 2))))], i + 3
            return [_Gap(i, i + 2, _from((first,), (second,), _TAILS))], i + 2
    end = i + 1
    while _is_tail(data, end):
        end += 1
    return [_Gap(i, end)], end


_TAILS: Final = tuple(range(0x80, 0xC0))


@lru_cache(maxsize=4096)
def _among(candidates: tuple[int, ...], lost: tuple[int, ...]) -> tuple[int, ...]:
    """Those of `candidates` that may have been lost; all of them where none may."""
    kept = frozenset(lost)
    return tuple(byte for byte in candidates if byte in kept) or candidates


@lru_cache(maxsize=4096)
def _from(first: tuple[int, ...], second: tuple[int, ...], third: tuple[int, ...]) -> tuple[int, ...]:
    """The code points of three bytes in UTF-8, each one of several; none where two are lost, and anything may have stood there."""
    if len(first) * len(second) * len(third) > _MANY:
        return ()
    codes = ((a & 15) << 12 | (b & 63) << 6 | c & 63 for a in first for b in second for c in third)
    return tuple(code for code in codes if code >= 0x800 and not 0xD800 <= code < 0xF900)


def _pair_gap(data: bytes, i: int, right: str, lost: Lost) -> tuple[list[_Gap], int]:
    """The character open at `i`, where pairs of bytes break off: one byte of it, or both, are lost."""
    first = data[i]
    second = data[i + 1] if i + 1 < len(data) else 0
    if first == MARK and second == MARK:
        return [_Gap(i, i + 2)], i + 2
    if first == MARK and second >= 0x80:
        return [_Gap(i, i + 2, _pairs(lost(i), (second,), right))], i + 2
    if first != MARK and second == MARK:
        return [_Gap(i, i + 2, _pairs((first,), lost(i + 1), right))], i + 2
    return [_Gap(i, i + 1)], i + 1


@lru_cache(maxsize=4096)
def _pairs(first: tuple[int, ...], second: tuple[int, ...], right: str) -> tuple[int, ...]:
    """The code points of two bytes in `right`, one of them one of several."""
    found = []
    for a in first:
        for b in second:
            try:
                text = bytes([a, b]).decode(right)
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                found.append(ord(text))
    return tuple(found)


def _fill(codes: Codes, grades: npt.NDArray[np.uint8], places: Offsets, gaps: list[_Gap]) -> None:
    """Puts the likeliest candidate, by the characters before and behind, into each of `places`.

    A gap beside another one is judged twice, the second time by what was put there.
    """
    is_lost = np.array([not gap.candidates for gap in gaps])
    codes[places[is_lost]] = _LOST
    grades[places[is_lost]] = Grade.lost
    left = [(int(place), gap) for place, gap in zip(places, gaps, strict=True) if gap.candidates]
    is_open = np.zeros(len(codes) + 2, dtype=bool)
    is_open[places[~is_lost] + 1] = True
    for judged_again in (False, True):
        if judged_again:
            left = [(place, gap) for place, gap in left if is_open[place] or is_open[place + 2]]
        if left:
            _choose(codes, grades, is_open if not judged_again else np.zeros_like(is_open), left)
    for place, gap in zip(places.tolist(), gaps, strict=True):
        if gap.candidates and chr(codes[place]) in _TWINS:
            codes[place] = _of_pair(chr(codes[place]), gap.candidates, codes, place)


def _choose(
    codes: Codes, grades: npt.NDArray[np.uint8], is_open: npt.NDArray[np.bool_], gaps: list[tuple[int, _Gap]]
) -> None:
    """One round of `_fill`, all gaps at once; a neighbour that is itself open says nothing. `is_open` begins one early."""
    model = character_model()
    sets = [_candidates(gap.candidates) for _, gap in gaps]
    sizes = np.fromiter(map(len, sets), dtype=np.intp, count=len(sets))
    flat = np.concatenate(sets)
    places = np.repeat(np.array([place for place, _ in gaps]), sizes)
    padded = np.concatenate([codes[:0], np.array([10], np.uint32), codes, np.array([10], np.uint32)])
    scores = np.where(is_open[places], model.singles(flat), model.pairs(padded[places], flat))
    scores += np.where(is_open[places + 2], 0, model.pairs(flat, padded[places + 2]))
    firsts = np.cumsum(sizes) - sizes
    best = np.maximum.reduceat(scores, firsts)
    weights = np.exp(scores - np.repeat(best, sizes))
    shares = 1 / np.add.reduceat(weights, firsts)
    winners = np.flatnonzero(weights == 1)
    first_winner = winners[np.searchsorted(winners, firsts)]
    targets = places[firsts]
    codes[targets] = flat[first_winner]
    grades[targets] = np.where(shares >= _SURE, Grade.inferred, Grade.guess)


@lru_cache(maxsize=8192)
def _candidates(codes: tuple[int, ...]) -> Codes:
    """Those of `codes` that text may hold; all of them where there is none."""
    found = np.array(codes, dtype=np.uint32)
    usual = character_model().singles(found) > _UNUSUAL
    return found[usual] if usual.any() else found


def _of_pair(character: str, candidates: tuple[int, ...], codes: Codes, place: int) -> int:
    """The code of `character`, or of its twin where it is a quotation mark and the line has, or has not, opened one."""
    twin = _TWINS[character]
    if ord(twin) not in candidates:
        return ord(character)
    opening, closing = sorted((character, twin))
    start = max(0, place - 2000)
    breaks = np.flatnonzero(codes[start:place] == 10)
    line = codes[start + int(breaks[-1]) + 1 if len(breaks) else start : place]
    is_open = int((line == ord(opening)).sum()) > int((line == ord(closing)).sum())
    return ord(closing if is_open else opening)
