"""A model's reply, while it comes and when it is whole.

A turn is never lost for a side field: what the character says is taken as JSON or as bare prose,
and what its face shows is its usual mood where the model says nothing that is understood.
"""

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, Field

from ..llm import Answer, BadAnswerError, OnText
from ..llm.ask import objects_in
from ..llm.printable import printable
from ..llm.text_length import word_count
from ..llm.thoughts import without_thoughts
from ..persona import Emotion, EmotionName
from ..persona.emotion_words import emotion_of, strength_of
from ..ranges import Share
from .base import ChatRequest, OnEmotion
from .clean_reply import clean_reply, is_echo, may_be_label

Fact = Annotated[str, Field(max_length=300)]
_SAID = ("reply", "response", "text", "message", "content", "answer", "speech", "dialogue", "say")
"""Names under which models put what the character says."""
_FELT = ("emotion", "mood", "feeling", "expression")
_STRONG = ("emotion_strength", "strength", "intensity", "emotion_intensity")
_LEARNED = ("remember", "memory", "facts", "memories")
_REPLY = re.compile(r'"reply"\s*:\s*"((?:[^"\\]|\\.)*)', re.DOTALL)
_MOOD = re.compile(rf'"(?:{"|".join(_FELT)})"\s*:\s*"([^"]*)"')
_STRENGTH = re.compile(rf'"(?:{"|".join(_STRONG)})"\s*:\s*"?([^",}}]+)"?\s*[,}}]')
_TORN = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?$")
_JSON = re.compile(r"[\s`]*(?:json\b)?\s*(?:\{|\[\s*[{\"\]])")
_PROSE = ("The model gave no JSON; its words are the reply.",)
_LONGEST = 8000
_MOST_FACTS = 8


class ReplyDraft(BaseModel):
    """A reply as a language model is asked for it: a face changes before its mouth opens."""

    emotion: EmotionName = Field(description="what its face shows while it says the reply")
    emotion_strength: Share = Field(description="0 barely shows, 1 is unmistakable")
    reply: Annotated[str, Field(min_length=1, max_length=_LONGEST)] = Field(
        description="what the character says"
    )
    remember: Annotated[list[Fact], Field(max_length=_MOST_FACTS)] = Field(
        description="new facts about the user, each a short sentence; mostly empty"
    )


class ReplyReader:
    """Reads the answers to one message."""

    def __init__(self, said: ChatRequest) -> None:
        self._name = said.persona.name
        self._message = said.message
        self._limit = said.limit
        self._mood = said.persona.emotion
        self._echoes = self._cuts = 0

    def __call__(self, text: str, cut: bool) -> Answer[ReplyDraft]:
        """The reply in an answer.

        Raises:
            BadAnswerError: the character says nothing in it; the first time also when it repeats
                the message, or stops before it has said as much as it may.
        """
        data, notes = next(self._candidates(text), ({}, ()))
        said = clean_reply(str(data.get("reply", "")), self._name, cut=cut)[:_LONGEST]
        if not said:
            raise BadAnswerError("The reply is empty.")
        if is_echo(said, self._message) and not self._echoes:
            self._echoes += 1
            raise BadAnswerError("The reply only repeats what the user said. Answer it.")
        # Prose that is cut may be a thought whose closing mark has not come yet.
        short = notes == _PROSE or word_count(said) < self._limit
        if cut and short and not self._cuts:
            self._cuts += 1
            raise BadAnswerError("The reply is cut short.")
        emotion = emotion_of(data.get("emotion"))
        if emotion is None and "emotion" in data:
            notes = (*notes, "The model named no emotion of the seven; the usual mood is shown.")
        strength = strength_of(data.get("emotion_strength"))
        usual = self._mood.strength if emotion is None else 0.5
        draft = ReplyDraft(
            reply=said,
            emotion=emotion or self._mood.name,
            emotion_strength=usual if strength is None or emotion is None else strength,
            remember=_facts(data.get("remember"))[:_MOST_FACTS],
        )
        return Answer(draft, notes)

    def _candidates(self, text: str) -> Iterator[tuple[dict[str, Any], tuple[str, ...]]]:
        """Fields of the reply by our names: out of JSON, else the bare prose."""
        told = without_thoughts(text)
        beside: dict[str, Any] = {}
        for found, notes in objects_in(text):
            fields = _by_our_names(found)
            if "reply" in fields:
                yield fields, notes
            beside = beside or fields
        if not _JSON.match(told):
            prose = told[: told.find("{")] if beside else told
            yield {**beside, "reply": prose}, _PROSE


