"""What is seen between open lips: dark, tongue and teeth, lit as the portrait is.

The upper teeth hang on the skull and the lower teeth and the tongue lie on the jaw, so an
opening mouth uncovers them instead of stretching them. Lengths are in half mouth widths.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...constants.mouth_constants import (
    APART,
    FLOOR,
    GAPS,
    LINING_SHOWN,
    LOWER_EDGE,
    LOWER_ENDS,
    LOWER_LOOK,
    LOWER_SHOWN,
    LOWER_TEETH,
    OWN_TEETH,
    RIM,
    SEAM_CLOSES,
    SHADE,
    SOFTENED,
    SOFTEST,
    STEEP,
    THIN,
    TONGUE,
    TONGUE_ARCH,
    TONGUE_EDGE,
    TONGUE_GROOVE,
    TONGUE_ROLL,
    TONGUE_ROLLS,
    TONGUE_SIDE,
    UPPER_EDGE,
    UPPER_ENDS,
    UPPER_LOOK,
    UPPER_TEETH,
)
from ..compositing import blend, cover, step, tint, to_bytes
from ..face_geometry import TABLE, Axes, at
from ..sampled_colours import SampledColours
from .lip_motion import Lips

Field = npt.NDArray[np.float32]
Pixels = npt.NDArray[np.uint8]
ENAMEL = np.array([240, 232, 216], np.float32)
FLESH = np.array([196, 92, 92], np.float32)
LINING = np.array([108, 51, 51], np.float32)
"""The inner side of the lower lip."""


@dataclass(frozen=True)
class MouthInterior:
    """What the mouth does besides opening; see `MouthTrack`."""

    rest: float
    """Height at which closed lips meet, in half mouth widths."""
    tongue: float
    teeth: float
    wide: float
    round: float
    seam: float
    """Widens the opening a little, to hide what an open-mouthed portrait showed there."""
    soft: float
    """Least width of an edge, in half mouth widths: nothing is sharper than the portrait is."""

    def inwards(self, way: Field, middle: float, width: float) -> Field:
        """0 to 1 across an edge of `width` around `middle` of the way into something."""
        half = max(width, SOFTEST * self.soft) / 2
        return step(middle - half, middle + half, way)


def paint_mouth_interior(
    frame: Pixels, uv: Field, lips: Lips, axes: Axes, light: SampledColours, inside: MouthInterior
) -> None:
    """Paint the inside of the mouth into `frame` (h, w, 4), whose pixels lie at `uv` (h, w, 2)."""
    u, v = uv[..., 0], uv[..., 1]
    widest = float((lips.lower - lips.upper).max())
    # Fringes of what the portrait showed are only seen on lips that (almost) meet.
    seam = np.float32(inside.seam * max(1 - widest / SEAM_CLOSES[0], SEAM_CLOSES[1]))
    top, bottom = at(lips.upper, u) - seam, at(lips.lower, u) + seam
    # A gap that is thinner than its edges is dark all the same: there the portrait is torn.
    width = float(np.clip(widest + 2 * seam, THIN * inside.soft, RIM * inside.soft))
    share = _opened(v - top, bottom - v, u, lips, width)
    rows, columns = np.flatnonzero(share.any(1)), np.flatnonzero(share.any(0))
    if not len(rows):
        return
    # What lies around the opening is not worth painting.
    part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    u, v, top, bottom, share = (field[part] for field in (u, v, top, bottom, share))
    rgb = np.empty((3, *u.shape), np.float32)
    rgb[:] = tint(light.dark)
    # Closed lips must not show a white seam.
    apart = min(widest / APART, 1.0)
    if not light.flat:
        _furnish(rgb, (u, v, top, bottom), lips, light, inside, apart)
    if light.teeth is not None:
        # They bring some shadow of their own; lips that push forward hide them.
        seen, tooth = light.teeth.seen(u, v)
        shade = 1.0 if light.flat else _shade(v - top) ** np.float32(OWN_TEETH[0])
        _over(rgb, seen, tooth * np.float32(apart * (1 - OWN_TEETH[1] * inside.round)), shade)
    blend(frame[part], to_bytes(rgb), to_bytes(share * 255))


def _furnish(
    rgb: Field,
    places: tuple[Field, Field, Field, Field],
    lips: Lips,
    light: SampledColours,
    inside: MouthInterior,
    apart: float,
) -> None:
    """Tongue, teeth and shadow at `places`: u, v, and the edges of the lips there."""
    u, v, top, bottom = places
    half = max((lips.right - lips.left) / 2, 0.1)
    s = np.clip((u - np.float32((lips.left + lips.right) / 2)) * np.float32(1 / half), -1, 1)
    _tongue(rgb, tint(light.lit(FLESH)), u, v, s, lips.jaw, inside)
    enamel = tint(light.lit(ENAMEL))
    _lower_teeth(rgb, enamel, u, v, s, lips.jaw, apart, inside)
    if light.teeth is None:
        _upper_teeth(rgb, enamel, u, v, s, apart, inside)
    rgb *= _shade(v - top)
    widest = float((lips.lower - lips.upper).max())
    strength, reached, height = LINING_SHOWN
    lining = np.float32(strength * min(widest / reached, 1.0)) * step(height, 0.0, bottom - v)
    rgb += (tint(light.lit(LINING)) - rgb) * lining


def _shade(below: Field) -> Field:
    """Brightness at places that lie so far below the upper lip."""
    return np.asarray(SHADE[0] + (1 - SHADE[0]) * step(0.0, SHADE[1], below))


def _opened(above: Field, below: Field, u: Field, lips: Lips, width: float) -> Field:
    """Share of the opening in pixels that lie `above` under its upper edge and `below` over its
    lower one, if edges are `width` wide."""
    inside = cover(
        above * at(_square(lips.upper), u), below * at(_square(lips.lower), u), 1 / width
    )
    left, right = np.float32(lips.left - width), np.float32(lips.right + width)
    return inside * cover(u - left, right - u, 1 / width)


def _square(line: Field) -> Field:
    """How much nearer a line over TABLE is than it is straight up or down."""
    slope = np.gradient(line, TABLE[1] - TABLE[0])
    return np.asarray(1 / np.sqrt(1 + np.minimum(slope * slope, STEEP)), np.float32)


def _tongue(
    rgb: Field, flesh: Field, u: Field, v: Field, s: Field, jaw: float, inside: MouthInterior
) -> None:
    """The tongue lies behind the lower teeth; its tip rises to the upper ones for "th" and "l"."""
    floor, raised = inside.rest + jaw, inside.tongue
    high, rise, least = TONGUE
    depth = floor - high - raised * max(rise * (floor - FLOOR), least)
    crown = v - np.float32(depth) - np.float32(TONGUE_ARCH[0] + TONGUE_ARCH[1] * raised) * u * u
    deep, wide = TONGUE_GROOVE
    groove = 1 - np.float32(deep * (1 - raised)) * np.exp(-((u / np.float32(wide)) ** 2))
    crest, gain, loss = TONGUE_ROLL
    roll = crest + gain * step(0.0, TONGUE_ROLLS[0], crown) - loss * step(*TONGUE_ROLLS, crown)
    side = 1 - np.float32(TONGUE_SIDE) * s * s
    _over(rgb, flesh, inside.inwards(crown, *TONGUE_EDGE), side * groove * roll)


def _lower_teeth(
    rgb: Field,
    enamel: Field,
    u: Field,
    v: Field,
    s: Field,
    jaw: float,
    apart: float,
    inside: MouthInterior,
) -> None:
    """On the jaw, behind the lip; they rise to the upper row for "s" and "f"."""
    together = inside.teeth
    height, rise, arch = LOWER_TEETH
    top = inside.rest + jaw - height - rise * together * max(jaw - FLOOR, 0)
    crown = v - np.float32(top) - np.float32(arch) * u * u
    most = apart * max(together, LOWER_SHOWN[0] * max(inside.wide, 0.0)) * (1 - inside.round)
    if most < LOWER_SHOWN[1]:
        return
    shown = inside.inwards(crown, *LOWER_EDGE) * step(*LOWER_ENDS, np.abs(s)) * np.float32(most)
    dark, width, bright = LOWER_LOOK
    side = 1 - np.float32(dark) * s * s
    _over(rgb, enamel, shown, side * _gaps(u, width, inside.soft) * np.float32(bright))


def _upper_teeth(
    rgb: Field, enamel: Field, u: Field, v: Field, s: Field, apart: float, inside: MouthInterior
) -> None:
    """On the skull: spread lips show more of them, rounded lips hide them."""
    spread = max(inside.wide, inside.teeth, 0.0)
    height, more, hidden, arch = UPPER_TEETH
    height += more * spread - hidden * inside.round
    edge = np.float32(inside.rest + height) - np.float32(arch) * u * u - v
    shown = inside.inwards(edge, *UPPER_EDGE) * step(*UPPER_ENDS, np.abs(s)) * np.float32(apart)
    dark, width, bright, gain = UPPER_LOOK
    side = 1 - np.float32(dark) * s * s
    _over(
        rgb,
        enamel,
        shown,
        side * _gaps(u, width, inside.soft) * (bright + gain * step(0.0, SOFTENED, edge)),
    )


def _over(rgb: Field, colour: Field, share: Field, shade: Field | float) -> None:
    rgb += (colour * shade - rgb) * share


def _gaps(u: Field, width: float, soft: float) -> Field:
    """Faint dark lines between teeth that are `width` wide."""
    off = np.abs((u * np.float32(1 / width)) % 1 - np.float32(0.5)) * 2
    return np.asarray(1 - np.float32(GAPS[1]) * step(max(GAPS[0] - soft / width, 0.0), 1.0, off))
