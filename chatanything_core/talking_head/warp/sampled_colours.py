"""Colours that the portrait lends to what it does not show."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from .face_geometry import TABLE, Array, Axes, Lids, mouth_of
from .illuminant import illuminant
from .mouth.teeth import Teeth, own_teeth
from .remap import Pixels
from .tone import COLOURED, Tone


@dataclass(frozen=True, eq=False)
class SampledColours:
    """How bright and how tinted things in the mouth are."""

    dark: npt.NDArray[np.float32]
    """RGB of the depth of the mouth, shape (3,)."""
    white: npt.NDArray[np.float32]
    """Factor on enamel and flesh, RGB, shape (3,)."""
    edge: float = 1.4
    """Width of the portrait's edges in pixels; painted edges must not be sharper."""
    teeth: Teeth | None = None
    """The upper teeth that the portrait shows, if it smiles."""
    tone: Tone = COLOURED
    flat: bool = False
    """True in a flat drawing, where the mouth is filled with `dark` alone."""

    def lit(self, rgb: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        """How a thing in the mouth that is `rgb` (3,) in white light looks in this one."""
        return self.tone.fit(rgb * self.white)


def sample_colours(
    image: Pixels, points: Array, eyes: tuple[Lids, Lids], tone: Tone | None = None
) -> SampledColours:
    """Light inside the mouth: dark as its lips, and white as the whites of its eyes; in a picture
    from elsewhere, whose `tone` was read, as the light on the face has it."""
    lips = read(image, points[[50, 51, 52, 56, 57, 58]]).mean(0)
    dark = np.clip(lips * (0.30, 0.12, 0.13), (26, 8, 10), (70, 34, 36)).astype(np.float32)
    within = np.stack(np.meshgrid(np.linspace(-1, 1, 21), np.linspace(-0.8, 0.8, 15)), -1)
    seen = np.concatenate([read(image, eye.axes.pixels(within.reshape(-1, 2))) for eye in eyes])
    edge, teeth = edge_width(image, points), own_teeth(image, mouth_of(points))
    if tone is None:
        return SampledColours(dark, _open_white(seen), edge, teeth)
    white = illuminant(seen, _cheeks(image, points)).astype(np.float32)
    return SampledColours(tone.fit(dark), white, edge, teeth, tone)


def _open_white(seen: Array) -> npt.NDArray[np.float32]:
    """Factor on white things, from colours (n, 3) in eyes whose whites are in the open."""
    pale = seen[np.ptp(seen, axis=1) < 60]
    white = np.percentile(pale, 92, axis=0) if len(pale) > 20 else np.full(3, 200.0)
    white = np.clip(white / 225, 0.62, 1.04)
    return np.asarray(white * 0.5 + white.mean() * 0.5, np.float32)


def _cheeks(image: Pixels, points: Array) -> Array:
    """Colours of the skin between the jaw and the nose, (n, 3)."""
    sides = [(points[jaw], points[nose]) for jaw, nose in ((slice(1, 5), 31), (slice(12, 16), 35))]
    shares = np.array([0.3, 0.4, 0.5, 0.6])[:, None, None]
    spots = [edge + (wing - edge) * shares for edge, wing in sides]
    return read(image, np.concatenate(spots).reshape(-1, 2))


@dataclass(frozen=True, eq=False)
class EyeColours:
    """Colours around one eye, RGB."""

    skin: npt.NDArray[np.float32]
    """Shape (3, 3): around it, and how that changes for one unit of its axes right and down."""
    above: npt.NDArray[np.float32]
    """Shape (3, 1201): above its lid, along TABLE."""
    white: npt.NDArray[np.float32]
    """Shape (3,): of the eyeball."""


def sample_eye_colours(image: Pixels, eye: Lids, tone: Tone = COLOURED) -> EyeColours:
    """The colours around one eye of RGB `image`."""
    skin, above = skin_of(image, eye.axes), above_of(image, eye)
    white = tone.fit(white_of(image, eye).astype(np.float32))
    return EyeColours(skin.astype(np.float32), above.astype(np.float32), white)


def edge_width(image: Pixels, points: Array) -> float:
    """Pixels over which the edges of a face at `points` (n, 2) rise, 1.4 to 5.

    A step under a Gaussian of width s has gradients and Laplacians of a ratio of 2 s^2 in power;
    a linear ramp of the same spread is s times the root of 12 wide.
    """
    height, width = image.shape[:2]
    left, top = np.clip(points.min(0).astype(int), 0, (width - 8, height - 8))
    right, bottom = np.maximum(points.max(0).astype(int), (left + 8, top + 8))
    grey = image[top:bottom, left:right, :3].astype(np.float64).mean(-1)
    inner = grey[1:-1, 1:-1]
    across, down = grey[1:-1, 2:] - grey[1:-1, :-2], grey[2:, 1:-1] - grey[:-2, 1:-1]
    bend = grey[1:-1, 2:] + grey[1:-1, :-2] + grey[2:, 1:-1] + grey[:-2, 1:-1] - 4 * inner
    slope, power = (across**2 + down**2).mean() / 4, (bend**2).mean()
    spread = np.sqrt(slope / max(power, 1e-9) / 2)
    return float(np.clip(spread * np.sqrt(12), 1.4, 5))


def white_of(image: Pixels, eye: Lids) -> Array:
    """Colour of an eyeball, RGB, shape (3,): the bright and pale part of what is seen of it
    beside the iris."""
    u = np.linspace(-0.9, 0.9, 37)
    u = u[np.abs(u - eye.iris[0]) > 1.15 * eye.iris_radius]
    places = np.stack(
        [np.tile(u, 3), np.repeat(eye.iris[1] + np.array([-0.1, 0, 0.1]), len(u))], -1
    )
    seen = read(image, eye.axes.pixels(places))
    pale = seen[np.ptp(seen, axis=1) < 50] if len(seen) else seen
    if len(pale) < 3:
        return np.array([225.0, 222.0, 218.0])
    # The palest third leaves out the pink of the corner.
    palest = pale[np.argsort(np.ptp(pale, axis=1))[: max(len(pale) // 3, 3)]]
    return np.asarray(np.percentile(palest, 70, axis=0))


def skin_of(image: Pixels, axes: Axes) -> Array:
    """Colour around an eye, RGB, shape (3, 3): the median of a ring outside it, and how it
    changes from left to right and from top to bottom, for one unit of `axes`."""
    quarter = np.linspace(-np.pi / 4, np.pi / 4, 16)
    sides = []
    for turn in (0, np.pi / 2, np.pi, -np.pi / 2):
        arc = 1.45 * np.stack([np.cos(quarter + turn), np.sin(quarter + turn)], -1)
        sides.append(np.median(read(image, axes.pixels(arc)), axis=0))
    right, low, left, _ = sides
    # A brow may lie above.
    middle = np.median(sides, axis=0)
    return np.stack([middle, (right - left) / 2.9, (low - middle) / 2.9])


def above_of(image: Pixels, eye: Lids) -> Array:
    """Colour of the skin above an eye along TABLE, RGB, shape (3, 1201): the brightest between
    lid and brow, since creases and lashes are dark."""
    u = np.linspace(-1.1, 1.1, 33)
    top = np.interp(u, TABLE, eye.upper)
    free = float(eye.upper.min()) - eye.brow
    heights = top - free * np.array([[0.25], [0.35], [0.45], [0.55]])
    places = np.stack(np.broadcast_arrays(u, heights), -1)
    seen = read(image, eye.axes.pixels(places.reshape(-1, 2))).reshape(4, 33, 3)
    best = np.take_along_axis(seen, seen.sum(-1).argmax(0)[None, :, None], 0)[0]
    soft = np.stack([np.convolve(np.pad(c, 4, "edge"), np.ones(9) / 9, "valid") for c in best.T])
    return np.stack([np.interp(TABLE, u, channel) for channel in soft])


def read(image: Pixels, xy: Array) -> Array:
    """RGB at the nearest pixels of `xy` (n, 2), shape (n, 3)."""
    height, width = image.shape[:2]
    x = np.clip(xy[:, 0].round().astype(int), 0, width - 1)
    y = np.clip(xy[:, 1].round().astype(int), 0, height - 1)
    return np.asarray(image[y, x, :3], np.float64)
