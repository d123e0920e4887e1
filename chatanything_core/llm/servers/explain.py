"""What went wrong with a server, and what its user can do about it. No sentence holds the key."""

import email.utils
import re
import socket
import ssl
import time
from collections.abc import Iterator
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

from ...errors import EngineError
from ..printable import printable
from ..profiles import Profile, redact, secret_of
from .completion import BrokenEventError, NotACompletionError, ServerSaidError, words_of

_CONTEXT = re.compile(
    r"context[ _]?(?:length|window|size)|n_ctx|maximum context|too many tokens|prompt is too long"
    r"|exceeds? (?:the )?(?:available |maximum )?(?:context|number of tokens)",
    re.IGNORECASE,
)
_TOKENS = re.compile(
    r"(?:maximum context length|context (?:length|window|size)|n_ctx)\D{0,30}?(\d{3,8})", re.I
)
_QUOTA = re.compile(r"insufficient_quota|exceeded your current quota|billing", re.IGNORECASE)


def said(error: Exception, profile: Profile) -> str:
    """The server's words, short and without the key."""
    body = getattr(error, "body", None)
    words = words_of(body) if body else str(error)
    if "<html" in words.lower() or "<!doctype" in words.lower():
        words = "a web page: " + " ".join(re.sub(r"<[^>]*>", " ", words).split())
    return redact(" ".join(printable(words).split()), secret_of(profile))[:300]


def is_context(error: Exception, profile: Profile) -> bool:
    """Whether question and answer are longer than the server's window."""
    status = getattr(error, "status_code", 0)
    return status in (0, 400, 413, 422, 500) and bool(_CONTEXT.search(said(error, profile)))


def is_quota(error: Exception, profile: Profile) -> bool:
    """Whether the server will refuse until somebody pays: waiting does not help."""
    words = f"{getattr(error, 'code', '')} {getattr(error, 'type', '')} {said(error, profile)}"
    return getattr(error, "status_code", 0) in (402, 429) and bool(_QUOTA.search(words))


def asked_wait(error: Exception) -> float:
    """Seconds that the server asks for in Retry-After, as number or date; 0 when it does not.

    Source: RFC 9110, section 10.2.3.
    """
    headers: Any = getattr(getattr(error, "response", None), "headers", {})
    value = str(headers.get("retry-after", "")).strip()
    with suppress(ValueError, OverflowError):
        return min(max(0.0, float(value)), 1e9) if value else 0.0
    with suppress(ValueError, TypeError, OverflowError):
        return max(0.0, email.utils.parsedate_to_datetime(value).timestamp() - time.time())
    return 0.0


def explained(error: Exception, profile: Profile) -> EngineError:
    """The error as a sentence that names the cause and the next step."""
    if isinstance(error, EngineError):
        return error
    where = f"{profile.address} (profile {profile.name!r})"
    status = getattr(error, "status_code", 0)
    words = said(error, profile)
    if is_context(error, profile):
        return EngineError(f"{where}: {_too_long(words, profile)}")
    if isinstance(error, ServerSaidError):
        return EngineError(f"{where} reported an error instead of an answer: {words}")
    if isinstance(error, NotACompletionError):
        return EngineError(
            f"{where} did not answer with a chat completion but with {words}. Is the address the "
            "base URL, ending in /v1?"
        )
    if isinstance(error, BrokenEventError):
        return EngineError(f"{where} sent a broken event: {words!r}. Try again.")
    if status in (401, 403):
        return EngineError(f"{where} {_key_refused(status, words, profile)}")
    if 300 <= status < 400:
        return EngineError(f"{where} {_redirected(error)}")
    if status == 404:
        return EngineError(f"{where} {_not_found(words, profile)}")
    if is_quota(error, profile):
        return EngineError(f"{where} says that your quota is used up ({status}): {words}")
    if status == 429:
        return EngineError(f"{where} is too busy (429). {_when(asked_wait(error))} {words}")
    if status:
        return EngineError(f"{where} failed ({status}): {words or 'without a reason'}")
    return EngineError(f"{where} {_unreachable(error, words, profile)}")


def _too_long(words: str, profile: Profile) -> str:
    found = _TOKENS.search(words)
    fits = int(found[1]) if found else 0
    number = str(fits) if 512 <= fits < profile.window else "what the server has"
    return (
        f"the question and its answer do not fit the server's window: {words} The profile says "
        f"{profile.window} tokens: add it again with --window {number}, or let the server load the "
        "model with more."
    )


def _key_refused(status: int, words: str, profile: Profile) -> str:
    if profile.key == "none":
        told = f": {words}" if words else ""
        return f"wants a key ({status}){told}. Add the profile again with --key-env or --keyring."
    # Its words are not repeated: servers quote parts of the key here.
    return f"refused the key ({status}). Check it in: {profile.variable or profile.key}."


def _redirected(error: Exception) -> str:
    headers: Any = getattr(getattr(error, "response", None), "headers", {})
    place = printable(str(headers.get("location", "another address")))[:200]
    status = getattr(error, "status_code", 0)
    return (
        f"failed ({status}): it points to {place}, and keys are not carried to other addresses. "
        "If that is right, make it the profile's address."
    )


def _not_found(words: str, profile: Profile) -> str:
    hint = "" if has_version(profile.address) else " Most servers want /v1 behind the address."
    return f"does not know the model {profile.model!r} or the path (404): {words}{hint}"


def has_version(address: str) -> bool:
    """Whether an address ends as base URLs do, in /v1 for one."""
    return bool(re.search(r"/v\d\w*$", address))


def _when(seconds: float) -> str:
    if not seconds:
        return "Try again later:"
    if seconds < 120:
        return f"It asks to be asked again in {seconds:.0f} seconds:"
    then = time.strftime("%Y-%m-%d %H:%M", time.localtime(min(time.time() + seconds, 2**33)))
    minutes = f"in {seconds / 60:.0f} minutes, " if seconds < 86_400 else ""
    return f"It asks to be asked again {minutes}at {then}:"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what caused it, outermost first."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _unreachable(error: Exception, words: str, profile: Profile) -> str:
    host = urlsplit(profile.address).hostname
    for cause in _causes(error):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return (
                f"has a certificate that is not trusted here: {cause.verify_message}. If it is your "
                "own, name its file in the environment variable SSL_CERT_FILE."
            )
        if isinstance(cause, ssl.SSLError):
            return f"does not speak https: {cause.reason or cause}. Should it be http://?"
        if isinstance(cause, socket.gaierror):
            return (
                f"cannot be reached: no computer is known by the name {host!r}. Check the address."
            )
        if isinstance(cause, ConnectionRefusedError):
            return "cannot be reached: nothing listens there. Is the server running, on this port?"
    return f"cannot be reached or broke off: {_deepest(error, words)}. Is the server running?"


def _deepest(error: Exception, words: str) -> str:
    """The innermost reason that says something."""
    told = [str(cause).strip() for cause in _causes(error)]
    return next((text for text in reversed(told) if text), words or type(error).__name__).rstrip(
        "."
    )
