"""Character cards in files: JSON, CHARX and pictures.

PNG files have texts called `chara` and `ccv3`, JPEG and WebP files a UserComment; RisuAI puts a
CHARX archive behind a JPEG, and Backyard writes archives of its own.
"""

import base64
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ....atomic_write import atomic_write
from ....errors import InputError
from ....provenance import SourceType, png_texts
from ..card_versions import Card, as_v2, as_v3, checked
from . import png_text
from .archives import card_in_archive
from .documents import parsed, unpacked
from .exif_text import exif_blocks, exif_texts
from .programs import as_card

MAX_FILE = 64_000_000
"""Bytes of a card file; pictures and CHARX assets are in it."""
PICTURES = (".png", ".apng", ".webp", ".jpg", ".jpeg")
"""Files that are a picture of the character as well."""
SUFFIXES = (*PICTURES, ".json", ".charx", ".byaf")
_SIGNATURES = (png_text.SIGNATURE, b"\xff\xd8", b"RIFF", b"GIF8", b"BM", b"\0\0\0")
_NO_CARD = (
    "This picture contains no character card. Cards are pictures with a `chara` or `ccv3` text "
    "(PNG) or a comment (WebP, JPEG); a re-saved or converted picture has lost it."
)


def load_card(path: Path) -> Card:
    """The card in a file, whatever its version, checked but otherwise as it is.

    Where one of several in a file is damaged, the next older one counts. What another program
    exports in a form of its own becomes a card of version 2.

    Raises:
        InputError: the file cannot be read, is too large, or holds no card.
    """
    faults: list[InputError] = []
    for read in _cards_in(_content(path)):
        try:
            return checked(as_card(read()))
        except InputError as error:
            faults.append(error)
    raise faults[0] if faults else InputError(_NO_CARD)


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
    source: SourceType | None = None,
) -> None:
    """Write a picture, RGB (H, W, 3), that is a card of version 2 and 3 at once.

    `texts` holds further texts by keyword, such as ComfyUI's `prompt` and `workflow`;
    `source` says in the file that a machine made the picture.

    Raises:
        InputError: it is not a card.
        OutputError: the file cannot be written.
    """
    newest = as_v3(checked(card))
    info = png_texts(source, texts)
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


def _cards_in(data: bytes) -> Iterator[Callable[[], object]]:
    """How to get at each card in a file, the newest version first."""
    if data.startswith(png_text.SIGNATURE):
        found = png_text.texts(data, ("ccv3", "chara", png_text.EXIF))
        packed = [found[keyword] for keyword in ("ccv3", "chara") if found.get(keyword)]
        packed += exif_texts(found.get(png_text.EXIF, b""))
    else:
        packed = [text for block in exif_blocks(data) for text in exif_texts(block)]
    for text in packed:
        yield partial(_of_text, text)
    if data.startswith(b"PK") or zipfile.is_zipfile(io.BytesIO(data)):
        yield partial(card_in_archive, data)
    elif not data.startswith(_SIGNATURES):
        yield partial(parsed, data)


def _of_text(packed: bytes) -> object:
    return parsed(unpacked(packed))
