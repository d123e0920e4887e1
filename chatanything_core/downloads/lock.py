"""A lock that one process holds at a time, and that ends with it however it ends."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import EngineError, OutputError


@contextmanager
def only_here(path: Path, what: str) -> Iterator[None]:
    """Hold the lock file `path` meanwhile; `what` is done under it, for the message.

    Raises:
        EngineError: it is held already, here or in another process.
        OutputError: the file cannot be made.
    """
    number = _held(path, what)
    try:
        yield
    finally:
        # Where open files cannot be removed (Windows), it stays, empty.
        with suppress(OSError):
            path.unlink()
        os.close(number)


def _held(path: Path, what: str) -> int:
    """An open and locked file that is still the one at `path`."""
    while True:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            number = os.open(path, os.O_CREAT | os.O_RDWR, 0o666)
        except OSError as error:
            raise OutputError(
                f"Cannot write {path}: {error.strerror}. Choose a folder that you can write to."
            ) from error
        try:
            _lock(number)
            # Whoever held it may have removed it since it was opened.
            if path.exists() and os.path.samestat(os.fstat(number), path.stat()):
                return number
        except OSError as error:
            os.close(number)
            raise EngineError(
                f"{what} is under way already. Wait until it ends, then run the same command again."
            ) from error
        os.close(number)


def _lock(number: int) -> None:
    """Raise OSError when another holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(number, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
