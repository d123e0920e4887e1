"""Audio files in and out."""

import io
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ...atomic_write import atomic_write
from ...errors import InputError
from .downmix import BLOCK, MOST_CHANNELS, Downmix, Levels
from .mapped_audio import mapped

MAX_SECONDS = 3600
RATES = (4_000, 192_000)
"""Samples a second that a file may have."""
LEAST_RATE = 8_000
"""Samples a second that come out at least: speech is timed by what lies below 4 kHz."""
READABLE = "Use WAV, FLAC, MP3, OGG, M4A or MP4."

Samples = npt.NDArray[np.float32]
Say = Callable[[str], None]
"""Is told what a person should know of a sound that could be read, a sentence at a time."""


def unsaid(sentence: str) -> None:
    """Keep it to oneself."""


def load_audio(path: Path, say: Say = unsaid) -> tuple[Samples, int]:
    """Decode the first audio stream of any file: mono float32 (N,) in [-1, 1], and its rate.

    Channels are mixed as `downmix` says, a constant offset is taken away, and peaks above full
    scale are scaled to fit. Damaged packets are left out; where the rate changes on the way, as
    in files put together, the highest one holds for all.

    Raises:
        InputError: no such file, no audio in it, broken, more than 64 channels, a rate outside
            4 to 192 kHz, or longer than an hour.
    """
    return _decode(_there(path), str(path), say=say)


def open_audio(path: Path, folder: Path, say: Say = unsaid) -> tuple[Samples, int]:
    """The same for long audio: the samples stay in a file in `folder`, which must outlive them.

    What is cut out of the array is a copy, and the array cannot be written to. Raises as
    `load_audio` does, and OutputError when `folder` cannot be written to.
    """
    return _decode(_there(path), str(path), lambda pieces: mapped(pieces, folder), say)


def _there(path: Path) -> str:
    if not Path(path).is_file():
        raise InputError(f"There is no file {path}. Give the path of an audio or video file.")
    # FFmpeg takes the `rec` of `rec:1.wav` for a protocol.
    return str(Path(path).absolute())


def decode_audio(data: bytes, name: str) -> tuple[Samples, int]:
    """The same for a file's bytes; `name` is what an error calls them."""
    return _decode(io.BytesIO(data), name)


def save_wav(path: Path, samples: Samples, rate: int) -> None:
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


def _gathered(pieces: Iterator[Samples]) -> Samples:
    return np.concatenate([np.zeros(0, np.float32), *pieces])


def _decode(
    source: str | io.BytesIO,
    name: str,
    keep: Callable[[Iterator[Samples]], Samples] = _gathered,
    say: Say = unsaid,
) -> tuple[Samples, int]:
    """Read twice: how loud each channel is decides how they are mixed."""
    import av

    found = _Survey(name)
    try:
        for block in _joined(_blocks(source, found)):
            found.add(block)
        found.check()
        samples = keep(_mixed(_joined(_blocks(source, _Survey(name))), found))
    except (av.error.FFmpegError, UnicodeDecodeError) as error:
        raise InputError(f"{name} cannot be read as audio. {READABLE}") from error
    for note in found.notes():
        say(f"{name}: {note}")
    return samples, found.rate


@dataclass(frozen=True, eq=False)
class _Block:
    """Some samples as the file has them."""

    samples: Samples
    """Shape (n, channels)."""
    rate: int


@dataclass(eq=False)
class _Survey:
    """What is in a file, after it was read once."""

    name: str
    damaged: int = 0
    """Packets that could not be decoded."""
    seconds: float = 0.0
    rates: set[int] = field(default_factory=set)
    levels: dict[int, Levels] = field(default_factory=dict)
    """By number of channels, which may change in files put together."""

    @property
    def rate(self) -> int:
        """Samples a second of what comes out."""
        return max(LEAST_RATE, *self.rates)

    def add(self, block: _Block) -> None:
        """Take note of a block; raises InputError when it cannot be used."""
        channels = block.samples.shape[1]
        if not RATES[0] <= block.rate <= RATES[1]:
            raise InputError(
                f"{self.name} has {block.rate} samples a second. "
                f"Give audio of {RATES[0]} to {RATES[1]}, such as 48000."
            )
        self.seconds += len(block.samples) / block.rate
        if self.seconds > MAX_SECONDS:
            raise InputError(
                f"{self.name} is longer than {MAX_SECONDS // 60} minutes. Cut it into parts."
            )
        self.rates.add(block.rate)
        self.levels.setdefault(channels, Levels(channels)).add(block.samples)

    def check(self) -> None:
        """Raise InputError when nothing was found."""
        if self.seconds > 0:
            return
        if self.damaged:
            raise InputError(
                f"{self.name} cannot be read as audio: all of it is damaged. {READABLE}"
            )
        raise InputError(
            f"The sound of {self.name} is empty. "
            f"Give at least 0.05 seconds of speech, and at most {MAX_SECONDS // 60} minutes."
        )

    def mixes(self) -> dict[int, Downmix]:
        """How to mix, by number of channels."""
        return {channels: levels.downmix() for channels, levels in self.levels.items()}

    def notes(self) -> Iterator[str]:
        """What a person should know."""
        if self.damaged:
            pieces = (
                "1 damaged piece was"
                if self.damaged == 1
                else f"{self.damaged} damaged pieces were"
            )
            yield f"{pieces} left out."
        for mix in self.mixes().values():
            yield from mix.notes


