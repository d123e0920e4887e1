"""Paint a portrait with the painter that its experts ask for."""

from ..errors import InputError
from ..progress import Tick, no_progress
from .base import PaintJob
from .mixture.expert_files import check_expert
from .records import Portrait
from .registry import PAINTER_OF, painters

SMALLEST, LARGEST = 256, 1024
"""Sides of a portrait in pixels."""


def paint(job: PaintJob, *, tick: Tick = no_progress) -> Portrait:
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
