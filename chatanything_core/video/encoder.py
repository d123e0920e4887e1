"""Frames, sound and subtitles into a file, one frame at a time."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from ..atomic_write import atomic_write
from ..background import run_producer_consumer
from ..errors import InputError, OutputError
from ..progress import Tick, no_progress
from ..provenance import SourceType, add_xmp_box, comment_of
from ..provenance.source_types import COMMENT
from .audio_track import RATE, SoundTrack, layout_of
from .formats import DEFAULT, Coding, Format, format_of
from .pixel_format import frame_converter
from .records import Video
from .subtitle_track import SubtitleTrack
from .subtitles import Cue

Pixels = npt.NDArray[np.uint8]
WAITING = 4 << 20
"""Bytes of frames between the renderer and the encoder."""
XMP = ("mp4", "mov")
"""Containers that have a place for XMP."""


def write_video(
    path: Path,
    frames: Iterator[Pixels],
    count: int,
    *,
    fps: float,
    samples: npt.NDArray[np.float32],
    rate: int,
    coding: Coding = DEFAULT,
    cues: tuple[Cue, ...] = (),
    tags: Mapping[str, str] | None = None,
    source: SourceType | None = None,
    tick: Tick = no_progress,
) -> Video:
    """Encode `count` RGB or RGBA frames (H, W, 3 or 4) and sound, mono (N,) or stereo (2, N).

    The suffix of `path` chooses the format: .mp4 (H.264, AAC), .webm (VP9, Opus; keeps
    transparency) or .mov (ProRes 4444, AAC; keeps transparency). `cues` become a subtitle
    track, `tags` the file's metadata. `source` says in the file that a machine made it. Odd sizes gain one row or column, as 4:2:0 needs. The sound is filled with silence
    up to the end of the last frame, so both end together. Frames are rendered on this thread
    and encoded on another; the file appears only when it is complete.

    Raises:
        InputError: no video suffix, or a track that the format cannot hold.
        OutputError: the file cannot be written.
    """
    path = Path(path)
    form = format_of(path)
    with atomic_write(path) as part:
        speed = Fraction(fps).limit_denominator(1001)
        job = _Job(part, form, coding, count, speed, samples, rate, cues, tags or {}, source)
        first = next(frames)
        room = WAITING // first.nbytes
        taken = _resumed([first], frames)
        del first
        size = run_producer_consumer(
            taken, job.encode, lambda done: tick(done, count), room, name="chatanything-encoder"
        )
    return Video(path, *size, fps, count / fps)


@contextmanager
def name_write_errors() -> Iterator[None]:
    """Turn what stops the writing of a video into our errors.

    Raises:
        OutputError: an OSError, such as a full disk, or what FFmpeg refuses.
    """
    try:
        yield
    except (OSError, av.FFmpegError) as error:
        raise OutputError(
            f"Cannot write the video: {error.strerror or error}. "
            "Free some space or choose another folder."
        ) from error


@contextmanager
def open_output(
    part: Path, form: Format, tags: Mapping[str, str], source: SourceType | None
) -> Iterator[Any]:
    """An open container to write to, with its metadata and its label."""
    options = dict(form.container_options)
    if tags and "movflags" in options:
        options["movflags"] += "+use_metadata_tags"
    # FFmpeg takes the `a` of `a:b.mp4` for a protocol.
    with av.open(str(part.absolute()), "w", format=form.container, options=options) as out:
        out.metadata.update(tags)
        if source:
            out.metadata[COMMENT] = comment_of(source)
        yield out
    if source and form.container in XMP:
        add_xmp_box(part, source)


@dataclass(frozen=True, eq=False)
class _Job:
    """One file being written."""

    part: Path
    form: Format
    coding: Coding
    count: int
    fps: Fraction
    samples: npt.NDArray[np.float32]
    rate: int
    cues: tuple[Cue, ...]
    tags: Mapping[str, str]
    source: SourceType | None

    @name_write_errors()
    def encode(self, frames: Iterator[Pixels]) -> tuple[int, int]:
        """Write all streams in step; returns width and height."""
        first = next(frames)
        height, width = first.shape[:2]
        size = (width + width % 2, height + height % 2)
        pixels = self._pixel_format(first.shape[2])
        with open_output(self.part, self.form, self.tags, self.source) as out:
            picture = self._picture(out, size, pixels)
            sound = self._sound(out)
            titles = SubtitleTrack(out, self.form.titles, self.cues)
            to_frame = frame_converter(size, first.shape[2], pixels)
            taken = _resumed([first], frames)
            del first
            for index, image in enumerate(taken):
                frame = to_frame(image)
                frame.pts, frame.time_base = index, 1 / self.fps
                now = (index + 1) / self.fps
                for packets in (picture.encode(frame), sound.until(now), titles.until(now)):
                    _mux(out, packets)
            _mux(out, picture.encode(None))
            _mux(out, sound.rest())
        return size

    def _pixel_format(self, depth: int) -> str:
        if depth == 3:
            return self.form.pixels
        if not self.form.alpha:
            raise InputError(
                "MP4 cannot hold transparency. Choose .webm or .mov, or lay the portrait over "
                "a background."
            )
        return self.form.alpha

    def _picture(self, out: Any, size: tuple[int, int], pixels: str) -> Any:
        picture = out.add_stream(
            self.form.codec, rate=self.fps, options=self.form.options(self.coding, size)
        )
        picture.width, picture.height = size
        picture.pix_fmt = pixels
        context = picture.codec_context
        context.time_base = 1 / self.fps
        # BT.601, limited range: what the conversion to YUV makes.
        context.colorspace, context.color_primaries, context.color_trc = 6, 6, 6
        context.color_range = 1
        return picture

    def _sound(self, out: Any) -> SoundTrack:
        stream = out.add_stream(
            self.form.sound,
            rate=RATE,
            layout=layout_of(self.samples),
            options=self.form.sound_options,
        )
        return SoundTrack(stream, self.samples, self.rate, round(self.count / self.fps * self.rate))


def _mux(out: Any, packets: Any) -> None:
    for packet in packets:
        out.mux(packet)


def _resumed(first: list[Pixels], others: Iterator[Pixels]) -> Iterator[Pixels]:
    """The only one of `first` and then `others`; no frame is kept once it has passed."""
    yield first.pop()
    yield from others
