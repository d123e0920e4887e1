"""The attention mesh's own operators: it looks closer at lips and eyes (Grishchenko et al. 2020).

A 2D transform is fitted to a region of the coarse mesh, features are sampled in it, and the
refined points are put back. What each region is, the file says in options that TFLite does not
know (FlexBuffers); the figures here are those, and a region is told by the list that is in them.
"""

from dataclasses import dataclass

import numpy as np

from .node import Array, Builder, Node, Run

# fmt: off
LIPS = (
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0, 267, 269, 270, 409,
    78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
    76, 77, 90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
    62, 96, 89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
)
"""Mesh indices of the 80 refined points of the lips."""
LEFT_EYE = (
    33, 7, 163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173,
    130, 25, 110, 24, 23, 22, 26, 112, 243, 247, 30, 29, 27, 28, 56, 190,
    226, 31, 228, 229, 230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189,
    35, 124, 46, 53, 52, 65, 143, 111, 117, 118, 119, 120, 121, 128, 245,
    156, 70, 63, 105, 66, 107, 55, 193,
)
"""Mesh indices of the 71 refined points round the viewer's left eye."""
RIGHT_EYE = (
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398,
    359, 255, 339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414,
    446, 261, 448, 449, 450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413,
    265, 353, 276, 283, 282, 295, 372, 340, 346, 347, 348, 349, 350, 357, 465,
    383, 300, 293, 334, 296, 336, 285, 417,
)
"""Mesh indices of the 71 refined points round the viewer's right eye."""
# fmt: on
SCALE = 1.5
"""How much larger than its points a region is."""


@dataclass(frozen=True)
class Region:
    """A part of the mesh that is looked at closer."""

    points: tuple[int, ...]
    corners: tuple[int, int]
    """Mesh indices of the two points that lie level in the region's own frame."""


REGIONS = (Region(LIPS, (61, 291)), Region(LEFT_EYE, (33, 133)), Region(RIGHT_EYE, (362, 263)))


def region_of(options: bytes) -> Region:
    """The region whose list of points is in a custom operator's options."""
    for region in REGIONS:
        if np.array(region.points, "<u2").tobytes() in options:
            return region
    raise ValueError("a region of the mesh unknown here")


def landmarks_to_transform_matrix(node: Node) -> Run:
    """The transform, shape (1, 4, 4), from a region's frame to that of the coarse points."""
    region, size = region_of(node.custom_options), 16.0
    if node.shapes[0] != (1, 468, 3):
        raise ValueError(f"a mesh of shape {node.shapes[0]}")
    node.expect((1, 4, 4))

    def run(mesh: Array) -> Array:
        spots = mesh.reshape(-1, 3)[:, :2].astype(np.float64)
        across = spots[region.corners[1]] - spots[region.corners[0]]
        turn = np.arctan2(across[1], across[0])
        level = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
        turned = spots[list(region.points)] @ level.T
        low, high = turned.min(0), turned.max(0)
        matrix = np.eye(4)
        matrix[:2, :2] = level.T * (SCALE * (high - low) / size)
        matrix[:2, 3] = level.T @ ((low + high) / 2) - matrix[:2, :2] @ (size / 2, size / 2)
        return matrix[None].astype(np.float32)

    return run


def transform_tensor_bilinear(node: Node) -> Run:
    """Features sampled in a region; zero outside the picture."""
    source, matrix = node.shapes[0], node.shapes[1]
    if len(source) != 4 or matrix != (1, 4, 4):
        raise ValueError(f"features {source} in a frame {matrix}")
    h, w = node.shape[1:3]
    node.expect((1, h, w, source[3]))
    grid = np.stack(np.meshgrid(np.arange(w) + 0.5, np.arange(h) + 0.5), -1)

    def run(features: Array, frame: Array) -> Array:
        frame = frame[0].astype(np.float64)
        spots = grid @ frame[:2, :2].T + frame[:2, 3] - 0.5
        last = np.array(features.shape[2:0:-1]) - 1
        inside = ((spots >= 0) & (spots <= last)).all(-1, keepdims=True)
        spots = np.where(inside, spots, 0.0)
        (x0, y0), part = np.floor(spots).astype(int).transpose(2, 0, 1), spots % 1
        x1, y1 = np.minimum(x0 + 1, last[0]), np.minimum(y0 + 1, last[1])
        fx, fy = part[..., :1], part[..., 1:]
        plane = features[0]
        upper = plane[y0, x0] * (1 - fx) + plane[y0, x1] * fx
        lower = plane[y1, x0] * (1 - fx) + plane[y1, x1] * fx
        blended: Array = (upper * (1 - fy) + lower * fy) * inside
        return blended[None].astype(np.float32)

    return run


def transform_landmarks(node: Node) -> Run:
    """Points of a region put back into the frame of the picture."""
    points, matrix = node.shapes[0], node.shapes[1]
    if len(points) != 3 or points[2] != 2 or matrix != (1, 4, 4):
        raise ValueError(f"points {points} in a frame {matrix}")
    node.expect(points)
    return lambda spots, frame: spots @ frame[0, :2, :2].T + frame[0, :2, 3]


CUSTOM_BUILDERS: dict[str, Builder] = {
    "Landmarks2TransformMatrix": landmarks_to_transform_matrix,
    "TransformTensorBilinear": transform_tensor_bilinear,
    "TransformLandmarks": transform_landmarks,
}
"""Builder of each custom operator by its name."""
