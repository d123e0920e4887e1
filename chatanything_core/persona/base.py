"""The one verb of a persona engine."""

from typing import Protocol

from .records import Persona


class Writer(Protocol):
    """Writes a character from a concept."""

    def write(self, concept: str, *, language: str, seed: int) -> Persona:
        """Write a persona in `language` (BCP-47; empty means the concept's own)."""
        ...
