"""Run one prompt on one server: queue it, follow it, fetch what it saved."""

import asyncio
import json
import re
import unicodedata
import uuid
from collections import Counter
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Any

from ..errors import EngineError, WorkerLostError
from ..progress import Watch, no_stages
from .comfyui_server import ComfyUIServer
from .records import Prompt, RunFiles, title_of

QUIET_SECONDS = 20.0
"""After so long without a message the server is asked whether it still works on the prompt."""
REST_SECONDS = 1.0
"""Pause before a lost stream of messages is opened again."""


async def run_prompt(
    server: ComfyUIServer,
    prompt: Prompt,
    *,
    drawn: dict[str, Any] | None = None,
    previews: bool = False,
    watch: Watch = no_stages,
) -> RunFiles:
    """Run a prompt to its end. Cancelled, it is taken off the server too.

    Args:
        drawn: The workflow as the page draws it, for the metadata of what is saved.
        previews: Whether files that are only shown are fetched as well.
        watch: Told of every node that begins, and how far it is.

    Raises:
        InputError: the server refuses the prompt.
        EngineError: a node failed, or somebody interrupted the prompt.
        WorkerLostError: the server is gone.
    """
    client = uuid.uuid4().hex
    async with server.events(client) as socket:
        prompt_id = await server.queue(prompt, client, drawn)
        try:
            entry = await _followed(server, socket, client, prompt_id, prompt, watch)
        except asyncio.CancelledError:
            await server.cancel(prompt_id)
            raise
    _check(entry, prompt)
    return await _fetched(server, prompt_id, entry, prompt, previews)


async def _followed(
    server: ComfyUIServer, socket: Any, client: str, prompt_id: str, prompt: Prompt, watch: Watch
) -> dict[str, Any]:
    """The prompt's entry in the history, once it has ended.

    The history decides; messages only say when to look, so that none can be missed.
    """
    if not await _told_of_end(socket, prompt_id, prompt, watch):
        while True:
            entry = await _ended(server, prompt_id)
            if entry is not None:
                return entry
            await asyncio.sleep(REST_SECONDS)
            async with server.events(client) as again:
                if await _told_of_end(again, prompt_id, prompt, watch):
                    break
    while (entry := await _ended(server, prompt_id)) is None:
        await asyncio.sleep(0.05)
    return entry


async def _told_of_end(socket: Any, prompt_id: str, prompt: Prompt, watch: Watch) -> bool:
    """Read messages until one says that the prompt ended; False when they cease before."""
    from aiohttp import WSMsgType

    tick = watch("waiting")
    while True:
        try:
            message = await asyncio.wait_for(socket.receive(), QUIET_SECONDS)
        except asyncio.TimeoutError:
            return False
        if message.type in (WSMsgType.CLOSE, WSMsgType.CLOSING, WSMsgType.CLOSED, WSMsgType.ERROR):
            return False
        if message.type is not WSMsgType.TEXT:
            continue
        event = json.loads(message.data)
        data = event.get("data") or {}
        if data.get("prompt_id") != prompt_id:
            continue
        if event["type"] == "executing" and data.get("node"):
            tick = watch(title_of(prompt, str(data.get("display_node") or data["node"])))
        elif event["type"] == "progress":
            tick(int(data["value"]), int(data["max"]))
        elif event["type"] in ENDS or (event["type"] == "executing" and data["node"] is None):
            return True


ENDS = ("execution_error", "execution_interrupted", "execution_success")


async def _ended(server: ComfyUIServer, prompt_id: str) -> dict[str, Any] | None:
    """The prompt's entry in the history; None while it waits or runs.

    Raises:
        WorkerLostError: the server has forgotten it, as one that was started anew has.
    """
    for _ in range(2):  # between queue and history is a moment in which it is in neither
        history = await server.get(f"/history/{prompt_id}")
        if prompt_id in history:
            return dict(history[prompt_id])
        queue = await server.get("/queue")
        known = [*queue["queue_running"], *queue["queue_pending"]]
        if any(item[1] == prompt_id for item in known):
            return None
        await asyncio.sleep(REST_SECONDS)
    raise WorkerLostError(f"{server.url} no longer knows the prompt; it was started anew.")


def _check(entry: Mapping[str, Any], prompt: Prompt) -> None:
    """Raises EngineError unless every node did its work."""
    status = entry.get("status") or {}
    messages = dict(status.get("messages") or [])
    if failed := messages.get("execution_error"):
        node = str(failed["node_id"])
        said = str(failed["exception_message"]).strip()
        kind = str(failed.get("exception_type", "")).rpartition(".")[2]
        raise EngineError(f"{title_of(prompt, node)} (node {node}) failed: {said or kind}")
    if status.get("status_str") != "success":
        raise EngineError("The workflow was interrupted on the server. Run it again.")


async def _fetched(
    server: ComfyUIServer,
    prompt_id: str,
    entry: Mapping[str, Any],
    prompt: Prompt,
    previews: bool,
) -> RunFiles:
    shown, texts = _shown(entry, prompt)
    wanted = [item for item in shown if previews or item[1].get("type") == "output"]
    names = _names([(title, file["filename"]) for title, file in wanted])
    files = {name: await server.view(file) for name, (_, file) in zip(names, wanted, strict=True)}
    return RunFiles(prompt_id, files, texts, len(shown) - len(wanted))


def _shown(
    entry: Mapping[str, Any], prompt: Prompt
) -> tuple[list[tuple[str, dict[str, str]]], dict[str, list[str]]]:
    """Every file that a node shows, with the node's title, in the order of the nodes' ids; and
    what nodes say."""
    files: dict[str, tuple[str, dict[str, str]]] = {}
    texts: dict[str, list[str]] = {}
    for node in sorted(entry["outputs"], key=_order):
        title = title_of(prompt, node)
        for name, items in entry["outputs"][node].items():
            for item in items if isinstance(items, list) else []:
                if isinstance(item, dict) and "filename" in item:
                    key = "/".join(str(item.get(k)) for k in ("type", "subfolder", "filename"))
                    files.setdefault(key, (title, item))
                elif name == "text" and isinstance(item, str):
                    texts.setdefault(title, []).append(item)
    return list(files.values()), texts


def _order(node: str) -> list[tuple[int, str]]:
    return [(int(part) if part.isdigit() else 0, part) for part in re.split(r"[:.]", node)]


def _names(found: list[tuple[str, str]]) -> list[str]:
    """`save-video.mp4`; of several files with one such name all but the first get a number."""
    counts: Counter[str] = Counter()
    names = []
    for title, file in found:
        words = re.findall(r"\w+", unicodedata.normalize("NFC", title).casefold())
        stem, suffix = "-".join(words)[:60] or "node", PurePosixPath(file).suffix.lower()
        counts[stem + suffix] += 1
        number = counts[stem + suffix]
        names.append(f"{stem}-{number}{suffix}" if number > 1 else stem + suffix)
    return names
