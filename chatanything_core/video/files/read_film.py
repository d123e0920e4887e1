"""Any video file: what is in it, its frames at an even rate, and its sound."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...provenance import SourceType, source_in
from ...provenance.source_types import COMMENT
from ...voice import load_audio
from ..subtitle_track import read_cues
from ..subtitles import Cue

Pixels = npt.NDArray[np.uint8]
FASTEST = Fraction(60)
"""Frames a second at most."""
HALF = Fraction(1, 2)
_ALPHA_DECODERS = {"vp8": "libvpx", "vp9": "libvpx-vp9"}
"""FFmpeg's own decoders of these pass over the transparency."""


@dataclass(frozen=True, eq=False)
class Film:
    """What a video file holds."""

    path: Path
    size: tuple[int, int]
    """Width and height in pixels."""
    fps: Fraction
    """Frames per second, at most FASTEST."""
    count: int
    """Frames at that rate, at least 1."""
    codec: str
    """Name of the picture's codec."""
    clear: bool
    """Whether its pixels have transparency."""
    sound: str
    """Codec of the first sound track; empty when there is none."""
    channels: int
    cues: tuple[Cue, ...] = ()
    tags: dict[str, str] = field(default_factory=dict)
    """Metadata of the file, but for its label."""
    source: SourceType | None = None
    """What its label says of how it was made; None when it has none."""

    @property
    def seconds(self) -> float:
        """Length of the picture."""
        return float(self.count / self.fps)


def read_film(path: Path) -> Film:
    """Look through a video file without decoding its picture.

    Raises:
        InputError: no video can be read there.
    """
    path = Path(path)
    try:
        with av.open(str(path.absolute())) as file:
            return _surveyed(path, file)
    except (av.FFmpegError, OSError, IndexError) as error:
        raise InputError(f"{path.name} is not a readable video: {error}.") from error


def _surveyed(path: Path, file: Any) -> Film:
    picture, sounds = file.streams.video[0], file.streams.audio
    context = picture.codec_context
    fps = min(picture.average_rate or picture.guessed_rate or Fraction(25), FASTEST)
    cues = read_cues(file)
    file.seek(0)
    seconds = _length(file, picture, fps)
    tags = {key: text for key, text in file.metadata.items() if key.lower() not in _OF_FILE}
    source = source_in(tags)
    alpha = picture.metadata.get("alpha_mode") == "1" or "a" in _components(context)
    return Film(
        path=path,
        size=(context.width, context.height),
        fps=Fraction(fps),
        count=max(round(seconds * fps), 1),
        codec=context.name.removeprefix("lib").split("-")[0].replace("dav1d", "av1"),
        clear=alpha,
        sound=sounds[0].codec_context.name if sounds else "",
        channels=sounds[0].codec_context.channels if sounds else 0,
        cues=cues,
        tags={key: text for key, text in tags.items() if not source or key.lower() != COMMENT},
        source=source,
    )


_OF_FILE = {"major_brand", "minor_version", "compatible_brands", "encoder", "creation_time"}
"""Metadata that tells of the file itself."""


def _components(context: Any) -> str:
    """Letters of the channels that the decoder's pixels have."""
    layout = context.format
    return "a" if layout is not None and len(layout.components) in (2, 4) else ""


def _length(file: Any, picture: Any, fps: Fraction) -> Fraction:
    """Seconds from the first frame to the end of the last."""
    starts, ends = [], []
    for packet in file.demux(picture):
        if packet.pts is not None and packet.size:
            start = packet.pts * packet.time_base
            starts.append(start)
            ends.append(start + (packet.duration * packet.time_base or 1 / fps))
    return max(ends) - min(starts) if starts else Fraction(0)


def frames_of(film: Film, *, fps: Fraction | None = None, clear: bool = False) -> Iterator[Pixels]:
    """RGB, or RGBA when `clear`, frames (H, W, 3 or 4) at an even rate, as many as the length has.

    Each is what is seen in the middle of its time.

    Raises:
        InputError: the file is damaged.
    """
    fps, layout = fps or film.fps, "rgba" if clear else "rgb24"
    count, given, seen = frame_total(film, fps), 0, None
    for moment, frame in _decoded(film, clear):
        while seen is not None and given < count and (given + HALF) / fps < moment:
            yield seen.to_ndarray(format=layout)
            given += 1
        seen = frame
    if seen is None:
        raise InputError(f"{film.path.name} has no frame that can be read. Make the video again.")
    last = seen.to_ndarray(format=layout)
    for _ in range(given, count):
        yield last


def frame_total(film: Film, fps: Fraction) -> int:
    """How many frames it has at that rate, at least 1."""
    return max(round(film.count / film.fps * fps), 1)


def _decoded(film: Film, clear: bool) -> Iterator[tuple[Fraction, Any]]:
    """Every frame with its seconds since the first."""
    begin: Fraction | None = None
    try:
        with av.open(str(film.path.absolute())) as file:
            stream: Any = file.streams.video[0]
            for frame in _through(file, stream, _ALPHA_DECODERS.get(film.codec) if clear else None):
                moment = (frame.pts or 0) * stream.time_base
                begin = moment if begin is None else begin
                yield moment - begin, frame
    except av.FFmpegError as error:
        raise InputError(f"{film.path.name} is damaged: {error}. Make the video again.") from error


def _through(file: Any, stream: Any, decoder: str | None) -> Iterator[Any]:
    if decoder is None:
        yield from file.decode(stream)
        return
    context: Any = av.CodecContext.create(decoder, "r")
    for packet in file.demux(stream):
        yield from context.decode(packet if packet.size else None)


def sound_of(film: Film) -> tuple[npt.NDArray[np.float32], int]:
    """Its sound as mono samples, and their rate; one sample of silence when it has none."""
    if not film.sound:
        return np.zeros(1, np.float32), 48000
    return load_audio(film.path)
