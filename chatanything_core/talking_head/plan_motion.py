"""From what is said to what a face does."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..persona import NEUTRAL, Emotion
from ..ranges import Range, check_ranges
from ..seeding import generator
from ..voice import MouthTrack, Timeline, mouth_track
from .blinks import blink_times, closure
from .curves import Array
from .emotion_look import EXPRESSIONS
from .gaze import gaze_track
from .prosody_accents import accents, pulses
from .records import NATURAL, Amounts, Floats, Motion
from .smooth_noise import wander

FPS = Range(12.0, 60.0, "frames a second")
LOOP = Range(1.0, 3600.0, "seconds")
"""Length of an idle loop."""
SOFT = 0.05
"""How far a jaw opens in the softest speech, against the loudest."""
BY_EAR = 1.5
"""Exponent of the level where the sounds are not known: near to how loud a voice seems (Stevens
1957, "On the psychophysical law": intensity to the power of 0.3), which is all there is to go by."""
INERTIA = 0.025
"""Seconds, standard deviation of the Gaussian that the jaw's weight lays over what voice and
sounds ask of it: what is faster than 5 Hz is halved, since jaws move at 2 to 7 Hz (Chandrasekaran
et al. 2009, "The natural statistics of audiovisual speech")."""
BREATH = 4.0
"""Seconds of a breath."""
DRIFT = (
    ("x", 1.9, 0.004),
    ("y", 2.3, 0.002),
    ("roll", 2.1, 0.45),
    ("yaw", 1.6, 1.1),
    ("pitch", 1.8, 0.7),
)
"""Channel of the head, seconds between turning points, and typical size in its unit."""


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
    level: npt.ArrayLike | None = None,
) -> Motion:
    """Plan the motion of a face that says `timeline`.

    `mouth` replaces the track that is made from the timeline. `level`, the loudness of every
    frame from 0 to 1, makes loud sounds open the jaw wider than soft ones. Every part draws from
    a random stream of its own, so one part's amount does not change another part.

    Raises:
        InputError: a frame rate or an amount out of range, or a mouth of another length.
    """
    check_fps(fps)
    check_amounts(amounts)
    frames = frame_count(timeline.duration, fps)
    track = mouth or mouth_track(timeline, fps, frames)
    if len(track.jaw) != frames:
        raise InputError(f"The mouth has {len(track.jaw)} frames. This speech needs {frames}.")
    if level is not None:
        guessed = mouth is None and timeline.source == "energy"
        track = voiced(track, np.asarray(level, np.float32) ** (BY_EAR if guessed else 1.0))
    plan = _Plan(frames, fps, amounts, emotion, seed, timeline, loop=False)
    return plan.motion(with_amounts(track, amounts.mouth))


def idle_motion(
    seconds: float,
    *,
    fps: float = 25.0,
    emotion: Emotion = NEUTRAL,
    amounts: Amounts = NATURAL,
    seed: int = 0,
) -> Motion:
    """Plan the motion of a face that says nothing, for `seconds`, whose end flows into its
    beginning: a loop without a seam.

    Raises:
        InputError: a frame rate or an amount out of range, or a length out of range.
    """
    check_fps(fps)
    check_amounts(amounts)
    LOOP.check("The length of an idle loop", seconds)
    frames = frame_count(seconds, fps)
    none = np.zeros(frames, np.float32)
    closed = MouthTrack(fps, none, none, none, none + 1, none, none)
    return _Plan(frames, fps, amounts, emotion, seed, Timeline(seconds), loop=True).motion(closed)


@dataclass(frozen=True)
class _Plan:
    """Everything that the parts of a motion are planned from."""

    frames: int
    fps: float
    amounts: Amounts
    emotion: Emotion
    seed: int
    timeline: Timeline
    loop: bool

    def motion(self, mouth: MouthTrack) -> Motion:
        """All parts together."""
        shown = EXPRESSIONS[self.emotion.name]
        strength = self.emotion.strength * self.amounts.emotion
        held = np.full(self.frames, strength)
        lids = self._blinks()
        return Motion(
            mouth=mouth,
            blink=np.stack([lids, lids], -1).astype(np.float32),
            gaze=self._gaze(),
            brow=np.clip(self._brows() + shown.brow * held[:, None], -1, 1).astype(np.float32),
            frown=np.clip(shown.frown * held, -1, 1).astype(np.float32),
            lid=np.clip(shown.lid * held, -1, 1).astype(np.float32),
            smile=np.clip(shown.smile * held, -1, 1).astype(np.float32),
            head=self._head(),
            breath=self._breath(),
        )

    def _blinks(self) -> Array:
        words = self.timeline.words
        pauses = tuple(
            before.end for before, after in pairwise(words) if after.start - before.end > 0.12
        )
        seconds = self.frames / self.fps
        times = blink_times(seconds, self.amounts.blink, pauses, generator(self.seed, "blink"))
        return closure(times, self.frames, self.fps)

    def _gaze(self) -> Floats:
        track = gaze_track(self.frames, self.fps, generator(self.seed, "gaze"), self.loop)
        return np.clip(track * self.amounts.gaze, -1, 1).astype(np.float32)

    def _brows(self) -> Array:
        """Rise of both brows: on accents together, and a little by themselves."""
        rng = generator(self.seed, "brow")
        times = accents(self.timeline)
        heights = rng.uniform(0.1, 0.75, len(times)) * (rng.random(len(times)) < 0.55)
        lift = pulses(times, heights, self.frames, self.fps, fall=0.45)
        sides = [
            wander(self.frames, self.fps, 1.7, generator(self.seed, "brow", side), self.loop)
            for side in ("left", "right")
        ]
        return (lift[:, None] + 0.06 * np.stack(sides, -1)) * self.amounts.brows

    def _head(self) -> Floats:
        """Slow drift of all channels, and a nod on accents."""
        parts = [
            wander(self.frames, self.fps, every, generator(self.seed, "head", name), self.loop)
            * size
            for name, every, size in DRIFT
        ]
        rng = generator(self.seed, "nod")
        times = accents(self.timeline)
        heights = rng.uniform(0.4, 1.0, len(times)) * (rng.random(len(times)) < 0.7)
        nods = pulses(times, heights, self.frames, self.fps, fall=0.54)
        parts[1] = parts[1] + 0.006 * nods
        parts[4] = parts[4] + 1.5 * nods
        return (np.stack(parts, -1) * self.amounts.head).astype(np.float32)

    def _breath(self) -> Floats:
        """About 15 breaths a minute, none quite like the other."""
        seconds = self.frames / self.fps
        times = np.arange(self.frames) / self.fps
        cycles = max(1, round(seconds / BREATH)) / seconds if self.loop else 1 / BREATH
        sway = wander(self.frames, self.fps, 5.0, generator(self.seed, "breath"), self.loop)
        wave = -np.cos(2 * np.pi * (times * cycles) + 0.25 * sway)
        return (wave * self.amounts.breath).astype(np.float32)


def voiced(track: MouthTrack, level: Floats) -> MouthTrack:
    """A jaw that opens wider the louder it gets; effort shows in the jaw before all else.

    It is too heavy to follow every flutter of a voice.
    """
    effort = np.float32(SOFT) + np.float32(1 - SOFT) * level
    return replace(track, jaw=eased(track.jaw * effort, track.fps).astype(np.float32))


def eased(track: npt.ArrayLike, fps: float) -> Array:
    """The track (frames,) under the weight of a jaw."""
    reach = math.ceil(3 * INERTIA * fps)
    bell = np.exp(-0.5 * np.square(np.arange(-reach, reach + 1) / (INERTIA * fps)))
    return np.convolve(
        np.pad(np.asarray(track, np.float64), reach, "edge"), bell / bell.sum(), "valid"
    )


def with_amounts(track: MouthTrack, amount: float) -> MouthTrack:
    """A mouth that moves `amount` times as far; lips still meet where they met."""
    moved = {
        name: np.clip(getattr(track, name) * np.float32(amount), low, 1)
        for name, low in (("jaw", 0), ("wide", -1), ("round", 0), ("tongue", 0), ("teeth", 0))
    }
    return MouthTrack(fps=track.fps, closed=track.closed, **moved)


def check_fps(fps: float) -> None:
    """Raise InputError when a video cannot have this rate."""
    FPS.check("The frame rate", fps)


def check_amounts(amounts: Amounts) -> None:
    """Raise InputError when an amount is out of range."""
    check_ranges(amounts, "Amount")
