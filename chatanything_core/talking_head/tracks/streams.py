"""Random streams of a face, and the moments that are planned."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from ...seeding import generator
from ..curves import Array

BLOCK = 30.0
"""Seconds whose random events are drawn together, so that any moment can be planned without all
that came before it."""


@dataclass(frozen=True)
class Streams:
    """Whose random numbers are drawn."""

    seed: int
    who: str
    """What makes two faces of one seed differ, such as the name of a persona."""

    def draw(self, *purpose: str) -> np.random.Generator:
        """The stream for one purpose."""
        return generator(self.seed, self.who, *purpose)

    def habit(self, purpose: str, low: float, high: float) -> float:
        """A lasting trait of this face between `low` and `high`."""
        return float(self.draw("habit", purpose).uniform(low, high))


@dataclass(frozen=True)
class Window:
    """The moments that are planned, one a video frame."""

    first: float
    """Frames from the beginning of the face's life to row 0."""
    frames: int
    """Number of rows."""
    fps: float
    """Frames per second."""

    @classmethod
    def of(cls, start: float, frames: int, fps: float) -> "Window":
        """The window that begins at `start` seconds; a start within a millionth of a frame of
        one is that frame, so that plans of parts and of the whole agree to the last bit."""
        first, whole = start * fps, float(round(start * fps))
        return cls(whole if abs(first - whole) < 1e-6 else first, frames, fps)

    @property
    def start(self) -> float:
        """Seconds of life at row 0."""
        return self.first / self.fps

    @property
    def seconds(self) -> float:
        """Length of the window."""
        return self.frames / self.fps

    def moments(self) -> Array:
        """Seconds of life, shape (frames,)."""
        return np.asarray((self.first + np.arange(self.frames)) / self.fps, np.float64)


def blocks(start: float, end: float) -> Iterator[int]:
    """Numbers of the blocks that hold the moments from `start` to `end` (seconds)."""
    return iter(range(math.floor(start / BLOCK), math.floor(end / BLOCK) + 1))
