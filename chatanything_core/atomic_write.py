"""Files and folders that appear only when they are complete, and what a killed run left of them.

A hidden name beside the place holds what is being made. It has the process and the machine in it,
so that the next run can tell what nobody works on any more.
"""

import ctypes
import hashlib
import os
import platform
import re
import secrets
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from .errors import OutputError

ABANDONED = 86400.0
"""Seconds after which what another machine was making on a shared disk is removed."""
_OURS = re.compile(r"\.(?P<what>.*)-(?P<pid>\d{1,10})-(?P<host>[0-9a-f]{4})[0-9a-f]{6}(\.[^.]*)?")
_MAKING, _OLD = "making", "old-"
_EXCHANGE, _HERE = 2, -100
"""RENAME_EXCHANGE and AT_FDCWD of Linux."""


@contextmanager
def atomic_write(path: Path) -> Iterator[Path]:
    """Yield an empty file beside `path` to write to; rename it on success, delete it on failure.

    The temporary file keeps the suffix of `path`, since writers choose their format by it.

    Raises:
        OutputError: the folder cannot be made or written to, or the disk is full.
    """
    path = Path(path)
    part = path.with_name(f"{_hidden(path.stem[:40])}{path.suffix}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except OSError as error:
        raise OutputError(
            f"Cannot write {path}: {error.strerror}. Choose a folder that you can write to."
        ) from error
    try:
        yield part
        part.replace(path)
    except OSError as error:
        raise OutputError(f"Cannot write {path}: {error.strerror or error}.") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def staging_folder(folder: Path) -> Iterator[Path]:
    """Yield a hidden folder beside `folder` that is gone afterwards, whatever happens; inside one
    that must stay where it is.

    What killed runs left there is removed first.

    Raises:
        OutputError: the place cannot be written to.
    """
    home = _real(folder)
    home = home if _must_stay(home) else home.parent
    try:
        home.mkdir(parents=True, exist_ok=True)
        remove_abandoned(home)
        staging = home / _hidden(_MAKING)
        staging.mkdir(mode=0o777)
    except OSError as error:
        raise OutputError(
            f"Cannot write to {home}: {error.strerror}. Choose another folder with --out."
        ) from error
    try:
        yield staging
    finally:
        shutil.rmtree(staging, ignore_errors=True)


def move_in(staging: Path, folder: Path) -> None:
    """Make `folder` hold the files of `staging` in one step; its other files stay.

    Folders are exchanged where the system can, else renamed one after the other, so a kill leaves
    the old files or the new ones. A folder that must stay what it is, the current one, a
    mount point or one beside which nothing can be written, gets its files one by one.

    Raises:
        OutputError: the folder cannot be written to, or something in the way cannot be replaced.
    """
    folder = _real(folder)
    try:
        _check_replaceable(staging, folder)
        if not folder.exists():
            staging.rename(folder)
        elif _must_stay(folder):
            for path in list(staging.iterdir()):
                path.replace(folder / path.name)
        else:
            _take_along(folder, staging)
            _exchange(staging, folder)
    except OSError as error:
        raise OutputError(
            f"Cannot write to {folder}: {error.strerror or error}. Choose another folder with --out."
        ) from error


def remove_abandoned(folder: Path) -> None:
    """Remove what runs that were killed left in `folder`, and put back a result that was being
    replaced."""
    for path in folder.glob(".*"):
        name = _OURS.fullmatch(path.name)
        if not name or not _abandoned(path, int(name["pid"]), name["host"]):
            continue
        home = folder / name["what"].removeprefix(_OLD)
        with suppress(OSError):
            if name["what"].startswith(_OLD) and not home.exists():
                path.rename(home)
            elif path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink()


def _hidden(what: str) -> str:
    return f".{what}-{os.getpid()}-{_host()}{secrets.token_hex(3)}"


@cache
def _host() -> str:
    return hashlib.sha256(platform.node().encode()).hexdigest()[:4]


def _abandoned(path: Path, pid: int, host: str) -> bool:
    """Whether the process is dead; of one that cannot be asked, whether it was long ago."""
    if host == _host() and sys.platform != "win32":
        return not _alive(pid)
    try:
        return time.time() - path.stat().st_mtime > ABANDONED
    except OSError:
        return False


def _real(folder: Path) -> Path:
    """The folder itself, where its name is a link."""
    return Path(folder).resolve()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True


def _check_replaceable(staging: Path, folder: Path) -> None:
    """Refuse before anything is moved."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, "it is a file")
    for path in staging.iterdir():
        if (folder / path.name).is_dir():
            raise IsADirectoryError(21, f"{path.name} is a folder there")


def _must_stay(folder: Path) -> bool:
    if not folder.is_dir():
        return False
    here = Path.cwd()
    used = here == folder or folder in here.parents or os.path.ismount(folder)
    return used or not os.access(folder.parent, os.W_OK)


def _take_along(folder: Path, staging: Path) -> None:
    """Give `staging` whatever else is in `folder`, without copying where disks allow it."""
    for path in folder.iterdir():
        place = staging / path.name
        if place.exists() or _OURS.fullmatch(path.name):
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, place, symlinks=True, copy_function=_link)
        else:
            _link(path, place)


def _link(source: str | Path, place: str | Path) -> None:
    try:
        os.link(source, place, follow_symlinks=False)
    except (OSError, NotImplementedError):
        shutil.copy2(source, place, follow_symlinks=False)


def _exchange(staging: Path, folder: Path) -> None:
    """Swap two folders of one parent; what was in `folder` is in `staging` afterwards."""
    if sys.platform == "linux" and _exchanged(staging, folder):
        return
    old = folder.with_name(_hidden(_OLD + folder.name))
    folder.rename(old)
    try:
        staging.rename(folder)
    except OSError:
        old.rename(folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _exchanged(a: Path, b: Path) -> bool:
    """Whether Linux did it in one step; some file systems cannot."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError):
        return False
    return bool(rename(_HERE, os.fsencode(a), _HERE, os.fsencode(b), _EXCHANGE) == 0)
