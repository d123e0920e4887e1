"""Unlike videos as one: scaled to the first one's size and rate, and encoded again."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageOps

from ...progress import Tick, no_progress
from ...provenance import source_of_parts
from ...voice import at_rate
from ..audio_track import RATE
from ..encoder import write_video
from ..formats import format_of
from ..records import Video
from ..subtitles import Cue
from .read_film import Film, frame_total, frames_of, read_film, sound_of

Pixels = npt.NDArray[np.uint8]


def encode_together(path: Path, parts: Sequence[Path], tick: Tick = no_progress) -> Video:
    """One video of all `parts`, see `join_videos`. Subtitles are kept at their new times.

    Raises:
        InputError: a part that is not a video, or no video suffix.
        OutputError: the file cannot be written.
    """
    films = [read_film(part) for part in parts]
    first = films[0]
    clear = first.clear and bool(format_of(path).alpha)
    counts = [frame_total(film, first.fps) for film in films]
    starts = [float(sum(counts[:at]) / first.fps) for at in range(len(films))]
    sound = [_sound(film, float(n / first.fps)) for film, n in zip(films, counts, strict=True)]
    return write_video(
        path, _frames(films, clear), sum(counts), fps=float(first.fps),
        samples=np.concatenate(sound), rate=RATE, cues=_cues(films, starts),
        source=source_of_parts(film.source for film in films), tick=tick,
    )  # fmt: skip


def _frames(films: Sequence[Film], clear: bool) -> Iterator[Pixels]:
    size = films[0].size
    for film in films:
        for frame in frames_of(film, fps=films[0].fps, clear=clear):
            yield frame if film.size == size else _with_bars(frame, size)


def _with_bars(frame: Pixels, size: tuple[int, int]) -> Pixels:
    """The whole frame at another size, with black or clear bars."""
    page = ImageOps.pad(Image.fromarray(frame), size, Image.Resampling.BICUBIC)
    return np.asarray(page)


def _sound(film: Film, seconds: float) -> npt.NDArray[np.float32]:
    """Its mono sound at RATE, as long as its picture."""
    samples, rate = sound_of(film)
    samples = at_rate(samples, rate, RATE)
    track = np.zeros(round(seconds * RATE), np.float32)
    track[: len(samples)] = samples[: len(track)]
    return track


def _cues(films: Sequence[Film], starts: Sequence[float]) -> tuple[Cue, ...]:
    return tuple(
        replace(cue, start=cue.start + start, end=cue.end + start)
        for film, start in zip(films, starts, strict=True)
        for cue in film.cues
    )
