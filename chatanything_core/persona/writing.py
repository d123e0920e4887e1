"""The registry of persona writers and the one function that asks them."""

from ..registry import Registry
from .base import Writer
from .checking import check_concept
from .records import Persona


def _offline() -> Writer:
    from .offline import OfflineWriter

    return OfflineWriter()


writers: Registry[Writer] = Registry("persona")
writers.add("offline", _offline, about="lexicons and templates; needs no model, always works")


def write_persona(
    concept: str, *, engine: str = "offline", language: str = "", seed: int = 0
) -> Persona:
    """Write the character that `concept` describes.

    `language` is a BCP-47 tag; empty means the concept's own.

    Raises:
        InputError: the concept cannot be used (`check_concept`).
        UnknownEngineError: nobody registered `engine`.
    """
    check_concept(concept)
    return writers.create(engine).write(concept, language=language, seed=seed)
