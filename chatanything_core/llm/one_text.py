"""A question as one text, and its answer as another, for whoever passes both on by hand or by wire."""

from dataclasses import dataclass
from hashlib import blake2b

from ..progress import Tick
from .ask import with_shape
from .base import LanguageModel, Message, OnText, Question
from .prompt_files import prompt


def one_text(question: Question) -> str:
    """The whole question, with the shape of the answer in words when it has a schema."""
    messages = question.messages
    if question.schema:
        messages = with_shape(messages, question.schema)
    return joined(messages)


def joined(messages: tuple[Message, ...]) -> str:
    """A conversation as one text, for models that take a single prompt."""
    system = "\n\n".join(message.text for message in messages if message.role == "system")
    rest = [message for message in messages if message.role != "system"]
    told = "\n\n".join(f"{message.role.capitalize()}: {message.text}" for message in rest)
    return prompt("one-text", system=system, messages=told)


@dataclass(frozen=True)
class GivenAnswer(LanguageModel):
    """A model that has answered already: somebody gave it the question as one text."""

    text: str
    """What it answered, with whatever stands around the JSON."""
    window: int = 1_000_000_000
    """Tokens. It was not asked here, so that nothing has to fit."""

    @property
    def label(self) -> str:
        """What it is called in messages."""
        return "The text node"

    @property
    def identity(self) -> str:
        """The answer itself."""
        return blake2b(self.text.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()

    @property
    def remedy(self) -> str:
        """What helps: the whole question, and room for the whole answer."""
        begin = " ".join(self.text.split())[:80]
        return (
            f"Its answer begins with {begin!r}. Give it the text of `question` to the letter, and "
            "let it write at least 2048 tokens."
        )

    def answer(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """The same for every question."""
        return self.text
