"""Speech as motion that is laid over a face which is alive by itself."""

from dataclasses import dataclass

import numpy as np

from ..talking_head import Motion, frame_count, loudness_levels, plan_motion
from ..talking_head.records import Floats
from ..voice import Speech, Timeline
from ..voice.timeline import joined

FPS = 50.0
LEAD, TAIL = 0.3, 0.7
"""Seconds by which nods and lips run ahead of the sound, and outlast it."""
COLUMNS = (
    *("jaw", "wide", "round", "closed", "tongue", "teeth"),
    *("blink-left", "blink-right", "gaze-x", "gaze-y", "brow-left", "brow-right"),
    *("frown", "lid", "smile", "x", "y", "roll", "yaw", "pitch", "breath"),
)
"""What the numbers of a row are, in order; see `Motion`."""
SPOKEN = (0, 1, 2, 3, 4, 5, 10, 11, 15, 16, 17, 18, 19)
"""Columns that speech adds to: mouth, brows and head. Blinks, gaze and breath go on by themselves."""


@dataclass(frozen=True, eq=False)
class SpeechTrack:
    """What speech adds to idle motion."""

    fps: float
    """Rows per second."""
    lead: float
    """Seconds before the sound at which row 0 belongs."""
    columns: tuple[int, ...]
    """Which of COLUMNS they are."""
    rows: Floats
    """Shape (F, len(columns)), in the units of `Motion`."""


def motion_rows(motion: Motion) -> Floats:
    """A motion as one row of COLUMNS a frame, shape (F, 21)."""
    mouth = motion.mouth
    parts = (
        *(mouth.jaw, mouth.wide, mouth.round, mouth.closed, mouth.tongue, mouth.teeth),
        *(motion.blink, motion.gaze, motion.brow, motion.frown, motion.lid, motion.smile),
        *(motion.head, motion.breath),
    )
    return np.column_stack(parts).astype(np.float32)


def speech_track(speech: Speech, seed: int) -> SpeechTrack:
    """The plan of the speech less the plan of as much silence: lips, nods and brows remain."""
    line = speech.timeline
    padded = joined([Timeline(LEAD, language=line.language), line, Timeline(TAIL)])
    silence = (np.zeros(round(span * speech.rate), np.float32) for span in (LEAD, TAIL))
    before, after = silence
    sound = np.concatenate([before, speech.samples, after])
    frames = frame_count(padded.duration, FPS)
    level = loudness_levels(sound, speech.rate, frames, FPS)
    said = plan_motion(padded, fps=FPS, seed=seed, level=level)
    still = plan_motion(Timeline(padded.duration), fps=FPS, seed=seed)
    rows = (motion_rows(said) - motion_rows(still))[:, SPOKEN]
    return SpeechTrack(FPS, LEAD, SPOKEN, rows)
