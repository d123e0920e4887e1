"""Points that a user set, as JSON: six are enough, the others follow from them."""

import json
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from .face_model.anatomy import FaceStyle
from .face_model.transform import template

CORNERS = (36, 39, 42, 45, 48, 54)
"""Eye and mouth corners among the 68 points, from left to right as the viewer sees them."""
UPPER, LOWER = (61, 62, 63), (65, 66, 67)
"""The inner edges of the lips, between which a mouth is open."""
LEAST_GAP = 0.01
"""How far apart the average face's inner lips are at least, in eye distances, where both are given:
a bend cannot part points that lie on one spot."""
NAMES = frozenset(map(str, range(68)))
"""What points may be called in an object."""
ORDER = (
    "left eye's left and right corner, right eye's left and right corner, left and right "
    "corner of the mouth; left as you see it"
)
HOW = f"Give JSON: six points [x, y] ({ORDER}), all 68, or an object of numbers 0 to 67 to points."
Points = npt.NDArray[np.float64]


def read_points(text: str, size: tuple[int, int]) -> Points:
    """The 68 normalised points, shape (68, 2), that `text` says for a picture of `size` (w, h).

    `text` is JSON: a list of the six corners in `CORNERS`' order or of all 68 points, or an
    object from iBUG numbers to points, which must have the six corners. A point is `[x, y]` or
    `{"x": x, "y": y}`; numbers are pixels, or fractions of the picture when none is above 1.
    What is not said is filled in by an average face bent to meet what is; an open mouth needs its
    inner lips (62 and 66, better 51, 57, 61, 63, 65 and 67 too).

    Raises:
        InputError: no such JSON, another count, numbers that are not finite, points outside the
            picture, or corners that make no face.
    """
    given = _given(_parse(text))
    numbers = sorted(given)
    spots = np.array([_spot(number, given[number]) for number in numbers])
    extent = np.array(size, float)
    pixels = spots if spots.max() > 1 else spots * extent
    for number, (x, y) in zip(numbers, pixels, strict=True):
        if not (0 <= x <= size[0] and 0 <= y <= size[1]):
            raise InputError(
                f"Point {number} at ({x:g}, {y:g}) lies outside the picture of "
                f"{size[0]}x{size[1]} pixels. Move it onto the picture."
            )
    _check_corners(dict(zip(numbers, pixels, strict=True)))
    if len(numbers) == 68:
        return np.asarray(pixels / extent)
    return np.asarray(_complete(numbers, pixels) / extent)


def _parse(text: str) -> Any:
    try:
        # A whole number may be too long for int to read, or for float to hold; inf is caught below.
        return json.loads(text, parse_int=float)
    except (json.JSONDecodeError, RecursionError) as error:
        raise InputError(f"The points are not JSON ({error}). {HOW}") from error


def _given(data: Any) -> dict[int, Any]:
    """iBUG number to what was written for it."""
    if isinstance(data, list) and len(data) in (len(CORNERS), 68):
        return dict(zip(CORNERS if len(data) == len(CORNERS) else range(68), data, strict=True))
    if isinstance(data, dict):
        unknown = [key for key in data if key not in NAMES]
        missing = [str(number) for number in CORNERS if str(number) not in data]
        if not unknown and not missing:
            return {int(key): value for key, value in data.items()}
        wrong = (
            f"no point is called {unknown[0]!r:.40}" if unknown else f"{', '.join(missing)} missing"
        )
        raise InputError(f"The points cannot be used: {wrong}. {HOW}")
    count = f"{len(data)} points" if isinstance(data, list) else f"no list but {data!r:.40}"
    raise InputError(f"The points are {count}. {HOW}")


def _spot(number: int, point: Any) -> tuple[float, float]:
    if isinstance(point, dict):
        point = [point.get("x"), point.get("y")]
    sound = isinstance(point, list) and len(point) == 2
    if not sound or not all(type(value) is float for value in point):
        raise InputError(f"Point {number} is {point!r:.60}. {HOW}")
    x, y = point
    if not (np.isfinite(x) and np.isfinite(y)):
        raise InputError(f"Point {number} is ({x}, {y}). Give finite numbers.")
    return x, y


def _check_corners(spots: dict[int, Points]) -> None:
    """Raise InputError unless the mouth is on the chin's side of two eyes that are apart."""
    left, right = (spots[36] + spots[39]) / 2, (spots[42] + spots[45]) / 2
    down = (spots[48] + spots[54]) / 2 - (left + right) / 2
    across = right - left
    distance = float(np.hypot(*across))
    if distance < 4:
        raise InputError(f"The eyes are {distance:.1f} pixels apart. Set them at least 4 apart.")
    if across[0] * down[1] - across[1] * down[0] < 0.1 * distance**2:
        raise InputError(
            f"These eyes and this mouth do not form a face. Set them in this order: {ORDER}."
        )
    for a, b in ((36, 39), (42, 45), (48, 54)):
        if float(across @ (spots[b] - spots[a])) <= 0:
            raise InputError(f"Points {a} and {b} are swapped. Set them in this order: {ORDER}.")


def _complete(numbers: list[int], pixels: Points) -> Points:
    """An average face, shape (68, 2), bent so that it goes through the given points."""
    # Half a second and 35 MB, which only this needs.
    from scipy.interpolate import RBFInterpolator

    average = template(
        FaceStyle(eye_size=1.0, parted=_gap(dict(zip(numbers, pixels, strict=True))))
    )
    bend = RBFInterpolator(average[numbers], pixels, kernel="linear", degree=1)
    return np.asarray(bend(average))


def _gap(spots: dict[int, Points]) -> float:
    """How far open the mouth is, in eye distances; 0 where the inner lips are not given.

    Raises:
        InputError: the lower lip is given above the upper one.
    """
    upper = [spots[number] for number in UPPER if number in spots]
    lower = [spots[number] for number in LOWER if number in spots]
    if not upper or not lower:
        return 0.0
    across = (spots[42] + spots[45] - spots[36] - spots[39]) / 2
    apart = np.mean(lower, 0) - np.mean(upper, 0)
    gap = float(across[0] * apart[1] - across[1] * apart[0]) / float(across @ across)
    if gap < -0.05:
        raise InputError(
            f"The lower inner lip {_listed(LOWER, spots)} lies above the upper one "
            f"{_listed(UPPER, spots)}. Set 61 to 63 on the upper and 65 to 67 on the lower edge."
        )
    return max(gap, LEAST_GAP)


def _listed(numbers: tuple[int, ...], spots: dict[int, Points]) -> str:
    return "(" + ", ".join(str(number) for number in numbers if number in spots) + ")"
