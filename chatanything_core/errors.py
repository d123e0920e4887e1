"""Every error that a user can meet. A message names the value, what is allowed, and the next step.

ChatAnythingError
├── InputError                 the user gave something that cannot be used (exit code 2)
│   ├── UnknownEngineError     an engine name that is not registered
│   └── OutputError            a place that cannot be written to
├── MissingDependencyError     an engine whose Python package is not installed
├── MissingModelError          an engine whose model file is not there
└── EngineError                an engine that was there and failed
    ├── EngineTimeoutError     ... because it took too long
    └── WorkerLostError        ... because the process, machine or server at work is gone
"""

from collections.abc import Sequence

LONGEST = 500
"""Characters of a message."""
_END = 160
"""How many of them are the end of a longer one, where the next step stands."""


def one_line(message: str) -> str:
    """The message on one line of at most `LONGEST` characters; its middle goes first.

    >>> one_line("cannot\\n  read")
    'cannot read'
    >>> len(one_line("word " * 1000))
    500
    """
    line = " ".join(str(message).split())
    if len(line) <= LONGEST:
        return line
    return f"{line[: LONGEST - _END - 5]} ... {line[-_END:]}"


class ChatAnythingError(Exception):
    """Base of all errors raised on purpose."""

    # ComfyUI shows module and class name; under ComfyUI our real module is a file path.
    __module__ = "chatanything"

    def __init_subclass__(cls) -> None:
        cls.__module__ = "chatanything"

    def __init__(self, message: str = "") -> None:
        super().__init__(one_line(message))


class InputError(ChatAnythingError):
    """A value that cannot be used, with what is allowed instead."""


class UnknownEngineError(InputError):
    """An engine name that is not registered."""

    def __init__(self, kind: str, name: str, known: Sequence[str]) -> None:
        super().__init__(f"Unknown {kind} engine {name!r}. Choose one of: {', '.join(known)}.")


class OutputError(InputError):
    """A file or folder that cannot be written."""


class MissingDependencyError(ChatAnythingError):
    """An engine whose Python package is not installed."""

    def __init__(self, engine: str, package: str, install: str = "") -> None:
        super().__init__(
            f"The {engine!r} engine needs {package!r}. "
            f"Install it with: {install or f'pip install {package}'}"
        )


class MissingModelError(ChatAnythingError):
    """An engine whose model file is not where it is looked for."""


class EngineError(ChatAnythingError):
    """An engine that was there and failed."""


class EngineTimeoutError(EngineError):
    """An engine that did not answer in time."""


class WorkerLostError(EngineError):
    """A process, machine or server that is gone with the work it had; another can do it."""
