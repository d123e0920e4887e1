"""From a portrait and a voice to a talking video."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..landmarks import Face
from ..persona import Emotion
from ..progress import Tick, silent
from ..talking_head import NATURAL, NEUTRAL, Amounts, heads, plan_motion
from ..voice import Speech
from .encoder import DEFAULT, Coding, write_video
from .records import Video

SIDES = (256, 1920)
"""Shortest and longest side in pixels of a portrait that is animated."""


def animate(
    image: npt.NDArray[np.uint8],
    face: Face,
    speech: Speech,
    path: Path,
    *,
    head: str = "warp",
    fps: float = 25.0,
    emotion: Emotion = NEUTRAL,
    amounts: Amounts = NATURAL,
    coding: Coding = DEFAULT,
    seed: int = 0,
    tick: Tick = silent,
) -> Video:
    """Make the portrait say the speech, in an MP4 that appears at `path` when it is whole.

    Frames are streamed: memory does not grow with the length of the speech beyond a few dozen
    numbers a frame. The same input gives the same frames on every run.

    Raises:
        InputError: a portrait or a sound that cannot be used.
        OutputError: the file cannot be written.
    """
    check_portrait(image)
    check_sound(speech)
    engine = heads.create(head)
    motion = plan_motion(speech.timeline, fps=fps, emotion=emotion, amounts=amounts, seed=seed)
    actor = engine.prepare(image, face)
    return write_video(
        path,
        actor.frames(motion),
        len(motion),
        fps=fps,
        samples=speech.samples,
        rate=speech.rate,
        coding=coding,
        tick=tick,
    )


def check_portrait(image: npt.NDArray[np.uint8]) -> None:
    """Raise InputError on a picture that is no portrait of ours."""
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise InputError(
            f"A portrait is RGB uint8 of shape (height, width, 3), not {image.dtype} of shape "
            f"{image.shape}. Load it with landmarks.load_image."
        )
    height, width = image.shape[:2]
    if min(height, width) < SIDES[0] or max(height, width) > SIDES[1]:
        raise InputError(
            f"A portrait of {width}x{height} pixels cannot be animated. "
            f"Scale it so that both sides are {SIDES[0]} to {SIDES[1]} pixels."
        )


def check_sound(speech: Speech) -> None:
    """Raise InputError on sound that cannot be played."""
    if len(speech.samples) == 0:
        raise InputError("The speech is empty. Give at least one sample of audio.")
    broken = int(np.count_nonzero(~np.isfinite(speech.samples)))
    if broken:
        raise InputError(
            f"The speech has {broken} samples that are no numbers. Export the audio again."
        )
