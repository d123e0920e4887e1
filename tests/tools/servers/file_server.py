"""A server of one file, real and local, that behaves as well or as badly as it is told."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class FileServer:
    """What is served, and what was asked for."""

    content: bytes
    ranges: bool = True
    """Whether it knows ranges."""
    breaks_after: int | None = None
    """Bytes of each reply after which the connection is closed."""
    pause: float = 0.0
    """Seconds between two pieces of 64 KiB."""
    status: int = 200
    location: str = ""
    """Where it sends everybody on to."""
    shift: int = 0
    """Bytes by which its ranges begin too late."""
    declares_length: bool = True
    asked: list[str] = field(default_factory=list)
    """The Range of each request, empty when there was none."""
    address: str = ""


@contextmanager
def serve(server: FileServer) -> Iterator[str]:
    """Serve in a thread; yields an address of the file."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self, server)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{httpd.server_port}/file.bin"
        finally:
            httpd.shutdown()
            thread.join()


def answer(request: BaseHTTPRequestHandler, server: FileServer) -> None:
    """Reply as the server is told to."""
    asked = request.headers.get("Range", "")
    server.asked.append(asked)
    if server.location or server.status != 200:
        request.send_response(302 if server.location else server.status)
        if server.location:
            request.send_header("Location", server.location)
        request.send_header("Content-Length", "0")
        request.end_headers()
        return
    start = int(re.findall(r"\d+", asked)[0]) + server.shift if asked and server.ranges else 0
    total = len(server.content)
    request.send_response(206 if start else 200)
    if start:
        request.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
    if server.declares_length:
        request.send_header("Content-Length", str(total - start))
    request.end_headers()
    send(request, server, server.content[start:])


def send(request: BaseHTTPRequestHandler, server: FileServer, body: bytes) -> None:
    """Send the body piece by piece, up to where the connection breaks."""
    for at in range(0, len(body[: server.breaks_after]), 1 << 16):
        try:
            request.wfile.write(body[: server.breaks_after][at : at + (1 << 16)])
        except OSError:  # the client has gone
            return
        time.sleep(server.pause)
