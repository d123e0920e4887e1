"""Frames and sound into an MP4, one frame at a time."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..files import whole
from ..progress import Tick, silent
from .handover import hand_over
from .records import Video
from .sound import SoundTrack, aac_rate

Pixels = npt.NDArray[np.uint8]
PRESETS = ("ultrafast", "superfast", "veryfast", "faster", "fast", "medium", "slow")


@dataclass(frozen=True)
class Coding:
    """How the picture is compressed."""

    crf: int = 20
    """Constant rate factor, 0 (lossless) to 51 (worst)."""
    preset: str = "veryfast"
    """One of PRESETS: slower ones make smaller files."""

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            raise InputError(
                f"Unknown preset {self.preset!r}. Choose one of: {', '.join(PRESETS)}."
            )
        if not 0 <= self.crf <= 51:
            raise InputError(
                f"crf {self.crf} is out of range. Choose 0 (lossless) to 51; 20 is good."
            )


DEFAULT = Coding()


def write_video(
    path: Path,
    frames: Iterator[Pixels],
    count: int,
    *,
    fps: float,
    samples: npt.NDArray[np.float32],
    rate: int,
    coding: Coding = DEFAULT,
    tick: Tick = silent,
) -> Video:
    """Encode `count` RGB frames (H, W, 3) and mono sound as H.264 and AAC in an MP4.

    Odd sizes gain one row or column, as 4:2:0 needs. The sound is filled with silence up to
    the end of the last frame, so both streams end together. Frames are rendered on this
    thread and encoded on another; the file appears only when it is whole.

    Raises:
        OutputError: the file cannot be written.
    """
    path = Path(path)
    speed = Fraction(fps).limit_denominator(1001)
    with whole(path) as part:
        size = hand_over(
            frames,
            lambda taken: _encode(part, taken, count, speed, samples, rate, coding),
            lambda done: tick(done, count),
        )
    return Video(path, *size, fps, count / fps)


def _encode(
    part: Path,
    frames: Iterator[Pixels],
    count: int,
    fps: Fraction,
    samples: npt.NDArray[np.float32],
    rate: int,
    coding: Coding,
) -> tuple[int, int]:
    first = next(frames)
    height, width = first.shape[:2]
    size = (width + width % 2, height + height % 2)
    with av.open(str(part), "w", format="mp4", options={"movflags": "faststart"}) as out:
        picture = _picture(out, size, fps, coding)
        stream = out.add_stream("aac", rate=aac_rate(rate), layout="mono")
        sound = SoundTrack(stream, samples, rate, round(count / fps * rate))
        to_frame = framer(size)
        for index, pixels in enumerate(_chain(first, frames)):
            frame = to_frame(pixels)
            frame.pts, frame.time_base = index, 1 / fps
            out.mux(picture.encode(frame))
            for packet in sound.until((index + 1) / fps):
                out.mux(packet)
        out.mux(picture.encode(None))
        for packet in sound.rest():
            out.mux(packet)
    return size


def _chain(first: Pixels, others: Iterator[Pixels]) -> Iterator[Pixels]:
    yield first
    yield from others


def _picture(out: Any, size: tuple[int, int], fps: Fraction, coding: Coding) -> Any:
    options = {
        "crf": str(coding.crf),
        "preset": coding.preset,
        # x264's choices depend on its thread counts, so a machine must not choose them.
        "x264-params": "threads=1:lookahead-threads=1:sliced-threads=0",
    }
    picture = out.add_stream("libx264", rate=fps, options=options)
    picture.width, picture.height = size
    picture.pix_fmt = "yuv420p"
    context = picture.codec_context
    context.time_base = 1 / fps
    # BT.601, limited range: what the conversion below makes.
    context.colorspace, context.color_primaries, context.color_trc = 6, 6, 6
    context.color_range = 1
    return picture


def framer(size: tuple[int, int]) -> Any:
    """A function from RGB (h, w, 3) to a yuv420p frame of `size` (width, height)."""
    width, height = size

    def padded(pixels: Pixels) -> Pixels:
        below, beside = height - pixels.shape[0], width - pixels.shape[1]
        if below or beside:
            return np.pad(pixels, ((0, below), (0, beside), (0, 0)), mode="edge")
        return pixels

    def by_swscale(pixels: Pixels) -> av.VideoFrame:
        return av.VideoFrame.from_ndarray(padded(pixels), format="rgb24").reformat(format="yuv420p")

    try:
        import cv2
    except ImportError:
        return by_swscale

    def by_opencv(pixels: Pixels) -> av.VideoFrame:
        planes: Any = cv2.cvtColor(padded(pixels), cv2.COLOR_RGB2YUV_I420)
        return av.VideoFrame.from_ndarray(planes, format="yuv420p")

    return by_opencv
