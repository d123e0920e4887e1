"""The picture of `chatanything animate`, and the face in it."""

import re
import shlex
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from ..atomic_write import atomic_write
from ..diffusion.drawings import FaceSpot, read_face_spot
from ..diffusion.drawings.give_face import Paint, give_face
from ..errors import InputError
from ..landmarks import (
    Face,
    Picture,
    draw_overlay,
    face_beside,
    find_face,
    is_picture,
    opaque,
    read_face,
    read_picture,
)
from ..persona.text_files import read_text
from ..video import SIDES, fit_portrait, keeps_transparency, portrait_size

SHOWN = (".png", ".jpg", ".jpeg", ".webp")
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class FaceWish:
    """Which face, or what is to be done where there is none."""

    number: int = 1
    """Which of several faces, 1 is the largest."""
    paint: Paint = "no face"
    """When a face is painted into the picture."""
    spot: FaceSpot | None = None
    """Where it is painted; None leaves it open."""


def face_wish(text: str) -> FaceWish:
    """What --face says: a number, `paint`, `mouth`, or three shares of the picture.

    Raises:
        InputError: it is none of these.
    """
    text = text.strip()
    if text in ("paint", "mouth"):
        return FaceWish(paint="always" if text == "paint" else "never")
    if "," in text:
        return FaceWish(paint="always", spot=read_face_spot(text))
    if text and not text.lstrip("-").isdigit():
        raise InputError(
            f"--face {text!r} cannot be used. Give a number, paint, mouth, or x,y,width as shares of "
            "the picture: 0.5,0.4,0.3"
        )
    return FaceWish(int(text or 1))


@dataclass(frozen=True)
class FaceOptions:
    """How the user wants the face to be found."""

    points: str = ""
    """JSON of points or of a face, or the path of a file of it; empty looks for the face."""
    detector: str = "auto"
    wish: FaceWish = FaceWish()
    show: Path | None = None
    """Where the picture with the face drawn on it goes."""


def check_files(image: Path, audio: Path, out: Path, show: Path | None) -> None:
    """Raise InputError when picture and sound are swapped, when one of them would be overwritten,
    when words stand where a sound should, or when the overlay cannot be written under its name."""
    if show and show.suffix.lower() not in SHOWN:
        raise InputError(f"{show.name!r} cannot be a picture. Choose one of: {', '.join(SHOWN)}.")
    if image.is_file() and is_picture(audio) and not is_picture(image):
        raise InputError(
            f"{audio} is a picture and {image} is none. Give the picture first: "
            f"chatanything animate {audio} {image}"
        )
    if not audio.exists() and is_said(str(audio)):
        said = shlex.quote(str(audio))
        raise InputError(
            f"{str(audio)!r} is no file but words, and animate needs a sound. Have a voice say them "
            f"first: chatanything voices audition f3 --text {said} --out speech.wav; then "
            f"chatanything animate {image} speech.wav --text {said}"
        )
    for path in (out, show):
        for source in (image, audio):
            if path and path.exists() and source.exists() and path.samefile(source):
                raise InputError(
                    f"{path} is an input and would be overwritten. Choose another name."
                )


def is_said(text: str) -> bool:
    """Whether a text is words to say rather than a path: several of them, and no suffix of a file."""
    return len(text.split()) > 1 and not re.search(r"\.\w{1,5}$", text.strip())


def read_portrait(path: Path, out: Path) -> tuple[Pixels, Picture, tuple[str, ...]]:
    """The picture at the size that is animated, as it was read, and what was done to it.

    Transparency stays when the video at `out` can hold it, and is laid over grey when not.
    """
    picture = read_picture(path, SIDES.high)
    portrait_size(picture.size)
    pixels = picture.pixels if keeps_transparency(out) else opaque(picture.pixels)
    pixels = fit_portrait(pixels)
    now = (pixels.shape[1], pixels.shape[0])
    if now == picture.size:
        return pixels, picture, ()
    was, shown = (f"{size[0]}x{size[1]}" for size in (picture.size, now))
    return pixels, picture, (f"scaled from {was} to {shown} pixels",)


def face_in(
    path: Path, pixels: Pixels, picture: Picture, options: FaceOptions
) -> tuple[Pixels, Face]:
    """The picture, and the face that the user gave, that lies beside the picture, or that is
    found; where there is none, or it is asked for, the picture with a face painted into it."""
    seen = opaque(pixels)
    wish = options.wish
    found = None if wish.paint == "always" else _face(path, seen, picture.size, options)
    pixels, face = give_face(pixels, found, wish.paint, wish.spot)
    if options.show:
        with atomic_write(options.show) as part:
            Image.fromarray(draw_overlay(opaque(pixels), face)).save(part)
    return pixels, face


def _face(path: Path, seen: Pixels, size: tuple[int, int], options: FaceOptions) -> Face:
    if options.points.strip():
        text = options.points.strip()
        return read_face(text if text[0] in "[{" else read_text(Path(text)), seen, size)
    if options.detector == "auto" and options.wish.number == 1:
        known = face_beside(path, seen, size)
        if known is not None:
            return known
    return find_face(seen, detector=options.detector, number=options.wish.number)
