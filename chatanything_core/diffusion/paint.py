"""Paint a portrait with the painter that its experts ask for."""

from ..progress import Tick, no_progress
from ..ranges import check_ranges
from .base import PaintJob
from .families import find_family
from .mixture.expert_files import check_expert
from .records import Portrait
from .registry import painters


def paint(job: PaintJob, *, tick: Tick = no_progress) -> Portrait:
    """Paint one portrait with the painter that the mixture's family asks for.

    Raises:
        InputError: a size or a number of tries that no painter accepts, or an expert with a field out
            of range.
    """
    check_ranges(job, "Portrait")
    for expert, _ in job.mixture.experts:
        check_expert(expert)
    return painters.create(find_family(job.mixture.family).painter).paint(job, tick)
