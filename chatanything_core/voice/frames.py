"""Overlapping frames of audio."""

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]


def frames_of(samples: Samples, rate: int, window: float, hop: float) -> npt.NDArray[np.float64]:
    """Overlapping frames, shape (K, window * rate), frame k centred on k * hop seconds.

    A hop need not be a whole number of samples: places are rounded one by one, so that they never
    drift.
    """
    size = round(window * rate)
    padded = np.pad(samples, (size // 2, size))
    places = frame_places(len(samples), rate, hop)
    return np.lib.stride_tricks.sliding_window_view(padded, size)[places].astype(np.float64)


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
