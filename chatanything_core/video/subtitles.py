"""Subtitles from a timeline: as cues, as SubRip and WebVTT text, and burnt into frames."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from ..provenance import lay_over
from ..voice import Timeline, Word
from .subtitle_fonts.fonts import Font, font_for

Pixels = npt.NDArray[np.uint8]
LINE = 42
"""Characters in a cue at most, the usual limit of a broadcast line."""
PAUSE = 0.45
"""Seconds of silence that end a cue."""
SMALLEST = 12
"""Least size of letters in pixels."""
LINGER = 0.25
"""Seconds that a cue stays after its last word."""


@dataclass(frozen=True)
class Cue:
    """One line of subtitles."""

    start: float
    """Seconds from the start of the video."""
    end: float
    """Seconds from the start of the video."""
    text: str


def cues_of(timeline: Timeline) -> tuple[Cue, ...]:
    """The words of a timeline as cues that fit a line and end at pauses."""
    groups: list[list[Word]] = []
    for word in _as_written(timeline):
        last = groups[-1] if groups else []
        length = sum(len(w.text) + 1 for w in last) + len(word.text)
        if not last or length > LINE or word.start - last[-1].end > PAUSE or _ends(last[-1]):
            groups.append([])
        groups[-1].append(word)
    starts = [group[0].start for group in groups[1:]] + [timeline.duration]
    return tuple(
        Cue(group[0].start, min(group[-1].end + LINGER, limit), _joined(w.text for w in group))
        for group, limit in zip(groups, starts, strict=True)
    )


def _joined(words: Iterable[str]) -> str:
    """Words in a line: Chinese and Japanese put nothing between them."""
    line = ""
    for word in words:
        close = line and word and _unspaced(line[-1]) and _unspaced(word[0])
        line += word if close or not line else f" {word}"
    return line


def _unspaced(letter: str) -> bool:
    wide = unicodedata.east_asian_width(letter) in "WF"
    return wide and not unicodedata.name(letter, "").startswith("HANGUL")


def to_srt(cues: tuple[Cue, ...]) -> str:
    """SubRip text.

    >>> print(to_srt((Cue(0.5, 1.25, "Hello"),)))
    1
    00:00:00,500 --> 00:00:01,250
    Hello
    <BLANKLINE>
    """
    return "\n".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{cue.text}\n"
        for number, cue in enumerate(cues, 1)
    )


def to_vtt(cues: tuple[Cue, ...]) -> str:
    """WebVTT text (W3C WebVTT, 2019)."""
    blocks = [f"{_clock(cue.start, '.')} --> {_clock(cue.end, '.')}\n{cue.text}\n" for cue in cues]
    return "\n".join(["WEBVTT\n", *blocks])


def captioned(frames: Iterator[Pixels], cues: tuple[Cue, ...], fps: float) -> Iterator[Pixels]:
    """Frames (H, W, 3 or 4) with the cues written near their lower edge.

    Raises:
        InputError: no font has the letters of a cue; before the first frame.
    """
    for cue in cues:
        font_for(cue.text, SMALLEST)
    return _captioned(frames, cues, fps)


def _captioned(frames: Iterator[Pixels], cues: tuple[Cue, ...], fps: float) -> Iterator[Pixels]:
    shown: tuple[Cue | None, Pixels | None] = (None, None)
    for index, frame in enumerate(frames):
        cue = next((c for c in cues if c.start <= index / fps < c.end), None)
        if cue is None:
            yield frame
            continue
        if shown[0] is not cue:
            shown = (cue, _title(cue.text, frame.shape[1], frame.shape[0]))
        yield _laid_over(frame, shown[1])


def _laid_over(frame: Pixels, title: Pixels | None) -> Pixels:
    if title is None:
        return frame
    bottom = frame.shape[0] - max(frame.shape[0] // 24, 4)
    title = title[-bottom:]
    return lay_over(frame, title, bottom - title.shape[0], 0)


def _title(text: str, width: int, height: int) -> Pixels:
    """White letters with a dark edge, centred, RGBA of shape (h, width, 4)."""
    size = max(height // 20, SMALLEST)
    font, text = font_for(text, size)
    lines = _wrapped(text, font, int(width * 0.92))
    step = int(size * 1.25)
    canvas = Image.new("RGBA", (width, step * len(lines) + size // 3), (0, 0, 0, 0))
    pen = ImageDraw.Draw(canvas)
    for row, line in enumerate(lines):
        pen.text(
            (width / 2, step * row + step / 2),
            line,
            font=font,
            anchor="mm",
            fill=(255, 255, 255, 255),
            stroke_width=max(size // 10, 1),
            stroke_fill=(0, 0, 0, 230),
        )
    return np.array(canvas)


def _wrapped(text: str, font: Font, width: int) -> list[str]:
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if font.getlength(longer) > width and lines[-1]:
            lines.append("")
            longer = word
        *full, lines[-1] = _broken(longer, font, width)
        lines[-1:-1] = full
    return lines


def _broken(line: str, font: Font, width: int) -> list[str]:
    """A line in pieces that fit: scripts without spaces break anywhere."""
    pieces = [""]
    for letter in line:
        # A mark stays with its letter.
        if font.getlength(pieces[-1] + letter) > width and not unicodedata.combining(letter):
            pieces.append("")
        pieces[-1] += letter
    return [piece for piece in pieces if piece] or [""]


def _as_written(timeline: Timeline) -> list[Word]:
    """The words with the marks that the text has around them, where it has the words."""
    text, place, written = timeline.text, 0, []
    for word in timeline.words:
        found = text.casefold().find(word.text.casefold(), place) if word.text else -1
        if found < 0:
            written.append(word)
            continue
        end = found + len(word.text)
        while end < len(text) and not text[end].isspace() and not text[end].isalnum():
            end += 1
        written.append(replace(word, text=text[found:end]))
        place = end
    return written


def _ends(word: Word) -> bool:
    return word.text.endswith((".", "!", "?", "…", "。", "！", "？"))


def _clock(seconds: float, mark: str) -> str:
    whole = round(seconds * 1000)
    return (
        f"{whole // 3600000:02d}:{whole // 60000 % 60:02d}:"
        f"{whole // 1000 % 60:02d}{mark}{whole % 1000:03d}"
    )
