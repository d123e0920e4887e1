"""Who may ask, how, and how often.

A page of another site may neither read nor change anything: what changes something is a POST of
JSON from our own page, and the host that is asked for must be one that we serve (a foreign name
that was pointed at this machine is not). Off this machine a token is needed, which came in the link.
"""

import base64
import hmac
import json
import time
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ..errors import ChatAnythingError, InputError

if TYPE_CHECKING:
    from aiohttp import web

LARGEST = 64_000
"""Most bytes of a body."""
COOKIE = "chatanything-facetime"
_LOCAL = ("localhost", "127.0.0.1", "::1")


class RefusedError(ChatAnythingError):
    """A request that is not answered."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


@dataclass
class Rate:
    """Allows `burst` at once and one more every `every` seconds, for each who asks."""

    burst: float
    every: float
    _left: "OrderedDict[str, tuple[float, float]]" = field(default_factory=OrderedDict)

    def wait(self, who: str) -> float:
        """Seconds until `who` may ask; 0 takes one of theirs."""
        now = time.monotonic()
        left, since = self._left.pop(who, (self.burst, now))
        left = min(self.burst, left + (now - since) / self.every)
        allowed = left >= 1
        self._left[who] = (left - 1 if allowed else left, now)
        while len(self._left) > 1000:
            self._left.popitem(last=False)
        return 0.0 if allowed else (1 - left) * self.every


@dataclass(frozen=True)
class Guard:
    """The rules of one server."""

    hosts: tuple[str, ...] = _LOCAL
    """Names by which it may be asked; empty for a server that checks them itself."""
    token: str = ""
    """What a browser must have been given; empty where only this machine reaches the server."""

    def check(self, request: "web.Request", *, opened: bool = False) -> None:
        """Let a request pass. A page that is `opened` may have been linked to from anywhere.

        Raises:
            RefusedError: it comes from another site, by a foreign name, or without the token.
        """
        name = urlsplit(f"//{request.host}").hostname or ""
        if self.hosts and name.lower() not in self.hosts:
            raise RefusedError(403, f"This server is not called {name[:60]!r}.")
        if not opened and not _from_own_page(request):
            raise RefusedError(403, "This request comes from another site.")
        if self.token and not self.knows(request.cookies.get(COOKIE, "")):
            raise RefusedError(403, "Open the link that `chatanything facetime` printed.")

    def knows(self, token: str) -> bool:
        """Whether it is the token; also where none is needed."""
        given, own = token.encode("utf-8", "replace"), self.token.encode()
        return not self.token or hmac.compare_digest(given, own)


def _from_own_page(request: "web.Request") -> bool:
    """True unless a browser says that another site's page sends this.

    Browsers send `Sec-Fetch-Site` over https and to localhost, `Origin` with every POST. Programs
    send neither.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        # "none" is an address that somebody typed; a page never POSTs so.
        return site == "same-origin" or (site == "none" and request.method == "GET")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()


async def body_of(
    request: "web.Request", most: int = LARGEST, /, **kinds: type | tuple[type, ...]
) -> dict[str, Any]:
    """The JSON object that was sent, of at most `most` bytes, with no other fields than `kinds`
    names; each may be missing.

    Raises:
        RefusedError: it is something else, or too large.
    """
    if request.content_type != "application/json":
        raise RefusedError(415, "Send application/json.")
    if (request.content_length or 0) > most:
        raise RefusedError(413, f"The body is larger than {most} bytes.")
    raw = await at_most(request, most)
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, f"This is not JSON: {error}.") from error
    if not isinstance(body, dict):
        raise RefusedError(400, "Send a JSON object.")
    for name, value in body.items():
        if name not in kinds:
            known = ", ".join(kinds) or "none at all"
            raise RefusedError(400, f"There is no field {name[:40]!r} here. Known: {known}.")
        # To Python true is a number, to JSON it is not.
        if not isinstance(value, kinds[name]) or (isinstance(value, bool) and kinds[name] is int):
            raise RefusedError(400, f"The field {name!r} has a value of the wrong kind.")
    return body


async def at_most(request: "web.Request", size: int) -> bytes:
    """The body that was sent.

    Raises:
        RefusedError: it is larger than `size` bytes.
    """
    parts, had = [], 0
    async for part in request.content.iter_any():
        had += len(part)
        if had > size:
            raise RefusedError(413, f"The body is larger than {size} bytes.")
        parts.append(part)
    return b"".join(parts)


def status_of(error: ChatAnythingError) -> int:
    """The HTTP status of an error of ours."""
    if isinstance(error, RefusedError):
        return error.status
    return 400 if isinstance(error, InputError) else 503


def decoded(text: str) -> bytes:
    """The bytes of a file that was sent as base64.

    Raises:
        InputError: it is not base64.
    """
    try:
        return base64.b64decode(text, validate=True)
    except ValueError as error:
        raise InputError("`picture` is the file's bytes in base64.") from error


def number_of(request: "web.Request", name: str) -> float:
    """A number that the address gives, `?name=1.5`.

    Raises:
        InputError: it does not.
    """
    try:
        return float(request.query[name])
    except (KeyError, ValueError):
        raise InputError(f"The address needs {name}=NUMBER.") from None
