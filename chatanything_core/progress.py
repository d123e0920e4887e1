"""How long work reports itself, and how it is stopped."""

from collections.abc import Callable

Tick = Callable[[int, int], None]
"""Called as `tick(done, total)` at least twice a second from every loop that takes longer
than a second. It may raise (a keyboard or a ComfyUI interrupt); the loop lets that pass,
cleans up with `finally` and leaves nothing half-written. `total` is 0 when unknown."""


def silent(done: int, total: int) -> None:
    """The tick of callers that do not watch."""
