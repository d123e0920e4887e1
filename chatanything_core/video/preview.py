"""Small silent animations for places that cannot play video: GIF and WebP."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from itertools import chain, islice
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt
from PIL import Image

from ..atomic_write import atomic_write
from ..background import run_producer_consumer
from ..errors import InputError
from ..progress import Tick, no_progress
from .encoder import name_write_errors
from .files.image_tags import write_tags
from .records import Video

Pixels = npt.NDArray[np.uint8]
SUFFIXES = (".gif", ".webp")
LOOKAHEAD = 24
"""Frames from which a GIF's 256 colours are chosen."""
CLEAR = 255
"""Which of them is none, where some of the picture is transparent."""


def write_preview(
    path: Path,
    frames: Iterator[Pixels],
    count: int,
    *,
    fps: float,
    side: int = 320,
    tags: Mapping[str, str] | None = None,
    tick: Tick = no_progress,
) -> Video:
    """Encode every second of `count` RGB or RGBA frames, at most `side` pixels wide, as an endless
    loop. `tags` are kept in it, see `image_tags`. A GIF's pixels are clear or opaque.

    Raises:
        InputError: the suffix is neither .gif nor .webp.
        OutputError: the file cannot be written.
    """
    path = Path(path)
    if path.suffix.lower() not in SUFFIXES:
        raise InputError(f"{path.name!r} is not a preview. Choose one of: {', '.join(SUFFIXES)}.")
    write = _gif if path.suffix.lower() == ".gif" else _webp
    speed = Fraction(fps).limit_denominator(1001) / 2
    small = (_small(frame, side) for frame in islice(frames, 0, None, 2))
    with atomic_write(path) as part:
        size = run_producer_consumer(
            small,
            lambda taken: write(part, taken, speed),
            lambda done: tick(min(2 * done, count), count),
            name="chatanything-encoder",
        )
        write_tags(part, tags or {})
    return Video(path, *size, fps / 2, ((count + 1) // 2) / (fps / 2))


def _small(frame: Pixels, side: int) -> Image.Image:
    height, width = frame.shape[:2]
    scale = min(side / width, 1.0)
    picture = Image.fromarray(frame)
    return picture.resize(
        (max(round(width * scale), 1), max(round(height * scale), 1)), Image.Resampling.BOX
    )


def _gif(part: Path, frames: Iterator[Image.Image], fps: Fraction) -> tuple[int, int]:
    """One palette for the whole loop, so still parts do not flicker."""
    ahead = list(islice(frames, LOOKAHEAD))
    width, height = ahead[0].size
    sheet = Image.new("RGB", (width, height * len(ahead)))
    for row, picture in enumerate(ahead):
        sheet.paste(picture.convert("RGB"), (0, row * height))
    found = _colours(sheet)
    alpha = np.full((256, 1), 255, np.uint8)
    if ahead[0].mode == "RGBA":
        found[CLEAR:], alpha[CLEAR:] = found[CLEAR - 1], 0
    palette = Image.new("P", (1, 1))
    palette.putpalette(found.tobytes())
    colours = np.concatenate([alpha, found], axis=1)  # ARGB

    def indexed(picture: Image.Image) -> Any:
        flat = picture.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE)
        numbers = np.array(flat, np.uint8)
        if picture.mode == "RGBA":
            numbers = np.minimum(numbers, CLEAR - 1)
            numbers[np.asarray(picture.getchannel("A")) < 128] = CLEAR
        plane: Any = (numbers, colours)
        return av.VideoFrame.from_ndarray(plane, format="pal8")

    return _write(part, "gif", "gif", "pal8", fps, map(indexed, chain(ahead, frames)), {})


def _colours(sheet: Image.Image) -> Pixels:
    """256 colours, (256, 3): most by how often they occur, so that slopes are smooth, the rest
    by how far apart they are, so that lips and eyes keep theirs."""
    common = sheet.quantize(176, Image.Quantize.MEDIANCUT).getpalette("RGB") or []
    rare = sheet.quantize(80, Image.Quantize.MAXCOVERAGE).getpalette("RGB") or []
    found = np.array([*common[: 3 * 176], *rare[: 3 * 80]], np.uint8).reshape(-1, 3)
    return np.concatenate([found, np.zeros((256 - len(found), 3), np.uint8)])


def _webp(part: Path, frames: Iterator[Image.Image], fps: Fraction) -> tuple[int, int]:
    first = next(frames)
    clear = first.mode == "RGBA"
    pixels, layout = ("yuva420p", "rgba") if clear else ("yuv420p", "rgb24")
    made = (
        av.VideoFrame.from_ndarray(np.array(p), format=layout).reformat(format=pixels)
        for p in chain([first], frames)
    )
    return _write(part, "webp", "libwebp_anim", pixels, fps, made, {"quality": "80"})


@name_write_errors()
def _write(
    part: Path,
    container: str,
    codec: str,
    pixels: str,
    fps: Fraction,
    frames: Iterator[Any],
    options: dict[str, str],
) -> tuple[int, int]:
    first = next(frames)
    with av.open(str(part.absolute()), "w", format=container, options={"loop": "0"}) as out:
        stream: Any = out.add_stream(codec, rate=fps, options=options)
        stream.width, stream.height, stream.pix_fmt = first.width, first.height, pixels
        for index, frame in enumerate(chain([first], frames)):
            frame.pts, frame.time_base = index, 1 / fps
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return first.width, first.height
