"""Small questions that show what a server and its model can do."""

import time
from dataclasses import dataclass

from pydantic import BaseModel, Field

from ...errors import EngineError
from ...progress import no_progress
from ..ask import ask, parse, thinking_room
from ..base import LanguageModel, Message, Question, ignore_text
from ..strict_schema import strict_schema

_GREETING = (Message("user", "Say hello in three words."),)


class Probe(BaseModel):
    """One line of text."""

    answer: str = Field(description="what was asked for", min_length=1, max_length=200)


@dataclass(frozen=True)
class Abilities:
    """What a probe found out."""

    answer: str
    """What the model said."""
    seconds: float
    """How long the answer took."""
    schema: bool
    """Whether the server holds the model to a JSON schema; else JSON is asked for in words."""
    thinks: bool
    """Whether the model thinks before it answers."""
    streams: bool
    """Whether the answer comes in pieces."""
    notes: tuple[str, ...]
    """What had to be asked again or repaired."""

    def sentences(self) -> list[str]:
        """The same in words."""
        told = [
            "It holds its model to a JSON schema."
            if self.schema
            else "It knows no JSON schema, or ignores it; JSON is asked for in words.",
            "Its answers come in pieces." if self.streams else "Its answers come in one piece.",
        ]
        if self.thinks:
            told.append("It thinks before it answers; --effort says how long, where it can.")
        return [*told, *self.notes]


def probed(model: LanguageModel) -> Abilities:
    """Ask a model two short questions.

    Raises:
        EngineError: it gave no usable answer.
    """
    pieces: list[str] = []
    began = time.monotonic()
    answer = ask(model, _GREETING, Probe, max_tokens=200, on_text=pieces.append)
    return Abilities(
        answer=answer.value.answer,
        seconds=round(time.monotonic() - began, 2),
        schema=_holds_to_schema(model),
        thinks=bool(thinking_room(model)),
        streams=len([piece for piece in pieces if piece]) > 1,
        notes=answer.notes,
    )


def _holds_to_schema(model: LanguageModel) -> bool:
    """Whether JSON comes though no word of the question asks for any."""
    if "schema" not in model.forms:
        return False
    question = Question(
        _GREETING, "schema", strict_schema(Probe), 200 + thinking_room(model), seed=1
    )
    try:
        text = model.answer(question, time.monotonic() + model.timeout, no_progress, ignore_text)
        parse(text, Probe)
    except EngineError:
        return False
    return True
