"""Contact sheets: what the painter makes of drawings, side by side."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from ...errors import InputError
from ...persona import Emotion, Persona
from ...progress import Tick, no_progress
from ..base import PaintJob
from ..drawings.records import Drawing
from ..records import Expert, Mixture
from .bodies import BODIES, HATS, load_body
from .painter import STYLES, SketchPainter

CELL, CAPTION = 192, 18
"""Side of a picture and height of its caption in pixels."""
WEARER = "woman"
"""Body that shows a hat."""


def bodies_sheet(
    names: Sequence[str] = (), styles: Sequence[str] = tuple(STYLES), tick: Tick = no_progress
) -> Image.Image:
    """Bodies and hats, each in the given styles; a name may be the path of an SVG file.

    No names draw every body and every hat there is.

    Raises:
        InputError: a name or style that is unknown, or a drawing that cannot be read.
    """
    painters = {name: _painter(name) for name in names or (*BODIES, *HATS)}
    pictures: list[tuple[npt.NDArray[np.uint8], str]] = []
    for name, painter in painters.items():
        tick(len(pictures), len(painters) * len(styles))
        for style in styles:
            image = painter.paint(_job(Path(name).stem, style), no_progress).image
            pictures.append((image, f"{Path(name).stem}, {style}"))
    return lay_out(pictures, len(styles) * max(8 // len(styles), 1))


def drawings_sheet(
    drawings: Sequence[Drawing], styles: Sequence[str] = tuple(STYLES), tick: Tick = no_progress
) -> Image.Image:
    """Drawings of others as bodies with faces, each in the given styles.

    Raises:
        InputError: a style that is unknown.
    """
    pictures: list[tuple[npt.NDArray[np.uint8], str]] = []
    for drawing in drawings:
        name = drawing.name.rpartition(":")[2].replace("-", " ")
        tick(len(pictures), len(drawings) * len(styles))
        for style in styles:
            job = replace(_job(name, style), drawing=drawing)
            pictures.append((SketchPainter().paint(job, no_progress).image, f"{name}, {style}"))
    return lay_out(pictures, len(styles) * max(8 // len(styles), 1))


def lay_out(pictures: Sequence[tuple[npt.NDArray[np.uint8], str]], columns: int) -> Image.Image:
    """Pictures in rows, each with its caption."""
    columns = min(columns, len(pictures))
    rows = -(-len(pictures) // columns)
    sheet = Image.new("RGB", (columns * CELL, rows * (CELL + CAPTION)), (250, 248, 244))
    pen, font = ImageDraw.Draw(sheet), ImageFont.load_default()
    for i, (image, caption) in enumerate(pictures):
        picture = Image.fromarray(image).resize((CELL, CELL), Image.Resampling.LANCZOS)
        x, y = i % columns * CELL, i // columns * (CELL + CAPTION)
        sheet.paste(picture, (x, y))
        wide = pen.textlength(caption, font=font)
        pen.text((x + (CELL - wide) / 2, y + CELL + 2), caption, fill=(60, 56, 52), font=font)
    return sheet


def _painter(name: str) -> SketchPainter:
    if name.endswith(".svg"):
        return SketchPainter(body=load_body(Path(name)))
    if name in BODIES:
        return SketchPainter(body=BODIES[name])
    if name in HATS:
        return SketchPainter(body=BODIES[WEARER], hat=name)
    near = ", ".join(get_close_matches(name, (*BODIES, *HATS), 5, 0.4)) or ", ".join(BODIES)
    raise InputError(
        f"Unknown body or hat {name!r}. Nearest: {near}. Choose one of them, or an SVG file."
    )


def _job(concept: str, style: str) -> PaintJob:
    persona = Persona(concept, concept, "", "", "", "", concept, emotion=Emotion())
    expert = Expert(style, "a style of the sketch painter", "sketch", style)
    return PaintJob(persona, Mixture(((expert, 1.0),), ""), width=256, height=256)
