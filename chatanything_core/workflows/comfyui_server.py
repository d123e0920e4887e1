"""A ComfyUI server: its routes, as coroutines (https://docs.comfy.org/development/comfyui-server)."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import EngineError, InputError, MissingDependencyError, WorkerLostError
from .records import Prompt

if TYPE_CHECKING:
    from aiohttp import ClientResponse, ClientSession, ClientWebSocketResponse

ANSWER_SECONDS = 60.0
"""Longest wait for an answer; a server that loads models is slow to answer."""
LARGEST_MESSAGE = 256 * 2**20
"""Bytes of the largest message: previews of large pictures are messages too."""


class ComfyUIServer:
    """One server, asked through one session."""

    def __init__(self, url: str, session: "ClientSession") -> None:
        self.url = url
        self._session = session

    async def get(self, path: str, **query: str) -> Any:
        """The JSON of a GET; raises as `_asked` does."""
        return json.loads(await self._asked("GET", path, params=query))

    async def post(self, path: str, body: Any) -> bytes:
        """The answer to a POST of JSON; raises as `_asked` does."""
        return await self._asked("POST", path, json=body)

    async def view(self, file: dict[str, str]) -> bytes:
        """The content of a file that a node shows."""
        keys = ("filename", "subfolder", "type")
        return await self._asked("GET", "/view", params={key: file.get(key, "") for key in keys})

    async def upload(self, path: Path) -> str:
        """Put a file into the input folder; its name for a node that loads it.

        A file of that name and content is used again; of that name and another content is kept.

        Raises:
            InputError: the file cannot be read.
        """
        from aiohttp import FormData

        try:
            content = path.read_bytes()
        except OSError as error:
            raise InputError(f"Cannot upload {path}: {error.strerror}.") from error
        form = FormData()
        form.add_field("image", content, filename=path.name)
        answer = json.loads(await self._asked("POST", "/upload/image", data=form))
        return "/".join(part for part in (answer.get("subfolder"), answer["name"]) if part)

    async def queue(self, prompt: Prompt, client: str, drawn: dict[str, Any] | None) -> str:
        """Queue a prompt; its id.

        Raises:
            InputError: the server refuses some of it; it is taken off the queue then.
        """
        extra = {"extra_pnginfo": {"workflow": drawn}} if drawn else {}
        body = {"prompt": prompt, "client_id": client, "extra_data": extra}
        answer = json.loads(await self.post("/prompt", body))
        if answer.get("node_errors"):
            await self.cancel(answer["prompt_id"])
            raise refused(answer, prompt)
        return str(answer["prompt_id"])

    async def cancel(self, prompt_id: str) -> None:
        """Take a prompt off the queue, or stop it when it runs; others are left alone."""
        await self.post("/queue", {"delete": [prompt_id]})
        await self.post("/interrupt", {"prompt_id": prompt_id})

    @asynccontextmanager
    async def events(self, client: str) -> "AsyncIterator[ClientWebSocketResponse]":
        """The server's messages to a client."""
        with lost_when_gone(self.url):
            socket = await self._session.ws_connect(
                f"{self.url}/ws", params={"clientId": client}, max_msg_size=LARGEST_MESSAGE
            )
        try:
            yield socket
        finally:
            await socket.close()

    async def _asked(self, method: str, path: str, **more: Any) -> bytes:
        """The body of an answer.

        Raises:
            WorkerLostError: no answer.
            InputError: the server refuses a prompt.
            EngineError: another answer than 200.
        """
        with lost_when_gone(self.url):
            async with self._session.request(method, self.url + path, **more) as answer:
                body = await answer.read()
        if answer.status == 400 and path == "/prompt":
            raise refused(json.loads(body), more["json"]["prompt"])
        if answer.status != 200:
            raise _unexpected(self.url, path, answer)
        return body


class lost_when_gone:  # noqa: N801  a context manager, as contextlib's
    """Turns what aiohttp raises of a server that is gone into `WorkerLostError`."""

    def __init__(self, url: str) -> None:
        self._url = url

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        from aiohttp import ClientError

        if isinstance(error, ClientError | asyncio.TimeoutError | ConnectionError):
            raise WorkerLostError(
                f"No ComfyUI answers at {self._url} ({error or type(error).__name__}). Start it, or "
                "give another --server."
            ) from error


@asynccontextmanager
async def connect(url: str) -> AsyncIterator[ComfyUIServer]:
    """A session with the server at an address such as `http://127.0.0.1:8188`.

    Raises:
        MissingDependencyError: aiohttp is not installed.
    """
    try:
        import aiohttp
    except ImportError as error:
        raise MissingDependencyError("run", "aiohttp") from error
    limits = aiohttp.ClientTimeout(total=None, connect=10, sock_read=ANSWER_SECONDS)
    async with aiohttp.ClientSession(timeout=limits) as session:
        yield ComfyUIServer(address(url), session)


def address(url: str) -> str:
    """A server's address in full.

    >>> address("127.0.0.1:8188/")
    'http://127.0.0.1:8188'
    """
    whole = url.strip().rstrip("/")
    return whole if "://" in whole else f"http://{whole}"


def refused(answer: dict[str, Any], prompt: Prompt) -> InputError:
    """What a server does not like about a prompt, each node on its own line."""
    from .records import title_of

    lines = [
        f"{title_of(prompt, node)} (node {node}): {error['message']}: {error['details']}"
        for node, entry in (answer.get("node_errors") or {}).items()
        for error in entry["errors"]
    ]
    told = answer.get("error") or {}
    whole = told.get("message", "") if isinstance(told, dict) else str(told)
    return InputError("\n".join(["The server refuses the workflow.", *(lines or [whole])]))


def _unexpected(url: str, path: str, answer: "ClientResponse") -> EngineError:
    return EngineError(
        f"{url}{path} answered {answer.status} {answer.reason}. Is that a ComfyUI of 0.8.0 or later?"
    )
