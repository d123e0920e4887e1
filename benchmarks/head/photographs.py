"""Do photographs talk? Twenty of them say a recorded voice, judged by a detector of others.

    python -m benchmarks.head.photographs docs/benchmarks.md [FOLDER of strips]

The faces are found by our own detector alone, as for any user. The pictures and the recordings
come with other packages (see `faces.json`; gradio has the recordings); those that are installed
are used.
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from chatanything.landmarks import Face, find_face
from chatanything.runtime import default_runtime
from chatanything.talking_head import heads
from chatanything.voice import Speech, load_audio, timeline_of

from ..faces.pictures import FACES, inside, samples
from ..tables import replace_table
from .meters import decibels, mouth_opening
from .pictures import swayed
from .quality import FPS, face_mesh, looked_at, motion_of

Pixels = npt.NDArray[np.uint8]
Track = npt.NDArray[np.float64]

MOST = 20
"""Films."""
SIDE = 512
"""Longer side in pixels to which pictures are scaled."""
LEAST_FACE = 45.0
"""Eye distance in pixels below which the judge reads mouths too roughly."""
LAGS = 2
"""Frames."""
VOICES = (
    "media_assets/audio/heath_ledger.mp3",
    "media_assets/audio/cate_blanch_2.mp3",
    "media_assets/audio/recording1.wav",
)
"""Recordings within gradio."""


@dataclass(frozen=True)
class Film:
    """What the judge saw."""

    picture: str
    voice: str
    found: float
    """Share of the frames in which the judge finds the face."""
    lag: int
    """Frames by which the mouth follows the sound."""
    r: float
    """Correlation of the opening with the root mean square of the sound, at that lag."""
    chroma: float
    """95th percentile of the mouth's change of chroma (max - min of RGB), in levels."""


def portraits(judge: Any) -> Iterator[tuple[str, Pixels, Face]]:
    """Photographs with one face that our detector finds and the judge sees while they sway."""
    for sample in samples():
        if sample.kind != FACES:
            continue
        picture = Image.fromarray(sample.image)
        picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        image = np.array(picture)
        face = find_face(image, detector="blazeface")
        eyes = face.points[[36, 39, 42, 45]] * (image.shape[1], image.shape[0])
        apart = float(np.linalg.norm(eyes[:2].mean(0) - eyes[2:].mean(0)))
        seen = judge(image)
        if face.origin != "detected" or apart < LEAST_FACE or np.isnan(seen).any():
            continue
        same = np.linalg.norm(seen.mean(0) - face.points.mean(0) * picture.size) < apart
        if same and looked_at(swayed(image), judge)[0] == 1.0:
            yield sample.name, image, face


def film(image: Pixels, face: Face, speech: Speech) -> list[Pixels]:
    """The frames that `video.animate` encodes."""
    prepared = heads.create("warp").prepare(image, face, default_runtime())
    return list(prepared.frames(motion_of(speech), speech))


def chroma_gained(image: Pixels, face: Face, frames: list[Pixels]) -> float:
    """How much more coloured the mouth becomes than the picture was there."""
    lips = face.points[48:68] * (image.shape[1], image.shape[0])
    (x0, y0), (x1, y1) = lips.min(0).astype(int), np.ceil(lips.max(0)).astype(int) + 1
    box = (slice(y0, y1), slice(x0, x1))
    before = float(np.percentile(np.ptp(image[box], axis=2), 95))
    after = [float(np.percentile(np.ptp(frame[box], axis=2), 95)) for frame in frames]
    return max(after) - before


def lag_of(mouth: Track, level: Track) -> tuple[int, float]:
    """Frames by which the mouth follows, and Pearson's r there: the best of two on both sides.

    Whole clips are compared, their silent ends included; `head_meters.best_lag` needs longer ones.
    """
    tries = {}
    for lag in range(-LAGS, LAGS + 1):
        late, early = max(lag, 0), max(-lag, 0)
        a, b = mouth[late : len(mouth) - early], level[early : len(level) - late]
        tries[lag] = float(np.corrcoef(a, b)[0, 1])
    best = max(tries, key=lambda lag: tries[lag])
    return best, tries[best]


def strip(frames: list[Pixels], many: int = 8) -> Image.Image:
    """Frames spread evenly, side by side."""
    picked = [Image.fromarray(frames[i]) for i in np.linspace(0, len(frames) - 1, many).astype(int)]
    for picture in picked:
        picture.thumbnail((256, 256), Image.Resampling.LANCZOS)
    wide, tall = picked[0].size
    sheet = Image.new("RGB", (wide * many, tall))
    for place, picture in enumerate(picked):
        sheet.paste(picture, (place * wide, 0))
    return sheet


def as_markdown(films: list[Film]) -> str:
    """The table of the documentation."""
    lines = [
        "| picture | voice | found | r (lag in frames) | chroma gained |",
        "|---|---|---|---|---|",
    ]
    lines += [
        f"| {f.picture} | {f.voice} | {f.found:.2f} | {f.r:.2f} ({f.lag}) | {f.chroma:.0f} |"
        for f in films
    ]
    r = sorted(f.r for f in films)
    lost = sum(f.found < 1 for f in films)
    return "\n".join(lines) + (
        f"\n\n{len(films)} films: median r {np.median(r):.2f}, least {r[0]:.2f}; the face is lost in "
        f"a frame of {lost}; lag 0 or 1 frame in {sum(0 <= f.lag <= 1 for f in films)}."
    )


def main(path: Path, strips: Path | None = None) -> None:
    """Film, look, and replace the table in the document."""
    judge = face_mesh()
    files = [file for file in (inside("gradio", name) for name in VOICES) if file]
    sounds = [(file.stem, *load_audio(file)) for file in files]
    films: list[Film] = []
    for number, (name, image, face) in enumerate(portraits(judge)):
        if number == MOST:
            break
        voice, samples_, rate = sounds[number % len(sounds)]
        speech = Speech(samples_, rate, timeline_of(samples_, rate))
        frames = film(image, face, speech)
        found, seen = looked_at(frames, judge)
        mouth = mouth_opening(seen)
        # The root mean square itself, as the field has it.
        lag, r = lag_of(mouth, 10 ** (decibels(speech, len(frames), FPS) / 20))
        films.append(Film(name, voice, found, lag, r, chroma_gained(image, face, frames)))
        sys.stdout.write(f"{films[-1]}\n")
        if strips:
            strip(frames).save(strips / f"{number:02}-{name}.png")
    replace_table(path, "photographs", as_markdown(films))


if __name__ == "__main__":
    main(Path(sys.argv[1]), *(Path(folder) for folder in sys.argv[2:]))
