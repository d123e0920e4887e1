"""A core of a Ray cluster that makes one row at a time (https://docs.ray.io)."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ..character.request import Request
from ..errors import EngineError, InputError, MissingDependencyError, WorkerLostError
from ..progress import Tick
from .make_row import make_row
from .records import Made, Row

_LOOK = 0.1


class RayWorker:
    """Makes rows as tasks of a cluster; Ray decides which machine runs one."""

    ahead = False

    def __init__(self, number: int, requests: Mapping[str, Request], task: Any) -> None:
        """`task` is the remote function that makes a request."""
        self.name = f"ray {number}"
        self._requests = requests
        self._task = task

    def work(self, row: Row, tick: Tick) -> Made:
        """Make one row; raises as `Worker.work` does."""
        import ray

        made = self._task.remote(self._requests[row.name])
        try:
            while not ray.wait([made], timeout=_LOOK)[0]:
                tick(0, 0)
            found: Made | str = ray.get(made)
        except ray.exceptions.RayTaskError as error:
            raise EngineError(f"The task failed: {error.cause!r}.") from error
        except ray.exceptions.RayError as error:
            first = str(error).strip().splitlines()[0]
            raise WorkerLostError(f"Ray lost the task: {first}") from error
        if isinstance(found, str):
            raise EngineError(found)
        return found

    def revive(self, tick: Tick) -> None:
        """Ray starts other workers itself."""

    def close(self) -> None:
        """Nothing is held; tasks end with the connection."""


@contextmanager
def ray_workers(
    address: str, requests: Mapping[str, Request], most: int | None = None
) -> Iterator[list[RayWorker]]:
    """Connect to a cluster; a worker for each of its cores, `most` at most.

    Every machine of the cluster needs chatanything, of the same version.

    Raises:
        MissingDependencyError: Ray is not installed.
        InputError: there is no cluster at the address, or it has no core.
        EngineError: its machines lack chatanything or have another version.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingDependencyError("ray", "ray", "pip install 'chatanything[ray]'") from error
    try:
        ray.init(address=address, log_to_driver=False, logging_level="error")
    except (ConnectionError, ValueError, RuntimeError) as error:
        raise InputError(
            f"No Ray cluster answers at {address!r} ({str(error).splitlines()[0]}). Start one with "
            "`ray start --head` and give its address, or `auto` on a machine of the cluster."
        ) from error
    try:
        yield _workers(ray, requests, most)
    finally:
        ray.shutdown()


def _workers(ray: Any, requests: Mapping[str, Request], most: int | None) -> list[RayWorker]:
    cores = int(ray.cluster_resources().get("CPU", 0))
    if not cores:
        raise InputError("The Ray cluster has no core. Start a worker with `ray start --num-cpus`.")
    task = ray.remote(num_cpus=1, max_retries=0)(make_row)
    return [RayWorker(number, requests, task) for number in range(1, min(cores, most or cores) + 1)]
