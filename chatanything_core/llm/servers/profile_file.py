"""The file of the profiles: what an entry must be, and reading it whatever it holds.

A wrong entry is skipped and named, never repaired and never deleted: the others stay usable.
"""

import ipaddress
import json
import re
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Any, Literal, get_args
from urllib.parse import SplitResult, urlsplit

from ...atomic_write import atomic_write
from ...errors import InputError

KeyPlace = Literal["none", "environment", "keyring"]
Effort = Literal["", "none", "minimal", "low", "medium", "high"]
EFFORTS: tuple[Effort, ...] = get_args(Effort)
MAX_WINDOW = 100_000_000
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_VERB = re.compile(r"/(?:chat/)?completions/*$")
"""The path of the request itself, which many write behind the base URL."""


@dataclass(frozen=True)
class Profile:
    """One server with one model."""

    name: str
    """What nodes and commands call it: 1 to 40 letters, digits, spaces, dots, dashes."""
    address: str
    """Base URL of an OpenAI-compatible server, such as http://localhost:11434/v1."""
    model: str
    """Model name as the server knows it."""
    key: KeyPlace = "none"
    """Where the key is; the key itself is never stored here."""
    variable: str = ""
    """Name of the environment variable when `key` is `environment`."""
    window: int = 8192
    """Tokens that the model can read and write at once."""
    timeout: float = 120.0
    """Seconds that one question may take, tries and waits included."""
    effort: Effort = ""
    """How long a reasoning model thinks before it answers; empty leaves that to the server."""


@dataclass(frozen=True)
class ProfileFile:
    """What a file holds."""

    profiles: dict[str, Profile]
    """Usable profiles by name."""
    skipped: dict[str, str]
    """Why an entry cannot be used, by its name, or its number where it has none."""
    raw: tuple[Any, ...] = ()
    """The skipped entries as they stand; they are written back."""


def read_profiles(path: Path) -> ProfileFile:
    """The profiles in a file; none when it does not exist yet.

    Raises:
        InputError: it cannot be read, or is not a JSON list.
    """
    if not path.is_file():
        return ProfileFile({}, {})
    try:
        # From bytes, so that a byte order mark and UTF-16, as Windows editors write them, are read.
        entries = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{_unreadable(path)} ({type(error).__name__})") from error
    if not isinstance(entries, list):
        raise InputError(f"{_unreadable(path)} (it must be a list)")
    return _sorted(entries)


def write_profiles(path: Path, file: ProfileFile) -> None:
    """Store the profiles, and the entries that were skipped as they were.

    Raises:
        OutputError: the folder cannot be written.
    """
    entries = [*map(asdict, file.profiles.values()), *file.raw]
    with atomic_write(path) as part:
        part.chmod(0o600)
        part.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def _unreadable(path: Path) -> str:
    return (
        f"The profiles in {path} cannot be read. Correct the file, or delete it and add them "
        "again with `chatanything profiles add`."
    )


def _sorted(entries: list[Any]) -> ProfileFile:
    found: dict[str, Profile] = {}
    skipped: dict[str, str] = {}
    raw = []
    for number, entry in enumerate(entries, 1):
        try:
            profile = _profile(entry)
        except InputError as error:
            name = entry.get("name") if isinstance(entry, dict) else None
            known = isinstance(name, str) and _NAME.fullmatch(name)
            skipped[str(name) if known else f"entry {number}"] = str(error)
            raw.append(entry)
        else:
            found[profile.name] = profile
    return ProfileFile(found, skipped, tuple(raw))


def _profile(entry: object) -> Profile:
    """The profile that an entry describes; values are not repeated, for one may be a key."""
    if not isinstance(entry, dict):
        raise InputError("It is not a JSON object with name, address and model.")
    known = {field.name for field in fields(Profile)}
    if strange := sorted(str(key)[:20] for key in set(entry) - known):
        raise InputError(
            f"A profile has no {strange[0]!r}. It may have: {', '.join(sorted(known))}."
        )
    if missing := [key for key in ("name", "address", "model") if key not in entry]:
        raise InputError(f"It has no {missing[0]!r}.")
    for key, value in entry.items():
        numeric = key in ("window", "timeout")
        right = (int, float) if key == "timeout" else int if numeric else str
        if not isinstance(value, right) or isinstance(value, bool):
            raise InputError(f"Its {key!r} must be {'a number' if numeric else 'a text'}.")
    return checked_profile(Profile(**entry))


def checked_profile(profile: Profile) -> Profile:
    """The profile, its address in one way of writing.

    Raises:
        InputError: something in it cannot be used.
    """
    if not _NAME.fullmatch(profile.name):
        raise InputError(
            f"A profile cannot be called {profile.name[:60]!r}. Use 1 to 40 letters, digits, "
            "spaces, dots or dashes."
        )
    if not profile.model.strip() or not profile.model.isprintable():
        raise InputError(
            f"Profile {profile.name!r} names no model. Give the name that the server knows it by."
        )
    _check_key(profile)
    if not 512 <= profile.window <= MAX_WINDOW or not 1 <= profile.timeout <= 3600:
        raise InputError(
            f"Profile {profile.name!r}: the window must be 512 to {MAX_WINDOW} tokens, and the "
            "timeout 1 to 3600 seconds."
        )
    if profile.effort not in EFFORTS:
        raise InputError(
            f"Profile {profile.name!r}: the effort must be one of {', '.join(EFFORTS[1:])}."
        )
    return replace(profile, address=_address(profile))


def _check_key(profile: Profile) -> None:
    if profile.key not in get_args(KeyPlace):
        raise InputError(
            f"Profile {profile.name!r}: the key must be in none, environment or keyring."
        )
    if profile.key == "environment" and not _VARIABLE.fullmatch(profile.variable):
        # The value is not repeated: it may be the key itself, typed in the wrong place.
        raise InputError(
            "That is not the name of an environment variable. Give a name such as OPENAI_API_KEY; "
            "the key itself is never stored."
        )


def _address(profile: Profile) -> str:
    parts = _split(profile.address)
    if parts and (parts.username or parts.password or parts.query or parts.fragment):
        # Not repeated either: addresses of this form carry keys.
        raise InputError(
            f"The address of profile {profile.name!r} must have no user, password or query; a key "
            "belongs in an environment variable."
        )
    if not parts or parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(
            f"{profile.address[:200]!r} is not a server address. Write it like "
            "http://localhost:11434/v1 or https://api.openai.com/v1."
        )
    if parts.scheme == "http" and profile.key != "none" and not _is_near(parts.hostname):
        raise InputError(
            f"{profile.address} would get the key unencrypted across the network. Use https."
        )
    return _VERB.sub("", profile.address.rstrip("/")).rstrip("/")


def _split(address: str) -> SplitResult | None:
    """The parts of an address; None when it is none."""
    if not address.isprintable() or " " in address:
        return None
    try:
        parts = urlsplit(address)
        _ = parts.port
        (parts.hostname or "").encode("idna")
    except ValueError:
        return None
    return parts


def _is_near(host: str) -> bool:
    """True for this machine and private networks, where servers have no certificates."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".lan"))
    return address.is_loopback or address.is_private
