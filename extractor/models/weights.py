"""What the tagger has learned: a weight for each feature and label, and one for each label behind another."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from extractor.errors import UsageError
from extractor.models import features
from extractor.models.features import Codes
from extractor.models.labels import LABELS

Floats: TypeAlias = npt.NDArray[np.float32]
_Rows: TypeAlias = npt.NDArray[np.int32]
_Marks: TypeAlias = npt.NDArray[np.uint32]

_NEVER: Final = np.float32(-1e4)
_LOAD: Final = 8  # slots of the table for each feature, at least: few features share one
_FEW: Final = 400  # characters up to which one large sum is quicker than many small ones


@dataclass(frozen=True, eq=False)
class Weights:
    """`codes` are the features that weigh something, `states` what each says for each label (features, labels),
    `transitions` what a label behind another says (from, to)."""

    codes: Codes
    states: Floats
    transitions: Floats

    @cached_property
    def _table(self) -> tuple[_Marks, _Rows, int, int]:
        """The codes in a hash table: the lower half of each code by slot, rows of `states` by slot, bits of a slot's number
        (which the upper half gives), and the furthest that a code stands from its own slot."""
        bits = max(int(len(self.codes) * _LOAD - 1).bit_length(), 4)
        slots, rows = np.zeros(1 << bits, np.uint32), np.zeros(1 << bits, np.int32)
        own, marks = _slots(self.codes, bits), _marks(self.codes)
        waiting, reach = np.arange(len(self.codes)), 0
        while len(waiting):
            at = (own[waiting] + reach) & (len(slots) - 1)
            free = rows[at] == 0
            wanted, one = at[free], waiting[free]
            rows[wanted] = one + 1  # where several want a slot, one of them gets it
            won = rows[wanted] == one + 1
            slots[wanted[won]] = marks[one[won]]
            waiting = np.concatenate([waiting[~free], one[~won]])
            reach += 1
        return slots, rows, bits, reach

    @cached_property
    def _padded(self) -> Floats:
        """The weights of the features with a row of zeros before them, for the features that weigh nothing."""
        return np.concatenate([np.zeros((1, self.states.shape[1]), np.float32), self.states])

    def scores(self, found: Codes) -> Floats:
        """What the features of each character, an array of shape (templates, characters), say for each label: an array of
        shape (characters, labels)."""
        rows, states = self.rows(found), self._padded
        if found.shape[1] < _FEW:
            summed: Floats = states[rows].sum(0)
            return summed
        total = np.zeros((found.shape[1], states.shape[1]), np.float32)
        for row in rows:
            total += states[row]
        return total

    def rows(self, found: Codes) -> _Rows:
        """The number of each feature, counted from 1; 0 for one that weighs nothing."""
        slots, rows, bits, reach = self._table
        at, marks = _slots(found, bits), _marks(found)
        numbers = rows[at]
        other = slots[at] != marks
        missed = np.nonzero(other & (numbers != 0))
        numbers[other] = 0
        wanted, at = marks[missed], at[missed]
        for step in range(1, reach):
            if not len(at):
                break
            next_at = (at + step) & (len(slots) - 1)
            held = rows[next_at]
            hit = slots[next_at] == wanted
            numbers[missed[0][hit], missed[1][hit]] = held[hit]
            still = ~hit & (held != 0)
            missed, wanted, at = (missed[0][still], missed[1][still]), wanted[still], at[still]
        return numbers

    def save(self, path: Path) -> None:
        """Writes the weights; the same weights make the same bytes."""
        order = np.argsort(self.codes, kind="stable")
        with path.open("wb") as file:
            np.savez_compressed(
                file,
                version=np.array(features.VERSION),
                labels=np.array(LABELS),
                codes=self.codes[order],
                states=self.states[order].astype(np.float16),
                transitions=self.transitions,
            )


def digest(path: Path) -> str:
    """Eight hexadecimal digits from the bytes of a file of weights: what tells one training from another."""
    return hashlib.blake2b(path.read_bytes(), digest_size=4).hexdigest()


def load_weights(path: Path) -> Weights:
    """The weights of a file. Raises UsageError where they were trained on other features than those of this version."""
    with np.load(path) as held:
        if int(held["version"]) != features.VERSION or tuple(held["labels"]) != LABELS:
            raise UsageError(f"{path} was trained for another version: train it anew with `extractor model train`")
        return Weights(held["codes"], held["states"].astype(np.float32), held["transitions"])


def legal(transitions: Floats) -> Floats:
    """`transitions` with those forbidden that no row of labels has: what is begun goes on until it ends."""
    kept = transitions.copy()
    for row, before in enumerate(LABELS):
        for column, behind in enumerate(LABELS):
            if not follows(before, behind):
                kept[row, column] = _NEVER
    return kept


def follows(before: str, behind: str) -> bool:
    """Whether a label may stand behind another: I and E behind B and I of their kind, all others behind O, E and S."""
    if behind[0] in "IE":
        return before[0] in "BI" and before[1:] == behind[1:]
    return before[0] in "OES"


def _slots(codes: Codes, bits: int) -> npt.NDArray[np.int64]:
    return (codes >> np.uint64(64 - bits)).view(np.int64)


def _marks(codes: Codes) -> _Marks:
    """What is kept of a code in its slot, which the upper bits give: two of some billions are taken for one another."""
    return codes.astype(np.uint32)
