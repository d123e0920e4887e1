"""One client of the socket: what it sends, and what it is told."""

import asyncio
from collections.abc import Callable
from contextlib import closing, suppress
from typing import Any

from ...errors import ChatAnythingError, InputError
from ...live.conversation import GREETING
from ...live.roster import Prepared
from ...transcription.transcribe import LONGEST, transcribe
from ..guard import RefusedError
from ..service import Service
from ..sound_routes import LONGEST_TEXT, around, said_by_others
from ..wire import packed_event
from .dialect import (
    FORMAT,
    RATE,
    Answer,
    Record,
    decoded_sound,
    message_item,
    new_id,
    samples_of,
    sentence_record,
)

LARGEST = int(LONGEST) * RATE * 2
"""Bytes of sound that wait to be committed."""
KEPT = 20
"""Answers whose sentences are remembered, so that they can be truncated."""
_HELD = ("type", "object", "id", "output_modalities", "audio", "turn_detection")


class Session:
    """Takes the events of one client; `send` may be called from any thread.

    The persona, its voice and its language are the character's own: `session.update` changes none
    of them. The client says when it has finished speaking (`input_audio_buffer.commit`).
    """

    def __init__(
        self, service: Service, prepared: Prepared, send: Callable[[Record], None]
    ) -> None:
        self.service = service
        self.prepared = prepared
        self.send = send
        self._sound = bytearray()
        self._said: list[str] = []
        """What the user has said since the last answer."""
        self._answers: dict[str, Answer] = {}
        """By item, oldest first."""
        self._running: asyncio.Task[None] | None = None
        self._takers: dict[str, Callable[[Record], Any]] = {
            "session.update": self._update,
            "input_audio_buffer.append": self._append,
            "input_audio_buffer.clear": self._clear,
            "input_audio_buffer.commit": self._commit,
            "conversation.item.create": self._item,
            "conversation.item.truncate": self._truncate,
            "response.create": self._respond,
            "response.cancel": self._cancel,
        }

    def begin(self) -> None:
        """Say who is here."""
        self.send({"type": "session.created", "session": self._session()})

    async def take(self, event: Record) -> None:
        """Do what an event asks; what is wrong with it is told, and the session goes on."""
        kind = event.get("type")
        try:
            if kind not in self._takers:
                known = ", ".join(self._takers)
                raise InputError(f"There is no event {str(kind)[:60]!r}. Known: {known}.")
            done = self._takers[str(kind)](event)
            if done is not None:
                await done
        except ChatAnythingError as error:
            self._refuse(str(error), event.get("event_id"))

    async def end(self) -> None:
        """The client has gone: nothing more is said."""
        self._cancel({})
        if self._running:
            with suppress(asyncio.CancelledError):
                await self._running

    def _refuse(self, message: str, cause: object) -> None:
        error = {"type": "invalid_request_error", "message": message, "event_id": cause}
        self.send({"type": "error", "error": error})

    def _session(self) -> Record:
        persona = self.prepared.character.persona
        return {
            "type": "realtime",
            "object": "realtime.session",
            "id": self.prepared.id,
            "instructions": persona.personality,
            "output_modalities": ["audio"],
            "audio": {
                "input": {"format": FORMAT, "turn_detection": None},
                "output": {"format": FORMAT, "voice": persona.name},
            },
        }

    def _update(self, event: Record) -> None:
        asked = event.get("session")
        if not isinstance(asked, dict):
            raise InputError("`session` is an object.")
        own = self._session()
        other = [name for name in asked if name not in _HELD and asked[name] != own.get(name)]
        if other:
            words = f"{', '.join(other)[:200]} cannot be set: they are the character's own."
            self._refuse(words, event.get("event_id"))
        self.send({"type": "session.updated", "session": own})

    def _append(self, event: Record) -> None:
        piece = decoded_sound(event)
        if len(self._sound) + len(piece) > LARGEST:
            raise InputError(f"More than {LONGEST:g} seconds of sound wait. Commit or clear them.")
        self._sound += piece

    def _clear(self, event: Record) -> None:
        self._sound.clear()
        self.send({"type": "input_audio_buffer.cleared"})

    async def _commit(self, event: Record) -> None:
        sound = bytes(self._sound)
        self._sound.clear()
        if len(sound) < RATE // 5:
            raise InputError("Less than a tenth of a second of sound was sent.")
        item = new_id("item")
        self.send({"type": "input_audio_buffer.committed", "item_id": item})
        await self._hear(item, sound)

    async def _hear(self, item: str, sound: bytes) -> None:
        language = self.prepared.character.persona.language
        text = await asyncio.to_thread(transcribe, samples_of(sound), RATE, language=language)
        content = [{"type": "input_audio", "transcript": text}]
        self._added(message_item(item, "user", content))
        kind = "conversation.item.input_audio_transcription.completed"
        self.send({"type": kind, "item_id": item, "content_index": 0, "transcript": text})
        if text:
            self._said.append(text)

    async def _item(self, event: Record) -> None:
        item = event.get("item")
        if not isinstance(item, dict) or item.get("type") != "message":
            raise InputError("`item` is a message: there are no other items here.")
        content = item.get("content")
        part = content[0] if isinstance(content, list) and len(content) == 1 else {}
        name = str(item.get("id") or new_id("item"))[:64]
        match (item.get("role"), part.get("type") if isinstance(part, dict) else None):
            case ("user", "input_text"):
                text = _text(part, "text")
                self._added(message_item(name, "user", [{"type": "input_text", "text": text}]))
                self._said.append(text)
            case ("user", "input_audio"):
                await self._hear(name, decoded_sound(part))
            case ("assistant", "output_audio" | "audio"):
                await self._say(name, decoded_sound(part), _text(part, "transcript"))
            case _:
                raise InputError(
                    "A message has one part: input_text or input_audio of the user, or output_audio "
                    "of the assistant, which the face then says."
                )

    async def _say(self, item: str, sound: bytes, text: str) -> None:
        """The face says what another voice says; the conversation does not change."""
        if len(sound) > LARGEST:
            raise InputError(f"More than {LONGEST:g} seconds of sound are too many.")
        made = await asyncio.to_thread(said_by_others, self.prepared, samples_of(sound), RATE, text)
        for event in around(self.prepared, made):
            self.service.followers.tell(self.prepared.id, packed_event(event))
        self._added(message_item(item, "assistant", [{"type": "output_audio", "transcript": text}]))
        self.send({**sentence_record(made), "item_id": item})

    def _added(self, item: Record) -> None:
        self.send({"type": "conversation.item.added", "item": item})
        self.send({"type": "conversation.item.done", "item": item})

    def _respond(self, event: Record) -> None:
        if self._running and not self._running.done():
            raise InputError("An answer is being given. Cancel it first.")
        if wait := self.service.asking.wait(self.prepared.id):
            raise RefusedError(429, f"Too many requests. Wait {wait:.0f} seconds.")
        message, self._said = " ".join(self._said), []
        answer = Answer(turn=new_id("turn").replace("_", "-"))
        self._answers[answer.item] = answer
        while len(self._answers) > KEPT:
            del self._answers[next(iter(self._answers))]
        work = asyncio.to_thread(self._answered, answer, message or GREETING)
        self._running = asyncio.get_running_loop().create_task(work)

    def _answered(self, answer: Answer, message: str) -> None:
        try:
            told = self.service.told(self.prepared.id, message, answer.turn)
            with closing(told) as events:
                for event in events:
                    for record in answer.told(event):
                        self.send(record)
            cut = {"type": "cancelled", "reason": "client_cancelled"}
            records = answer.ended("cancelled", cut)
        except ChatAnythingError as error:
            failed = {"type": "server_error", "message": str(error)}
            records = answer.ended("failed", {"type": "failed", "error": failed})
        for record in records:
            self.send(record)

    def _cancel(self, event: Record) -> None:
        for answer in self._answers.values():
            if not answer.over:
                self.prepared.conversation.interrupt(answer.turn)

    async def _truncate(self, event: Record) -> None:
        answer = self._answers.get(str(event.get("item_id")))
        played = event.get("audio_end_ms")
        if answer is None or not isinstance(played, (int, float)) or isinstance(played, bool):
            raise InputError("Give `item_id` of one of the last answers and `audio_end_ms`.")
        heard = answer.heard(played)
        await asyncio.to_thread(self.service.heard, self.prepared.id, answer.turn, heard)
        kind = {"type": "conversation.item.truncated", "content_index": 0}
        self.send({**kind, "item_id": answer.item, "audio_end_ms": played})


def _text(part: Record, key: str) -> str:
    text = part.get(key) or ""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        raise InputError(f"`{key}` is a text of at most {LONGEST_TEXT} characters.")
    return text
