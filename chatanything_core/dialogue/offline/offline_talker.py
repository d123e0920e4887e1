"""The chat engine that needs no model: it listens for what is meant and answers in character.

In the tradition of ELIZA (Weizenbaum 1966): patterns pick an intent, the persona's own record
fills the answer, the memory holds what the user said of themselves, and the seed chooses among
sentences that were not said yet.
"""

from dataclasses import replace
from hashlib import blake2b

from ...llm import OnText
from ...llm.text_length import within
from ...persona import Emotion
from ...progress import Tick
from ...seeding import generator
from ..base import ChatRequest, OnEmotion, ignore_emotion
from ..memory import learned
from ..records import Reply, Turn
from .compose import Composer
from .frames import frames
from .own_record import own_record
from .phrasebook import book_of
from .small_talk import answer, small_talk
from .user_facts import facts_in, kept, user_name


class OfflineTalker:
    """Deterministic: same conversation, message and seed, same reply."""

    def reply(
        self,
        said: ChatRequest,
        tick: Tick,
        on_text: OnText,
        on_emotion: OnEmotion = ignore_emotion,
    ) -> Reply:
        """Answer at once."""
        book = book_of(said.persona.language)
        told = facts_in(said.message, book)
        facts = learned(said.history.memory, [kept(kind, values) for kind, values in told])
        memory = (*said.history.memory, *facts)
        turns = str(len(said.history.turns))
        random = generator(said.seed, "chat", said.persona.name, turns, said.message)
        talk = small_talk(said.persona.language)
        if talk is not None:
            text = answer(talk, said.persona, said.message, said.history, random)
            reply = _reply(said, text, said.persona.emotion, (), memory)
            return _told(reply, on_text, on_emotion)
        user = said.user or user_name(memory)
        record = own_record(said.persona, book, user)
        values = {**record.values, **({"user": (user,)} if user else {})}
        composer = Composer(said, book, record, frames(book, values, said.history, random))
        text, emotion = composer.answer([pair for pair in told if kept(*pair) in facts])
        return _told(_reply(said, text, emotion, facts, memory), on_text, on_emotion)


def _told(reply: Reply, on_text: OnText, on_emotion: OnEmotion) -> Reply:
    """The mood and then the text, to whoever listens."""
    on_emotion(reply.emotion)
    on_text(reply.text)
    return reply


def _reply(
    said: ChatRequest,
    text: str,
    emotion: Emotion,
    facts: tuple[str, ...],
    memory: tuple[str, ...],
) -> Reply:
    text = within(text, said.limit, said.persona.voice.language)
    key = blake2b(f"offline {said}".encode("utf-8", "surrogatepass"), digest_size=16)
    turn = Turn(said.message, text, emotion, facts, key.hexdigest())
    history = replace(said.history, turns=(*said.history.turns, turn), memory=memory)
    return Reply(text, emotion, history)
