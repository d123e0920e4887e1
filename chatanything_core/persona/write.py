"""Write the character that a concept describes."""

from ..progress import Tick, no_progress
from .checks import check_concept, check_language
from .records import Persona
from .registry import writers


def write_persona(
    concept: str,
    *,
    engine: str = "",
    language: str = "",
    seed: int = 0,
    source: str = "",
    tick: Tick = no_progress,
) -> Persona:
    """Write the character that `concept` describes.

    An empty `engine` means the first of `writers`. `language` is a BCP-47 tag; empty means the
    concept's own. `source` is what the engine runs
    on: a profile's name for `openai` (empty: the only one), a folder for `transformers`.

    Raises:
        InputError: the concept, the language or the source cannot be used.
        UnknownEngineError: `engine` is not registered.
        MissingDependencyError: the engine's package is not installed.
        EngineError: the model failed or gave no usable character.
    """
    check_concept(concept)
    check_language(language)
    writer = writers.create(engine)
    return writer.write(concept, language=language, seed=seed, source=source, tick=tick)
