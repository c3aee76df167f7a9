"""How likely a sequence of characters is Chinese text: the one judge of encodings and of repairs.

Characters and pairs of characters, weighted by the frequencies of jieba's dictionary (`build_model` says how). A pair inside
a word is looked up; across the border of two words it is how often the one ends a word times how often the other begins
one. Traditional characters are judged as the simplified ones they stand for.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt

DATA: Final = Path(__file__).with_name("characters.npz")
STEP: Final = 0.06  # natural logarithms a step of the values: 255 steps reach down to exp(-15.3)

_INSIDE: Final = 0.55  # share of pairs that stand in one word
_ACROSS: Final = (
    0.35  # share of pairs that lie across the border of two words; the rest is left to the characters alone
)
_MARKS: Final = (("，。", -3.4), ("、“”", -4.2), ("；：？！‘’（）《》【】—…·〈〉「」『』〔〕％～－", -5.2))
_NO_LETTER: Final = 0xFFFF

# log probabilities of characters that the dictionary does not hold, by range: what news has never, seldom and at times
_RANGES: Final = (
    (0x00, 0x20, -17.0),
    (0x20, 0x80, -4.5),
    (0x80, 0xA0, -17.0),
    (0xA0, 0xC0, -12.0),
    (0xC0, 0x250, -11.0),
    (0x3041, 0x30FF, -6.0),
    (0x3400, 0x4DC0, -16.0),
    (0x4E00, 0xA000, -15.5),
    (0xAC00, 0xD7A4, -8.5),
    (0xD800, 0xE000, -15.0),
    (0xE000, 0xF900, -18.0),
    (0xFF01, 0xFF5F, -6.5),
    (0xFF61, 0xFFA0, -11.0),
    (0xFFFD, 0xFFFE, -15.0),
)
_OTHER: Final = -12.5
_BEYOND: Final = -16.0  # Extension B and later
_SEEN: Final = "■●○•‧▲★☆◆※→㎡℃°±×÷€£¥©®™①②③④⑤"

Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Weights:
    """What `characters.npz` holds: logarithms by letter, and the pairs inside words as `keys` = a * letters + b, sorted."""

    letters: str
    traditional: str
    simplified: str
    single: npt.NDArray[np.float16]
    first: npt.NDArray[np.float16]  # of all words, those that begin with it
    last: npt.NDArray[np.float16]  # of all times it stands, those in which it ends a word
    keys: npt.NDArray[np.uint32]
    values: npt.NDArray[np.uint8]  # -log p(b | a) in steps

    def save(self, path: Path) -> None:
        held: dict[str, Any] = asdict(self)
        held["keys"] = np.diff(self.keys, prepend=np.uint32(0))  # small numbers, which compress
        np.savez_compressed(path, **held)

    @classmethod
    def load(cls, path: Path) -> Weights:
        with np.load(path, allow_pickle=False) as held:
            found: dict[str, Any] = {name: held[name] for name in held.files}
        for name in ("letters", "traditional", "simplified"):
            found[name] = str(found[name])
        found["keys"] = np.cumsum(found["keys"], dtype=np.uint32)
        return cls(**found)


class CharacterModel:
    """Scores text in natural logarithms a character; clean Chinese has -5 … -7, text in a wrong encoding -10 … -16."""

    def __init__(self, weights: Weights) -> None:
        size = len(weights.letters)
        self._size = size
        self._keys = weights.keys
        self._inside = _INSIDE * np.exp(-STEP * weights.values.astype(np.float32))
        place = {letter: i for i, letter in enumerate(weights.letters)}
        self._letter = np.full(0x10000, _NO_LETTER, dtype=np.uint16)
        self._single = np.full(0x10000, _OTHER, dtype=np.float32)
        for start, end, value in _RANGES:
            self._single[start:end] = value
        for letter in _SEEN:
            self._single[ord(letter)] = -9.0
        for letters, value in _MARKS:
            self._single[[ord(letter) for letter in letters]] = value
        codes = codes_of(weights.letters)
        self._letter[codes] = np.arange(size)
        self._single[codes] = np.maximum(weights.single.astype(np.float32), -14.5)
        for written, simple in zip(weights.traditional, weights.simplified, strict=True):
            self._letter[ord(written)] = place[simple]
            self._single[ord(written)] = self._single[ord(simple)] - 0.05
        self._first = np.append(_ACROSS * np.exp(weights.first.astype(np.float32)), np.float32(0))
        self._last = np.append(np.exp(weights.last.astype(np.float32)), np.float32(0))

    def singles(self, codes: npt.NDArray[np.uint32]) -> Floats:
        """log p of each character by itself."""
        return np.where(codes < 0x10000, self._single[np.minimum(codes, 0xFFFF)], np.float32(_BEYOND))

    def pairs(self, before: npt.NDArray[np.uint32], codes: npt.NDArray[np.uint32]) -> Floats:
        """log p of each of `codes` behind the character at the same place in `before`; a mark or a letter ends a word."""
        alone = np.exp(self.singles(codes))
        a = self._letter[np.where(before < 0x10000, before, 0)]
        b = self._letter[np.where(codes < 0x10000, codes, 0)]
        known = b != _NO_LETTER
        left = np.where(a != _NO_LETTER, a, self._size)
        right = np.where(known, b, self._size)
        keys = left.astype(np.uint32) * np.uint32(self._size) + right
        found = np.minimum(np.searchsorted(self._keys, keys), len(self._keys) - 1)
        inside = np.where((self._keys[found] == keys) & known & (a != _NO_LETTER), self._inside[found], 0)
        ends = np.where(a != _NO_LETTER, self._last[left], np.float32(1))
        across = ends * self._first[right]
        rest = np.where(known, np.float32(1 - _INSIDE - _ACROSS), np.float32(0.5))
        return np.asarray(np.log(inside + across + rest * alone), dtype=np.float32)

    def values(self, text: str) -> Floats:
        """log p of each character of `text` behind the one before it."""
        codes = codes_of(text)
        before = np.empty_like(codes)
        before[1:] = codes[:-1]
        before[:1] = 10
        return self.pairs(before, codes)

    def score(self, text: str) -> tuple[float, int]:
        """Mean of log p over the characters that are not ASCII (and control characters), and their number.

        >>> model = character_model()
        >>> model.score("全县新建社工站十九个。")[0] > -7 > -10 > model.score("鍏ㄥ幙鏂板缓绀惧伐绔欏崄涔濅釜")[0]
        True
        """
        if not text:
            return 0.0, 0
        codes = codes_of(text)
        counted = (codes >= 0x80) | ((codes < 0x20) & (codes != 10) & (codes != 9) & (codes != 13))
        number = int(counted.sum())
        if not number:
            return 0.0, 0
        return float(self.values(text)[counted].mean()), number


def codes_of(text: str) -> npt.NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


@lru_cache(maxsize=1)
def character_model() -> CharacterModel:
    """The model that ships; loaded when it is first needed, once a process."""
    return CharacterModel(Weights.load(DATA))
