"""The user's own name, as it was given once; personas call the user by it."""

import json

from ..atomic_write import atomic_write
from ..errors import InputError
from ..user_folders import config_folder
from .checks import check_unicode

MAX_NAME = 60
"""Characters."""
_FILE = "user.json"


def kept_name() -> str | None:
    """The name that was kept; empty when the user wants none, None when nobody asked yet."""
    try:
        kept = json.loads((config_folder() / _FILE).read_text(encoding="utf-8-sig"))
        name = kept["name"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError, InputError):
        return None
    return name if isinstance(name, str) else None


def checked_name(name: str) -> str:
    """A name in one line.

    Raises:
        InputError: it is too long or no text.
    """
    name = " ".join(name.split())
    check_unicode(name, "name")
    if len(name) > MAX_NAME or any(sign in name for sign in "{}<>\x1b"):
        raise InputError(f"A name has at most {MAX_NAME} characters and no brackets.")
    return name


def keep_name(name: str) -> str:
    """Keep a name for this machine; gives it back as it was kept.

    Raises:
        InputError: it is too long or no text.
        OutputError: the file cannot be written.
    """
    name = checked_name(name)
    path = config_folder() / _FILE
    with atomic_write(path) as part:
        part.write_text(json.dumps({"name": name}, ensure_ascii=False) + "\n", encoding="utf-8")
    return name
