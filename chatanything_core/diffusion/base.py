"""The one verb of a painter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any, Literal, Protocol

from ..inversion import Start
from ..landmarks import FaceGuide
from ..model_folders import ModelFolders, default_folders
from ..persona import Persona
from ..progress import Tick
from ..ranges import Range
from .records import Mixture, Portrait

Device = Literal["auto", "cpu", "cuda", "mps"]
Precision = Literal["auto", "fp32", "fp16", "bf16"]
SIDE = Range(256, 1024, "pixels", multiple_of=8)
"""Width and height of a portrait."""
TRIES = Range(1, 8)


class MemoryManager(Protocol):
    """Whoever manages the memory of the machine's accelerator, when that is not us."""

    device: str
    """Where models shall compute."""

    def load(self, modules: Sequence[Any], drop: Callable[[], None]) -> None:
        """Make room for torch modules and move them to `device`; call `drop` when they must go.

        `drop` forgets them and collects nothing.
        """
        ...


@dataclass(frozen=True, eq=False)
class Runtime:
    """The machine that a painter with weights works on."""

    folders: ModelFolders = field(default_factory=default_folders)
    device: Device = "auto"
    """`auto` takes the first there is of CUDA, Apple's MPS and the CPU."""
    precision: Precision = "auto"
    """`auto` is half precision on CUDA and full precision elsewhere."""
    memory_manager: MemoryManager | None = None
    """Set inside ComfyUI, whose unload button then frees our models too."""
    preview: Callable[[Any], None] | None = None
    """Called after each step with the clean latents as guessed so far, a tensor (1, C, h, w)."""


@dataclass(frozen=True, eq=False)
class PaintJob:
    """All that a painter is told."""

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
    runtime: Runtime = field(default_factory=Runtime)


class Painter(Protocol):
    """Paints a persona."""

    def paint(self, job: PaintJob, tick: Tick) -> Portrait:
        """Paint one portrait; `tick` may raise to interrupt."""
        ...
