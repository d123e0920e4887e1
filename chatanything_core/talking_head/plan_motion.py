"""From what is said to what a face does."""

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..persona import NEUTRAL, Emotion
from ..ranges import Range, check_ranges
from ..voice import MouthTrack, Timeline, mouth_track
from .motion_plan import MotionPlan
from .records import NATURAL, Amounts, EmotionChange, Floats, Motion
from .tracks.jaw import voiced, with_amounts
from .tracks.manner import Moods
from .tracks.phrases import said_in, text_of
from .tracks.streams import Streams, Window

FPS = Range(12.0, 60.0, "frames a second")
LOOP = Range(1.0, 3600.0, "seconds")
"""Length of an idle loop."""
BY_EAR = 1.5
"""Exponent of the level where the sounds are not known: near to how loud a voice seems (Stevens
1957, "On the psychophysical law": intensity to the power of 0.3), which is all there is to go by."""
DAY = 86_400
"""A text is said in one of these seconds of a face's life."""


def frame_count(seconds: float, fps: float) -> int:
    """Frames that cover `seconds`; at least one."""
    return max(1, math.ceil(seconds * fps - 1e-6))


def plan_motion(
    timeline: Timeline,
    *,
    fps: float = 25.0,
    emotion: Emotion | Sequence[EmotionChange] = NEUTRAL,
    amounts: Amounts = NATURAL,
    seed: int = 0,
    who: str = "",
    start: float | None = None,
    mouth: MouthTrack | None = None,
    level: npt.ArrayLike | None = None,
) -> Motion:
    """Plan the motion of a face that says `timeline`, or nothing where that is empty.

    A face has one endless life, and speech is laid over it: a silence of 10 s from `start` 50 is
    seconds 50 to 60 of one of 100 s, at the price of 10. Every part has random streams of its own.

    Args:
        emotion: what is felt, or all its changes so far and to come, in order.
        who: whose life it is, such as a persona's name: two faces of one seed move differently.
        start: the second of the life at the first frame. None lets the words choose it, so that
            no two texts are said with the same glances; a silence without it begins at 0.
        mouth: replaces the track that is made from the timeline.
        level: loudness of every frame in [0, 1]: it opens the jaw and moves the head further.

    Raises:
        InputError: a rate, an amount or a start out of range, or a track of another length.
    """
    check_fps(fps)
    check_amounts(amounts)
    streams, frames = Streams(seed, who), frame_count(timeline.duration, fps)
    moment = _chosen_moment(timeline, streams) if start is None else checked_start(start)
    window, loud = Window.of(moment, frames, fps), _loudness(level, frames)
    said = said_in(timeline, window.start)
    plan = MotionPlan(window, amounts, Moods(emotion), streams, said, loud, loop=False)
    track = _mouth(timeline, fps, frames, mouth)
    if loud is not None:
        guessed = mouth is None and timeline.source == "energy"
        track = voiced(track, loud ** np.float32(BY_EAR) if guessed else loud)
    return plan.motion(with_amounts(track, amounts.mouth))


def idle_motion(
    seconds: float,
    *,
    fps: float = 25.0,
    emotion: Emotion = NEUTRAL,
    amounts: Amounts = NATURAL,
    seed: int = 0,
    who: str = "",
) -> Motion:
    """Plan the motion of a face that says nothing, for `seconds`, whose end flows into its
    beginning: a loop without a seam. But for its last FADE seconds, and its breath, it is the
    plan of a silence.

    Raises:
        InputError: a frame rate or an amount out of range, or a length out of range.
    """
    check_fps(fps)
    check_amounts(amounts)
    LOOP.check("The length of an idle loop", seconds)
    frames = frame_count(seconds, fps)
    said = said_in(Timeline(seconds), 0.0)
    window = Window.of(0.0, frames, fps)
    plan = MotionPlan(window, amounts, Moods(emotion), Streams(seed, who), said, None, loop=True)
    return plan.motion(_mouth(Timeline(seconds), fps, frames, None))


def _mouth(timeline: Timeline, fps: float, frames: int, mouth: MouthTrack | None) -> MouthTrack:
    """The given track, or the timeline's."""
    track = mouth or mouth_track(timeline, fps, frames)
    if len(track.jaw) != frames:
        raise InputError(f"The mouth has {len(track.jaw)} frames. This speech needs {frames}.")
    return track


def _loudness(level: npt.ArrayLike | None, frames: int) -> Floats | None:
    """The given level, as long as the motion."""
    if level is None:
        return None
    track = np.asarray(level, np.float32)
    if len(track) != frames:
        raise InputError(f"The level has {len(track)} frames. This speech needs {frames}.")
    return track


def checked_start(start: float) -> float:
    """The start; raises InputError unless it is a number of seconds."""
    if not math.isfinite(start):
        raise InputError(f"A motion cannot start at {start} s. Give a number of seconds.")
    return start


def _chosen_moment(timeline: Timeline, streams: Streams) -> float:
    """A whole second of the face's life that belongs to the words."""
    text = text_of(timeline)
    return float(streams.draw("moment", text).integers(DAY)) if text else 0.0


def check_fps(fps: float) -> None:
    """Raise InputError when a video cannot have this rate."""
    FPS.check("The frame rate", fps)


def check_amounts(amounts: Amounts) -> None:
    """Raise InputError when an amount is out of range."""
    check_ranges(amounts, "Amount")