def _blocks(source: str | io.BytesIO, found: _Survey) -> Iterator[_Block]:
    """What the first audio stream that can be decoded holds; counts what is damaged."""
    import av

    if not isinstance(source, str):
        source.seek(0)
    with av.open(source) as container:
        stream = _stream(container, found.name)
        packers: dict[tuple[str, str, int], Any] = {}
        for packet in _packets(container, stream, found):
            try:
                frames = packet.decode()
            except av.error.FFmpegError:
                found.damaged += 1
                continue
            for frame in frames:
                key = (frame.format.name, frame.layout.name, frame.sample_rate)
                if key not in packers:
                    packers[key] = _packer(frame, found.name)
                # Planes beyond the eighth cannot be read, so they are packed first.
                for packed in packers[key].resample(frame):
                    channels = packed.layout.nb_channels
                    yield _Block(packed.to_ndarray().reshape(-1, channels), frame.sample_rate)


def _joined(blocks: Iterator[_Block]) -> Iterator[_Block]:
    """The same samples in fewer blocks: packets are short, and each costs some time."""
    held: list[Samples] = []
    kind, count = (0, 0), 0
    for block in blocks:
        now = (block.rate, block.samples.shape[1])
        if held and (now != kind or count >= BLOCK):
            yield _Block(np.concatenate(held), kind[0])
            held, count = [], 0
        held.append(block.samples)
        kind, count = now, count + len(block.samples)
    if held:
        yield _Block(np.concatenate(held), kind[0])


def _stream(container: Any, name: str) -> Any:
    known = [stream for stream in container.streams.audio if stream.codec_context is not None]
    if known:
        return known[0]
    if container.streams.audio:
        raise InputError(f"The sound of {name} has an unknown codec. {READABLE}")
    raise InputError(f"{name} contains no audio. Give an audio file, or a video with sound.")


def _packets(container: Any, stream: Any, found: _Survey) -> Iterator[Any]:
    """Packets up to the end, or to where the file breaks off."""
    import av

    try:
        yield from container.demux(stream)
    except av.error.FFmpegError:
        found.damaged += 1


def _packer(frame: Any, name: str) -> Any:
    import av

    if frame.layout.nb_channels > MOST_CHANNELS:
        raise InputError(
            f"{name} has {frame.layout.nb_channels} channels. Give audio of 1 to {MOST_CHANNELS}."
        )
    return av.AudioResampler(format="flt", layout=frame.layout, rate=frame.sample_rate)


def _mixed(blocks: Iterator[_Block], found: _Survey) -> Iterator[Samples]:
    """Mono pieces at one rate."""
    mixes, resample = found.mixes(), _Resampler(found.rate)
    for block in blocks:
        yield from resample(mixes[block.samples.shape[1]].mono(block.samples), block.rate)
    yield from resample.rest()


class _Resampler:
    """Mono pieces of changing rates at one."""

    def __init__(self, rate: int) -> None:
        self._rate = rate
        self._from = rate
        self._inner: Any = None

    def __call__(self, piece: Samples, rate: int) -> Iterator[Samples]:
        """What is ready of this piece and of those before."""
        import av

        if rate != self._from:
            yield from self.rest()
            self._from = rate
        if rate == self._rate:
            yield piece
            return
        if self._inner is None:
            self._inner = av.AudioResampler(format="fltp", layout="mono", rate=self._rate)
        frame = av.AudioFrame.from_ndarray(piece[None], format="fltp", layout="mono")
        frame.sample_rate, frame.time_base = rate, Fraction(1, rate)
        yield from self._given(frame)

    def rest(self) -> Iterator[Samples]:
        """The last samples of the rate so far."""
        if self._inner is not None:
            yield from self._given(None)
            self._inner = None

    def _given(self, frame: Any) -> Iterator[Samples]:
        for ready in self._inner.resample(frame):
            yield np.clip(ready.to_ndarray()[0], -1, 1)
