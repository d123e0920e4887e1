"""The sound track, encoded as far as the picture has come."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av
import numpy as np
import numpy.typing as npt

RATE = 48000
"""Samples a second of every sound track, so that replies of any voice engine can be joined."""
CHUNK = 16384


class SoundTrack:
    """Feeds samples, (N,) or (2, N), to an audio stream in step with the picture."""

    def __init__(
        self, stream: Any, samples: npt.NDArray[np.float32], rate: int, total: int
    ) -> None:
        """`total` samples are written: `samples`, then silence."""
        self._stream, self._samples = stream, samples
        self._rate, self._total = rate, total
        self._done = 0

    def until(self, seconds: Fraction) -> Iterator[Any]:
        """Packets up to a time."""
        end = min(int(seconds * self._rate), self._total)
        while self._done < end:
            stop = min(self._done + CHUNK, end)
            yield from self._stream.encode(self._frame(self._done, stop))
            self._done = stop

    def rest(self) -> Iterator[Any]:
        """All packets that are left."""
        yield from self.until(Fraction(self._total, self._rate))
        yield from self._stream.encode(None)

    def _frame(self, start: int, stop: int) -> av.AudioFrame:
        channels = self._samples.reshape(-1, self._samples.shape[-1])
        block = np.zeros((len(channels), stop - start), np.float32)
        piece = channels[:, start:stop]
        block[:, : piece.shape[1]] = np.clip(piece, -1, 1)
        layout = layout_of(self._samples)
        frame = av.AudioFrame.from_ndarray(block, format="fltp", layout=layout)
        frame.sample_rate, frame.pts = self._rate, start
        frame.time_base = Fraction(1, self._rate)
        return frame


def layout_of(samples: npt.NDArray[np.float32]) -> str:
    """What FFmpeg calls the channels of samples, (N,) or (2, N)."""
    return "stereo" if samples.ndim == 2 else "mono"
