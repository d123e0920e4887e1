"""Which codecs go into which file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from ..errors import InputError
from ..ranges import Range, check_ranges

AHEAD = {
    "ultrafast": 0, "superfast": 0, "veryfast": 10, "faster": 20, "fast": 30, "medium": 40,
    "slow": 50,
}  # fmt: skip
"""Frames that x264 looks ahead, by preset."""
PRESETS = tuple(AHEAD)
BLOCKS = {"veryfast": ":partitions=p8x8,i4x4"}
"""Where smaller blocks than these are not worth their time: a warped portrait is 2 % smaller with
them, and takes an eighth longer to encode."""
LOOKAHEAD = 24 << 20
"""Bytes that they may take; large pictures are looked at for fewer frames."""
PER_PIXEL = 3.6
"""Bytes of a pixel that x264 looks ahead at, as measured."""


@dataclass(frozen=True)
class Coding:
    """How the picture is compressed."""

    crf: Annotated[int, Range(0, 51, "(0 is lossless)")] = 20
    """Constant rate factor: lower is better and larger."""
    preset: str = "veryfast"
    """One of PRESETS: slower ones make smaller files."""

    def __post_init__(self) -> None:
        if self.preset not in PRESETS:
            raise InputError(
                f"Unknown preset {self.preset!r}. Choose one of: {', '.join(PRESETS)}."
            )
        check_ranges(self, "Video")


DEFAULT = Coding()


@dataclass(frozen=True)
class Format:
    """What a file with one suffix holds."""

    container: str
    codec: str
    pixels: str
    """Pixel format of an opaque picture."""
    alpha: str
    """Pixel format with transparency; empty when the file cannot hold any."""
    sound: str
    sound_options: dict[str, str]
    titles: str
    """Codec of a subtitle track."""
    container_options: dict[str, str]
    takes: tuple[str, ...]
    """Codecs of pictures and sound that may be copied into it as they are."""

    def options(self, coding: Coding, size: tuple[int, int]) -> dict[str, str]:
        """Encoder options for pictures of `size` (width, height).

        One thread each: an encoder's choices depend on its thread count, and a machine must not
        choose what the frames look like.
        """
        speed = PRESETS.index(coding.preset)
        if self.codec == "libx264":
            ahead = int(LOOKAHEAD / (PER_PIXEL * size[0] * size[1]))
            return {
                "crf": str(coding.crf),
                "preset": coding.preset,
                # A pyramid of B-frames wins nothing here and keeps more frames in memory.
                "x264-params": "threads=1:lookahead-threads=1:sliced-threads=0:b-pyramid=none:"
                f"rc-lookahead={min(AHEAD[coding.preset], max(ahead, 4))}"
                + BLOCKS.get(coding.preset, ""),
            }
        if self.codec == "libvpx-vp9":
            return {
                "crf": str(min(coding.crf + 10, 63)),
                "b:v": "0",
                "deadline": "realtime" if speed < 5 else "good",
                "cpu-used": str(max(8 - speed, 2)),
                "auto-alt-ref": "0",
                "threads": "1",
            }
        return {"profile": "4444", "qscale": str(max(coding.crf // 3, 2)), "threads": "1"}


AAC = {"aac_coder": "fast", "b": "96000"}
"""FFmpeg's other coder takes three times as long, and came 13 dB less near a voice at one rate."""
FASTSTART = {"movflags": "faststart"}
INTO_MP4 = ("h264", "hevc", "av1", "aac", "mp3", "opus")
INTO_WEBM = ("vp8", "vp9", "av1", "opus", "vorbis")
INTO_MOV = ("prores", "qtrle", "h264", "hevc", "aac", "mp3", "alac", "pcm_s16le", "pcm_s24le")
FORMATS = {
    ".mp4": Format("mp4", "libx264", "yuv420p", "", "aac", AAC, "mov_text", FASTSTART, INTO_MP4),
    ".webm": Format(
        "webm", "libvpx-vp9", "yuv420p", "yuva420p", "libopus", {}, "webvtt", {}, INTO_WEBM
    ),
    ".mov": Format(
        *("mov", "prores_ks", "yuv444p10le", "yuva444p10le", "aac", AAC, "mov_text", FASTSTART),
        takes=INTO_MOV,
    ),
}


def format_of(path: Path) -> Format:
    """The format that the suffix of `path` asks for; InputError when there is none."""
    if path.suffix.lower() not in FORMATS:
        raise InputError(
            f"{path.name!r} does not have the suffix of a video. Choose one of: {', '.join(FORMATS)}."
        )
    return FORMATS[path.suffix.lower()]


def keeps_transparency(path: Path) -> bool:
    """Whether a video of that name can be transparent."""
    return bool(path.suffix.lower() in FORMATS and FORMATS[path.suffix.lower()].alpha)
