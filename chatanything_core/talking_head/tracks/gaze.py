"""Where eyes look.

Eyes rest on the viewer and make small, quick jumps between fixations (saccades). In talk they
are on the listener for about 3 s and away for about 1 s at a time, a fixation rarely shorter than
0.3 s; the way there takes 30 to 60 ms (Lee, Badler & Badler 2002, "Eyes alive"). Speakers look
away when they begin and back before they end (Kendon 1967, "Some functions of gaze-direction in
social interaction").
"""

from dataclasses import dataclass

import numpy as np

from ..curves import Array, moves, smoothstep
from .manner import Manner, Moods
from .phrases import Said
from .streams import BLOCK, Streams, blocks

AWAY = 0.9
"""Mean seconds of a fixation beside the viewer."""
RETURNS = 0.65
"""Chance that eyes that are away come back with the next saccade."""
FLIGHT = 0.05
"""Seconds of a saccade."""
FAR = 0.9
"""How far aside eyes look at most."""


@dataclass(frozen=True)
class Saccade:
    """One jump of both eyes."""

    moment: float
    """Seconds."""
    x: float
    """Where it ends, right, in [-1, 1]; 0 is the viewer."""
    y: float
    """Where it ends, down, in [-1, 1]; 0 is the viewer."""


def saccades(start: float, end: float, moods: Moods, streams: Streams) -> list[Saccade]:
    """All that decides where the eyes are between `start` and `end` (seconds of life)."""
    side = streams.habit("gaze", -0.12, 0.12)
    found = []
    for block in blocks(start - BLOCK, end):
        rng = streams.draw("gaze", str(block))
        at = block * BLOCK + rng.uniform(0.2, 1.2)
        last = (block + 1) * BLOCK
        # Each block begins on the viewer, so that none needs to know the one before.
        jump = Saccade(at, 0.0, 0.0)
        while jump.moment < last:
            found.append(jump)
            jump = _next(jump, moods.at(jump.moment), side, rng)
    return found


def _next(jump: Saccade, manner: Manner, side: float, rng: np.random.Generator) -> Saccade:
    """Home from elsewhere, else a little aside and rarely far."""
    home = jump.x == 0 and jump.y == 0
    held = AWAY / RETURNS * (1 - manner.away) / manner.away if home else AWAY
    wait = 0.3 + rng.gamma(2.0, max(held / manner.flick - 0.3, 0.1) / 2)
    far, aside, up, back = rng.random(), rng.normal(0, 0.32), rng.normal(0, 0.14), rng.random()
    if not home and back < RETURNS:
        return Saccade(jump.moment + wait, 0.0, 0.0)
    reach = manner.reach * (2.0 if far < 0.15 else 1.0)
    # A glance that cannot be told from a look at the viewer is none.
    aside = np.copysign(max(abs(aside), 0.1), aside) + side
    x, y = np.clip((aside * reach, up * reach - 0.04 + manner.down), -FAR, FAR)
    return Saccade(jump.moment + wait, float(x), float(y))


def gaze_track(jumps: list[Saccade], moments: Array) -> Array:
    """Gaze right and down in [-1, 1] at every moment, shape (F, 2)."""
    if not jumps:
        return np.zeros((len(moments), 2))
    starts = np.array([jump.moment for jump in jumps])
    ends = np.array([(jump.x, jump.y) for jump in jumps])
    return moves(moments, starts, np.full(len(starts), FLIGHT), ends)


def aversions(said: Said, seen: Array, moods: Moods, fps: float, streams: Streams) -> Array:
    """What the beginnings of phrases add to the gaze, shape (F, 2), where the eyes `seen` (F, 2)
    would be on the viewer; 0 before the first and after the last phrase."""
    rng, times, jumps = streams.draw("aversion", said.text), said.times(len(seen), fps), []
    for start, end in said.phrases:
        chance, aside, up = rng.random(), rng.normal(0, 0.28), rng.normal(-0.12, 0.1)
        begin, stay = start + rng.uniform(-0.15, 0.1), rng.uniform(0.5, 1.1)
        manner = moods.at(said.start + start)
        back = min(begin + stay, end - 0.2)
        row = min(max(int(begin * fps), 0), len(seen) - 1)
        if chance < 1.6 * manner.away and back > begin + 0.3 and not seen[row].any():
            jumps.append(Saccade(begin, aside * manner.reach, up + 1.4 * manner.down))
            jumps.append(Saccade(back, 0.0, 0.0))
    return gaze_track(jumps, times)


def closed(track: Array, fps: float) -> Array:
    """A track (F, 2) whose end flows into its beginning: its last saccade is the way back."""
    last = max(len(track) - round(0.3 * fps), 1)
    back = smoothstep(0, FLIGHT, (np.arange(len(track)) - last) / fps)[:, None]
    here = track[last - 1]
    held = np.where(np.arange(len(track))[:, None] < last, track, here)
    return np.asarray(held + (track[0] - here) * back)
