"""A film that is sent while it is made: fragmented MP4, as a browser's MediaSource takes it."""

import io
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
import numpy.typing as npt

from ..provenance import COMPOSITE, comment_of
from ..provenance.source_types import COMMENT
from .pixel_format import frame_converter

MEDIA_TYPE = 'video/mp4; codecs="avc1.42C01F, mp4a.40.2"'
FRAGMENT = 120_000
"""Microseconds of a fragment: what is waited for before the first picture."""
_SOUND = 48_000
Pixels = npt.NDArray[np.uint8]


class FilmStream:
    """Takes pictures with their sound, and gives the bytes that are whole."""

    def __init__(self, width: int, height: int, fps: float, rate: int) -> None:
        self._buffer = io.BytesIO()
        self._fps = Fraction(fps).limit_denominator(1001)
        self.rate = rate
        size = (width + width % 2, height + height % 2)
        options = {
            "movflags": "empty_moov+default_base_moof",
            "frag_duration": str(FRAGMENT),
        }
        # A file that cannot go back: fragments are written and never touched again.
        self._out: Any = av.open(_Pipe(self._buffer), "w", format="mp4", options=options)
        self._out.metadata[COMMENT] = comment_of(COMPOSITE)
        self._picture = self._out.add_stream("h264", rate=self._fps)
        self._picture.width, self._picture.height = size
        self._picture.pix_fmt = "yuv420p"
        self._picture.options = {
            "preset": "ultrafast",
            "tune": "zerolatency",
            "profile": "baseline",
            "level": "3.1",
            "crf": "22",
        }
        self._sound = self._out.add_stream("aac", rate=_SOUND, layout="mono")
        self._sampler = av.AudioResampler(self._sound.format, "mono", _SOUND, 1024)
        self._to_frame = frame_converter(size, 3, "yuv420p")
        self._frames = 0

    @property
    def seconds(self) -> float:
        """Length of what was taken so far."""
        return float(self._frames / self._fps)

    def add(self, frames: Iterator[Pixels], samples: npt.NDArray[np.float32]) -> Iterator[bytes]:
        """The film goes on with RGB `frames` and what is heard meanwhile; silence where it ends."""
        first = self._frames
        for image in frames:
            done = self._frames - first
            start, end = (round(Fraction(n) / self._fps * self.rate) for n in (done, done + 1))
            self._encode(image, samples[start:end], end - start)
            self._frames += 1
            if piece := self._taken():
                yield piece

    def close(self) -> bytes:
        """The rest of it."""
        self._mux(self._picture.encode(None))
        for part in self._sampler.resample(None):
            self._mux(self._sound.encode(part))
        self._mux(self._sound.encode(None))
        self._out.close()
        return self._taken()

    def _encode(self, image: Pixels, heard: npt.NDArray[np.float32], count: int) -> None:
        frame = self._to_frame(image)
        frame.pts, frame.time_base = self._frames, 1 / self._fps
        self._mux(self._picture.encode(frame))
        padded = np.pad(heard, (0, count - len(heard)))
        sound = av.AudioFrame.from_ndarray(
            (np.clip(padded, -1, 1) * 32767).astype("<i2")[None], format="s16", layout="mono"
        )
        sound.sample_rate = self.rate
        for part in self._sampler.resample(sound):
            self._mux(self._sound.encode(part))

    def _mux(self, packets: Any) -> None:
        for packet in packets:
            self._out.mux(packet)

    def _taken(self) -> bytes:
        piece = self._buffer.getvalue()
        self._buffer.seek(0)
        self._buffer.truncate()
        return piece


class _Pipe:
    """Where the writer writes; it is told that it cannot seek."""

    def __init__(self, buffer: io.BytesIO) -> None:
        self.write = buffer.write
