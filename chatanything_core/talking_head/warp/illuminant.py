"""The light on a photographed face, so that what is painted into it is lit alike.

White things tell it: the eyes, where their whites are seen. Behind glasses and in strong colours
they are not, and then the skin does: in white light its colours are much the same for everybody
(Störring, Andersen & Granum, "Physics-based modelling of human skin colour under mixed
illuminants", 2001), only its brightness is not.
"""

import numpy as np

from .face_geometry import Array
from .tone import LUMA

SKIN = np.array([1.0, 0.76, 0.62])
"""Skin in white light, over its red."""
FULL = 225.0
"""Brightness of an eyeball in full light."""
SEEN = 0.2
"""Share of an eye that must be pale for its white to count as seen."""
RANGE = (1.1, 2.2)
"""Brightness of teeth over that of the skin, at least and at most."""
STRENGTH = 0.85
"""Power of the skin's cast: it may be the skin's own."""
WEAKEST = 0.4
"""Least that a cast leaves of a colour."""
BRIGHTEST = 1.04


def illuminant(seen: Array, skin: Array) -> Array:
    """Factor on white things, RGB, shape (3,), from colours in both eyes (n, 3) and of the skin
    (m, 3), in 0 to 255."""
    face = np.median(skin, axis=0)
    own = max(float(face @ LUMA), 1.0)
    pale = seen[np.ptp(seen, axis=1) < 60]
    white = np.percentile(pale, 92, axis=0) if len(pale) > SEEN * len(seen) else np.zeros(3)
    if float(white @ LUMA) >= own:
        # Half of it may be reddened by veins and lids.
        tint = white * 0.5 + white.mean() * 0.5
    else:
        tint = cast_of(face) * float(np.percentile(seen @ LUMA, 92))
    bright = float(np.clip(tint @ LUMA, RANGE[0] * own, RANGE[1] * own))
    return np.asarray(np.minimum(tint * (bright / max(float(tint @ LUMA), 1.0) / FULL), BRIGHTEST))


def cast_of(face: Array) -> Array:
    """The colour of the light on skin of the colour `face`, its greatest part 1.

    Skin that is paler than most, but no bluer than white, is in white light.

    >>> cast_of(np.array([200.0, 160.0, 130.0])).tolist()
    [1.0, 1.0, 1.0]
    """
    ratio = face / max(float(face[0]), 1.0)
    cast = np.where(ratio < SKIN, ratio / SKIN, np.maximum(ratio, 1.0))
    return np.asarray(np.maximum(cast / cast.max(), WEAKEST) ** STRENGTH)
