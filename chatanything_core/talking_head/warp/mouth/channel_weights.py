"""From a row of motion to the weights of a mouth's channels, in half mouth widths."""

import numpy as np
import numpy.typing as npt

from ...constants.weight_constants import (
    EARLY,
    FOLLOW,
    OPEN,
    OVAL,
    PUCKER,
    PULL,
    RAISE,
    SMILE,
    SULK,
    THICK,
    TUCK,
    WIDE,
)
from ...records import Motion


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
        "open": opening * OPEN * (1 - rounding),
        "oval": opening * OVAL * rounding,
        "raise": opening * RAISE[0]
        + RAISE[1] * spread * free * min(EARLY * float(track.jaw[i]), 1.0),
        "wide": WIDE * spread,
        "pucker": min(PUCKER[0] * narrow + PUCKER[1] * rounding, PUCKER[2]),
        "thick": THICK * rounding,
        "smile": SMILE * max(smile, 0.0),
        "sulk": SULK * max(-smile, 0.0),
        "tuck": TUCK * float(track.teeth[i]) * free * (1 - float(track.tongue[i])),
    }
    return np.array([weights[name] for name in names])


def skin_weights(motion: Motion, i: int) -> tuple[float, float]:
    """How far the cheeks are pulled and the lips pushed forward in frame `i`, in [0, 1]."""
    track = motion.mouth
    free = 1.0 - float(track.closed[i])
    spread = max(float(track.wide[i]), 0.0) * free
    pull = max(float(motion.smile[i]), PULL[0] * spread, 0.0) + PULL[1] * float(track.jaw[i]) * free
    return min(pull, 1.0), min(float(track.round[i]), 1.0)
