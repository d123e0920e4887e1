"""A core of a Ray cluster that does one task at a time (https://docs.ray.io)."""

import pickle
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Generic, TypeVar

from ..errors import EngineError, InputError, MissingDependencyError, WorkerLostError
from ..progress import Tick
from .answer_jobs import PACKAGE, SCRIPT, Reply
from .core_worker import answer_of
from .records import Task

A = TypeVar("A")
LOCAL = "local"
"""Address of a cluster that is started here, and ends with the work."""
_LOOK = 0.1


class RayWorker(Generic[A]):
    """Calls a function as a task of a cluster; Ray decides which machine does one."""

    ahead = False

    def __init__(
        self, number: int, function: Callable[[Any], A], jobs: Mapping[str, Any], remote: Any
    ) -> None:
        """`jobs` has what the function is called with, by the task's name; both are pickled.

        `remote` is the remote function that answers a pickled job.
        """
        self.name = f"ray {number}"
        self._function = function
        self._jobs = jobs
        self._remote = remote

    def work(self, task: Task, tick: Tick) -> A:
        """Do one task; raises as `Worker.work` does."""
        import ray

        job = pickle.dumps((self._function, self._jobs[task.name]))
        asked = self._remote.remote(SCRIPT, PACKAGE, job)
        try:
            while not ray.wait([asked], timeout=_LOOK)[0]:
                tick(0, 0)
            reply: Reply = ray.get(asked)
        except ray.exceptions.RayTaskError as error:
            raise EngineError(f"The task failed: {error.cause!r}.") from error
        except ray.exceptions.RayError as error:
            first = str(error).strip().splitlines()[0]
            raise WorkerLostError(f"Ray lost the task: {first}") from error
        made: A = answer_of(reply)
        return made

    def revive(self, tick: Tick) -> None:
        """Ray starts other workers itself."""

    def close(self) -> None:
        """Nothing is held; tasks end with the connection."""


@contextmanager
def ray_workers(
    address: str, function: Callable[[Any], A], jobs: Mapping[str, Any], most: int = 0
) -> Iterator[list[RayWorker[A]]]:
    """Connect to a cluster; a worker for each of its cores, `most` at most where that is not 0.

    Every machine of the cluster needs chatanything, of the same version.

    Raises:
        MissingDependencyError: Ray is not installed.
        InputError: there is no cluster at the address, or it has no core.
    """
    try:
        import ray
    except ImportError as error:
        raise MissingDependencyError("ray", "ray", "pip install 'chatanything[ray]'") from error
    mine = not ray.is_initialized()
    if mine:
        _connect(ray, address, most)
    try:
        cores = _cores(ray)
        remote = _remote(ray)
        count = min(cores, most or cores)
        yield [RayWorker(number, function, jobs, remote) for number in range(1, count + 1)]
    finally:
        if mine:
            ray.shutdown()


def _connect(ray: Any, address: str, most: int) -> None:
    here = {"num_cpus": most or None, "include_dashboard": False} if address == LOCAL else {}
    try:
        ray.init(address=address, **here, log_to_driver=False, logging_level="error")
    except (ConnectionError, ValueError, RuntimeError, OSError) as error:
        raise InputError(
            f"No Ray cluster answers at {address!r} ({str(error).splitlines()[0]}). Start one with "
            "`ray start --head` and give its address, `auto` on a machine of the cluster, or "
            "`local` to start one here."
        ) from error


def _cores(ray: Any) -> int:
    cores = int(ray.cluster_resources().get("CPU", 0))
    if not cores:
        raise InputError("The Ray cluster has no core. Start a worker with `ray start --num-cpus`.")
    return cores


def _remote(ray: Any) -> Any:
    """The function that the cluster runs: pickled by value, so that it needs no name of ours.

    It imports the package from where it is here, and where it isn't there as one that is installed.
    """

    def do(script: str, package: tuple[str, str], job: bytes) -> Any:
        import importlib
        import importlib.util
        import os

        if os.path.isfile(script):  # noqa: PTH113  nothing but this function is pickled
            spec = importlib.util.spec_from_file_location("answer_jobs", script)
            assert spec and spec.loader
            module = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(module)
        else:
            module = importlib.import_module(f"{package[0]}.cluster.answer_jobs")
        return module.answer_job(package, job)

    return ray.remote(num_cpus=1, max_retries=0)(do)
