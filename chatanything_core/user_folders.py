"""Where this user's files are: what can be made again, what was written
down, and what was made."""

import os
import sys
from pathlib import Path

from .errors import InputError

_OURS = "chatanything"


def home_folder(instead: str) -> Path:
    """The user's home; `instead` is the variable that would make it needless.

    Raises:
        InputError: this user has none, as in some containers.
    """
    try:
        return Path.home()
    except RuntimeError as error:
        raise InputError(
            f"HOME is not set, and this user has no home folder. Set HOME, or {instead}, to a "
            "folder that you can write to."
        ) from error


def cache_folder() -> Path:
    """Where this user's caches live; CHATANYTHING_CACHE overrides it.

    Raises:
        InputError: there is neither that variable nor a home folder.
    """
    if chosen := os.environ.get("CHATANYTHING_CACHE"):
        return Path(chosen)
    if sys.platform == "win32":
        base = _named("LOCALAPPDATA", "AppData/Local", "CHATANYTHING_CACHE")
    elif sys.platform == "darwin":
        base = home_folder("CHATANYTHING_CACHE") / "Library" / "Caches"
    else:
        base = _named("XDG_CACHE_HOME", ".cache", "CHATANYTHING_CACHE")
    return base / _OURS


def config_folder() -> Path:
    """Where this user's profiles and experts live; CHATANYTHING_CONFIG_DIR overrides it.

    Raises:
        InputError: there is neither that variable nor a home folder.
    """
    if chosen := os.environ.get("CHATANYTHING_CONFIG_DIR"):
        return Path(chosen)
    if sys.platform == "win32":
        base = _named("APPDATA", "AppData/Roaming", "CHATANYTHING_CONFIG_DIR")
    elif sys.platform == "darwin":
        base = home_folder("CHATANYTHING_CONFIG_DIR") / "Library" / "Application Support"
    else:
        base = _named("XDG_CONFIG_HOME", ".config", "CHATANYTHING_CONFIG_DIR")
    return base / _OURS


def data_folder() -> Path:
    """Where what the user made is kept, such as characters; CHATANYTHING_DATA overrides it.

    Raises:
        InputError: there is neither that variable nor a home folder.
    """
    if chosen := os.environ.get("CHATANYTHING_DATA"):
        return Path(chosen)
    if sys.platform == "win32":
        base = _named("LOCALAPPDATA", "AppData/Local", "CHATANYTHING_DATA")
    elif sys.platform == "darwin":
        base = home_folder("CHATANYTHING_DATA") / "Library" / "Application Support"
    else:
        base = _named("XDG_DATA_HOME", ".local/share", "CHATANYTHING_DATA")
    return base / _OURS


def _named(variable: str, below_home: str, instead: str) -> Path:
    """The folder that the system's variable names, else its usual place."""
    chosen = os.environ.get(variable)
    return Path(chosen) if chosen else home_folder(instead) / below_home
