"""What the user says, written down for the page."""

import asyncio
from collections.abc import Awaitable, Callable

from aiohttp import web

from ..errors import InputError
from ..live.roster import Prepared
from ..transcription.transcribe import transcribe
from ..voice.signal.audio_files import decode_audio
from .guard import RefusedError, at_most

LARGEST_SOUND = 12_000_000
"""Bytes of a recording: two minutes at 48 kHz."""
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
KIND = "audio/wav"


def transcribe_route(found: Callable[[web.Request], Awaitable[Prepared]]) -> Handler:
    """A POST of a WAV, answered with the words in it: `{"text": ...}`."""

    async def answer(request: web.Request) -> web.Response:
        if request.content_type != KIND:
            raise RefusedError(415, f"Send {KIND}.")
        prepared = await found(request)
        sound = await at_most(request, LARGEST_SOUND)
        if not sound.startswith(b"RIFF"):
            raise InputError("This is no WAV file.")
        language = prepared.character.persona.language
        text = await asyncio.to_thread(_heard, sound, language)
        return web.json_response({"text": text})

    return answer


def _heard(sound: bytes, language: str) -> str:
    samples, rate = decode_audio(sound, "The recording")
    return transcribe(samples, rate, language=language)
