"""Write the character that a concept describes."""

from ..llm import LanguageModel, one_text
from ..progress import Tick, no_progress
from .base import Writer
from .checks import check_concept, check_decent, check_language
from .records import Persona
from .registry import writers


def write_persona(
    concept: str,
    *,
    engine: str = "",
    language: str = "",
    seed: int = 0,
    source: str = "",
    model: LanguageModel | None = None,
    tick: Tick = no_progress,
) -> Persona:
    """Write the character that `concept` describes.

    An empty `engine` means the first of `writers`. `language` is a BCP-47 tag; empty means the
    concept's own. `source` is what the engine runs
    on: a profile's name for `openai` (empty: the only one), a folder for `transformers`. A `model`
    of the caller's is asked instead of an engine.

    Raises:
        InputError: the concept, the language or the source cannot be used, or the concept demeans
            or sexualises people.
        UnknownEngineError: `engine` is not registered.
        MissingDependencyError: the engine's package is not installed.
        EngineError: the model failed or gave no usable character.
    """
    check_concept(concept)
    check_decent(concept)
    check_language(language)
    writer = _asking(model) if model else writers.create(engine)
    return writer.write(concept, language=language, seed=seed, source=source, tick=tick)


def persona_question(concept: str, language: str = "") -> str:
    """What a language model is asked for `concept`, as one text.

    Its answer makes the persona: `write_persona(concept, model=GivenAnswer(answer))`.

    Raises:
        InputError: the concept or the language cannot be used.
    """
    from .llm_writer import question_of  # its schema takes a while to build

    check_concept(concept)
    check_decent(concept)
    check_language(language)
    return one_text(question_of(concept, language))


def _asking(model: LanguageModel) -> Writer:
    from .llm_writer import ModelWriter

    return ModelWriter(model.label, model)
