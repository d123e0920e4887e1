"""The one verb of a face detector."""

from typing import Protocol

import numpy as np
import numpy.typing as npt

from .records import Face


class Detector(Protocol):
    """Finds faces in a picture."""

    def detect(self, image: npt.NDArray[np.uint8], confidence: float) -> tuple[Face, ...]:
        """Faces of at least `confidence` in RGB `image` of shape (H, W, 3), largest first."""
        ...
