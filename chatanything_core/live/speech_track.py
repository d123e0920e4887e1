"""Speech as motion that is laid over a face which is alive by itself."""

from dataclasses import dataclass

from ..persona import NEUTRAL, Emotion
from ..talking_head import LEAD, plan_speech
from ..talking_head.records import Floats
from ..talking_head.rig.motion_rows import COLUMNS, motion_rows
from ..voice import Speech

FPS = 25.0
SPOKEN = (
    *("jaw", "wide", "round", "closed", "tongue", "teeth", "browLeft", "browRight"),
    *("frown", "lid", "smile", "headX", "headY", "roll", "yaw", "pitch"),
)
"""What speech adds to. Blinks, glances and breath go on by themselves: the page alone knows the very
moment at which a sentence is heard."""
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
    """Shape (F, len(columns)), in the units of `Motion`; the first and the last row are zeros."""


def speech_track(
    speech: Speech, start: float, *, emotion: Emotion = NEUTRAL, seed: int = 0, who: str = ""
) -> SpeechTrack:
    """What saying `speech` adds; `start` is about the second of the face's life at sample 0."""
    planned = plan_speech(speech, start, fps=FPS, emotion=emotion, seed=seed, who=who)
    return SpeechTrack(FPS, LEAD, SPOKEN, motion_rows(planned)[:, _AT])
