"""The facetime page on ComfyUI's own server, for each of its users by themselves.

The page's address holds the user, since neither pictures nor frames can send the header by which
ComfyUI tells its users apart. Everything is loaded when the page is first asked for.
"""

import atexit
import functools
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import folder_paths

if TYPE_CHECKING:
    from aiohttp import web

    from ...chatanything_core.character.make_character import Character
    from ...chatanything_core.dialogue import History
    from ...chatanything_core.facetime.mount import Mount

ROUTE = "/chatanything/users/{user}/{path:.*}"
PANEL = "/chatanything/panel"
STAGE = "/chatanything/stage"


def add_routes() -> None:
    """Add the routes to the running server; without one, as in tests, do nothing."""
    if (instance := _server()) is not None:
        instance.routes.get(PANEL)(_panel)
        instance.routes.get(STAGE)(_stage)
        instance.routes.get(ROUTE)(_answer)
        instance.routes.post(ROUTE)(_answer)


@functools.cache
def mount() -> "Mount":
    """The page's own server. Its folder is out of reach of ComfyUI's routes."""
    from ...chatanything_core.facetime.mount import Mount

    made = Mount(Path(folder_paths.get_system_user_directory("chatanything")) / "facetime")
    atexit.register(made.close)
    return made


def lend(character: "Character", history: "History | None") -> str:
    """Have the pages of all users find a character by the id that this gives."""
    from ...chatanything_core.live.lend_character import lend_character

    return lend_character(mount().lent, character, history)


def stage_address(character: str) -> str:
    """Where a character is alone on its page, after the address of ComfyUI."""
    return f"{STAGE}?character={character}"


def _server() -> Any:
    return getattr(getattr(sys.modules.get("server"), "PromptServer", None), "instance", None)


async def _panel(request: "web.Request") -> "web.Response":
    """Where the page of the user is that asks."""
    from aiohttp import web

    try:
        user = _server().user_manager.get_request_user_id(request)
    except KeyError:
        return web.json_response({"error": "ComfyUI does not know this user."}, status=404)
    return web.json_response({"page": f"/chatanything/users/{user}/"})


async def _stage(request: "web.Request") -> "web.Response":
    """To the page that shows a character alone; `user` is needed where ComfyUI has several."""
    from aiohttp import web
    from yarl import URL

    asked = dict(request.query)
    user = asked.pop("user", "default")
    if user not in _server().user_manager.users:
        return web.json_response({"error": "ComfyUI does not know this user."}, status=404)
    where = URL(f"users/{user}/stage").with_query(asked)
    return web.Response(status=302, headers={"Location": str(where)})


async def _answer(request: "web.Request") -> "web.StreamResponse":
    """Whatever the page of a user asks."""
    from aiohttp import web

    user = request.match_info["user"]
    if user not in _server().user_manager.users:
        return web.json_response({"error": "ComfyUI does not know this user."}, status=404)
    return await mount().answer(request, user, "/" + request.match_info["path"])
