"""Bring one file over HTTP into a `.part` file, from where an earlier try stopped.

Standard library only. The system's proxies and certificates count (HTTPS_PROXY, NO_PROXY,
SSL_CERT_FILE); nothing is sent but the request.
"""

import errno
import http.client
import re
import shutil
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import IO, Any

from ..errors import EngineError, OutputError
from ..progress import Tick

CHUNK = 1 << 18
"""Bytes that are read at a time."""
SECONDS = 30.0
"""Longest silence of a server."""
TRIES = 4
"""How often a connection may break without a byte more."""
PAUSE = 0.2
"""Seconds between two tries."""
SPARE = 64 << 20
"""Bytes of the disk that stay free."""
_RANGE = re.compile(r"bytes (\d+)-\d+/(\d+|\*)")
_FULL = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}


class BrokenConnectionError(Exception):
    """The connection ended early; what has come is kept."""


class _HttpsOnly(urllib.request.HTTPRedirectHandler):
    """Follows redirects to https alone."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: Any,
        newurl: str,
    ) -> urllib.request.Request | None:
        if not newurl.startswith("https://"):
            raise EngineError(
                f"{req.full_url} sends us on to {newurl}, which is not https. Nothing was fetched."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def transfer(address: str, part: Path, size: int | None, tick: Tick) -> None:
    """Fill `part` from an address; a part that is there is gone on with when `size` is known.

    Raises:
        EngineError: the server refuses, breaks off or offers something of another size.
        OutputError: the disk is full, or the folder cannot be written to.
    """
    if size is None:
        part.unlink(missing_ok=True)
    failures = 0
    while True:
        before = _length(part)
        try:
            return _fetch(address, part, size, tick)
        except BrokenConnectionError as error:
            failures = 0 if _length(part) > before else failures + 1
            if size is None or failures == TRIES:
                raise EngineError(
                    f"The connection to {address} broke: {error}. Run the same command again; it "
                    f"goes on after {_length(part):,} bytes."
                ) from error
            time.sleep(PAUSE)


def copy(source: Path, part: Path, size: int | None, tick: Tick) -> None:
    """Fill `part` from a file of this computer.

    Raises:
        EngineError: the file cannot be read, or has another size.
        OutputError: the disk is full, or the folder cannot be written to.
    """
    try:
        length = source.stat().st_size
        file = source.open("rb")
    except OSError as error:
        raise EngineError(f"Cannot read {source}: {error.strerror}. Choose another.") from error
    with file:
        _check_size(str(source), length, size)
        _check_space(part, length)
        _write(file, part, 0, length, tick)


def _fetch(address: str, part: Path, size: int | None, tick: Tick) -> None:
    start = _length(part)
    if size is not None and start >= size:
        if start == size:
            return
        part.unlink()
        start = 0
    with _open(address, start) as reply:
        start = _start_of(reply, address, start, size)
        length = reply.headers.get("Content-Length")
        total = start + int(length) if length and length.isdigit() else size
        _check_size(address, total, size)
        _check_space(part, (total or 0) - start)
        _write(reply, part, start, total, tick)
    if total is not None and _length(part) < total:
        raise BrokenConnectionError(f"it ended after {_length(part):,} of {total:,} bytes")


def _open(address: str, start: int) -> Any:
    """The reply of the server.

    Raises:
        EngineError: it answers with an error.
        BrokenConnectionError: it does not answer.
    """
    headers = {"User-Agent": "chatanything", "Accept-Encoding": "identity"}
    if start:
        headers["Range"] = f"bytes={start}-"
    opener = urllib.request.OpenerDirector()
    for handler in (
        *(urllib.request.ProxyHandler(), urllib.request.HTTPHandler()),
        *(urllib.request.HTTPSHandler(), urllib.request.HTTPDefaultErrorHandler()),
        *(urllib.request.HTTPErrorProcessor(), _HttpsOnly()),
    ):
        opener.add_handler(handler)
    try:
        return opener.open(urllib.request.Request(address, headers=headers), timeout=SECONDS)
    except urllib.error.HTTPError as error:
        error.close()
        raise EngineError(
            f"{address} answers {error.code} {error.reason}. Try later, or fetch the file in "
            "another way and hand it over with --from FILE."
        ) from error
    except (urllib.error.URLError, OSError, http.client.HTTPException) as error:
        raise BrokenConnectionError(getattr(error, "reason", None) or error) from error


def _start_of(reply: Any, address: str, start: int, size: int | None) -> int:
    """Where the reply begins in the file: `start`, or 0 from servers that know no ranges.

    Raises:
        EngineError: it is a range that was not asked for.
    """
    if reply.status != 206:
        return 0
    found = _RANGE.fullmatch(reply.headers.get("Content-Range", ""))
    if not found or int(found[1]) != start or found[2] not in ("*", str(size)):
        raise EngineError(f"{address} answers with another part of the file. Try another mirror.")
    return start


def _write(source: IO[bytes], part: Path, start: int, total: int | None, tick: Tick) -> None:
    """Write what comes from byte `start` of the part on; never more than `total`."""
    done = start
    try:
        part.parent.mkdir(parents=True, exist_ok=True)
        with part.open("r+b" if start else "wb") as file:
            file.seek(start)
            file.truncate()
            tick(done, total or 0)
            while chunk := _read(source):
                if total is not None and done + len(chunk) > total:
                    raise EngineError(f"More than {total:,} bytes came. Nothing was put in place.")
                file.write(chunk)
                done += len(chunk)
                tick(done, total or 0)
    except OSError as error:
        hint = "Make room" if error.errno in _FULL else "Choose a folder that you can write to"
        raise OutputError(
            f"Cannot write {part}: {error.strerror}. {hint}, and run the same command again; what "
            "has come is kept."
        ) from error


def _read(source: IO[bytes]) -> bytes:
    try:
        return source.read(CHUNK)
    except (OSError, http.client.HTTPException) as error:
        raise BrokenConnectionError(error) from error


def _check_size(source: str, found: int | None, size: int | None) -> None:
    if size is not None and found != size:
        raise EngineError(
            f"{source} has {found or 0:,} bytes, but the catalogue says {size:,}. Nothing was "
            "fetched; it is another file, or a newer one."
        )


def _check_space(part: Path, needed: int) -> None:
    """Raise OutputError when the disk has not `needed` bytes and some to spare."""
    folder = next((path for path in part.parents if path.exists()), part.parent)
    free = shutil.disk_usage(folder).free
    if needed + SPARE > free:
        raise OutputError(
            f"{folder} has {free >> 20:,} MB free, but {needed + SPARE >> 20:,} MB are needed. Make "
            "room, or set CHATANYTHING_MODELS to a folder on another disk."
        )


def _length(part: Path) -> int:
    return part.stat().st_size if part.exists() else 0
