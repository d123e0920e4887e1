"""The painters; the first needs no model."""

from ..registry import Registry
from .base import Painter

painters: Registry[Painter] = Registry("portrait")


def _sketch() -> Painter:
    from .sketch import SketchPainter

    return SketchPainter()


def _diffusers() -> Painter:
    from .sd import DiffusersPainter

    return DiffusersPainter()


painters.add(
    "sketch",
    _sketch,
    about="draws any concept as a character with a face; needs no model and no GPU",
)


painters.add(
    "diffusers",
    _diffusers,
    about="runs SD1.5 and SDXL models with ControlNet and LoRA; needs their weights, better a GPU",
    package="torch diffusers transformers peft accelerate safetensors",
    modules=("torch", "diffusers", "transformers", "peft", "accelerate", "safetensors"),
)
