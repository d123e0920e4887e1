"""What Python makes of many rows of motion, for JavaScript to make the same."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from chatanything.landmarks import Face
from chatanything.talking_head.constants.eye_constants import RESTING_LID, STEPS
from chatanything.talking_head.constants.field_constants import STEEPEST
from chatanything.talking_head.rig import make_rig, motion_rows, rig_bytes
from chatanything.talking_head.rig.records import GridFields
from chatanything.talking_head.warp.displacement import Basis
from chatanything.talking_head.warp.mouth.channel_weights import mouth_weights, skin_weights
from chatanything.talking_head.warp.mouth.lip_motion import Lips
from chatanything.talking_head.warp.remap import CvRemapper, Field
from chatanything.talking_head.warp.warp_head import WarpedPortrait

from .moving_portraits import random_motion

ROWS = 200
EVERY = 10
"""Rows of which whole fields and curves are told."""


class ExactRemapper(CvRemapper):
    """Linear sampling without OpenCV's rounding to 1/32 of a cell."""

    def field(self, field: Field, xy: Field) -> Field:
        """See `Remapper`."""
        rows, columns = field.shape[:2]
        x, y = np.clip(xy[..., 0], 0, columns - 1), np.clip(xy[..., 1], 0, rows - 1)
        i, j = x.astype(int), y.astype(int)
        right, low = np.minimum(i + 1, columns - 1), np.minimum(j + 1, rows - 1)
        fx, fy = (x - i)[..., None], (y - j)[..., None]
        top = field[j, i] + (field[j, right] - field[j, i]) * fx
        foot = field[low, i] + (field[low, right] - field[low, i]) * fx
        return np.asarray(top + (foot - top) * fy, np.float32)


def write_vectors(folder: Path, image: npt.NDArray[np.uint8], face: Face) -> None:
    """`character.rig` and `vectors.json` of one portrait."""
    rig, sampler = make_rig(image, face), ExactRemapper()
    made, motion = WarpedPortrait(image, face, sampler), random_motion(ROWS, 7)
    rows = motion_rows(motion)
    weights = [mouth_weights(made.mouth.names, motion, i, made.mouth.room) for i in range(ROWS)]
    told: dict[str, Any] = {
        "rows": rows.tolist(),
        "mouthWeights": [w.tolist() for w in weights],
        "skinWeights": [skin_weights(motion, i) for i in range(ROWS)],
        "eyes": [_eyes(rows[i].tolist()) for i in range(ROWS)],
        "every": EVERY,
        "lips": [_lips(made.mouth.lips(w)) for w in weights[::EVERY]],
    }
    heads = [row[15:21].tolist() for row in rows]
    brows = [row[10:13].tolist() for row in rows]
    told["fields"] = {
        "skull": _turned(rig.skull, heads, sampler),
        "upper": _turned(rig.mouth.upper, [w.tolist() for w in weights], sampler),
        "lower": _turned(rig.mouth.lower, [w.tolist() for w in weights], sampler),
        "brows": _turned(rig.brows, brows, sampler, softened=True),
    }
    (folder / "character.rig").write_bytes(rig_bytes(rig))
    (folder / "vectors.json").write_text(json.dumps(told), encoding="utf-8")


def _turned(
    told: GridFields, weights: list[list[float]], sampler: ExactRemapper, softened: bool = False
) -> list[dict[str, Any]]:
    """Weights and the field that they come to, turned around, as a page reads it in halves."""
    basis = Basis(list(told.fields.astype(np.float32)), told.grid.cell)
    made = []
    for row in weights[::EVERY]:
        forward = basis.mix(row)
        across, down = np.diff(forward[..., 0], axis=1), np.diff(forward[..., 1], axis=0)
        squeeze = -min(float(across.min()), float(down.min())) / told.grid.cell
        if softened and squeeze > STEEPEST:
            forward *= np.float32(STEEPEST / squeeze)
        back = basis.inverse(forward, sampler)
        made.append({"weights": row, "back": back.ravel().tolist()})
    return made


def _lips(lips: Lips) -> dict[str, Any]:
    return {
        "upper": lips.upper.tolist(),
        "lower": lips.lower.tolist(),
        "ends": [lips.left, lips.right, lips.jaw],
    }


def _eyes(row: list[float]) -> list[float]:
    """Gaze and closures as `Eyes.show` tells them apart."""
    rest = RESTING_LID * max(row[13], 0.0)
    closures = [rest + (1 - rest) * blink for blink in row[6:8]]
    return [round(STEPS * part) / STEPS for part in (*row[8:10], *closures)]
