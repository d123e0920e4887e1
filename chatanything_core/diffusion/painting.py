"""Which painters there are, and the door to them."""

from ..errors import InputError
from ..progress import Tick, silent
from ..registry import Registry
from .base import Painter, PaintJob
from .pool import check_expert
from .records import Family, Portrait

painters: Registry[Painter] = Registry("portrait")

PAINTER_OF: dict[Family, str] = {"sketch": "sketch", "sd15": "diffusers", "sdxl": "diffusers"}
"""Which painter understands the experts of a family."""

SMALLEST, LARGEST = 256, 1024
"""Sides of a portrait in pixels."""


def paint(job: PaintJob, *, tick: Tick = silent) -> Portrait:
    """Paint one portrait with the painter that the mixture's family asks for.

    Raises:
        InputError: a size that no painter accepts, or an expert with a field out of range.
    """
    for name, side in (("width", job.width), ("height", job.height)):
        if not SMALLEST <= side <= LARGEST or side % 8:
            raise InputError(
                f"Portrait {name} is {side}. Choose a multiple of 8 from {SMALLEST} to {LARGEST}."
            )
    for expert, _ in job.mixture.experts:
        check_expert(expert)
    return painters.create(PAINTER_OF[job.mixture.family]).paint(job, tick)


def _sketch() -> Painter:
    from .sketch import SketchPainter

    return SketchPainter()


def _diffusers() -> Painter:
    from .latent import DiffusersPainter

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
