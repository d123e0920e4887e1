"""When each sound falls in any audio, whatever made it."""

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...progress import Tick, no_progress
from ..records import Timeline
from .forced_alignment import align_text
from .timeline_from_sound import timeline_from_sound

_SHORTEST = 0.05


def timeline_of(
    samples: npt.NDArray[np.float32],
    rate: int,
    *,
    text: str = "",
    language: str = "en-US",
    tick: Tick = no_progress,
) -> Timeline:
    """A timeline of mono audio in [-1, 1].

    Args:
        text: what is said, which is then found in the audio; empty when unknown, and then the
            mouth is guessed from the sound alone.

    Raises:
        InputError: audio that is empty, shorter than 50 ms, silent or not finite; a text that does
            not fit it.
    """
    if samples.ndim != 1 or len(samples) < _SHORTEST * rate:
        raise InputError(
            f"The audio is too short to time: {len(samples)} samples at {rate} Hz. "
            f"Give at least {_SHORTEST:g} seconds of speech."
        )
    pieces = (samples[first : first + rate] for first in range(0, len(samples), rate))
    if not all(np.isfinite(piece.sum()) for piece in pieces):
        raise InputError("The audio contains values that are not numbers.")
    if text.strip():
        return align_text(samples, rate, text, language, tick)
    return timeline_from_sound(samples, rate, language)
