"""Audio files in and out."""

import io
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..files import whole

MAX_SECONDS = 3600
_RATES = (8_000, 192_000)


def load_audio(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """Decode the first audio stream of any file: mono float32 (N,) in [-1, 1], and its rate.

    Raises:
        InputError: no such file, no audio in it, broken, or longer than an hour.
    """
    path = Path(path)
    if not path.is_file():
        raise InputError(f"There is no file {path}. Give the path of an audio or video file.")
    return _decode(str(path), str(path))


def decode_audio(data: bytes, name: str) -> tuple[npt.NDArray[np.float32], int]:
    """The same for a file's bytes; `name` is what an error calls them."""
    return _decode(io.BytesIO(data), name)


def save_wav(path: Path, samples: npt.NDArray[np.float32], rate: int) -> None:
    """Write mono samples in [-1, 1] as a 16-bit WAV file.

    Raises:
        OutputError: the place cannot be written to.
    """
    pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2")
    with whole(Path(path)) as part, wave.open(str(part), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm.tobytes())


def _decode(source: str | io.BytesIO, name: str) -> tuple[npt.NDArray[np.float32], int]:
    import av

    try:
        with av.open(source) as container:
            if not container.streams.audio:
                raise InputError(
                    f"{name} holds no audio. Give an audio file, or a video with sound."
                )
            rate = container.streams.audio[0].rate
            pieces = list(_pieces(container, name))
    except (av.error.FFmpegError, UnicodeDecodeError) as error:
        raise InputError(
            f"{name} cannot be read as audio. Use WAV, FLAC, MP3, OGG, M4A or MP4."
        ) from error
    samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    if not len(samples) or not _RATES[0] <= rate <= _RATES[1]:
        raise InputError(f"{name} holds no usable audio: {len(samples)} samples at {rate} Hz.")
    np.nan_to_num(samples, copy=False)
    return np.clip(samples, -1.0, 1.0, out=samples), rate


def _pieces(container: Any, name: str) -> Iterator[npt.NDArray[np.float32]]:
    import av

    resampler = None
    limit = 0
    for frame in container.decode(audio=0):
        if resampler is None:
            layout, rate = frame.layout, frame.sample_rate
            resampler = av.AudioResampler(format="fltp", layout=layout, rate=rate)
            limit = MAX_SECONDS * rate
        for plane in resampler.resample(frame):
            limit -= plane.samples
            if limit < 0:
                raise InputError(f"{name} is longer than {MAX_SECONDS // 60} minutes. Cut it.")
            yield plane.to_ndarray().mean(0, dtype=np.float32)
