"""The part-of-speech and name tagger that lies inside the package jieba (`jieba/lac_small`), run by numpy alone.

It is a network of two layers of bidirectional gated recurrent units over characters with a conditional random field on
top (Apache-2.0, from Baidu's LAC). jieba runs it by PaddlePaddle; its weights are plain tables of numbers, and are read
where they lie: nothing of them is part of this package. Files whose hashes are not those known here are refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from extractor.errors import UsageError
from extractor.models.viterbi import best_paths

_Floats: TypeAlias = npt.NDArray[np.float32]
_Ints: TypeAlias = npt.NDArray[np.int64]

_SHAPES: Final = {
    "word_emb": (20941, 128),
    **{f"fc_{layer}.w_0": (128 if layer < 2 else 256, 384) for layer in range(4)},
    **{f"fc_{layer}.b_0": (384,) for layer in range(4)},
    **{f"gru_{layer}.w_0": (128, 384) for layer in range(4)},
    **{f"gru_{layer}.b_0": (1, 384) for layer in range(4)},
    "fc_4.w_0": (256, 57),
    "fc_4.b_0": (57,),
    "crfw": (59, 57),
}
_DIGEST: Final = "1ba781013c90faa45b77bcec3b65a444414b98fea573d01c9b06f49350cf9baa"
_UNITS: Final = 128
_AT_ONCE: Final = 8192  # characters, pads included, that go through the network together
_LONGEST: Final = 200  # characters of a sentence; a longer one is cut


@dataclass(frozen=True)
class Network:
    """The tagger. `tags` gives a number for each character of each text: what begins or goes on there."""

    letters: dict[str, int]
    labels: tuple[str, ...]
    tensors: dict[str, _Floats]

    def tags(self, texts: Sequence[str]) -> list[_Ints]:
        """The numbers of the labels of each text's characters, in the order of the texts."""
        pieces = [
            (number, start, text[start : start + _LONGEST])
            for number, text in enumerate(texts)
            for start in range(0, len(text), _LONGEST)
        ]
        pieces.sort(key=lambda piece: -len(piece[2]))
        found = [np.zeros(len(text), np.int64) for text in texts]
        unknown = self.letters["OOV"]
        at = 0
        while at < len(pieces):
            longest = len(pieces[at][2])
            group = pieces[at : at + max(_AT_ONCE // longest, 1)]
            at += len(group)
            ids = np.full((longest, len(group)), unknown)
            for column, (_, _, piece) in enumerate(group):
                ids[: len(piece), column] = [self.letters.get(letter, unknown) for letter in piece]
            lengths = np.array([len(piece) for _, _, piece in group])
            crf = self.tensors["crfw"]
            paths = best_paths(self._emissions(ids, lengths), lengths, crf[2:], crf[0], crf[1])
            for column, (number, start, piece) in enumerate(group):
                found[number][start : start + len(piece)] = paths[: len(piece), column]
        return found

    def _emissions(self, ids: _Ints, lengths: _Ints) -> _Floats:
        """Scores of shape (longest, texts, labels) of texts sorted by falling length."""
        values = self.tensors["word_emb"][ids]
        for layer in (0, 2):
            forward = self._recur(values, lengths, layer, backward=False)
            values = np.concatenate([forward, self._recur(values, lengths, layer + 1, backward=True)], axis=2)
        scores: _Floats = values @ self.tensors["fc_4.w_0"] + self.tensors["fc_4.b_0"]
        return scores

    def _recur(self, values: _Floats, lengths: _Ints, layer: int, *, backward: bool) -> _Floats:
        """One direction of one layer. Of the texts, sorted by falling length, the first `alive` reach to a step."""
        t = self.tensors
        inputs = values @ t[f"fc_{layer}.w_0"] + (t[f"fc_{layer}.b_0"] + t[f"gru_{layer}.b_0"][0])
        # The table holds two matrices one behind the other: that of the gates and that of the candidate state.
        table = t[f"gru_{layer}.w_0"].reshape(-1)
        gates = table[: _UNITS * 2 * _UNITS].reshape(_UNITS, 2 * _UNITS)
        candidate = table[_UNITS * 2 * _UNITS :].reshape(_UNITS, _UNITS)
        steps = range(len(inputs) - 1, -1, -1) if backward else range(len(inputs))
        state = np.zeros((inputs.shape[1], _UNITS), np.float32)
        out = np.zeros((*inputs.shape[:2], _UNITS), np.float32)
        alive_at = np.searchsorted(-lengths, -np.arange(len(inputs)), side="left")
        for step in steps:
            alive = alive_at[step]
            old, into = state[:alive], inputs[step, :alive]
            gate = 1 / (1 + np.exp(-(into[:, : 2 * _UNITS] + old @ gates)))
            update, reset = gate[:, :_UNITS], gate[:, _UNITS:]
            new = np.tanh(into[:, 2 * _UNITS :] + (reset * old) @ candidate)
            state[:alive] = out[step, :alive] = old + update * (new - old)
        return out


@lru_cache(maxsize=1)
def load_network() -> Network:
    """The network inside jieba. Raises UsageError where jieba is missing or its files are others than those known."""
    found = find_spec("jieba")
    if found is None or not found.submodule_search_locations:
        raise UsageError("the accurate mode needs jieba: pip install 'extractor-zh[jieba]'")
    return read_network(Path(found.submodule_search_locations[0]) / "lac_small")


def read_network(folder: Path, digest: str = _DIGEST) -> Network:
    """The network of a folder. Raises UsageError where files are missing, or others than those with the known `digest`."""
    try:
        files = {name: (folder / "model_baseline" / name).read_bytes() for name in _SHAPES}
        words, tags = ((folder / name).read_bytes() for name in ("word.dic", "tag.dic"))
    except OSError as error:
        raise UsageError(f"the network of jieba cannot be read: {error.filename} is missing") from error
    seen = hashlib.sha256()
    for part in (words, tags, *files.values()):
        seen.update(hashlib.sha256(part).digest())
    if seen.hexdigest() != digest:
        raise UsageError("the network of jieba is another than the one known: jieba 0.42.1 is asked for")
    tensors = {name: _tensor(data, _SHAPES[name]) for name, data in files.items()}
    return Network(
        {word: number for number, word in _rows(words)}, tuple(tag for _, tag in sorted(_rows(tags))), tensors
    )


def _tensor(data: bytes, shape: tuple[int, ...]) -> _Floats:
    """The numbers of a file, which stand at its end behind a head of a few bytes."""
    count = int(np.prod(shape))
    return np.frombuffer(data[-4 * count :], np.float32).reshape(shape)


def _rows(data: bytes) -> list[tuple[int, str]]:
    rows = (line.split("\t") for line in data.decode("utf-8").split("\n"))
    return [(int(row[0]), row[1]) for row in rows if len(row) == 2]
