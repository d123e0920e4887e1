"""How well a face can be animated: a number in [0, 1] and its parts."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image

from .face_model.transform import into_frame, placement_of, template
from .records import Face, FaceGuide
from .registry import CONFIDENCE, detectors, ready_detectors

WEIGHTS = {
    "size": 1.0,
    "inside": 1.0,
    "frontal": 1.0,
    "eyes": 1.0,
    "mouth": 1.0,
    "detector": 1.0,
    "guide": 0.5,
}
"""Weights of the parts in the score's geometric mean; parts that were not measured drop out."""

GOOD = 0.5
"""Portraits below it are painted again by engines that can."""
CERTAINTY = {"known": 1.0, "detected": 1.0, "guide": 0.45, "placed": 0.3}
"""Factor on the score by how the landmarks were found; what nobody looked for is never GOOD."""
FIRM = 0.6
"""`Face.guided` from which a painter puts the face where it was told to: with our own model all
of 400 faces, eyes and mouth within a fiftieth of an eye distance of the guide's points."""
GUIDED = 0.9
"""Factor on the score of a face that was guided firmly."""
POOR = 0.25
"""A face that scores less is no better than a guess."""


def score_face(
    image: npt.NDArray[np.uint8],
    face: Face,
    *,
    guide: Face | FaceGuide | None = None,
    detector: str = "none",
) -> Face:
    """The face with `score` and `report` filled in for RGB `image`, shape (H, W, 3).

    `detector` names one that has to agree, `auto` takes the first that is installed.
    """
    size = np.array(face.size, float)
    points = face.points * size
    place = placement_of(points)
    report = {
        "size": _ramp(place.scale, 14.0, 44.0),
        "inside": _ramp(float(((face.points > 0) & (face.points < 1)).all(1).mean()), 0.6, 1.0),
        "frontal": _frontal(points),
        "eyes": _visible(image, face, (slice(36, 42), slice(42, 48))),
        "mouth": _visible(image, face, (slice(48, 68),)),
    }
    agreed = _agreement(image, face, detector)
    if agreed is not None:
        report["detector"] = agreed
    if guide is not None and face.origin != "guide":  # of itself it would be 1
        report["guide"] = _ramp(-face_distance(face, guide), -0.5, -0.05)
    total = sum(WEIGHTS[name] for name in report)
    mean = np.exp(sum(WEIGHTS[n] * np.log(max(v, 1e-3)) for n, v in report.items()) / total)
    return replace(face, score=float(mean * _certainty(face)), report=report)


def _certainty(face: Face) -> float:
    firm = face.origin == "guide" and face.guided >= FIRM
    return GUIDED if firm else CERTAINTY[face.origin]


def _ramp(value: float, low: float, high: float) -> float:
    return float(np.clip((value - low) / (high - low), 0, 1))


def _frontal(points: npt.NDArray[np.float64]) -> float:
    """1 when the nose tip lies midway between the eyes' outer corners and nothing is turned."""
    place = placement_of(points)
    frame = into_frame(points, place)
    aside = abs(float(frame[30, 0]))
    # A face seen from above or below has its nose tip near the eyes or near the mouth.
    mouth = float(frame[48:60, 1].mean())
    drop = float(frame[30, 1]) / max(mouth, 1e-6)
    usual = template()[30, 1] / template()[48:60, 1].mean()
    tilt = abs(drop - usual)
    upright = _ramp(-abs(place.roll), -60.0, -20.0)
    return upright * _ramp(-aside, -0.55, -0.15) * _ramp(-tilt, -0.6, -0.2)


def _visible(image: npt.NDArray[np.uint8], face: Face, groups: tuple[slice, ...]) -> float:
    """How much features stand out from the skin around them, by contrast in grey levels."""
    h, w = image.shape[:2]
    grey = np.asarray(Image.fromarray(image).convert("L"), np.float64) / 255
    values = []
    for group in groups:
        points = face.points[group] * (w, h)
        low, high = points.min(0), points.max(0)
        pad = 0.25 * (high - low) + 1
        x0, y0 = np.clip(np.floor(low - pad).astype(int), 0, (w - 1, h - 1))
        x1, y1 = np.clip(np.ceil(high + pad).astype(int) + 1, 1, (w, h))
        window = grey[y0 : max(y1, y0 + 1), x0 : max(x1, x0 + 1)]
        values.append(_ramp(float(window.std()), 0.01, 0.09))
    return min(values)


def _agreement(image: npt.NDArray[np.uint8], face: Face, detector: str) -> float | None:
    """1 when a detector puts eyes and mouth where `face` has them; None when none was asked."""
    names = ready_detectors()[:1] if detector == "auto" else (detector,)
    if detector == "none" or not names:
        return None
    faces = detectors.create(names[0]).detect(image, CONFIDENCE)
    if not faces:
        return 0.0
    return max(_ramp(-face_distance(other, face), -0.25, -0.05) for other in faces)


def face_distance(face: Face, other: Face | FaceGuide) -> float:
    """Mean distance of eyes, nose and mouth between two faces, in eye distances of the second."""
    size = np.array(face.size, float)
    a, b = face.points * size, other.points * size
    gap = np.linalg.norm(a[27:] - b[27:], axis=1).mean()
    return float(gap / placement_of(b).scale)
