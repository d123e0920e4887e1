"""Microsoft Edge's read-aloud voices, through the edge-tts package. Opt-in.

The service is undocumented, the text leaves this machine, and it may refuse at any time; its
package's author advises against commercial use (rany2/edge-tts#366).
"""

import time
from typing import Any, NoReturn

import edge_tts
from aiohttp import ClientError
from edge_tts.exceptions import EdgeTTSException, NoAudioReceived

from ...background import pause, run_coroutine, wait_for
from ...errors import EngineError, InputError
from ...progress import Tick
from ..base import VoiceEngine
from ..records import Speech, Timeline, Voice, VoiceCard, Word
from ..signal.audio_files import decode_audio

SECONDS = 60.0
"""For one chunk of text, tries and waits included."""
_TRIES = 3
_WAIT = 1.0
"""Seconds before the second try; doubled before the third."""
_TICKS = 1e7
"""Edge counts in units of 100 ns."""


class EdgeVoice(VoiceEngine):
    """One of Edge's voices at a time; they cannot be blended."""

    limit = 2500
    sounds = True
    speeds = (0.5, 2.0)

    def catalogue(self) -> tuple[VoiceCard, ...]:
        """What the service lists now."""
        found = run_private(edge_tts.list_voices(), time.monotonic() + SECONDS, lambda *_: None)
        return tuple(
            VoiceCard(
                "edge",
                entry["ShortName"],
                entry["Locale"],
                "female" if entry["Gender"] == "Female" else "male",
                source="listed by the service",
            )
            for entry in found
        )

    def speak(self, text: str, voice: Voice, tick: Tick) -> Speech:
        """Speak with the heaviest voice of the mix; word times are the service's own."""
        name = max(voice.mix, key=lambda part: part[1])[0]
        deadline = time.monotonic() + SECONDS
        wait = _WAIT
        for left in reversed(range(_TRIES)):
            try:
                sound, words = run_private(
                    _spoken(text, name, _percent(self.speed(voice))), deadline, tick
                )
                break
            except (EdgeTTSException, ClientError, OSError) as error:
                if not left:
                    _explain(error, name)
            except ValueError as error:
                raise InputError(f"Edge rejected this: {error}") from error
            pause(wait, deadline, tick)
            wait *= 2
        samples, rate = _decoded(sound)
        seconds = len(samples) / rate
        kept = tuple(word for word in words if word.end <= seconds)
        timeline = Timeline(seconds, kept, language=voice.traits.language, text=text)
        return Speech(samples, rate, timeline)

    def speed(self, voice: Voice) -> float:
        """Whole percents, which the service is asked for."""
        return round(100 * (super().speed(voice) - 1)) / 100 + 1


def run_private(work: Any, deadline: float, tick: Tick) -> Any:
    """What a coroutine of the service's package gives, in time."""
    late = f"Edge's service did not answer within {SECONDS:g} seconds. Try again, or use espeak."
    with run_coroutine(work, "chatanything-voice") as answer:
        return wait_for(answer, deadline, late, tick)


async def _spoken(text: str, name: str, rate: str) -> tuple[bytes, list[Word]]:
    """MP3 bytes and words. Only the asynchronous stream: the other one hangs on every error."""
    sound, words = bytearray(), []
    # Without asking for words, 7.2 and later send none.
    request = edge_tts.Communicate(text, name, rate=rate, boundary="WordBoundary")
    async for chunk in request.stream():
        if chunk["type"] == "audio":
            sound += chunk["data"]
        elif chunk["type"] == "WordBoundary":
            start = chunk["offset"] / _TICKS
            words.append(Word(chunk["text"], start, start + chunk["duration"] / _TICKS))
    return bytes(sound), words


def _percent(speed: float) -> str:
    return f"{round(100 * (speed - 1)):+d}%"


def _decoded(sound: bytes) -> Any:
    try:
        return decode_audio(sound, "Edge's answer")
    except InputError as error:
        raise EngineError(f"Edge sent {len(sound)} bytes that are not audio. Try again.") from error


def _explain(error: Exception, name: str) -> NoReturn:
    status = getattr(error, "status", 0)
    if isinstance(error, NoAudioReceived):
        words = f"Edge sent no audio for the voice {name!r}. It may have been withdrawn."
    elif status == 403:
        words = "Edge refused (403). Update the package with: pip install -U edge-tts"
    else:
        words = f"Edge's service failed: {str(error)[:200] or type(error).__name__}."
    raise EngineError(f"{words} The engine 'espeak' needs no online service.") from error
