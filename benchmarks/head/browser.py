"""Does the browser draw what Python draws? Forty portraits in a hundred moments each.

    python -m benchmarks.head.browser docs/benchmarks.md [EVERY]

Frames are compared raw, before any codec: 60 moments of speech and 40 random poses, in which every
number is anywhere in its range. Chromium runs headless, without a graphics card. With EVERY only
each so many-th moment is drawn. Photographs are those of `photographs`, where they are installed.
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.landmarks import Face, find_face
from chatanything.persona.records import EmotionName
from chatanything.progress import no_progress
from tests.tools.browser.moving_portraits import (
    Case,
    browser,
    decibels,
    drawn,
    joined,
    random_motion,
    resized,
    shifts,
    spoken_motion,
    write_cases,
)
from tests.tools.drawn_faces import draw_face
from tests.tools.samples import photograph, plain_persona, portrait_of, spoken, style

from ..faces.pictures import FACES, STYLES, samples
from ..tables import replace_table
from .round_eyes import round_eyed

Pixels = npt.NDArray[np.uint8]
Portrait = tuple[str, Pixels, Face]
SPEECH, RANDOM = 60, 40
KEPT = (10, 33, 59, 64, 80)
"""Moments whose edges are compared."""
FEELINGS: tuple[EmotionName, ...] = (
    "neutral",
    "angry",
    "happy",
    "surprised",
    "sad",
    "afraid",
    "disgusted",
)
TEXT = "Peter bought a big blue umbrella. We may move the piano by Monday, should you swim."
PAINTED = (
    *("old fisherman", "young wizard", "red apple", "coffee mug", "cat", "old professor with glasses"),
    *("cartoon monster", "bearded pirate"),
)  # fmt: skip
DRAWN = (
    "line art",
    "anime",
    "lash and iris",
    "flat cartoon",
    "dots",
    "mask",
    "dark cartoon",
    "beak",
)
PHOTOGRAPHS = 2


@dataclass(frozen=True)
class Result:
    """How far a browser's frames are from Python's."""

    kind: str
    decibels: dict[str, tuple[float, float]]
    """Median and worst of the whole picture, the mouth and both eyes."""
    shift: float
    """99th percentile of the way between edges, in pixels."""
    script: float
    """Median milliseconds of JavaScript a frame."""
    moments: int


def portraits() -> Iterator[Portrait]:
    """Kind, picture and face of all of them."""
    for name in STYLES:
        for concept in PAINTED:
            made = SketchPainter().paint(PaintJob(plain_persona(concept), style(name)), no_progress)
            yield name, made.image, made.face
    for name in DRAWN:
        yield "flat drawing", *draw_face(name)
    for concept in ("cartoon monster", "red apple"):
        yield "eyes without lids", *round_eyed(*portrait_of(concept))
    for size in ((451, 397), (333, 640)):
        image, face = portrait_of("cat")
        yield "odd size", resized(image, size), face
    for concept in ("old fisherman", "grumpy teapot"):
        image, face = portrait_of(concept)
        yield "1024 pixels", resized(image, (1024, 1024)), face
    yield from islice(photographs(), PHOTOGRAPHS)


def photographs() -> Iterator[Portrait]:
    """Scikit-image's, and those with one face that our detector finds; those that are installed."""
    if find_spec("skimage") and find_spec("mediapipe"):
        yield "photograph", *photograph()
    for sample in samples():
        if sample.kind != FACES:
            continue
        picture = Image.fromarray(sample.image)
        picture.thumbnail((512, 512), Image.Resampling.LANCZOS)
        image = np.array(picture)
        face = find_face(image, detector="blazeface")
        if face.origin == "detected" and float(np.ptp(face.points[:, 0])) > 0.2:
            yield "photograph", image, face


def measured(every: int) -> Iterator[Result]:
    """One portrait at a time: a hundred frames of one take 80 MB of disk."""
    speech = spoken(TEXT)
    for index, (kind, image, face) in enumerate(portraits()):
        talk = spoken_motion(speech, FEELINGS[index % len(FEELINGS)], index, SPEECH)
        case = Case("portrait", image, face, joined(talk, random_motion(RANDOM, index)))
        kept = [moment - moment % every for moment in KEPT]
        with tempfile.TemporaryDirectory() as folder:
            write_cases(Path(folder), [case])
            row = drawn(Path(folder), every=every, keep=kept)["portrait"]
            shift = float(np.percentile(shifts(Path(folder), case, kept), 99))
        script = float(np.median(row["script"]))
        yield Result(kind, decibels(row), shift, script, len(row["rows"]))


def as_markdown(results: list[Result]) -> str:
    """The table of the documentation: of every kind the least of its portraits."""
    lines = [
        "| portraits | whole | mouth | eyes | edges (px) | JavaScript (ms) |",
        "|---|---|---|---|---|---|",
    ]
    for kind in dict.fromkeys(r.kind for r in results):
        of = [r for r in results if r.kind == kind]
        cells = [_least(of, part) for part in (("whole",), ("mouth",), ("left eye", "right eye"))]
        shift, script = max(r.shift for r in of), float(np.median([r.script for r in of]))
        lines.append(f"| {kind} ({len(of)}) | {' | '.join(cells)} | {shift:.2f} | {script:.1f} |")
    moments = sum(r.moments for r in results)
    return "\n".join(lines) + f"\n\n{len(results)} portraits, {moments} moments."


def _least(results: list[Result], parts: tuple[str, ...]) -> str:
    told = [result.decibels[part] for result in results for part in parts]
    return f"{min(median for median, _ in told):.1f} / {min(worst for _, worst in told):.1f}"


def main(document: Path, every: int) -> None:
    """Measure, and write the table into the document."""
    if reason := browser():
        raise SystemExit(reason)
    results = []
    for result in measured(every):
        results.append(result)
        print(len(results), result, flush=True)  # noqa: T201
    replace_table(document, "browser", as_markdown(results))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
