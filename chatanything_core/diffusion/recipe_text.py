"""A portrait's recipe in words."""

from collections.abc import Mapping
from typing import Any

from .records import Portrait

HOW = {
    "known": "landmarks known by construction",
    "guide": "landmarks carried over from the guide",
    "detected": "landmarks found by a detector",
    "placed": "no face found; landmarks placed by a template",
}


def describe_portrait(portrait: Portrait) -> str:
    """Size, face and recipe, one fact a line."""
    height, width = portrait.image.shape[:2]
    face = portrait.face
    lines = [
        f"{width} x {height} pixels",
        f"face: {HOW[face.origin]}, animatability {face.score:.2f}",
        *(f"  {note}" for note in face.notes),
        *portrait.notes,
    ]
    return "\n".join(lines + _lines(portrait.recipe))


def _lines(values: Mapping[str, Any], indent: str = "") -> list[str]:
    lines = []
    for name, value in values.items():
        if isinstance(value, Mapping):
            lines += [f"{indent}{name}:", *_lines(value, indent + "  ")]
        elif isinstance(value, list | tuple) and any(isinstance(v, Mapping) for v in value):
            for number, item in enumerate(value, 1):
                lines += [f"{indent}{name} {number}:", *_lines(item, indent + "  ")]
        elif isinstance(value, list | tuple):
            lines.append(f"{indent}{name}: {', '.join(map(str, value))}")
        else:
            lines.append(f"{indent}{name}: {value}")
    return lines
