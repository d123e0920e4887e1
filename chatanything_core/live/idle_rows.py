"""The motion of a face that says nothing, from any moment on and for ever."""

import math

from ..errors import InputError
from ..talking_head import plan_motion
from ..talking_head.records import Floats
from ..talking_head.rig.motion_rows import motion_rows
from ..voice import Timeline

IDLE_FPS = 25.0
LONGEST, LATEST = 120.0, 86_400.0 * 30
"""Seconds that are planned at once at most, and the last second that can be asked for."""


def idle_rows(start: float, seconds: float, *, seed: int = 0, who: str = "") -> Floats:
    """Rows of COLUMNS from `start` to `start + seconds`, both included, at IDLE_FPS.

    Neighbouring stretches of one life meet: the last row of one is the first of the next.

    Raises:
        InputError: a time out of range.
    """
    if not (math.isfinite(start) and 0 <= start <= LATEST and 0 < seconds <= LONGEST):
        raise InputError(
            f"Idle motion is planned for at most {LONGEST:g} seconds, from second 0 to {LATEST:g}."
        )
    silence = Timeline(seconds + 1 / IDLE_FPS)
    return motion_rows(plan_motion(silence, fps=IDLE_FPS, seed=seed, who=who, start=start))
