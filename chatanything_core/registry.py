"""Named factories of interchangeable engines."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Generic, TypeVar

from .errors import ChatAnythingError, MissingDependencyError, UnknownEngineError

T = TypeVar("T")


@dataclass(frozen=True)
class EngineStatus:
    """What a user is told about one engine without starting it."""

    kind: str
    """Stage of the chain: persona, voice, portrait, detector, head."""
    name: str
    """Name under which the engine is chosen."""
    about: str
    """One line: what it gives and what it asks for."""
    available: bool
    """True when it can be used now."""
    reason: str
    """Why it cannot be used and what to do; empty when available."""


@dataclass(frozen=True)
class _Entry(Generic[T]):
    factory: Callable[[], T]
    about: str
    package: str
    modules: tuple[str, ...]
    check: Callable[[], None] | None


class Registry(Generic[T]):
    """Map a name to a factory; an engine's heavy imports happen when it is created.

    The first engine is the default: an empty name means it.

    >>> numbers: Registry[int] = Registry("number")
    >>> numbers.add("one", lambda: 1, about="the first number")
    >>> numbers.create("one"), numbers.create("")
    (1, 1)
    >>> numbers.status("one").available
    True
    """

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self._entries: dict[str, _Entry[T]] = {}

    def add(
        self,
        name: str,
        factory: Callable[[], T],
        *,
        about: str,
        package: str = "",
        modules: tuple[str, ...] = (),
        check: Callable[[], None] | None = None,
    ) -> None:
        """Register an engine.

        `package` is what to pip-install when one of `modules` cannot be found; `check` raises
        a `ChatAnythingError` when something else is missing (a model file, a profile). It must
        be cheap: no network, no heavy import.
        """
        if name in self._entries:
            raise ValueError(f"{self.kind} engine {name!r} is already registered")
        self._entries[name] = _Entry(factory, about, package, modules, check)

    def names(self) -> list[str]:
        """Names in order of registration; the first one always works."""
        return list(self._entries)

    def resolve(self, name: str) -> str:
        """The name itself, or that of the default engine when it is empty."""
        return name or next(iter(self.names()), "")

    def create(self, name: str) -> T:
        """Make the engine, or raise what stands in its way."""
        name = self.resolve(name)
        self.require(name)
        return self._entries[name].factory()

    def status(self, name: str) -> EngineStatus:
        """Whether the engine can be used, found out without importing it."""
        name = self.resolve(name)
        try:
            self.require(name)
        except UnknownEngineError:
            raise
        except ChatAnythingError as error:
            return EngineStatus(self.kind, name, self._entries[name].about, False, str(error))
        return EngineStatus(self.kind, name, self._entries[name].about, True, "")

    def require(self, name: str) -> None:
        """Raise what stands in the way of using the engine; import nothing."""
        name = self.resolve(name)
        if name not in self._entries:
            raise UnknownEngineError(self.kind, name, self.names())
        entry = self._entries[name]
        if any(find_spec(module) is None for module in entry.modules):
            raise MissingDependencyError(name, entry.package)
        if entry.check:
            entry.check()
