"""Frames of a video as pictures, when they fit into memory."""

from itertools import islice
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..progress import Tick, no_progress

PER_PIXEL = 12
"""Bytes that ComfyUI keeps for a pixel: three 32-bit floats."""


def frames_memory(path: Path, first: int = 0, count: int = 0) -> tuple[int, float]:
    """How many frames there are from `first` on, at most `count` unless 0, and the megabytes
    that they would fill as ComfyUI images.

    Raises:
        InputError: no video can be read there.
    """
    try:
        with av.open(str(Path(path).absolute())) as file:
            stream = file.streams.video[0]
            there = stream.frames or sum(1 for _ in file.decode(stream))
            size = stream.codec_context.width * stream.codec_context.height
    except (av.FFmpegError, OSError, IndexError, AttributeError) as error:
        raise InputError(f"{path} is not a readable video: {error}.") from error
    taken = max(there - first, 0)
    taken = min(taken, count) if count else taken
    return taken, taken * size * PER_PIXEL / 2**20


def read_frames(
    path: Path,
    first: int = 0,
    count: int = 0,
    *,
    megabytes: float = 2000.0,
    tick: Tick = no_progress,
) -> npt.NDArray[np.uint8]:
    """RGB frames (F, H, W, 3) from number `first` on, at most `count` unless 0.

    Raises:
        InputError: no video, no frame there, or more than `megabytes` as ComfyUI images.
    """
    taken, needed = frames_memory(path, first, count)
    if not taken:
        raise InputError(f"{Path(path).name} has no frame {first}. Choose an earlier first frame.")
    if needed > megabytes:
        fit = int(taken * megabytes / needed)
        raise InputError(
            f"{taken} frames need {needed:.0f} MB of memory; the cap is {megabytes:.0f} MB. "
            f"Take at most {fit} frames, or raise the cap."
        )
    frames = []
    try:
        with av.open(str(Path(path).absolute())) as file:
            for frame in islice(file.decode(video=0), first, first + taken):
                frames.append(frame.to_ndarray(format="rgb24"))
                tick(len(frames), taken)
        return np.stack(frames)
    except (av.FFmpegError, ValueError) as error:
        raise InputError(
            f"{Path(path).name} is damaged after {len(frames)} frames from number {first}: {error}. "
            "Take fewer frames, or make the video again."
        ) from error
