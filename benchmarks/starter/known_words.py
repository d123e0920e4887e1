"""What the trained model paints of words that it knows: is a "good" face one, is the thing the thing?

Sixty concepts whose pairs of words it never saw, each from words alone and once more guided, at 4 steps
and 256 pixels. Faces are scored as on a machine without a detector, and mediapipe, which the painter
knows nothing of, says what is true. Silhouettes are read by `benchmarks.starter.silhouettes`. Run as
`python -m benchmarks.starter.known_words FOLDER [DOCUMENT]`; FOLDER keeps pictures and classifier, so that
a run that was broken off goes on, and DOCUMENT gets the table. About four minutes of one core, and ten
more for the classifier.
"""

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from PIL import Image

from benchmarks.face_detection import CONFIDENCE, concepts
from benchmarks.starter.silhouettes import Pictures, Reader, fitting, known, starter, train
from benchmarks.tables import replace_table
from chatanything.diffusion import Mixture, PaintJob, paint
from chatanything.diffusion.sketch.bodies import BODIES
from chatanything.landmarks import (
    GOOD,
    LIBRARY,
    Detector,
    FaceGuide,
    detectors,
    find_face,
    make_guide,
)
from chatanything.landmarks.user_points import CORNERS
from chatanything.persona import read_concept
from tests.tools.samples import plain_persona

SIDE, STEPS, COUNT = 256, 4, 60
NEAR = 0.15
"""A face is where it was said to be if its corners are at most this far off, in eye distances."""


@dataclass(frozen=True, eq=False)
class Painted:
    """A concept's picture, and the guide that it was shown or not."""

    concept: str
    guided: bool
    guide: FaceGuide
    image: Pictures
    """RGB, (S, S, 3)."""


@dataclass(frozen=True)
class Finding:
    """What was found on one picture."""

    good: bool
    """True when the product, without a detector, calls its face good."""
    there: bool
    """True when mediapipe sees a face within NEAR of it."""
    right: bool
    """True when the thing is read as what the sketch painter would draw."""
    person: bool
    """True when it is right, or when one person is read as another."""


def asked() -> list[str]:
    """Concepts of all eight categories whose noun the model knows, evenly taken."""
    texts = [text for names in zip(*concepts().values(), strict=True) for text in names]
    fits = [text for text in texts if known().noun_of(read_concept(text))]
    return [fits[number * len(fits) // COUNT] for number in range(COUNT)]


def pictures(folder: Path) -> Iterator[Painted]:
    """Every concept twice; what the folder has is not painted again."""
    names = list(LIBRARY)
    for number, concept in enumerate(asked()):
        library = names[number // 2 % len(names)] if number % 2 else names[0]
        guide = make_guide(library=library, size=(SIDE, SIDE))
        for guided in (False, True):
            kind = "guided" if guided else "words"
            path = folder / f"{number:02d}-{kind}-{concept.replace(' ', '_')}.png"
            if not path.exists():
                Image.fromarray(_paint(concept, number, guide if guided else None)).save(path)
            yield Painted(concept, guided, guide, np.asarray(Image.open(path).convert("RGB")))


def _paint(concept: str, seed: int, guide: FaceGuide | None) -> Pictures:
    expert = replace(starter(), steps=STEPS)
    words = f"a portrait of {'an' if concept[0] in 'aeiou' else 'a'} {concept}"
    job = PaintJob(
        plain_persona(concept), Mixture(((expert, 1.0),), words), guide, None, SIDE, SIDE, seed
    )
    return paint(replace(job, default_guide=False)).image


def look(painted: Painted, judge: Detector, reader: Reader) -> Finding:
    """Score the face without a detector, and see what is true."""
    firmly = float(painted.guided)
    face = find_face(painted.image, prior=painted.guide, detector="none", guided=firmly)
    large = Image.fromarray(painted.image).resize((2 * SIDE, 2 * SIDE), Image.Resampling.LANCZOS)
    seen = judge.detect(np.asarray(large), CONFIDENCE)
    off = min((_error(each.points, face.points) for each in seen), default=np.inf)
    (thing,) = reader.read([painted.image])
    meant = fitting(painted.concept)
    people = all(BODIES[name].kind == "human" for name in (thing, *meant))
    right = thing in meant
    return Finding(face.score >= GOOD, off <= NEAR, right, right or people)


def _error(found: npt.NDArray[np.float64], handed: npt.NDArray[np.float64]) -> float:
    eyes = np.linalg.norm(handed[36:42].mean(0) - handed[42:48].mean(0))
    corners = list(CORNERS)
    return float(np.linalg.norm(found[corners] - handed[corners], axis=1).mean() / eyes)


def table(findings: dict[bool, list[Finding]], reader: Reader) -> str:
    """A row for words alone and one for guided pictures."""
    lines = [
        "| pictures | n | scored good without a detector | of these no face within .15 | thing read right | "
        "people as people |",
        "|---|---:|---:|---:|---:|---:|",
    ]
    for guided, rows in findings.items():
        good = [row for row in rows if row.good]
        wrong, right = sum(not row.there for row in good), sum(row.right for row in rows)
        name = "guided" if guided else "words alone"
        kin = sum(row.person for row in rows)
        shares = f"{right / len(rows):.1%} | {kin / len(rows):.1%}"
        lines.append(f"| {name} | {len(rows)} | {len(good)} | {wrong} | {shares} |")
    told = f"The classifier reads {reader.right:.1%} of the painter's own unseen pictures right."
    return "\n".join([*lines, "", told])


def main(folder: Path, document: Path | None) -> None:
    """Paint, look, and write the table."""
    torch.set_num_threads(1)
    folder.mkdir(parents=True, exist_ok=True)
    painted = list(pictures(folder))
    reader, judge = train(folder), detectors.create("mediapipe")
    findings: dict[bool, list[Finding]] = {False: [], True: []}
    for each in painted:
        found = look(each, judge, reader)
        findings[each.guided].append(found)
        if each.guided and not (found.good and found.right):
            (read,) = reader.read([each.image])
            sys.stdout.write(f"{each.concept}: good {found.good}, read as {read}\n")
    sys.stdout.write(table(findings, reader) + "\n")
    if document:
        replace_table(document, "starter-words", table(findings, reader))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main(Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else None)
