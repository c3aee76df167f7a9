"""Chains of labels, many at once: the best path of each, and how sure each label is.

`scores` has the shape (steps, chains, labels), the chains sorted by falling length; `transitions[a, b]` is what label b
behind label a scores, `first` and `last` (of shape (labels,) or (chains, labels)) what they score at the ends. All scores are natural logarithms.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

_Floats: TypeAlias = npt.NDArray[np.float32]
_Ints: TypeAlias = npt.NDArray[np.int64]


def best_paths(scores: _Floats, lengths: _Ints, transitions: _Floats, first: _Floats, last: _Floats) -> _Ints:
    """The labels of the best path of each chain, as numbers of shape (steps, chains); 0 behind the end of a chain."""
    steps, chains, labels = scores.shape
    reached = scores[0] + first
    before = np.zeros((steps, chains, labels), np.int64)
    alive_at = _alive(lengths, steps)
    columns = np.ascontiguousarray(transitions.T)
    for step in range(1, steps):
        alive = alive_at[step]
        ways = reached[:alive, None, :] + columns  # (chains, to, from)
        ways.argmax(2, out=before[step, :alive])
        np.add(ways.max(2), scores[step, :alive], out=reached[:alive])
    paths = np.zeros((steps, chains), np.int64)
    current = (reached + last).argmax(1)
    everyone = np.arange(chains)
    for step in range(steps - 1, -1, -1):
        alive = alive_at[step]
        paths[step, :alive] = current[:alive]
        current[:alive] = before[step, everyone[:alive], current[:alive]]
    return paths


def posteriors(scores: _Floats, lengths: _Ints, transitions: _Floats, first: _Floats, last: _Floats) -> _Floats:
    """The probability of each label at each step, of the same shape as `scores`; without meaning behind the end of a chain.

    Forward and backward sums, scaled at each step so that no number grows out of range.
    """
    steps, chains, _ = scores.shape
    alive_at = _alive(lengths, steps)
    weights = np.exp(scores - scores.max(2, keepdims=True))
    ways = np.exp(transitions)
    forward, backward = np.zeros_like(weights), np.zeros_like(weights)
    current = weights[0] * np.exp(first)
    forward[0] = current / current.sum(1, keepdims=True)
    for step in range(1, steps):
        alive = alive_at[step]
        current = (forward[step - 1, :alive] @ ways) * weights[step, :alive]
        forward[step, :alive] = current / np.maximum(current.sum(1, keepdims=True), 1e-30)
    backward[lengths - 1, np.arange(chains)] = np.exp(last)
    for step in range(steps - 2, -1, -1):
        alive = alive_at[step + 1]
        current = (backward[step + 1, :alive] * weights[step + 1, :alive]) @ ways.T
        backward[step, :alive] = current / np.maximum(current.sum(1, keepdims=True), 1e-30)
    product: _Floats = forward * backward
    likely: _Floats = product / np.maximum(product.sum(2, keepdims=True), 1e-30)
    return likely


def _alive(lengths: _Ints, steps: int) -> list[int]:
    """How many of the chains, sorted by falling length, reach to each step."""
    alive: list[int] = np.searchsorted(-lengths, -np.arange(steps), side="left").tolist()
    return alive
