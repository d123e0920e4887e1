"""Several videos into one: packet by packet, or encoded again to be alike."""

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from ...atomic_write import atomic_write
from ...errors import InputError
from ...progress import Tick, no_progress
from ...provenance import SourceType, source_in, source_of_parts
from ..encoder import open_output
from ..formats import FORMATS
from ..records import Video
from .encode_together import encode_together


def join_videos(
    path: Path, parts: Sequence[Path], *, encode: bool = False, tick: Tick = no_progress
) -> Video:
    """Put `parts` one after the other into a video at `path`.

    As packets, into an MP4, when all were made with the same size, frame rate, sound rate and
    coding, as replies of one persona are. With `encode` any videos are joined, in the format of
    `path`'s suffix: all get the size and frame rate of the first, with bars where their shape
    differs, and their sound, which may be missing, becomes one channel.

    Raises:
        InputError: fewer than one part, a part that is not a video, or one that differs.
        OutputError: the file cannot be written.
    """
    if not parts:
        raise InputError("There are no videos to join. Give at least one.")
    path, parts = Path(path), [Path(part) for part in parts]
    if encode:
        return encode_together(path, parts, tick)
    heads = [_traits(part) for part in parts]
    for part, traits in zip(parts, heads, strict=True):
        _check_alike(part, traits, parts[0], heads[0])
    try:
        with atomic_write(path) as file:
            seconds = _join(file, parts, tick)
    except av.FFmpegError as error:
        raise InputError(f"The videos cannot be joined: {error}. Make them again.") from error
    width, height = heads[0]["size"]
    return Video(path, width, height, float(heads[0]["frame rate"]), float(seconds))


def _check_alike(part: Path, traits: dict[str, Any], first: Path, wanted: dict[str, Any]) -> None:
    """Raise InputError unless the packets of two videos fit into one file."""
    for name, value in traits.items():
        if value == wanted[name]:
            continue
        if isinstance(value, bytes):
            how = f"its {name} differ from those of {first.name}"
        else:
            how = f"its {name} is {_said(value)}, that of {first.name} is {_said(wanted[name])}"
        raise InputError(
            f"{part.name} cannot be joined as it is: {how}. Make all parts alike, or have them "
            "encoded again (`encode`)."
        )


def _said(value: Any) -> str:
    return "x".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _join(file: Path, parts: list[Path], tick: Tick) -> Fraction:
    start = Fraction(0)
    label = source_of_parts(_source_of(part) for part in parts)
    with open_output(file, FORMATS[".mp4"], {}, label) as out:
        streams: dict[str, Any] = {}
        sound = _Sound()
        for index, part in enumerate(parts):
            tick(index, len(parts))
            with av.open(str(part.absolute())) as source:
                picture: Any = source.streams.video[0]
                chosen: list[Any] = [picture, source.streams.audio[0]]
                if not streams:
                    streams = {s.type: out.add_stream_from_template(s) for s in chosen}
                end = start + picture.duration * picture.time_base
                for packet in source.demux(chosen):
                    if packet.dts is None or not _placed(packet, start, end, sound):
                        continue
                    packet.stream = streams[packet.stream.type]
                    out.mux(packet)
                start = end
        tick(len(parts), len(parts))
    return start


def _source_of(part: Path) -> SourceType | None:
    """How a part says that it was made."""
    with av.open(str(part.absolute())) as file:
        return source_in(file.metadata)


class _Sound:
    """Where the next sound packet goes. Players play sound packets end to end whatever their
    times say, so ours lie end to end too, and never half a packet away from the picture."""

    def __init__(self) -> None:
        self.next: int | None = None


def _placed(packet: Any, start: Fraction, end: Fraction, sound: _Sound) -> bool:
    """Move a packet of a part from `start` to `end` to its time; False leaves it out.

    A sound encoder begins with a packet from before time 0 (its priming), which only the first
    part keeps.
    """
    shift = round(start / packet.time_base)
    if packet.stream.type == "video":
        packet.pts, packet.dts = packet.pts + shift, packet.dts + shift
        return True
    length = packet.stream.codec_context.frame_size or 1024
    wanted = packet.pts + shift
    if sound.next is None:
        sound.next = wanted
    elif packet.pts < 0 or sound.next - wanted > length // 2:
        return False
    if sound.next * packet.time_base >= end:
        return False
    packet.pts = packet.dts = sound.next
    packet.duration = length
    sound.next += length
    return True


def _traits(part: Path) -> dict[str, Any]:
    """What two videos must have in common."""
    try:
        with av.open(str(part.absolute())) as source:
            if not source.streams.video or not source.streams.audio:
                raise InputError(f"{part.name} lacks a picture or a sound track; it needs both.")
            picture, sound = source.streams.video[0], source.streams.audio[0]
            if picture.metadata.get("alpha_mode") == "1":
                raise InputError(
                    f"{part.name} is transparent, which is lost when it is joined as it is. Have "
                    "the parts encoded again (`encode`)."
                )
            return {
                "size": (picture.codec_context.width, picture.codec_context.height),
                "frame rate": picture.average_rate,
                "picture coding": picture.codec_context.name,
                "encoder's settings": picture.codec_context.extradata or b"",
                "sound coding": sound.codec_context.name,
                "sound rate": sound.codec_context.sample_rate,
            }
    except (av.FFmpegError, OSError) as error:
        raise InputError(f"{part} is not a readable video: {error}.") from error
