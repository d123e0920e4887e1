"""What is in a video file, by decoding all of it."""

import io
from dataclasses import dataclass

import av
import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Film:
    """A decoded video."""

    size: tuple[int, int]
    fps: float
    frames: npt.NDArray[np.uint8]
    """Grey, shape (F, H / 4, W / 4)."""
    samples: npt.NDArray[np.float32]
    """First channel, shape (N,)."""
    rate: int
    streams: tuple[int, int]
    """How many of video and of audio."""
    tags: dict[str, str]
    """Container metadata."""

    @property
    def seconds(self) -> float:
        """Length of the picture track."""
        return len(self.frames) / self.fps


def watch(content: bytes) -> Film:
    """Decode every frame and every sample."""
    with av.open(io.BytesIO(content)) as file:
        video, audio = file.streams.video[0], file.streams.audio[0]
        frames, samples = [], []
        for frame in file.decode(video, audio):
            if isinstance(frame, av.VideoFrame):
                frames.append(frame.to_ndarray(format="gray")[::4, ::4])
            else:
                samples.append(frame.to_ndarray()[0])
        return Film(
            (video.width, video.height),
            float(video.average_rate or 0),
            np.stack(frames),
            np.concatenate(samples).astype(np.float32),
            audio.rate,
            (len(file.streams.video), len(file.streams.audio)),
            dict(file.metadata),
        )


def packets(content: bytes) -> list[bytes]:
    """The encoded pictures, untouched."""
    with av.open(io.BytesIO(content)) as file:
        return [bytes(packet) for packet in file.demux(video=0) if packet.size]
