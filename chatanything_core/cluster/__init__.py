"""Do many things at once, and none twice: on the cores of this machine, on Ray, or on servers."""

from .open_pool import open_pool
from .records import Outcome, Pool, Results, Task, Worker
from .work_through import work_through

__all__ = ["Outcome", "Pool", "Results", "Task", "Worker", "open_pool", "work_through"]
