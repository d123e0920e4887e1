"""A face detector that needs no package: BlazeFace and face meshes, run in NumPy."""

from .detector import BlazeFaceDetector
from .files import find_files

__all__ = ["BlazeFaceDetector", "find_files"]
