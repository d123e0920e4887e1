"""Say something to a persona and get its reply."""

from ..errors import InputError
from ..llm import OnText, ignore_text
from ..persona import Persona, check_unicode
from ..progress import Tick, no_progress
from .base import ChatRequest
from .records import History, Reply
from .registry import talkers

MAX_MESSAGE = 8000
"""Characters."""
LIMITS = (5, 1000)
"""Words of a reply."""


def chat(
    persona: Persona,
    message: str,
    history: History | None = None,
    *,
    engine: str = "offline",
    source: str = "",
    limit: int = 50,
    seed: int = 0,
    tick: Tick = no_progress,
    on_text: OnText = ignore_text,
) -> Reply:
    """Say `message` to `persona` and get its reply with the conversation that includes it.

    `history` is left as it is: go on from the reply's, or again from the old one to branch.
    `source` is a profile's name for `openai` (empty: the only one), a folder for
    `transformers`. `on_text` gets the reply piece by piece.

    Raises:
        InputError: the message is empty or too long, the limit or the source is no good.
        UnknownEngineError: nobody registered `engine`.
        EngineError: the model failed, gave no usable reply, or its window is too small.
    """
    check_message(message)
    if not LIMITS[0] <= limit <= LIMITS[1]:
        raise InputError(
            f"A reply of {limit} words cannot be had. Choose {LIMITS[0]} to {LIMITS[1]}."
        )
    said = ChatRequest(persona, message, history or History(), limit, seed, source)
    return talkers.create(engine).reply(said, tick, on_text)


def check_message(message: str) -> None:
    """Let a usable message pass.

    Raises:
        InputError: it is empty or longer than 8000 characters.
    """
    if not message.strip():
        raise InputError("The message is empty. Type what you want to say.")
    check_unicode(message, "message")
    if len(message) > MAX_MESSAGE:
        raise InputError(
            f"The message has {len(message)} characters; at most {MAX_MESSAGE} are allowed."
        )
