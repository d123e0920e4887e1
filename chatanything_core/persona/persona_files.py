"""Who is meant by a word: a concept, or a file that holds a persona or a card."""

import re
from pathlib import Path
from typing import Any

from ..errors import InputError
from .cards import SUFFIXES, load_card, persona_of_card
from .cards.files.documents import parsed
from .persona_json import persona_from_json
from .records import Persona

_ROOTED = re.compile(r"[.~]{0,2}[\\/]|[A-Za-z]:[\\/]")
"""How a path begins that can be nothing else."""


def persona_file(who: str) -> Path | None:
    """The file that `who` names; None when it is a concept.

    What ends like a card or has a slash and no blank is a path, whether it is there or not.

    Raises:
        InputError: it looks like a file, and there is none.
    """
    if not _is_path(who):
        return None
    path = Path(who).expanduser()
    try:
        if path.is_dir() and (path / "persona.json").is_file():
            return path / "persona.json"
        if path.is_file():
            return path
    except (OSError, ValueError):
        pass
    raise InputError(
        f"There is no file {who!r}. Check the path and where you are; a concept is written without "
        "slashes and file endings."
    )


def load_persona(path: Path, greeting: int = 0, user: str = "") -> Persona:
    """The persona in a file of any name: what `create` wrote, or a character card.

    Raises:
        InputError: the file cannot be read or holds neither; or there is no such greeting.
    """
    record = _record(path)
    if record is None:
        return persona_of_card(load_card(path), greeting=greeting, user=user)
    if greeting:
        raise InputError(f"There is no greeting {greeting}; only character cards have several.")
    return persona_from_json(record)


def _record(path: Path) -> Any:
    """The persona's data; None when the file is no persona, and perhaps a card."""
    if path.suffix.lower() != ".json":
        return None
    try:
        record = parsed(path.read_bytes())
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}.") from error
    except InputError as error:
        raise InputError(f"{path} cannot be used: {error}") from error
    if not isinstance(record, dict):
        raise InputError(f"{path} holds no persona and no card: it is not a JSON object.")
    inner = record.get("persona", record)
    is_persona = isinstance(inner, dict) and {"concept", "greeting"} <= inner.keys()
    return inner if is_persona or path.name == "persona.json" else None


def _is_path(who: str) -> bool:
    if Path(who).suffix.lower() in SUFFIXES or _ROOTED.match(who):
        return True
    return bool(re.search(r"[\\/]", who)) and not re.search(r"\s", who)
