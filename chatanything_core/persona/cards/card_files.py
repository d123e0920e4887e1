"""Character cards in files: JSON, PNG (`chara`, `ccv3`) and CHARX."""

import base64
import binascii
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from ...atomic_write import atomic_write
from ...errors import InputError
from . import png_text
from .card_versions import Card, as_v2, as_v3, checked

MAX_FILE = 64_000_000
"""Bytes of a card file; pictures and CHARX assets are in it."""
MAX_JSON = 8_000_000
"""Bytes of the card itself."""
SUFFIXES = (".png", ".apng", ".json", ".charx")


def load_card(path: Path) -> Card:
    """The card in a file, whatever its version, checked but otherwise as it is.

    Raises:
        InputError: the file cannot be read, is too large, or holds no card.
    """
    data = _content(path)
    if data.startswith(png_text.SIGNATURE):
        document = _of_png(data)
    elif data.startswith(b"PK"):
        document = _of_charx(data)
    else:
        document = data
    return checked(_parsed(document))


def save_card(card: Card, path: Path) -> None:
    """Write a card as JSON, in its own version.

    Raises:
        InputError: it is not a card.
        OutputError: the file cannot be written.
    """
    text = json.dumps(checked(card), ensure_ascii=False, indent=2)
    with atomic_write(path) as part:
        part.write_text(text + "\n", encoding="utf-8")


def save_card_png(
    card: Card,
    picture: npt.NDArray[np.uint8],
    path: Path,
    texts: Mapping[str, str] | None = None,
) -> None:
    """Write a picture, RGB (H, W, 3), that is a card of version 2 and 3 at once.

    `texts` holds further texts by keyword, such as ComfyUI's `prompt` and `workflow`.

    Raises:
        InputError: it is not a card.
        OutputError: the file cannot be written.
    """
    newest = as_v3(checked(card))
    info = PngInfo()
    for keyword, text in (texts or {}).items():
        info.add_text(keyword, text)
    for keyword, version in (("chara", as_v2(newest)), ("ccv3", newest)):
        document = json.dumps(version, ensure_ascii=False).encode("utf-8")
        info.add_text(keyword, base64.b64encode(document).decode("ascii"))
    with atomic_write(path) as part:
        Image.fromarray(picture, "RGB").save(part, "PNG", pnginfo=info)


def _content(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE:
            raise InputError(f"{path.name} has {size} bytes; a card may have at most {MAX_FILE}.")
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"Cannot read {path}: {error.strerror}. Check the path.") from error


def _of_png(data: bytes) -> bytes:
    """The newest card of a picture."""
    found = png_text.texts(data)
    packed = found.get("ccv3") or found.get("chara")
    if not packed:
        raise InputError(
            "This picture contains no character card. Cards are PNG files with a `chara` or `ccv3` "
            "text; a re-saved or converted picture has lost it."
        )
    packed = b"".join(packed.split())
    try:
        # Some programs leave the padding out.
        return base64.b64decode(packed + b"=" * (-len(packed) % 4), validate=True)
    except binascii.Error as error:
        raise InputError("The card in this picture is damaged: it is not base64.") from error


def _of_charx(data: bytes) -> bytes:
    """`card.json` of a CHARX file; no other member is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            member = archive.getinfo("card.json")
            if member.flag_bits & 1:
                raise InputError("This CHARX file is encrypted. Save it without a password.")
            with archive.open(member) as file:
                # The size in the directory may lie; reading on would unpack a bomb.
                return file.read(MAX_JSON + 1)
    except KeyError as error:
        raise InputError("This CHARX file has no card.json at its root.") from error
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise InputError(f"This CHARX file is damaged: {error}.") from error


def _parsed(document: bytes) -> object:
    if len(document) > MAX_JSON:
        raise InputError(f"The card has more than {MAX_JSON} bytes.")
    try:
        return json.loads(document.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise InputError("The card is damaged: it is not a JSON document in UTF-8.") from error
