"""What a speech says about phrases and accents."""

from dataclasses import dataclass

import numpy as np

from ...voice import Timeline
from ..curves import Array, glide

LEAD = 0.28
"""Seconds from the beginning of a movement to its accent: heads and brows are not twitched."""
PEAK = 0.08
"""Seconds from an accent to the height of its movement."""
SPACING = 0.45
"""Seconds between accents at least: not every stressed syllable is one."""
PAUSE = 0.25
"""Seconds of silence that end a phrase."""


@dataclass(frozen=True)
class Said:
    """What is said, as far as a face needs to know; times in seconds from the first frame."""

    text: str
    """What keeps the random streams of two speeches apart."""
    phrases: tuple[tuple[float, float], ...]
    """Beginning and end of every phrase, in order."""
    accents: tuple[float, ...]
    """Stressed sounds that a speaker would underline."""
    start: float = 0.0
    """Seconds of life at the first frame."""

    def times(self, frames: int, fps: float) -> Array:
        """Seconds from the first frame, shape (frames,)."""
        return np.arange(frames) / fps


def said_in(timeline: Timeline, start: float) -> Said:
    """The phrases and accents of a timeline that begins at `start` seconds of life."""
    return Said(text_of(timeline), phrases(timeline), accents(timeline), start)


def text_of(timeline: Timeline) -> str:
    """The words, which are known whenever the text is; empty in silence."""
    return " ".join(word.text for word in timeline.words) or timeline.text


def phrases(timeline: Timeline) -> tuple[tuple[float, float], ...]:
    """Beginning and end of everything that is said without a pause of PAUSE."""
    heard = [(phone.start, phone.end) for phone in timeline.phones if phone.symbol]
    heard = heard or [(word.start, word.end) for word in timeline.words]
    heard = heard or [(v.start, v.end) for v in timeline.visemes if v.name != "sil"]
    found: list[tuple[float, float]] = []
    for start, end in heard:
        if found and start - found[-1][1] < PAUSE:
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    return tuple(found)


def accents(timeline: Timeline) -> tuple[float, ...]:
    """Times of the stressed sounds that a speaker would underline, in seconds."""
    stressed = [phone.start for phone in timeline.phones if phone.stress == 2]
    if not stressed:
        stressed = [word.start for word in timeline.words if len(word.text) > 4]
    chosen: list[float] = []
    for time in stressed:
        if not chosen or time - chosen[-1] >= SPACING:
            chosen.append(time)
    return tuple(chosen)


def pulses(at: tuple[float, ...], heights: Array, times: Array, fall: float) -> Array:
    """One soft rise and slower `fall` (seconds) for every accent, shape (F,).

    Heads nod and brows rise on accents; both begin a little before the stressed vowel and come
    to rest after it (Graf et al. 2002, "Visual prosody"; Cave et al. 1996).
    """
    track = np.zeros(len(times))
    for accent, height in zip(at, heights, strict=True):
        first, last = np.searchsorted(times, (accent - LEAD, accent + PEAK + fall))
        t = times[first:last] - accent
        rise, sink = glide(-LEAD, PEAK, t), glide(PEAK + fall, PEAK, t)
        track[first:last] += height * np.minimum(rise, sink)
    return track
