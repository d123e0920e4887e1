"""README's picture: frames of videos that the whole chain made of bare concepts.

python -m benchmarks.showcase docs/demo.jpg
"""

import json
import sys
import tempfile
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

from chatanything.atomic_write import atomic_write
from chatanything.pipeline import create
from chatanything.voice import MouthTrack, mouth_track, timeline_from_json

CONCEPTS = ("grumpy teapot", "cheerful snowman postman", "wise old owl")
SIDE = 256
"""Pixels of one frame in the picture."""


def showcase(concepts: tuple[str, ...] = CONCEPTS) -> Image.Image:
    """One row for each concept: silence, then its most open, round and wide moments."""
    with tempfile.TemporaryDirectory() as folder:
        rows = [_row(concept, Path(folder) / str(i)) for i, concept in enumerate(concepts)]
    return Image.fromarray(np.concatenate(rows))


def moments(track: MouthTrack) -> list[int]:
    """Frames worth showing: at rest, "ah", "oo", "ee", and the last one before the end."""
    talking = track.closed < 0.3
    peaks = (track.jaw, track.round * talking, track.wide * talking)
    return [0, *(int(np.argmax(peak)) for peak in peaks), len(track.jaw) - 2]


def _row(concept: str, folder: Path) -> npt.NDArray[np.uint8]:
    made = create(concept, out=folder)
    record = json.loads((folder / "timeline.json").read_text(encoding="utf-8"))
    wanted = moments(mouth_track(timeline_from_json(record), made.video.fps))
    with av.open(str(made.video.path)) as film:
        frames = [frame.to_ndarray(format="rgb24") for frame in film.decode(video=0)]
    cells = [
        Image.fromarray(frames[i]).resize((SIDE, SIDE), Image.Resampling.LANCZOS) for i in wanted
    ]
    return np.concatenate([np.asarray(cell) for cell in cells], axis=1)


def main(path: Path) -> None:
    """Make the picture."""
    picture = showcase()
    with atomic_write(path) as part:
        picture.save(part, quality=86, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
