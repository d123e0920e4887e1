"""From what is said to what a face does."""

import math
from dataclasses import fields

import numpy as np

from ..errors import InputError
from ..persona import Emotion
from ..seeding import generator
from ..voice import MouthTrack, Timeline, mouth_track
from .blinks import blink_times, closure
from .noise import wander
from .records import NATURAL, NEUTRAL, Amounts, Floats, Motion

FPS = (12.0, 60.0)


def frame_count(seconds: float, fps: float) -> int:
    """Frames that cover `seconds`; at least one."""
    return max(1, math.ceil(seconds * fps - 1e-6))


def plan_motion(
    timeline: Timeline,
    *,
    fps: float = 25.0,
    emotion: Emotion = NEUTRAL,
    amounts: Amounts = NATURAL,
    seed: int = 0,
    mouth: MouthTrack | None = None,
) -> Motion:
    """Plan the motion of a face that says `timeline`.

    `mouth` replaces the track that is made from the timeline. Every part draws from a random
    stream of its own, so one part's amount does not change another part.

    Raises:
        InputError: fps outside 12 to 60, or an amount outside 0 to 2.
    """
    check_fps(fps)
    check_amounts(amounts)
    frames = frame_count(timeline.duration, fps)
    track = mouth or mouth_track(timeline, fps, frames)
    pauses = tuple(
        before.end
        for before, after in zip(timeline.words, timeline.words[1:], strict=False)
        if after.start - before.end > 0.12
    )
    times = blink_times(frames / fps, amounts.blink, pauses, generator(seed, "blink"))
    none = np.zeros(frames, np.float32)
    lids = closure(times, frames, fps).astype(np.float32)
    return Motion(
        mouth=scaled(track, amounts.mouth),
        blink=np.stack([lids, lids], -1),
        gaze=np.stack([none, none], -1),
        brow=np.stack([none, none], -1),
        frown=none,
        lid=none,
        smile=none,
        head=drift(frames, fps, amounts.head, seed, loop=False),
        breath=none,
    )


def drift(frames: int, fps: float, amount: float, seed: int, *, loop: bool) -> Floats:
    """Slow movement of the head, shape (frames, 5) as in `Motion.head`."""
    spans = (
        ("x", 1.9, 0.004),
        ("y", 2.3, 0.003),
        ("roll", 2.1, 0.45),
        ("yaw", 1.6, 1.1),
        ("pitch", 1.8, 0.8),
    )
    parts = [
        wander(frames, fps, every, generator(seed, "head", name), loop) * size * amount
        for name, every, size in spans
    ]
    return np.stack(parts, -1).astype(np.float32)


def scaled(track: MouthTrack, amount: float) -> MouthTrack:
    """A mouth that moves `amount` times as far; lips still meet where they met."""
    moved = {
        name: np.clip(getattr(track, name) * np.float32(amount), low, 1)
        for name, low in (("jaw", 0), ("wide", -1), ("round", 0), ("tongue", 0), ("teeth", 0))
    }
    return MouthTrack(fps=track.fps, closed=track.closed, **moved)


def check_fps(fps: float) -> None:
    """Raise InputError when no video of ours can have this rate."""
    if not FPS[0] <= fps <= FPS[1]:
        raise InputError(f"{fps:g} frames a second cannot be made. Choose 12 to 60.")


def check_amounts(amounts: Amounts) -> None:
    """Raise InputError when an amount is outside 0 to 2."""
    for item in fields(amounts):
        value = getattr(amounts, item.name)
        if not 0 <= value <= 2:
            raise InputError(f"Amount {item.name} is {value:g}. Choose 0 (off) to 2 (double).")
