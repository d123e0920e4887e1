"""Many results of one list, a folder each."""

from .read_list import columns_of, read_list
from .records import Made, Row
from .result_folders import ResultFolders

__all__ = ["Made", "ResultFolders", "Row", "columns_of", "read_list"]
