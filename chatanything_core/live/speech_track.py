"""Speech as motion that is laid over a face which is alive by itself."""

from dataclasses import dataclass

import numpy as np

from ..talking_head import frame_count, loudness_levels, plan_motion
from ..talking_head.records import Floats
from ..talking_head.rig.motion_rows import COLUMNS, motion_rows
from ..voice import Speech, Timeline
from ..voice.timeline import joined

FPS = 50.0
LEAD, TAIL = 0.3, 0.7
"""Seconds by which nods and lips run ahead of the sound, and outlast it."""
SPOKEN = (
    *("jaw", "wide", "round", "closed", "tongue", "teeth", "browLeft", "browRight"),
    *("headX", "headY", "roll", "yaw", "pitch"),
)
"""What speech adds to: mouth, brows and head. Blinks, gaze and breath go on by themselves."""
_AT = [[name for name, *_ in COLUMNS].index(name) for name in SPOKEN]


@dataclass(frozen=True, eq=False)
class SpeechTrack:
    """What speech adds to idle motion."""

    fps: float
    """Rows per second."""
    lead: float
    """Seconds before the sound at which row 0 belongs."""
    columns: tuple[str, ...]
    """Which of `motion_rows.COLUMNS` they are."""
    rows: Floats
    """Shape (F, len(columns)), in the units of `Motion`."""


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
    rows = (motion_rows(said) - motion_rows(still))[:, _AT]
    return SpeechTrack(FPS, LEAD, SPOKEN, rows)
