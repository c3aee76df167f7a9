"""Text that was read in a wrong encoding, read anew: whole lines where one chain of encodings explains them, else runs.

A chain is undone link by link: characters → the bytes somebody read wrong → the characters they were. Every chain is tried
on all doubtful lines at once, the character model judges the results line by line, and lines too short to tell follow the
chain that explains most of the document.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from typing import Any, Final, NamedTuple

import numpy as np
import numpy.typing as npt
import regex

from extractor.restore.bytes import Encoded, encode
from extractor.restore.model import Floats, character_model, codes_of
from extractor.restore.reading import Grade, Reading, quick, read

Link = tuple[str, str]  # read as the first, meant as the second
Chain = tuple[Link, ...]

_LINKS: Final[tuple[Link, ...]] = (
    ("cp1252", "utf-8"),
    ("gb18030", "utf-8"),
    ("big5hkscs", "utf-8"),
    ("cp950", "utf-8"),
    ("cp932", "utf-8"),
    ("cp949", "utf-8"),
    ("cp1252", "gb18030"),
    ("cp950", "gb18030"),
    ("cp932", "gb18030"),
    ("cp949", "gb18030"),
    ("cp1252", "cp950"),
    ("gb18030", "cp950"),
)
_DEPTH: Final = (
    3  # links of the longest chain; text that is broken already is saved as UTF-8, so all but the last are that
)
_BRANCHES: Final = 2  # first links after which a second is looked for
_TRIED: Final = 2  # chains that are tried on a line in earnest
_AT_ONCE: Final = 20_000  # characters that are judged together
_PATIENCE: Final = 2  # times that this many are judged in vain before the rest of a document is given up
_SAMPLE: Final = 800  # characters by which the chains of a document are guessed
_HALVES: Final = regex.compile("[\ud800-\udfff]")
_GOOD: Final = -9.0  # mean log p of text that was read right, at worst
_HOPELESS: Final = -13.0  # below it nobody looks closer
_GAP_SCORE: Final = -10.5  # what a character counts that two bytes without meaning may have been
_GAIN: Final = 1.6  # how much better a line must read, and …
_GAIN_SHORT: Final = 4.0  # … divided by its length, how much more where it is short
_FEWEST: Final = 3  # characters of a line that may be judged by itself
_MOSTLY_HAN: Final = 0.6  # share of Han in a line; the rest are marks
_MOST_WRONG: Final = 0.02  # share of characters that a reading may break which were not lost
_MOST_WRONG_IN_RUN: Final = 0.2  # … in a run, at whose ends a character may be cut
_RARE: Final = 8  # one character in so many of a run is odd, at least; one in three is usual
_CLAUSE: Final = 6  # characters of a part of a line that may be judged by itself
_CROWDED: Final = 4  # one character in so many of such a part is odd
_LEANS: Final = 1.6  # how much less it takes for the chain of the document
_DOMINANT: Final = 0.6  # share of the doubtful text that makes a chain the document's
_MOST_BROKEN: Final = 0.8  # share of characters that cannot be read at the first look
_MOST_BROKEN_BETWEEN: Final = 0.3  # … where another link follows
_MOST_LOST: Final = 0.5  # share of characters lost or guessed above which nothing is offered

_IS_HAN: Final = np.zeros(0x10000, dtype=bool)
_IS_HAN[0x4E00:0xA000] = True
_HAN_OR_MARK: Final = np.zeros(0x10000, dtype=bool)
_HAN_OR_MARK[0x4E00:0xA000] = _HAN_OR_MARK[0x3400:0x4DC0] = _HAN_OR_MARK[0x3000:0x3100] = True
_HAN_OR_MARK[0xFF01:0xFF5F] = True
_HAN_OR_MARK[[ord(mark) for mark in "“”‘’—…·"]] = True


class Line(NamedTuple):
    """A line of a text, without its end: `text[start:end]`."""

    start: int
    end: int


class Repaired(NamedTuple):
    """`text[start:end]`, a line or a run of it, read anew; the offsets of the reading count from `start`."""

    start: int
    end: int
    reading: Reading
    chain: Chain


class _Judged(NamedTuple):
    """Of each line: its score, the number of characters that count, and the share of them that cannot be read."""

    scores: Floats
    numbers: npt.NDArray[np.intp]
    broken: Floats


def repair(
    text: str, lines: Sequence[Line], windows: Sequence[Line] = (), odd: Set[str] | None = None
) -> list[Repaired]:
    """What of `lines` of `text` was read in a wrong encoding, in order, read anew; of `windows`, what of them as runs.

    `odd` are the characters of `text` that clean text seldom has, where known: every run holds some.

    >>> wrong = "全县新建社工站十九个".encode().decode("gb18030")
    >>> [found] = repair(wrong, [Line(0, len(wrong))])
    >>> found.reading.text, found.chain
    ('全县新建社工站十九个', (('gb18030', 'utf-8'),))
    >>> repair("涓涓细流汇成河", [Line(0, 7)])
    []
    """
    whole = _whole_lines(text, lines)
    found = list(whole.values())
    parts: list[Line] = []
    for line in [*(line for number, line in enumerate(lines) if number not in whole), *windows]:
        runs = list(_runs(text, line, odd))
        taken = [(run.start, run.end) for run in runs]
        found += runs
        parts += (part for part in _parts_of(text, line, odd) if not _meets(part, taken))
    found += _whole_lines(text, parts).values()
    return sorted(found, key=lambda one: one.start)


def _meets(part: Line, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether `part` shares characters with one of the spans `taken`, which are in order and apart."""
    before = bisect_left(taken, (part.end, part.end)) - 1
    return before >= 0 and taken[before][1] > part.start


