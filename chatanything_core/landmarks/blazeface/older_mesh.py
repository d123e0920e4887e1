"""What the older mesh and the iris network put a little elsewhere than the attention mesh does.

Fitted to MediaPipe's attention mesh on 50 photographs, the same on both sides of the face; leaving
out the photograph that is measured changes none of the figures. All are in eye distances.
"""

import numpy as np

from .attention import LEFT_EYE, LIPS, RIGHT_EYE
from .picture import Points

DOWN = 0.018
"""How much too high the whole mesh lies."""
LIDS = 16
"""How many of the points round an eye are its lids, which the iris network places."""
EYES = (((33, 133), LEFT_EYE[:LIDS]), ((263, 362), RIGHT_EYE[:LIDS]))
"""Outer and inner corner of each eye, and the indices of its lids."""
OUTER, INNER = 0.038, 0.009
"""How much too far inwards the outer corner of an eye lies, and too far outwards the inner one."""
MOUTH = (61, 291)
"""Its corners."""
WIDE, BENT = 0.018, 0.018
"""How much too far outwards the corners of the mouth lie, and too high against its middle."""


def corrected(points: Points) -> Points:
    """The points where the attention mesh would have them, shape (478, 2)."""
    left, right = points[list(EYES[0][0])].mean(0), points[list(EYES[1][0])].mean(0)
    across = right - left
    down = np.array([-across[1], across[0]])
    made = points.copy()
    made[:468] += DOWN * down
    for (outer, inner), lids in EYES:
        rows, axis = list(lids), points[outer] - points[inner]
        outwards = np.sign(axis @ across) * across
        share = ((points[rows] - points[inner]) @ axis / max(axis @ axis, 1e-9))[:, None]
        made[rows] = points[rows] + (OUTER * share - INNER * (1 - share)) * outwards
    rows, ends = list(LIPS), points[list(MOUTH)]
    half = (ends[1] - ends[0]) / 2
    place = ((points[rows] - ends.mean(0)) @ half / max(half @ half, 1e-9))[:, None]
    made[rows] += -WIDE * place * across + BENT * place**2 * down
    return made
