"""The sketch painter: a persona to a portrait, with landmarks that are exact by construction."""

from typing import Any

import numpy as np

from ...landmarks import Eye, Face, FaceGuide, score_face
from ...landmarks.anatomy import Features, build
from ...landmarks.placement import Polygon
from ...persona import Emotion
from ...progress import Tick
from ...seeding import generator
from ..base import PaintJob
from ..records import Portrait
from .backdrop import ground_shadow, paint_backdrop
from .bodies import Part
from .canvas import Bump, Canvas, develop
from .design import Design, design
from .face_paint import FacePainter
from .facewear import FACEWEAR
from .framing import Framing, frame
from .hats import HATS
from .light import Light
from .materials import MATERIALS
from .reference import blend
from .shapes import move


class SketchPainter:
    """Draws any concept as a character; needs no model."""

    def paint(self, job: PaintJob, tick: Tick) -> Portrait:
        """Paint one portrait in about 0.2 s at 512 x 512 pixels."""
        tick(0, 3)
        plan = design(job.persona, job.seed, _mood(job.guide))
        features = build(plan.look)
        framing = frame(plan.body, (job.width, job.height), job.guide, plan.hatted)
        canvas = _backdrop(plan, framing, job)
        tick(1, 3)
        _figure(canvas, plan, features, framing)
        tick(2, 3)
        image = develop(canvas.pixels)
        face = _face(plan, features, framing, job)
        if job.start is not None:
            image = blend(image, job.start)
        face = score_face(image, face, guide=job.guide)
        tick(3, 3)
        return Portrait(image, face, _recipe(plan, job))


def _mood(guide: FaceGuide | None) -> Emotion | None:
    """The expression that a guide asks for; neutral leaves the persona's own."""
    if guide is None or guide.expression == "neutral":
        return None
    from ...persona import EMOTIONS

    name = next(name for name in EMOTIONS if name == guide.expression)
    return Emotion(name, min(guide.strength, 1.0))


def _backdrop(plan: Design, framing: Framing, job: PaintJob) -> Canvas:
    size = (job.width, job.height)
    floor = plan.palette.floor if plan.body.stand == "table" else None
    glow = framing.put(np.array([[-0.1, -0.15]]))[0]
    pixels = paint_backdrop(
        size,
        plan.palette.wall,
        floor,
        plan.body.backdrop,
        (float(glow[0]), float(glow[1])),
        generator(job.seed, "sketch", "backdrop"),
    )
    return Canvas(pixels, Light(), framing.unit, generator(job.seed, "sketch", "texture"))


def _figure(canvas: Canvas, plan: Design, features: Features, framing: Framing) -> None:
    colours = plan.palette
    painter = FacePainter(
        plan.look, features, framing.face, colours.base, colours.brow, colours.lip
    )
    parts = plan.body.parts()
    if plan.body.stand == "table":
        solid = np.concatenate([framing.put(o) for part in parts for o in part.outlines])
        low = float(solid[:, 1].max())
        feet = solid[solid[:, 1] > low - 0.25 * framing.unit]
        ground_shadow(
            canvas.pixels,
            (float(feet[:, 0].min() + feet[:, 0].max()) / 2, low - 0.02 * framing.unit),
            float(np.ptp(feet[:, 0])) * 1.05,
        )
    for part in parts:
        if part.role == "front":
            continue
        carries = part.role == "face"
        _part(canvas, part, plan, framing, painter if carries else None)
    painter.paint(canvas)
    for part in parts:
        if part.role == "front":
            _part(canvas, part, plan, framing, None)
    _wear(canvas, plan, framing)


def _wear(canvas: Canvas, plan: Design, framing: Framing) -> None:
    """Glasses and whiskers in the face frame, then what is on the head in the body frame."""
    for name in plan.worn:
        if name in FACEWEAR:
            for part in FACEWEAR[name]():
                outlines = [framing.face.put(outline) for outline in part.outlines]
                _lay(canvas, part, outlines, plan, framing.face.scale)
    x, y, wide = plan.body.hat
    for name in plan.worn:
        if name in HATS:
            for part in HATS[name]():
                outlines = [framing.put(move(outline, x, y, wide)) for outline in part.outlines]
                _lay(canvas, part, outlines, plan, framing.unit * wide)


def _lay(canvas: Canvas, part: Part, outlines: list[Polygon], plan: Design, unit: float) -> None:
    canvas.solid(
        outlines,
        plan.palette.tint(part.tint),
        MATERIALS[part.material or plan.material],
        part.depth * unit,
        shadow=part.shadow,
    )


def _part(
    canvas: Canvas, part: Part, plan: Design, framing: Framing, face: FacePainter | None
) -> None:
    unit, tint = framing.unit, plan.palette.tint
    bumps: list[Bump] = [
        (framing.put(mark.outline), mark.rise * unit, max(mark.soft * unit, 1.0))
        for mark in part.marks
        if mark.rise
    ]
    paint = [
        (framing.put(mark.outline), tint(mark.tint), mark.amount, mark.soft * unit)
        for mark in part.marks
        if mark.amount
    ]
    canvas.solid(
        [framing.put(outline) for outline in part.outlines],
        tint(part.tint),
        MATERIALS[part.material or plan.material],
        part.depth * unit,
        bumps=[*bumps, *(face.bumps() if face else ())],
        paint=[*paint, *(face.tints() if face else ())],
        shadow=part.shadow,
    )


def _face(plan: Design, features: Features, framing: Framing, job: PaintJob) -> Face:
    size = np.array([job.width, job.height], float)

    def normal(points: Polygon) -> Polygon:
        return np.asarray(framing.face.put(points) / size)

    eyes = []
    for shape in features.eyes:
        x, y = framing.face.spot(*shape.iris)
        eyes.append(
            Eye(
                (x / job.width, y / job.height),
                shape.radius * framing.face.scale / job.width,
                normal(shape.upper),
                normal(shape.lower),
                plan.look.lidless,
            )
        )
    outline = next(part for part in plan.body.parts() if part.role == "face").outlines[0]
    return Face(
        normal(features.points),
        (job.width, job.height),
        "known",
        eyes=(eyes[0], eyes[1]),
        silhouette=framing.put(outline) / size,
        rigid=plan.body.rigid,
    )


def _recipe(plan: Design, job: PaintJob) -> dict[str, Any]:
    return {
        "engine": "sketch",
        "body": plan.body.name,
        "material": plan.material,
        "worn": list(plan.worn),
        "seed": job.seed,
        "size": [job.width, job.height],
        "guided": job.guide is not None,
        "start": None if job.start is None else job.start.strength,
        "experts": [[expert.name, weight] for expert, weight in job.mixture.experts],
    }
