"""What a judge sees on a portrait."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from ...landmarks import Detector, Face, FaceGuide
from ...landmarks.registry import CONFIDENCE
from ...landmarks.user_points import CORNERS
from ..records import Look
from .film_meters import eyes_apart


def faces_seen(image: npt.NDArray[np.uint8], judge: Detector) -> tuple[Face, ...]:
    """Faces that the judge finds with a confidence of 0.5, largest first."""
    return judge.detect(image, CONFIDENCE)


def look_at_portrait(
    seen: Sequence[Face], known: Face | None, wanted: FaceGuide | Face | None
) -> Look:
    """Whether a face was seen, and how far it is from the painter's and from the guide's."""
    exact = known if known is not None and known.origin == "known" else None
    return Look(bool(seen), _nearest(seen, exact), _nearest(seen, wanted))


def _nearest(seen: Sequence[Face], other: Face | FaceGuide | None) -> float | None:
    """Mean distance of the corners of the nearest face, in eye distances of `other`."""
    if other is None or not seen:
        return None
    corners = list(CORNERS)
    errors = []
    for face in seen:
        size = np.array(face.size, float)
        a, b = face.points * size, other.points * size
        away = np.linalg.norm(a[corners] - b[corners], axis=1).mean()
        errors.append(float(away / eyes_apart(b)))
    return min(errors)
