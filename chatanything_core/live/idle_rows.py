"""The motion of a face that says nothing, from any moment on and for ever."""

import math

from ..errors import InputError
from ..talking_head import plan_motion
from ..talking_head.records import Floats
from ..talking_head.rig.motion_rows import motion_rows
from ..voice import Timeline

IDLE_FPS = 25.0
LONGEST, LATEST = 120.0, 86_400.0
"""Seconds that are planned at once at most, and the last second that can be asked for."""


def idle_rows(seed: int, start: float, seconds: float) -> Floats:
    """Rows of COLUMNS from `start` to `start + seconds`, both included, at IDLE_FPS.

    Neighbouring stretches of one seed meet: the last row of one is the first of the next.

    Raises:
        InputError: a time out of range.
    """
    if not (math.isfinite(start) and 0 <= start <= LATEST and 0 < seconds <= LONGEST):
        raise InputError(
            f"Idle motion is planned for at most {LONGEST:g} seconds, from second 0 to {LATEST:g}."
        )
    # The end of a plan has no blinks: two seconds more are planned.
    whole = motion_rows(plan_motion(Timeline(start + seconds + 2), fps=IDLE_FPS, seed=seed))
    return whole[round(start * IDLE_FPS) : round((start + seconds) * IDLE_FPS) + 1]
