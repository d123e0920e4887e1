"""What the video stage returns."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Video:
    """A finished video file."""

    path: Path
    width: int
    """Pixels; even."""
    height: int
    """Pixels; even."""
    fps: float
    """Frames per second."""
    seconds: float
    """Length of the picture and of the sound."""
    notes: tuple[str, ...] = ()
    """What a person should know of how it was made, such as which head moved the face and why."""
