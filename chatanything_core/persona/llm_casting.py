"""Let a language model cast a character: how it sounds, and which expert paints it.

The answer is held to a schema that knows the names of the options and no others; a wrong one is
sent back once with what is wrong. When the model cannot choose, the matcher does, and the
reasons say so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, Field, create_model

from ..errors import EngineError, InputError
from ..llm import Answer, Message, ask, open_model, prompt
from ..progress import Tick, no_progress
from .records import Persona, VoiceTraits

MATCHER = "matcher"
"""Who chose when no language model did."""


@dataclass(frozen=True)
class LLMChoice:
    """Who plays the character, and why."""

    option: str
    """Name of the chosen option."""
    voice: VoiceTraits
    """How the character sounds."""
    by: str
    """The model's name, or MATCHER."""
    reasons: tuple[str, ...]
    """In words, with what had to be asked again."""


def choose_by_llm(
    persona: Persona,
    options: Mapping[str, str],
    *,
    engine: str,
    source: str = "",
    fallback: Callable[[], str],
    seed: int = 0,
    tick: Tick = no_progress,
) -> LLMChoice:
    """Choose the voice traits and one of `options` (description by name) for `persona`.

    `fallback` gives the name of the matcher's option when the model fails; the voice is then
    the persona's own.

    Raises:
        InputError: there are no options, or `source` cannot be used.
        UnknownEngineError: `engine` is not registered.
        MissingDependencyError: the engine's package is not installed.
    """
    if not options:
        raise InputError("There are no options to choose from. Give at least one.")
    model = open_model(engine, source)
    described = "\n".join(f"- {name}: {text}" for name, text in options.items())
    messages = (
        Message("system", prompt("choice", options=described)),
        Message("user", _told(persona)),
    )
    try:
        answer: Answer[Any] = ask(
            model, messages, _shape(tuple(options)), max_tokens=800, seed=seed, tick=tick
        )
    except EngineError as error:
        option = fallback()
        why = f"{model.label} could not choose ({error}); the matcher chose {option!r}."
        return LLMChoice(option, persona.voice, MATCHER, (why,))
    value = answer.value
    voice = value.voice.traits(persona.language)
    return LLMChoice(value.option, voice, model.label, (value.reasons, *answer.notes))


def _told(persona: Persona) -> str:
    texts = (persona.concept, persona.personality, persona.speaking_style, persona.appearance)
    return "\n\n".join(texts)


def _shape(names: tuple[str, ...]) -> type[BaseModel]:
    """A schema that allows these names and no others; reasons come first, as thinking should."""
    from .llm_schema import VoiceDraft  # its schema takes a while to build

    return create_model(
        "CastingDraft",
        reasons=(str, Field(min_length=1, max_length=600)),
        voice=(VoiceDraft, ...),
        option=(Literal[names], Field(description="one of the names")),  # type: ignore[arg-type]
    )
