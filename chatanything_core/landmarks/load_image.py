"""Pictures from outside: any format that Pillow reads, as RGB uint8."""

import warnings
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps, UnidentifiedImageError

from ..errors import InputError

SMALLEST = 32
"""Least side of a picture in pixels; a smaller one shows nothing."""
MOST_PIXELS = 100_000_000
"""Most pixels of a picture that is opened at all."""
LARGEST = 4096
"""Longer sides are scaled down to this many pixels."""


def load_image(path: str | Path) -> npt.NDArray[np.uint8]:
    """Read a picture as RGB uint8, shape (H, W, 3), turned upright by its EXIF.

    The first frame of an animation; alpha laid over mid-grey; 16 bits scaled to 8; CMYK and
    palettes converted; sides above `LARGEST` pixels scaled down.

    Raises:
        InputError: no file, no picture, cut short, smaller than `SMALLEST`, or too large.
    """
    path = Path(path)
    try:
        with warnings.catch_warnings():
            # The size is checked below, before anything is decoded.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                _check_size(path, picture.size)
                picture.draft("RGB", (LARGEST, LARGEST))
                return to_rgb(picture)
    except (FileNotFoundError, IsADirectoryError, PermissionError) as error:
        raise InputError(
            f"Cannot read {path}: {error.strerror}. Give the path of a picture."
        ) from error
    except Image.DecompressionBombError as error:
        raise _too_large(path) from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise InputError(
            f"{path} is not a readable picture ({error}). Give a PNG, JPEG or WebP file."
        ) from error


def to_rgb(picture: Image.Image) -> npt.NDArray[np.uint8]:
    """RGB uint8 of a Pillow image of any mode."""
    picture = ImageOps.exif_transpose(picture)
    if max(picture.size) > LARGEST:
        picture.thumbnail((LARGEST, LARGEST), reducing_gap=2.0)
    if picture.mode.startswith("I") or picture.mode == "F":
        deep = np.nan_to_num(np.asarray(picture, np.float64))
        top = 65535.0 if picture.mode != "F" else max(float(deep.max()), 1.0)
        grey = np.clip(deep / top * 255, 0, 255).astype(np.uint8)
        return np.repeat(grey[..., None], 3, axis=-1)
    if "A" in picture.getbands() or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        paper = Image.new("RGBA", picture.size, (128, 128, 128, 255))
        picture = Image.alpha_composite(paper, picture)
    return np.array(picture.convert("RGB"))


def check_image(image: npt.NDArray[np.uint8]) -> None:
    """Raise InputError unless `image` is RGB uint8 of shape (H, W, 3) and large enough."""
    if image.ndim != 3 or image.shape[2] != 3 or image.dtype != np.uint8:
        raise InputError(
            f"The picture is {image.dtype} of shape {image.shape}. Give RGB uint8, (H, W, 3)."
        )
    if min(image.shape[:2]) < SMALLEST:
        h, w = image.shape[:2]
        raise InputError(f"The picture is {w}x{h} pixels. Each side must have at least {SMALLEST}.")


def _check_size(path: Path, size: tuple[int, int]) -> None:
    if size[0] * size[1] > MOST_PIXELS:
        raise _too_large(path)
    if min(size) < SMALLEST:
        raise InputError(
            f"{path} is {size[0]}x{size[1]} pixels. Each side must have at least {SMALLEST}."
        )


def _too_large(path: Path) -> InputError:
    return InputError(
        f"{path} has more than {MOST_PIXELS // 1_000_000} million pixels. Scale it down first."
    )
