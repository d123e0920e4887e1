"""A portrait and a film that are measured, whoever made them."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ...landmarks import Face, FaceGuide
from ...provenance import SourceType
from ..records import VoiceLook


@dataclass(frozen=True, eq=False)
class Sample:
    """What one system made of one prompt."""

    image: npt.NDArray[np.uint8]
    """The portrait, RGB uint8 (H, W, 3)."""
    face: Face | None = None
    """Where its maker says the face is; None when nobody says."""
    guide: FaceGuide | Face | None = None
    """Where the face was wanted; None when it was left open."""
    film: Path | None = None
    as_asked: bool | None = None
    voice: VoiceLook | None = None
    seconds: dict[str, float] = field(default_factory=dict)
    """Of each stage that its maker timed."""
    source: SourceType | None = None
    """What a file of the portrait says of how it was made; None says nothing."""
