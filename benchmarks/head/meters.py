"""How the judged figures of a talking head are computed from what was seen and what was commanded.

Points are those of the 478-point MediaPipe mesh, arrays of shape (frames, 478, 2) in pixels.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from chatanything.landmarks import Face
from chatanything.seeding import generator
from chatanything.talking_head import Motion
from chatanything.talking_head.warp.face_geometry import mouth_of
from chatanything.talking_head.warp.mouth.channel_weights import mouth_weights
from chatanything.talking_head.warp.mouth.lip_motion import MIDDLE, MouthField
from chatanything.voice import Speech, Timeline

Array = npt.NDArray[np.float64]
LAGS = 8
"""Frames of delay that are tried on both sides."""
EYES = (((160, 158), (144, 153), (33, 133)), ((385, 387), (380, 373), (362, 263)))
"""Upper lid, lower lid and corners of each eye in the mesh (Soukupova & Cech 2016)."""
STABLE = (33, 133, 362, 263, 168, 6, 1, 2, 98, 327, 10, 234, 454)
"""Points that speech does not move."""


def eye_distance(seen: Array) -> Array:
    """Distance of the irises in every frame, in pixels."""
    return np.asarray(np.hypot(*(seen[:, 468] - seen[:, 473]).T))


def mouth_opening(seen: Array) -> Array:
    """Gap between the middles of the lips in every frame, in eye distances."""
    return np.asarray(np.hypot(*(seen[:, 13] - seen[:, 14]).T) / eye_distance(seen))


def told_opening(size: tuple[int, int], face: Face, motion: Motion) -> Array:
    """The gap that the embedded head puts between the middles of the lips, in eye distances.

    `size` is (width, height) of the portrait in pixels.
    """
    points = face.points * size
    apart = float(np.hypot(*(points[36:42].mean(0) - points[42:48].mean(0))))
    field = MouthField(mouth_of(points), size, free_jaw=not face.rigid)
    gaps = []
    for index in range(len(motion)):
        lips = field.lips(mouth_weights(field.names, motion, index, field.room))
        gaps.append(float(lips.lower[MIDDLE] - lips.upper[MIDDLE]))
    return np.array(gaps) * field.mouth.axes.unit / apart


def unrest(seen: Array) -> float:
    """Mean second difference of the points that speech does not move, in eye distances."""
    bend = np.hypot(*np.moveaxis(np.diff(seen[:, list(STABLE)], 2, axis=0), -1, 0))
    return float(bend.mean() / eye_distance(seen).mean())


def loudness(speech: Speech, frames: int, fps: float) -> Array:
    """Level of 40 ms around every frame, from 0 (32 dB under the loud parts) to 1 (2 dB)."""
    level = np.clip((decibels(speech, frames, fps) + 32) / 30, 0, 1)
    return np.convolve(np.pad(level, 1, "edge"), [0.25, 0.5, 0.25], "valid")


def decibels(speech: Speech, frames: int, fps: float) -> Array:
    """Level of 40 ms around every frame, over that of the loudest twentieth of them."""
    half = int(0.02 * speech.rate)
    centres = (np.arange(frames) / fps * speech.rate).astype(int)
    padded = np.pad(speech.samples.astype(np.float64), (half, half + int(speech.rate / fps)))
    power = [np.mean(padded[c : c + 2 * half] ** 2) for c in centres]
    level = 10 * np.log10(np.maximum(power, 1e-10))
    return np.asarray(level - np.percentile(level, 95))


def best_lag(a: npt.ArrayLike, b: npt.ArrayLike) -> tuple[int, float]:
    """Frames that `a` is behind `b` and Pearson's r there, the best of LAGS on both sides."""
    a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
    middle = b[LAGS : len(b) - LAGS]
    tries = [
        float(np.corrcoef(a[LAGS + lag : len(a) - LAGS + lag], middle)[0, 1])
        for lag in range(-LAGS, LAGS + 1)
    ]
    best = int(np.argmax(tries))
    return best - LAGS, tries[best]


def shuffled(track: Array) -> Array:
    """The track with its blocks of 10 frames in another order: the null hypothesis."""
    blocks = track[: len(track) // 10 * 10].reshape(-1, 10)
    mixed = generator(1, "shuffle").permutation(blocks).ravel()
    return np.concatenate([mixed, track[len(mixed) :]])


def closed_in_silence(mouth: Array, speech: Speech, fps: float) -> float:
    """Share of silent frames (40 dB down, three in a row) with the mouth shut."""
    quiet = decibels(speech, len(mouth), fps) < -40
    quiet = quiet & np.roll(quiet, 1) & np.roll(quiet, -1)
    limit = 0.15 * np.percentile(mouth, 95) + np.percentile(mouth, 2)
    return float((mouth[quiet] < limit).mean()) if quiet.any() else 1.0


def closed_on_labials(mouth: Array, timeline: Timeline, fps: float) -> float:
    """Share of p, b and m within two frames of which the mouth is shut."""
    limit = 0.2 * np.percentile(mouth, 95) + np.percentile(mouth, 2)
    hits = []
    for phone in timeline.phones:
        if phone.symbol[:1] in ("p", "b", "m"):
            at = round((phone.start + phone.end) / 2 * fps)
            hits.append(mouth[max(at - 2, 0) : at + 3].min() < limit)
    return float(np.mean(hits)) if hits else 1.0


def blink_agreement(seen: Array, motion: Motion) -> tuple[float, float]:
    """Recall and precision of the blinks that are seen against those that were commanded."""
    ratio = np.mean([eye_aspect(seen, *eye) for eye in EYES], axis=0)
    shut = _onsets(ratio < 0.6 * np.median(ratio))
    told = _onsets(motion.blink[:, 0] > 0.5)
    recall, precision = _near(told, shut), _near(shut, told)
    return (float(np.mean(recall)) if len(recall) else 1.0,
            float(np.mean(precision)) if len(precision) else 1.0)  # fmt: skip


def _near(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> list[bool]:
    """Whether each of `a` has one of `b` within three frames."""
    return [bool(len(b)) and bool(np.abs(b - x).min() <= 3) for x in a]


def _onsets(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.flatnonzero(mask[1:] & ~mask[:-1])


def eye_aspect(seen: Array, upper: tuple[int, int], lower: tuple[int, int], ends: Any) -> Array:
    """Opening of an eye over its width."""
    gap = sum(np.hypot(*(seen[:, u] - seen[:, w]).T) for u, w in zip(upper, lower, strict=True)) / 2
    return np.asarray(gap / np.hypot(*(seen[:, ends[0]] - seen[:, ends[1]]).T))
