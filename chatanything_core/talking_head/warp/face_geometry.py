"""Where the parts of one face are in its picture, in pixels and in their own axes."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from ...landmarks import Eye, Face
from ..constants.field_constants import TABLE_COUNT, TABLE_END
from ..curves import through

Array = npt.NDArray[np.float64]
TABLE = np.linspace(-TABLE_END, TABLE_END, TABLE_COUNT)
"""Places along an axis, in units, at which curves are tabulated."""


@dataclass(frozen=True, eq=False)
class Axes:
    """A part's own axes: `x` along it to the viewer's right, `y` down across it."""

    origin: Array
    """Pixels, shape (2,)."""
    x: Array
    """Unit vector, shape (2,)."""
    unit: float
    """Pixels to one unit of the part, its half width."""

    @classmethod
    def between(cls, left: Array, right: Array) -> "Axes":
        """Axes whose units -1 and 1 on x are the two corners of a part."""
        along = right - left
        length = max(float(np.hypot(*along)), 2.0)
        return cls((left + right) / 2, along / length, length / 2)

    @property
    def y(self) -> Array:
        """Unit vector across, shape (2,)."""
        return np.array([-self.x[1], self.x[0]])

    def local(self, xy: npt.ArrayLike) -> Array:
        """Pixels (..., 2) in units."""
        d = (np.asarray(xy, np.float64) - self.origin) / self.unit
        return np.stack([d @ self.x, d @ self.y], -1)

    def pixels(self, uv: npt.ArrayLike) -> Array:
        """Units (..., 2) in pixels."""
        return self.origin + self.vector(uv)

    def vector(self, uv: npt.ArrayLike) -> Array:
        """A displacement in units (..., 2) in pixels."""
        q = np.asarray(uv, np.float64) * self.unit
        return q[..., :1] * self.x + q[..., 1:] * self.y


def smooth_curve(axes: Axes, points: Array, before: Array, after: Array) -> Array:
    """Height above TABLE of the smooth curve through `points` (n, 2) in pixels, in units.

    `before` and `after` are the next points round both corners; they round the ends of an open
    mouth or eye, where the curve is steep.
    """
    local = axes.local(np.concatenate([[before], points, [after]]))
    steps = np.maximum(np.hypot(*np.diff(local, axis=0).T), 1e-3)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    dense = np.linspace(way[1], way[-2], 24 * len(points))
    u, v = through(way, local[:, 0], dense), through(way, local[:, 1], dense)
    rising = np.maximum.accumulate(u) + 1e-9 * np.arange(len(u))
    return np.interp(TABLE, rising, v)


def at(table: npt.NDArray[np.float32], u: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
    """Values of a curve on TABLE at positions `u`; nearest entry, a quarter pixel or finer."""
    index = (u * np.float32(200) + np.float32(600.5)).astype(np.int32)
    return table.take(index, mode="clip")


Field = npt.NDArray[np.float32]


def local(axes: Axes, xy: Field) -> Field:
    """`axes.local` in single precision, for the frame loop; no matrix product."""
    cos, sin = (axes.x / axes.unit).astype(np.float32)
    x, y = xy[..., 0] - np.float32(axes.origin[0]), xy[..., 1] - np.float32(axes.origin[1])
    out = np.empty_like(xy)
    np.add(x * cos, y * sin, out=out[..., 0])
    np.subtract(y * cos, x * sin, out=out[..., 1])
    return out


def doubled_pixels(axes: Axes, u: Field, v: Field) -> Field:
    """Positions `u`, `v` in units as positions in a doubled picture, for the frame loop."""
    cos, sin = (axes.x * axes.unit * 2).astype(np.float32)
    out = np.empty((*u.shape, 2), np.float32)
    np.add(u * cos - v * sin, np.float32(axes.origin[0] * 2), out=out[..., 0])
    np.add(u * sin + v * cos, np.float32(axes.origin[1] * 2), out=out[..., 1])
    return out


@dataclass(frozen=True, eq=False)
class Mouth:
    """Lip curves over TABLE, in half mouth widths."""

    axes: Axes
    upper_out: Array
    upper_in: Array
    lower_in: Array
    lower_out: Array
    inner: tuple[float, float]
    """Left and right end of the opening."""
    nose: float
    """Height of the base of the nose, below which the upper lip moves; negative."""
    chin: float
    """Height of the chin."""


@dataclass(frozen=True, eq=False)
class Lids:
    """Lid curves of one eye over TABLE, in half eye widths."""

    axes: Axes
    upper: Array
    lower: Array
    brow: float
    """Height of the brow above the eye; negative."""
    iris: Array
    """Centre, shape (2,)."""
    iris_radius: float
    lidless: bool
    looks: bool
    """True when the iris is known and has white around it to move in."""


def mouth_of(points: Array) -> Mouth:
    """The mouth of 68 points (68, 2) in pixels."""
    axes = Axes.between(points[48], points[54])
    local = axes.local(points)
    top, bottom = points[48:55], points[[48, 59, 58, 57, 56, 55, 54]]
    upper_out = smooth_curve(axes, top, bottom[1], bottom[-2])
    lower_out = smooth_curve(axes, bottom, top[1], top[-2])
    top, bottom = points[60:65], points[[60, 67, 66, 65, 64]]
    upper_in = smooth_curve(axes, top, bottom[1], bottom[-2])
    lower_in = smooth_curve(axes, bottom, top[1], top[-2])
    inside = (TABLE > -1) & (TABLE < 1)
    nose = min(local[31:36, 1].mean(), (upper_out[inside]).min() - 0.15)
    chin = max(local[6:11, 1].max(), lower_out[inside].max() + 0.4)
    return Mouth(
        axes=axes,
        upper_out=np.minimum(upper_out, upper_in),
        upper_in=upper_in,
        lower_in=np.maximum(lower_in, upper_in),
        lower_out=np.maximum(lower_out, np.maximum(lower_in, upper_in)),
        inner=(min(float(local[60, 0]), -0.5), max(float(local[64, 0]), 0.5)),
        nose=float(nose),
        chin=float(chin),
    )


def lids_of(face: Face, points: Array) -> tuple[Lids, Lids]:
    """Both eyes; from the exact geometry when the face has it, else from the 68 points."""
    size = np.ptp(points, axis=0) / np.maximum(np.ptp(face.points, axis=0), 1e-9)
    made = []
    for index, (first, brow) in enumerate(((36, 17), (42, 22))):
        eye = face.eyes[index] if face.eyes else _meshed(face, index)
        p = points[first : first + 6]
        upper = eye.upper * size if eye else p[[0, 1, 2, 3]]
        lower = eye.lower * size if eye else p[[0, 5, 4, 3]]
        axes = Axes.between((upper[0] + lower[0]) / 2, (upper[-1] + lower[-1]) / 2)
        iris = np.array(eye.iris) * size if eye else p.mean(0)
        radius = eye.iris_radius * size[0] / axes.unit if eye else 0.42
        brow_height = axes.local(points[brow : brow + 5])[:, 1].mean()
        top = smooth_curve(axes, upper, lower[1], lower[-2])
        bottom = smooth_curve(axes, lower, upper[1], upper[-2])
        made.append(
            Lids(
                axes=axes,
                upper=top,
                lower=np.maximum(bottom, top),
                brow=float(min(brow_height, top.min() - 0.3)),
                iris=axes.local(iris),
                iris_radius=float(radius),
                lidless=bool(eye and eye.lidless),
                looks=bool(eye and radius < 0.8),
            )
        )
    return made[0], made[1]


MESH_LIDS = (
    ((33, 246, 161, 160, 159, 158, 157, 173, 133), (33, 7, 163, 144, 145, 153, 154, 155, 133)),
    ((362, 398, 384, 385, 386, 387, 388, 466, 263), (362, 382, 381, 380, 374, 373, 390, 249, 263)),
)
"""Upper and lower lid of the left and right eye among the 478 MediaPipe points."""


def _meshed(face: Face, index: int) -> Eye | None:
    """An eye of the 478-point mesh; None without one."""
    if face.mesh is None:
        return None
    upper, lower = (face.mesh[list(lid)] for lid in MESH_LIDS[index])
    # Five points a pupil: centre, then right, top, left and bottom of the iris.
    iris = face.mesh[468 + 5 * index : 473 + 5 * index]
    radius = float(np.abs(iris[1, 0] - iris[3, 0]) / 2)
    return Eye((float(iris[0, 0]), float(iris[0, 1])), radius, upper, lower)
