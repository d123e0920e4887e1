"""Which moment of one recording is which of another: dynamic time warping in bounded memory.

Coarse to fine (Salvador & Chan 2007): a path is found over averaged frames, and refined within a
narrow band. Each row is computed at once, since a run of steps along a row is a running minimum
over prefix sums.
"""

import numpy as np
import numpy.typing as npt

from ...progress import Tick, no_progress

Features = npt.NDArray[np.float32]
_COARSE_ROWS = 3000
"""Most frames of the coarse pass; it needs their square in bytes."""
_MARGIN = 12
"""Frames on either side of the coarse path that the fine pass looks at, and more if coarse."""
_SKIP = 0.1
"""Cost of standing still in one recording."""


def dtw_path(a: Features, b: Features, tick: Tick = no_progress) -> npt.NDArray[np.float64]:
    """For each frame of `a`, the frame of `b` that it falls on; shape (len(a),), rising."""
    factor = max(1, -(-max(len(a), len(b)) // _COARSE_ROWS))
    if factor == 1 and max(len(a), len(b)) <= _COARSE_ROWS // 4:
        return _mean(_path(a, b, *_everywhere(len(a), len(b)), tick))
    factor = max(factor, 4)
    small_a, small_b = _averaged(a, factor), _averaged(b, factor)
    first, last = _path(small_a, small_b, *_everywhere(len(small_a), len(small_b)), tick)
    rows = np.arange(len(a)) // factor
    low = np.clip(first[rows] * factor - _MARGIN - factor, 0, len(b) - 1)
    high = np.clip((last[rows] + 2) * factor + _MARGIN, 1, len(b))
    high[-1] = len(b)
    return _mean(_path(a, b, low, high, tick))


def _mean(path: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]) -> npt.NDArray[np.float64]:
    first, last = path
    return (first + last) / 2.0


def _averaged(frames: Features, factor: int) -> Features:
    padded = np.pad(frames, ((0, -len(frames) % factor), (0, 0)), mode="edge")
    mean: Features = padded.reshape(-1, factor, frames.shape[1]).mean(1, dtype=np.float32)
    return mean


def _everywhere(rows: int, columns: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    return np.zeros(rows, np.int64), np.full(rows, columns, np.int64)


def _path(
    a: Features,
    b: Features,
    low: npt.NDArray[np.int64],
    high: npt.NDArray[np.int64],
    tick: Tick,
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The cheapest path through cells low[i] <= j < high[i]: each row's first and last column."""
    steps: list[npt.NDArray[np.int8]] = []
    before, start = np.full(0, np.inf), 0
    energy = (b.astype(np.float64) ** 2).sum(1)
    for i in range(len(a)):
        first, last = int(low[i]), int(high[i])
        own = a[i].astype(np.float64)
        squared = own @ own + energy[first:last] - 2 * (b[first:last] @ a[i])
        cost = np.sqrt(np.maximum(squared, 0.0))
        row, came = _row(cost, before, start - first, i == 0)
        steps.append(came)
        before, start = row, first
        if i % 1000 == 0:
            tick(i, len(a))
    return _traced(steps, low)


def _row(
    cost: npt.NDArray[np.float64], before: npt.NDArray[np.float64], shift: int, top: bool
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int8]]:
    """Total cost of each cell, and where its best path came from: 0 diagonal, 1 above, 2 left."""
    above = np.full(len(cost) + 1, np.inf)  # above[k + 1] is the cell over k
    begin, end = max(0, shift + 1), min(len(above), shift + 1 + len(before))
    if end > begin:
        above[begin:end] = before[begin - shift - 1 : end - shift - 1]
    diagonal, straight = above[:-1], above[1:] + _SKIP
    entered = cost + np.minimum(diagonal, straight)
    if top:
        entered = np.full(len(cost), np.inf)
        entered[0] = cost[0]
    came = (straight < diagonal).astype(np.int8)
    run = np.cumsum(cost + _SKIP)
    reached = np.minimum.accumulate(entered - run)
    total = reached + run
    came[total < entered - 1e-9] = 2
    return total, came


def _traced(
    steps: list[npt.NDArray[np.int8]], low: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    i, j = len(steps) - 1, int(low[-1]) + len(steps[-1]) - 1
    first, last = np.zeros(len(steps), np.int64), np.zeros(len(steps), np.int64)
    last[i] = j
    while i or j:
        came = steps[i][j - low[i]]
        if i == 0 or came == 2:
            j -= 1
            continue
        first[i] = j
        i -= 1
        j -= 1 if came == 0 and j else 0
        last[i] = j
    return first, last
