"""Subtitles as a track of a video file: written with the picture, and read back."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import av

from ..errors import InputError
from .subtitles import Cue

HEADER = (
    b"[Script Info]\r\nScriptType: v4.00+\r\n\r\n[V4+ Styles]\r\n"
    b"Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, "
    b"BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, "
    b"BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\r\n"
    b"Style: Default,Arial,18,&Hffffff,&Hffffff,&H0,&H0,0,0,0,0,100,100,0,0,1,1,0,2,10,10,10,1"
    b"\r\n\r\n[Events]\r\nFormat: Layer, Start, End, Style, Text\r\n"
)
"""How players show the subtitle track: what libavcodec makes the sample description from."""
MILLISECOND = Fraction(1, 1000)


class SubtitleTrack:
    """Feeds cues to a subtitle stream, in step with the picture.

    A sample of `mov_text` (3GPP TS 26.245) is a length and UTF-8 text, one of `webvtt` (W3C
    WebVTT in WebM) the text alone.
    """

    def __init__(self, out: Any, codec: str, cues: tuple[Cue, ...]) -> None:
        self._codec, self._cues = codec, list(cues)
        self._stream: Any = None
        if not cues:
            return
        stream: Any = out.add_stream(codec)
        context = stream.codec_context
        if not hasattr(context, "subtitle_header"):
            raise InputError(
                f"PyAV {av.__version__} cannot write subtitle tracks. Burn the subtitles in, or "
                "update it with: pip install --upgrade av"
            )
        context.time_base, context.subtitle_header = MILLISECOND, HEADER
        self._stream = stream

    def until(self, now: Fraction) -> Iterator[Any]:
        """Packets of the cues that begin before `now`, in seconds."""
        while self._cues and self._cues[0].start < now:
            cue = self._cues.pop(0)
            text = cue.text.encode()
            size = len(text).to_bytes(2, "big") if self._codec == "mov_text" else b""
            packet = av.Packet(size + text)
            packet.stream = self._stream
            packet.time_base = MILLISECOND
            packet.pts = packet.dts = round(cue.start * 1000)
            packet.duration = max(round((cue.end - cue.start) * 1000), 1)
            yield packet


def read_cues(file: Any) -> tuple[Cue, ...]:
    """The cues of the first subtitle stream of an open container that holds text.

    Reads the container to its end; seek before reading it again.
    """
    streams = [s for s in file.streams.subtitles if s.codec_context.name in _TEXTS]
    if not streams:
        return ()
    text_of = _TEXTS[streams[0].codec_context.name]
    cues = []
    for packet in file.demux(streams[0]):
        text = text_of(bytes(packet)).strip() if packet.size and packet.pts is not None else ""
        if text:
            start = float(packet.pts * packet.time_base)
            cues.append(Cue(start, start + float(packet.duration * packet.time_base), text))
    return tuple(cues)


def _mov_text(data: bytes) -> str:
    return data[2 : 2 + int.from_bytes(data[:2], "big")].decode("utf-8", "replace")


def _plain(data: bytes) -> str:
    return data.decode("utf-8", "replace")


_TEXTS = {"mov_text": _mov_text, "webvtt": _plain, "subrip": _plain, "text": _plain}
"""How the text of a sample is read, by codec."""
