"""What a language model is: it answers a question, and says what it can be asked."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ..errors import EngineError
from ..progress import Tick

Role = Literal["system", "user", "assistant"]
Form = Literal["schema", "object", "text"]
FORMS: tuple[Form, ...] = ("schema", "object", "text")
"""How firmly a server can be held to JSON, firmest first: a schema that it enforces, any JSON
object, and plain text that only asks for JSON."""
OnText = Callable[[str], None]
"""Called with each piece of text as it comes; an empty piece says that it starts again."""


def ignore_text(piece: str) -> None:
    """The `OnText` of callers who wait for the whole."""


class UnsupportedFormError(EngineError):
    """A server that cannot answer in the form that it was asked for."""


class CutShortError(EngineError):
    """An answer that reached `max_tokens` before its end."""

    def __init__(self, text: str, thinking: bool) -> None:
        super().__init__("The answer was longer than it may be.")
        self.text = text
        """What of it came."""
        self.thinking = thinking
        """Whether thoughts took of the tokens."""


@dataclass(frozen=True)
class Message:
    """One entry of a conversation."""

    role: Role
    text: str


def folded(messages: tuple[Message, ...]) -> tuple[Message, ...]:
    """System messages as the beginning of the first other one, for models that take none.

    >>> folded((Message("system", "Be brief."), Message("user", "Hi")))
    (Message(role='user', text='Be brief.\\n\\nHi'),)
    """
    system = "\n\n".join(message.text for message in messages if message.role == "system")
    rest = [message for message in messages if message.role != "system"]
    first, *others = rest or [Message("user", "")]
    return (Message(first.role, f"{system}\n\n{first.text}".strip()), *others)


@dataclass(frozen=True)
class Question:
    """Everything that a model is given for one answer."""

    messages: tuple[Message, ...]
    form: Form = "text"
    schema: dict[str, Any] | None = None
    """JSON schema of the answer, for the form `schema`."""
    max_tokens: int = 1024
    temperature: float = 0.8
    seed: int = 0


class LanguageModel(ABC):
    """Answers a question. `answer` is enough; everything else has a default."""

    @property
    def label(self) -> str:
        """The model's name, for a persona's provenance; by default that of its class."""
        return type(self).__name__

    @property
    def identity(self) -> str:
        """The model and the place where it runs: what an answer depends on."""
        return self.label

    @property
    def window(self) -> int:
        """Tokens of question and answer together."""
        return 4096

    @property
    def remedy(self) -> str:
        """What helps when none of its answers is usable, as a sentence."""
        return "Try another model."

    @property
    def timeout(self) -> float:
        """Seconds that a caller may wait for an answer, with all tries."""
        return 600.0

    @property
    def forms(self) -> tuple[Form, ...]:
        """Forms that are worth asking it for, firmest first; by default JSON asked for in words."""
        return ("text",)

    def keep_ready(self) -> None:  # noqa: B027  most models have nothing to prepare
        """Load what the first question would wait for, without asking anything."""

    @abstractmethod
    def answer(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """The whole answer.

        `deadline` is a time of `time.monotonic()`. `tick` is called at least twice a second
        and may raise to interrupt.

        Raises:
            UnsupportedFormError: it cannot answer in the form of the question.
            CutShortError: it reached `max_tokens`.
            EngineTimeoutError: the deadline passed.
            EngineError: anything else.
        """
