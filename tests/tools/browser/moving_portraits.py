"""Portraits with motions, played by Python into files, to be compared with what a browser draws."""

import json
import os
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from chatanything.landmarks import Face
from chatanything.persona import Emotion
from chatanything.persona.records import EmotionName
from chatanything.runtime import Runtime
from chatanything.talking_head import Motion, frame_count, heads, loudness_levels, plan_motion
from chatanything.talking_head.rig import make_rig, motion_rows, rig_bytes
from chatanything.voice import MouthTrack, Speech

Pixels = npt.NDArray[np.uint8]
ROOT = Path(__file__).resolve().parents[3]
PAGES = ROOT / "tests" / "browser" / "head"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
EDGE = 25.0
"""Square of the gradient, in levels a pixel, from which a place is an edge."""
WINDOW = (11, 11)


@dataclass(frozen=True)
class Case:
    """One portrait and what it does."""

    name: str
    image: Pixels
    face: Face
    motion: Motion


def browser() -> str | None:
    """Why no browser can be driven; None when one can."""
    ready = (ROOT / "tests/browser/node_modules/playwright-core").exists() and Path(
        CHROMIUM
    ).exists()
    return (
        None
        if ready and shutil.which("node")
        else "no browser: install node and chromium, then `make browser`"
    )


def spoken_motion(speech: Speech, feeling: EmotionName, seed: int, frames: int) -> Motion:
    """The first `frames` of a face that says something, which blinks once at least."""
    count = frame_count(speech.timeline.duration, 25)
    level = loudness_levels(speech.samples, speech.rate, count, 25)
    whole = plan_motion(speech.timeline, emotion=Emotion(feeling, 0.8), seed=seed, level=level)
    blink = whole.blink.copy()
    middle = min(frames, count) // 2
    blink[middle : middle + 7] = np.array([0.2, 0.7, 1, 1, 0.7, 0.4, 0.15], np.float32)[:, None]
    return first(replace(whole, blink=blink), frames)


def random_motion(frames: int, seed: int) -> Motion:
    """Every number anywhere in its range; heads turn by up to 12 degrees in every way at once, much
    further than in lively talk, which is 2.4 of roll, 6.4 of yaw and 4 of pitch in 24 personas."""
    rng = np.random.default_rng(seed)

    def any_of(low: float, high: float, *shape: int) -> npt.NDArray[np.float32]:
        return rng.uniform(low, high, (frames, *shape)).astype(np.float32)

    shut = any_of(0, 1) * (rng.random(frames) < 0.3).astype(np.float32)
    mouth = MouthTrack(
        25.0, any_of(0, 1), any_of(-1, 1), any_of(0, 1), shut, any_of(0, 1), any_of(0, 1)
    )
    head = any_of(-1, 1, 5) * np.array([0.02, 0.02, 12, 12, 12], np.float32)
    sides = (any_of(0, 1, 2), any_of(-1, 1, 2), any_of(-1, 1, 2))
    held = (any_of(-1, 1), any_of(-1, 1), any_of(-1, 1))
    return Motion(mouth, *sides, *held, head, any_of(-1, 1))


def joined(first_part: Motion, second: Motion) -> Motion:
    """One after the other."""
    names = ("jaw", "wide", "round", "closed", "tongue", "teeth")
    a, b = first_part.mouth, second.mouth
    mouth = MouthTrack(a.fps, *(np.concatenate([getattr(a, n), getattr(b, n)]) for n in names))
    others = [n for n in Motion.__dataclass_fields__ if n != "mouth"]
    return Motion(
        mouth, *(np.concatenate([getattr(first_part, n), getattr(second, n)]) for n in others)
    )


def first(motion: Motion, frames: int) -> Motion:
    """Its first frames."""
    names = ("jaw", "wide", "round", "closed", "tongue", "teeth")
    mouth = MouthTrack(motion.fps, *(getattr(motion.mouth, n)[:frames] for n in names))
    others = [n for n in Motion.__dataclass_fields__ if n != "mouth"]
    return Motion(mouth, *(getattr(motion, n)[:frames] for n in others))


def write_cases(folder: Path, cases: Iterable[Case]) -> list[dict[str, Any]]:
    """Rig, motion and Python's frames of every case; what the page is told of them."""
    told = [_written(folder, case) for case in cases]
    (folder / "cases.json").write_text(json.dumps(told), encoding="utf-8")
    return told


