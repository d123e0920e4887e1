"""What jobs are done by, and what they are."""

from dataclasses import dataclass
from typing import Annotated, Any

from ..ranges import Range

Job = dict[str, Any]
"""Arguments of the function that does it, as plain JSON data."""
Answer = dict[str, Any]
"""What that function returned, as plain JSON data."""
TRIES = 3
"""How often a job is given out when the worker that has it dies."""


@dataclass(frozen=True)
class Pool:
    """Who does the jobs."""

    workers: Annotated[int, Range(0, 256)] = 0
    """Processes of this machine; 0 takes one a core. On Ray: jobs that are under way at a time,
    and 0 takes what the cluster has."""
    ray: str | None = None
    """Address of a Ray cluster, "local" for one that is started for these jobs; None is without
    Ray."""
