"""The one verb of a chat engine."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Protocol

from ..llm import OnText
from ..persona import Emotion, Persona
from ..progress import Tick
from ..ranges import Range
from .records import History, Reply

OnEmotion = Callable[[Emotion], None]
"""Called with what the face shows, before the text where that is known, and again if it changes."""


def ignore_emotion(emotion: Emotion) -> None:
    """The `OnEmotion` of callers who wait for the whole."""


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

    def reply(
        self,
        said: ChatRequest,
        tick: Tick,
        on_text: OnText,
        on_emotion: OnEmotion = ignore_emotion,
    ) -> Reply:
        """The answer; `on_text` gets the text of the reply piece by piece as it comes, and never
        more words than `said.limit`."""
        ...
