"""A drawing from a file, from SVG text, or from pixels."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ...errors import InputError
from ...landmarks import read_picture
from ...progress import Tick, no_progress
from .cut_out import cut_out
from .records import MAX_BYTES, SIDE, Drawing, FaceSpot

INK = "#5f7f9f"
"""Stands for `currentColor`: what a drawing without colours of its own is filled with."""


def load_drawing(
    source: "str | Path | npt.NDArray[np.uint8] | Drawing",
    face: FaceSpot | None = None,
    tick: Tick = no_progress,
) -> Drawing:
    """The drawing in an SVG or picture file, in SVG text, or in RGBA pixels.

    Pictures need transparency, or one plain colour around the thing, which is cut away.

    Raises:
        InputError: it cannot be read, or shows nothing that stands alone; names what and why.
        MissingDependencyError: resvg-py is not installed, for an SVG.
    """
    if isinstance(source, Drawing):
        drawing = source
    elif isinstance(source, np.ndarray):
        drawing = _of_pixels(source, "the picture")
    elif isinstance(source, str) and source.lstrip("\ufeff \t\r\n").startswith("<"):
        drawing = drawing_of_svg(source.encode("utf-8", "replace"), "the SVG text", tick)
    else:
        drawing = _of_file(Path(source).expanduser(), tick)
    return drawing if face is None else replace(drawing, face=face)


def drawing_of_svg(data: bytes, name: str, tick: Tick = no_progress) -> Drawing:
    """The drawing that an SVG shows; `name` is what messages and records call it.

    Raises:
        InputError, MissingDependencyError: see `load_drawing`.
    """
    from .rasterise_svg import rasterise_svg  # asyncio and others, which only SVGs need
    from .safe_svg import safe_svg

    svg = safe_svg(data, name)
    plain = "currentColor" in svg.text
    if plain:
        svg = replace(svg, text=svg.text.replace("currentColor", INK))
    drawing = _of_pixels(rasterise_svg(svg, name, tick), name, tile=True)
    lost = tuple(f"left out of {name}: {what}" for what in svg.left_out)
    return replace(drawing, plain=plain, notes=(*drawing.notes, *lost))


def _of_file(path: Path, tick: Tick) -> Drawing:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise InputError(
            f"Cannot read {path}: {error.strerror}. Give an SVG or a transparent picture."
        ) from error
    from .safe_svg import is_svg

    if is_svg(data) or path.suffix.lower() in (".svg", ".svgz"):
        return drawing_of_svg(data, path.name, tick)
    return _of_pixels(read_picture(path, 2 * SIDE).pixels, path.name)


def _of_pixels(pixels: npt.NDArray[np.uint8], name: str, *, tile: bool = False) -> Drawing:
    if pixels.ndim != 3 or pixels.shape[2] not in (3, 4) or pixels.dtype != np.uint8:
        raise InputError(
            f"{name} is {pixels.dtype} of shape {pixels.shape}. Give RGBA uint8, (H, W, 4)."
        )
    if max(pixels.shape[:2]) > SIDE:
        picture = Image.fromarray(pixels)
        picture.thumbnail((SIDE, SIDE), Image.Resampling.LANCZOS)
        pixels = np.asarray(picture)
    seen, box, notes = cut_out(pixels, name, tile=tile)
    return Drawing(seen, name, box=box, notes=notes)
