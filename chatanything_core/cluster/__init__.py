"""Do many small jobs at once: on processes of this machine, or on a Ray cluster."""

from .records import Pool
from .run_jobs import run_jobs

__all__ = ["Pool", "run_jobs"]
