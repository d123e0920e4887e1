"""Any server that speaks OpenAI's `/v1/audio/speech`.

OpenAI, Kokoro-FastAPI, vLLM-Omni, LocalAI, speaches and others. The address, the model and where
the key is come from the profile called `speech`.
"""

import http.client
import json
import socket
import time
from collections.abc import Sequence
from typing import Literal
from urllib.parse import urlsplit

from ...background import pause, run_cancellable
from ...errors import EngineError, InputError
from ...llm.profiles import SPEECH_PROFILE, find_profile, profile_names, redact, secret_of
from ...progress import Tick, no_progress
from ..base import VoiceEngine
from ..records import Speech, Timeline, Voice, VoiceCard
from ..signal.audio_files import decode_audio

_TRIES = 2
_WAIT = 0.5
"""Seconds before the second try."""
_AGAIN = (403, 408, 409, 425, 429, 500, 502, 503, 504)
"""Statuses after which one more try may succeed; some gateways refuse the first one."""
_GRACE = 5.0
_LIST_SECONDS = 5.0
_LONGEST = 256 << 20
"""Bytes of an answer at most."""
Gender = Literal["female", "male", "neutral"]
_OPENAI: dict[str, Gender] = {
    **dict.fromkeys(("alloy", "fable"), "neutral"),
    **dict.fromkeys(("coral", "nova", "sage", "shimmer", "ballad"), "female"),
    **dict.fromkeys(("ash", "echo", "onyx", "verse"), "male"),
}


class _RefusedError(Exception):
    """A status other than 200."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


class OpenAISpeechVoice(VoiceEngine):
    """The voices of one server. Servers differ in what else they obey, so nothing else is asked."""

    sounds = True

    def __init__(self) -> None:
        self._profile = find_profile(SPEECH_PROFILE)

    def catalogue(self) -> tuple[VoiceCard, ...]:
        """A card for each voice that the server lists, else for OpenAI's; nothing is measured."""
        names = self._listed()
        source = "listed by the server" if names else "OpenAI's documentation"
        return tuple(_card(name, source) for name in names or _OPENAI)

    def speak(self, text: str, voice: Voice, tick: Tick) -> Speech:
        """Ask for WAV; the times are found afterwards by alignment."""
        body = {
            "model": self._profile.model,
            "input": text,
            "voice": blended_name(voice.mix, self._profile.model),
            "response_format": "wav",
        }
        deadline = time.monotonic() + self._profile.timeout
        data = self._asked("POST", "/audio/speech", json.dumps(body).encode(), deadline, tick)
        try:
            samples, rate = decode_audio(data, "The answer")
        except InputError as error:
            what = f"{len(data)} bytes that are not audio" if data else "no audio"
            raise EngineError(f"{self._where()} sent {what}. Does it know this voice?") from error
        timeline = Timeline(len(samples) / rate, language=voice.traits.language, text=text)
        return Speech(samples, rate, timeline)

    def _listed(self) -> list[str]:
        """Names from `/audio/voices`, which many servers have; empty when this one lacks it."""
        deadline = time.monotonic() + _LIST_SECONDS
        try:
            data = self._asked("GET", "/audio/voices", b"", deadline, no_progress)
            found = json.loads(data)
        except (EngineError, ValueError):
            return []
        entries = found.get("voices", []) if isinstance(found, dict) else found
        names = [e.get("id") or e.get("name") if isinstance(e, dict) else e for e in entries]
        return sorted(name for name in names if isinstance(name, str))

    def _asked(self, method: str, path: str, body: bytes, deadline: float, tick: Tick) -> bytes:
        for left in reversed(range(_TRIES)):
            try:
                return self._once(method, path, body, deadline, tick)
            except _RefusedError as error:
                if not left or error.status not in _AGAIN:
                    raise EngineError(self._explained(error)) from None
            except (OSError, http.client.HTTPException) as error:
                if not left:
                    raise EngineError(
                        f"{self._where()} cannot be reached or broke off: "
                        f"{self._clean(str(error) or type(error).__name__)}. Is it running?"
                    ) from None
            pause(_WAIT, deadline, tick)
        raise AssertionError("unreachable")

    def _once(self, method: str, path: str, body: bytes, deadline: float, tick: Tick) -> bytes:
        parts = urlsplit(self._profile.address)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        # The deadline ends a request; this only frees its thread if hanging up should fail.
        patience = max(0.0, deadline - time.monotonic()) + _GRACE
        # Redirects are not followed: they would carry the key elsewhere.
        link = kind(parts.hostname or "", parts.port, timeout=patience)
        headers = {"Content-Type": "application/json", "Accept": "*/*"}
        if secret := secret_of(self._profile):
            headers["Authorization"] = f"Bearer {secret}"

        def work() -> bytes:
            link.request(method, parts.path + path, body or None, headers)
            answer = link.getresponse()
            if answer.status != 200:
                raise _RefusedError(answer.status, answer.read(500).decode("utf-8", "replace"))
            promised = answer.length or 0
            data = answer.read(_LONGEST)
            if len(data) < min(promised, _LONGEST):
                # With a limit `read` itself does not notice.
                raise http.client.IncompleteRead(data, promised - len(data))
            return data

        late = (
            f"{self._where()} did not answer within {self._profile.timeout:g} seconds. "
            "Raise the profile's timeout, or speak a shorter text."
        )
        try:
            return run_cancellable(
                work, lambda: _hang_up(link), deadline, late, tick, name="chatanything-voice"
            )
        finally:
            link.close()

    def _explained(self, error: _RefusedError) -> str:
        if error.status in (401, 403):
            place = self._profile.variable or self._profile.key
            return f"{self._where()} refused the request ({error.status}). Check the key: {place}."
        return f"{self._where()} answered {error.status}: {self._clean(str(error))[:200]}"

    def _where(self) -> str:
        return f"{self._profile.address} (profile {self._profile.name!r})"

    def _clean(self, words: str) -> str:
        return redact(words, secret_of(self._profile))


def check_profile() -> None:
    """Raise InputError unless the profile is there."""
    if SPEECH_PROFILE not in profile_names():
        raise InputError(
            f"The 'openai-speech' engine needs a profile called {SPEECH_PROFILE!r}. Add it with: "
            f"chatanything profiles add {SPEECH_PROFILE} --address http://localhost:8880/v1 --model kokoro"
        )


def blended_name(mix: Sequence[tuple[str, float]], model: str) -> str:
    """How the server is asked for a blend; only Kokoro's servers support blends.

    >>> blended_name((("af_sky", 0.75), ("am_adam", 0.25)), "kokoro")
    'af_sky(0.75)+am_adam(0.25)'
    >>> blended_name((("nova", 0.75), ("echo", 0.25)), "tts-1")
    'nova'
    """
    if len(mix) > 1 and "kokoro" in model.lower():
        return "+".join(f"{name}({weight:g})" for name, weight in mix)
    return max(mix, key=lambda part: part[1])[0]


def gender_of(name: str) -> Gender:
    """From OpenAI's names, or from Kokoro's prefixes such as `af_` and `bm_`."""
    if name in _OPENAI:
        return _OPENAI[name]
    prefix = name.partition("_")[0]
    return {"f": "female", "m": "male"}.get(prefix[1:], "neutral")  # type: ignore[return-value]


def _card(name: str, source: str) -> VoiceCard:
    return VoiceCard("openai-speech", name, "", gender_of(name), source=source)


def _hang_up(link: http.client.HTTPConnection) -> None:
    """End a request that is under way on another thread."""
    if link.sock:
        try:
            link.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            return  # it had ended by itself
