"""Cards in zip archives: CHARX, alone or behind a picture, and Backyard's BYAF."""

import io
import lzma
import struct
import zipfile
import zlib
from typing import Any

from ....errors import InputError
from .documents import MAX_JSON, parsed
from .programs import of_backyard_archive

_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, NotImplementedError),
    *(EOFError, OSError, ValueError, KeyError, IndexError, OverflowError),
)
"""What reading a member of a broken archive raises."""
_MAX_SCENARIOS = 50


def card_in_archive(data: bytes) -> Any:
    """The document of a card in an archive; no other member is unpacked.

    Raises:
        InputError: it is damaged, encrypted, or holds no card.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = {name.lower(): name for name in reversed(archive.namelist())}
            if "manifest.json" in names and "card.json" not in names:
                return _of_backyard(archive, names["manifest.json"])
            inner = sorted((n for n in names if n.split("/")[-1] == "card.json"), key=len)
            if not inner:
                raise InputError("This CHARX file has no card.json at its root.")
            return _member(archive, names[inner[0]])
    except _DAMAGE as error:
        raise InputError(f"This CHARX file is damaged: {error}.") from error


def _of_backyard(archive: zipfile.ZipFile, manifest: str) -> Any:
    listed = _member(archive, manifest)
    characters = listed.get("characters") if isinstance(listed, dict) else None
    if not isinstance(characters, list) or not characters:
        raise InputError("This archive lists no character in its manifest.json.")
    scenarios = listed.get("scenarios")
    paths = scenarios[:_MAX_SCENARIOS] if isinstance(scenarios, list) else []
    plays = [_member(archive, str(path)) for path in paths]
    return of_backyard_archive(_member(archive, str(characters[0])), plays)


def _member(archive: zipfile.ZipFile, name: str) -> Any:
    member = archive.getinfo(name)
    if member.flag_bits & 1:
        raise InputError("This CHARX file is encrypted. Save it without a password.")
    with archive.open(member) as file:
        # The size in the directory may lie; reading on would unpack a bomb.
        return parsed(file.read(MAX_JSON + 1))
