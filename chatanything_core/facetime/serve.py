"""Run the server, until it is interrupted."""

import asyncio
import contextlib
import ipaddress
import secrets
import signal
import socket
import webbrowser
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from ..errors import InputError
from ..live.roster import Roster
from ..ranges import Range
from .guard import LARGEST, Guard
from .page_files import page_routes
from .routes import facetime_routes
from .service import Service

PORT = Range(0, 65535)
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True)
class Place:
    """Where the server listens."""

    host: str = "127.0.0.1"
    """A name or an address of this machine; others than loopback need a token."""
    port: int = 8765
    """0 lets the system choose."""


def app_of(service: Service) -> web.Application:
    """The whole server as an application of aiohttp."""
    app = web.Application(client_max_size=LARGEST)
    app.add_routes([*page_routes(service.guard), *facetime_routes(service)])
    return app


def guard_of(place: Place) -> Guard:
    """The rules for a place: a token wherever others can reach it."""
    if _is_loopback(place.host):
        return Guard()
    everywhere = place.host in ("0.0.0.0", "::")
    names = () if everywhere else (*_LOCAL, place.host.lower())
    return Guard(hosts=names, token=secrets.token_urlsafe(24))


def serve(place: Place, roster: Roster, first: str, ready: Callable[[str], None]) -> None:
    """Listen and answer until SIGINT or SIGTERM; `ready` gets the address of the page.

    Args:
        first: id of the character that the page opens with; empty for none.

    Raises:
        InputError: the port or the host cannot be used.
    """
    PORT.check("The port", place.port)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(place, Service(roster, guard_of(place)), first, ready))


def open_page(address: str) -> None:
    """Open the page in the user's browser, where there is one."""
    webbrowser.open(address)


async def _serve(place: Place, service: Service, first: str, ready: Callable[[str], None]) -> None:
    service.warm_all()
    runner = web.AppRunner(app_of(service), access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    try:
        site = web.TCPSite(runner, place.host, place.port)
        try:
            await site.start()
        except (OSError, socket.gaierror) as error:
            raise InputError(
                f"Cannot listen on {place.host} port {place.port}: {error.strerror or error}. "
                "Choose another with --port, or 0 for any."
            ) from error
        ready(_address(runner, place, service.guard, first))
        await _interrupted()
    finally:
        service.close()
        await runner.cleanup()


def _address(runner: web.AppRunner, place: Place, guard: Guard, first: str) -> str:
    port = runner.addresses[0][1]
    host = f"[{place.host}]" if ":" in place.host else place.host
    token = f"?token={guard.token}" if guard.token else ""
    return f"http://{host}:{port}/{token}{f'#{first}' if first else ''}"


async def _interrupted() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows: KeyboardInterrupt does it
            loop.add_signal_handler(name, stop.set)
    while not stop.is_set():
        with contextlib.suppress(asyncio.TimeoutError):
            await asyncio.wait_for(stop.wait(), 0.5)


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"
