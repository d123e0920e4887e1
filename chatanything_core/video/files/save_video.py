"""A video file in the format that is asked for: copied where that can be, else encoded again."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import av

from ...atomic_write import atomic_write
from ...errors import InputError
from ...progress import Tick, no_progress
from ...provenance import comment_of
from ...provenance.source_types import COMMENT
from ..encoder import name_write_errors, open_output, write_video
from ..formats import DEFAULT, FORMATS, Coding, format_of
from ..preview import SUFFIXES, write_preview
from ..records import Video
from ..subtitle_track import SubtitleTrack
from .read_film import Film, frames_of, read_film, sound_of

SAVED = ("mp4", "webm", "mov", "gif", "webp")
"""Formats of `save_video`."""
_HOME = {"vp8": ".webm", "vp9": ".webm", "prores": ".mov", "qtrle": ".mov"}
"""The format that holds a codec as it is, where that is not MP4."""


def natural_suffix(film: Film) -> str:
    """The format that keeps most of a film, encoding nothing again where that can be."""
    suffix = film.path.suffix.lower()
    if suffix in FORMATS and film.codec in FORMATS[suffix].takes:
        return suffix
    return _HOME.get(film.codec, ".webm" if film.clear else ".mp4")


def save_video(
    source: Path,
    path: Path,
    *,
    tags: Mapping[str, str] | None = None,
    coding: Coding = DEFAULT,
    tick: Tick = no_progress,
) -> tuple[Video, tuple[str, ...]]:
    """Save the video file `source` as `path`, whose suffix is one of SAVED; and what that lost.

    Picture, sound, transparency, subtitles, metadata and label stay where the format can hold them; `tags`
    come to the metadata. What the format takes as it is, is copied packet by packet.

    Raises:
        InputError: no video, or another suffix.
        OutputError: the file cannot be written.
    """
    path, film = Path(path), read_film(source)
    if path.suffix.lower().removeprefix(".") not in SAVED:
        raise InputError(f"{path.name!r} cannot be saved. Choose one of: {', '.join(SAVED)}.")
    everything = {**film.tags, **(tags or {})}
    if path.suffix.lower() in SUFFIXES:
        return _as_loop(film, path, everything, tick)
    if can_copy(film, path.suffix):
        return _copied(film, path, everything, tick), ()
    clear = film.clear and bool(format_of(path).alpha)
    samples, rate = sound_of(film)
    video = write_video(
        path, frames_of(film, clear=clear), film.count, fps=float(film.fps), samples=samples,
        rate=rate, coding=coding, cues=film.cues, tags=everything,
        source=film.source, tick=tick,
    )  # fmt: skip
    return video, _losses(film, path.suffix.lower())


def can_copy(film: Film, suffix: str) -> bool:
    """Whether a file with that suffix takes picture and sound as they are."""
    taken = FORMATS[suffix.lower()].takes
    return film.codec in taken and (not film.sound or film.sound in taken)


def _losses(film: Film, suffix: str) -> tuple[str, ...]:
    """What a person should know of a film that was encoded again."""
    notes = []
    if film.clear and not FORMATS[suffix].alpha:
        notes.append("MP4 holds no transparency; webm and mov do.")
    if film.channels > 1:
        notes.append(f"The sound's {film.channels} channels were mixed to one.")
    return tuple(notes)


def _as_loop(
    film: Film, path: Path, tags: Mapping[str, str], tick: Tick
) -> tuple[Video, tuple[str, ...]]:
    frames = frames_of(film, clear=film.clear)
    label = {COMMENT: comment_of(film.source)} if film.source else {}
    tags = {**tags, **label}
    video = write_preview(
        path, frames, film.count, fps=float(film.fps), side=film.size[0], tags=tags, tick=tick
    )
    lost = ["sound"] * bool(film.sound) + ["subtitles"] * bool(film.cues)
    kind = path.suffix[1:].upper()
    return video, (f"A {kind} has no {' and no '.join(lost)}.",) if lost else ()


def _copied(film: Film, path: Path, tags: Mapping[str, str], tick: Tick) -> Video:
    with atomic_write(path) as part:
        _copy(film, part, tags, tick)
    return Video(path, *film.size, float(film.fps), film.seconds)


@name_write_errors()
def _copy(film: Film, part: Path, tags: Mapping[str, str], tick: Tick) -> None:
    form = format_of(part)
    opened = open_output(part, form, tags, film.source)
    with av.open(str(film.path.absolute())) as source, opened as out:
        chosen: list[Any] = [source.streams.video[0], *source.streams.audio]
        streams = {stream.index: _like(out, stream) for stream in chosen}
        titles, done = SubtitleTrack(out, form.titles, film.cues), 0
        for packet in source.demux(chosen):
            if packet.dts is None:
                continue
            if packet.stream.type == "video":
                for cue in titles.until(packet.dts * packet.time_base):
                    out.mux(cue)
                done += 1
                tick(min(done, film.count), film.count)
            packet.stream = streams[packet.stream.index]
            out.mux(packet)
        for cue in titles.until(film.count / film.fps + 1):
            out.mux(cue)


def _like(out: Any, stream: Any) -> Any:
    """A stream for the packets of another one. WebM says by its pixels that it has transparency."""
    made = out.add_stream_from_template(stream)
    if stream.metadata.get("alpha_mode") == "1":
        made.pix_fmt = "yuva420p"
    return made
