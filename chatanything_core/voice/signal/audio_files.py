"""Audio files in and out."""

import io
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ...atomic_write import atomic_write
from ...errors import InputError
from .mapped_audio import mapped

MAX_SECONDS = 3600
_RATES = (8_000, 192_000)


def load_audio(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """Decode the first audio stream of any file: mono float32 (N,) in [-1, 1], and its rate.

    Raises:
        InputError: no such file, no audio in it, broken, or longer than an hour.
    """
    return _decode(_there(path), str(path))


def open_audio(path: Path, folder: Path) -> tuple[npt.NDArray[np.float32], int]:
    """The same for long audio: the samples stay in a file in `folder`, which must outlive them.

    What is cut out of the array is a copy, and the array cannot be written to. Raises as
    `load_audio` does, and OutputError when `folder` cannot be written to.
    """
    return _decode(_there(path), str(path), lambda pieces: mapped(pieces, folder))


def _there(path: Path) -> str:
    if not Path(path).is_file():
        raise InputError(f"There is no file {path}. Give the path of an audio or video file.")
    return str(path)


def decode_audio(data: bytes, name: str) -> tuple[npt.NDArray[np.float32], int]:
    """The same for a file's bytes; `name` is what an error calls them."""
    return _decode(io.BytesIO(data), name)


def save_wav(path: Path, samples: npt.NDArray[np.float32], rate: int) -> None:
    """Write mono samples in [-1, 1] as a 16-bit WAV file.

    Raises:
        OutputError: the place cannot be written to.
    """
    pcm = np.round(np.clip(samples, -1.0, 1.0) * 32767.0).astype("<i2")
    with atomic_write(Path(path)) as part, wave.open(str(part), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(pcm.tobytes())


def _gathered(pieces: Iterator[npt.NDArray[np.float32]]) -> npt.NDArray[np.float32]:
    return np.concatenate([np.zeros(0, np.float32), *pieces])


def _decode(
    source: str | io.BytesIO,
    name: str,
    keep: Callable[[Iterator[npt.NDArray[np.float32]]], npt.NDArray[np.float32]] = _gathered,
) -> tuple[npt.NDArray[np.float32], int]:
    import av

    try:
        with av.open(source) as container:
            if not container.streams.audio:
                raise InputError(
                    f"{name} contains no audio. Give an audio file, or a video with sound."
                )
            rate = container.streams.audio[0].rate
            samples = keep(_pieces(container, name))
    except (av.error.FFmpegError, UnicodeDecodeError) as error:
        raise InputError(
            f"{name} cannot be read as audio. Use WAV, FLAC, MP3, OGG, M4A or MP4."
        ) from error
    if not len(samples) or not _RATES[0] <= rate <= _RATES[1]:
        raise InputError(f"{name} contains no usable audio: {len(samples)} samples at {rate} Hz.")
    return samples, rate


def _pieces(container: Any, name: str) -> Iterator[npt.NDArray[np.float32]]:
    """Mono samples in [-1, 1], as they are decoded."""
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
                raise InputError(
                    f"{name} is longer than {MAX_SECONDS // 60} minutes. Cut it into parts."
                )
            mono = np.nan_to_num(plane.to_ndarray().mean(0, dtype=np.float32))
            yield np.clip(mono, -1.0, 1.0)
