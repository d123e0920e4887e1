"""The page as a part of another program's server, for each of its users by themselves."""

import re
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from aiohttp import web

from ..live.roster import Roster
from .guard import Guard, RefusedError
from .page_files import page_routes
from .routes import facetime_routes
from .service import Service

if TYPE_CHECKING:
    from yarl import URL

_USER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,119}")
LENT = "graphs"
"""Folder of the characters that graphs made; whoever opens one by its id gets a copy."""


class Mount:
    """Answers what pages ask below an address of the other server.

    That server knows its users and checks by which name it is called; everything else is guarded
    as on a server of our own. Users do not see one another's characters.
    """

    def __init__(self, folder: Path, service: Callable[[Roster], Service] | None = None) -> None:
        self.folder = folder
        self._service = service or (lambda roster: Service(roster, Guard(()), own_name=True))
        self._lock = Lock()
        self._known: dict[str, tuple[Service, web.UrlDispatcher]] = {}

    @property
    def lent(self) -> Path:
        """Where graphs leave characters."""
        return self.folder / LENT

    def service(self, user: str) -> Service:
        """Characters and settings of one user, who is known to the other server.

        Raises:
            RefusedError: the name of the user can be no folder.
        """
        return self._of(user)[0]

    async def answer(self, request: web.Request, user: str, path: str) -> web.StreamResponse:
        """What the page of `user` gets for `path`, which begins with a slash."""
        try:
            _, routes = self._of(user)
        except RefusedError as error:
            return web.json_response({"error": str(error)}, status=error.status)
        found = await routes.resolve(request.clone(rel_url=_below(request.rel_url, path)))
        request.match_info.update(found)
        return await found.handler(request)

    def close(self) -> None:
        """Cut off every answer and speak no more."""
        with self._lock:
            for service, _ in self._known.values():
                service.close()

    def _of(self, user: str) -> tuple[Service, web.UrlDispatcher]:
        if not _USER.fullmatch(user):
            raise RefusedError(404, f"There is no user {user[:40]!r}.")
        with self._lock:
            if user not in self._known:
                roster = Roster(self.folder / "users" / user / "characters", lent=self.lent)
                service, routes = self._service(roster), web.UrlDispatcher()
                routes.add_routes([*page_routes(service.guard, framed=True)])
                routes.add_routes(facetime_routes(service))
                self._known[user] = service, routes
            return self._known[user]


def _below(whole: "URL", path: str) -> "URL":
    """The same question to another path."""
    return whole.with_path(path).with_query(whole.query)
