"""The paper's experiment on our own model: who has a face, and is it where it should be?

Eight categories of fifty concepts, painted from words alone, with a ControlNet, from a reference, with
both, and with retries, at 4 and at 20 steps; an independent detector judges. Run as
`python -m benchmarks.faces.starter FOLDER [DOCUMENT]`: every portrait is a line in FOLDER, a run that was
broken off goes on where it was, and DOCUMENT gets the table of what is there. One thread.
"""

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from math import sqrt
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from benchmarks.face_detection import CONFIDENCE, NEAR, concepts
from benchmarks.tables import replace_table
from chatanything.diffusion import Expert, Mixture, PaintJob, built_in_experts, invert, paint
from chatanything.landmarks import LIBRARY, Detector, FaceGuide, detectors, make_guide
from chatanything.landmarks.user_points import CORNERS
from tests.tools.samples import plain_persona, style

SIDE = 512


@dataclass(frozen=True)
class Setting:
    """One way to paint all concepts."""

    name: str
    guide: float = 0.0
    """Strength of the guide; 0 shows the ControlNet nothing."""
    inverted: bool = False
    """True to start from a painted person at strength .85."""
    tries: int = 1


SETTINGS = (
    Setting("prompt only"),
    Setting("+ ControlNet", guide=1.0),
    Setting("+ inversion", inverted=True),
    Setting("+ both", guide=1.0, inverted=True),
    Setting("+ ladder", guide=0.2, tries=4),
)
STEPS = (4, 20)


@dataclass(frozen=True)
class Finding:
    """What the judge saw on one portrait."""

    setting: str
    steps: int
    category: str
    concept: str
    found: bool
    error: float
    """Mean distance of six corners from the guide, in eye distances; NaN without a face."""
    score: float
    """Animatability of the face that was handed over."""
    tries: int


def jobs() -> Iterator[tuple[Setting, int, str, str, int]]:
    """Every portrait: all settings of one concept, one concept of each category in turn."""
    table = concepts()
    for steps in STEPS:
        for number in range(50):
            for category, texts in table.items():
                for setting in SETTINGS:
                    yield setting, steps, category, texts[number], number


def look(
    setting: Setting, steps: int, category: str, concept: str, number: int, judge: Detector
) -> tuple[Finding, npt.NDArray[np.uint8]]:
    """Paint one portrait and judge it."""
    persona = plain_persona(concept)
    guide = _guide(number, setting.guide)
    expert = replace(_starter(), steps=steps)
    words = f"a portrait of {'an' if concept[0] in 'aeiou' else 'a'} {concept}"
    mixture = Mixture(((expert, 1.0),), words)
    size = (SIDE, SIDE)
    start = None
    if setting.inverted:
        start = invert(mixture, _reference(number % 8), strength=0.85, seed=number, size=size)
    shown = guide if setting.guide else None
    job = PaintJob(persona, mixture, shown, start, *size, number, setting.tries)
    portrait = paint(replace(job, default_guide=False))
    faces = judge.detect(portrait.image, CONFIDENCE)
    error = min((_error(face.points, guide.points) for face in faces), default=np.nan)
    told = (setting.name, steps, category, concept, bool(faces), error, portrait.face.score)
    return Finding(*told, len(portrait.recipe["tries"])), portrait.image


def _starter() -> Expert:
    return next(expert for expert in built_in_experts() if expert.name == "starter")


def _guide(number: int, strength: float) -> FaceGuide:
    """Half of them the average face, half those of the library."""
    names = list(LIBRARY)
    name = names[number // 2 % len(names)] if number % 2 else names[0]
    return make_guide(library=name, strength=strength, size=(SIDE, SIDE))


def _reference(number: int) -> npt.NDArray[np.uint8]:
    """A person of the sketch painter's."""
    person = ("nurse", "king", "chef", "old pirate", "wizard", "young woman", "farmer", "queen")
    job = PaintJob(plain_persona(person[number]), style("soft 3D"), seed=number)
    return paint(job).image


def _error(points: npt.NDArray[np.float64], meant: npt.NDArray[np.float64]) -> float:
    eyes = np.linalg.norm(meant[36:42].mean(0) - meant[42:48].mean(0))
    corners = list(CORNERS)
    return float(np.linalg.norm(points[corners] - meant[corners], axis=1).mean() / eyes)


def wilson(hits: int, count: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927), from 0 to 1."""
    share, width = hits / count, 1 + z * z / count
    middle = (share + z * z / (2 * count)) / width
    half = z * sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / width
    return middle - half, middle + half


def table(findings: list[Finding]) -> str:
    """The whole, then by category."""
    names = list(concepts())
    lines = [
        f"| setting | steps | n | face found | error median / p90 | within {NEAR:.2f} | "
        + " | ".join(names) + " |",
        "|---" * (6 + len(names)) + "|",
    ]  # fmt: skip
    for steps in STEPS:
        for setting in SETTINGS:
            rows = [f for f in findings if (f.setting, f.steps) == (setting.name, steps)]
            if rows:
                lines.append(_line(setting.name, steps, rows, names))
    return "\n".join(lines)


def _line(name: str, steps: int, rows: list[Finding], categories: list[str]) -> str:
    hits = sum(row.found for row in rows)
    low, high = wilson(hits, len(rows))
    errors = np.array([row.error for row in rows if row.found])
    cells = [f"| {name} | {steps} | {len(rows)} | {hits / len(rows):.1%} ({low:.1%} to {high:.1%})"]
    middle, far, near = np.median(errors), np.quantile(errors, 0.9), (errors <= NEAR).mean()
    cells.append(f"{middle:.3f} / {far:.3f} | {near:.1%}")
    for category in categories:
        own = [row.found for row in rows if row.category == category]
        cells.append(f"{np.mean(own):.0%}" if own else "")
    return " | ".join(cells) + " |"


def read(folder: Path) -> list[Finding]:
    """What a folder has so far."""
    path = folder / "findings.jsonl"
    lines = path.read_text("utf-8").splitlines() if path.exists() else []
    return [Finding(**json.loads(line)) for line in lines]


def main(folder: Path, document: Path | None) -> None:
    """Go on with the run, then write the table."""
    import torch

    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    done = {(f.setting, f.steps, f.concept) for f in read(folder)}
    judge = detectors.create("mediapipe")
    with (folder / "findings.jsonl").open("a", encoding="utf-8") as file:
        for setting, steps, category, concept, number in jobs():
            if (setting.name, steps, concept) in done:
                continue
            found, image = look(setting, steps, category, concept, number, judge)
            file.write(json.dumps(asdict(found)) + "\n")
            file.flush()
            name = f"{steps}-{setting.name.strip('+ ')}-{concept}.jpg".replace(" ", "_")
            Image.fromarray(image).resize((192, 192)).save(folder / name, quality=85)
    if document:
        replace_table(document, "starter", table(read(folder)))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
