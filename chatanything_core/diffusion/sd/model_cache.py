"""Loaded models, kept so that a new prompt loads nothing."""

import ctypes
import gc
import sys
from collections.abc import Callable, Collection, Hashable
from typing import Any

import torch


class ModelCache:
    """Keeps what was loaded, by what it was loaded from."""

    def __init__(self) -> None:
        self.loads = 0
        """How many models were read from disk so far."""
        self._things: dict[Hashable, Any] = {}

    def get(self, key: Hashable, load: Callable[[], Any]) -> Any:
        """What is kept under `key`, loaded when it is not there."""
        if key not in self._things:
            self._things[key] = load()
            self.loads += 1
        return self._things[key]

    def things(self) -> list[Any]:
        """Everything that is kept, oldest first."""
        return list(self._things.values())

    def __len__(self) -> int:
        return len(self._things)

    def keep_only(self, keys: Collection[Hashable]) -> None:
        """Drop everything that is not needed now, before more is loaded."""
        gone = self._things.keys() - set(keys)
        for key in gone:
            del self._things[key]
        if gone:
            release_memory()

    def forget(self) -> None:
        """Keep nothing, but leave it to others to collect it."""
        self._things.clear()

    def clear(self) -> None:
        """Let go of everything."""
        self.keep_only(())


def release_memory() -> None:
    """Give memory of dropped models back to the system."""
    gc.collect()  # pipelines and their hooks refer to each other in circles
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)  # glibc keeps freed blocks of this size to itself


SHELF = ModelCache()
"""The one cache of this process: weights are too big to hold twice."""
