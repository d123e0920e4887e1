"""The routes, as a list that any aiohttp server can mount: ours, and ComfyUI's.

Paths hold an id of ours and nothing else of the caller's; nothing changes on GET; bodies are JSON
with known fields; no address, path or key is ever part of a request.
"""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any

from aiohttp import web

from ..character.given_picture import LARGEST as LARGEST_PICTURE
from ..errors import ChatAnythingError, InputError
from ..live.conversation import GREETING, Answering
from ..live.idle_rows import IDLE_FPS, idle_rows
from ..transcription.transcribe import ready_listener
from .describe import character_json, choices_json, listed_json, talk_json
from .duets.duet_routes import Duets, duet_routes
from .exports.export_routes import Exports, export_routes
from .exports.film_export import has_workflow
from .filmed_turn import checked_phase
from .follow import follow_route
from .guard import RefusedError, body_of, decoded, number_of, status_of
from .realtime.realtime_route import realtime_route
from .service import Service
from .settings import chat_profiles, found_servers, use_found
from .sound_routes import speak_route, transcribe_route
from .stream import streamed

if TYPE_CHECKING:
    from ..live.roster import Prepared

PREFIX = "/chatanything/facetime"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
MOST = LARGEST_PICTURE * 4 // 3 + 64_000
"""Bytes of a body that holds a picture in base64."""
_BYTES = "application/octet-stream"
_UNCHANGING = {"Cache-Control": "private, max-age=31536000, immutable"}


def facetime_routes(service: Service) -> list[web.RouteDef]:
    """Every route below PREFIX, each with its guard."""
    own = f"{PREFIX}/characters"
    one = f"{own}/{{id}}"
    handlers = Handlers(service)
    table: list[tuple[str, str, Handler]] = [
        ("GET", own, handlers.list_characters),
        ("POST", own, handlers.make),
        ("GET", one, handlers.show),
        ("GET", f"{one}/portrait.png", handlers.portrait),
        ("GET", f"{one}/rig", handlers.rig),
        ("GET", f"{one}/idle", handlers.idle),
        ("POST", f"{one}/say", handlers.say),
        ("POST", f"{one}/greet", handlers.greet),
        ("POST", f"{one}/again", handlers.again),
        ("POST", f"{one}/heard", handlers.heard),
        ("POST", f"{one}/back", handlers.back),
        ("POST", f"{one}/branch", handlers.branch),
        ("POST", f"{one}/memory", handlers.memory),
        ("POST", f"{one}/voice", handlers.voice),
        ("POST", f"{one}/portrait", handlers.paint),
        ("POST", f"{one}/forget", handlers.forget),
        ("GET", f"{PREFIX}/settings", handlers.settings),
        ("POST", f"{PREFIX}/settings", handlers.choose),
        ("POST", f"{PREFIX}/servers", handlers.servers),
        ("POST", f"{PREFIX}/servers/use", handlers.use_server),
    ]
    table.append(("POST", f"{one}/transcribe", transcribe_route(handlers.found)))
    table.append(("GET", f"{one}/follow", follow_route(handlers.found, service.followers)))
    table.append(("POST", f"{one}/speak", speak_route(handlers.found, service.followers)))
    table.append(("GET", f"{one}/realtime", realtime_route(handlers.found, service)))
    table += duet_routes(one, Duets(service, handlers.found, handlers.rated))
    table += export_routes(one, Exports(handlers.found, handlers.rated))
    return [web.route(method, path, guarded(service, handler)) for method, path, handler in table]


def guarded(service: Service, handler: Handler) -> Handler:
    """The handler behind the service's rules; what it raises becomes a status and one sentence."""

    @functools.wraps(handler)
    async def answer(request: web.Request) -> web.StreamResponse:
        try:
            service.guard.check(request)
            if request.method == "POST" and (wait := service.asking.wait(request.remote or "")):
                raise RefusedError(429, f"Too many requests. Wait {wait:.0f} seconds.")
            return await handler(request)
        except ChatAnythingError as error:
            return web.json_response({"error": str(error)}, status=status_of(error))

    return answer


