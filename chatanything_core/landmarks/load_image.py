"""Pictures from outside: any format that Pillow reads, and films' first frames, as sRGB uint8."""

import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from ..errors import InputError
from .image_files.colour_profiles import to_srgb
from .image_files.film_frame import first_frame
from .image_files.picture_formats import prepare

SMALLEST = 32
"""Least side of a picture in pixels; a smaller one shows nothing."""
MOST_PIXELS = 100_000_000
"""Most pixels of a picture that is opened at all."""
LARGEST = 4096
"""Longer sides are scaled down to this many pixels."""
GREY = 128
"""What lies behind transparent pictures where there is no transparency."""
SCRIPTS = ("EPS", "WMF")
"""Formats that Pillow has other programs draw."""
BROKEN = (
    *(UnidentifiedImageError, OSError, EOFError, SyntaxError, ValueError, TypeError),
    *(RuntimeError, ArithmeticError, LookupError, AttributeError, MemoryError),
    *(struct.error, zlib.error),
)
"""What Pillow's readers raise on damaged files."""
Pixels = npt.NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Picture:
    """A picture from outside."""

    pixels: Pixels
    """RGB of shape (H, W, 3), or RGBA of shape (H, W, 4) when some of it is transparent."""
    size: tuple[int, int]
    """Width and height in pixels before it was scaled, upright."""


def load_image(path: str | Path) -> Pixels:
    """`read_picture` as RGB uint8, shape (H, W, 3), with alpha laid over mid-grey."""
    return opaque(read_picture(path).pixels)


def read_picture(path: str | Path, largest: int = LARGEST) -> Picture:
    """Read a picture, turned upright by its EXIF and in the colours of sRGB.

    The first frame of an animation or a film; 16 bits scaled to 8; CMYK, palettes and other
    colour spaces converted; sides above `largest` pixels scaled down.

    Raises:
        InputError: no file, no picture, cut short, smaller than `SMALLEST`, or too large.
    """
    path = Path(path)
    try:
        with warnings.catch_warnings():
            # The size is checked below, before anything is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            # Of damaged EXIF and the like, when the picture itself is whole.
            warnings.simplefilter("ignore", UserWarning)
            prepare(path)
            with _opened(path) as picture:
                _check(path, picture)
                return _read(picture, largest)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise InputError(
            f"Cannot read {path}: {error.strerror}. Give the path of a picture."
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except BROKEN as error:
        raise InputError(
            f"{path} is not a readable picture ({error}). Give a PNG, JPEG or WebP file."
        ) from error


def is_picture(path: Path) -> bool:
    """Whether Pillow knows the format of the file at `path`; it may be damaged all the same."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            Image.open(path).close()
    except (Image.DecompressionBombError, *BROKEN):
        return False
    return True


def opaque(pixels: Pixels) -> Pixels:
    """RGB (H, W, 3) of RGB or RGBA pixels, what is transparent laid over mid-grey."""
    if pixels.shape[2] == 3:
        return pixels
    picture = Image.fromarray(pixels)
    paper = Image.new("RGBA", picture.size, (GREY, GREY, GREY, 255))
    return np.array(Image.alpha_composite(paper, picture).convert("RGB"))


def check_image(image: npt.NDArray[np.uint8]) -> None:
    """Raise InputError unless `image` is RGB uint8 of shape (H, W, 3) and large enough."""
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise InputError(
            f"The picture is {image.dtype} of shape {image.shape}. Give RGB uint8, (H, W, 3)."
        )
    if min(image.shape[:2]) < SMALLEST:
        h, w = image.shape[:2]
        raise InputError(
            f"The picture is {w}x{h} pixels. Give one with at least {SMALLEST} a side."
        )


def _opened(path: Path) -> Image.Image:
    try:
        return Image.open(path)
    except UnidentifiedImageError:
        frame = first_frame(path, MOST_PIXELS)
        if frame is None:
            raise
        return frame


def _read(picture: Image.Image, largest: int) -> Picture:
    size = picture.size
    share = min(largest / max(size), 1.0)
    picture.draft("RGB", (max(int(size[0] * share), 1), max(int(size[1] * share), 1)))
    picture = _plain(picture)
    if max(picture.size) > largest:
        picture.thumbnail((largest, largest), Image.Resampling.LANCZOS, reducing_gap=2.0)
    stored = picture.size
    picture = ImageOps.exif_transpose(picture)
    if (stored[0] < stored[1]) != (picture.size[0] < picture.size[1]):
        size = size[::-1]
    if picture.mode.startswith("I") or picture.mode == "F":
        return Picture(_shallow(picture), size)
    pixels = np.array(to_srgb(picture).convert("RGBA" if _clear(picture) else "RGB"))
    if pixels.shape[2] == 4 and pixels[..., 3].min() == 255:
        pixels = np.ascontiguousarray(pixels[..., :3])
    return Picture(pixels, size)


def _plain(picture: Image.Image) -> Image.Image:
    """The picture in a mode that can be scaled: without a palette, and no single bits."""
    if picture.mode in ("P", "PA") or "transparency" in picture.info:
        return picture.convert("RGBA" if _clear(picture) else "RGB")
    if picture.mode.startswith("I;"):
        return picture.convert("I")
    return picture.convert("L") if picture.mode == "1" else picture


def _clear(picture: Image.Image) -> bool:
    """Whether some of it may be transparent."""
    return "A" in picture.getbands() or "transparency" in picture.info


def _shallow(picture: Image.Image) -> Pixels:
    """RGB uint8 of a grey picture with more than 8 bits."""
    deep = np.nan_to_num(np.asarray(picture, np.float32))
    top = 65535.0 if picture.mode != "F" else max(float(deep.max()), 1.0)
    grey = np.clip(deep / top * 255, 0, 255).astype(np.uint8)
    return np.repeat(grey[..., None], 3, axis=-1)


def _check(path: Path, picture: Image.Image) -> None:
    size = picture.size
    if size[0] * size[1] > MOST_PIXELS:
        raise _too_large(path)
    if min(size) < SMALLEST:
        raise InputError(
            f"{path} is {size[0]}x{size[1]} pixels. Give one with at least {SMALLEST} a side."
        )
    if picture.format in SCRIPTS:
        raise InputError(f"{path} is a drawing ({picture.format}). Export it as a PNG.")


def _too_large(path: Path) -> InputError:
    return InputError(
        f"{path} has more than {MOST_PIXELS // 1_000_000} million pixels. Scale it down first."
    )
