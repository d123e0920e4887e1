"""Do many small jobs at once."""

from collections.abc import Iterator, Sequence

from ..progress import Tick, no_progress
from ..ranges import check_ranges
from .local_processes import run_locally
from .ray_cluster import run_on_ray
from .records import Answer, Job, Pool


def run_jobs(
    target: str, jobs: Sequence[Job], pool: Pool, *, tick: Tick = no_progress
) -> Iterator[tuple[int, Answer]]:
    """Index and answer of each job, in the order in which they are done.

    A job whose worker dies is given to another one, so a killed process loses nothing.

    Args:
        target: `module:function` of this package, such as "evaluation.do_job:do_job"; it is
            called with a job's words and returns plain JSON data.
        tick: counts jobs; may raise, which ends all workers.

    Raises:
        InputError: a number of workers out of range.
        MissingDependencyError: Ray is asked for and not installed.
        EngineError: a job failed by something else than one of our errors, or no cluster is there.
    """
    check_ranges(pool, "Pool")
    if not jobs:
        return iter(())
    if pool.ray is not None:
        return run_on_ray(target, jobs, pool.ray, pool.workers, tick)
    return run_locally(target, jobs, pool.workers, tick)
