"""Jobs on a Ray cluster; Ray gives the jobs of a worker that died to another one."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ..errors import EngineError, MissingDependencyError
from ..progress import Tick
from .local_processes import PACKAGE, ROOT
from .records import TRIES, Answer, Job

LOCAL = "local"
_LOOK = 0.5
"""Seconds between two looks at Cancel."""


def run_on_ray(
    target: str, jobs: Sequence[Job], address: str, workers: int, tick: Tick
) -> Iterator[tuple[int, Answer]]:
    """Index and answer of each job, in the order in which they are done; see `run_jobs`."""
    try:
        import ray
    except ImportError as error:
        raise MissingDependencyError("ray", "ray") from error
    mine = _connect(ray, address, workers)
    try:
        most = workers or int(ray.cluster_resources().get("CPU", 1))
        yield from _answers(ray, _remote(ray), target, jobs, 2 * most, tick)
    finally:
        if mine:
            ray.shutdown()


def _connect(ray: Any, address: str, workers: int) -> bool:
    """Whether a connection was made, which is then to be closed."""
    if ray.is_initialized():
        return False
    here = {"num_cpus": workers or None, "include_dashboard": False}
    options = here if address == LOCAL else {"address": address}
    try:
        ray.init(**options, log_to_driver=False, configure_logging=False)
    except (ConnectionError, ValueError, RuntimeError, OSError) as error:
        raise EngineError(
            f"There is no Ray cluster at {address!r} ({str(error)[:200]}). Give HOST:PORT of its "
            "head, or local."
        ) from error
    return True


def _remote(ray: Any) -> Any:
    """The function that workers run: pickled by value, so that they need no name of ours."""

    def do(package: str, folder: str, script: str, target: str, job: Job) -> dict[str, Any]:
        import importlib
        import importlib.util
        import os

        if os.path.isfile(script):  # noqa: PTH113  nothing but this function is pickled
            spec = importlib.util.spec_from_file_location("job_process", script)
            assert spec and spec.loader
            loader = importlib.util.module_from_spec(spec)
            spec.loader.exec_module(loader)
            return dict(loader.load_function(package, folder, target)(**job))
        module, _, name = target.partition(":")
        return dict(getattr(importlib.import_module(f"{package}.{module}"), name)(**job))

    return ray.remote(max_retries=TRIES, num_cpus=1)(do)


def _answers(
    ray: Any, remote: Any, target: str, jobs: Sequence[Job], room: int, tick: Tick
) -> Iterator[tuple[int, Answer]]:
    """Give out jobs, `room` at a time."""
    script = str(Path(__file__).with_name("job_process.py"))
    waiting, done = list(range(len(jobs)))[::-1], 0
    under_way: dict[Any, int] = {}
    while waiting or under_way:
        while waiting and len(under_way) < room:
            index = waiting.pop()
            under_way[remote.remote(PACKAGE, str(ROOT), script, target, jobs[index])] = index
        ready, _ = ray.wait(list(under_way), timeout=_LOOK)
        tick(done, len(jobs))
        for reference in ready:
            done += 1
            try:
                answer = ray.get(reference)
            except ray.exceptions.RayError as error:
                raise EngineError(f"A job failed: {str(error).strip()[-300:]}") from error
            yield under_way.pop(reference), answer
