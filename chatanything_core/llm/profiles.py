"""Which language models a user may ask; it contains no secrets.

A profile names an address, a model, and *where* its key is: an environment variable or the
system keyring. The file is in the user's configuration folder, outside the pack and outside
everything that ComfyUI serves, so workflows hold nothing but a profile's name, and a shared
workflow cannot send a key anywhere but to the address that its owner wrote down.
"""

import ipaddress
import json
import os
import re
from dataclasses import asdict, dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from ..atomic_write import atomic_write
from ..errors import ChatAnythingError, InputError, MissingDependencyError
from ..user_folders import config_folder

KeyPlace = Literal["none", "environment", "keyring"]
SPEECH_PROFILE = "speech"
"""The profile of the speech server; not a language model, so an empty name never means it."""
_SERVICE = "chatanything"
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,39}")
_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


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


def profiles_file() -> Path:
    """Where the profiles are."""
    return config_folder() / "profiles.json"


def profiles() -> dict[str, Profile]:
    """Every profile, by name; empty when the file does not exist yet.

    Raises:
        InputError: the file cannot be read or is not a list of profiles.
    """
    path = profiles_file()
    if not path.is_file():
        return {}
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        found = [Profile(**entry) for entry in entries]
    except (OSError, ValueError, TypeError) as error:
        raise InputError(
            f"The profiles in {path} cannot be read. Correct the file, or delete it and add "
            "them again with `chatanything profiles add`."
        ) from error
    return {profile.name: _checked(profile) for profile in found}


def profile_names() -> list[str]:
    """Names for a menu; never raises, since a broken file must not take ComfyUI's nodes away."""
    try:
        return list(profiles())
    except InputError:
        return []


def find_profile(name: str) -> Profile:
    """The profile called `name`; the only one of a language model when `name` is empty.

    Raises:
        InputError: there is none, or an empty name could mean several.
    """
    known = profiles()
    if name in known:
        return known[name]
    models = {key: profile for key, profile in known.items() if key != SPEECH_PROFILE}
    if not name and len(models) == 1:
        return next(iter(models.values()))
    choices = known if name else models
    if not choices:
        raise InputError(
            "No profile says which language model to ask. Add one with `chatanything profiles "
            "add NAME --address http://localhost:11434/v1 --model MODEL`."
        )
    wanted = f"No profile is called {name!r}" if name else "There are several profiles"
    raise InputError(f"{wanted}. Choose one of: {', '.join(choices)}.")


def add_profile(profile: Profile) -> None:
    """Store a profile; one of the same name is replaced.

    Raises:
        InputError: something in it cannot be used.
        OutputError: the configuration folder cannot be written.
    """
    profile = _checked(profile)
    _store({**profiles(), profile.name: profile})


def remove_profile(name: str) -> None:
    """Forget a profile and its key in the keyring.

    Raises:
        InputError: no profile has that name.
    """
    profile = find_profile(name)
    if profile.key == "keyring":
        _keyring_delete(profile)
    _store({key: value for key, value in profiles().items() if key != profile.name})


def store_key(profile: Profile, secret: str) -> None:
    """Put the key into the system keyring.

    Raises:
        MissingDependencyError: `keyring` is not installed.
        InputError: the keyring refuses.
    """
    keyring = _keyring()
    try:
        keyring.set_password(_SERVICE, _account(profile), secret)
    except keyring.errors.KeyringError:
        # Not chained: a back end's message may hold what it was given.
        raise InputError(
            "The system keyring refused the key. Unlock it, or name an environment "
            "variable with --key-env instead."
        ) from None


def secret_of(profile: Profile) -> str:
    """The key, fetched when it is needed and kept nowhere; empty when the profile has none.

    Raises:
        InputError: the environment variable is not set, or the keyring has no such key.
    """
    if profile.key == "none":
        return ""
    if profile.key == "environment":
        secret = os.environ.get(profile.variable, "").strip()
        place = f"the environment variable {profile.variable}"
    else:
        secret = _keyring().get_password(_SERVICE, _account(profile)) or ""
        place = "the system keyring"
    if not secret:
        raise InputError(f"Profile {profile.name!r} expects its key in {place}, which is empty.")
    return secret


def redact(text: str, secret: str) -> str:
    """`text` without the key, also where a server echoes its first characters.

    >>> redact("Incorrect key sk-canary-1234****", "sk-canary-123456")
    'Incorrect key [key]'
    """
    if len(secret) < 4:
        return text.replace(secret, "[key]") if secret else text
    return re.sub(rf"{re.escape(secret[:8])}\S*", "[key]", text.replace(secret, "[key]"))


def _checked(profile: Profile) -> Profile:
    if not _NAME.fullmatch(profile.name):
        raise InputError(
            f"A profile cannot be called {profile.name!r}. Use 1 to 40 letters, digits, spaces, "
            "dots or dashes."
        )
    if not profile.model.strip():
        raise InputError(
            f"Profile {profile.name!r} names no model. Give the name that the server knows it by."
        )
    if profile.key not in ("none", "environment", "keyring"):
        raise InputError(
            f"Profile {profile.name!r}: the key must be in none, environment or keyring."
        )
    if profile.key == "environment" and not _VARIABLE.fullmatch(profile.variable):
        # The value is not repeated: it may be the key itself, typed in the wrong place.
        raise InputError(
            "That is not the name of an environment variable. Give a name such as OPENAI_API_KEY; "
            "the key itself is never stored."
        )
    if profile.window < 512 or not 1 <= profile.timeout <= 3600:
        raise InputError(
            f"Profile {profile.name!r}: the window must be at least 512 tokens, and the timeout 1 to "
            "3600 seconds."
        )
    return replace(profile, address=_checked_address(profile))


def _checked_address(profile: Profile) -> str:
    parts = urlsplit(profile.address)
    if parts.username or parts.password or parts.query or parts.fragment:
        # Not repeated either: addresses of this form carry keys.
        raise InputError(
            f"The address of profile {profile.name!r} must have no user, password or query; a key "
            "belongs in an environment variable."
        )
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(
            f"{profile.address!r} is not a server address. Write it like "
            "http://localhost:11434/v1 or https://api.openai.com/v1."
        )
    if parts.scheme == "http" and profile.key != "none" and not _is_near(parts.hostname):
        raise InputError(
            f"{profile.address} would get the key unencrypted across the network. Use https."
        )
    return profile.address.rstrip("/")


def _is_near(host: str) -> bool:
    """True for this machine and private networks, where servers have no certificates."""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host == "localhost" or host.endswith((".localhost", ".local", ".lan"))
    return address.is_loopback or address.is_private


def _store(found: dict[str, Profile]) -> None:
    entries: list[dict[str, Any]] = [asdict(profile) for profile in found.values()]
    path = profiles_file()
    with atomic_write(path) as part:
        part.chmod(0o600)
        part.write_text(json.dumps(entries, indent=2) + "\n", encoding="utf-8")


def _account(profile: Profile) -> str:
    """The keyring's entry belongs to name and address: a moved profile loses its key."""
    return f"{profile.name} at {profile.address}"


def _keyring() -> Any:
    if find_spec("keyring") is None:
        raise MissingDependencyError("keyring", "keyring")
    import keyring
    import keyring.errors

    return keyring


def _keyring_delete(profile: Profile) -> None:
    try:
        keyring = _keyring()
    except ChatAnythingError:
        return
    try:
        keyring.delete_password(_SERVICE, _account(profile))
    except keyring.errors.PasswordDeleteError:
        return
