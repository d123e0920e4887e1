"""The landmarks of what was painted: they are the same curves, so they are exact."""

import numpy as np

from ....landmarks import Eye, Face
from ....landmarks.face_model.anatomy import EyeShape, FaceFeatures
from ....landmarks.face_model.placement import Polygon
from ..composition import Composition
from ..design import Design


def landmarks_of(
    plan: Design, features: FaceFeatures, framing: Composition, size: tuple[int, int]
) -> Face:
    """The face of a painted figure on a picture of `size` (width, height)."""
    outline = plan.body.outline
    if outline is None:
        outline = next(part for part in plan.body.parts if part.role == "face").outlines[0]
    return Face(
        _share(framing.face.put(features.points), size),
        size,
        "known",
        eyes=(
            _eye(features.eyes[0], plan, framing, size),
            _eye(features.eyes[1], plan, framing, size),
        ),
        silhouette=_share(framing.put(outline), size),
        rigid=plan.body.rigid,
    )


def _eye(shape: EyeShape, plan: Design, framing: Composition, size: tuple[int, int]) -> Eye:
    x, y = framing.face.spot(*shape.iris)
    return Eye(
        (x / size[0], y / size[1]),
        shape.radius * framing.face.scale / size[0],
        _share(framing.face.put(shape.upper), size),
        _share(framing.face.put(shape.lower), size),
        plan.look.lidless,
    )


def _share(points: Polygon, size: tuple[int, int]) -> Polygon:
    return np.asarray(points / np.array(size, float))
