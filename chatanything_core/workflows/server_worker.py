"""A ComfyUI server that makes the rows of a list, one workflow run each."""

import asyncio
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..background import run_coroutine, wait_for
from ..batch import Made, Row
from ..errors import WorkerLostError
from ..progress import Tick
from .comfyui_server import ComfyUIServer, address, connect
from .prepare import Prepared
from .run_prompt import run_prompt

PROBE_SECONDS = 2.0
"""Pause between two questions whether a server is back."""


class ServerWorker:
    """One place in a server's queue. Two keep it busy: one runs while the next waits."""

    def __init__(self, url: str, prepared: Mapping[str, Prepared], *, ahead: bool) -> None:
        """`prepared` has what each row runs, by the row's name."""
        self.name = address(url)
        self.ahead = ahead
        self._prepared = prepared

    def work(self, row: Row, tick: Tick) -> Made:
        """Run one row's workflow; raises as `Worker.work` does."""
        with run_coroutine(self._made(self._prepared[row.name]), self.name) as outcome:
            return wait_for(outcome, float("inf"), "", tick)

    def revive(self, tick: Tick) -> None:
        """Return when the server answers again."""
        while not self._answers(tick):
            end = time.monotonic() + PROBE_SECONDS
            while time.monotonic() < end:
                tick(0, 0)
                time.sleep(0.1)

    def close(self) -> None:
        """Nothing is held between rows."""

    async def _made(self, prepared: Prepared) -> Made:
        async with connect(self.name) as server:
            prompt = await with_uploads(server, prepared)
            found = await run_prompt(
                server, prompt, drawn=prepared.drawn, previews=prepared.previews
            )
        return Made(found.files, told_of(found.texts))

    def _answers(self, tick: Tick) -> bool:
        async def asked() -> bool:
            async with connect(self.name) as server:
                await server.get("/queue")
            return True

        try:
            with run_coroutine(asked(), self.name) as outcome:
                return wait_for(outcome, float("inf"), "", tick)
        except (WorkerLostError, asyncio.CancelledError):
            return False


async def with_uploads(server: ComfyUIServer, prepared: Prepared) -> dict[str, dict[str, Any]]:
    """The prompt with its files on the server."""
    prompt = {
        node: {**entry, "inputs": dict(entry["inputs"])} for node, entry in prepared.prompt.items()
    }
    for (node, name), path in prepared.uploads.items():
        prompt[node]["inputs"][name] = await server.upload(Path(path))
    return prompt


def told_of(texts: Mapping[str, list[str]]) -> dict[str, Any]:
    """What a result says of the texts that nodes showed."""
    return {"texts": {title: list(lines) for title, lines in texts.items()}}
