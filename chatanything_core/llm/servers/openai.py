"""Any server that speaks OpenAI's chat completions: OpenAI, Ollama, LM Studio, vLLM, llama.cpp.

The answer is streamed by a loop on a thread of its own, so that the caller can look for an
interrupt several times a second however slow the server is, and so that it also works inside
ComfyUI, whose worker runs a loop already.
"""

import asyncio
import queue
import re
import sys
import time
from dataclasses import dataclass, replace
from typing import Any

import openai

from ...background import next_item, pause, run_coroutine
from ...errors import EngineError, EngineTimeoutError, MissingDependencyError
from ...progress import Tick
from ..base import (
    FORMS,
    CutShortError,
    Form,
    LanguageModel,
    OnText,
    Question,
    UnsupportedFormError,
)
from ..profiles import Profile, find_profile, secret_of
from ..thoughts import is_thinking, json_in, without_thoughts
from .completion import BrokenEventError, Completion, NotACompletionError, ServerSaidError
from .completion_request import VERSION, learn_from, request_of
from .explain import asked_wait, explained, has_version, is_context, is_quota, said

Pieces = queue.SimpleQueue[str | None]
"""Text as it comes; None at the end."""
_WAITS = (0.5, 1.0)
"""Seconds before the second and the third try, unless the server asks for more."""
_PATIENCE = 30.0
"""Seconds that are waited at most when a server asks for them; longer waits are told at once."""
_LOADING = 2.0
"""Seconds between two tries while a server loads its model, which may take minutes."""
_AGAIN = (408, 409, 425, 429, 500, 502, 503, 504)
"""Statuses after which the same question may be answered."""
_REFUSED_FORM = (400, 415, 422, 501)
"""Statuses by which servers say that they do not know a `response_format`."""
_ABOUT_FORM = re.compile(r"grammar|json|schema|response_format", re.IGNORECASE)
_LEAST_ROOM = 512
"""Tokens that an answer may always have, also where the server's window is smaller than said."""
_LEARNED: dict[str, set[str]] = {}
"""By model and address: what a server turned down, so that it is not tried at every turn."""


