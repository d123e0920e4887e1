"""The one verb of a chat engine."""

from dataclasses import dataclass
from typing import Annotated, Protocol

from ..llm import OnText
from ..persona import Persona
from ..progress import Tick
from ..ranges import Range
from .records import History, Reply


@dataclass(frozen=True)
class ChatRequest:
    """One message to a persona, and how it is to be answered."""

    persona: Persona
    message: str
    history: History
    limit: Annotated[int, Range(5, 1000, "words")] = 50
    """Words that the reply may have."""
    seed: int = 0
    source: str = ""
    """What the engine runs on: a profile's name or a model folder."""
    user: str = ""
    """The user's own name, as the persona may use it; empty when it is not known."""


class Talker(Protocol):
    """Answers as a persona."""

    def reply(self, said: ChatRequest, tick: Tick, on_text: OnText) -> Reply:
        """The answer; `on_text` gets the text of the reply piece by piece as it comes."""
        ...
