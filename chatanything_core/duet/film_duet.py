"""Two characters side by side in one film, each heard from its own side."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..character.make_character import Character
from ..errors import InputError
from ..persona import Emotion
from ..progress import Tick, no_progress
from ..provenance import mark_frames, source_of_parts
from ..runtime import default_runtime
from ..talking_head import LEAD, EmotionChange, Motion, frame_count, heads, plan_motion, plan_speech
from ..talking_head.records import Floats
from ..talking_head.rig.motion_rows import COLUMNS, motion_rows
from ..video import Coding, Video, fit_portrait, write_video
from ..voice import MouthTrack, Timeline
from .converse import DuetTurn
from .listening_rows import listening_rows

FPS = 25.0
BEFORE, GAP, AFTER = 0.8, 0.45, 1.2
"""Seconds before the first turn, between two, and after the last."""
ASIDE = 0.5
"""How far from the middle each voice is heard: 0 in the middle, 1 on its side alone."""
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Placed:
    """A turn and when it is said."""

    turn: DuetTurn
    start: float
    """Seconds of the film at sample 0."""


def film_duet(
    pair: tuple[Character, Character],
    turns: Sequence[DuetTurn],
    path: Path,
    *,
    coding: Coding | None = None,
    tick: Tick = no_progress,
) -> Video:
    """Write the whole talk as a video: the first one on the left, the second on the right.

    Who listens nods at pauses, looks at the speaker and shows some of what the speaker feels. A
    `mark` of either is on the film.

    Raises:
        InputError: there are no turns, or a portrait cannot be animated.
        OutputError: the file cannot be written.
    """
    if not turns:
        raise InputError("There is nothing to film: the talk has no turns.")
    placed = place(turns)
    seconds = placed[-1].start + turns[-1].speech.seconds + AFTER
    samples, rate = mixed(placed, seconds)
    sides = [_frames(character, side, placed, seconds) for side, character in enumerate(pair)]
    frames = _side_by_side(*sides)
    return write_video(
        path,
        mark_frames(frames) if any(one.mark for one in pair) else frames,
        frame_count(seconds, FPS),
        fps=FPS,
        samples=samples,
        rate=rate,
        coding=coding or Coding(),
        source=source_of_parts(one.film_source for one in pair),
        tick=tick,
    )


def place(turns: Sequence[DuetTurn]) -> list[Placed]:
    """One after the other, with a moment between."""
    placed, at = [], BEFORE
    for turn in turns:
        placed.append(Placed(turn, at))
        at += turn.speech.seconds + GAP
    return placed


def mixed(placed: Sequence[Placed], seconds: float) -> tuple[npt.NDArray[np.float32], int]:
    """Stereo samples (2, N), each speaker on its side at equal power, and their rate."""
    rate = max(one.turn.speech.rate for one in placed)
    whole = np.zeros((2, math.ceil(seconds * rate)), np.float32)
    for one in placed:
        speech = one.turn.speech
        samples = at_rate(speech.samples, speech.rate, rate)
        angle = math.pi / 4 * (1 + (2 * one.turn.speaker - 1) * ASIDE)
        first = round(one.start * rate)
        piece = samples[: whole.shape[1] - first]
        for channel, gain in enumerate((math.cos(angle), math.sin(angle))):
            whole[channel, first : first + len(piece)] += gain * piece
    return whole, rate


def motion_of(character: Character, side: int, placed: Sequence[Placed], seconds: float) -> Motion:
    """The one on `side`, 0 or 1: it says its own turns and listens to the others."""
    who, seed = character.persona.name, character.seed
    own = [one for one in placed if one.turn.speaker == side]
    changes = [EmotionChange(0.0, character.persona.emotion)]
    changes += [EmotionChange(one.start - 0.2, one.turn.emotion) for one in own]
    silent = plan_motion(Timeline(seconds), fps=FPS, emotion=changes, seed=seed, who=who, start=0.0)
    rows = motion_rows(silent)
    for one in placed:
        added = _said(one, seed, who) if one in own else _heard(one, side, seed)
        first = round((one.start - LEAD) * FPS)
        skip = max(0, -first)
        part = added[skip : skip + len(rows) - max(first, 0)]
        rows[max(first, 0) : max(first, 0) + len(part)] += part
    _, low, high = zip(*COLUMNS, strict=True)
    return _motion(np.clip(rows, low, high).astype(np.float32))


def _said(one: Placed, seed: int, who: str) -> Floats:
    speech, felt = one.turn.speech, one.turn.emotion
    return motion_rows(
        plan_speech(speech, max(one.start, LEAD), fps=FPS, emotion=felt, seed=seed, who=who)
    )


def _heard(one: Placed, side: int, seed: int) -> Floats:
    felt: Emotion = one.turn.emotion
    toward = 1 if side == 0 else -1
    return listening_rows(one.turn.speech, fps=FPS, emotion=felt, side=toward, seed=seed)


def _motion(rows: Floats) -> Motion:
    at = {name: k for k, (name, *_) in enumerate(COLUMNS)}
    mouth = {name: rows[:, at[name]] for name in ("jaw", "wide", "round", "closed")}
    mouth |= {name: rows[:, at[name]] for name in ("tongue", "teeth")}

    def together(*names: str) -> Floats:
        return np.ascontiguousarray(rows[:, [at[name] for name in names]])

    return Motion(
        MouthTrack(FPS, **mouth),
        blink=together("blinkLeft", "blinkRight"),
        gaze=together("gazeX", "gazeY"),
        brow=together("browLeft", "browRight"),
        frown=rows[:, at["frown"]],
        lid=rows[:, at["lid"]],
        smile=rows[:, at["smile"]],
        head=together("headX", "headY", "roll", "yaw", "pitch"),
        breath=rows[:, at["breath"]],
    )


def _frames(
    character: Character, side: int, placed: Sequence[Placed], seconds: float
) -> Iterator[Pixels]:
    image = fit_portrait(character.portrait.image)
    engine = heads.create(character.head)
    ready = engine.prepare(image, character.portrait.face, default_runtime())
    return ready.frames(motion_of(character, side, placed, seconds))


def _side_by_side(left: Iterator[Pixels], right: Iterator[Pixels]) -> Iterator[Pixels]:
    for a, b in zip(left, right, strict=True):
        height = max(len(a), len(b))
        yield np.hstack([_as_high(a, height), _as_high(b, height)])


def _as_high(picture: Pixels, height: int) -> Pixels:
    """In the middle of a frame of that height, on its own edge colours."""
    above = (height - len(picture)) // 2
    below = height - len(picture) - above
    return np.pad(picture, ((above, below), (0, 0), (0, 0)), mode="edge")


def at_rate(samples: npt.NDArray[np.float32], rate: int, wanted: int) -> npt.NDArray[np.float32]:
    """Mono samples at another rate, both in Hz."""
    if rate == wanted:
        return samples
    from scipy.signal import resample_poly  # a third of a second, which only this needs

    shared = math.gcd(rate, wanted)
    return np.asarray(resample_poly(samples, wanted // shared, rate // shared), np.float32)
