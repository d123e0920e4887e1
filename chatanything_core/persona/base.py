"""The one verb of a persona engine."""

from typing import Protocol

from ..progress import Tick
from .records import Persona


class Writer(Protocol):
    """Writes a character from a concept."""

    def write(self, concept: str, *, language: str, seed: int, source: str, tick: Tick) -> Persona:
        """Write a persona in `language` (BCP-47; empty means the concept's own).

        `source` is what the engine runs on: a profile's name or a model folder; `tick` may
        raise to interrupt.
        """
        ...
