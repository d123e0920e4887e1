"""A Motion as rows of numbers, which is how it travels to a page."""

import numpy as np
import numpy.typing as npt

from ...voice import MouthTrack
from ..records import Motion

COLUMNS: tuple[tuple[str, float, float], ...] = (
    ("jaw", 0, 1),
    ("wide", -1, 1),
    ("round", 0, 1),
    ("closed", 0, 1),
    ("tongue", 0, 1),
    ("teeth", 0, 1),
    ("blinkLeft", 0, 1),
    ("blinkRight", 0, 1),
    ("gazeX", -1, 1),
    ("gazeY", -1, 1),
    ("browLeft", -1, 1),
    ("browRight", -1, 1),
    ("frown", -1, 1),
    ("lid", -1, 1),
    ("smile", -1, 1),
    ("headX", -0.25, 0.25),
    ("headY", -0.25, 0.25),
    ("roll", -30, 30),
    ("yaw", -30, 30),
    ("pitch", -30, 30),
    ("breath", -1, 1),
)
"""Name, lowest and highest value of every number of a row; units are those of `Motion`. A head has
no limits of its own: these hold what sums of tracks may reach."""


def motion_rows(motion: Motion) -> npt.NDArray[np.float32]:
    """Shape (F, 21): one row a frame, in the order of COLUMNS."""
    track = motion.mouth
    columns = (track.jaw, track.wide, track.round, track.closed, track.tongue, track.teeth)
    held = (motion.brow, motion.frown, motion.lid, motion.smile, motion.head, motion.breath)
    return np.column_stack([*columns, motion.blink, motion.gaze, *held]).astype(np.float32)


def motion_of(rows: npt.NDArray[np.float32], fps: float) -> Motion:
    """Rows of COLUMNS as a motion; numbers beyond their range are brought into it."""
    lowest, highest = (np.array([column[k] for column in COLUMNS], np.float32) for k in (1, 2))
    kept = np.clip(rows, lowest, highest)
    head, breath = kept[:, 15:20], kept[:, 20]
    brow, held = kept[:, 10:12], (kept[:, 12], kept[:, 13], kept[:, 14])
    mouth = MouthTrack(fps, *kept[:, :6].T)
    return Motion(mouth, kept[:, 6:8], kept[:, 8:10], brow, *held, head, breath)
