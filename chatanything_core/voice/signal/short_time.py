"""Overlapping frames of audio."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]


class AudioSource(Protocol):
    """Samples that may be made as they are asked for; an array is one, too."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> Samples: ...


def frames_of(samples: Samples, rate: int, window: float, hop: float) -> npt.NDArray[np.float64]:
    """Overlapping frames, shape (K, window * rate), frame k centred on k * hop seconds.

    A hop need not be a whole number of samples: places are rounded one by one, so that they never
    drift.
    """
    return np.concatenate(list(frame_blocks(samples, rate, window, hop)))


def frame_blocks(
    samples: AudioSource, rate: int, window: float, hop: float, block: int = 500
) -> Iterator[npt.NDArray[np.float64]]:
    """The same, at most `block` frames at a time, which bounds the memory."""
    size = round(window * rate)
    places = frame_places(len(samples), rate, hop) - size // 2
    for first in range(0, len(places), block):
        starts = places[first : first + block]
        low, high = int(starts[0]), int(starts[-1]) + size
        piece = samples[max(low, 0) : max(high, 0)]
        padded = np.pad(piece, (max(-low, 0), high - max(low, 0) - len(piece)))
        windows = np.lib.stride_tricks.sliding_window_view(padded, size)
        yield windows[starts - low].astype(np.float64)


def frame_places(length: int, rate: int, hop: float) -> npt.NDArray[np.int64]:
    """First sample of every hop of an audio of `length` samples."""
    count = max(1, -int(-length // (hop * rate)))
    return np.round(np.arange(count) * (hop * rate)).astype(np.int64)


def block_power(samples: Samples, rate: int, hop: float) -> npt.NDArray[np.float64]:
    """Mean square of each whole hop, without a copy of the audio."""
    places = frame_places(len(samples) + 1, rate, hop)
    found = np.empty(len(places) - 1)
    for first in range(0, len(found), _BLOCK):
        edges = places[first : first + _BLOCK + 1]
        piece = samples[edges[0] : edges[-1]].astype(np.float64) ** 2
        found[first : first + _BLOCK] = np.add.reduceat(piece, edges[:-1] - edges[0]) / np.diff(
            edges
        )
    return found + 1e-12


_BLOCK = 4096
