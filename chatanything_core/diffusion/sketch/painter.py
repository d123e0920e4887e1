"""The sketch painter: a persona to a portrait, with landmarks that are exact by construction."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...landmarks import Face, find_face, score_face
from ...landmarks.face_model.anatomy import FaceFeatures, build
from ...persona import EMOTIONS, Emotion
from ...persona.offline.english import with_article
from ...progress import Tick, no_progress
from ...seeding import generator
from ..base import PaintJob
from ..icon_sets.choose_drawing import Choice
from ..records import Mixture, Portrait
from .blend_reference import blend_reference
from .bodies import Body, has_own_body
from .composition import Composition, compose
from .design import Design, design
from .face.face_paint import FacePainter
from .face.sketch_landmarks import landmarks_of
from .figure import paint_figure
from .styles.ink import InkCanvas
from .styles.papercut import PaperCanvas
from .styles.soft3d import SoftCanvas
from .surface.canvas import Canvas, Setting, linear
from .surface.lighting import KeyLight
from .weather import scene

STYLES: dict[str, type[Canvas]] = {
    "soft 3D": SoftCanvas,
    "paper cut": PaperCanvas,
    "ink": InkCanvas,
}
"""Canvases by the name that an expert has as its `source`."""
FaceMode = Literal["full", "abstract", "none"]
FAINT = 0.1
"""Strength below which a start's reference hides what was painted over it."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """A picture straight from the brush."""

    image: npt.NDArray[np.uint8]
    """RGB, shape (H, W, 3)."""
    face: Face
    """Where its face is, or would be where none was painted; not scored."""
    design: Design
    """What was decided before the first stroke."""


@dataclass(frozen=True)
class SketchPainter:
    """Draws any concept as a character; needs no model."""

    face: FaceMode = "full"
    """`abstract` paints, without a guide, only dots for eyes and a line for a mouth, as generators
    do that were not told where a face should be; `none` paints the bare thing. Both are for
    measuring what guidance and the ladder of landmarks are worth."""
    body: Body | None = None
    """Drawn instead of what the persona is, to look at a drawing."""
    hat: str = ""
    """Name of a hat that such a body wears."""

    def paint(self, job: PaintJob, tick: Tick) -> Portrait:
        """Paint one portrait, about 0.25 s at 512 x 512 pixels on one core.

        Raises:
            InputError: an expert whose source is none of `STYLES`.
        """
        drawn = self.draw(job, tick)
        image, plan = drawn.image, drawn.design
        if job.start is not None:
            image = blend_reference(image, job.start)
        hidden = job.start is not None and job.start.strength < FAINT
        if hidden or self.face == "none":
            face = find_face(image)
        else:
            face = score_face(image, drawn.face, guide=job.guide)
        tick(3, 3)
        return Portrait(image, face, _recipe(plan, job), _notes(plan))

    def draw(self, job: PaintJob, tick: Tick = no_progress) -> Drawn:
        """The strokes alone: no start is blended in, and nobody looks whether the face is seen.

        Raises:
            InputError: an expert whose source is none of `STYLES`.
        """
        tick(0, 3)
        size = (job.width, job.height)
        plan = design(
            job.persona,
            job.seed,
            _emotion(job),
            body=self.body,
            hat=self.hat,
            drawing=job.drawing if self.body is None else None,
            side=_page_side(job),
        )
        features = build(plan.look)
        framing = compose(plan.body, size, job.guide, plan.hat_reach)
        canvas = _canvas(plan, framing, job)
        tick(1, 3)
        brush = _brush(plan, features, framing, canvas, self.face == "abstract" and not job.guide)
        paint_figure(canvas, plan, None if self.face == "none" else brush, framing)
        tick(2, 3)
        return Drawn(canvas.develop(), landmarks_of(plan, features, framing, size), plan)


def _brush(
    plan: Design, features: FaceFeatures, framing: Composition, canvas: Canvas, abstract: bool
) -> FacePainter:
    colours, body = plan.palette, plan.body
    nose = body.nose or body.face_kind.colour
    return FacePainter(
        plan.look,
        features,
        framing.face,
        plan.skin,
        colours.brow,
        colours.lip,
        body.face_kind,
        linear(nose) if nose else None,
        canvas.nose,
        abstract,
    )


def _page_side(job: PaintJob) -> int:
    """Side in pixels of a drawing's page: that of the picture, in two steps."""
    return 512 if min(job.width, job.height) <= 640 else 1024


def _emotion(job: PaintJob) -> Emotion | None:
    """The expression that a guide asks for; neutral, or the persona's own, changes nothing."""
    own = ("neutral", job.persona.emotion.name)
    if job.guide is None or job.guide.expression in own:
        return None
    name = next(name for name in EMOTIONS if name == job.guide.expression)
    return Emotion(name, min(job.guide.strength, 1.0))


def _canvas(plan: Design, framing: Composition, job: PaintJob) -> Canvas:
    glow = framing.put(np.array([[-0.1, -0.15]]))[0]
    rng = generator(job.seed, "sketch", "backdrop")
    place = plan.costume.place or plan.body.backdrop
    setting = Setting(
        (job.width, job.height),
        min(job.width, job.height) / 2,
        plan.palette.wall,
        plan.palette.floor if plan.body.stand == "table" else None,
        tuple(scene(place, plan.costume.weather, rng, plan.palette.wall)),
        (float(glow[0]), float(glow[1])),
    )
    return STYLES[_style(job.mixture)](
        setting, KeyLight(), generator(job.seed, "sketch", "texture")
    )


def _style(mixture: Mixture) -> str:
    name = mixture.experts[0][0].source
    if name not in STYLES:
        raise InputError(f"Unknown sketch style {name!r}. Choose one of: {', '.join(STYLES)}.")
    return name


def _notes(plan: Design) -> tuple[str, ...]:
    missing, noun, name = plan.costume.missing, plan.reading.noun, plan.body.name
    notes = [f"Not drawn: {'; '.join(missing)}."] if missing else []
    drawing = plan.choice.drawing
    if drawing:
        notes += [*drawing.notes, *([drawing.credit.line] if drawing.credit else ())]
    elif noun and not plan.costume.person and not has_own_body(plan.reading):
        told = f"Drawn as {with_article(name, name)}: no {noun} is known. {plan.choice.note}"
        notes.insert(0, told.strip())
    elif plan.choice.note:
        notes.append(plan.choice.note)
    return tuple(notes)


def _recipe(plan: Design, job: PaintJob) -> dict[str, Any]:
    return {
        "engine": "sketch",
        "style": _style(job.mixture),
        "body": plan.body.name,
        "material": plan.material,
        "worn": list(plan.worn),
        "seed": job.seed,
        "size": [job.width, job.height],
        "guided": job.guide is not None,
        "start": None if job.start is None else job.start.strength,
        "experts": [[expert.name, weight] for expert, weight in job.mixture.experts],
        **_drawn(plan.choice),
    }


def _drawn(choice: Choice) -> dict[str, Any]:
    """Whose drawing the body is; empty for bodies of ours."""
    drawing = choice.drawing
    if drawing is None:
        return {}
    credit = drawing.credit
    told = {**asdict(credit), "credit": credit.line} if credit else {}
    return {"drawing": {"name": drawing.name, **told}}
