"""Sound that is sent to the server: what the user says, and what others have a face say."""

import asyncio
from collections.abc import Awaitable, Callable

import numpy as np
import numpy.typing as npt
from aiohttp import web

from ..errors import InputError
from ..live.records import EmotionChanged, Event, RunFinished, RunStarted, SentenceSpoken
from ..live.roster import Prepared
from ..live.speech_track import speech_track
from ..transcription.transcribe import transcribe
from ..voice import Speech, timeline_of
from ..voice.signal.audio_files import decode_audio
from .describe import shown_emotion
from .follow import Followers
from .guard import RefusedError, at_most
from .wire import packed_event

LARGEST_SOUND = 12_000_000
"""Bytes of a recording: two minutes at 48 kHz."""
LONGEST_TEXT = 4000
"""Characters of what is said in it."""
KIND = "audio/wav"
TURN = "from-outside"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Found = Callable[[web.Request], Awaitable[Prepared]]


def transcribe_route(found: Found) -> Handler:
    """A POST of a WAV, answered with the words in it: `{"text": ...}`."""

    async def answer(request: web.Request) -> web.Response:
        prepared, sound = await _received(request, found)
        language = prepared.character.persona.language
        text = await asyncio.to_thread(_heard, sound, language)
        return web.json_response({"text": text})

    return answer


def speak_route(found: Found, followers: Followers) -> Handler:
    """A POST of a WAV that the face says on every stage: `speak?text=...`, with or without the text.

    The voice is the sender's own, so that any speech engine or speech-to-speech model can have the
    face; the conversation does not change.
    """

    async def answer(request: web.Request) -> web.Response:
        text = request.query.get("text", "")
        if len(text) > LONGEST_TEXT:
            raise InputError(f"The text has {len(text)} characters; at most {LONGEST_TEXT}.")
        prepared, sound = await _received(request, found)
        sentence = await asyncio.to_thread(_spoken, prepared, sound, text)
        for event in around(prepared, sentence):
            followers.tell(prepared.id, packed_event(event))
        return web.json_response({"seconds": round(sentence.speech.seconds, 3)})

    return answer


async def _received(request: web.Request, found: Found) -> tuple[Prepared, bytes]:
    if request.content_type != KIND:
        raise RefusedError(415, f"Send {KIND}.")
    prepared = await found(request)
    sound = await at_most(request, LARGEST_SOUND)
    if not sound.startswith(b"RIFF"):
        raise InputError("This is no WAV file.")
    return prepared, sound


def _heard(sound: bytes, language: str) -> str:
    samples, rate = decode_audio(sound, "The recording")
    return transcribe(samples, rate, language=language)


def _spoken(prepared: Prepared, sound: bytes, text: str) -> SentenceSpoken:
    samples, rate = decode_audio(sound, "The sound")
    return said_by_others(prepared, samples, rate, text)


def said_by_others(
    prepared: Prepared, samples: npt.NDArray[np.float32], rate: int, text: str
) -> SentenceSpoken:
    """A sentence of a voice from outside, mono in [-1, 1], with what the face does meanwhile."""
    own, felt = prepared.character, shown_emotion(prepared)
    language = own.persona.language if text else ""
    speech = Speech(samples, rate, timeline_of(samples, rate, text=text, language=language))
    track = speech_track(speech, 0.0, emotion=felt, seed=own.seed, who=own.persona.name)
    return SentenceSpoken(0, text, speech, track)


def around(prepared: Prepared, sentence: SentenceSpoken) -> tuple[Event, ...]:
    """The events of a turn that is this sentence alone."""
    felt = shown_emotion(prepared)
    begun = (RunStarted(TURN), EmotionChanged(felt))
    return (*begun, sentence, RunFinished(sentence.text, felt))
