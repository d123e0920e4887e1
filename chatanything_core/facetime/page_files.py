"""The page itself: a fixed set of files, each by its own name."""

import functools
import mimetypes
from pathlib import Path

from aiohttp import web
from yarl import URL

from ..talking_head.rig import web_folder
from .guard import COOKIE, Guard, RefusedError

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors {frames}"
)
"""What the page may load: its own files. Text that somehow became markup could run nothing."""
HEADERS = {
    "Content-Security-Policy": POLICY.format(frames="'none'"),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_KINDS = {".mjs": "text/javascript", ".js": "text/javascript", ".webmanifest": "application/json"}
STAGE = "/chatanything/stage"
"""Where streaming programs are told to look; the page itself is beside its files."""
_FOLDERS = ("facetime", "lib")


def page_routes(guard: Guard, *, framed: bool = False) -> list[web.RouteDef]:
    """The page at `/`, a character alone at `/stage`, their files at `/web/...`, and nothing else.

    Args:
        framed: Whether another page of the same server may show it as a part of itself.
    """
    headers = {**HEADERS, "Content-Security-Policy": POLICY.format(frames="'self'")}
    own = headers if framed else HEADERS
    folder = web_folder()
    paths = [path for name in _FOLDERS for path in sorted((folder / name).rglob("*"))]
    files = {
        f"/web/{path.relative_to(folder).as_posix()}": path
        for path in paths
        if path.is_file() and not path.name.endswith((".test.mjs", ".md", ".json"))
    }

    async def page(request: web.Request) -> web.StreamResponse:
        return _page(request, guard, files["/web/facetime/index.html"], own)

    async def stage(request: web.Request) -> web.StreamResponse:
        return _page(request, guard, files["/web/facetime/stage.html"], own)

    async def to_stage(request: web.Request) -> web.StreamResponse:
        where = URL("../stage").with_query(request.query)
        return web.Response(status=302, headers={**own, "Location": str(where)})

    async def file(path: Path, request: web.Request) -> web.StreamResponse:
        try:
            guard.check(request)
        except RefusedError as error:
            return web.json_response({"error": str(error)}, status=error.status)
        kind = _KINDS.get(path.suffix) or mimetypes.guess_type(path.name)[0]
        return _file(path, kind or "application/octet-stream", own)

    named = [web.get(address, functools.partial(file, path)) for address, path in files.items()]
    pages = [web.get("/", page), web.get("/stage", stage), web.get(STAGE, to_stage)]
    return [*pages, *named]


def _page(
    request: web.Request, guard: Guard, path: Path, headers: dict[str, str]
) -> web.StreamResponse:
    """The page; a link with the right token is answered with a cookie, and the token goes."""
    token = request.query.get("token", "")
    if guard.token and token and guard.knows(token):
        seen = web.Response(status=302, headers={**headers, "Location": _without_token(request)})
        seen.set_cookie(COOKIE, token, httponly=True, samesite="Lax", path="/")
        return seen
    try:
        guard.check(request, opened=True)
    except RefusedError as error:
        return web.Response(text=str(error), status=error.status, headers=headers)
    return _file(path, "text/html", headers)


def _without_token(request: web.Request) -> str:
    """The address that was asked for, relative to itself."""
    left = {name: value for name, value in request.query.items() if name != "token"}
    return str(URL(request.path).with_query(left) if left else request.path)


def _file(path: Path, kind: str, headers: dict[str, str]) -> web.Response:
    text = kind.startswith("text/")
    return web.Response(
        body=path.read_bytes(),
        content_type=kind,
        charset="utf-8" if text else None,
        headers=headers,
    )
