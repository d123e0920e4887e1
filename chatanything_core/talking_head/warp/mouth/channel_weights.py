"""From a row of motion to the weights of a mouth's channels, in half mouth widths."""

import numpy as np
import numpy.typing as npt

from ...records import Motion

FOLLOW = 0.78
"""How far a portrait's lips follow a sound that is fully rounded or spread: people who talk with
someone, and do not read to a class, stop short of it."""


def mouth_weights(
    names: tuple[str, ...], motion: Motion, i: int, room: float
) -> npt.NDArray[np.float64]:
    """Weights of the channels `names` for frame `i`; `room` is the portrait's widest opening."""
    track = motion.mouth
    free = 1.0 - float(track.closed[i])
    opening = room * float(track.jaw[i]) * free
    rounding, wide = FOLLOW * float(track.round[i]), FOLLOW * float(track.wide[i])
    spread, narrow = max(wide, 0.0), max(-wide, 0.0)
    smile = float(motion.smile[i])
    weights = {
        "close": 1.0,
        "open": opening * 0.70 * (1 - rounding),
        "oval": opening * 0.65 * rounding,
        "raise": opening * 0.30 + 0.10 * spread * free * min(4 * float(track.jaw[i]), 1.0),
        "wide": 0.14 * spread,
        "pucker": min(0.16 * narrow + 0.22 * rounding, 0.36),
        "thick": 0.09 * rounding,
        "smile": 0.20 * max(smile, 0.0),
        "sulk": 0.14 * max(-smile, 0.0),
        "tuck": 0.10 * float(track.teeth[i]) * free * (1 - float(track.tongue[i])),
    }
    return np.array([weights[name] for name in names])


def skin_weights(motion: Motion, i: int) -> tuple[float, float]:
    """How far the cheeks are pulled and the lips pushed forward in frame `i`, in [0, 1]."""
    track = motion.mouth
    free = 1.0 - float(track.closed[i])
    spread = max(float(track.wide[i]), 0.0) * free
    pull = max(float(motion.smile[i]), 0.55 * spread, 0.0) + 0.25 * float(track.jaw[i]) * free
    return min(pull, 1.0), min(float(track.round[i]), 1.0)
