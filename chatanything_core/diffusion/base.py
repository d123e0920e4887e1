"""The one verb of a painter."""

from dataclasses import dataclass, field
from typing import Protocol

from ..inversion import Start
from ..landmarks import FaceGuide
from ..persona import Persona
from ..progress import Tick
from ..runtime import Runtime, default_runtime
from .records import Mixture, Portrait


@dataclass(frozen=True, eq=False)
class PaintJob:
    """All that a painter is told."""

    persona: Persona
    mixture: Mixture
    guide: FaceGuide | None = None
    start: Start | None = None
    width: int = 512
    """Pixels, 256 to 1024, a multiple of 8."""
    height: int = 512
    """Pixels, 256 to 1024, a multiple of 8."""
    seed: int = 0
    tries: int = 1
    """How often it may be painted until a face is found, 1 to 8; one is enough for a sketch."""
    window: tuple[float, float] = (0.0, 0.8)
    """Part of the steps in which a ControlNet follows the guide, as begin and end in [0, 1]."""
    strict: bool = False
    """True to fail when no try has a face, rather than to take the best with a placed face."""
    runtime: Runtime = field(default_factory=default_runtime)


class Painter(Protocol):
    """Paints a persona."""

    def paint(self, job: PaintJob, tick: Tick) -> Portrait:
        """Paint one portrait; `tick` may raise to interrupt."""
        ...
