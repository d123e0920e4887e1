"""What the sliders of LivePortrait's editor do, and how far our Motion moves each: a table.

Source of the sliders: `calc_fe` of https://github.com/PowerHouseMan/ComfyUI-AdvancedLivePortrait.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..records import Motion

FILE = Path(__file__).with_name("sliders.json")
ANGLES = ("pitch", "yaw", "roll")
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Table:
    """The numbers of `sliders.json`."""

    names: tuple[str, ...]
    """Of the sliders."""
    above: Array
    """What a unit adds to the keypoints while a slider is above 0, (sliders, 21, 3)."""
    below: Array
    """The same while it is below 0."""
    turns: Array
    """Degrees of pitch, yaw and roll that a unit adds, (sliders, 3)."""
    motion: Mapping[str, tuple[Array, Array]]
    """Units of every slider for 1 of a number of Motion, above 0 and below."""
    turn: Array
    """Degrees of pitch, yaw and roll for one of ours, (3,)."""
    scale: float
    """Growth of the face when the lungs are full."""
    lift: float
    """Its rise then, in face heights."""

    def moved(self, values: Array) -> tuple[Array, Array]:
        """What sliders (n,) add to the keypoints, (21, 3), and to pitch, yaw and roll, (3,)."""
        high, low = np.maximum(values, 0), np.minimum(values, 0)
        delta = np.tensordot(high, self.above, 1) + np.tensordot(low, self.below, 1)
        return delta, values @ self.turns

    def values(self, numbers: Mapping[str, float]) -> Array:
        """The sliders (n,) for numbers of Motion by their names in the table."""
        sides = (
            (self.motion[name][0] if number > 0 else self.motion[name][1]) * number
            for name, number in numbers.items()
        )
        return np.asarray(np.sum(list(sides), axis=0), np.float64)


def row_of(motion: Motion, i: int) -> dict[str, float]:
    """The numbers of frame `i` that move sliders."""
    track = motion.mouth
    return {
        "jaw": float(track.jaw[i]),
        "wide": float(track.wide[i]),
        "round": float(track.round[i]),
        "smile": float(motion.smile[i]),
        "lid": float(motion.lid[i]),
        "brow": float(motion.brow[i].mean()),
        "frown": float(motion.frown[i]),
        "gaze_x": float(motion.gaze[i, 0]),
        "gaze_y": float(motion.gaze[i, 1]),
    }


@lru_cache(maxsize=1)
def load_table() -> Table:
    """The table of this package."""
    raw = json.loads(FILE.read_text("utf-8"))
    names = tuple(raw["sliders"])
    sides = [[_side(raw["sliders"][name], side) for name in names] for side in ("above", "below")]
    turns = [[raw["turns"].get(name, {}).get(angle, 0.0) for angle in ANGLES] for name in names]
    motion = {
        name: (_units(sides, "above", names), _units(sides, "below", names))
        for name, sides in raw["motion"].items()
    }
    turn = np.array([raw["turn"][angle] for angle in ANGLES])
    above, below = map(np.array, sides)
    return Table(names, above, below, np.array(turns), motion, turn, raw["scale"], raw["lift"])


def _side(entry: Any, side: str) -> Array:
    """What a slider adds to the keypoints for a unit, (21, 3)."""
    delta = np.zeros((21, 3))
    for keypoint, axis, amount in entry[side] if isinstance(entry, dict) else entry:
        delta[keypoint, "xyz".index(axis)] += amount
    return delta


def _units(sides: Mapping[str, Mapping[str, float]], side: str, names: tuple[str, ...]) -> Array:
    return np.array([sides.get(side, {}).get(name, 0.0) for name in names])
