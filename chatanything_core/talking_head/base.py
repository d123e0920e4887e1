"""What a talking head can do: make a portrait ready once, then play any motion on it."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ..landmarks import Face
from .records import Motion


class PreparedPortrait(Protocol):
    """A portrait that was made ready to move."""

    def frames(self, motion: Motion) -> Iterator[npt.NDArray[np.uint8]]:
        """Yield one RGB frame, uint8 of shape (H, W, 3), for every row of `motion`.

        H and W are those of the portrait. Frames are made as they are asked for, belong to
        the caller, and depend on the portrait and the motion only.
        """
        ...


class Head(Protocol):
    """An engine that brings portraits to life."""

    def prepare(self, image: npt.NDArray[np.uint8], face: Face) -> PreparedPortrait:
        """Make RGB `image` of shape (H, W, 3) ready; raises InputError when it cannot be."""
        ...
