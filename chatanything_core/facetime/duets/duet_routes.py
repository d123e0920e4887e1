"""Two of the user's characters talk with each other, told while they do."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from ...duet.converse import TURNS
from ...errors import InputError
from ...live.roster import Prepared
from ...ranges import Range
from ..guard import RefusedError, body_of
from ..service import Put, Service
from ..stream import streamed
from .duet_record import load_duet, save_duet
from .live_duet import LiveDuet

TOGETHER = 4
"""Talks that are held at the same time: each is as long as it is heard."""
TOPIC = 300
"""Most characters of a topic."""
SEEDS = Range(0, 2**31 - 1)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Found = Callable[[web.Request], Awaitable[Prepared]]


def duet_routes(one: str, duets: "Duets") -> list[tuple[str, str, Handler]]:
    """The routes below `one`, the address of a character."""
    path = f"{one}/duet"
    return [("GET", path, duets.last), ("POST", path, duets.talk)]


class Duets:
    """Talks of two that one server holds."""

    def __init__(
        self, service: Service, found: Found, rated: Callable[[web.Request], None]
    ) -> None:
        self._service = service
        self._found = found
        self._rated = rated
        self._held = 0

    async def last(self, request: web.Request) -> web.Response:
        """The last talk of a character with another one: `{"duet": ...}`, null for none."""
        found = await self._found(request)
        kept = await asyncio.to_thread(load_duet, self._service.roster.folder / found.id)
        return web.json_response({"duet": kept})

    async def talk(self, request: web.Request) -> web.StreamResponse:
        """Turn after turn of the character with `other`, until the page goes."""
        self._rated(request)
        body = await body_of(request, other=str, topic=str, turns=int, seed=int)
        duet = await self._asked(await self._found(request), body)
        if self._held >= TOGETHER:
            raise RefusedError(429, f"{TOGETHER} talks of two are held already. Stop one first.")
        self._held += 1
        try:
            return await streamed(request, lambda put: self._told(put, duet), duet.cut_off.set)
        finally:
            self._held -= 1

    async def _asked(self, first: Prepared, body: dict[str, Any]) -> LiveDuet:
        other, topic = body.get("other", ""), " ".join(body.get("topic", "").split())
        turns, seed = body.get("turns", 0), body.get("seed", 0)
        TURNS.check("The number of turns", turns)
        SEEDS.check("The seed", seed)
        if not 0 < len(topic) <= TOPIC:
            raise InputError(f"A topic has 1 to {TOPIC} characters, such as 'rain'.")
        if other == first.id:
            raise InputError("Nobody talks with themselves here. Choose another character.")
        try:
            second = await asyncio.to_thread(self._service.roster.find, other)
        except InputError as error:
            raise RefusedError(404, str(error)) from error
        return LiveDuet((first, second), topic, turns, seed, self._service.answering)

    def _told(self, put: Put, duet: LiveDuet) -> None:
        try:
            for event in duet.events():
                put(event)
        finally:
            if heard := duet.heard():
                save_duet(self._service.roster.folder, duet.pair, duet.topic, heard)
