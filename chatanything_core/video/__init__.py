"""Play a face's motion into a video file."""

from .encoder import PRESETS, Coding, write_video
from .playing import animate
from .records import Video

__all__ = ["PRESETS", "Coding", "Video", "animate", "write_video"]
