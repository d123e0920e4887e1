"""Any server that speaks OpenAI's `/v1/audio/transcriptions`.

The address, the model and where the key is come from the profile called `transcription`.
"""

import http.client
import io
import json
import secrets
import time
import wave
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from ..background import run_cancellable
from ..errors import EngineError
from ..llm.profiles import TRANSCRIPTION_PROFILE, find_profile, redact, secret_of
from ..progress import Tick
from .base import RATE, Listener

_LONGEST = 1 << 20
"""Bytes of an answer at most."""
_GRACE = 5.0
"""Seconds by which the connection outlives the profile's timeout."""


class ServerListener(Listener):
    """One server; it is sent a WAV and asked for JSON with `text`."""

    def __init__(self) -> None:
        self._profile = find_profile(TRANSCRIPTION_PROFILE)

    def transcribe(self, samples: npt.NDArray[np.float32], language: str, tick: Tick) -> str:
        """Raises EngineError with the server's own words when it refuses."""
        fields = {"model": self._profile.model, "response_format": "json"}
        if language:
            fields["language"] = language.split("-")[0]
        mark = secrets.token_hex(16)
        body = _form(mark, fields, wav_bytes(samples, RATE))
        status, data = self._sent(body, f"multipart/form-data; boundary={mark}", tick)
        if status != 200:
            told = redact(data[:200].decode("utf-8", "replace"), secret_of(self._profile))
            raise EngineError(f"{self._where()} answered {status}: {told}")
        try:
            return str(json.loads(data)["text"])
        except (ValueError, KeyError, TypeError) as error:
            raise EngineError(f"{self._where()} sent no JSON with `text`.") from error

    def _sent(self, body: bytes, kind: str, tick: Tick) -> tuple[int, bytes]:
        parts = urlsplit(self._profile.address)
        https = parts.scheme == "https"
        opened = http.client.HTTPSConnection if https else http.client.HTTPConnection
        patience = self._profile.timeout
        # Redirects are not followed: they would carry the key elsewhere.
        link = opened(parts.hostname or "", parts.port, timeout=patience + _GRACE)
        headers = {"Content-Type": kind, "Accept": "application/json"}
        if secret := secret_of(self._profile):
            headers["Authorization"] = f"Bearer {secret}"

        def work() -> tuple[int, bytes]:
            link.request("POST", parts.path + "/audio/transcriptions", body, headers)
            answer = link.getresponse()
            return answer.status, answer.read(_LONGEST)

        late = f"{self._where()} did not answer within {patience:g} seconds. Raise its timeout."
        deadline = time.monotonic() + patience
        try:
            return run_cancellable(
                work, link.close, deadline, late, tick, name="chatanything-listener"
            )
        except (OSError, http.client.HTTPException) as error:
            why = redact(str(error) or type(error).__name__, secret_of(self._profile))
            raise EngineError(f"{self._where()} cannot be reached: {why}. Is it running?") from None
        finally:
            link.close()

    def _where(self) -> str:
        return f"{self._profile.address} (profile {self._profile.name!r})"


def wav_bytes(samples: npt.NDArray[np.float32], rate: int) -> bytes:
    """A WAV file, 16-bit mono."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return out.getvalue()


def _form(mark: str, fields: dict[str, str], sound: bytes) -> bytes:
    """The fields and a file `speech.wav` as multipart/form-data (RFC 7578)."""
    texts = [
        f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    head = (
        f'--{mark}\r\nContent-Disposition: form-data; name="file"; filename="speech.wav"\r\n'
        "Content-Type: audio/wav\r\n\r\n"
    )
    return "".join((*texts, head)).encode() + sound + f"\r\n--{mark}--\r\n".encode()