# --- whole lines --------------------------------------------------------------------------------------------------


def _whole_lines(text: str, lines: Sequence[Line]) -> dict[int, Repaired]:
    """The lines that a chain explains as a whole, by their number."""
    if not lines:
        return {}
    pieces = [text[start:end] for start, end in lines]
    hopeless = {number for number, piece in enumerate(pieces) if piece.count("\ufffd") > _MOST_LOST * len(piece)}
    before = [score for part in _parts(pieces) for score in _judge(pieces[part]).scores.tolist()]
    results: dict[int, Repaired] = {}
    left = [number for number in range(len(pieces)) if number not in hopeless]

    def apply(chain: Chain, numbers: Sequence[int], leans: float = 0.0) -> None:
        for number, reading in _read_all(pieces, numbers, chain, before, leans):
            results[number] = Repaired(*lines[number], reading, chain)

    doubtful = [pieces[number][: 2 * _SAMPLE] for number in left]
    for chain in _likely([doubtful[number] for number in _sample(doubtful)]):
        apply(chain, left)
        left = [number for number in left if number not in results]
    failures = 0
    for part in _parts([pieces[number] for number in left]):
        numbers = left[part]
        known = len(results)
        if failures == _PATIENCE:
            break
        order = _best([pieces[number][:_AT_ONCE] for number in numbers])
        for place in range(_TRIED):
            wanted: dict[Chain, list[int]] = {}
            for number, chains in zip(numbers, order, strict=True):
                if number not in results and place < len(chains):
                    wanted.setdefault(chains[place], []).append(number)
            for chain, some in wanted.items():
                apply(chain, some)
        failures = 0 if len(results) > known else failures + 1
    explained: Counter[Chain] = Counter()
    for number, result in results.items():
        explained[result.chain] += len(pieces[number])
    if explained and len(results) < len(pieces):
        [(chain, length)] = explained.most_common(1)
        if length >= _DOMINANT * sum(map(len, pieces)):
            apply(chain, [number for number in range(len(pieces)) if number not in results], _LEANS)
    return results


def _parts(pieces: Sequence[str]) -> Iterator[slice]:
    """Slices of `pieces` of about `_AT_ONCE` characters each, so that what is held at once is bounded."""
    start = size = 0
    for number, piece in enumerate(pieces):
        size += len(piece)
        if size >= _AT_ONCE:
            yield slice(start, number + 1)
            start, size = number + 1, 0
    if start < len(pieces):
        yield slice(start, len(pieces))


