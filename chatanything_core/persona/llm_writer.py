"""The writer that asks a language model."""

from ..llm import LanguageModel, Message, ask, open_model, prompt
from ..progress import Tick
from .llm_schema import PersonaDraft
from .records import Persona, Provenance


class ModelWriter:
    """Writes a character with any language model, through one schema."""

    def __init__(self, engine: str) -> None:
        self.engine = engine
        """Registered name of the language model."""

    def write(self, concept: str, *, language: str, seed: int, source: str, tick: Tick) -> Persona:
        """Write a persona; the concept is a message of its own, to the letter."""
        model: LanguageModel = open_model(self.engine, source)
        system = prompt("persona", language=language or prompt("language-of-concept"))
        messages = (Message("system", system), Message("user", concept))
        answer = ask(model, messages, PersonaDraft, seed=seed, tick=tick)
        provenance = Provenance(self.engine, model.label, answer.notes)
        return answer.value.persona(concept, language, seed, provenance)
