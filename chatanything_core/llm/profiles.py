"""Which language models a user may ask; it contains no secrets.

A profile names an address, a model, and *where* its key is: an environment variable or the
system keyring. The file is in the user's configuration folder, outside the pack and outside
everything that ComfyUI serves, so workflows hold nothing but a profile's name, and a shared
workflow cannot send a key anywhere but to the address that its owner wrote down.
"""

import os
import re
from pathlib import Path
from typing import Any

from ..errors import ChatAnythingError, InputError, MissingDependencyError
from ..registry import is_installed
from ..user_folders import config_folder
from .servers.profile_file import (
    Effort,
    KeyPlace,
    Profile,
    ProfileFile,
    checked_profile,
    read_profiles,
    write_profiles,
)

__all__ = [
    "NO_LANGUAGE_MODELS",
    "SPEECH_PROFILE",
    "TRANSCRIPTION_PROFILE",
    "Effort",
    "KeyPlace",
    "Profile",
    "add_profile",
    "find_profile",
    "profile_names",
    "profiles",
    "profiles_file",
    "redact",
    "remove_profile",
    "secret_of",
    "skipped_profiles",
    "store_key",
]

SPEECH_PROFILE = "speech"
"""The profile of the speech server; not a language model, so an empty name never means it."""
TRANSCRIPTION_PROFILE = "transcription"
"""The profile of the server that writes down speech; no language model either."""
NO_LANGUAGE_MODELS = (SPEECH_PROFILE, TRANSCRIPTION_PROFILE)
_SERVICE = "chatanything"


def profiles_file() -> Path:
    """Where the profiles are."""
    return config_folder() / "profiles.json"


def profiles() -> dict[str, Profile]:
    """Every usable profile, by name; empty when the file does not exist yet.

    Raises:
        InputError: the file cannot be read or is not a list.
    """
    return read_profiles(profiles_file()).profiles


def profile_names() -> list[str]:
    """Names for a menu; never raises, since a broken file must not take ComfyUI's nodes away."""
    try:
        return list(profiles())
    except InputError:
        return []


def skipped_profiles() -> list[str]:
    """What of the file cannot be used and why, each in a sentence; never raises."""
    try:
        skipped = read_profiles(profiles_file()).skipped
    except InputError as error:
        return [str(error)]
    return [f"{name} was skipped: {why}" for name, why in skipped.items()]


def find_profile(name: str) -> Profile:
    """The profile called `name`; the only one of a language model when `name` is empty.

    Raises:
        InputError: there is none, it cannot be used, or an empty name could mean several.
    """
    file = read_profiles(profiles_file())
    known = file.profiles
    if name in known:
        return known[name]
    if name in file.skipped:
        raise InputError(f"Profile {name!r} in {profiles_file()} is wrong. {file.skipped[name]}")
    models = {key: profile for key, profile in known.items() if key not in NO_LANGUAGE_MODELS}
    if not name and len(models) == 1:
        return next(iter(models.values()))
    choices = known if name else models
    if not choices:
        raise InputError(
            "No profile says which language model to ask. See what runs on this machine with "
            "`chatanything profiles find`, or add a server with `chatanything profiles add NAME "
            "--address http://localhost:11434/v1 --model MODEL`."
        )
    wanted = f"No profile is called {name!r}" if name else "There are several profiles"
    raise InputError(f"{wanted}. Choose one of: {', '.join(choices)}.")


def add_profile(profile: Profile) -> None:
    """Store a profile; one of the same name is replaced.

    Raises:
        InputError: something in it cannot be used.
        OutputError: the configuration folder cannot be written.
    """
    profile = checked_profile(profile)
    file = _without(profile.name)
    kept = {**read_profiles(profiles_file()).profiles, profile.name: profile}
    write_profiles(profiles_file(), ProfileFile(kept, {}, file.raw))


def remove_profile(name: str) -> None:
    """Forget a profile and its key in the keyring; a wrong entry of that name goes as well.

    Raises:
        InputError: no profile has that name.
    """
    file = read_profiles(profiles_file())
    if name not in file.skipped:
        profile = find_profile(name)
        if profile.key == "keyring":
            _keyring_delete(profile)
        name = profile.name
    write_profiles(profiles_file(), _without(name))


def _without(name: str) -> ProfileFile:
    """What the file holds besides the entries called `name`."""
    file = read_profiles(profiles_file())
    kept = {key: profile for key, profile in file.profiles.items() if key != name}
    raw = [
        entry for entry in file.raw if not (isinstance(entry, dict) and entry.get("name") == name)
    ]
    return ProfileFile(kept, {}, tuple(raw))


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
    if not (secret.isascii() and secret.isprintable()) or " " in secret:
        raise InputError(
            f"What is in {place} cannot be a key: it contains blanks, curly quotes or other "
            "characters that no key has. Copy the key again."
        )
    return secret


def redact(text: str, secret: str) -> str:
    """`text` without the key, also where a server echoes its first characters.

    >>> redact("Incorrect key sk-canary-1234****", "sk-canary-123456")
    'Incorrect key [key]'
    """
    if len(secret) < 4:
        return text.replace(secret, "[key]") if secret else text
    return re.sub(rf"{re.escape(secret[:8])}\S*", "[key]", text.replace(secret, "[key]"))


def _account(profile: Profile) -> str:
    """The keyring's entry belongs to name and address: a moved profile loses its key."""
    return f"{profile.name} at {profile.address}"


def _keyring() -> Any:
    if not is_installed("keyring"):
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
