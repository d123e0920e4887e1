"""What the user chose for all characters, kept beside them."""

import json
from dataclasses import asdict, replace
from pathlib import Path

from ..atomic_write import atomic_write
from ..dialogue import talkers
from ..dialogue.base import ChatRequest
from ..errors import InputError
from ..live.conversation import Answering
from ..llm.profiles import NO_LANGUAGE_MODELS, Profile, add_profile, profile_names
from ..llm.servers.loopback import FoundServer, find_servers
from ..persona.user_name import checked_name, keep_name, kept_name
from ..ranges import ranges_of

_FILE = "facetime.json"
SERVER = "openai"
"""The engine that profiles belong to."""


def load_settings(folder: Path, *, own_name: bool = False) -> Answering:
    """Who answers; the embedded engine when nothing usable is kept.

    Args:
        own_name: Whether the user's name is kept in `folder`, and not for the whole machine.
    """
    chosen = Answering(user="" if own_name else kept_name() or "")
    try:
        record = json.loads((folder / _FILE).read_text("utf-8"))
        user = str(record.get("user", "")) if own_name else chosen.user
        kept = Answering(source=str(record["source"]), limit=int(record["limit"]), user=user)
        return checked_settings(kept)
    except (OSError, ValueError, KeyError, TypeError, RecursionError, InputError):
        return chosen


def save_settings(folder: Path, chosen: Answering, *, own_name: bool = False) -> Answering:
    """Keep who answers; gives it back as it was kept.

    Args:
        own_name: As for `load_settings`.

    Raises:
        InputError: a profile that does not exist, or a number out of range.
        OutputError: the file cannot be written.
    """
    keep = checked_name if own_name else keep_name
    chosen = replace(checked_settings(chosen), user=keep(chosen.user))
    kept = ("source", "limit", *(("user",) if own_name else ()))
    record = {key: value for key, value in asdict(chosen).items() if key in kept}
    with atomic_write(folder / _FILE) as part:
        part.write_text(json.dumps(record) + "\n", encoding="utf-8")
    return chosen


def checked_settings(chosen: Answering) -> Answering:
    """The engine that belongs to a source.

    Raises:
        InputError: a profile that does not exist, or a number out of range.
    """
    ranges_of(ChatRequest)["limit"].check("The length of replies", chosen.limit)
    if not chosen.source:
        return replace(chosen, engine=talkers.names()[0])
    if chosen.source not in chat_profiles():
        raise InputError(f"There is no profile {chosen.source[:60]!r}. Choose another.")
    return replace(chosen, engine=SERVER)


def chat_profiles() -> list[str]:
    """Names of the profiles that chat; nothing else of them ever leaves the server."""
    return [name for name in profile_names() if name not in NO_LANGUAGE_MODELS]


def found_servers() -> list[FoundServer]:
    """Language-model servers that answer on this machine at the ports that they usually have."""
    return [server for server in find_servers() if server.models]


def use_found(program: str, model: str) -> str:
    """Make a profile of a server that was found on this machine; gives its name.

    Raises:
        InputError: no such server answers, or it has no such model.
    """
    for server in found_servers():
        if server.program == program and model in server.models:
            name = f"{program} {model}"[:60]
            add_profile(Profile(name, server.address, model))
            return name
    raise InputError(f"No {program[:40]} with a model {model[:60]!r} answers on this machine.")
