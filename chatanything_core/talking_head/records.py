"""What the talking-head stage returns.

A `Motion` says what a face does in every video frame, in units that no portrait knows of, so
that any head can play it. `left` and `right` are the viewer's.
"""

from dataclasses import dataclass
from typing import Annotated

import numpy as np
import numpy.typing as npt

from ..persona import Emotion
from ..ranges import Range
from ..voice import MouthTrack

Floats = npt.NDArray[np.float32]
Amount = Annotated[float, Range(0.0, 2.0, "(0 is off, 1 natural)")]


@dataclass(frozen=True)
class Amounts:
    """How much of every part is shown.

    Parts are independent: changing one leaves every number of the others as it was.
    """

    mouth: Amount = 1.0
    """Opening and shaping of the lips and the jaw."""
    blink: Amount = 1.0
    """Blink rate: 0 never, 1 about 17 a minute when calm and more while talking."""
    brows: Amount = 1.0
    """Brow movement with stress."""
    gaze: Amount = 1.0
    """Size of eye movements."""
    head: Amount = 1.0
    """Drift, turns and nods of the head."""
    breath: Amount = 1.0
    """Rise and fall with breathing."""
    emotion: Amount = 1.0
    """How strongly the emotion shows in brows, lids and mouth."""


NATURAL = Amounts()


@dataclass(frozen=True)
class EmotionChange:
    """From when on something is felt."""

    moment: float
    """Seconds since the face came to life; what is shown glides from then on."""
    emotion: Emotion


@dataclass(frozen=True, eq=False)
class Motion:
    """What a face does, one row a video frame."""

    mouth: MouthTrack
    """Lips, jaw and tongue; also says the frame rate and, by its length, the frame count F."""
    blink: Floats
    """Shape (F, 2), closure of the left and the right eye in [0, 1]; 1 is fully closed."""
    gaze: Floats
    """Shape (F, 2), where irises look, x to the right and y down in [-1, 1]; 1 is a far look."""
    brow: Floats
    """Shape (F, 2), rise of the left and the right brow in [-1, 1]; 1 is astonished."""
    frown: Floats
    """Shape (F,), inner ends of the brows in [-1, 1]; 1 drawn down (angry), -1 up (sad)."""
    lid: Floats
    """Shape (F,), resting lids in [-1, 1]; 1 half closed or squinting, -1 wide open."""
    smile: Floats
    """Shape (F,), mouth corners in [-1, 1]; 1 a broad smile, -1 turned down."""
    head: Floats
    """Shape (F, 5): shift right and down in face heights, then roll, yaw and pitch in degrees;
    roll turns clockwise, yaw to the right, pitch down."""
    breath: Floats
    """Shape (F,), fill of the lungs in [-1, 1]."""

    def __len__(self) -> int:
        return len(self.mouth.jaw)

    @property
    def fps(self) -> float:
        """Frames per second."""
        return self.mouth.fps
