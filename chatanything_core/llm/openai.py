"""Any server that speaks OpenAI's chat completions: OpenAI, Ollama, LM Studio, vLLM, llama.cpp.

The answer is streamed by a loop on a thread of its own, so that the caller can look for an
interrupt several times a second however slow the server is, and so that it also works inside
ComfyUI, whose worker runs a loop already.
"""

import asyncio
import queue
import sys
import time
from dataclasses import dataclass, field
from typing import Any

import openai

from ..background import next_item, pause, run_coroutine
from ..errors import EngineError, EngineTimeoutError, MissingDependencyError
from ..progress import Tick
from .base import FORMS, Form, LanguageModel, OnText, Question, UnsupportedFormError
from .profiles import Profile, find_profile, redact, secret_of

Pieces = queue.SimpleQueue[str | None]
"""Text as it comes; None at the end."""
_WAITS = (0.5, 1.0)
"""Seconds before the second and the third try, unless the server asks for more."""
_PATIENCE = (408, 409, 429, 500, 502, 503, 504)
"""Statuses after which the same question may be answered."""
_REFUSED_FORM = (400, 415, 422, 501)
"""Statuses by which servers say that they do not know a `response_format`."""
_OPTIONAL = ("max_tokens", "temperature", "seed")
"""What we may leave out when a server rejects it by name."""


class CutOffError(EngineError):
    """A stream that ended before its answer did."""

    def __init__(self, address: str, heard: bool) -> None:
        super().__init__(f"{address} broke off in the middle of an answer. Try again.")
        self.heard = heard
        """Whether any text came before the end."""


def open_openai(source: str) -> "OpenAIModel":
    """The model of the profile called `source`.

    Raises:
        InputError: no such profile.
        MissingDependencyError: the package is too old.
    """
    if int(openai.__version__.partition(".")[0]) < 2:
        raise MissingDependencyError("openai", "'openai>=2'")
    return OpenAIModel(find_profile(source))


