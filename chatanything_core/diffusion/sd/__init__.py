"""The `diffusers` painter: SD1.5 and SDXL with ControlNet, LoRA, inversion and mixing.

Imports torch and diffusers; only ever imported by the painter's factory.
"""

from .model_cache import SHELF
from .painter import DiffusersPainter
from .reference_start import start_from

__all__ = ["SHELF", "DiffusersPainter", "start_from"]
