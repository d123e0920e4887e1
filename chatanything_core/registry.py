"""Named factories of interchangeable engines, those of other packages included.

Another package adds engines by an entry point of the group `chatanything`. It names a function
that is given this package, whatever it is called here (inside ComfyUI it has no name that could
be imported):

    def register(chatanything):
        chatanything.voices.add("shout", Shout, about="loud")
"""

import logging
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from typing import Any, Generic, TypeVar

from .errors import ChatAnythingError, MissingDependencyError, UnknownEngineError

T = TypeVar("T")
GROUP = "chatanything"
"""Entry point group of the plug-ins."""
_ROOT = __name__.rpartition(".")[0]
_lock = threading.RLock()
_begun = threading.Event()
_plugins: list["EngineStatus"] = []
log = logging.getLogger("chatanything")


@dataclass(frozen=True)
class EngineStatus:
    """What a user is told about one engine without starting it."""

    kind: str
    """What the engine is for, such as persona, voice, portrait or head; `plug-in` for those."""
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
    install: Callable[[], str] | None = None


class Registry(Generic[T]):
    """Map a name to a factory; an engine's heavy imports happen when it is created.

    The first question to any registry loads the plug-ins of other packages.
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
        self._followed: list[tuple[Registry[Any], Callable[[str], T], str]] = []

    def add(
        self,
        name: str,
        factory: Callable[[], T],
        *,
        about: str,
        package: str = "",
        modules: tuple[str, ...] = (),
        check: Callable[[], None] | None = None,
        install: Callable[[], str] | None = None,
    ) -> None:
        """Register an engine.

        `package` is what to pip-install when one of `modules` cannot be found; `check` raises
        a `ChatAnythingError` when something else is missing (a model file, a profile). It must
        be cheap: no network, no heavy import. `install` gives the line that installs the package
        where a plain pip install would do harm.
        """
        if name in self._entries:
            raise ValueError(f"{self.kind} engine {name!r} is already registered")
        self._entries[name] = _Entry(factory, about, package, modules, check, install)

    def follow(self, other: "Registry[Any]", make: Callable[[str], T], *, about: str) -> None:
        """Offer every engine of `other` too, under its name, those added to it later included.

        `make` gets the name; `about` says `{name}` where it belongs. What stands in the way of
        the engine of `other` stands in the way here. An engine of one's own of the same name
        goes first.
        """
        self._followed.append((other, make, about))

    def names(self) -> list[str]:
        """Names in order of registration, one's own before those of followed registries."""
        return list(self._offered())

    def resolve(self, name: str) -> str:
        """The name itself, or that of the default engine when it is empty."""
        return name or next(iter(self.names()), "")

    def create(self, name: str) -> T:
        """Make the engine, or raise what stands in its way."""
        name = self.resolve(name)
        self.require(name)
        return self._offered()[name].factory()

    def status(self, name: str) -> EngineStatus:
        """Whether the engine can be used, found out without importing it.

        Raises:
            UnknownEngineError: `name` is not registered.
        """
        name = self.resolve(name)
        about = self._entry(name).about
        try:
            self.require(name)
        except ChatAnythingError as error:
            return EngineStatus(self.kind, name, about, False, str(error))
        except Exception as error:  # a faulty check, of a plug-in perhaps, harms its engine alone
            log.debug("The check of %s engine %r failed.", self.kind, name, exc_info=True)
            reason = f"Its check failed: {type(error).__name__}: {error}"
            return EngineStatus(self.kind, name, about, False, reason)
        return EngineStatus(self.kind, name, about, True, "")

    def require(self, name: str) -> None:
        """Raise what stands in the way of using the engine; import nothing."""
        name = self.resolve(name)
        entry = self._entry(name)
        if not all(map(is_installed, entry.modules)):
            line = entry.install() if entry.install else ""
            raise MissingDependencyError(name, entry.package, line)
        if entry.check:
            entry.check()

    def _entry(self, name: str) -> _Entry[T]:
        offered = self._offered()
        if name not in offered:
            raise UnknownEngineError(self.kind, name, list(offered))
        return offered[name]

    def _offered(self) -> dict[str, _Entry[T]]:
        plugins()
        offered = dict(self._entries)
        for other, make, about in self._followed:
            for name in other.names():
                check = partial(other.require, name)
                entry = _Entry(partial(make, name), about.format(name=name), "", (), check)
                offered.setdefault(name, entry)
        return offered


def is_installed(module: str) -> bool:
    """Whether a module can be imported, found out without importing it."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:  # of the package that contains it
        return False
    except ValueError:  # another thread is importing it, or it is no file's
        return module in sys.modules


def plugins() -> tuple[EngineStatus, ...]:
    """The plug-ins that are installed, and what went wrong in them; the first call loads them.

    One that fails is logged. What it had added by then stays.
    """
    with _lock:
        if not _begun.is_set():
            _begun.set()  # before they run: a plug-in may ask a registry itself
            _plugins.extend(_load(point) for point in entry_points(group=GROUP))
        return tuple(_plugins)


def _load(point: EntryPoint) -> EngineStatus:
    package = f"{point.dist.name} {point.dist.version}" if point.dist else "an unknown package"
    about = f"engines of {package}"
    try:
        point.load()(sys.modules[_ROOT])
    except (Exception, SystemExit) as error:
        reason = f"{package} failed: {type(error).__name__}: {error}"
        log.warning("Plug-in %r of %s", point.name, reason)
        log.debug("Its traceback:", exc_info=True)
        return EngineStatus("plug-in", point.name, about, False, reason)
    return EngineStatus("plug-in", point.name, about, True, "")
