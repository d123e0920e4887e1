"""A character and its conversation as files in a folder of the user's.

`character.json` holds persona, voice, face and recipe; `portrait.png` the picture;
`conversation.json` the talk; `drawing.png` what somebody drew for its body, from which it is
painted anew. Each is replaced as a whole.
"""

import io
import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pydantic import TypeAdapter, ValidationError

from ..atomic_write import atomic_write
from ..character.make_character import Character
from ..dialogue import history_from_json, history_to_json
from ..diffusion import Portrait
from ..diffusion.drawings import Drawing
from ..errors import InputError
from ..landmarks import face_from_json, face_to_json
from ..persona import persona_from_json, persona_to_json
from ..provenance import png_texts
from ..voice import Voice
from .conversation import Talk

CHARACTER, PORTRAIT, TALK = "character.json", "portrait.png", "conversation.json"
DRAWING = "drawing.png"


@cache
def _voices() -> TypeAdapter[Voice]:
    return TypeAdapter(Voice)


def save_character(folder: Path, character: Character, look: int) -> None:
    """Write everything but the conversation; `look` counts its changes.

    Raises:
        OutputError: the folder cannot be written.
    """
    record = {
        "look": look,
        "persona": persona_to_json(character.persona),
        "voice": asdict(character.voice),
        "face": face_to_json(character.portrait.face),
        "recipe": character.portrait.recipe,
        "head": character.head,
        "seed": character.seed,
    }
    with atomic_write(folder / PORTRAIT) as part:
        part.write_bytes(png_of(character.portrait))
    _write(folder / CHARACTER, json.dumps(record, ensure_ascii=False, indent=1))


def copy_character(source: Path, folder: Path) -> None:
    """Make a copy, with the conversation that it comes with.

    Raises:
        OutputError: the folder cannot be written.
    """
    names = (PORTRAIT, TALK, CHARACTER)  # that which says that it is there comes last
    for name in (name for name in names if (source / name).is_file()):
        with atomic_write(folder / name) as part:
            part.write_bytes((source / name).read_bytes())


def load_character(folder: Path) -> tuple[Character, int]:
    """The character in a folder, and how often it was changed.

    Raises:
        InputError: there is none, or its files cannot be used.
    """
    record = _read(folder / CHARACTER)
    try:
        with Image.open(folder / PORTRAIT) as picture:
            image = np.asarray(picture.convert("RGB"))
        portrait = Portrait(image, face_from_json(record["face"]), record["recipe"])
        voice = _voices().validate_python(record["voice"])
        persona = persona_from_json(record["persona"])
        made = Character(persona, voice, portrait, str(record["head"]), int(record["seed"]))
        return made, int(record["look"])
    except (OSError, KeyError, TypeError, ValueError, ValidationError) as error:
        raise InputError(
            f"The character in {folder} cannot be read: {error}. Delete the folder and make the "
            "character again."
        ) from error


def save_drawing(folder: Path, drawing: Drawing) -> None:
    """Write what somebody drew for the body.

    Raises:
        OutputError: the folder cannot be written.
    """
    about = PngInfo()
    about.add_itxt("about", json.dumps({"name": drawing.name, "plain": drawing.plain}))
    with atomic_write(folder / DRAWING) as part:
        Image.fromarray(drawing.pixels).save(part, "PNG", pnginfo=about)


def own_drawing(folder: Path) -> Drawing | None:
    """What somebody drew for the body of the character in a folder; None for a body of ours.

    Raises:
        InputError: the file cannot be used.
    """
    path = folder / DRAWING
    if not path.is_file():
        return None
    try:
        with Image.open(path) as picture:
            about = json.loads(picture.info["about"])
            pixels = np.asarray(picture.convert("RGBA"))
        return Drawing(pixels, str(about["name"]), plain=bool(about["plain"]))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"{path} cannot be read: {error}. Delete the folder and drop the drawing again."
        ) from error


def name_of(folder: Path) -> tuple[str, str]:
    """Name and concept of the character in a folder.

    Raises:
        InputError: there is none.
    """
    persona = _read(folder / CHARACTER).get("persona")
    if not isinstance(persona, dict):
        raise InputError(f"{folder / CHARACTER} holds no persona.")
    return str(persona.get("name", "")), str(persona.get("concept", ""))


def save_talk(folder: Path, talk: Talk) -> None:
    """Write the conversation.

    Raises:
        OutputError: the folder cannot be written.
    """
    record = {
        "history": json.loads(history_to_json(talk.history)),
        "branches": [json.loads(history_to_json(branch)) for branch in talk.branches],
    }
    _write(folder / TALK, json.dumps(record, ensure_ascii=False, indent=1))


def load_talk(folder: Path) -> Talk:
    """The conversation in a folder; an empty one where there is none.

    Raises:
        InputError: the file cannot be used.
    """
    if not (folder / TALK).is_file():
        return Talk()
    record = _read(folder / TALK)
    histories = [record.get("history", {}), *record.get("branches", [])]
    first, *others = (history_from_json(json.dumps(history)) for history in histories)
    return Talk(first, tuple(others))


def png_of(portrait: Portrait) -> bytes:
    """The picture as a PNG file."""
    out = io.BytesIO()
    Image.fromarray(portrait.image).save(out, "PNG", pnginfo=png_texts(portrait.source_type))
    return out.getvalue()


def _write(path: Path, text: str) -> None:
    with atomic_write(path) as part:
        part.write_text(text + "\n", encoding="utf-8")


def _read(path: Path) -> dict[str, Any]:
    try:
        record = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise InputError(f"{path} cannot be read: {error}.") from error
    if not isinstance(record, dict):
        raise InputError(f"{path} holds no character: it is not a JSON object.")
    return record
