"""Control maps, drawn exactly as the public ControlNets were trained on.

Each style is a function that draws the points of one face, in pixels, on black.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from ...errors import InputError
from ..face_model.transform import into_frame, out_of_frame, placement_of

Points = npt.NDArray[np.float64]
Colour = tuple[int, int, int]
WHITE: Colour = (255, 255, 255)


@dataclass(frozen=True, eq=False)
class Drawn:
    """One face in pixels."""

    points: Points
    """The 68 iBUG points, shape (68, 2)."""
    mesh: Points | None
    """The 478 MediaPipe points, shape (478, 2), when they are known."""


Drawing = Callable[[ImageDraw.ImageDraw, Drawn], None]


def draw_map(
    style: str, points: Points, size: tuple[int, int], *, mesh: Points | None = None
) -> npt.NDArray[np.uint8]:
    """Draw the control map of normalised `points`, (68, 2); RGB uint8 (H, W, 3).

    `mesh`, (478, 2), gives the style `mediapipe` its own contours; else they follow the 68.

    Raises:
        InputError: a style that is not in `MAPS`.
    """
    if style not in MAPS:
        raise InputError(f"Unknown map style {style!r}. Choose one of: {', '.join(MAPS)}.")
    page = Image.new("RGB", size)
    scale = np.array(size, float)
    MAPS[style](ImageDraw.Draw(page), Drawn(points * scale, None if mesh is None else mesh * scale))
    return np.array(page)


def _dots68(pen: ImageDraw.ImageDraw, face: Drawn) -> None:
    """Face-Landmark-ControlNet (georgefen, SD1.5): 68 white dots of radius 2.5."""
    for x, y in face.points:
        pen.ellipse((x - 2.5, y - 2.5, x + 2.5, y + 2.5), fill=WHITE)


def _openpose(pen: ImageDraw.ImageDraw, face: Drawn) -> None:
    """control_v11p_sd15_openpose, face only: 68 points and two pupils, white, radius 3."""
    pupils = [face.points[36:42].mean(0), face.points[42:48].mean(0)]
    for x, y in [*face.points, *pupils]:
        pen.ellipse((x - 3, y - 3, x + 3, y + 3), fill=WHITE)


def _mediapipe(pen: ImageDraw.ImageDraw, face: Drawn) -> None:
    """ControlNetMediaPipeFace (CrucibleAI): coloured contours 2 px wide, pupils 4 x 4 px."""
    contours = _mesh_contours(face.mesh) if face.mesh is not None else _contours(face.points)
    for line, colour in contours:
        pen.line([tuple(point) for point in line.tolist()], fill=colour, width=2)
    for (x, y), colour in zip(_pupils(face), (RIGHT_PUPIL, LEFT_PUPIL), strict=True):
        pen.rectangle((int(x) - 2, int(y) - 2, int(x) + 1, int(y) + 1), fill=colour)


OVAL, LIPS = (10, 200, 10), (10, 180, 10)
RIGHT_EYE, RIGHT_BROW, RIGHT_PUPIL = (180, 200, 10), (180, 220, 10), (250, 200, 10)
LEFT_EYE, LEFT_BROW, LEFT_PUPIL = (10, 200, 180), (10, 220, 180), (10, 200, 250)
"""Colours of controlnet-aux's annotator; right and left are the portrayed one's own."""

MESH_LINES: tuple[tuple[Colour, tuple[int, ...]], ...] = (
    (OVAL, (10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109, 10)),
    (LIPS, (61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291)),
    (LIPS, (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291)),
    (LIPS, (78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308)),
    (LIPS, (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)),
    (RIGHT_EYE, (33, 7, 163, 144, 145, 153, 154, 155, 133)),
    (RIGHT_EYE, (33, 246, 161, 160, 159, 158, 157, 173, 133)),
    (LEFT_EYE, (263, 249, 390, 373, 374, 380, 381, 382, 362)),
    (LEFT_EYE, (263, 466, 388, 387, 386, 385, 384, 398, 362)),
    (RIGHT_BROW, (46, 53, 52, 65, 55)),
    (RIGHT_BROW, (70, 63, 105, 66, 107)),
    (LEFT_BROW, (276, 283, 282, 295, 285)),
    (LEFT_BROW, (300, 293, 334, 296, 336)),
)  # fmt: skip
"""MediaPipe's face contours as runs of mesh indices."""


def _mesh_contours(mesh: Points) -> list[tuple[Points, Colour]]:
    return [(mesh[list(run)], colour) for colour, run in MESH_LINES]


def _contours(points: Points) -> list[tuple[Points, Colour]]:
    """The same contours from 68 points; brows get a lower edge and the oval a forehead."""
    place = placement_of(points)
    brow = out_of_frame(np.array([[0.0, 0.09]]), place) - out_of_frame(np.zeros((1, 2)), place)
    jaw = into_frame(points[0:17], place)
    top = np.array([(0.98, -0.42), (0.80, -0.82), (0.45, -1.12), (0.0, -1.22)])
    # The forehead is as wide as this jaw, which yaw may have moved to one side.
    middle, half = (jaw[0, 0] + jaw[16, 0]) / 2, (jaw[16, 0] - jaw[0, 0]) / 2
    arc = np.concatenate([top, top[-2::-1] * (-1, 1)])
    forehead = arc * (half / 1.1, 1.0) + (middle, 0.0)
    oval = np.concatenate([points[0:17], out_of_frame(forehead, place), points[:1]])
    loops = [
        (points[[*range(36, 42), 36]], RIGHT_EYE),
        (points[[*range(42, 48), 42]], LEFT_EYE),
        (points[[*range(48, 60), 48]], LIPS),
        (points[[*range(60, 68), 60]], LIPS),
    ]
    brows = [(points[17:22], RIGHT_BROW), (points[22:27], LEFT_BROW)]
    return [(oval, OVAL), *loops, *brows, *((line + brow, colour) for line, colour in brows)]


def _pupils(face: Drawn) -> Points:
    if face.mesh is not None and len(face.mesh) == 478:
        return face.mesh[[468, 473]]
    return np.stack([face.points[36:42].mean(0), face.points[42:48].mean(0)])


MAPS: dict[str, Drawing] = {"dots68": _dots68, "openpose": _openpose, "mediapipe": _mediapipe}
"""Map styles by name."""