def _written(folder: Path, case: Case) -> dict[str, Any]:
    height, width, depth = case.image.shape
    (folder / f"{case.name}.rig").write_bytes(rig_bytes(make_rig(case.image, case.face)))
    motion_rows(case.motion).tofile(folder / f"{case.name}.rows")
    actor = heads.create("warp").prepare(case.image, case.face, Runtime())
    with (folder / f"{case.name}.rgb").open("wb") as file:
        for frame in actor.frames(case.motion):
            file.write(frame.tobytes())
    points = case.face.points * (width, height)
    eye = float(np.ptp(points[36:42, 0])) / 2
    boxes = {
        "whole": [0, 0, width, height],
        "mouth": _around(points[48:68], 0.25 * float(np.ptp(points[48:68, 0])), (width, height)),
        "left eye": _around(points[36:42], 0.4 * eye, (width, height)),
        "right eye": _around(points[42:48], 0.4 * eye, (width, height)),
    }
    return {"name": case.name, "frames": len(case.motion), "depth": depth, "boxes": boxes}


def _around(points: npt.NDArray[np.float64], margin: float, size: tuple[int, int]) -> list[int]:
    low = np.clip(points.min(0) - margin, 0, np.array(size) - 8)
    high = np.clip(points.max(0) + margin, low + 8, size)
    return [int(v) for v in (*low, *high)]


def drawn(
    folder: Path, mutant: str = "", every: int = 1, keep: Iterable[int] = ()
) -> dict[str, dict[str, Any]]:
    """What the browser made of the cases in `folder`, by name; frames in `keep` stay there."""
    command = ["node", "parity.mjs", str(folder), mutant, str(every), ",".join(map(str, keep))]
    done = subprocess.run(
        command, cwd=PAGES, env={**os.environ, "CHROMIUM": CHROMIUM}, capture_output=True,
        text=True, timeout=3600, check=False,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    return {row["name"]: row for row in rows}


def decibels(row: dict[str, Any]) -> dict[str, tuple[float, float]]:
    """Median and worst of every box of one case."""
    return {
        key: (float(np.median(values)), min(values))
        for key in row["rows"][0]
        for values in [[moment[key] for moment in row["rows"]]]
    }


def shifts(folder: Path, case: Case, keep: Iterable[int]) -> npt.NDArray[np.float64]:
    """Pixels by which edges of kept frames lie elsewhere than Python's, along their gradient."""
    height, width, depth = case.image.shape
    told = np.fromfile(folder / f"{case.name}.rgb", np.uint8).reshape(-1, height, width, depth)
    found = []
    for frame in keep:
        made = np.fromfile(folder / f"{case.name}-{frame}.rgba", np.uint8)
        seen = made.reshape(height, width, 4)[..., :3].astype(np.float32).mean(-1)
        found.append(_moved(told[frame][..., :3].astype(np.float32).mean(-1), seen))
    return np.concatenate(found)


def _moved(told: npt.NDArray[np.float32], seen: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Lucas & Kanade's (1981) displacement in windows, along the strongest gradient: an edge says
    nothing of the way along it."""
    import cv2

    middle = (told + seen) / 2
    gx, gy = (cv2.Sobel(middle, cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1)))
    off = seen - told
    xx, xy, yy, xd, yd = (
        cv2.boxFilter(part, -1, WINDOW) for part in (gx * gx, gx * gy, gy * gy, gx * off, gy * off)
    )
    strongest = (xx + yy) / 2 + np.sqrt(((xx - yy) / 2) ** 2 + xy * xy)
    vx, vy = (
        np.where(np.abs(xy) > 1e-6, strongest - yy, xx >= yy),
        np.where(np.abs(xy) > 1e-6, xy, xx < yy),
    )
    long = np.maximum(np.hypot(vx, vy), 1e-9)
    moved = np.abs((vx * xd + vy * yd) / long) / np.maximum(strongest, 1e-6)
    return np.asarray(moved[strongest > EDGE], np.float64)


def resized(image: Pixels, size: tuple[int, int]) -> Pixels:
    """The picture at (width, height)."""
    return np.array(Image.fromarray(image).resize(size, Image.Resampling.LANCZOS))
