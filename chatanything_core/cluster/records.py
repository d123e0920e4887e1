"""What is wanted, who does it, where it is kept, and how it ended."""

from dataclasses import dataclass
from typing import Annotated, Generic, Protocol, TypeVar

from ..progress import Tick
from ..ranges import Range


class Task(Protocol):
    """One result that is wanted."""

    @property
    def name(self) -> str:
        """Unique among those that are done together."""
        ...


T = TypeVar("T", bound=Task)
R = TypeVar("R")
T_contra = TypeVar("T_contra", bound=Task, contravariant=True)
A_co = TypeVar("A_co", covariant=True)
A_contra = TypeVar("A_contra", contravariant=True)
R_co = TypeVar("R_co", covariant=True)


@dataclass(frozen=True)
class Pool:
    """Who does the tasks."""

    workers: Annotated[int, Range(0, 4096)] = 0
    """How many are done at a time; 0 takes every core of this machine, or of the cluster."""
    ray: str | None = None
    """Address of a Ray cluster, "local" for one that is started for these tasks; None is without
    Ray."""


@dataclass(frozen=True)
class Outcome(Generic[T, R]):
    """How one task ended."""

    task: T
    record: R | None
    """What is kept of it; None when it failed."""
    error: str = ""
    """Why it failed; empty when it did not."""
    worker: str = ""
    """Who did it; empty for a result that was there before."""
    tries: int = 0
    """How many workers began it; more than one when a worker was lost. 0 when it was there."""
    seconds: float = 0.0
    """Wall time of the last try."""


class Worker(Protocol[T_contra, A_co]):
    """Does one task at a time; each is called on a thread of its own."""

    @property
    def name(self) -> str:
        """Who it is, in messages."""
        ...

    @property
    def ahead(self) -> bool:
        """True for one that only keeps the next task ready behind another of the same machine."""
        ...

    def work(self, task: T_contra, tick: Tick) -> A_co:
        """Do one task; `tick` raises when all is to stop.

        Raises:
            WorkerLostError: the task may be good; another worker should do it.
            ChatAnythingError: the task cannot be done.
        """
        ...

    def revive(self, tick: Tick) -> None:
        """Return when it can work again after it was lost; as long as that takes."""
        ...

    def close(self) -> None:
        """Let go of everything; no work is under way any more."""
        ...


class Results(Protocol[T_contra, A_contra, R_co]):
    """Where results are kept; called on the threads of several workers at a time."""

    def finished(self, task: T_contra) -> R_co | None:
        """The record of a result that is there already; None when it is to be made."""
        ...

    def commit(self, task: T_contra, answer: A_contra) -> R_co:
        """Keep what a worker gave back, as a whole; its record."""
        ...
