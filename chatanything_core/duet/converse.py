"""Turn after turn, each character answers what the other one said."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .. import voice
from ..character.make_character import Character
from ..dialogue import History, chat
from ..errors import InputError
from ..persona import Emotion
from ..progress import Tick, no_progress
from ..ranges import Range
from ..voice import Speech

TURNS = Range(2, 60, "turns")


@dataclass(frozen=True, eq=False)
class DuetTurn:
    """What one of the two says."""

    speaker: int
    """0 or 1."""
    text: str
    emotion: Emotion
    """What the speaker shows meanwhile."""
    speech: Speech


def converse(
    pair: tuple[Character, Character],
    topic: str,
    turns: int,
    *,
    engine: str = "",
    source: str = "",
    limit: int = 30,
    seed: int = 0,
    tick: Tick = no_progress,
) -> Iterator[DuetTurn]:
    """Have the two talk about `topic`, the first one beginning; each turn as soon as it is spoken.

    Each of them remembers the whole talk and calls the other one by name. The same pair, topic and
    seeds give the same talk.

    Args:
        engine: Who writes, one of `talkers`; empty means the first, which needs no model.
        source: What it runs on, as for `chat`.
        limit: Most words of a turn.
        seed: Added to the characters' own: another one gives another talk.

    Raises:
        InputError: the number of turns is out of range, or the topic cannot be used.
        EngineError: an engine failed.
    """
    TURNS.check("The number of turns", turns)
    said = _opening(topic)
    histories = [History(), History()]
    writer: dict[str, Any] = {"engine": engine, "source": source, "limit": limit, "tick": tick}
    for number in range(turns):
        speaker = number % 2
        own, other = pair[speaker], pair[1 - speaker]
        words = {**writer, "user": other.persona.name, "seed": own.seed + seed + number}
        reply = chat(own.persona, said, histories[speaker], **words)
        histories[speaker] = reply.history
        speech = voice.speak(own.voice, reply.text, emotion=reply.emotion, tick=tick)
        yield DuetTurn(speaker, reply.text, reply.emotion, speech)
        said = reply.text


def _opening(topic: str) -> str:
    said = " ".join(topic.split())
    if not said:
        raise InputError("A talk needs a topic. Give one, such as 'rain'.")
    return f"Let us talk about {said}. What do you think of it?"
