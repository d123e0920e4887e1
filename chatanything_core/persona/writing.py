"""The registry of persona writers and the one function that asks them."""

from functools import partial

from ..llm import models
from ..progress import Tick, silent
from ..registry import Registry
from .base import Writer
from .checking import check_concept, check_language
from .records import Persona


def _modelled(engine: str) -> Writer:
    from .modelled import ModelWriter

    return ModelWriter(engine)


def _offline() -> Writer:
    from .offline import OfflineWriter

    return OfflineWriter()


writers: Registry[Writer] = Registry("persona")
writers.add("offline", _offline, about="lexicons and templates; needs no model, always works")
for _name in models.names():
    writers.add(
        _name,
        partial(_modelled, _name),
        about=f"a language model writes ({_name})",
        check=partial(models.require, _name),
    )


def write_persona(
    concept: str,
    *,
    engine: str = "offline",
    language: str = "",
    seed: int = 0,
    source: str = "",
    tick: Tick = silent,
) -> Persona:
    """Write the character that `concept` describes.

    `language` is a BCP-47 tag; empty means the concept's own. `source` is what the engine runs
    on: a profile's name for `openai` (empty: the only one), a folder for `transformers`.

    Raises:
        InputError: the concept, the language or the source cannot be used.
        UnknownEngineError: nobody registered `engine`.
        MissingDependencyError: the engine's package is not installed.
        EngineError: the model failed or gave no usable character.
    """
    check_concept(concept)
    check_language(language)
    writer = writers.create(engine)
    return writer.write(concept, language=language, seed=seed, source=source, tick=tick)
