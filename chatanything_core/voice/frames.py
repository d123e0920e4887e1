"""Overlapping frames of audio."""

import numpy as np
import numpy.typing as npt

Samples = npt.NDArray[np.float32]


def frames_of(samples: Samples, rate: int, window: float, hop: float) -> npt.NDArray[np.float64]:
    """Overlapping frames, shape (K, window * rate), frame k centred on k * hop seconds."""
    size, step = round(window * rate), round(hop * rate)
    padded = np.pad(samples.astype(np.float64), (size // 2, size))
    count = max(1, -(-len(samples) // step))
    return np.lib.stride_tricks.sliding_window_view(padded, size)[::step][:count]
