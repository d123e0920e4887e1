"""What a speech adds to the motion of a silent face."""

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial

from ..persona import NEUTRAL, Emotion
from ..voice import MouthTrack, Speech, Timeline, delayed
from .loudness import loudness_levels
from .plan_motion import check_fps, checked_start, frame_count, plan_motion
from .records import NATURAL, Amounts, EmotionChange, Motion

LEAD = 0.5
"""Seconds by which what a speech adds begins before its sound."""
TAIL = 0.8
"""Seconds by which what a speech adds outlasts its sound."""


def plan_speech(
    speech: Speech,
    start: float,
    *,
    fps: float = 25.0,
    emotion: Emotion | Sequence[EmotionChange] = NEUTRAL,
    amounts: Amounts = NATURAL,
    seed: int = 0,
    who: str = "",
) -> Motion:
    """Plan what saying `speech` adds to the silent motion of the same face.

    Every number is a difference: added to the plan of silence at the same moments, with the same
    seed, `who`, emotion and amounts, it gives the plan of the speech (clip the sums to the ranges
    of `Motion`). It begins and ends with zeros, so what is said one after another may overlap.

    Args:
        start: the second of the face's life at sample 0. Row 0 lies LEAD seconds before it, the
            last row TAIL seconds after the sound.

    Raises:
        InputError: as `plan_motion`.
    """
    check_fps(fps)
    first = checked_start(start) - LEAD
    life = partial(
        plan_motion, fps=fps, emotion=emotion, amounts=amounts, seed=seed, who=who, start=first
    )
    line = delayed(speech, LEAD).timeline
    line = replace(line, duration=LEAD + speech.seconds + TAIL)
    frames = frame_count(line.duration, fps)
    level = loudness_levels(speech.samples, speech.rate, frames, fps, lead=LEAD)
    return _difference(life(line, level=level), life(Timeline(line.duration)))


def _difference(said: Motion, silent: Motion) -> Motion:
    """`said` less `silent`, number by number."""
    shapes = [field.name for field in fields(MouthTrack) if field.name != "fps"]
    mouth = {name: getattr(said.mouth, name) - getattr(silent.mouth, name) for name in shapes}
    rest = [field.name for field in fields(Motion) if field.name != "mouth"]
    tracks = {name: getattr(said, name) - getattr(silent, name) for name in rest}
    return Motion(MouthTrack(said.fps, **mouth), **tracks)
