"""What a program that talks to ComfyUI needs: prompts in, events and files out."""

import json
import subprocess
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import websocket

Prompt = dict[str, dict[str, Any]]


class RefusedError(Exception):
    """ComfyUI did not take a prompt."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        self.status = status
        self.answer = answer
        self.reasons = {
            node: [f"{error['message']}: {error['details']}" for error in entry["errors"]]
            for node, entry in (answer.get("node_errors") or {}).items()
        }
        super().__init__(f"{status} {json.dumps(answer, indent=1)}")


@dataclass(frozen=True)
class Run:
    """What came of one prompt."""

    prompt_id: str
    events: list[tuple[str, dict[str, Any]]]
    """Every message of the websocket about this prompt, in order."""
    entry: dict[str, Any]
    """The prompt's entry in /history."""

    def said(self, kind: str) -> list[dict[str, Any]]:
        """The data of every event of one kind."""
        return [data for name, data in self.events if name == kind]

    @cached_property
    def cached(self) -> set[str]:
        """Nodes that ComfyUI took from its cache."""
        return {node for data in self.said("execution_cached") for node in data["nodes"]}

    @cached_property
    def ran(self) -> list[str]:
        """Nodes that were executed, in order."""
        return [data["node"] for data in self.said("executing") if data["node"] is not None]

    @cached_property
    def error(self) -> dict[str, Any] | None:
        """The node error that ended the run, as ComfyUI's dialog gets it."""
        return next(iter(self.said("execution_error")), None)

    @cached_property
    def outputs(self) -> dict[str, Any]:
        """What each node shows, by node."""
        shown: dict[str, Any] = self.entry["outputs"]
        return shown

    def files(self) -> list[dict[str, str]]:
        """Every file that any node shows."""
        shown = [
            item for node in self.outputs.values() for value in node.values() for item in value
        ]
        return [item for item in shown if isinstance(item, dict) and "filename" in item]


@dataclass
class Running:
    """A prompt on its way; `with` closes its socket."""

    client: "Client"
    prompt_id: str
    socket: websocket.WebSocket
    events: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    def __enter__(self) -> "Running":
        return self

    def __exit__(self, *_: object) -> None:
        self.socket.close()

    def next(self, seconds: float) -> tuple[str, dict[str, Any]]:
        """The next event about this prompt; binary previews are passed over."""
        self.socket.settimeout(seconds)
        while True:
            message = self.socket.recv()
            if isinstance(message, bytes):
                continue
            event = json.loads(message)
            if event.get("data", {}).get("prompt_id") == self.prompt_id:
                self.events.append((event["type"], event["data"]))
                return self.events[-1]

    def wait_for(self, kind: str, seconds: float = 60, **data: Any) -> dict[str, Any]:
        """Pass over events until one of this kind that holds `data`."""
        while True:
            name, found = self.next(seconds)
            if name == kind and data.items() <= found.items():
                return found

    def finish(self, seconds: float = 120) -> Run:
        """Read to the end; no two events may be more than `seconds` apart."""
        self.wait_for("executing", seconds, node=None)
        entry = self.client.get(f"/history/{self.prompt_id}")[self.prompt_id]
        return Run(self.prompt_id, self.events, entry)


class Client:
    """One user of one server."""

    def __init__(
        self, url: str, base: Path, log: Path, process: "subprocess.Popen[bytes] | None" = None
    ) -> None:
        self.url = url
        self.base = base
        """The server's base directory: input, output, temp, user."""
        self.log = log
        """All that the server has printed."""
        self.process = process
        """The server itself, where it is a child of the tests."""

    def fetch(self, path: str) -> bytes:
        """The body of a GET."""
        with urllib.request.urlopen(self.url + path, timeout=60) as reply:
            return bytes(reply.read())

    def get(self, path: str) -> Any:
        """The JSON of a GET."""
        return json.loads(self.fetch(path))

    def post(self, path: str, body: dict[str, Any]) -> Any:
        """The JSON of a POST; None when the answer is empty."""
        request = urllib.request.Request(
            self.url + path, json.dumps(body).encode(), {"Content-Type": "application/json"}
        )
        try:
            with urllib.request.urlopen(request, timeout=60) as reply:
                text = reply.read()
        except urllib.error.HTTPError as error:
            with error:
                raise RefusedError(error.code, json.load(error)) from None
        return json.loads(text) if text else None

    def start(self, prompt: Prompt, workflow: dict[str, Any] | None = None) -> Running:
        """Queue a prompt and listen to it: `with server.start(prompt) as running`.

        Raises:
            RefusedError: also when ComfyUI would silently drop one of several outputs.
        """
        client_id = uuid.uuid4().hex
        address = self.url.replace("http", "ws", 1) + f"/ws?clientId={client_id}"
        socket = websocket.create_connection(address, timeout=30)
        extra = {"extra_pnginfo": {"workflow": workflow}} if workflow else {}
        try:
            answer = self.post(
                "/prompt", {"prompt": prompt, "client_id": client_id, "extra_data": extra}
            )
            if answer["node_errors"]:
                raise RefusedError(200, answer)
        except RefusedError:
            socket.close()
            raise
        return Running(self, answer["prompt_id"], socket)

    def run(self, prompt: Prompt, workflow: dict[str, Any] | None = None) -> Run:
        """Queue a prompt and wait for its end."""
        with self.start(prompt, workflow) as running:
            return running.finish()

    def view(self, file: dict[str, str]) -> bytes:
        """The content of a file that a node shows."""
        keys = {key: file[key] for key in ("filename", "subfolder", "type")}
        return self.fetch("/view?" + urllib.parse.urlencode(keys))

    def put(self, name: str, content: bytes) -> str:
        """Place a file in the input folder, as an upload does; its name for a Load node."""
        (self.base / "input" / name).write_bytes(content)
        return name

    def temporary(self) -> set[str]:
        """Names of all files in the temp folder."""
        return {path.name for path in (self.base / "temp").rglob("*") if path.is_file()}
