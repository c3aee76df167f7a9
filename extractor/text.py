"""Text that remembers where it came from.

A repair never returns a bare string: it returns edits, and `Text` keeps one short list of them per step. A span of the
clean text is walked back through the steps with `bisect`, so it is exact whatever was deleted, inserted or moved.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple


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
    new_starts: list[int]
    new_ends: list[int]
    origin_starts: list[int]
    origin_ends: list[int]
    resume: list[int]  # where the old text goes on after the edit

    def start(self, position: int) -> int:
        """The old offset of the character at `position`, its first code point."""
        return self._character(position)[0]

    def end(self, position: int) -> int:
        """The old offset after the character that ends at `position`: text deleted behind it is not covered."""
        return self._character(position - 1)[1]

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
class Text:
    """`source` as it was read, `clean` as the rules read it, and the steps between.

    >>> text = Text.of("陳倉鎮(zhèn)社工站").edit("gloss", [Edit(3, 9, "")])
    >>> text.clean, text.source_span(0, 3)
    ('陳倉鎮社工站', (0, 3))
    >>> text.source_span(1, 5)
    (1, 11)
    """

    source: str
    clean: str
    steps: tuple[Step, ...] = ()
    repairs: dict[str, int] = field(default_factory=dict)  # number of edits by repair

    @classmethod
    def of(cls, source: str) -> Text:
        return cls(source, source)

    def edit(self, name: str, edits: Iterable[Edit]) -> Text:
        """This text after `edits`, which must be in order and must not overlap. Raises ValueError when they do."""
        edits = list(edits)
        if not edits:
            return self
        step = Step(name, [], [], [], [], [])
        pieces: list[str] = []
        done = length = 0
        for start, end, new, origin in edits:
            if not done <= start <= end <= len(self.clean):
                raise ValueError(f"repair {name}: edit {start}:{end} overlaps the one before it or lies outside the text")
            pieces += (self.clean[done:start], new)
            length += start - done
            step.new_starts.append(length)
            length += len(new)
            step.new_ends.append(length)
            step.origin_starts.append(start if origin is None else origin[0])
            step.origin_ends.append(end if origin is None else origin[1])
            step.resume.append(end)
            done = end
        pieces.append(self.clean[done:])
        return Text(self.source, "".join(pieces), (*self.steps, step), self._counted(name, len(edits)))

    def rewrite(self, name: str, clean: str) -> Text:
        """This text with each character replaced by the one at the same place in `clean`.

        Raises ValueError when the length differs: such a repair must say what it did as edits.
        """
        if len(clean) != len(self.clean):
            raise ValueError(f"repair {name} changed the length of the text: give its edits instead")
        if clean == self.clean:
            return self
        changed = sum(a != b for a, b in zip(clean, self.clean, strict=True))
        return Text(self.source, clean, self.steps, self._counted(name, changed))

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """Source offsets, half-open, of the clean span `start:end`; an empty span maps to an empty one."""
        first, last = start, end
        for step in reversed(self.steps):
            if last > first:
                first, last = step.start(first), step.end(last)
            else:
                first = last = step.start(first) if first else 0
        return (first, last) if first <= last else (last, first)

    def _counted(self, name: str, number: int) -> dict[str, int]:
        return {**self.repairs, name: self.repairs.get(name, 0) + number}
