"""The writer that asks a language model."""

from ..llm import LanguageModel, Message, Question, ask, open_model, prompt
from ..llm.strict_schema import strict_schema
from ..progress import Tick
from .llm_schema import PersonaDraft
from .records import Persona, Provenance


class ModelWriter:
    """Writes a character with any language model, through one schema."""

    def __init__(self, engine: str, model: LanguageModel | None = None) -> None:
        self.engine = engine
        """Registered name of the language model, or what the given one is called."""
        self.model = model
        """The model itself where the caller has it; None opens the engine."""

    def write(self, concept: str, *, language: str, seed: int, source: str, tick: Tick) -> Persona:
        """Write a persona; the concept is a message of its own, to the letter."""
        model = self.model or open_model(self.engine, source)
        messages = question_of(concept, language).messages
        answer = ask(model, messages, PersonaDraft, seed=seed, tick=tick)
        provenance = Provenance(self.engine, model.label, answer.notes)
        return answer.value.persona(concept, language, seed, provenance)


def question_of(concept: str, language: str) -> Question:
    """What a model is asked; the concept is a message of its own."""
    system = prompt("persona", language=language or prompt("language-of-concept"))
    messages = (Message("system", system), Message("user", concept))
    return Question(messages, schema=strict_schema(PersonaDraft))