def _sample(pieces: Sequence[str]) -> list[int]:
    """The numbers of a few of `pieces` from all over the text, `_SAMPLE` characters or a little more."""
    chosen: list[int] = []
    size = 0
    step = max(1, len(pieces) // 8)
    for first in range(step):
        for number in range(first, len(pieces), step):
            chosen.append(number)
            size += len(pieces[number])
            if size >= _SAMPLE:
                return chosen
    return chosen


def _likely(pieces: Sequence[str]) -> list[Chain]:
    """The chains under which `pieces` read best, most of the text first."""
    found: Counter[Chain] = Counter()
    for piece, chains in zip(pieces, _best(pieces), strict=True):
        if chains:
            found[chains[0]] += len(piece)
    return [chain for chain, length in found.most_common(2) if length >= 0.2 * sum(map(len, pieces))]


def _best(pieces: Sequence[str]) -> list[list[Chain]]:
    """The chains under which each of `pieces` reads best at a first look, and not worse than as it stands."""
    before = _judge(pieces)
    reached = before.scores.copy()
    ranked: list[list[tuple[float, Chain]]] = [[] for _ in pieces]
    level: list[tuple[Chain, list[str]]] = [((), list(pieces))]
    for depth in range(_DEPTH):
        deeper: list[tuple[float, Chain, list[str]]] = []
        for chain, texts in level:
            for link in _LINKS:
                results = _first_look(texts, link)
                if results is None:
                    continue
                judged = _judge(results)
                looks = zip(results, judged.scores.tolist(), judged.broken.tolist(), strict=True)
                for number, (result, score, broken) in enumerate(looks):
                    if result and score > before.scores[number] - 0.5 and score > _HOPELESS and broken < _MOST_BROKEN:
                        ranked[number].append((-score, (*chain, link)))
                        reached[number] = max(reached[number], score)
                shares = [share for result, share in zip(results, judged.broken.tolist(), strict=True) if result]
                if link[1] == "utf-8" and depth + 1 < _DEPTH and min(shares) < _MOST_BROKEN_BETWEEN:
                    deeper.append((sum(shares) / len(shares), (*chain, link), results))
        is_open = (before.numbers > 0) & (reached < _GOOD)
        if not is_open.any() or not deeper:
            break
        deeper.sort(key=lambda found: found[0])
        level = [
            (chain, [_HALVES.sub("\ufffd", text) if o else "" for text, o in zip(texts, is_open, strict=True)])
            for _, chain, texts in deeper[:_BRANCHES]
        ]
    return [[chain for _, chain in sorted(found, key=lambda one: one[0])[:_TRIED]] for found in ranked]


def _first_look(texts: Sequence[str], link: Link) -> list[str] | None:
    """Each of `texts` with one link undone, half surrogates for what cannot be; empty where it does not fit, None if none does."""
    wrong, right = link
    encoded = encode("\n".join(texts), wrong)
    if encoded is None:
        texts = [text if text and encode(text, wrong) is not None else "" for text in texts]
        if not any(texts):
            return None
        encoded = encode("\n".join(texts), wrong)
        assert encoded is not None
    results = quick(encoded.data, right).split("\n")
    return results if any(results) else None


def _judge(lines: Sequence[str]) -> _Judged:
    """Each of `lines`: mean log p over the characters that are not ASCII, 0 where there is none."""
    text = "\n".join(lines)
    if not text:
        zeros = np.zeros(len(lines))
        return _Judged(zeros.astype(np.float32), zeros.astype(np.intp), zeros.astype(np.float32))
    codes = codes_of(text)
    values = character_model().values(text)
    is_broken = ((codes >= 0xD800) & (codes < 0xE000)) | (codes == 0xFFFD)
    counted = ((codes >= 0x80) | ((codes < 0x20) & (codes != 10) & (codes != 9) & (codes != 13))) & ~is_broken
    line = np.cumsum(codes == 10)
    numbers = np.bincount(line, weights=counted, minlength=len(lines))
    broken = np.bincount(line, weights=is_broken, minlength=len(lines)) / 2
    sums = np.bincount(line, weights=np.where(counted, values, 0), minlength=len(lines)) + _GAP_SCORE * broken
    size = np.maximum(numbers + broken, 0.5)
    return _Judged(
        (sums / size).astype(np.float32), (numbers + broken).astype(np.intp), (broken / size).astype(np.float32)
    )


def _read_all(
    pieces: Sequence[str], numbers: Sequence[int], chain: Chain, before: Sequence[float], leans: float = 0.0
) -> Iterator[tuple[int, Reading]]:
    """Those of the lines `numbers` of `pieces` that read better with `chain` undone, by number.

    What could not be read may have become a question mark: lines that hold one are read with and without.
    """
    fitting = [number for number in numbers if _fits(pieces[number], chain[0][0])]
    marked = [number for number in fitting if chain[0][1] == "utf-8" and "?" in pieces[number]]
    plain = [number for number in fitting if number not in set(marked)] if marked else fitting
    for some, marks in ((plain, False), (marked, True)):
        reading = _undo("\n".join(pieces[number] for number in some), chain, marks=marks) if some else None
        if reading is None:
            continue
        cuts = [-1, *np.flatnonzero(reading.codes == 10).tolist(), len(reading.codes)]
        if len(cuts) != len(some) + 1:
            continue
        better = _better(reading, chain, np.array([before[number] for number in some]), leans)
        offset = 0
        for place, number in enumerate(some):
            first, last = cuts[place] + 1, cuts[place + 1]
            if better[place]:
                yield (
                    number,
                    Reading(
                        reading.codes[first:last],
                        reading.starts[first:last] - offset,
                        reading.ends[first:last] - offset,
                        reading.grades[first:last],
                    ),
                )
            offset += len(pieces[number]) + 1


def _fits(text: str, codec: str) -> bool:
    return bool(text) and encode(text, codec) is not None


def _undo(text: str, chain: Chain, *, marks: bool = False) -> Reading | None:
    """`text` with every link of `chain` undone; None where one cannot be."""
    result: Reading | None = None
    for wrong, right in chain:
        encoded = encode(text, wrong, marks=marks)
        found = None if encoded is None else read(encoded, right)
        if found is None:
            return None
        result = found if result is None else _composed(result, found)
        text = result.text
    return result


def _composed(first: Reading, second: Reading) -> Reading:
    """`second`, which reads the text of `first`, with the offsets of what `first` reads."""
    grades = np.maximum(second.grades, np.maximum(first.grades[second.starts], first.grades[second.ends - 1]))
    return Reading(second.codes, first.starts[second.starts], first.ends[second.ends - 1], grades)


def _better(
    reading: Reading, chain: Chain, before: npt.NDArray[np.float64], leans: float = 0.0, breaks: float = _MOST_WRONG
) -> npt.NDArray[np.bool_]:
    """Whether each line of `reading` is what was meant and no chance: it reads as Chinese, and better by a margin than the
    score it had `before`.

    Only what was read from whole bytes bears witness: a guess is the model's own. Valid UTF-8 is a witness too.
    """
    codes, grades = reading.codes, reading.grades
    size = len(before)
    line = np.cumsum(codes == 10)
    counted = codes >= 0x80
    sure = counted & (grades < Grade.guess)
    plain = np.where(codes < 0x10000, _HAN_OR_MARK[np.minimum(codes, 0xFFFF)], codes >= 0x20000) & counted

    def total(what: npt.NDArray[Any]) -> npt.NDArray[np.float64]:
        return np.asarray(np.bincount(line, weights=what, minlength=size), dtype=np.float64)

    number, sures, unsure = total(counted), total(sure), total(counted & ~sure)
    values = character_model().pairs(np.concatenate([codes[:1] * 0 + 10, codes[:-1]]), codes)
    some = np.maximum(number, 1)
    after = np.where(sures > 0, total(np.where(sure, values, 0)) / np.maximum(sures, 1), -20.0)
    is_utf8 = chain[0][1] == "utf-8"
    latin = chain[0][0] == "cp1252"
    after_loss = after - 2.0 * unsure / some
    little_lost = is_utf8 & (unsure < 0.2 * number)
    margin = _GAIN + _GAIN_SHORT / some - leans - 0.8 * little_lost
    limit = _GOOD - leans / 2 - 0.8 * little_lost
    better = (after_loss > limit) & (after_loss - before > margin) & (unsure <= _MOST_LOST * number)
    # What was guessed at one link may break at the next.
    better &= total(grades == Grade.broken) <= (breaks if len(chain) == 1 else _MOST_WRONG_IN_RUN) * number
    if is_utf8:
        whole = (total(grades) == 0) & (number >= (3 if latin else 6)) & (total(plain) >= 0.8 * number)
        better |= whole & (latin | (after > before - 0.5))
    else:
        han = total(_IS_HAN[np.minimum(codes, 0xFFFF)] & counted) >= _MOSTLY_HAN * number
        better &= han | (leans > 0) & (total(plain) >= 0.9 * number)
    return np.asarray(better & (number >= (1 if leans else _FEWEST - is_utf8)), dtype=np.bool_)


# --- runs inside a line -------------------------------------------------------------------------------------------

_THREE = rb"[\xe2-\xe9\xef][\x80-\xbf\xff][\x80-\xbf\xff]"
_ANY = rb"(?:" + _THREE + rb"|[\xc2-\xcf][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2})"
# Two characters of GBK may be two of two bytes in UTF-8 by chance: 路路 is ··.
_UTF8_RUNS = {
    "cp1252": regex.compile(_ANY + rb"(?:[\x20-\x7e]{0,12}+" + _ANY + rb")*+"),
    "gb18030": regex.compile(_THREE + rb"(?:[\x20-\x7e]{0,12}+" + _ANY + rb")*+"),
}
_TWO = regex.compile(_THREE + rb"[\x20-\x7e]{0,12}+" + _ANY)
_HIGH = r"[\x80-\xff\u0152\u0153\u0160\u0161\u017d\u017e\u0178\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122\ufffd]"
_CLAUSES = regex.compile(r"[^，。；：！？、“”‘’（）《》 \t\n\u3000]+")
_LATIN_RUN = regex.compile(rf"{_HIGH}(?:[\x20-\x7e]{{0,12}}+{_HIGH})++")


def _runs(text: str, line: Line, odd: Set[str] | None) -> Iterator[Repaired]:
    """Runs of a good line that were read wrong: bytes that are UTF-8 as they stand, and read much better so."""
    written = text[line.start : line.end]
    spans = [(found.start(), found.end(), "cp1252") for found in _LATIN_RUN.finditer(written)]
    spans.append((0, len(written), "gb18030"))
    done = 0
    for first, last, wrong in spans:
        for start, end, encoded in _stretches(written[first:last], wrong):
            start, end = start + first, end + first
            if odd is not None and sum(map(odd.__contains__, written[start:end])) * _RARE < end - start:
                continue
            reading = read(encoded, "utf-8") if start >= done else None
            if reading is None:
                continue
            before = np.array([character_model().score(written[start:end])[0]])
            if _better(reading, ((wrong, "utf-8"),), before, breaks=_MOST_WRONG_IN_RUN)[0]:
                yield Repaired(line.start + start, line.start + end, reading, ((wrong, "utf-8"),))
                done = end


def _parts_of(text: str, line: Line, odd: Set[str] | None) -> Iterator[Line]:
    """Parts of `line` that a chain may explain by themselves: Western letters, and clauses full of other odd characters."""
    written = text[line.start : line.end]
    western = [found.span() for found in _LATIN_RUN.finditer(written)]
    clauses = (span for span in _odd_clauses(written, odd) if not _meets(Line(*span), western))
    for start, end in [*western, *clauses]:
        if _CLAUSE <= end - start < len(written):
            yield Line(line.start + start, line.start + end)


def _odd_clauses(written: str, odd: Set[str] | None) -> Iterator[tuple[int, int]]:
    """The clauses of a line that are full of odd characters, while others are not."""
    if odd is None or sum(map(odd.__contains__, written)) * _CROWDED < _CLAUSE:
        return
    for found in _CLAUSES.finditer(written):
        start, end = found.span()
        if _CLAUSE <= end - start < len(written):
            number = sum(map(odd.__contains__, found[0]))
            if number * _CROWDED >= end - start:
                yield start, end


def _stretches(written: str, wrong: str) -> Iterator[tuple[int, int, Encoded]]:
    """Spans of `written` whose bytes in `wrong` may be UTF-8, beginning and ending with characters of their own."""
    if wrong == "gb18030" and _TWO.search(written.encode(wrong, "replace")) is None:
        return  # nearly always: a name with a rare character
    encoded = encode(written, wrong)
    if encoded is None:
        return
    data, owners, _ = encoded
    for found in _UTF8_RUNS[wrong].finditer(data):
        first, last = found.span()
        while first < last and first and owners[first] == owners[first - 1]:
            first += 1  # begins inside a character
        while last > first and last < len(data) and owners[last] == owners[last - 1]:
            last -= 1
        if last - first >= 3:
            start, end = int(owners[first]), int(owners[last - 1]) + 1
            yield start, end, Encoded(data[first:last], owners[first:last] - start, wrong)
