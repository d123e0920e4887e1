"""Many results of one list: over the cores of this machine, a Ray cluster, or ComfyUI servers."""

from .read_list import columns_of, read_list
from .records import Made, Outcome, Row, Worker
from .result_folders import ResultFolders
from .work_through import PATIENCE, work_through

__all__ = [
    "PATIENCE",
    "Made",
    "Outcome",
    "ResultFolders",
    "Row",
    "Worker",
    "columns_of",
    "read_list",
    "work_through",
]
