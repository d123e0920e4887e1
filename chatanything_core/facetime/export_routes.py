"""Routes to what can be taken away."""

import asyncio
from collections.abc import Awaitable, Callable
from urllib.parse import quote

from aiohttp import web

from ..errors import InputError
from ..live.roster import Prepared
from ..pipeline import slug
from .film_export import card, film, workflow_of
from .filmed_turn import idle_film
from .guard import body_of
from .html_export import html_page

Found = Callable[[web.Request], Awaitable[Prepared]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def export_routes(
    one: str, found: Found, rated: Callable[[web.Request], None]
) -> list[tuple[str, str, Handler]]:
    """Method, path below that of `one` character, and handler of each."""

    async def page(request: web.Request) -> web.Response:
        prepared = await found(request)
        rated(request)
        return _file(await asyncio.to_thread(html_page, prepared), "text/html", prepared, "html")

    async def picture(request: web.Request) -> web.Response:
        prepared = await found(request)
        return _file(await asyncio.to_thread(card, prepared), "image/png", prepared, "png")

    async def workflow(request: web.Request) -> web.Response:
        prepared = await found(request)
        made = workflow_of(prepared)
        if made is None:
            raise InputError("The workflow's template did not come with this installation.")
        return web.json_response(made, headers=_named(prepared, "json"))

    async def filmed(request: web.Request) -> web.Response:
        body = await body_of(request, whole=bool)
        prepared = await found(request)
        rated(request)
        made = await asyncio.to_thread(film, prepared, body.get("whole", False))
        return _file(made, "video/mp4", prepared, "mp4")

    async def waiting(request: web.Request) -> web.Response:
        prepared = await found(request)
        rated(request)
        made = await asyncio.to_thread(idle_film, prepared)
        kept = {"Cache-Control": "private, max-age=31536000, immutable"}
        return web.Response(body=made, content_type="video/mp4", headers=kept)

    return [
        ("GET", f"{one}/idle.mp4", waiting),
        ("GET", f"{one}/page.html", page),
        ("GET", f"{one}/card.png", picture),
        ("GET", f"{one}/workflow.json", workflow),
        ("POST", f"{one}/film", filmed),
    ]


def _file(data: bytes, kind: str, prepared: Prepared, suffix: str) -> web.Response:
    """A download. A page among them is saved, never shown as one of ours."""
    return web.Response(body=data, content_type=kind, headers=_named(prepared, suffix))


def _named(prepared: Prepared, suffix: str) -> dict[str, str]:
    name = quote(f"{slug(prepared.character.persona.name)}.{suffix}")
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