class ReplyListener:
    """Passes on the growing reply, and nothing that is not said by the character.

    No more words are told than the reply may have, so that what was heard need not be taken back.
    """

    def __init__(self, said: ChatRequest, on_text: OnText, on_emotion: OnEmotion) -> None:
        self._said = said
        self._hear = on_text
        self._feel = on_emotion
        self._text = ""
        self._told = ""
        self._felt: Emotion | None = None

    def __call__(self, piece: str) -> None:
        """Take a piece of the answer and tell what it adds to the reply."""
        self._text = self._text + piece if piece else ""
        said = without_thoughts(self._text)
        # Before bare prose it is not known whether it is a thought without a mark.
        match = _REPLY.search(said) if _JSON.match(said) else None
        if not match:
            return
        try:
            raw = json.loads(f'"{_TORN.sub("", match.group(1))}"', strict=False)
        except ValueError:
            return
        if may_be_label(raw, self._said.persona.name):
            return
        self._tell_mood(_mood_in(said[: match.start()]))
        reply = clean_reply(raw, self._said.persona.name, partial=True)
        if word_count(reply) <= self._said.limit:
            self._tell(reply)

    def finish(self, reply: str, emotion: Emotion) -> None:
        """Tell what is still to be told of the whole reply."""
        self._tell_mood(emotion)
        self._tell(reply)

    def _tell_mood(self, emotion: Emotion | None) -> None:
        if emotion and emotion != self._felt:
            self._felt = emotion
            self._feel(emotion)

    def _tell(self, reply: str) -> None:
        if reply.startswith(self._told) and len(reply) > len(self._told):
            self._hear(reply[len(self._told) :])
            self._told = reply


def _mood_in(text: str) -> Emotion | None:
    """The mood that stands before the reply."""
    named, strong = _MOOD.search(text), _STRENGTH.search(text)
    emotion = emotion_of(named[1]) if named else None
    strength = strength_of(strong[1]) if strong else None
    return Emotion(emotion, 0.5 if strength is None else strength) if emotion else None


def _by_our_names(found: dict[str, Any]) -> dict[str, Any]:
    """The fields of a reply, whatever the model calls them and however it nests them."""
    lower = {str(key).lower().strip(): value for key, value in found.items()}
    fields = {
        ours: next((lower[name] for name in names if lower.get(name) is not None), None)
        for ours, names in zip(
            ReplyDraft.model_fields, (_FELT, _STRONG, _SAID, _LEARNED), strict=True
        )
    }
    feeling = fields["emotion"]
    if isinstance(feeling, dict):
        inner = {str(key).lower(): value for key, value in feeling.items()}
        fields["emotion"] = inner.get("name") or inner.get("emotion") or inner.get("type")
        fields["emotion_strength"] = inner.get("strength", inner.get("intensity"))
    elif isinstance(feeling, list) and feeling:
        fields["emotion"] = feeling[0]
    said = fields.pop("reply")
    if isinstance(said, list):
        said = " ".join(part for part in said if isinstance(part, str))
    if isinstance(said, dict):
        said = next((part for part in said.values() if isinstance(part, str)), "")
    return fields | ({"reply": said} if isinstance(said, str) else {})


def _facts(value: object) -> list[str]:
    """Facts out of a list, or a single one; what is no text or too long is left out."""
    entries = [value] if isinstance(value, str) else value if isinstance(value, list) else []
    facts = [printable(fact).strip() for fact in entries if isinstance(fact, str)]
    return [fact for fact in facts if 3 < len(fact) <= 300]
