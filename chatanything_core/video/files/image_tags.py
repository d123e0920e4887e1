"""Metadata of GIF and WebP files, which FFmpeg does not write."""

from collections.abc import Mapping
from pathlib import Path

from PIL import Image

from ...errors import InputError

FIRST = 0x010F
"""EXIF tag of the first text; the others count down, as ComfyUI's Save Animated WEBP has it."""
MODEL = 0x0110
"""EXIF tag of `prompt`."""
EXIF_FLAG = 0x08
BLOCK = 255


def write_tags(path: Path, tags: Mapping[str, str]) -> None:
    """Add texts by name to the finished file at `path`.

    In WebP they are EXIF, which ComfyUI's page opens as a workflow (`name:text` in the tag Model
    for `prompt`, from Make downwards for others); in GIF each is a comment `name:text`.

    Raises:
        InputError: the file is neither.
    """
    if not tags:
        return
    data = path.read_bytes()
    if data[:3] == b"GIF":
        path.write_bytes(_with_comments(data, tags))
    elif data[:4] == b"RIFF" and data[12:16] == b"VP8X":
        path.write_bytes(_with_exif(data, tags))
    else:
        raise InputError(f"{path.name} is neither a GIF nor an animated WebP.")


def _with_exif(data: bytes, tags: Mapping[str, str]) -> bytes:
    exif, number = Image.Exif(), FIRST
    for name, text in tags.items():
        if name == "prompt":
            exif[MODEL] = f"{name}:{text}"
        else:
            exif[number] = f"{name}:{text}"
            number -= 1
    body = exif.tobytes().removeprefix(b"Exif\0\0")
    chunk = b"EXIF" + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
    flags = bytes([data[20] | EXIF_FLAG])
    size = len(data) + len(chunk) - 8
    return data[:4] + size.to_bytes(4, "little") + data[8:20] + flags + data[21:] + chunk


def _with_comments(data: bytes, tags: Mapping[str, str]) -> bytes:
    """Comment extensions before the file's last byte, its trailer."""
    comments = b""
    for name, text in tags.items():
        raw = f"{name}:{text}".encode()
        blocks = (raw[at : at + BLOCK] for at in range(0, len(raw), BLOCK))
        comments += b"\x21\xfe" + b"".join(bytes([len(b)]) + b for b in blocks) + b"\0"
    return data[:-1] + comments + data[-1:]
