"""Make a guide: where a face shall be, from the template, a reference, or any picture."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from ..errors import InputError
from ..persona import EMOTIONS, EmotionName
from .annotators import annotators
from .editing import express, into_frame, out_of_frame, placement_of, template
from .finding import find_face
from .library import LIBRARY, Reference
from .maps import MAPS, draw_map
from .placement import Placement
from .records import Face, FaceGuide, Origin

POSE = 25.0
"""Greatest yaw, pitch and roll in degrees that a guide takes."""


def make_guide(
    image: npt.NDArray[np.uint8] | None = None,
    *,
    face: Face | None = None,
    library: str = "average",
    pose: tuple[float, float, float] = (0.0, 0.0, 0.0),
    expression: EmotionName = "neutral",
    amount: float = 1.0,
    scale: float = 1.0,
    position: tuple[float, float] = (0.0, 0.0),
    style: str = "dots68",
    strength: float = 1.0,
    size: tuple[int, int] = (512, 512),
) -> FaceGuide:
    """Make a guide for pictures of `size` (width, height).

    Without `image` the face is that of the `library` (see `library.LIBRARY`), in the middle, its
    eyes a fifth of the width apart, with
    its own expression when `expression` is neutral. With an `image` its face is found (or placed, when it has
    none; `face` gives one that is known) and kept where it is. Then the face
    is scaled about the point between its eyes (`scale` 0.3 to 2.5), shifted by `position`
    (fractions of width and height, -0.5 to 0.5), turned by `pose` (yaw, pitch, roll in degrees,
    each within 25; added to the face's own) and given an expression, `amount` (0 to 1) of it.

    Raises:
        InputError: a value outside these ranges, an unknown reference, expression or map style,
            or a picture that cannot be used.
    """
    _check(pose, expression, amount, scale, position, strength)
    if image is None:
        reference = _reference(library)
        short = min(size)
        stand = Placement(size[0] / 2, size[1] / 2 - 0.06 * short, 0.21 * short, reference.pose[2])
        frame, turned = template(reference.look), reference.pose
        if expression == "neutral":
            expression, amount = reference.expression, 1.0
        origin: Origin = "known"
        notes: tuple[str, ...] = ()
    else:
        found = face or find_face(image)
        points = _fitted(found, image, size) * np.array(size, float)
        stand, turned = placement_of(points), (0.0, 0.0, 0.0)
        frame = into_frame(points, stand)
        origin, notes = found.origin, found.notes
    frame = frame + express(expression, amount)
    place = replace(
        stand,
        x=stand.x + position[0] * size[0],
        y=stand.y + position[1] * size[1],
        scale=stand.scale * scale,
        roll=stand.roll + pose[2],
        yaw=pose[0] + turned[0],
        pitch=pose[1] + turned[1],
    )
    if image is not None and pose[:2] == (0.0, 0.0):
        points = out_of_frame(frame, place) / np.array(size, float)
    else:
        points = place.put(frame) / np.array(size, float)
    return FaceGuide(
        points,
        _map(style, points, size, image),
        style,
        strength,
        (place.yaw, place.pitch, place.roll),
        expression,
        image,
        origin=origin,
        notes=notes,
    )


def _map(
    style: str,
    points: npt.NDArray[np.float64],
    size: tuple[int, int],
    image: npt.NDArray[np.uint8] | None,
) -> npt.NDArray[np.uint8]:
    """A map of the points, or of the whole picture when `style` names an annotator."""
    if style in MAPS or style not in annotators.names():
        return draw_map(style, points, size)
    if image is None:
        raise InputError(f"The map style {style!r} needs a reference picture. Wire one.")
    drawn = Image.fromarray(annotators.create(style).annotate(image))
    return np.asarray(ImageOps.fit(drawn, size, Image.Resampling.NEAREST))


def _reference(name: str) -> Reference:
    if name not in LIBRARY:
        raise InputError(f"Unknown reference face {name!r}. Choose one of: {', '.join(LIBRARY)}.")
    return LIBRARY[name]


def _fitted(
    face: Face, image: npt.NDArray[np.uint8], size: tuple[int, int]
) -> npt.NDArray[np.float64]:
    """Points of a picture after it is scaled to cover `size` and cut in its middle."""
    h, w = image.shape[:2]
    scale = max(size[0] / w, size[1] / h)
    shown = np.array([w * scale, h * scale])
    return np.asarray(((face.points - 0.5) * shown + np.array(size) / 2) / np.array(size, float))


def _check(
    pose: tuple[float, float, float],
    expression: str,
    amount: float,
    scale: float,
    position: tuple[float, float],
    strength: float,
) -> None:
    if expression not in EMOTIONS:
        raise InputError(
            f"Unknown expression {expression!r}. Choose one of: {', '.join(EMOTIONS)}."
        )
    limits = (
        *(("pose", value, -POSE, POSE) for value in pose),
        ("amount", amount, 0.0, 1.0),
        ("scale", scale, 0.3, 2.5),
        *(("position", value, -0.5, 0.5) for value in position),
        ("strength", strength, 0.0, 2.0),
    )
    for name, value, low, high in limits:
        if not low <= value <= high:  # also refuses NaN
            raise InputError(f"Guide {name} is {value}. Choose a value from {low:g} to {high:g}.")
