"""What a judge sees and hears of a film."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import av
import numpy as np
import numpy.typing as npt

from ...errors import InputError
from ...landmarks import Detector, Face
from ...progress import Tick, no_progress
from ...voice import load_audio
from ..records import FilmLook
from .film_meters import (
    LAGS,
    aligned_face,
    best_lag,
    levels,
    likeness,
    lips_apart,
    loudness_of_levels,
    mouth_box,
)
from .look_at_portrait import faces_seen

MOST_SECONDS = 20.0
"""More of a film is not looked at."""
_MOVES = 3.0
"""Grey levels by which the mouth's place differs, in the mean, from its first frame at least once."""
_SILENT = 8000
Pixels = npt.NDArray[np.uint8]
Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class _Seen:
    """What is kept of the frames."""

    fps: float
    change: Array
    """Mean difference of the mouth's place from the first frame, in grey levels, by frame."""
    points: Array
    """(frames, 68, 2) in pixels; NaN where no face was found. Empty when nobody looked."""
    same: Array
    """Likeness with the first frame's face; NaN likewise."""


def look_at_film(
    path: Path,
    image: Pixels,
    face: Face | None,
    judge: Detector | None,
    tick: Tick = no_progress,
) -> FilmLook:
    """Measure a film.

    Args:
        image: The portrait, to which identity is compared, RGB uint8 (H, W, 3).
        face: Where its face is; None when nobody knows, and then nothing is seen to move.
        judge: Looks at every frame; None when it did not find a face on the portrait.

    Raises:
        InputError: no film that can be read.
    """
    seen = _watch(path, image, face, judge, tick)
    samples, rate = _sound(path)
    frames = len(seen.change)
    level = levels(samples, rate, frames, seen.fps)
    moves = bool((seen.change > _MOVES).any())
    base = FilmLook(frames / seen.fps, moves)
    if not len(seen.points):
        return base
    found = ~np.isnan(seen.points[:, 0, 0])
    sync, lag = _sync(seen, found, level)
    quarter = max(1, frames // 4)
    identity, drift = None, None
    if found.any():
        identity = float(np.nanmean(seen.same))
    if found[:quarter].any() and found[-quarter:].any():
        drift = float(np.nanmean(seen.same[:quarter]) - np.nanmean(seen.same[-quarter:]))
    return FilmLook(base.seconds, moves, float(found.mean()), sync, lag, identity, drift)


def _sync(
    seen: _Seen, found: npt.NDArray[np.bool_], level: Array
) -> tuple[float | None, float | None]:
    """Correlation of mouth and loudness, and the lag in ms, where enough was seen."""
    if found.sum() < 3 * LAGS or level.max() - level.min() < 10:
        return None, None
    times = np.arange(len(found))
    opening = np.interp(times, times[found], lips_apart(seen.points[found]))
    lag, agreement = best_lag(opening, loudness_of_levels(level))
    return agreement, 1000 * lag / seen.fps


def _watch(
    path: Path, image: Pixels, face: Face | None, judge: Detector | None, tick: Tick
) -> _Seen:
    first: Array | None = None
    change: list[float] = []
    points: list[Array] = []
    same: list[float] = []
    own = _own_face(image, judge)
    fps = 25.0
    for rate, pixels, frames in _frames(path):
        fps = rate
        tick(len(change), frames)
        mouth = _mouth(pixels, face)
        first = mouth if first is None else first
        change.append(float(np.abs(mouth - first).mean()) if mouth.shape == first.shape else 0.0)
        if own is not None and judge is not None:
            seen = faces_seen(pixels, judge)
            at = _points(seen, pixels)
            points.append(at)
            same.append(likeness(aligned_face(pixels, at), own) if seen else np.nan)
    if not change:
        raise InputError(f"{path} has no picture. Give a film of at least one frame.")
    return _Seen(fps, np.array(change), np.array(points), np.array(same))


def _frames(path: Path) -> Iterator[tuple[float, Pixels, int]]:
    """Frames a second, RGB frame and about how many there are, of the first `MOST_SECONDS`."""
    try:
        with av.open(str(Path(path).absolute())) as file:
            stream = file.streams.video[0]
            fps = float(stream.average_rate or 25)
            most = int(MOST_SECONDS * fps)
            frames = min(stream.frames or most, most)
            for frame in islice(file.decode(stream), most):
                yield fps, frame.to_ndarray(format="rgb24").astype(np.uint8, copy=False), frames
    except (av.FFmpegError, OSError, LookupError, AttributeError, ValueError) as error:
        raise InputError(f"{path} is not a readable film ({str(error)[:200]}).") from error


def _mouth(pixels: Pixels, face: Face | None) -> Array:
    """The mouth's place in grey; one pixel when nobody knows where it is."""
    if face is None:
        return np.zeros((1, 1))
    size = (pixels.shape[1], pixels.shape[0])
    return np.asarray(pixels[mouth_box(face.points * size, size)].mean(2))


def _own_face(image: Pixels, judge: Detector | None) -> Array | None:
    """The portrait's face as the judge sees it, aligned; None when nobody looks or sees it."""
    seen = faces_seen(image, judge) if judge is not None else ()
    return aligned_face(image, _points(seen, image)) if seen else None


def _points(seen: tuple[Face, ...], pixels: Pixels) -> Array:
    """The largest face's points in pixels; NaN without one."""
    if not seen:
        return np.full((68, 2), np.nan)
    return np.asarray(seen[0].points * (pixels.shape[1], pixels.shape[0]))


def _sound(path: Path) -> tuple[npt.NDArray[np.float32], int]:
    """Mono samples and rate; a second of silence when the film has no sound."""
    try:
        return load_audio(path)
    except InputError:
        return np.zeros(_SILENT, np.float32), _SILENT