class CutOffError(EngineError):
    """A stream that ended before its answer did."""


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

    @property
    def label(self) -> str:
        """Name of the model."""
        return self.profile.model

    @property
    def identity(self) -> str:
        """Name and address, and the effort where it is set."""
        effort = f" thinking {self.profile.effort}" if self.profile.effort else ""
        return f"{self.profile.model} at {self.profile.address}{effort}"

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

    @property
    def learned(self) -> set[str]:
        """What the server turned down so far: options, `system`, and `/v1` where that lacked."""
        return _LEARNED.setdefault(self.identity, set())

    def keep_ready(self) -> None:
        """Load the package's client, which takes longer than a local answer."""
        asyncio.run(self._client().close())

    def answer(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """Ask, and ask again after a pause when the server is busy or breaks off."""
        waits = iter(_WAITS)
        while True:
            try:
                return self._answer_once(question, deadline, tick, on_text)
            except _busy() as error:
                wait = self._wait_after(error, waits, deadline)
            pause(wait, deadline, tick)
            on_text("")

    def _wait_after(self, error: Exception, waits: Any, deadline: float) -> float:
        """Seconds until the next try.

        Raises:
            EngineError: there is no next one.
        """
        asked = asked_wait(error)
        if is_quota(error, self.profile) or asked > min(_PATIENCE, deadline - time.monotonic()):
            raise explained(error, self.profile) from None
        if getattr(error, "status_code", 0) == 503 and "loading" in str(error).lower():
            return asked or _LOADING
        wait = next(waits, None)
        if wait is None:
            raise explained(error, self.profile) from None
        return asked or float(wait)

    def _answer_once(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """One answer, asked for again at once where the server says how it wants to be asked."""
        try:
            return self._received(question, deadline, tick, on_text)
        except (openai.APIStatusError, ServerSaidError, NotACompletionError) as error:
            if (other := self._asked_otherwise(question, error)) is None:
                if getattr(error, "status_code", 0) in _AGAIN:
                    raise
                raise explained(error, self.profile) from None
        except openai.APIConnectionError:
            raise
        except (openai.OpenAIError, ValueError) as error:
            raise explained(error, self.profile) from None
        except (asyncio.TimeoutError, TimeoutError):
            raise self._late() from None
        try:
            return self._answer_once(other, deadline, tick, on_text)
        except (CutShortError, UnsupportedFormError):
            raise
        except EngineError:
            # Only an answer shows that the path was the fault.
            self.learned.discard(VERSION)
            raise

    def _asked_otherwise(self, question: Question, error: Exception) -> Question | None:
        """The question as the server seems to want it; None when that is unknown.

        Raises:
            UnsupportedFormError: the form of the answer is the fault.
        """
        status = getattr(error, "status_code", 0)
        if is_context(error, self.profile):
            room = question.max_tokens > _LEAST_ROOM and status
            return replace(question, max_tokens=_LEAST_ROOM) if room else None
        if isinstance(error, openai.APIStatusError) and learn_from(
            error, request_of(question, self.profile, self.learned), self.learned
        ):
            return question
        about_form = bool(_ABOUT_FORM.search(str(error))) and status in (0, 500)
        wrong_place = isinstance(error, NotACompletionError)
        if question.form != "text" and not wrong_place and (status in _REFUSED_FORM or about_form):
            raise UnsupportedFormError(said(error, self.profile)) from None
        lacks_version = not has_version(self.profile.address) and VERSION not in self.learned
        if lacks_version and status in (0, 404, 405):
            self.learned.add(VERSION)
            return question
        return None

    def _received(self, question: Question, deadline: float, tick: Tick, on_text: OnText) -> str:
        """Run one request on the side and pass its pieces on as they come."""
        left = deadline - time.monotonic()
        if left <= 0:
            raise self._late()
        pieces: Pieces = Pieces()
        work = asyncio.wait_for(self._stream(question, pieces), left)
        with run_coroutine(work, "chatanything-llm") as result:
            result.add_done_callback(lambda done: pieces.put(None))
            while (piece := next_item(pieces, tick)) is not None:
                on_text(piece)
            came = result.result()
        return self._taken(came, on_text)

    def _taken(self, came: Completion, on_text: OnText) -> str:
        """The text of a whole answer.

        Raises:
            CutShortError: it was too long.
            CutOffError: it broke off.
            EngineError: the server or its model would not answer.
        """
        where = f"{self.profile.address} (profile {self.profile.name!r})"
        told = bool(without_thoughts(came.text).strip())
        if came.finish == "length":
            raise CutShortError(came.text, bool(came.thought) or is_thinking(came.text))
        if not (came.finish or came.done) and json_in(came.text) != came.text.strip():
            raise CutOffError(f"{where} broke off in the middle of an answer. Try again.")
        if not told and came.refusal:
            raise EngineError(f"{where} would not answer: {came.refusal[:300]}")
        if not told and came.finish == "content_filter":
            raise EngineError(f"{where} held its answer back (content_filter). Say it differently.")
        if not told and came.finish in ("tool_calls", "function_call"):
            raise EngineError(f"{where} asked for a tool instead of answering. Try another model.")
        if not told and (found := json_in(came.thought)):
            on_text(found)
            return found
        return came.text

    async def _stream(self, question: Question, pieces: Pieces) -> Completion:
        request = request_of(question, self.profile, self.learned)
        came = Completion()
        async with (
            self._client() as client,
            client.chat.completions.with_streaming_response.create(**request) as response,
        ):
            try:
                async for data in response.iter_bytes():
                    for piece in came.take(data):
                        pieces.put(piece)
                for piece in came.close():
                    pieces.put(piece)
            except NotACompletionError as error:
                packed = response.headers.get("content-encoding", "")
                if packed in ("", "gzip", "deflate", "identity"):
                    raise
                raise NotACompletionError(f"a body packed as {packed!r}, unasked") from error
        return came

    def _client(self) -> openai.AsyncOpenAI:
        # Sent along by default, and nobody's business but OpenAI's.
        headers: Any = {
            "OpenAI-Organization": openai.Omit(),
            "OpenAI-Project": openai.Omit(),
        }
        encrypted = self.profile.address.startswith("https")
        return openai.AsyncOpenAI(
            base_url=self.profile.address + (VERSION if VERSION in self.learned else ""),
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

    def _late(self) -> EngineTimeoutError:
        return EngineTimeoutError(
            f"{self.profile.address} did not answer within {self.profile.timeout:g} seconds. "
            f"Raise the timeout of profile {self.profile.name!r}, or choose a smaller model."
        )


def _busy() -> tuple[type[Exception], ...]:
    """Errors after which another try may succeed, those of the package's transport among them."""
    loaded = [sys.modules[name] for name in ("httpx", "httpx2") if name in sys.modules]
    names = ("HTTPError", "StreamError", "InvalidURL")
    transport: list[type[Exception]] = [getattr(m, name) for m in loaded for name in names]
    # APIStatusError reaches this only with one of the patient statuses.
    broken = (CutOffError, BrokenEventError)
    return (openai.APIStatusError, openai.APIConnectionError, *broken, *transport)
