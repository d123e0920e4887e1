"""How often a detector finds the face that a painter painted, and how exact the landmarks are.

The experiment of the ChatAnything paper in miniature: eight categories of fifty concepts, an
unguided painter, the same one with landmark guidance, and an independent detector as the judge.
Run as `python -m benchmarks.face_detection`; it needs mediapipe 0.10.21.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from chatanything.atomic_write import atomic_write
from chatanything.diffusion import Painter, PaintJob, Portrait
from chatanything.diffusion.sketch import SketchPainter
from chatanything.landmarks import Detector, Face, FaceGuide, detectors, make_guide
from chatanything.landmarks.user_points import CORNERS
from chatanything.progress import no_progress
from tests.tools.samples import plain_persona, style

CONFIDENCE = 0.5
NEAR = 0.06
"""A corner is where it was said to be if it is at most this far off, in eye distances."""


@dataclass(frozen=True)
class Finding:
    """What the judge saw on one portrait."""

    category: str
    concept: str
    found: bool
    corners: tuple[float, ...] = ()
    """Distance of each of six corners from the landmark handed over, in eye distances."""

    @property
    def error(self) -> float:
        """Mean distance of the corners; NaN when no face was found."""
        return float(np.mean(self.corners)) if self.corners else np.nan

    @property
    def worst(self) -> float:
        """Greatest distance of a corner; NaN when no face was found."""
        return max(self.corners, default=np.nan)


def concepts() -> dict[str, list[str]]:
    """Category to its concepts, from `concepts.json`."""
    text = (Path(__file__).parent / "concepts.json").read_text("utf-8")
    table: dict[str, list[str]] = json.loads(text)["categories"]
    return table


def measure(
    painter: Painter,
    judge: Detector,
    *,
    guide: FaceGuide | None = None,
    look: str = "soft 3D",
    every: int = 1,
) -> Iterator[Finding]:
    """Paint every `every`-th concept of each category and let the judge look for its face."""
    for category, names in concepts().items():
        for seed, concept in list(enumerate(names))[::every]:
            job = PaintJob(plain_persona(concept), style(look), guide, seed=seed)
            portrait = painter.paint(job, no_progress)
            yield judge_portrait(category, concept, portrait, judge)


def judge_portrait(category: str, concept: str, portrait: Portrait, judge: Detector) -> Finding:
    """What the judge sees on a portrait."""
    faces = judge.detect(portrait.image, CONFIDENCE)
    if not faces:
        return Finding(category, concept, False)
    errors = min((_errors(face, portrait.face) for face in faces), key=lambda e: float(e.mean()))
    return Finding(category, concept, True, tuple(errors.tolist()))


def _errors(found: Face, known: Face) -> "np.ndarray[tuple[int, ...], np.dtype[np.float64]]":
    size = np.array(known.size, float)
    a, b = found.points * size, known.points * size
    distance = np.linalg.norm(b[36:42].mean(0) - b[42:48].mean(0))
    corners = list(CORNERS)
    return np.asarray(np.linalg.norm(a[corners] - b[corners], axis=1) / distance)


def table(columns: dict[str, list[Finding]], share: Callable[[list[Finding]], float]) -> str:
    """Shares in percent as a Markdown table: a row a category, a column a run."""
    names = list(columns)
    lines = ["| category | " + " | ".join(names) + " |", "|---|" + "---:|" * len(names)]
    for category in concepts():
        rows = ([f for f in columns[name] if f.category == category] for name in names)
        lines.append(f"| {category} | " + " | ".join(f"{share(row):.1%}" for row in rows) + " |")
    total = " | ".join(f"**{share(columns[name]):.1%}**" for name in names)
    return "\n".join([*lines, f"| **all** | {total} |"])


def found_share(findings: list[Finding]) -> float:
    """Share of portraits whose face the judge found."""
    return float(np.mean([finding.found for finding in findings]))


def exact_share(findings: list[Finding]) -> float:
    """Share of the found portraits with every corner within `NEAR`."""
    return float(np.mean([finding.worst <= NEAR for finding in findings if finding.found]))


def summary(findings: list[Finding]) -> str:
    """Detection rate and landmark errors in one line."""
    corners = np.array([finding.corners for finding in findings if finding.found])
    return (
        f"found {found_share(findings):.1%} of {len(findings)}; corner error median "
        f"{np.median(corners.mean(1)):.3f}; within {NEAR}: mean of six corners "
        f"{(corners.mean(1) <= NEAR).mean():.1%}, every corner {exact_share(findings):.1%}, "
        f"single corners {(corners <= NEAR).mean():.1%}"
    )


def main() -> None:
    """Measure the sketch painter unguided, guided and by itself, and write the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("out/face-detection.md"))
    parser.add_argument("--every", type=int, default=1, help="take only every n-th concept")
    parser.add_argument("--only", default="", help="names of runs, separated by commas")
    options = parser.parse_args()
    judge = detectors.create("mediapipe")
    abstract, full = SketchPainter(face="abstract"), SketchPainter()
    every = options.every
    runs = {
        "unguided": lambda: measure(abstract, judge, every=every),
        "guided": lambda: measure(abstract, judge, guide=make_guide(), every=every),
        "soft 3D": lambda: measure(full, judge, every=every),
        "paper cut": lambda: measure(full, judge, look="paper cut", every=every),
        "ink": lambda: measure(full, judge, look="ink", every=every),
    }
    wanted = options.only.split(",") if options.only else list(runs)
    found = {name: list(runs[name]()) for name in wanted}
    missed = [f"- {name}: {f.concept}" for name in wanted for f in found[name] if not f.found]
    sums = [f"- {name}: {summary(found[name])}" for name in wanted]
    with atomic_write(options.out) as part:
        tables = [table(found, found_share), "", table(found, exact_share)]
        part.write_text("\n".join([*tables, "", *sums, "", "Missed:", *missed, ""]), "utf-8")


if __name__ == "__main__":
    main()
