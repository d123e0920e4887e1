"""What the landmark stage returns.

Coordinates are normalised: x / width and y / height of the picture, origin at its top left,
so that a resized picture keeps its face. `left` and `right` are the viewer's.
"""

from dataclasses import dataclass, field
from typing import Annotated, Literal

import numpy as np
import numpy.typing as npt

from ..ranges import Range, Share

Origin = Literal["known", "guide", "detected", "placed"]
"""How landmarks were found: by construction or set by the user, carried from a guide and refined, by a detector,
or placed by a template."""


@dataclass(frozen=True, eq=False)
class Eye:
    """Exact geometry of one eye; what a blink needs that 68 points do not say."""

    iris: tuple[float, float]
    """Centre of the iris, normalised."""
    iris_radius: float
    """Divided by the picture's width."""
    upper: npt.NDArray[np.float64]
    """Upper lid edge from the left to the right corner, shape (n, 2), normalised."""
    lower: npt.NDArray[np.float64]
    """Lower lid edge from the left to the right corner, shape (n, 2), normalised."""
    lidless: bool = False
    """True for round cartoon eyes with no skin that could close over them: paint a lid."""


@dataclass(frozen=True, eq=False)
class Face:
    """Where a face is in its picture, and how that is known."""

    points: npt.NDArray[np.float64]
    """The 68 iBUG 300-W points, shape (68, 2), normalised."""
    size: tuple[int, int]
    """Width and height in pixels of the picture that they were found in."""
    origin: Origin
    eyes: tuple[Eye, Eye] | None = None
    """Left and right eye when known exactly; else derived from `points`."""
    mesh: npt.NDArray[np.float64] | None = None
    """The 478 MediaPipe points, shape (478, 2), normalised, when a detector gave them."""
    silhouette: npt.NDArray[np.float64] | None = None
    """Outline of the object that wears the face, closed polygon of shape (n, 2), normalised."""
    rigid: bool = False
    """True when the object does not bend (mug, phone): the jaw must not move its outline."""
    score: Share = 1.0
    """Animatability; `report` has its parts."""
    report: dict[str, float] = field(default_factory=dict)
    """Parts of the score, each in [0, 1], by name."""
    notes: tuple[str, ...] = ()
    """What a person should know of how it was found, such as "two faces, largest taken"."""
    guided: Share = 0.0
    """How firmly a painter was held to the points of an `origin` "guide": scale of the ControlNet times
    the share of steps that saw it. 0 when nobody says."""
    covered: bool = False
    """True when a detector saw the face but not its lips, as under a hand."""


@dataclass(frozen=True, eq=False)
class FaceGuide:
    """Where a face should be: given to a painter before it paints."""

    points: npt.NDArray[np.float64]
    """The 68 iBUG points, shape (68, 2), normalised."""
    control: npt.NDArray[np.uint8]
    """Control map for a ControlNet, RGB, shape (H, W, 3)."""
    style: str
    """Map style: `dots68`, `mediapipe`, `openpose`, or an annotator's name."""
    strength: Annotated[float, Range(0.0, 2.0)] = 1.0
    """How strongly the painter follows it; the ControlNet conditioning scale."""
    pose: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Yaw, pitch and roll in degrees."""
    expression: str = "neutral"
    """One of persona.EMOTIONS."""
    reference: npt.NDArray[np.uint8] | None = None
    """The picture that it was taken from, RGB, shape (H, W, 3)."""
    mesh: npt.NDArray[np.float64] | None = None
    """The 478 MediaPipe points, shape (478, 2), normalised, when known."""
    origin: Origin = "known"
    notes: tuple[str, ...] = ()
