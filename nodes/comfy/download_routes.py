"""Routes of ComfyUI's server by which the page fetches a model of the catalogue.

A request names an id and nothing else: no address, no path. It must come from ComfyUI's own page,
as JSON, and only models whose sha256 is on record are fetched this way.
"""

import asyncio
import json
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from ...chatanything_core.downloads import Jobs, Model, find_model, offline, places_of
from ...chatanything_core.errors import InputError
from ...chatanything_core.landmarks import ready_detectors
from ...chatanything_core.runtime import default_runtime

if TYPE_CHECKING:
    from aiohttp import web

ROUTE = "/chatanything/downloads"
LARGEST = 1000
"""Most bytes of a request."""
_jobs = Jobs()


def add_routes() -> None:
    """Add the routes to the running server; without one, as in tests, do nothing."""
    server = getattr(sys.modules.get("server"), "PromptServer", None)
    instance = getattr(server, "instance", None)
    if instance is not None:
        instance.routes.get(ROUTE + "/{id}")(_look)
        instance.routes.post(ROUTE)(_start)


async def _look(request: "web.Request") -> "web.Response":
    """What a model is, where it goes, and how far it is."""
    try:
        model = find_model(request.match_info["id"])
    except InputError as error:
        return _answer({"error": str(error)}, 404)
    return _answer(await asyncio.to_thread(_state, model))


async def _start(request: "web.Request") -> "web.Response":
    """Begin to fetch the model that the body names: `{"id": "face"}`."""
    if not _from_own_page(request):
        return _answer({"error": "This request comes from another site."}, 403)
    try:
        model = find_model(await _named(request))
    except InputError as error:
        return _answer({"error": str(error)}, 400)
    state = await asyncio.to_thread(_state, model)
    if state["status"] == "here":
        return _answer(state)
    if not model.checked:
        told = f"No sha256 of every file of {model.id} is on record. Use the command line for it."
        return _answer({"error": told}, 409)
    if switch := offline():
        told = f"{switch} is set where ComfyUI runs, so nothing is downloaded. Unset it."
        return _answer({"error": told}, 409)
    await asyncio.to_thread(_jobs.start, model)
    return _answer(await asyncio.to_thread(_state, model))


async def _named(request: "web.Request") -> str:
    """The id that a request names.

    Raises:
        InputError: it is anything but a JSON object with an id alone.
    """
    if request.content_type != "application/json" or (request.content_length or 0) > LARGEST:
        raise InputError('Send {"id": ...} as application/json.')
    try:
        body = json.loads(await request.content.read(LARGEST))
    except ValueError as error:
        raise InputError(f"This is not JSON: {error}.") from error
    if not isinstance(body, dict) or set(body) != {"id"} or not isinstance(body["id"], str):
        raise InputError('Send {"id": ...} and nothing else.')
    return str(body["id"])


def _from_own_page(request: "web.Request") -> bool:
    """True unless a browser says that another site's page sends this.

    Browsers send `Sec-Fetch-Site` over https and to localhost, `Origin` with every POST; a proxy
    may change the host that `Origin` is compared with. Programs send neither.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is None or urlsplit(origin).netloc.lower() == request.host.lower()


def _state(model: Model) -> dict[str, Any]:
    places = places_of(model, default_runtime().folders)
    job = _jobs.look(model)
    needed = not ready_detectors() if model.id == "face" else job.status != "here"
    told = {key: value for key, value in asdict(model).items() if key != "files"}
    files = [{"address": p.file.address, "path": str(p.path)} for p in places]
    return {**told, "size": model.size, "files": files, "needed": needed, **asdict(job)}


def _answer(body: dict[str, Any], status: int = 200) -> "web.Response":
    from aiohttp import web

    return web.json_response(body, status=status)
