"""Make a guide: where a face should be, from the template, a reference, or any picture."""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from ..errors import InputError
from ..persona import EMOTIONS, EmotionName
from ..ranges import WHOLE, Range, ranges_of
from .face_model.face_library import LIBRARY
from .face_model.placement import Placement
from .face_model.transform import express, into_frame, out_of_frame, placement_of, template
from .find_face import SET_BY_USER, check_points, find_face
from .maps.annotators import annotators
from .maps.control_maps import MAPS, draw_map
from .records import Face, FaceGuide, Origin

POSE = Range(-25.0, 25.0, "degrees")
"""Yaw, pitch and roll that a guide takes."""
SCALE = Range(0.3, 2.5)
"""Factor on the size of the face."""
SHIFT = Range(-0.5, 0.5)
"""Fraction of the width or height."""
STRENGTH = ranges_of(FaceGuide)["strength"]


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

    Without `image` the face is that of the `library` (see `face_library.LIBRARY`), in the middle, its
    eyes a fifth of the width apart, with its own expression when `expression` is neutral. With an
    `image` its face is found (placed, when it has none; `face` gives one that is known) and kept
    where it is. Then the face is scaled about the point between its eyes (`scale`, in SCALE),
    shifted by `position` (fractions of width and height, in SHIFT), turned by `pose` (yaw, pitch
    and roll in degrees, in POSE, added to the face's own) and given `amount` of an expression.

    Raises:
        InputError: a value outside these ranges, an unknown reference, expression or map style,
            or a picture that cannot be used.
    """
    _check(pose, expression, amount, scale, position, strength)
    base = _from_library(library, size) if image is None else _from_image(image, face, size)
    if expression == "neutral":
        expression, amount = base.expression, 1.0
    shift = (position[0] * size[0], position[1] * size[1])
    place = _moved(base.place, shift, scale, pose)
    points = _put(base.frame + express(expression, amount), place) / np.array(size, float)
    control = _map(style, points, size, image)
    turned = (place.yaw, place.pitch, place.roll)
    made = (points, control, style, strength, turned, expression, image)
    return FaceGuide(*made, origin=base.origin, notes=base.notes)


def guide_of_points(
    points: npt.NDArray[np.float64],
    image: npt.NDArray[np.uint8] | None = None,
    *,
    expression: EmotionName = "neutral",
    style: str = "dots68",
    strength: float = 1.0,
    size: tuple[int, int] = (512, 512),
) -> FaceGuide:
    """The guide of 68 normalised points, shape (68, 2), that a user set; see `make_guide`.

    Raises:
        InputError: no such points, a strength out of range, or an unknown map style.
    """
    STRENGTH.check("Guide strength", strength)
    place = placement_of(check_points(points) * np.array(size, float))
    control = _map(style, points, size, image)
    turned = (place.yaw, place.pitch, place.roll)
    made = (points, control, style, strength, turned, expression, image)
    return FaceGuide(*made, notes=(SET_BY_USER,))


def _moved(
    place: Placement,
    shift: tuple[float, float],
    scale: float,
    pose: tuple[float, float, float],
) -> Placement:
    """The place shifted by pixels, scaled about the middle of its eyes, and turned by degrees."""
    return replace(
        place,
        x=place.x + shift[0],
        y=place.y + shift[1],
        scale=place.scale * scale,
        roll=place.roll + pose[2],
        yaw=place.yaw + pose[0],
        pitch=place.pitch + pose[1],
    )


@dataclass(frozen=True, eq=False)
class _Base:
    """A face before it is edited."""

    frame: npt.NDArray[np.float64]
    """The 68 points in the face frame."""
    place: Placement
    expression: EmotionName = "neutral"
    origin: Origin = "known"
    notes: tuple[str, ...] = ()


def _from_library(name: str, size: tuple[int, int]) -> _Base:
    if name not in LIBRARY:
        raise InputError(f"Unknown reference face {name!r}. Choose one of: {', '.join(LIBRARY)}.")
    reference, short = LIBRARY[name], min(size)
    yaw, pitch, roll = reference.pose
    middle = (size[0] / 2, size[1] / 2 - 0.06 * short)
    place = Placement(*middle, 0.21 * short, roll, yaw, pitch)
    return _Base(template(reference.look), place, reference.expression)


def _from_image(image: npt.NDArray[np.uint8], face: Face | None, size: tuple[int, int]) -> _Base:
    found = face or find_face(image)
    points = _fitted(found, image, size) * np.array(size, float)
    place = placement_of(points)
    return _Base(into_frame(points, place), place, "neutral", found.origin, found.notes)


def _put(frame: npt.NDArray[np.float64], place: Placement) -> npt.NDArray[np.float64]:
    """Pixels; a face that is not turned keeps its points to the last digit."""
    flat = place.yaw == 0.0 and place.pitch == 0.0
    return out_of_frame(frame, place) if flat else place.put(frame)


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
        raise InputError(f"The map style {style!r} needs a reference picture. Give one.")
    drawn = Image.fromarray(annotators.create(style).annotate(image))
    return np.asarray(ImageOps.fit(drawn, size, Image.Resampling.NEAREST))


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
    for value in pose:
        POSE.check("Guide pose", value)
    for value in position:
        SHIFT.check("Guide position", value)
    WHOLE.check("Guide amount", amount)
    SCALE.check("Guide scale", scale)
    STRENGTH.check("Guide strength", strength)
