"""Do the talking heads talk? Judged by a detector that never saw how they were made.

    python -m chatanything_core.evaluation.head_quality docs/benchmarks.md

Every frame is looked at by MediaPipe Face Mesh (0.10.21 with its own models; 478 points). The
metrics follow those of the field where it has any, and add a null hypothesis where correlation
flatters.
"""

import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from ..landmarks import Face
from ..seeding import generator
from ..talking_head import Amounts, Motion, frame_count, heads, levels, plan_motion
from ..video import write_video
from ..voice import Speech, Timeline
from .samples import portrait_of, spoken
from .tables import replace_table

Array = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]

CONCEPTS = ("old fisherman", "young wizard", "red apple", "coffee mug", "cartoon star", "backpack")
TEXT = (
    "Peter bought a big blue umbrella. We may move the piano by Monday. "
    "Oh, you should see my father swim! Mama made more marmalade, and Bob blew a bubble."
)
FPS = 25.0
LAGS = 8
"""Frames of delay that are tried on both sides."""
EYES = (((160, 158), (144, 153), (33, 133)), ((385, 387), (380, 373), (362, 263)))
"""Upper lid, lower lid and corners of each eye in the mesh (Soukupova & Cech 2016)."""
STABLE = (33, 133, 362, 263, 168, 6, 1, 2, 98, 327, 10, 234, 454)
"""Points that speech does not move."""


@dataclass(frozen=True)
class Score:
    """One portrait's figures; see docs/benchmarks.md for what they mean."""

    concept: str
    det: float
    sync_command: float
    lag_command: int
    sync_audio: float
    lag_audio: int
    shuffled: float
    delayed: int
    close: float
    bilabial: float
    blink_recall: float
    blink_precision: float
    jitter: float
    outside: int
    sharp: float
    codec: float
    duration: float


def score(concept: str, image: Pixels, face: Face, speech: Speech, judge: Any) -> Score:
    """Render, look and measure."""
    motion = motion_of(speech)
    actor = heads.create("warp").prepare(image, face)
    frames = list(actor.frames(motion))
    seen = np.stack([judge(frame) for frame in frames])
    found = ~np.isnan(seen[:, 0, 0])
    seen = np.where(np.isnan(seen), np.nanmean(seen, axis=0), seen)
    apart = np.hypot(*(seen[:, 468] - seen[:, 473]).T)
    mouth = np.hypot(*(seen[:, 13] - seen[:, 14]).T) / apart
    told = motion.mouth.jaw * (1 - motion.mouth.closed)
    heard = loudness(speech, len(motion))
    lag_command, command = best_lag(mouth, told)
    lag_audio, audio = best_lag(mouth, heard)
    recall, precision = blink_agreement(seen, motion)
    bend = np.hypot(*np.moveaxis(np.diff(seen[:, list(STABLE)], 2, axis=0), -1, 0))
    codec, duration = coded(frames, speech)
    return Score(
        concept,
        float(found.mean()),
        command,
        lag_command,
        audio,
        lag_audio,
        best_lag(mouth, shuffled(heard))[1],
        best_lag(mouth[5:], heard[:-5])[0] + 5,
        closed_in_silence(mouth, speech),
        closed_on_labials(mouth, speech.timeline),
        recall,
        precision,
        float(bend.mean() / apart.mean() * 1000),
        changed_outside(image, face, speech),
        sharpness(frames, image, face),
        codec,
        duration,
    )


def motion_of(speech: Speech) -> Motion:
    """The motion that `video.animate` plans."""
    frames = frame_count(speech.seconds, FPS)
    level = levels(speech.samples, speech.rate, frames, FPS)
    return plan_motion(speech.timeline, fps=FPS, seed=1, level=level)


def loudness(speech: Speech, frames: int) -> Array:
    """Level of 40 ms around every frame, from 0 (30 dB under the loud parts) to 1."""
    level = np.clip((decibels(speech, frames) + 32) / 30, 0, 1)
    return np.convolve(np.pad(level, 1, "edge"), [0.25, 0.5, 0.25], "valid")


def decibels(speech: Speech, frames: int) -> Array:
    """Level of 40 ms around every frame, over that of the loudest twentieth of them."""
    half = int(0.02 * speech.rate)
    centres = (np.arange(frames) / FPS * speech.rate).astype(int)
    padded = np.pad(speech.samples.astype(np.float64), (half, half + int(speech.rate / FPS)))
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


def closed_in_silence(mouth: Array, speech: Speech) -> float:
    """Share of silent frames (40 dB down, three in a row) with the mouth shut."""
    quiet = decibels(speech, len(mouth)) < -40
    quiet = quiet & np.roll(quiet, 1) & np.roll(quiet, -1)
    limit = 0.15 * np.percentile(mouth, 95) + np.percentile(mouth, 2)
    return float((mouth[quiet] < limit).mean()) if quiet.any() else 1.0


def closed_on_labials(mouth: Array, timeline: Timeline) -> float:
    """Share of p, b and m within two frames of which the mouth is shut."""
    limit = 0.2 * np.percentile(mouth, 95) + np.percentile(mouth, 2)
    hits = []
    for phone in timeline.phones:
        if phone.symbol[:1] in ("p", "b", "m"):
            at = round((phone.start + phone.end) / 2 * FPS)
            hits.append(mouth[max(at - 2, 0) : at + 3].min() < limit)
    return float(np.mean(hits)) if hits else 1.0


