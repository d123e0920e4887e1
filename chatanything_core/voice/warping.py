"""Which moment of one recording is which of another: dynamic time warping in bounded memory.

Coarse to fine (Salvador & Chan 2007): a path is found over averaged frames, and refined within a
narrow band. Each row is computed at once, since a run of steps along a row is a running minimum
over prefix sums.
"""

import numpy as np
import numpy.typing as npt

from ..progress import Tick, silent

Features = npt.NDArray[np.float32]
_COARSE_ROWS = 3000
"""Most frames of the coarse pass; it needs their square in bytes."""
_MARGIN = 12
"""Frames on either side of the coarse path that the fine pass looks at, and more if coarse."""
_SKIP = 0.1
"""Cost of standing still in one recording."""


def warp(a: Features, b: Features, tick: Tick = silent) -> npt.NDArray[np.float64]:
    """For each frame of `a`, the frame of `b` that it falls on; shape (len(a),), rising."""
    factor = max(1, -(-max(len(a), len(b)) // _COARSE_ROWS))
    if factor == 1 and max(len(a), len(b)) <= _COARSE_ROWS // 4:
        return _path(a, b, *_everywhere(len(a), len(b)), tick)
    factor = max(factor, 4)
    small_a, small_b = _averaged(a, factor), _averaged(b, factor)
    coarse = _path(small_a, small_b, *_everywhere(len(small_a), len(small_b)), tick)
    rows = np.arange(len(a))
    centre = np.interp(rows / factor, np.arange(len(coarse)), coarse) * factor
    margin = _MARGIN + 3 * factor
    low = np.clip(np.floor(centre).astype(np.int64) - margin, 0, len(b) - 1)
    high = np.clip(np.ceil(centre).astype(np.int64) + margin, 1, len(b))
    low[0], high[-1] = 0, len(b)
    return _path(a, b, np.minimum.accumulate(low[::-1])[::-1], np.maximum.accumulate(high), tick)


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
) -> npt.NDArray[np.float64]:
    """The cheapest path through cells low[i] <= j < high[i], as a mean column for each row."""
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
) -> npt.NDArray[np.float64]:
    i, j = len(steps) - 1, int(low[-1]) + len(steps[-1]) - 1
    total, count = np.zeros(len(steps)), np.zeros(len(steps))
    while True:
        total[i] += j
        count[i] += 1
        came = steps[i][j - low[i]]
        if i == 0 and j == 0:
            break
        if i == 0 or came == 2:
            j -= 1
        elif came == 1 or j == 0:
            i -= 1
        else:
            i, j = i - 1, j - 1
    return np.maximum.accumulate(total / count)
