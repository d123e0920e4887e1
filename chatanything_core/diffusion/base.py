"""The one verb of a painter."""

from dataclasses import dataclass, field
from typing import Annotated, Protocol

from ..inversion import Start
from ..landmarks import FaceGuide
from ..persona import Persona
from ..progress import Tick
from ..ranges import Range
from ..runtime import Runtime, default_runtime
from .drawings.records import Drawing
from .records import Mixture, Portrait

SIDE = Range(256, 1024, "pixels", multiple_of=8)
"""Width and height of a portrait."""
TRIES = Range(1, 8)


@dataclass(frozen=True, eq=False)
class PaintJob:
    """Everything that a painter is given."""

    persona: Persona
    mixture: Mixture
    guide: FaceGuide | None = None
    start: Start | None = None
    width: Annotated[int, SIDE] = 512
    height: Annotated[int, SIDE] = 512
    seed: int = 0
    tries: Annotated[int, TRIES] = 1
    """How often it may be painted until a face is found; one is enough for a sketch."""
    window: tuple[float, float] = (0.0, 0.8)
    """Part of the steps in which a ControlNet follows the guide, as begin and end in [0, 1]."""
    strict: bool = False
    """True to fail when no try has a face, rather than to take the best with a placed face."""
    default_guide: bool = True
    """True to show a ControlNet the reference's face, or an average one, where no guide is given."""
    drawing: Drawing | None = None
    """Somebody's drawing that the sketch painter makes the body of; None is the concept's own."""
    runtime: Runtime = field(default_factory=default_runtime)


class Painter(Protocol):
    """Paints a persona."""

    def paint(self, job: PaintJob, tick: Tick) -> Portrait:
        """Paint one portrait; `tick` may raise to interrupt."""
        ...
