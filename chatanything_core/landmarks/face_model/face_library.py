"""Faces to start a guide from: made by our own geometry, no photographs of people."""

from dataclasses import dataclass

from ...persona import EmotionName
from .anatomy import FaceStyle


@dataclass(frozen=True)
class Reference:
    """One face of the library."""

    look: FaceStyle
    pose: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Yaw, pitch and roll in degrees, each within 20."""
    expression: EmotionName = "neutral"


ADULT = FaceStyle(eye_size=1.0, smile=0.1)
CHILD = FaceStyle(eye_size=1.22, nose=0.8, mouth_width=0.9, jaw=1.06, chin=0.93, iris_size=1.1)
ELDER = FaceStyle(eye_size=0.95, eye_open=0.88, nose=1.15, lips=0.7, jaw=1.03, chin=1.04, age=0.9)
NARROW = FaceStyle(eye_size=1.0, jaw=0.90, chin=1.06, nose=0.95)
BROAD = FaceStyle(eye_size=0.97, jaw=1.10, chin=0.96, nose=1.15, mouth_width=1.1)
SOFT = FaceStyle(eye_size=1.12, lips=1.25, lashes=0.8, brow_weight=0.7, jaw=0.96)

LIBRARY: dict[str, Reference] = {
    "average": Reference(ADULT),
    "average, turned left": Reference(ADULT, (-18, 0, 0)),
    "average, turned right": Reference(ADULT, (18, 0, 0)),
    "average, looking up": Reference(ADULT, (0, 14, 0)),
    "average, looking down": Reference(ADULT, (0, -14, 0)),
    "average, tilted": Reference(ADULT, (0, 0, 12)),
    "child": Reference(CHILD),
    "child, laughing": Reference(CHILD, (0, 4, -6), "happy"),
    "child, astonished": Reference(CHILD, (8, 6, 0), "surprised"),
    "child, shy": Reference(CHILD, (-14, -8, 6), "afraid"),
    "elder": Reference(ELDER),
    "elder, kind": Reference(ELDER, (10, 0, 4), "happy"),
    "elder, stern": Reference(ELDER, (0, -4, 0), "angry"),
    "elder, in sorrow": Reference(ELDER, (-10, -8, -4), "sad"),
    "narrow face": Reference(NARROW),
    "narrow face, three-quarter": Reference(NARROW, (20, 2, 0)),
    "narrow face, disdainful": Reference(NARROW, (-12, 10, 0), "disgusted"),
    "broad face": Reference(BROAD),
    "broad face, merry": Reference(BROAD, (-8, 2, 5), "happy"),
    "broad face, furious": Reference(BROAD, (0, -6, 0), "angry"),
    "soft face": Reference(SOFT),
    "soft face, dreamy": Reference(SOFT, (14, 8, 8), "happy"),
    "soft face, wistful": Reference(SOFT, (-16, -4, -8), "sad"),
    "soft face, startled": Reference(SOFT, (6, 0, 0), "surprised"),
}
"""References by name; new ones are appended, since workflows keep the names."""
