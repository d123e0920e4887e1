"""Routes to what can be taken away."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from ...errors import InputError
from ...live.cutout import cutout_mask, mask_png
from ...live.roster import Prepared
from ...pipeline import slug
from ..filmed_turn import idle_film
from ..guard import body_of
from .film_export import card, film, workflow_of
from .html_export import html_page

Found = Callable[[web.Request], Awaitable[Prepared]]
_UNCHANGING = {"Cache-Control": "private, max-age=31536000, immutable"}
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def export_routes(one: str, handlers: "Exports") -> list[tuple[str, str, Handler]]:
    """Method, path below that of `one` character, and handler of each."""
    return [
        ("GET", f"{one}/idle.mp4", handlers.idle),
        ("GET", f"{one}/cutout.png", handlers.cutout),
        ("GET", f"{one}/page.html", handlers.page),
        ("GET", f"{one}/card.png", handlers.card),
        ("GET", f"{one}/workflow.json", handlers.workflow),
        ("POST", f"{one}/film", handlers.film),
    ]


@dataclass(frozen=True)
class Exports:
    """One method a route."""

    found: Found
    """Finds the character that a request names."""
    rated: Callable[[web.Request], None]
    """Refuses what is asked for too often."""

    async def idle(self, request: web.Request) -> web.Response:
        """How it waits, for pages that draw no face."""
        made = await self._made(request, idle_film)
        return web.Response(body=made, content_type="video/mp4", headers=_UNCHANGING)

    async def cutout(self, request: web.Request) -> web.Response:
        """A mask of the character, for a page that shows it alone."""
        made = await self._made(request, _cutout)
        return web.Response(body=made, content_type="image/png", headers=_UNCHANGING)

    async def page(self, request: web.Request) -> web.Response:
        """The living character in one file. It is saved, never shown as a page of ours."""
        made = await self._made(request, html_page)
        return _file(made, "text/html", await self.found(request), "html")

    async def card(self, request: web.Request) -> web.Response:
        """Portrait, card and workflow in one picture."""
        made = await self._made(request, card)
        return _file(made, "image/png", await self.found(request), "png")

    async def workflow(self, request: web.Request) -> web.Response:
        """The whole chain for ComfyUI."""
        prepared = await self.found(request)
        made = workflow_of(prepared)
        if made is None:
            raise InputError("The workflow's template did not come with this installation.")
        return web.json_response(made, headers=_named(prepared, "json"))

    async def film(self, request: web.Request) -> web.Response:
        """The last reply, or the whole talk."""
        whole = (await body_of(request, whole=bool)).get("whole", False)
        made = await self._made(request, lambda prepared: film(prepared, whole))
        return _file(made, "video/mp4", await self.found(request), "mp4")

    async def _made(self, request: web.Request, make: Callable[[Prepared], bytes]) -> bytes:
        prepared = await self.found(request)
        self.rated(request)
        return await asyncio.to_thread(make, prepared)


def _cutout(prepared: Prepared) -> bytes:
    portrait = prepared.character.portrait
    return mask_png(cutout_mask(portrait.image, portrait.face))


def _file(data: bytes, kind: str, prepared: Prepared, suffix: str) -> web.Response:
    return web.Response(body=data, content_type=kind, headers=_named(prepared, suffix))


def _named(prepared: Prepared, suffix: str) -> dict[str, str]:
    name = quote(f"{slug(prepared.character.persona.name)}.{suffix}")
    return {
        "Content-Disposition": f"attachment; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
    }
