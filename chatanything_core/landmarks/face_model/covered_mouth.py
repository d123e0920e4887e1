"""Whether something covers the mouth: a mask, a scarf, a beak.

A mouth is seen by its lips, which have another colour than the skin around them and are parted by
a dark line. Where the nose down to the chin has another colour than the bridge of the nose and
nothing in it stands out, no lips are seen. Only colours are compared, so that beards, which
are as dark as hair but show the lips, and pictures without colour count as uncovered.

A hand has the colour of the face. Where nothing shows lips, a detector's mesh can say more: it puts
lips that it sees in the same place from every square, and guesses those that it does not see.
"""

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
COVER = "The mouth is covered; only the jaw moves."
OTHER = 18.0
"""Least distance between the colours of skin and cover, in the plane of Cb and Cr."""
ALIKE = 9.0
"""Most distance between the colours of lips and what is around them."""
PLAIN = 28.0
"""Most that a dark line between lips may be darker than what is around them."""
FAINT_LIPS, FAINT_RED, FAINT_LINE = 5.0, 10.0, 35.0
"""Most that lips which a hand may cover differ from what is around them: in the plane of Cb and Cr, in
Cr from the nose to the chin, and in the darkness of the line between them."""
FINGERS = 80.0
"""Most that the lines between fingers are darker than those; a mouth drawn in ink has more."""
GREY = 6.0
"""Most distance from grey, in the plane of Cb and Cr, in a picture without colour."""
ROWS = tuple(np.linspace(0, 1, 17).tolist())
TO_YCC = np.array([[0.299, -0.168736, 0.5], [0.587, -0.331264, -0.418688], [0.114, 0.5, -0.081312]])
"""RGB to Y, Cb and Cr (ITU-T T.871)."""


def mouth_covered(image: npt.NDArray[np.uint8], points: Array) -> bool:
    """Whether no mouth is seen at the 68 `points` (68, 2), in pixels, of `image` (H, W, 3 or 4)."""
    mouth, around = _mouth(image, points), _around(image, points)
    bridge = _between(points[[27, 27]], points[[28, 21]], (0.1, 0.4)).reshape(-1, 2)
    skin = np.median(_ycc(image, bridge), axis=0)
    cover = np.median(np.concatenate(around), axis=0)
    other = min(_apart(np.median(part, axis=0), skin) for part in (*around, mouth.reshape(-1, 3)))
    alike = _apart(np.median(mouth, axis=(0, 1)), cover) < ALIKE
    return bool(other > OTHER and alike and _line(mouth, cover) < PLAIN)


def lips_unseen(image: npt.NDArray[np.uint8], points: Array) -> bool:
    """Whether the place of the mouth at the 68 `points` (68, 2), in pixels, of `image` has one colour.

    So has a hand, but so have pale lips, too, in small or dim pictures. Fingers have dark lines between
    them, so that a faint line speaks for lips in pictures without colour only.
    """
    mouth, cover = _mouth(image, points), np.median(np.concatenate(_around(image, points)), axis=0)
    upper, lower = points[49:54], points[[59, 58, 57, 56, 55]]
    half = 0.3 * (lower - upper)
    down = _ycc(image, _between(upper - half, lower + half, ROWS).reshape(-1, 2))
    red = np.median(down.reshape(len(ROWS), -1, 3)[..., 2], axis=1)
    plain = _apart(np.median(mouth, axis=(0, 1)), cover) < FAINT_LIPS and np.ptp(red) < FAINT_RED
    dark = FINGERS if np.hypot(*cover[1:]) > GREY else FAINT_LINE
    return bool(plain and _line(mouth, cover) < dark)


def _mouth(image: npt.NDArray[np.uint8], points: Array) -> Array:
    """Y, Cb and Cr in five rows from the upper lip to the lower one, shape (5, 5, 3)."""
    shares = (0.1, 0.3, 0.5, 0.7, 0.9)
    lips = _between(points[49:54], points[[59, 58, 57, 56, 55]], shares)
    return _ycc(image, lips.reshape(-1, 2)).reshape(5, 5, 3)


def _around(image: npt.NDArray[np.uint8], points: Array) -> tuple[Array, Array, Array]:
    """Y, Cb and Cr above, beneath and beside the mouth, each (n, 3)."""
    above = _between(points[[31, 33, 35]], points[[49, 51, 53]], (0.5, 0.7))
    beneath = _between(points[[59, 57, 55]], points[[7, 8, 9]], (0.3, 0.5))
    beside = _between(points[[48, 54]], points[[4, 12]], (0.25, 0.4))
    a, b, c = (_ycc(image, part.reshape(-1, 2)) for part in (above, beneath, beside))
    return a, b, c


def _line(mouth: Array, cover: Array) -> float:
    """How much darker than `cover` the line between the lips is."""
    return float(np.median(cover[0] - mouth[..., 0].min(0)))


def _between(start: Array, end: Array, shares: tuple[float, ...]) -> Array:
    """Places on the way from `start` to `end` (n, 2), shape (shares, n, 2)."""
    return np.asarray(start + (end - start) * np.array(shares)[:, None, None])


def _apart(one: Array, other: Array) -> float:
    return float(np.hypot(*(one - other)[1:]))


def _ycc(image: npt.NDArray[np.uint8], xy: Array) -> Array:
    """Y, Cb and Cr (n, 3), means of 3x3 pixels around places (n, 2)."""
    height, width = image.shape[:2]
    steps = np.stack(np.meshgrid([-1, 0, 1], [-1, 0, 1]), -1).reshape(-1, 1, 2)
    x, y = np.moveaxis(xy.round().astype(int) + steps, -1, 0)
    seen = image[np.clip(y, 0, height - 1), np.clip(x, 0, width - 1), :3]
    return np.asarray(seen.mean(0) @ TO_YCC)
