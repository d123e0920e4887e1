"""Language-model servers that run on this machine, found at the ports they usually have.

Only 127.0.0.1 is asked, and only for the list of its models.
"""

import http.client
import json
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from ..printable import printable

HOST = "127.0.0.1"
PORTS: Mapping[int, str] = {
    11434: "Ollama",
    1234: "LM Studio",
    8080: "llama.cpp or LocalAI",
    8000: "vLLM",
    5000: "text-generation-webui or TabbyAPI",
    5001: "KoboldCpp",
    1337: "Jan",
    4891: "GPT4All",
    4000: "LiteLLM",
    30000: "SGLang",
}
"""Where servers listen unless they are told otherwise, by their documentation."""
_SECONDS = 1.0
_MAX_BYTES = 1 << 20
_OTHERS = ("embed", "rerank", "whisper", "tts", "clip", "kokoro", "diffusion")
"""In the names of models that do not chat."""


@dataclass(frozen=True)
class FoundServer:
    """A server that answered."""

    program: str
    """What usually listens on its port."""
    address: str
    """Base URL for a profile."""
    models: tuple[str, ...]
    """Its models by name, those that chat first; empty when it does not list any."""


def find_servers(ports: Mapping[int, str] = PORTS) -> list[FoundServer]:
    """Those of the usual servers that run on this machine, in the order of `ports`."""
    with ThreadPoolExecutor(len(ports) or 1) as pool:
        found = pool.map(_asked, ports)
    return [
        FoundServer(program, f"http://{HOST}:{port}/v1", models)
        for (port, program), models in zip(ports.items(), found, strict=True)
        if models is not None
    ]


def _asked(port: int) -> tuple[str, ...] | None:
    """Names of the models of the server on a port; None when no such server is there."""
    link = http.client.HTTPConnection(HOST, port, timeout=_SECONDS)
    try:
        link.request("GET", "/v1/models", headers={"Accept": "application/json"})
        answer = link.getresponse()
        data = json.loads(answer.read(_MAX_BYTES))
    except (OSError, http.client.HTTPException, ValueError, RecursionError):
        return None
    finally:
        link.close()
    if not isinstance(data, dict):
        return None
    if answer.status in (401, 403):
        return ()
    entries = data.get("data")
    if answer.status != 200 or not isinstance(entries, list):
        return None
    return _names(entries)


def _names(entries: Iterable[object]) -> tuple[str, ...]:
    ids = (entry.get("id") for entry in entries if isinstance(entry, dict))
    names = [name for name in ids if isinstance(name, str) and name and printable(name) == name]
    return tuple(sorted(names[:100], key=lambda name: any(o in name.lower() for o in _OTHERS)))
