"""How loud a voice is, frame by frame."""

import math

import numpy as np
import numpy.typing as npt

from .records import Floats

SPAN = 30.0
"""Decibels from silence to full loudness."""
NOISY_SPAN = 12.0
"""The same at least, in a recording whose noise is louder than that silence."""
ABOVE = 2.0
"""Decibels by which the loudest parts are above full loudness."""

BLUR = 0.08
"""Seconds from the middle to the foot of the triangle that levels are smoothed with."""


def loudness_levels(
    samples: npt.NDArray[np.float32], rate: int, frames: int, fps: float, lead: float = 0.0
) -> Floats:
    """Level of the 40 ms around every frame: 0 when SPAN under the loud parts, 1 in them.

    Shape (frames,). The loud parts are the loudest twentieth, so one click does not mute a clip.
    Where the softest tenth is louder than SPAN under them, it is the noise of a room, and is 0.
    Sample 0 is heard `lead` seconds after the first frame.
    """
    half = max(int(0.02 * rate), 1)
    centres = (round((frame / fps - lead) * rate) for frame in range(frames))
    # Window by window: sums over a whole hour at once would fill half a gigabyte.
    power = np.fromiter(
        (
            np.square(samples[max(c - half, 0) : max(c + half, 0)]).sum() / (2 * half)
            for c in centres
        ),
        np.float64,
        frames,
    )
    decibels = 10 * np.log10(np.maximum(power, 1e-10))
    soft, loud = np.percentile(decibels, (10, 95))
    loud = max(float(loud), -60.0)
    span = float(np.clip(loud - soft - ABOVE, NOISY_SPAN, SPAN))
    level = np.clip((decibels - loud + span + ABOVE) / span, 0, 1)
    return _smoothed(level, fps).astype(np.float32)


def _smoothed(level: npt.NDArray[np.float64], fps: float) -> npt.NDArray[np.float64]:
    """As smooth at any frame rate."""
    reach = math.ceil(BLUR * fps - 1e-9) - 1
    weights = 1 - np.abs(np.arange(-reach, reach + 1)) / (BLUR * fps)
    return np.convolve(np.pad(level, reach, "edge"), weights / weights.sum(), "valid")