def blink_agreement(seen: Array, motion: Motion) -> tuple[float, float]:
    """Recall and precision of the blinks that are seen against those that were told."""
    ratio = np.mean([eye_aspect(seen, *eye) for eye in EYES], axis=0)
    shut = _onsets(ratio < 0.6 * np.median(ratio))
    told = _onsets(motion.blink[:, 0] > 0.5)
    recall, precision = _near(told, shut), _near(shut, told)
    return (float(np.mean(recall)) if len(recall) else 1.0,
            float(np.mean(precision)) if len(precision) else 1.0)  # fmt: skip


def _near(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> list[bool]:
    """Whether each of `a` has one of `b` within three frames."""
    return [bool(len(b)) and bool(np.abs(b - x).min() <= 3) for x in a]


def eye_aspect(seen: Array, upper: tuple[int, int], lower: tuple[int, int], ends: Any) -> Array:
    """Opening of an eye over its width."""
    gap = sum(np.hypot(*(seen[:, u] - seen[:, w]).T) for u, w in zip(upper, lower, strict=True)) / 2
    return np.asarray(gap / np.hypot(*(seen[:, ends[0]] - seen[:, ends[1]]).T))


def changed_outside(image: Pixels, face: Face, speech: Speech) -> int:
    """Largest change of a grey level outside the face while only the face is told to move."""
    still = Amounts(head=0.0, breath=0.0)
    motion = plan_motion(speech.timeline, fps=FPS, seed=1, amounts=still)
    height, width = image.shape[:2]
    points = face.points * (width, height)
    low, high = points.min(0), points.max(0)
    margin = 0.35 * (high - low)
    left, top = np.maximum(low - margin, 0).astype(int)
    right, bottom = (high + margin).astype(int)
    outside = np.ones((height, width), bool)
    outside[top:bottom, left:right] = False
    worst = 0
    for frame in heads.create("warp").prepare(image, face).frames(motion):
        if outside.any():
            worst = max(worst, int(np.abs(frame.astype(int) - image)[outside].max()))
    return worst


def sharpness(frames: list[Pixels], image: Pixels, face: Face) -> float:
    """Variance of the Laplacian over the face, mean of all frames over that of the portrait."""
    height, width = image.shape[:2]
    points = face.points * (width, height)
    left, top = np.maximum(points.min(0), 1).astype(int)
    right, bottom = points.max(0).astype(int)

    def variance(frame: Pixels) -> float:
        grey = frame[top:bottom, left:right].astype(np.float64).mean(-1)
        around = grey[1:-1, :-2] + grey[1:-1, 2:] + grey[:-2, 1:-1] + grey[2:, 1:-1]
        return float(np.var(around - 4 * grey[1:-1, 1:-1]))

    return float(np.mean([variance(frame) for frame in frames[::5]]) / variance(image))


def coded(frames: list[Pixels], speech: Speech) -> tuple[float, float]:
    """PSNR in dB of decoded against rendered frames, and how far in milliseconds the ends of
    picture and sound lie apart."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.mp4"
        write_video(
            path, iter(frames), len(frames), fps=FPS, samples=speech.samples, rate=speech.rate
        )
        with av.open(str(path)) as file:
            ends: list[float] = [float(s.duration * s.time_base) for s in file.streams]  # type: ignore[operator]
            errors = [
                np.mean((frame.to_ndarray(format="rgb24").astype(float) - frames[i]) ** 2)
                for i, frame in enumerate(file.decode(video=0))
            ]
    return float(10 * np.log10(255**2 / np.mean(errors))), 1000 * (max(ends) - min(ends))


def face_mesh() -> Any:
    """A function from an RGB frame to its 478 points (478, 2) in pixels, nan when none is found."""
    import mediapipe

    mesh = mediapipe.solutions.face_mesh.FaceMesh(static_image_mode=True, refine_landmarks=True)

    def judge(frame: Pixels) -> Array:
        found = mesh.process(frame).multi_face_landmarks
        if not found:
            return np.full((478, 2), np.nan)
        height, width = frame.shape[:2]
        return np.array([(p.x * width, p.y * height) for p in found[0].landmark])

    return judge


def as_markdown(scores: list[Score]) -> str:
    """The table of the documentation."""
    lines = [
        "| portrait | DET | SYNC-CMD (lag) | SYNC-AUDIO (lag) | shuffled | +200 ms found | CLOSE "
        "| BILABIAL | BLINK recall, precision | JITTER | OUTSIDE | SHARP | CODEC | DURATION |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for s in scores:
        lines.append(
            f"| {s.concept} | {s.det:.2f} | {s.sync_command:.3f} ({s.lag_command}) "
            f"| {s.sync_audio:.2f} ({1000 * s.lag_audio / FPS:.0f} ms) | {s.shuffled:.2f} "
            f"| {1000 * s.delayed / FPS:.0f} ms off | {s.close:.2f} | {s.bilabial:.2f} "
            f"| {s.blink_recall:.2f}, {s.blink_precision:.2f} | {s.jitter:.1f}e-3 "
            f"| {s.outside} | {s.sharp:.2f} | {s.codec:.1f} dB | {s.duration:.0f} ms |"
        )
    return "\n".join(lines)


def _onsets(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    return np.flatnonzero(mask[1:] & ~mask[:-1])


def main(path: Path) -> None:
    """Measure, and replace the table in the document."""
    judge, speech = face_mesh(), spoken(TEXT)
    portraits = {name: portrait_of(name) for name in CONCEPTS}
    # A face that the judge does not see at rest says nothing about how it moves.
    known = {name: made for name, made in portraits.items() if not np.isnan(judge(made[0])).any()}
    scores = [score(name, *made, speech, judge) for name, made in known.items()]
    unseen = ", ".join(sorted(set(portraits) - set(known)))
    note = f"\n\nNot seen at rest, so not judged: {unseen}." if unseen else ""
    replace_table(path, "quality", as_markdown(scores) + note)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
