"""What emotions do to a face (Ekman's action units, as far as this face has them)."""

from dataclasses import fields, replace
from typing import Any

import numpy as np

from ...persona import EmotionName
from .anatomy import FaceStyle

Change = dict[str, float]
"""Amounts added to fields of `FaceStyle`; `gaze_x` and `gaze_y` are those of `gaze`."""

EMOTION_SHAPES: dict[EmotionName, Change] = {
    "neutral": {"smile": 0.18},
    "happy": {
        "smile": 0.95,
        "squint": 0.35,
        "brow_lift": 0.35,
        "brow_arch": 0.3,
        "blush": 0.35,
        "eye_open": 0.05,
        "mouth_width": 0.14,
    },
    "sad": {
        "smile": -0.75,
        "brow_slant": -0.85,
        "glare": -0.75,
        "eye_open": -0.22,
        "brow_lift": 0.15,
        "gaze_y": 0.35,
        "blush": -0.2,
    },
    "angry": {
        "smile": -0.80,
        "brow_slant": 0.95,
        "glare": 0.95,
        "brow_lift": -0.55,
        "brow_weight": 0.40,
        "squint": 0.35,
        "eye_open": -0.05,
        "lips": -0.25,
        "blush": -0.1,
    },
    "afraid": {
        "smile": -0.40,
        "brow_slant": -0.75,
        "brow_lift": 0.75,
        "eye_open": 0.38,
        "iris_size": -0.16,
        "mouth_width": -0.08,
        "parted": 0.02,
        "blush": -0.3,
    },
    "disgusted": {
        "smile": -0.50,
        "brow_slant": 0.45,
        "brow_lift": -0.15,
        "squint": 0.60,
        "eye_open": -0.25,
        "glare": 0.35,
        "mouth_width": -0.05,
        "gaze_x": 0.5,
    },
    "surprised": {
        "brow_lift": 0.95,
        "brow_arch": 0.5,
        "eye_open": 0.42,
        "iris_size": -0.10,
        "parted": 0.035,
        "mouth_width": -0.16,
        "lips": 0.1,
    },
}
"""Full-strength expressions."""

_RANGES = {
    "eye_open": (0.50, 1.45), "squint": (0.0, 0.9), "glare": (-1.0, 1.0), "smile": (-1.0, 1.0),
    "brow_slant": (-1.0, 1.15), "brow_lift": (-0.8, 1.0), "brow_arch": (0.0, 1.2), "age": (0.0, 1.0),
    "brow_weight": (0.5, 1.7), "lips": (0.5, 1.5), "blush": (0.0, 1.0), "mouth_width": (0.8, 1.2),
    "nose": (0.7, 1.3), "eye_size": (1.0, 1.46), "iris_size": (0.72, 1.2), "lashes": (0.0, 1.0),
    "eye_tilt": (-1.0, 1.0), "parted": (0.0, 0.04), "freckles": (0.0, 1.0),
}  # fmt: skip


def apply_emotion(look: FaceStyle, change: Change) -> FaceStyle:
    """Add `change` to a look, kept within what can be animated."""
    gaze = (look.gaze[0] + change.get("gaze_x", 0.0), look.gaze[1] + change.get("gaze_y", 0.0))
    known = {field.name: getattr(look, field.name) for field in fields(look)}
    values: dict[str, Any] = {
        name: float(np.clip(known[name] + amount, *_RANGES[name]))
        for name, amount in change.items()
        if name in _RANGES
    }
    return replace(
        look, gaze=(float(np.clip(gaze[0], -1, 1)), float(np.clip(gaze[1], -1, 1))), **values
    )


def add_shape(total: Change, change: Change, amount: float) -> None:
    for name, value in change.items():
        total[name] = total.get(name, 0.0) + value * amount
