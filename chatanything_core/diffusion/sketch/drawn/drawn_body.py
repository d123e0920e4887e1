"""A body of somebody else's drawing: one inflated piece in its colours, and the face's place."""

from dataclasses import dataclass

import numpy as np
from scipy.ndimage import distance_transform_edt, gaussian_filter

from ...drawings.records import Drawing, FaceSpot
from ..bodies.base import Body, Part, Stand
from ..face.face_kinds import FACE_KINDS
from ..palette import CREAM, luminance, visible
from ..surface.outlines import ellipse, move
from ..surface.relief import Array
from .drawn_colours import as_hex, common_colour, recolour
from .drawn_face import BELOW, FACE, FacePlace, place_on_drawing
from .page import Page, back_gaps, fit_page, outline_of_page

THIN, THICK = 0.08, 0.45
"""Least and largest depth of a drawing in body units."""
COVERED = 0.85
"""How much of a drawing's lines is covered where the face lies on them."""
INK = 0.45
"""Lightness, square root of the luminance, below which a colour may be that of a feature."""
HEAD = 1.4
"""Least width of what wears a hat, in eye distances."""


@dataclass(frozen=True, eq=False)
class DrawnLook:
    """How a drawing is shown, beside what is drawn."""

    colour: Array | None
    """Linear RGB (3,) that its commonest colour becomes; None leaves it."""
    animal: bool
    """True when one dot of it may be the eye of a head."""
    stand: Stand
    backdrop: str
    accent: str


def drawn_body(drawing: Drawing, look: DrawnLook, side: int) -> Body:
    """The body of a drawing, shown on a page of `side` pixels."""
    page = back_gaps(fit_page(drawing.pixels, side, low=look.stand == "table"))
    if look.colour is not None:
        page = recolour(page, look.colour)
    place = _chosen(drawing, page) or place_on_drawing(page, look.animal)
    under = place.oval(side)
    colour = visible(_ground(page, under))
    if place.how != "over":
        page = _without_features(page, under, colour, place)
    outline = outline_of_page(page)
    middle, brim, head = _hat_place(page, place)
    return Body(
        name=drawing.name,
        parts=_parts(page, outline, place, colour),
        material="plastic",
        colours=(as_hex(common_colour(page)),),
        face=(place.x, place.y, place.apart),
        brim=brim,
        head=head,
        stand=look.stand,
        kind="cartoon",
        accent=look.accent,
        backdrop=look.backdrop,
        rigid=True,
        face_kind=FACE_KINDS["thing"],
        middle=middle,
        outline=outline,
    )


def _chosen(drawing: Drawing, page: Page) -> FacePlace | None:
    """The place that a person gave; on the drawing where that covers it, else over it."""
    spot = drawing.face
    if spot is None:
        return None
    x, y, wide = _on_page(spot, drawing, page)
    apart = wide / FACE
    place = FacePlace(x, y - BELOW * apart, apart, "on")
    under = place.oval(page.side)
    covered = float((page.alpha * under).sum() / max(under.sum(), 1.0))
    return place if covered > 0.85 else FacePlace(place.x, place.y, apart, "over")


def _on_page(spot: FaceSpot, drawing: Drawing, page: Page) -> tuple[float, float, float]:
    """Middle and width of the wanted face in the body frame."""
    x0, y0, x1, y1 = drawing.box
    left, top, right, bottom = (2 * edge / page.side - 1 for edge in page.extent)
    across, down = (right - left) / (x1 - x0), (bottom - top) / (y1 - y0)
    return left + (spot.x - x0) * across, top + (spot.y - y0) * down, spot.width * across


def _ground(page: Page, under: Array) -> Array:
    """The colour of the place, linear RGB (3,); the drawing's own where the place is only dark: a
    mouth or a pupil lies there, on something lighter."""
    here, everywhere = common_colour(page, under), common_colour(page)
    dark = luminance(here) < INK**2 < luminance(everywhere)
    return everywhere if dark else here


def _parts(
    page: Page,
    outline: "np.ndarray[tuple[int, int], np.dtype[np.float64]]",
    place: FacePlace,
    colour: Array,
) -> tuple[Part, ...]:
    thick = 4 * float(distance_transform_edt(page.alpha > 0.5).max()) / page.side
    depth = float(np.clip(thick, THIN, THICK))
    tint = as_hex(colour)
    if place.how != "over":
        return (Part((outline,), tint, depth, role="face", shadow=0.40, picture=page),)
    pale = as_hex(visible(colour + (CREAM - colour) * np.float32(0.15)))
    plate = move(ellipse(0, 0.30, 1.16, 1.34), place.x, place.y, place.apart)
    return (
        Part((outline,), tint, depth, role="back", shadow=0.40, picture=page),
        Part((plate,), pale, 0.55 * place.apart, "skin", "face", 0.40),
    )


def _without_features(page: Page, under: Array, colour: Array, place: FacePlace) -> Page:
    """The page without what it has where the face comes: a face of its own, or lines."""
    soft = 0.10 * place.apart * page.side / 2
    amount = np.float32(1.0 if place.how == "eyes" else COVERED)
    hide = amount * gaussian_filter(under.astype(np.float32), soft)[..., None]
    return Page(np.asarray(page.rgb + (colour - page.rgb) * hide, np.float32), page.alpha)


def _hat_place(page: Page, place: FacePlace) -> tuple[float, float, float]:
    """Column, row and width of the head where a hat sits: the highest row above the face that
    is wide enough."""
    unit = page.side / 2
    column, apart = round((place.x + 1) * unit), place.apart * unit
    lowest = round((place.y + 1) * unit - 0.75 * apart)
    seen = page.alpha > 0.5
    for row in range(max(lowest, 0)):
        left, right = _run(seen[row], min(max(column, 0), page.side - 1))
        if right - left >= HEAD * apart:
            row = min(row + round(0.12 * (right - left)), max(lowest, row))
            left, right = _run(seen[row], column)
            wide = min(float(right - left), 3.2 * apart)
            return (left + right) / 2 / unit - 1, row / unit - 1, wide / unit
    return place.x, place.y - 0.75 * place.apart, 2.0 * place.apart


def _run(row: "np.ndarray[tuple[int], np.dtype[np.bool_]]", column: int) -> tuple[int, int]:
    """First and last column, exclusive, of the unbroken run of True that has `column`."""
    if not row[column]:
        return column, column
    gaps = np.flatnonzero(~row)
    left = gaps[gaps < column]
    right = gaps[gaps > column]
    return (int(left[-1]) + 1 if len(left) else 0), (int(right[0]) if len(right) else len(row))
