"""Pictures of the sketch painter with captions and landmarks, each a function of a seed and a number."""

from dataclasses import dataclass
from typing import cast

import numpy as np
import numpy.typing as npt

from chatanything.diffusion import Expert, Mixture, PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.landmarks import LIBRARY, FaceGuide, make_guide
from chatanything.persona import EMOTIONS, Emotion, EmotionName, Persona

from .concepts import ABSTRACT, FULL, KINDS, STYLES, Concept, captions, draw_concept

SIDE = 256
"""Width and height of a picture in pixels."""
PAINTED = (0.60, 0.25, 0.15)
"""Shares of the kinds of face among painted pictures."""
GUIDED = (0.55, 0.0, 0.30)
"""Share of each kind whose face, or the place where it would be, follows a guide."""
FOLLOWS = 0.6
"""Share of guided pictures whose guide shows the mood that the words name; others show any."""
PAINTERS = (SketchPainter(), SketchPainter(face="abstract"), SketchPainter(face="none"))
"""Painters by the kind of face."""


@dataclass(frozen=True, eq=False)
class Example:
    """One picture to learn from."""

    image: npt.NDArray[np.uint8]
    """RGB, shape (S, S, 3)."""
    points: npt.NDArray[np.float32]
    """The 68 landmarks as fractions of the picture, (68, 2); where a face would be, if it has none."""
    kind: int
    """Of face: FULL, ABSTRACT or NONE."""
    look: int
    """Index in STYLES."""
    body: str
    """Name of the silhouette."""
    concept: Concept
    captions: tuple[str, ...]


def example(seed: int, number: int, side: int = SIDE) -> Example:
    """Picture `number` of a seed, the same on every machine that has this version of the painter."""
    rng = np.random.default_rng([seed, number])
    kind, look = int(rng.choice(KINDS, p=PAINTED)), int(rng.integers(len(STYLES)))
    concept = draw_concept(rng)
    guide = draw_guide(rng, concept, side) if rng.random() < GUIDED[kind] else None
    job = PaintJob(
        persona(concept.text),
        style(look),
        guide,
        width=side,
        height=side,
        seed=int(rng.integers(2**31)),
    )
    drawn = PAINTERS[kind].draw(job)
    words = tuple(captions(rng, concept, kind, look))
    points = drawn.face.points.astype(np.float32)
    return Example(drawn.image, points, kind, look, drawn.design.body.name, concept, words)


def persona(concept: str) -> Persona:
    """A persona that is nothing but its concept."""
    return Persona(concept, concept, "", "", "", "", concept, emotion=Emotion())


def style(look: int) -> Mixture:
    """A style of the sketch painter as a mixture of one."""
    name = STYLES[look]
    return Mixture(((Expert(name, "a style of the sketch painter", "sketch", name), 1.0),), "")


def draw_guide(rng: np.random.Generator, concept: Concept, side: int) -> FaceGuide:
    """A face of the library: a fifth as it is, the others turned, scaled and moved."""
    name = str(rng.choice(list(LIBRARY))) if rng.random() < 0.75 else "average"
    mood = concept.mood if rng.random() < FOLLOWS else str(rng.choice(EMOTIONS[1:]))
    expression = cast(EmotionName, mood or "neutral")
    if rng.random() < 0.2:
        return make_guide(library=name, expression=expression, size=(side, side))
    return make_guide(
        library=name,
        expression=expression,
        pose=_pose(rng, LIBRARY[name].pose),
        scale=float(np.clip(np.exp(rng.normal(-0.08, 0.28)), 0.42, 1.5)),
        position=(_shift(rng), _shift(rng)),
        size=(side, side),
    )


def _pose(rng: np.random.Generator, own: tuple[float, float, float]) -> tuple[float, float, float]:
    """A turn in degrees; neither it nor the whole one goes beyond what a guide takes."""
    turns = zip(own, (12.0, 8.0, 8.0), strict=True)
    yaw, pitch, roll = (
        float(np.clip(rng.normal(0, sd), -24 - min(o, 0), 24 - max(o, 0))) for o, sd in turns
    )
    return yaw, pitch, roll


def _shift(rng: np.random.Generator) -> float:
    """Fraction of the picture."""
    return float(np.clip(rng.normal(0, 0.06), -0.16, 0.16))


__all__ = ["ABSTRACT", "FULL", "SIDE", "Example", "example", "persona", "style"]
