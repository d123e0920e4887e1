"""Do the talking heads talk? Judged by a detector that never saw how they were made.

    python -m benchmarks.head.quality docs/benchmarks.md

Every frame is looked at by MediaPipe Face Mesh (0.10.21 with its own models; 478 points). The
metrics follow those of the field where it has any, and add a null hypothesis where correlation
flatters.
"""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chatanything.landmarks import Face
from chatanything.runtime import default_runtime
from chatanything.talking_head import Motion, frame_count, heads, loudness_levels, plan_motion
from chatanything.voice import Speech
from tests.tools.samples import photograph, portrait_of, spoken

from ..tables import replace_table
from .meters import (
    best_lag,
    blink_agreement,
    closed_in_silence,
    closed_on_labials,
    loudness,
    mouth_opening,
    shuffled,
    told_opening,
    unrest,
)
from .pictures import changed_outside, coded, sharpness, swayed

Array = npt.NDArray[np.float64]
Pixels = npt.NDArray[np.uint8]

CONCEPTS = ("old fisherman", "young wizard", "red apple", "coffee mug", "cartoon star", "backpack")
LABIALS = (
    "Peter bought a big blue umbrella. We may move the piano by Monday. "
    "Oh, you should see my father swim! Mama made more marmalade, and Bob blew a bubble. "
)
HARVARD = (
    "The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background. "
    "It's easy to tell the depth of a well. These days a chicken leg is a rare dish. "
    "Rice is often served in round bowls."
)
"""Half of list 1 of the phonetically balanced sentences of IEEE Std 297 (1969)."""
FPS = 25.0


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
    jitter_judge: float
    outside: int
    sharp: float
    codec: float
    codec_rgb: float
    duration: float


def score(concept: str, image: Pixels, face: Face, speech: Speech, judge: Any) -> Score:
    """Render, look and measure."""
    motion = motion_of(speech)
    frames = list(
        heads.create("warp").prepare(image, face, default_runtime()).frames(motion, speech)
    )
    found, seen = looked_at(frames, judge)
    mouth, heard = mouth_opening(seen), loudness(speech, len(motion), FPS)
    told = told_opening((image.shape[1], image.shape[0]), face, motion)
    lag_command, command = best_lag(mouth, told)
    lag_audio, audio = best_lag(mouth, heard)
    recall, precision = blink_agreement(seen, motion)
    codec, codec_rgb, duration = coded(frames, speech, FPS)
    return Score(
        concept,
        found,
        command,
        lag_command,
        audio,
        lag_audio,
        best_lag(mouth, shuffled(heard))[1],
        best_lag(mouth[5:], heard[:-5])[0] + 5,
        closed_in_silence(mouth, speech, FPS),
        closed_on_labials(mouth, speech.timeline, FPS),
        recall,
        precision,
        1000 * unrest(seen),
        1000 * unrest(looked_at(swayed(image), judge)[1]),
        changed_outside(image, face, speech, FPS),
        sharpness(frames, image),
        codec,
        codec_rgb,
        duration,
    )


def looked_at(frames: list[Pixels], judge: Any) -> tuple[float, Array]:
    """Share of frames in which the judge finds a face, and its points (frames, 478, 2); where it
    finds none, their mean over the others."""
    seen = np.stack([judge(frame) for frame in frames])
    found = float(np.mean(~np.isnan(seen[:, 0, 0])))
    return found, np.where(np.isnan(seen), np.nanmean(seen, axis=0), seen)


def motion_of(speech: Speech) -> Motion:
    """The motion that `video.animate` plans."""
    frames = frame_count(speech.seconds, FPS)
    level = loudness_levels(speech.samples, speech.rate, frames, FPS)
    return plan_motion(speech.timeline, fps=FPS, seed=1, level=level)


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
        "| BILABIAL | BLINK recall, precision | JITTER (judge's) | OUTSIDE | SHARP | CODEC (RGB) | DURATION |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for s in scores:
        lines.append(
            f"| {s.concept} | {s.det:.2f} | {s.sync_command:.3f} ({s.lag_command}) "
            f"| {s.sync_audio:.2f} ({1000 * s.lag_audio / FPS:.0f} ms) | {s.shuffled:.2f} "
            f"| {1000 * s.delayed / FPS:.0f} ms off | {s.close:.2f} | {s.bilabial:.2f} "
            f"| {s.blink_recall:.2f}, {s.blink_precision:.2f} | {s.jitter:.1f} ({s.jitter_judge:.1f})e-3 "
            f"| {s.outside} | {s.sharp:.2f} | {s.codec:.1f} ({s.codec_rgb:.1f}) dB "
            f"| {s.duration:.0f} ms |"
        )
    return "\n".join(lines)


def main(path: Path) -> None:
    """Measure, and replace the table in the document."""
    judge, speech = face_mesh(), spoken(LABIALS + HARVARD)
    portraits = {"a photograph": photograph()} | {name: portrait_of(name) for name in CONCEPTS}
    # A face that the judge does not see at rest says nothing about how it moves.
    known = {name: made for name, made in portraits.items() if not np.isnan(judge(made[0])).any()}
    scores = [score(name, *made, speech, judge) for name, made in known.items()]
    unseen = ", ".join(sorted(set(portraits) - set(known)))
    note = f"\n\nNot seen at rest, so not judged: {unseen}." if unseen else ""
    replace_table(path, "quality", as_markdown(scores) + note)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
