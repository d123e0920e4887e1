"""Events of the realtime dialect, as OpenAI's Realtime API (2025) names them, with two of our own.

`chatanything.emotion` is what the face shows from now on; `chatanything.sentence` has the words and
times of a sentence and, in base64, the rows of the face's motion (half precision, little-endian).
"""

import base64
import binascii
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...live.records import (
    EmotionChanged,
    Event,
    RunError,
    RunFinished,
    RunStarted,
    SentenceSpoken,
)
from ...voice.signal.resample import at_rate
from ..wire import emotion_json, sentence_json

RATE = 24_000
"""Samples a second, both ways; 16-bit little-endian mono."""
FORMAT = {"type": "audio/pcm", "rate": RATE}
PIECE = RATE
"""Bytes of sound in one event: half a second."""
Record = dict[str, Any]


def new_id(kind: str) -> str:
    """An id as the dialect has them, such as `item_5f0c...`."""
    return f"{kind}_{uuid4().hex[:20]}"


def samples_of(pcm: bytes) -> npt.NDArray[np.float32]:
    """Mono in [-1, 1], shape (N,)."""
    return np.frombuffer(pcm[: len(pcm) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)


def pcm_of(samples: npt.NDArray[np.float32], rate: int) -> bytes:
    """16-bit sound at RATE."""
    return (np.clip(at_rate(samples, rate, RATE), -1, 1) * 32767).astype("<i2").tobytes()


def decoded_sound(event: Record, key: str = "audio") -> bytes:
    """The bytes of a sound in base64.

    Raises:
        InputError: it is none.
    """
    try:
        return base64.b64decode(event[key], validate=True)
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise InputError(f"`{key}` is 16-bit sound at {RATE} Hz in base64.") from error


def message_item(item: str, role: str, content: list[Record], status: str = "completed") -> Record:
    """A message of the conversation."""
    kind = {"object": "realtime.item", "type": "message", "status": status}
    return {"id": item, **kind, "role": role, "content": content}


@dataclass
class Answer:
    """Turns what happens in one turn into what the dialect says of it."""

    turn: str
    response: str = field(default_factory=lambda: new_id("resp"))
    item: str = field(default_factory=lambda: new_id("item"))
    sentences: list[SentenceSpoken] = field(default_factory=list)
    """What was sent so far."""
    over: bool = False

    def told(self, event: Event) -> list[Record]:
        """What is sent for an event of the talk."""
        match event:
            case RunStarted():
                return self._begun()
            case EmotionChanged(emotion):
                return [{"type": "chatanything.emotion", **emotion_json(emotion)}]
            case SentenceSpoken():
                return self._sentence(event)
            case RunFinished():
                return self.ended("completed")
            case RunError(message):
                error = {"type": "server_error", "message": message}
                return self.ended("failed", {"type": "failed", "error": error})
            case _:
                return []  # the text is told with its sound

    def ended(self, status: str, details: Record | None = None) -> list[Record]:
        """What closes the answer; nothing, when it is closed already."""
        if self.over:
            return []
        self.over = True
        part = {"type": "output_audio", "transcript": self.text}
        whole = "completed" if status == "completed" else "incomplete"
        item = message_item(self.item, "assistant", [part], whole)
        where = self._where()
        return [
            {"type": "response.output_audio.done", **where},
            {"type": "response.output_audio_transcript.done", **where, "transcript": self.text},
            {"type": "response.content_part.done", **where, "part": part},
            {"type": "response.output_item.done", **self._out(), "item": item},
            {"type": "conversation.item.done", "item": item},
            {"type": "response.done", "response": self._record(status, [item], details)},
        ]

    @property
    def text(self) -> str:
        """What was sent so far, as it is written."""
        return " ".join(one.text for one in self.sentences)

    def heard(self, milliseconds: float) -> str:
        """What was heard when so much of the answer's sound had been played."""
        told, left = "", milliseconds / 1000
        for one in self.sentences:
            if left <= 0:
                break
            told += one.text if left >= one.speech.seconds else spoken_part(one, left)
            told, left = told + " ", left - one.speech.seconds
        return told.strip()

    def _begun(self) -> list[Record]:
        item = message_item(self.item, "assistant", [], "in_progress")
        part = {"type": "output_audio", "transcript": ""}
        return [
            {"type": "response.created", "response": self._record("in_progress", [])},
            {"type": "response.output_item.added", **self._out(), "item": item},
            {"type": "conversation.item.added", "item": item},
            {"type": "response.content_part.added", **self._where(), "part": part},
        ]

    def _sentence(self, event: SentenceSpoken) -> list[Record]:
        where = self._where()
        delta = event.text if not self.sentences else f" {event.text}"
        self.sentences.append(event)
        sound = pcm_of(event.speech.samples, event.speech.rate)
        pieces = (sound[at : at + PIECE] for at in range(0, len(sound), PIECE))
        return [
            {"type": "response.output_audio_transcript.delta", **where, "delta": delta},
            sentence_record(event) | where,
            *(
                {"type": "response.output_audio.delta", **where, "delta": _base64(piece)}
                for piece in pieces
            ),
        ]

    def _out(self) -> Record:
        return {"response_id": self.response, "output_index": 0}

    def _where(self) -> Record:
        return {**self._out(), "item_id": self.item, "content_index": 0}

    def _record(self, status: str, output: list[Record], details: Record | None = None) -> Record:
        kind = {"id": self.response, "object": "realtime.response", "status": status}
        return {**kind, "status_details": details, "output": output}


def sentence_record(event: SentenceSpoken) -> Record:
    """A sentence of the face: words, times, motion."""
    track = event.track
    return {
        **sentence_json(event),
        "type": "chatanything.sentence",
        "track": {"fps": track.fps, "lead": track.lead, "columns": list(track.columns)},
        "rows": _base64(track.rows.astype("<f2").tobytes()),
    }


def spoken_part(event: SentenceSpoken, seconds: float) -> str:
    """A sentence up to the last word that had begun by then."""
    end = 0
    for word in event.speech.timeline.words:
        if word.start > seconds:
            break
        at = event.text.find(word.text, end)
        end = at + len(word.text) if at >= 0 else end
    return event.text[:end]


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
