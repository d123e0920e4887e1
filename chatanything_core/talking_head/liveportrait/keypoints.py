"""The keypoints of a face, and where a frame of our Motion moves them.

`x = scale * (kp @ R + exp + delta) + t`, equation 2 of https://arxiv.org/abs/2407.03168; lips and
eyes are closed and shoulders held still by the trained corrections (section 3.3 there).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from ...landmarks import Face
from ..records import Motion
from .networks.keypoint_corrections import NUMBERS, KeypointCorrections
from .networks.motion_extractor import KEYPOINTS, degrees
from .slider_table import ANGLES, load_table, row_of


@dataclass(frozen=True, eq=False)
class SourceFace:
    """What the motion network read in a crop; tensors of a batch of 1."""

    canonical: Tensor
    """Keypoints of the face at rest, seen from the front, (1, 21, 3)."""
    expression: Tensor
    """What its expression adds, (1, 21, 3)."""
    angles: Tensor
    """Pitch, yaw and roll in degrees, (1, 3)."""
    scale: Tensor
    """Size in its crop, (1, 1, 1)."""
    shift: Tensor
    """Place in its crop in halves of it, (1, 1, 3); z is 0."""

    def keypoints(
        self,
        delta: Tensor | float = 0.0,
        turn: Tensor | float = 0.0,
        growth: float = 0.0,
        shift: Tensor | float = 0.0,
    ) -> Tensor:
        """Keypoints (1, 21, 3) with an expression, degrees, growth and shift added."""
        turned = self.canonical @ rotation(self.angles + turn)
        return self.scale * (1 + growth) * (turned + self.expression + delta) + self.shift + shift


def source_of(found: dict[str, Tensor]) -> SourceFace:
    """From what the motion network says."""
    numbers = {name: tensor.float() for name, tensor in found.items()}
    flat = numbers["t"] * numbers["t"].new_tensor([1.0, 1.0, 0.0])
    return SourceFace(
        numbers["kp"].view(1, KEYPOINTS, 3),
        numbers["exp"].view(1, KEYPOINTS, 3),
        torch.stack([degrees(numbers[angle]) for angle in ANGLES], -1),
        numbers["scale"].view(1, 1, 1),
        flat[:, None],
    )


def rotation(angles: Tensor) -> Tensor:
    """Matrices (B, 3, 3) that turn row vectors by pitch, yaw and roll (B, 3) in degrees."""
    (sx, sy, sz), (cx, cy, cz) = (
        f(torch.deg2rad(angles)).unbind(-1) for f in (torch.sin, torch.cos)
    )
    rows = [
        *(cz * cy, cz * sy * sx - sz * cx, cz * sy * cx + sz * sx),
        *(sz * cy, sz * sy * sx + cz * cx, sz * sy * cx - cz * sx),
        *(-sy, cy * sx, cy * cx),
    ]
    return torch.stack(rows, -1).unflatten(-1, (3, 3)).mT


@dataclass(frozen=True, eq=False)
class Driver:
    """Moves the keypoints of one face."""

    source: SourceFace
    corrections: KeypointCorrections
    at_rest: Tensor
    """Keypoints of the portrait as it is, (1, 21, 3)."""
    lips_closed: Tensor
    """What closes its lips, (1, 21, 3)."""
    eyes_closed: Tensor
    """What closes its eyes, (1, 21, 3)."""
    tall: float
    """Height of the face in halves of the crop."""

    def keypoints(self, motion: Motion, i: int) -> Tensor:
        """Where frame `i` has them, (1, 21, 3)."""
        table, rest = load_table(), self.at_rest
        delta, turn = table.moved(table.values(row_of(motion, i)))
        right, down, roll, yaw, pitch = motion.head[i].tolist()
        breath = float(motion.breath[i])
        turn = turn + table.turn * (pitch, yaw, roll)
        shift = rest.new_tensor([right, down - table.lift * breath, 0.0]) * self.tall
        driven = self.source.keypoints(
            rest.new_tensor(delta), rest.new_tensor(turn), table.scale * breath, shift
        )
        driven = driven + float(motion.mouth.closed[i]) * self.lips_closed
        driven = driven + float(motion.blink[i].mean()) * self.eyes_closed
        held = self.corrections("retarget_shoulder", _numbers(rest, driven))
        return driven + _points(held) + _sideways(held)


def make_driver(
    source: SourceFace, corrections: KeypointCorrections, face: Face, tall: float
) -> Driver:
    """What moves the face that the motion network read; `tall` is its height in halves of the crop."""
    rest = source.keypoints()
    lips = rest.new_tensor([[lip_gap(face), 0.0]])
    eyes = rest.new_tensor([[*eye_gaps(face), 0.0]])
    return Driver(
        source,
        corrections,
        rest,
        _points(corrections("retarget_mouth", _numbers(rest, lips))),
        _points(corrections("retarget_eye", _numbers(rest, eyes))),
        tall,
    )


def _numbers(*parts: Tensor) -> Tensor:
    return torch.cat([part.flatten(1) for part in parts], 1)


def _points(numbers: Tensor) -> Tensor:
    return numbers[:, :NUMBERS].view(-1, KEYPOINTS, 3)


def _sideways(numbers: Tensor) -> Tensor:
    """The shift of the whole face, (1, 1, 3)."""
    return torch.nn.functional.pad(numbers[:, None, NUMBERS:], (0, 1))


def lip_gap(face: Face) -> float:
    """Height of the opening of the lips over the width of the mouth."""
    return _ratio(face, (62, 66), (48, 54))


def eye_gaps(face: Face) -> tuple[float, float]:
    """Height over width of the left and the right eye."""
    return (
        (_ratio(face, (37, 41), (36, 39)) + _ratio(face, (38, 40), (36, 39))) / 2,
        (_ratio(face, (43, 47), (42, 45)) + _ratio(face, (44, 46), (42, 45))) / 2,
    )


def _ratio(face: Face, high: tuple[int, int], wide: tuple[int, int]) -> float:
    points = face.points * face.size
    low = float(np.hypot(*(points[wide[0]] - points[wide[1]])))
    return float(np.hypot(*(points[high[0]] - points[high[1]]))) / max(low, 1e-6)
