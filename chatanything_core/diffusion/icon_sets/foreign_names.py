"""What emoji are called in other languages, out of the package `emoji` (BSD) as published.

The wheel is read as the archive that it is; nothing of it runs.
"""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...errors import InputError

MOST = 4 << 20
"""Size of the largest table that is read."""
TABLE = "emoji/unicode_codes/emoji"


def foreign_names(wheel: Path, chars: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """Language tag to names, each to the icon; `chars` has code points, as Iconify writes them.

    Raises:
        InputError: the wheel cannot be read.
    """
    icons = {_character(code): icon for code, icon in chars.items()}
    found: dict[str, dict[str, str]] = {}
    try:
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.infolist():
                if member.filename.startswith(TABLE) and member.file_size < MOST:
                    table = json.loads(archive.read(member))
                    tag = member.filename.removeprefix(TABLE)[1:-5] or "en"
                    for character, entry in table.items():
                        icon = icons.get(character) or icons.get(character.rstrip("\ufe0f"))
                        if icon:
                            _note(found, tag, entry, icon)
    except (OSError, ValueError, KeyError, zipfile.BadZipFile) as error:
        raise InputError(f"{wheel.name} cannot be read ({error}). Fetch it again.") from error
    return found


def _character(code: str) -> str:
    return "".join(chr(int(part, 16)) for part in code.split("-"))


def _note(found: dict[str, dict[str, str]], tag: str, entry: Any, icon: str) -> None:
    names = [entry] if isinstance(entry, str) else []
    if isinstance(entry, dict):
        for key, value in entry.items():
            if key in ("alias", tag) or len(key) == 2:
                names += value if isinstance(value, list) else [value]
    for name in names:
        if isinstance(name, str):
            found.setdefault(tag, {}).setdefault(name.strip(":").replace("_", " "), icon)
