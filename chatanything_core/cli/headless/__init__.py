"""Commands that work through workflows and lists, without ComfyUI's page."""

from .batch import batch
from .run import run

__all__ = ["batch", "run"]
