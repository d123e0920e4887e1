"""Put a designed character on a canvas, back to front."""

from dataclasses import replace

import numpy as np

from ...landmarks.face_model.placement import Polygon
from .bodies import HATS, Part
from .composition import Composition
from .design import Design
from .face.face_paint import FacePainter
from .face.facewear import FACEWEAR
from .people.dyes import dyed
from .surface.canvas import Bump, Canvas, Solid, Tint
from .surface.materials import MATERIALS
from .surface.outlines import move

PRESSED = 0.1
"""What a hat leaves of the height of the hair under it."""


def paint_figure(
    canvas: Canvas, plan: Design, face: FacePainter | None, framing: Composition
) -> None:
    """Paint body, face (none leaves the bare thing), what lies over it, and what is worn."""
    parts = [_pressed(part, plan) for part in plan.body.parts]
    if plan.body.stand == "table":
        _stand(canvas, parts, framing)
    for part in parts:
        if part.role != "front":
            canvas.solid(_solid(part, plan, framing, face if part.role == "face" else None))
    if face:
        face.paint(canvas)
    for part in parts:
        if part.role == "front":
            canvas.solid(_solid(part, plan, framing, None))
    _wear(canvas, plan, framing)
    for part in plan.costume.held:
        canvas.solid(_solid(part, plan, framing, None))


def _pressed(part: Part, plan: Design) -> Part:
    """Hair under a hat goes no higher than where the hat covers it."""
    if part.tint != "hair" or not any(name in HATS and not HATS[name].open for name in plan.worn):
        return part
    brim = plan.body.brim

    def press(outline: Polygon) -> Polygon:
        x, y = outline.T
        return np.stack([x, np.where(y < brim, brim + PRESSED * (y - brim), y)], 1)

    return replace(part, outlines=tuple(press(outline) for outline in part.outlines))


def _stand(canvas: Canvas, parts: list[Part], framing: Composition) -> None:
    """The shadow of the feet on the floor."""
    points = np.concatenate([framing.put(outline) for part in parts for outline in part.outlines])
    low = float(points[:, 1].max())
    feet = points[points[:, 1] > low - 0.25 * framing.unit, 0]
    middle = float(feet.min() + feet.max()) / 2
    canvas.ground(
        (middle, low - 0.02 * framing.unit), max(1.05 * float(np.ptp(feet)), 0.1 * framing.unit)
    )


def _solid(part: Part, plan: Design, framing: Composition, face: FacePainter | None) -> Solid:
    unit, tint = framing.unit, plan.palette.tint
    bumps = tuple(
        Bump(framing.put(mark.outline), mark.rise * unit, max(mark.soft * unit, 1.0))
        for mark in part.marks
        if mark.rise
    )
    tints = tuple(
        Tint(framing.put(mark.outline), tint(mark.tint), mark.amount, mark.soft * unit)
        for mark in part.marks
        if mark.amount
    )
    solid = Solid(
        tuple(framing.put(outline) for outline in part.outlines),
        tint(part.tint),
        MATERIALS[part.material or plan.material],
        part.depth * unit,
        part.shadow,
        bumps + (face.bumps() if face else ()),
        (*face.ground(), *tints, *face.tints()) if face else tints,
    )
    if part.picture is None:
        return solid
    cover, colours = framing.put_page(part.picture)
    return replace(solid, cover=cover, colour=colours)


def _wear(canvas: Canvas, plan: Design, framing: Composition) -> None:
    """Glasses and whiskers in the face frame, then what is on the head in the body frame."""
    brim, wide, dyes = plan.body.brim, plan.body.head, dict(plan.costume.dyes)
    for name in plan.worn:
        for part in dyed(tuple(FACEWEAR[name]()), dyes.get(name, "")) if name in FACEWEAR else ():
            outlines = tuple(framing.face.put(outline) for outline in part.outlines)
            if part.depth:
                canvas.solid(_worn(part, outlines, plan, framing.face.scale))
            else:
                opacity = 1 - MATERIALS[part.material].clear
                canvas.flat(outlines, plan.palette.tint(part.tint), opacity)
    for name in plan.worn:
        for part in dyed(HATS[name].parts, dyes.get(name, "")) if name in HATS else ():
            outlines = tuple(
                framing.put(move(line, plan.body.middle, brim, wide)) for line in part.outlines
            )
            canvas.solid(_worn(part, outlines, plan, framing.unit * wide))


def _worn(part: Part, outlines: tuple[Polygon, ...], plan: Design, unit: float) -> Solid:
    colour, material = plan.palette.tint(part.tint), MATERIALS[part.material or plan.material]
    return Solid(outlines, colour, material, part.depth * unit, part.shadow)
