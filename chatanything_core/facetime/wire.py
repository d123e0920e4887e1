"""Events as bytes: four bytes of length (little-endian), as much JSON, then the bytes of its payloads.

`payload` in the JSON counts the bytes of each. Sound is 16-bit mono, motion half precision: base64
would cost the page more time than the way over the network.
"""

import json
from typing import Any

import numpy as np

from ..live.records import (
    EmotionChanged,
    Event,
    RunError,
    RunFinished,
    RunStarted,
    SentenceSpoken,
    TextMessageContent,
)
from ..live.speech_track import SpeechTrack
from ..persona import Emotion
from ..talking_head.emotion_look import EXPRESSIONS

MEDIA_TYPE = "application/x-chatanything-events"
HEADERS = {
    # Proxies hold an answer back, or pack it, unless they are told not to.
    "Cache-Control": "no-cache, no-transform",
    "X-Accel-Buffering": "no",
    "X-Content-Type-Options": "nosniff",
}
ALIVE = 15.0
"""Seconds of silence after which a line of keep-alive is sent."""


def packed(record: dict[str, Any], *payloads: bytes) -> bytes:
    """A record with what belongs to it."""
    if payloads:
        record = {**record, "payload": [len(payload) for payload in payloads]}
    head = json.dumps(record, ensure_ascii=False).encode("utf-8", "replace")
    return b"".join((len(head).to_bytes(4, "little"), head, *payloads))


def packed_event(event: Event) -> bytes:
    """An event of a live talk."""
    if isinstance(event, SentenceSpoken):
        return packed_sentence(event, {})
    return packed(_record(event))


def emotion_json(emotion: Emotion) -> dict[str, Any]:
    """An emotion, and the numbers by which a face shows it."""
    shown = EXPRESSIONS[emotion.name]
    look = {
        part: round(getattr(shown, part) * emotion.strength, 4)
        for part in ("brow", "frown", "lid", "smile")
    }
    return {"name": emotion.name, "strength": emotion.strength, "look": look}


def _record(event: Event) -> dict[str, Any]:
    match event:
        case RunStarted(turn):
            return {"type": "RUN_STARTED", "turn": turn}
        case EmotionChanged(emotion):
            return {"type": "EMOTION", **emotion_json(emotion)}
        case TextMessageContent(delta):
            return {"type": "TEXT_MESSAGE_CONTENT", "delta": delta}
        case RunFinished(text, emotion, notes):
            felt = {"emotion": emotion_json(emotion), "notes": list(notes)}
            return {"type": "RUN_FINISHED", "text": text, **felt}
        case RunError(message):
            return {"type": "RUN_ERROR", "message": message}
        case _:
            raise TypeError(type(event))


def sentence_json(event: SentenceSpoken) -> dict[str, Any]:
    """A sentence and its times, without what is heard and seen."""
    speech = event.speech
    words = [
        [word.text, round(word.start, 3), round(word.end, 3)] for word in speech.timeline.words
    ]
    return {
        "type": "SENTENCE",
        "number": event.number,
        "text": event.text,
        "rate": speech.rate,
        "seconds": round(speech.seconds, 5),
        "words": words,
        "notes": list(speech.notes),
    }


def track_json(track: SpeechTrack) -> dict[str, Any]:
    """How the rows of a track are laid."""
    return {"fps": track.fps, "lead": track.lead, "columns": list(track.columns)}


def packed_sentence(
    event: SentenceSpoken, more: dict[str, Any], *tracks: tuple[str, SpeechTrack]
) -> bytes:
    """A sentence with further fields, and with the motion of others by the name of its field."""
    every = (("track", event.track), *tracks)
    sound = (np.clip(event.speech.samples, -1, 1) * 32767).astype("<i2").tobytes()
    laid = {name: track_json(track) for name, track in every}
    rows = [track.rows.astype("<f2").tobytes() for _, track in every]
    return packed({**sentence_json(event), **laid, **more}, sound, *rows)
