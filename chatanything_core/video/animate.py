"""From a portrait and a voice to a talking video."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Literal, get_args

import numpy as np
import numpy.typing as npt

from ..errors import InputError
from ..landmarks import Face
from ..persona import NEUTRAL, Emotion
from ..progress import Tick, no_progress
from ..provenance import COMPOSITE, SourceType, comment_of, mark_frames
from ..provenance.source_types import COMMENT
from ..ranges import Range
from ..runtime import Runtime, default_runtime
from ..talking_head import (
    NATURAL,
    Amounts,
    Motion,
    frame_count,
    heads,
    idle_motion,
    loudness_levels,
    notes_of,
    plan_motion,
)
from ..voice import Speech, Timeline
from .encoder import write_video
from .formats import DEFAULT, FORMATS, Coding
from .preview import SUFFIXES, write_preview
from .records import Video
from .subtitles import Cue, captioned, cues_of

SIDES = Range(256, 1920, "pixels")
"""Width and height of a portrait that is animated."""
Subtitles = Literal["none", "track", "burnt"]
SUBTITLES: tuple[Subtitles, ...] = get_args(Subtitles)
PIECE = 1 << 18
"""Samples that are looked at together; long sound may be in a file."""
QUIET = 48000
"""Samples per second of the silence in an idle loop."""


def animate(
    image: npt.NDArray[np.uint8],
    face: Face,
    speech: Speech,
    path: Path,
    *,
    head: str = "",
    fps: float = 25.0,
    emotion: Emotion = NEUTRAL,
    amounts: Amounts = NATURAL,
    coding: Coding = DEFAULT,
    subtitles: Subtitles = "none",
    seed: int = 0,
    who: str = "",
    source: SourceType = COMPOSITE,
    mark: bool = False,
    runtime: Runtime | None = None,
    tick: Tick = no_progress,
) -> Video:
    """Make the portrait say the speech, in a video that appears at `path` when it is complete.

    An empty `head` means the first of `heads`. The suffix of `path` chooses the format, see
    `write_video`; .gif and .webp make a small silent preview. An RGBA portrait keeps its transparency
    in .webm and .mov. Frames are streamed, and sound from `voice.open_audio` stays in its file: memory
    hardly grows with the speech. The same input gives the same frames on every run. `who`, such as
    a persona's name, keeps faces of one seed from moving in step; without it the landmarks do. The
    file says that a machine made it, as `source` has it, and with `mark` a corner of the picture.

    Raises:
        InputError: a portrait, a sound or an option that cannot be used.
        OutputError: the file cannot be written.
    """
    _check(image, face, speech, subtitles, Path(path))
    speech = replace(speech, timeline=replace(speech.timeline, duration=speech.seconds))
    motion = _planned(speech, fps, emotion, amounts, seed, who or _known_by(face))
    ready = heads.create(head).prepare(image, face, runtime or default_runtime())
    frames, cues = _titled(ready.frames(motion, speech), speech, subtitles, fps)
    frames = mark_frames(frames) if mark else frames
    made = _written(Path(path), frames, len(motion), fps, speech, coding, cues, source, tick)
    return replace(made, notes=notes_of(ready))


def _check(
    image: npt.NDArray[np.uint8], face: Face, speech: Speech, subtitles: str, path: Path
) -> None:
    """Raise InputError on what would only be refused after it was drawn."""
    check_portrait(image, face)
    check_sound(speech)
    check_subtitles(subtitles)
    check_suffix(path)


def _titled(
    frames: Iterator[npt.NDArray[np.uint8]], speech: Speech, subtitles: Subtitles, fps: float
) -> tuple[Iterator[npt.NDArray[np.uint8]], tuple[Cue, ...]]:
    """Frames with burnt subtitles, or the cues of a track."""
    cues = cues_of(speech.timeline) if subtitles != "none" else ()
    if subtitles == "burnt":
        return captioned(frames, cues, fps), ()
    return frames, cues


def _known_by(face: Face) -> str:
    """What tells a face from others when nobody says whose it is."""
    return np.array2string(np.round(face.points[::17], 3), separator=",")


def _planned(
    speech: Speech, fps: float, emotion: Emotion, amounts: Amounts, seed: int, who: str
) -> Motion:
    """The motion of a face that says the speech."""
    level = loudness_levels(speech.samples, speech.rate, frame_count(speech.seconds, fps), fps)
    return plan_motion(
        speech.timeline,
        fps=fps,
        emotion=emotion,
        amounts=amounts,
        seed=seed,
        who=who,
        level=level,
    )


def _written(
    path: Path,
    frames: Iterator[npt.NDArray[np.uint8]],
    count: int,
    fps: float,
    speech: Speech,
    coding: Coding,
    cues: tuple[Cue, ...],
    source: SourceType,
    tick: Tick,
) -> Video:
    """A preview or a video, as the suffix says."""
    if path.suffix.lower() in SUFFIXES:
        label = {COMMENT: comment_of(source)}
        return write_preview(path, frames, count, fps=fps, tags=label, tick=tick)
    return write_video(
        path,
        frames,
        count,
        fps=fps,
        samples=speech.samples,
        rate=speech.rate,
        coding=coding,
        cues=cues,
        source=source,
        tick=tick,
    )


def idle(
    image: npt.NDArray[np.uint8],
    face: Face,
    seconds: float,
    path: Path,
    *,
    head: str = "",
    fps: float = 25.0,
    emotion: Emotion = NEUTRAL,
    amounts: Amounts = NATURAL,
    coding: Coding = DEFAULT,
    seed: int = 0,
    who: str = "",
    source: SourceType = COMPOSITE,
    mark: bool = False,
    runtime: Runtime | None = None,
    tick: Tick = no_progress,
) -> Video:
    """Make the portrait wait and breathe for `seconds`, in a silent video whose end flows into
    its beginning. `source` and `mark` are as for `animate`; raises as it does."""
    check_portrait(image, face)
    check_suffix(Path(path))
    life = who or _known_by(face)
    motion = idle_motion(seconds, fps=fps, emotion=emotion, amounts=amounts, seed=seed, who=life)
    ready = heads.create(head).prepare(image, face, runtime or default_runtime())
    frames = ready.frames(motion)
    frames = mark_frames(frames) if mark else frames
    quiet = Speech(np.zeros(1, np.float32), QUIET, Timeline(seconds))
    made = _written(Path(path), frames, len(motion), fps, quiet, coding, (), source, tick)
    return replace(made, notes=notes_of(ready))


def check_suffix(path: Path) -> None:
    """Raise InputError when `path` is the name of nothing that can be made."""
    allowed = (*FORMATS, *SUFFIXES)
    if path.suffix.lower() not in allowed:
        raise InputError(
            f"{path.name!r} does not have the suffix of a video. Choose one of: {', '.join(allowed)}."
        )


def check_subtitles(subtitles: str) -> None:
    """Raise InputError unless `subtitles` is a known kind."""
    if subtitles not in SUBTITLES:
        raise InputError(f"Unknown subtitles {subtitles!r}. Choose one of: {', '.join(SUBTITLES)}.")


def check_portrait(image: npt.NDArray[np.uint8], face: Face) -> None:
    """Raise InputError on a picture that cannot be a portrait, or is not the one of `face`."""
    if image.ndim != 3 or image.shape[2] not in (3, 4) or image.dtype != np.uint8:
        raise InputError(
            f"A portrait is RGB or RGBA uint8 of shape (height, width, 3 or 4), not {image.dtype} "
            f"of shape {image.shape}. Load it with landmarks.load_image."
        )
    height, width = image.shape[:2]
    if height not in SIDES or width not in SIDES:
        raise InputError(
            f"A portrait of {width}x{height} pixels cannot be animated. "
            f"Scale it so that both sides are {SIDES}, as video.fit_portrait does."
        )
    wide, high = face.size
    if abs(width * high - height * wide) > 0.02 * width * high:
        raise InputError(
            f"The face was found in a picture of {wide}x{high} pixels, and this one of "
            f"{width}x{height} has other proportions. Find the face in this picture."
        )


def check_sound(speech: Speech) -> None:
    """Raise InputError on sound that cannot be played."""
    if len(speech.samples) == 0:
        raise InputError("The speech is empty. Give at least one sample of audio.")
    pieces = (speech.samples[at : at + PIECE] for at in range(0, len(speech.samples), PIECE))
    broken = sum(int(np.count_nonzero(~np.isfinite(piece))) for piece in pieces)
    if broken:
        raise InputError(
            f"The speech has {broken} samples that are not numbers. Export the audio again."
        )