@dataclass(frozen=True)
class OpenAIModel(LanguageModel):
    """The model of one profile."""

    profile: Profile
    _dropped: set[str] = field(default_factory=set)
    """Options that this server rejected."""

    @property
    def label(self) -> str:
        """Name of the model."""
        return self.profile.model

    @property
    def identity(self) -> str:
        """Name and address."""
        return f"{self.profile.model} at {self.profile.address}"

    @property
    def window(self) -> int:
        """Tokens of question and answer together."""
        return self.profile.window

    @property
    def timeout(self) -> float:
        """Seconds for an answer with all its tries."""
        return self.profile.timeout

    @property
    def forms(self) -> tuple[Form, ...]:
        """All of them: what the server knows shows when it is asked."""
        return FORMS

    def answer(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """Ask, and ask again after a pause when the server is busy or breaks off."""
        for wait in _WAITS:
            try:
                return self._answer_once(question, deadline, tick, on_text)
            except _busy() as error:
                if isinstance(error, CutOffError) and not error.heard:
                    # Some servers take `stream` and answer in one piece all the same.
                    self._dropped.add("stream")
                wait = _asked_wait(error) or wait
            pause(wait, deadline, tick)
            on_text("")
        try:
            return self._answer_once(question, deadline, tick, on_text)
        except _busy() as error:
            raise self._explained(error) from None

    def _answer_once(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        try:
            return self._received(question, deadline, tick, on_text)
        except openai.APIStatusError as error:
            if error.status_code in _PATIENCE:
                raise
            if self._drop_rejected(error):
                return self._answer_once(question, deadline, tick, on_text)
            if question.form != "text" and error.status_code in _REFUSED_FORM:
                raise UnsupportedFormError(self._said(error)) from None
            raise self._explained(error) from None
        except openai.APIConnectionError:
            raise
        except openai.OpenAIError as error:
            raise self._explained(error) from None
        except ValueError as error:
            raise EngineError(
                f"{self.profile.address} did not answer with a chat completion: "
                f"{self._said(error)} Is it the base URL, ending in /v1?"
            ) from None
        except (asyncio.TimeoutError, TimeoutError):
            raise self._late() from None

    def _received(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """Run one request on the side and pass its pieces on as they come."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise self._late()
        pieces: Pieces = Pieces()
        heard: list[str] = []
        work = asyncio.wait_for(self._stream(question, pieces), left)
        with run_coroutine(work, "chatanything-llm") as result:
            result.add_done_callback(lambda done: pieces.put(None))
            while (piece := next_item(pieces, tick)) is not None:
                heard.append(piece)
                on_text(piece)
            result.result()
        return "".join(heard)

    async def _stream(self, question: Question, pieces: Pieces) -> None:
        request = self._request(question)
        async with self._client() as client:
            reply = await client.chat.completions.create(**request)
            if "stream" not in request:
                pieces.put(_content(reply))
                return
            finished = heard = False
            async for chunk in reply:
                for choice in chunk.choices[:1]:
                    if choice.delta and choice.delta.content:
                        pieces.put(choice.delta.content)
                        heard = True
                    finished = finished or bool(choice.finish_reason)
        if not finished:
            raise CutOffError(self.profile.address, heard)

    def _client(self) -> openai.AsyncOpenAI:
        # Sent along by default, and nobody's business but OpenAI's.
        headers: Any = {
            "OpenAI-Organization": openai.Omit(),
            "OpenAI-Project": openai.Omit(),
        }
        encrypted = self.profile.address.startswith("https")
        return openai.AsyncOpenAI(
            base_url=self.profile.address,
            # Without one the package would look for OPENAI_API_KEY and send that.
            api_key=secret_of(self.profile) or "none",
            max_retries=0,
            timeout=self.profile.timeout,
            # A redirect would carry the key to another address, and so would a proxy that the
            # environment names, unless the connection through it is encrypted. Without redirects,
            # plain http needs no certificates, whose loading takes longer than a local answer.
            http_client=openai.DefaultAsyncHttpxClient(
                follow_redirects=False, verify=encrypted, trust_env=encrypted
            ),
            default_headers=headers,
        )

    def _request(self, question: Question) -> dict[str, Any]:
        request: dict[str, Any] = {
            "model": self.profile.model,
            "messages": [{"role": m.role, "content": m.text} for m in question.messages],
            "stream": True,
            "max_tokens": question.max_tokens,
            "temperature": question.temperature,
            "seed": question.seed % 2**31,
        }
        if "max_tokens" in self._dropped:
            request["max_completion_tokens"] = question.max_tokens
        if question.form == "object":
            request["response_format"] = {"type": "json_object"}
        if question.form == "schema":
            named = {"name": "answer", "strict": True, "schema": question.schema}
            request["response_format"] = {"type": "json_schema", "json_schema": named}
        return {key: value for key, value in request.items() if key not in self._dropped}

    def _drop_rejected(self, error: openai.APIStatusError) -> bool:
        """Leave out from now on the options that a 400 complains of by name."""
        if error.status_code not in (400, 422):
            return False
        named = {word for word in _OPTIONAL if word in str(error)} - self._dropped
        self._dropped.update(named)
        return bool(named)

    def _said(self, error: Exception) -> str:
        """The server's words, short and without the key."""
        return redact(str(error), secret_of(self.profile))[:300]

    def _late(self) -> EngineTimeoutError:
        return EngineTimeoutError(
            f"{self.profile.address} did not answer within {self.profile.timeout:g} seconds. "
            f"Raise the timeout of profile {self.profile.name!r}, or choose a smaller model."
        )

    def _explained(self, error: Exception) -> EngineError:
        """What the user can do about it; the key is in none of these sentences."""
        where = f"{self.profile.address} (profile {self.profile.name!r})"
        status = getattr(error, "status_code", 0)
        if isinstance(error, CutOffError):
            return error
        if status in (401, 403):
            # Its words are not repeated: servers quote parts of the key here.
            place = self.profile.variable or self.profile.key
            return EngineError(f"{where} refused the key ({status}). Check it in: {place}.")
        if status == 404:
            return EngineError(
                f"{where} does not know the model {self.profile.model!r} or the path (404): "
                f"{self._said(error)}"
            )
        if status == 429:
            return EngineError(
                f"{where} is too busy, or your quota is used up (429). Try again later: "
                f"{self._said(error)}"
            )
        if status:
            return EngineError(f"{where} failed ({status}): {self._said(error)}")
        return EngineError(
            f"{where} cannot be reached or broke off: {self._said(error)} Is the server running?"
        )


def _content(reply: Any) -> str:
    """The text of an answer in one piece.

    Raises:
        ValueError: it is not a chat completion (a web page, for one).
    """
    choices = getattr(reply, "choices", None)
    if not choices:
        raise ValueError(str(reply)[:100])
    return choices[0].message.content or ""


def _busy() -> tuple[type[Exception], ...]:
    """Errors after which another try may succeed."""
    transport = [sys.modules[name].HTTPError for name in ("httpx", "httpx2") if name in sys.modules]
    # APIStatusError reaches this only with one of the patient statuses.
    return (openai.APIStatusError, openai.APIConnectionError, CutOffError, *transport)


def _asked_wait(error: Exception) -> float:
    """Seconds that the server asks for in Retry-After; 0 when it asks for none."""
    headers = getattr(getattr(error, "response", None), "headers", {})
    value = headers.get("retry-after", "")
    return float(value) if value.replace(".", "", 1).isdigit() else 0.0
