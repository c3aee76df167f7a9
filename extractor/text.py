"""Text that remembers where it came from.

A repair never returns a bare string: it returns edits, and `Text` keeps one short list of them per step. A span of the
clean text is walked back through the steps with `bisect`, so it is exact whatever was deleted, inserted or moved.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from operator import ne
from typing import NamedTuple

import regex

_HALF_PAIR = regex.compile("[\ud800-\udfff]")

_BLOCK = 64  # code points that are compared as they are
_AT_ONCE = 1_024 * _BLOCK  # code points of which those that differ are counted together
_ENDLESS = sys.maxsize
_MANY = 5_000  # edits; arrays take a tenth of the memory of so many, and lists are faster to search


class Edit(NamedTuple):
    """`text[start:end]` becomes `new`. Offsets are code points of the text that the step reads.

    `origin` says where the characters of `new` come from when that is not the place they replace: a caption lifted to
    the end of its article is deleted where it stood and inserted at the end with its old place as origin.
    """

    start: int
    end: int
    new: str
    origin: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """The edits of one repair, as parallel lists sorted by place; positions in `new_*` are those after the repair."""

    name: str
    new_starts: Sequence[int]
    new_ends: Sequence[int]
    origin_starts: Sequence[int]
    origin_ends: Sequence[int]
    resume: Sequence[int]  # where the old text goes on after the edit
    moves: bool = False  # whether some characters come from elsewhere than the place they stand at

    def start(self, position: int) -> int:
        """The old offset of the character at `position`, its first code point."""
        return self._character(position)[0]

    def end(self, position: int) -> int:
        """The old offset after the character that ends at `position`: text deleted behind it is not covered."""
        return self._character(position - 1)[1]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest old span that holds every character of `start:end`, which must not be empty."""
        if not self.moves:  # the common case, without calls: every record comes through here once a step
            starts, ends, resume = self.new_starts, self.new_ends, self.resume
            i = j = bisect_right(starts, start) - 1
            if i + 1 < len(starts) and starts[i + 1] < end:
                j = bisect_right(starts, end - 1) - 1
            elif i < 0:
                return start, end
            first = start if i < 0 else resume[i] + start - ends[i] if start >= ends[i] else self._character(start)[0]
            last = end if j < 0 else resume[j] + end - ends[j] if end > ends[j] else self._character(end - 1)[1]
            return first, last
        # Between its borders the order may be broken: look at every piece that lies in order by itself.
        first = bisect_right(self.new_ends, start)
        last = bisect_left(self.new_starts, end)
        borders = [p for i in range(first, last) for p in (self.new_starts[i], self.new_ends[i]) if start < p < end]
        pieces = [(a, b) for a, b in zip([start, *borders], [*borders, end], strict=True) if a < b]
        olds = [(self.start(a), self.end(b)) for a, b in pieces]
        full = [old for old in olds if old[0] < old[1]] or olds
        return min(old[0] for old in full), max(old[1] for old in full)

    def spans(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """`old_span` of each. Neighbours mostly stand between the same two edits, and are moved alike."""
        starts, ends, resume = self.new_starts, self.new_ends, self.resume
        found = []
        first = last = moved = (
            0  # the stretch between two edits that is in hand, and how far from its old place it stands
        )
        for start, end in spans:
            if not first <= start < end <= last:
                i = bisect_right(starts, start) - 1
                first, moved = (ends[i], resume[i] - ends[i]) if i >= 0 else (0, 0)
                last = starts[i + 1] if i + 1 < len(starts) else _ENDLESS
                if not first <= start < end <= last:
                    found.append(old_span(self, start, end))
                    continue
            found.append((start + moved, end + moved))
        return found

    def forward(self, position: int, *, end: bool = False) -> int:
        """Where the old offset `position` lies after the repair; inside a replaced piece, the start of what is new.

        What was inserted exactly at `position` lies before it, or behind it where the offset is the `end` of a span.
        """
        i = bisect_right(self.resume, position) - 1
        while end and i >= 0 and self.resume[i] == position == self._old_start(i):
            i -= 1
        moved = position if i < 0 else self.new_ends[i] + position - self.resume[i]
        return moved if i + 1 == len(self.resume) else min(moved, self.new_starts[i + 1])

    def edits(self, after: str) -> Iterator[Edit]:
        """The edits it was made of, where `after` is the text it made."""
        for i, (start, end) in enumerate(zip(self.new_starts, self.new_ends, strict=True)):
            old = self._old_start(i), self.resume[i]
            origin = self.origin_starts[i], self.origin_ends[i]
            yield Edit(*old, after[start:end], origin if origin != old else None)

    @property
    def number(self) -> int:
        """How many edits it is made of."""
        return len(self.new_starts)

    def part(self, start: int, end: int, old_start: int, old_end: int) -> Step:
        """The same for the characters `start:end` alone, which come from `old_start:old_end`; nothing in it may have moved."""
        first, last = bisect_left(self.resume, old_start), len(self.resume)
        kept = []
        for i in range(first, last):
            if (old := self._old_start(i)) >= old_end:
                break
            if self.resume[i] > max(old, old_start) or old > old_start:
                kept.append(i)
        return Step(
            self.name,
            [max(self.new_starts[i], start) - start for i in kept],
            [min(self.new_ends[i], end) - start for i in kept],
            [max(self.origin_starts[i], old_start) - old_start for i in kept],
            [min(self.origin_ends[i], old_end) - old_start for i in kept],
            [min(self.resume[i], old_end) - old_start for i in kept],
        )

    def _old_start(self, i: int) -> int:
        return self.new_starts[i] if i == 0 else self.resume[i - 1] + self.new_starts[i] - self.new_ends[i - 1]

    def _character(self, position: int) -> tuple[int, int]:
        i = bisect_right(self.new_starts, position) - 1
        if i < 0:
            return position, position + 1
        if position >= self.new_ends[i]:
            old = self.resume[i] + position - self.new_ends[i]
            return old, old + 1
        first, last = self.origin_starts[i], self.origin_ends[i]
        if last - first == self.new_ends[i] - self.new_starts[i]:  # character for character
            old = first + position - self.new_starts[i]
            return old, old + 1
        return first, last


@dataclass(frozen=True, slots=True)
class Recoding:
    """A repair that reads anew what was read in a wrong encoding, where no character stands for another one.

    Character `i` of the new text comes from the old ones `starts[i]:ends[i]`; neighbours may share one, as two characters of
    UTF-8 share the second of the three that their six bytes make in GBK. Neither list runs backwards. `runs` are the spans of
    the new text that were read anew; between them it is the old one.
    """

    name: str
    starts: array[int]
    ends: array[int]
    runs: tuple[tuple[int, int], ...]

    @property
    def number(self) -> int:
        """How many characters of the new text were read anew."""
        return sum(end - start for start, end in self.runs)

    def start(self, position: int) -> int:
        """The old offset of the character at `position`, its first code point."""
        if position < len(self.starts):
            return self.starts[position]
        return self.ends[-1] if self.ends else 0

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The smallest old span that holds every character of `start:end`, which must not be empty."""
        return self.starts[start], self.ends[end - 1]

    def spans(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """`old_span` of each."""
        return [old_span(self, start, end) for start, end in spans]

    def forward(self, position: int, *, end: bool = False) -> int:
        """Where the old offset `position` lies after the repair; inside a character, its start, or its end for an `end`."""
        return bisect_left(self.starts, position) if end else bisect_right(self.ends, position)

    def part(self, start: int, end: int, old_start: int, old_end: int) -> Recoding:
        """The same for the characters `start:end` alone, which come from `old_start:old_end`."""
        return Recoding(
            self.name,
            array("I", (max(old - old_start, 0) for old in self.starts[start:end])),
            array("I", (min(old, old_end) - old_start for old in self.ends[start:end])),
            tuple((max(a, start) - start, min(b, end) - start) for a, b in self.runs if a < end and b > start),
        )


def old_span(step: Step | Recoding, start: int, end: int) -> tuple[int, int]:
    """The old span that holds every character of `start:end`; of an empty span an empty one."""
    if start < end:
        return step.span(start, end)
    position = step.start(start) if start else 0
    return position, position


class Past(NamedTuple):
    """A repair and the text it read; `step` is None for one that replaced character by character."""

    name: str
    before: str
    step: Step | Recoding | None


class Change(NamedTuple):
    """One edit of the repair `name`; `start:end` are offsets of the source, `edit` speaks of the text that the repair read."""

    name: str
    start: int
    end: int
    before: str
    edit: Edit


@dataclass(frozen=True, slots=True)
class Text:
    """`source` as it was read, `clean` as the rules read it, and the steps between.

    >>> text = Text.of("青石鎮(zhèn)消防站").edit("gloss", [Edit(3, 9, "")])
    >>> text.clean, text.source_span(0, 3)
    ('青石鎮消防站', (0, 3))
    >>> text.source_span(1, 5)
    (1, 11)
    >>> text.clean_span(9, 12)
    (3, 6)
    """

    source: str
    clean: str
    steps: tuple[Step | Recoding, ...] = ()
    repairs: dict[str, int] = field(default_factory=dict)  # number of edits by repair
    history: tuple[Past, ...] | None = None  # every repair with the text before it, where it is to be told

    @classmethod
    def of(cls, source: str, *, history: bool = False) -> Text:
        """`source` before any repair; with `history` it remembers each of them, so that `changes` can tell them."""
        return cls(source, source, history=() if history else None)

    def edit(self, name: str, edits: Iterable[Edit], number: int | None = None) -> Text:
        """This text after `edits`, which must be in order and must not overlap. Raises ValueError when they do.

        They count as `number` repairs, where that is not the number of edits.
        """
        edits = list(edits)
        if not edits:
            return self
        new_starts: list[int] = []
        new_ends: list[int] = []
        starts: list[int] = []
        resume: list[int] = []
        elsewhere: dict[int, tuple[int, int]] = {}
        pieces: list[str] = []
        done = length = 0
        moves = False
        clean = self.clean
        for start, end, new, origin in edits:
            if not done <= start <= end <= len(clean):
                raise ValueError(
                    f"repair {name}: edit {start}:{end} overlaps the one before it or lies outside the text"
                )
            pieces.append(clean[done:start])
            pieces.append(new)
            length += start - done
            new_starts.append(length)
            length += len(new)
            new_ends.append(length)
            if origin is not None:
                if not start <= origin[0] <= origin[1] <= end:
                    if not 0 <= origin[0] <= origin[1] <= len(clean):
                        raise ValueError(f"repair {name}: origin {origin[0]}:{origin[1]} lies outside the text")
                    moves = True
                elsewhere[len(starts)] = origin
            starts.append(start)
            resume.append(end)
            done = end
        pieces.append(clean[done:])
        origin_starts, ends = _held(starts), _held(resume)
        origin_ends = ends  # one list for both, unless characters come from elsewhere than what they replace
        if elsewhere:
            origin_starts = _held([elsewhere[i][0] if i in elsewhere else start for i, start in enumerate(starts)])
            origin_ends = _held([elsewhere[i][1] if i in elsewhere else end for i, end in enumerate(resume)])
        step = Step(name, _held(new_starts), _held(new_ends), origin_starts, origin_ends, ends, moves)
        return Text(
            self.source,
            "".join(pieces),
            (*self.steps, step),
            self._counted(name, len(edits) if number is None else number),
            self._told(name, step),
        )

    def recode(
        self, name: str, clean: str, starts: Sequence[int], ends: Sequence[int], runs: Iterable[tuple[int, int]]
    ) -> Text:
        """This text read anew as `clean`, in the spans `runs` of it: character `i` comes from `starts[i]:ends[i]`.

        Counts as a repair for each character in `runs`. Raises ValueError where the offsets do not fit the text.
        """
        if not len(clean) == len(starts) == len(ends) or (len(ends) and ends[-1] > len(self.clean)):
            raise ValueError(f"repair {name}: its offsets do not fit the text")
        step = Recoding(name, array("I", starts), array("I", ends), tuple(runs))
        return Text(self.source, clean, (*self.steps, step), self._counted(name, step.number), self._told(name, step))

    def part(self, start: int, end: int) -> Text:
        """The clean text `start:end` as a text of its own: its source is what it comes from, here and there half-open.

        Offsets of the part count from `source_span(start, end)[0]`. The repairs are counted by their edits inside.

        >>> text = Text.of("题\\\\u65e9\\\\u4e0a好。尾").edit("escape", [Edit(1, 7, "早"), Edit(7, 13, "上")])
        >>> part = text.part(1, 4)
        >>> part.source, part.clean, part.source_span(1, 2), part.repairs
        ('\\\\u65e9\\\\u4e0a好', '早上好', (6, 12), {'escape': 2})
        """
        clean = self.clean[start:end]
        steps: list[Step | Recoding] = []
        repairs: dict[str, int] = {}
        past: list[Past] = []
        told = self.history or [Past(step.name, "", step) for step in self.steps]
        for name, before, step in reversed(told):
            if step is None:
                past.append(Past(name, before[start:end], None))
                continue
            old_start, old_end = step.span(start, end) if start < end else (step.start(start),) * 2
            inner = step.part(start, end, old_start, old_end)
            if inner.number:
                repairs[name] = repairs.get(name, 0) + inner.number
                steps.append(inner)
                past.append(Past(name, before[old_start:old_end], inner))
            start, end = old_start, old_end
        history = None if self.history is None else tuple(reversed(past))
        return Text(self.source[start:end], clean, tuple(reversed(steps)), dict(reversed(repairs.items())), history)

    def changes(self) -> Iterator[tuple[Change, ...]]:
        """The edits of one repair after the other, those that changed something; nothing where no history was kept.

        >>> text = Text.of("青石鎮(zhèn)", history=True).edit("gloss", [Edit(3, 9, "")])
        >>> list(text.rewrite("script", "青石镇").changes())
        [(Change(name='gloss', start=3, end=9, before='(zhèn)', edit=Edit(start=3, end=9, new='', origin=None)),),
         (Change(name='script', start=2, end=3, before='鎮', edit=Edit(start=2, end=3, new='镇', origin=None)),)]
        """
        history = self.history or ()
        afters = [*(past.before for past in history[1:]), self.clean][: len(history)]
        behind = Text(self.source, self.source)
        for (name, before, step), after in zip(history, afters, strict=True):
            edits = _edits(before, after, step)
            yield tuple(
                Change(name, *behind.source_span(edit.start, edit.end), before[edit.start : edit.end], edit)
                for edit in edits
            )
            if step is not None:
                behind = Text(self.source, after, (*behind.steps, step))

    def rewrite(self, name: str, clean: str) -> Text:
        """This text with each character replaced by the one at the same place in `clean`.

        Raises ValueError when the length differs: such a repair must say what it did as edits.
        """
        if len(clean) != len(self.clean):
            raise ValueError(f"repair {name} changed the length of the text: give its edits instead")
        if clean == self.clean:
            return self
        number = _differences(clean, self.clean)
        return Text(self.source, clean, self.steps, self._counted(name, number), self._told(name, None))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets, half-open, of the clean span `start:end`; an empty span maps to an empty one.

        The span covers every character that the clean ones come from: across something moved away, what lay between.
        """
        for step in reversed(self.steps):
            start, end = old_span(step, start, end)
        return start, end

    def source_spans(self, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
        """`source_span` of each, at a third of the cost where many stand in the order of the text."""
        found = list(spans)
        for step in reversed(self.steps):
            found = step.spans(found)
        return found

    def clean_span(self, start: int, end: int, since: int = 0) -> tuple[int, int]:
        """Clean offsets, half-open, of the source span `start:end`: empty where nothing of it was kept.

        With `since`, the offsets are those of the text after that many of the steps. What a repair moved away is not
        followed: its old place has become empty.
        """
        for step in self.steps[since:]:
            start, end = step.forward(start), step.forward(end, end=True)
        return start, max(start, end)

    def _told(self, name: str, step: Step | Recoding | None) -> tuple[Past, ...] | None:
        return None if self.history is None else (*self.history, Past(name, self.clean, step))

    def _counted(self, name: str, number: int) -> dict[str, int]:
        return {**self.repairs, name: self.repairs.get(name, 0) + number}


def _held(offsets: list[int]) -> Sequence[int]:
    return array("I", offsets) if len(offsets) > _MANY else offsets


def _edits(before: str, after: str, step: Step | Recoding | None) -> Iterator[Edit]:
    """What `step` did to `before`, character by character where it is None."""
    if isinstance(step, Step):
        yield from step.edits(after)
    elif isinstance(step, Recoding):
        for start, end in step.runs:
            yield Edit(*step.span(start, end), after[start:end])
    else:
        start = None
        for place, differs in enumerate([*map(ne, before, after), False]):
            if differs and start is None:
                start = place
            elif not differs and start is not None:
                yield Edit(start, place, after[start:place])
                start = None


def _differences(one: str, other: str) -> int:
    """The number of places at which two strings of the same length differ; equal blocks are passed over at once.

    >>> _differences("青石鎮𠮷年", "青石镇𠮸年")
    2
    """
    number = 0
    for first in range(0, len(one), _AT_ONCE):
        starts = range(first, min(first + _AT_ONCE, len(one)), _BLOCK)
        blocks = [(one[start : start + _BLOCK], other[start : start + _BLOCK]) for start in starts]
        if unequal := [pair for pair in blocks if pair[0] != pair[1]]:
            number += _unequal(*map("".join, zip(*unequal, strict=True)))
    return number


def _unequal(one: str, other: str) -> int:
    """The same for short strings, as one number each: all at once, the bits in which they differ, four bytes a character."""
    a, b = (int.from_bytes(text.encode("utf-32-le", "surrogatepass"), "little") for text in (one, other))
    bits = a ^ b
    bits |= bits >> 8
    bits |= bits >> 16  # the first byte of each character now tells for all four
    return len(one) - bits.to_bytes(4 * len(one), "little")[::4].count(0)


def half_pairs(text: str) -> tuple[str, tuple[str, ...]]:
    """`text` with U+FFFD for each half of a surrogate pair, which no encoding can write, and a warning that counts them.

    >>> half_pairs("修\\ud800渠"), half_pairs("修渠")
    (('修\ufffd渠', ('1 half surrogate pair read as U+FFFD',)), ('修渠', ()))
    """
    if _HALF_PAIR.search(text) is None:
        return text, ()
    text, number = _HALF_PAIR.subn("\ufffd", text)
    return text, (f"{number} half surrogate pair{'s' if number > 1 else ''} read as U+FFFD",)
