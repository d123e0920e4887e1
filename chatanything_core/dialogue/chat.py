"""Say something to a persona and get its reply."""

from dataclasses import replace

from ..errors import InputError
from ..llm import LanguageModel, OnText, ignore_text, one_text
from ..persona import Persona, check_unicode
from ..progress import Tick, no_progress
from ..ranges import check_ranges
from .base import ChatRequest, OnEmotion, Talker, ignore_emotion
from .clean_reply import clean_reply
from .records import History, Reply
from .registry import talkers

MAX_MESSAGE = 8000
"""Characters."""


def chat(
    persona: Persona,
    message: str,
    history: History | None = None,
    *,
    engine: str = "",
    source: str = "",
    limit: int = ChatRequest.limit,
    seed: int = 0,
    user: str = "",
    model: LanguageModel | None = None,
    tick: Tick = no_progress,
    on_text: OnText = ignore_text,
    on_emotion: OnEmotion = ignore_emotion,
) -> Reply:
    """Say `message` to `persona` and get its reply with the conversation that includes it.

    `history` is not changed: continue from the reply's, or from the old one to branch.
    An empty `engine` means the first of `talkers`. `source` is a profile's name for `openai` (empty: the only one), a folder for
    `transformers`. A `model` of the caller's is asked instead of an engine. `user` is the user's own
    name. `on_text` gets the reply piece by piece, `on_emotion` what the face shows as soon as that
    is known, which is mostly before the text.

    Raises:
        InputError: the message is empty or too long, or the limit or source cannot be used.
        UnknownEngineError: `engine` is not registered.
        EngineError: the model failed, gave no usable reply, or its window is too small.
    """
    check_message(message)
    said = ChatRequest(persona, message, history or History(), limit, seed, source, user)
    check_ranges(said, "The reply's")
    talker = _asking(model) if model else talkers.create(engine)
    return _cleaned(talker.reply(said, tick, on_text, on_emotion), persona)


def turn_question(
    persona: Persona,
    message: str,
    history: History | None = None,
    *,
    limit: int = ChatRequest.limit,
    user: str = "",
) -> str:
    """What a language model is asked for the reply to `message`, as one text.

    Its answer is the turn: `chat(persona, message, history, model=GivenAnswer(answer))`.

    Raises:
        InputError: the message is empty or too long, or the limit cannot be used.
    """
    from .llm_talker import question_of  # its schema takes a while to build

    check_message(message)
    said = ChatRequest(persona, message, history or History(), limit, user=user)
    check_ranges(said, "The reply's")
    return one_text(question_of(said))


def _asking(model: LanguageModel) -> Talker:
    from .llm_talker import ModelTalker

    return ModelTalker(model.label, model)


def _cleaned(reply: Reply, persona: Persona) -> Reply:
    """The reply as the character alone said it, whoever wrote it."""
    text = clean_reply(reply.text, persona.name)
    if text == reply.text or not reply.history.turns:
        return reply
    *earlier, turn = reply.history.turns
    history = replace(reply.history, turns=(*earlier, replace(turn, reply=text)))
    return replace(reply, text=text, history=history)


def check_message(message: str) -> None:
    """Let a usable message pass.

    Raises:
        InputError: it is empty or longer than MAX_MESSAGE.
    """
    if not message.strip():
        raise InputError("The message is empty. Type what you want to say.")
    check_unicode(message, "message")
    if len(message) > MAX_MESSAGE:
        raise InputError(
            f"The message has {len(message)} characters; at most {MAX_MESSAGE} are allowed."
        )
