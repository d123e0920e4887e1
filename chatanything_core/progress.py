"""How long-running work reports its progress, and how it is stopped."""

from collections.abc import Callable

Tick = Callable[[int, int], None]
"""Called as `tick(done, total)` at least twice a second from every loop that takes longer
than a second. It may raise (a keyboard or a ComfyUI interrupt); the loop lets that pass,
cleans up with `finally` and leaves nothing half-written. `total` is 0 when unknown."""


def no_progress(done: int, total: int) -> None:
    """The tick of callers that do not watch."""


Watch = Callable[[str], Tick]
"""Called with the name of each stage as it begins; gives the tick that the stage reports to."""


def no_stages(stage: str) -> Tick:
    """A `Watch` that ignores every stage."""
    return no_progress
