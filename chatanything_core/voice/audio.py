"""Audio files in and out."""

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
    import av

    path = Path(path)
    if not path.is_file():
        raise InputError(f"There is no file {path}. Give the path of an audio or video file.")
    try:
        with av.open(str(path)) as container:
            if not container.streams.audio:
                raise InputError(
                    f"{path} holds no audio. Give an audio file, or a video with sound."
                )
            rate = container.streams.audio[0].rate
            pieces = list(_decoded(container, path))
    except (av.error.FFmpegError, UnicodeDecodeError) as error:
        raise InputError(
            f"{path} cannot be read as audio. Use WAV, FLAC, MP3, OGG, M4A or MP4."
        ) from error
    samples = np.concatenate(pieces) if pieces else np.zeros(0, np.float32)
    if not len(samples) or not _RATES[0] <= rate <= _RATES[1]:
        raise InputError(f"{path} holds no usable audio: {len(samples)} samples at {rate} Hz.")
    return np.clip(np.nan_to_num(samples), -1.0, 1.0), rate


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


def _decoded(container: Any, path: Path) -> Iterator[npt.NDArray[np.float32]]:
    import av

    resampler = None
    limit = 0
    for frame in container.decode(audio=0):
        if resampler is None:
            resampler = av.AudioResampler(
                format="fltp", layout=frame.layout, rate=frame.sample_rate
            )
            limit = MAX_SECONDS * frame.sample_rate
        for plane in resampler.resample(frame):
            limit -= plane.samples
            if limit < 0:
                raise InputError(f"{path} is longer than {MAX_SECONDS // 60} minutes. Cut it.")
            yield plane.to_ndarray().mean(0, dtype=np.float32)
