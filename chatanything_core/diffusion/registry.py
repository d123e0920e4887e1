"""The painters that can be chosen; the first needs no model."""

from ..registry import Registry
from .base import Painter
from .records import Family

painters: Registry[Painter] = Registry("portrait")


PAINTER_OF: dict[Family, str] = {"sketch": "sketch", "sd15": "diffusers", "sdxl": "diffusers"}
"""Which painter understands the experts of a family."""


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
