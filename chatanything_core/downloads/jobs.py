"""Downloads that run aside, for a server that is asked about them now and then."""

import threading
from dataclasses import dataclass, replace
from typing import Literal

from ..errors import ChatAnythingError
from ..runtime import default_runtime
from .get_model import get_model
from .places import places_of
from .records import Model


@dataclass(frozen=True)
class Job:
    """How far a download is."""

    status: Literal["missing", "running", "here", "failed"]
    done: int = 0
    """Bytes that have come."""
    total: int = 0
    """Bytes of all files."""
    error: str = ""
    """Why it failed, in one sentence or two."""


class Jobs:
    """One download after the other: two models may share a file."""

    def __init__(self) -> None:
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._turn = threading.Lock()

    def look(self, model: Model) -> Job:
        """How far a model is; what is here counts more than what once failed."""
        job = self._jobs.get(model.id)
        if job and job.status == "running":
            return job
        if all(place.here for place in places_of(model, default_runtime().folders)):
            return Job("here", model.size or 0, model.size or 0)
        return job if job and job.status == "failed" else Job("missing", 0, model.size or 0)

    def start(self, model: Model, source: str = "") -> Job:
        """Begin to fetch what is missing, unless that is under way; returns at once.

        `source` as in `get_model`.
        """
        with self._lock:
            job = self.look(model)
            if job.status in ("running", "here"):
                return job
            job = self._jobs[model.id] = Job("running", 0, model.size or 0)
            name = f"chatanything-get-{model.id}"
            # A server that is stopped need not wait: what has come is kept as `.part`.
            threading.Thread(target=self._run, args=(model, source), name=name, daemon=True).start()
            return job

    def _run(self, model: Model, source: str) -> None:
        def tick(done: int, total: int) -> None:
            self._jobs[model.id] = replace(self._jobs[model.id], done=done, total=total)

        try:
            with self._turn:
                get_model(model, source=source, tick=tick)
        except ChatAnythingError as error:
            self._jobs[model.id] = Job("failed", error=str(error))
        except Exception as error:
            self._jobs[model.id] = Job("failed", error=f"{type(error).__name__}: {error}")
            raise
        else:
            del self._jobs[model.id]
