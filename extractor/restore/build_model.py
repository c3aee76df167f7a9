"""Builds `characters.npz`, the character model, from the dictionary of jieba. Run it after a change of either.

    python -m extractor.restore.build_model

Source: `dict.txt` of jieba 0.42.1 (MIT): 349,046 words with their frequency in running text. Which traditional character
stands for which simplified one comes from OpenCC (Apache-2.0).
"""

from __future__ import annotations

import math
from collections import Counter
from itertools import pairwise
from pathlib import Path

import jieba
import numpy as np
import opencc

from extractor.restore.model import DATA, STEP, CharacterModel, Weights, codes_of

USUAL = Path(__file__).with_name("usual.txt")
SELDOM = -13.0  # log probability below which a character is not usual
WINDOWS = "ŒœŠšŸŽžƒˆ˜"  # letters of Windows-1252 outside ISO 8859-1
LEAST = 2  # times that a pair must stand in words, counted with their frequency


def build(words: Path) -> Weights:
    """The weights that the words of the dictionary at `words` give, one `word frequency tag` a line."""
    single: Counter[str] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    pair: Counter[str] = Counter()
    for line in words.read_text(encoding="utf-8").splitlines():
        word, frequency, _ = line.split(" ")
        number = int(frequency)
        first[word[0]] += number
        last[word[-1]] += number
        for character in word:
            single[character] += number
        for a, b in pairwise(word):
            pair[a + b] += number
    letters = sorted(character for character in single if _is_han(character))
    place = {character: i for i, character in enumerate(letters)}
    total = sum(single[character] for character in letters)
    starts = sum(first[character] for character in letters)
    keys, values = [], []
    for both, number in sorted(pair.items()):
        if number < LEAST or (a := both[0]) not in place or (b := both[1]) not in place:
            continue
        keys.append(place[a] * len(letters) + place[b])
        values.append(round(-math.log(number / single[a]) / STEP))
    order = np.argsort(np.array(keys, dtype=np.uint32))
    simple = opencc.OpenCC("t2s")
    variants = [
        (character, fold)
        for character in map(chr, range(0x4E00, 0xA000))
        if (fold := simple.convert(character)) != character and fold in place and len(fold) == 1
    ]
    return Weights(
        letters="".join(letters),
        traditional="".join(character for character, _ in variants),
        simplified="".join(fold for _, fold in variants),
        single=np.array([math.log(single[c] / total) for c in letters], dtype=np.float16),
        first=np.array([math.log(max(first[c], 0.1) / starts) for c in letters], dtype=np.float16),
        last=np.array([math.log(max(last[c], 0.1) / single[c]) for c in letters], dtype=np.float16),
        keys=np.array(keys, dtype=np.uint32)[order],
        values=np.minimum(np.array(values), 255).astype(np.uint8)[order],
    )


def usual(weights: Weights) -> str:
    """The characters of the Basic Multilingual Plane, ASCII aside, that ordinary text holds.

    Those that wrong readings are made of are not among them, however usual elsewhere: the accented letters of Windows-1252,
    Hangul, halfwidth katakana, private use.
    """
    codes = [
        *(code for code in range(0x100, 0x3130) if chr(code) not in WINDOWS),
        *range(0x3200, 0x3400),
        *range(0x4E00, 0xA000),
        *range(0xFE10, 0xFE70),
        *range(0xFF01, 0xFF61),
    ]
    characters = "".join(map(chr, codes))
    singles = CharacterModel(weights).singles(codes_of(characters))
    return "".join(character for character, p in zip(characters, singles, strict=True) if p >= SELDOM)


def _is_han(character: str) -> bool:
    return 0x4E00 <= ord(character) < 0xA000


if __name__ == "__main__":
    found = build(Path(jieba.__file__).with_name("dict.txt"))
    found.save(DATA)
    USUAL.write_text(usual(found) + "\u00b7\u00d7\u00b0\u00b1\u00a0", encoding="utf-8")