class Handlers:
    """One method a route."""

    def __init__(self, service: Service) -> None:
        self.service = service

    async def list_characters(self, request: web.Request) -> web.Response:
        """Those on disk, the latest first."""
        found = await asyncio.to_thread(self.service.roster.listed)
        return web.json_response([listed_json(one) for one in found[:100]])

    async def make(self, request: web.Request) -> web.StreamResponse:
        """Stages as they begin, then the character."""
        self.rated(request)
        kinds = {"concept": str, "seed": int, "language": str, "picture": str, "file": str}
        body = await body_of(request, MOST, **kinds)
        picture = decoded(body["picture"]) if "picture" in body else b""
        words = (body.get("concept", ""), body.get("seed", 0), body.get("language", ""))
        given = (picture, body.get("file", ""))
        return await streamed(request, lambda put: self.service.make(put, *words, *given))

    async def show(self, request: web.Request) -> web.Response:
        """A character and its conversation."""
        found = await self.found(request)
        self.service.warm(found)
        return web.json_response(character_json(found))

    async def portrait(self, request: web.Request) -> web.Response:
        """The picture; its address names the look, so that it never changes."""
        found = await self.found(request)
        return web.Response(body=found.png, content_type="image/png", headers=_UNCHANGING)

    async def rig(self, request: web.Request) -> web.Response:
        """What the page draws the face from."""
        found = await self.found(request)
        rig = await asyncio.to_thread(self.service.roster.rig, found)
        return web.Response(body=rig, content_type=_BYTES, headers=_UNCHANGING)

    async def idle(self, request: web.Request) -> web.Response:
        """Rows of the motion of a face that says nothing, from any second on."""
        found = await self.found(request)
        start, seconds = number_of(request, "from"), number_of(request, "seconds")
        own = found.character
        rows = await asyncio.to_thread(
            idle_rows, start, seconds, seed=own.seed, who=own.persona.name
        )
        headers = {"X-Rows-Per-Second": f"{IDLE_FPS:g}"}
        return web.Response(body=rows.astype("<f2").tobytes(), content_type=_BYTES, headers=headers)

    async def say(self, request: web.Request) -> web.StreamResponse:
        """The answer, sentence by sentence."""
        body = await body_of(request, message=str, turn=str, heard=dict, film=(int, float))
        message = body.get("message", "")
        if message == GREETING:
            raise InputError("The message is empty. Type what you want to say.")
        return await self._told(request, body, self._saying(message))

    async def greet(self, request: web.Request) -> web.StreamResponse:
        """What it says without being asked."""
        body = await body_of(request, turn=str, heard=dict, film=(int, float))
        return await self._told(request, body, self._saying(GREETING))

    async def again(self, request: web.Request) -> web.StreamResponse:
        """Another answer to the last message."""
        body = await body_of(request, turn=str, heard=dict, film=(int, float))
        return await self._told(request, body, self.service.again)

    def _saying(self, message: str) -> Callable[..., None]:
        return lambda put, wanted, turn, film: self.service.say(put, wanted, message, turn, film)

    async def _told(
        self, request: web.Request, body: dict[str, Any], tell: Callable[..., None]
    ) -> web.StreamResponse:
        wanted, turn = request.match_info["id"], body.get("turn", "")
        found = await self.found(request)
        if "heard" in body:
            # Told with the next message, so that this one never comes before it.
            await asyncio.to_thread(self.service.heard, wanted, *_heard(body["heard"]))
        film = checked_phase(body.get("film"))
        return await streamed(
            request,
            lambda put: tell(put, wanted, turn, film),
            lambda: found.conversation.interrupt(turn),
        )

    async def heard(self, request: web.Request) -> web.Response:
        """Cut a turn off, and keep what was heard of it."""
        body = await body_of(request, turn=str, text=str)
        wanted, turn, text = request.match_info["id"], body.get("turn", ""), body.get("text", "")
        await asyncio.to_thread(self.service.heard, wanted, turn, text)
        return web.json_response({})

    async def back(self, request: web.Request) -> web.Response:
        """Continue from an earlier turn."""
        body = await body_of(request, turns=int)
        return await self._talk(request, lambda talk: talk.go_back(body.get("turns", -1)))

    async def branch(self, request: web.Request) -> web.Response:
        """Continue another way that the conversation took."""
        body = await body_of(request, number=int)
        return await self._talk(request, lambda talk: talk.take_branch(body.get("number", -1)))

    async def memory(self, request: web.Request) -> web.Response:
        """What is remembered of the user, as they want it."""
        body = await body_of(request, facts=list)
        facts = body.get("facts", [])
        if not all(isinstance(fact, str) and len(fact) <= 300 for fact in facts):
            raise InputError("Each fact is one sentence of at most 300 characters.")
        return await self._talk(request, lambda talk: talk.remember(facts))

    async def _talk(self, request: web.Request, change: Callable[[Any], None]) -> web.Response:
        found = await self.found(request)
        await asyncio.to_thread(change, found.conversation)
        return web.json_response(talk_json(found.conversation.talk))

    async def voice(self, request: web.Request) -> web.Response:
        """Another voice."""
        body = await body_of(request, preset=str)
        self.rated(request)
        wanted, preset = request.match_info["id"], body.get("preset", "")
        found = await asyncio.to_thread(self.service.give_voice, wanted, preset)
        return web.json_response(character_json(found))

    async def paint(self, request: web.Request) -> web.Response:
        """Another portrait."""
        body = await body_of(request, style=str, seed=int)
        self.rated(request)
        wanted, style, seed = request.match_info["id"], body.get("style", ""), body.get("seed", 0)
        found = await asyncio.to_thread(self.service.give_portrait, wanted, style, seed)
        return web.json_response(character_json(found))

    async def forget(self, request: web.Request) -> web.Response:
        """Delete a character and its conversation."""
        await body_of(request)
        await asyncio.to_thread(self.service.roster.forget, request.match_info["id"])
        return web.json_response({})

    async def settings(self, request: web.Request) -> web.Response:
        """What is chosen, and what could be."""
        return web.json_response(await asyncio.to_thread(self._settings))

    async def choose(self, request: web.Request) -> web.Response:
        """Who answers, in how many words, and what the user is called."""
        body = await body_of(request, profile=str, limit=int, user=str)
        own = self.service.answering
        source, limit = body.get("profile", own.source), body.get("limit", own.limit)
        chosen = Answering(source=source, limit=limit, user=body.get("user", own.user))
        await asyncio.to_thread(self.service.choose, chosen)
        return await self.settings(request)

    async def servers(self, request: web.Request) -> web.Response:
        """Language-model servers that run on this machine."""
        await body_of(request)
        self.rated(request)
        found = await asyncio.to_thread(found_servers)
        return web.json_response(
            [{"program": one.program, "models": list(one.models)} for one in found]
        )

    async def use_server(self, request: web.Request) -> web.Response:
        """Have a server that was found answer from now on."""
        body = await body_of(request, program=str, model=str)
        self.rated(request)
        words = (body.get("program", ""), body.get("model", ""))
        name = await asyncio.to_thread(use_found, *words)
        own = self.service.answering
        chosen = Answering(source=name, limit=own.limit, user=own.user)
        await asyncio.to_thread(self.service.choose, chosen)
        return await self.settings(request)

    def _settings(self) -> dict[str, Any]:
        own = self.service.answering
        kept = {"profile": own.source, "limit": own.limit, "user": own.user}
        offered = {"profiles": chat_profiles(), "workflow": has_workflow()}
        offered["listener"] = ready_listener()
        return {**kept, **offered, **choices_json()}

    def rated(self, request: web.Request) -> None:
        """Refuse what is costly and asked for too often."""
        if wait := self.service.making.wait(request.remote or ""):
            raise RefusedError(429, f"Too many at once. Wait {wait:.0f} seconds.")

    async def found(self, request: web.Request) -> "Prepared":
        """The character that the path names."""
        wanted, roster = request.match_info["id"], self.service.roster
        try:
            # A thread more is a wait more where other programs want the processor.
            if at_hand := roster.at_hand(wanted):
                return at_hand
            return await asyncio.to_thread(roster.find, wanted)
        except InputError as error:
            raise RefusedError(404, str(error)) from error


def _heard(record: dict[str, Any]) -> tuple[str, str]:
    turn, text = record.get("turn"), record.get("text")
    if set(record) != {"turn", "text"} or not (isinstance(turn, str) and isinstance(text, str)):
        raise InputError("`heard` has the texts `turn` and `text`.")
    return turn, text
