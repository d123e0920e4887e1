"""Eight portraits in six moments, to look at.

python -m benchmarks.head.strip docs/strip.jpg
"""

import sys
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from chatanything.atomic_write import atomic_write
from chatanything.landmarks import Face
from chatanything.runtime import default_runtime
from chatanything.talking_head import Motion, heads
from chatanything.voice import MouthTrack
from tests.tools.samples import portrait_of

from .round_eyes import round_eyed

Pixels = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float32]
CONCEPTS = (
    *("old fisherman", "young wizard", "red apple", "coffee mug"),
    *("cartoon monster", "cat", "leather handbag", "grumpy teapot"),
)
ROUND_EYED = "cartoon monster"
"""The one whose eyes have no lids of their own."""
SIDE = 160
"""Pixels of one picture in the strip."""
MOMENTS = ("rest", "mm, eyes shut", "ah, tongue", "oo, half shut", "ee, looks aside", "th, smiles")


def moments() -> Motion:
    """One frame for each of MOMENTS."""

    def row(*values: float) -> Floats:
        return np.array(values, np.float32)

    mouth = MouthTrack(
        fps=25.0,
        jaw=row(0, 0, 1, 0.35, 0.32, 0.5),
        wide=row(0, 0, 0.1, -0.8, 0.9, 0.2),
        round=row(0, 0, 0, 1, 0, 0),
        closed=row(1, 1, 0, 0, 0, 0),
        tongue=row(0, 0, 0, 0, 0, 1),
        teeth=row(0, 0, 0, 0, 0.3, 0),
    )
    shut, aside, lift, smile = (
        row(0, 1, 0, 0.5, 0, 0),
        row(0, 0, 0, 0, -0.9, 0.3),
        row(0, 0, 0.3, 0, 0, 0.6),
        row(0, 0, 0, 0, 0, 0.7),
    )
    none = np.zeros(6, np.float32)
    head = np.stack([none, none, row(0, 0, 0.8, 0, -0.8, 0), row(0, 0, 2, 0, -2, 1), none], -1)
    return Motion(
        mouth=mouth,
        blink=np.stack([shut, shut], -1),
        gaze=np.stack([aside, none], -1),
        brow=np.stack([lift, lift], -1),
        frown=none,
        lid=none,
        smile=smile,
        head=head,
        breath=none,
    )


def strip(portraits: list[tuple[Pixels, Face]]) -> Pixels:
    """One row for each portrait, one column for each moment."""
    rows = []
    for image, face in portraits:
        frames = heads.create("warp").prepare(image, face, default_runtime()).frames(moments())
        window = around(face, image)
        cells = [
            Image.fromarray(frame[window]).resize((SIDE, SIDE), Image.Resampling.LANCZOS)
            for frame in frames
        ]
        rows.append(np.concatenate([np.array(cell) for cell in cells], axis=1))
    return np.concatenate(rows)


def around(face: Face, image: Pixels) -> tuple[slice, slice]:
    """A square around the face."""
    height, width = image.shape[:2]
    points = face.points[17:] * (width, height)
    middle = points.mean(0)
    half = int(min(0.85 * np.ptp(points, axis=0).max(), *middle, *((width, height) - middle)))
    x, y = middle.astype(int)
    return slice(y - half, y + half), slice(x - half, x + half)


def main(path: Path) -> None:
    """Draw the strip."""
    portraits = {concept: portrait_of(concept) for concept in CONCEPTS}
    portraits[ROUND_EYED] = round_eyed(*portraits[ROUND_EYED])
    picture = Image.fromarray(strip(list(portraits.values())))
    with atomic_write(path) as part:
        picture.save(part, quality=82)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
