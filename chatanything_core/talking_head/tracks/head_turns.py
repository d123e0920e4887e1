"""How a head moves: it drifts while nothing is said, and turns and nods in speech.

A speaker's head moves nearly all the time, shifts its posture at the joints of speech and nods
on its accents (Hadar et al. 1983, "Kinematics of head movements accompanying speech during
conversation"; Graf et al. 2002, "Visual prosody").
"""

import numpy as np

from ..curves import Array, glide, moves
from .manner import CALM, MANNERS, Manner, Moods
from .phrases import Said, pulses
from .smooth_noise import wander
from .streams import Streams

DRIFT = (
    ("x", 1.9, 0.004),
    ("y", 2.3, 0.002),
    ("roll", 2.1, 0.5),
    ("yaw", 1.6, 1.1),
    ("pitch", 1.8, 0.7),
)
"""Channel of the head, seconds between turning points, and typical size in its unit."""
_, Y, _, YAW, PITCH = range(5)
EVERY = 1.3
"""Least seconds between two turns."""
SPAN = 1.3
"""Seconds that a turn takes."""
AHEAD = 0.45
"""Seconds from the beginning of a turn to its accent."""
SIDEWAYS = 4.3
"""Degrees of yaw that a turn ends at most: further, a flat picture cannot turn cleanly."""
RETURN = 0.75
"""Seconds in which the head comes back after the last word."""


def drift(moments: Array, moods: Moods, streams: Streams) -> Array:
    """Slow drift of all channels, and how the mood holds the head, shape (F, 5)."""
    size = moods.track(MANNERS, "sway", moments, CALM) * streams.habit("sway", 0.85, 1.2)
    pace = streams.habit("pace", 0.85, 1.2)
    parts = [
        wander(moments, every * pace, streams, "head", name) * typical * size
        for name, every, typical in DRIFT
    ]
    parts[PITCH] = parts[PITCH] + moods.track(MANNERS, "bow", moments, CALM)
    return np.stack(parts, -1)


def nods(said: Said, times: Array, level: Array | None, moods: Moods, streams: Streams) -> Array:
    """Nods on accents, the deeper the louder, shape (F, 5)."""
    rng = streams.draw("nod", said.text)
    count = len(said.accents)
    heights = rng.uniform(0.4, 1.0, count) * (rng.random(count) < 0.7)
    depths = [moods.at(said.start + at).nods * energy(at, times, level) for at in said.accents]
    dip = pulses(said.accents, heights * depths, times, fall=0.54)
    track = np.zeros((len(times), 5))
    track[:, Y], track[:, PITCH] = 0.005 * dip, 1.5 * dip
    return track


def turns(said: Said, times: Array, level: Array | None, moods: Moods, streams: Streams) -> Array:
    """Turns from posture to posture, shape (F, 5); level before the first phrase and after the
    last."""
    if not said.phrases:
        return np.zeros((len(times), 5))
    rng, size = streams.draw("turn", said.text), streams.habit("turn", 0.9, 1.15)
    starts, spans, ends = [], [], []
    here = np.zeros(5)
    for at in _turning_points(said):
        manner = moods.at(said.start + at)
        here = _posture(here, size * energy(at, times, level), manner, rng)
        starts.append(at - AHEAD)
        spans.append(SPAN / manner.pace)
        ends.append(here)
    starts.append(max(said.phrases[-1][1], starts[-1] + 0.3))
    spans.append(RETURN)
    ends.append(np.zeros(5))
    return moves(times, np.array(starts), np.array(spans), np.array(ends), glide)


def _turning_points(said: Said) -> list[float]:
    """Beginnings of phrases, and accents that are far enough from the last turn."""
    found: list[float] = []
    for at in sorted({*(start + 0.1 for start, _ in said.phrases), *said.accents}):
        if not found or at - found[-1] >= EVERY:
            found.append(at)
    return found


def _posture(here: Array, size: float, manner: Manner, rng: np.random.Generator) -> Array:
    """Where the head turns to: mostly to the other side."""
    stays, far = rng.random() < 0.25, rng.uniform(1.8, 3.2)
    roll, pitch = rng.normal(0, 0.45), rng.normal(0, 0.6)
    side = np.sign(here[YAW]) or (1.0 if rng.random() < 0.5 else -1.0)
    scale = size * manner.turns
    yaw = (side if stays else -side) * min(far * scale, SIDEWAYS)
    tilt = np.clip(roll, -1.0, 1.0) * scale + 0.1 * yaw
    return np.array([0.0, 0.0, tilt, yaw, np.clip(pitch, -1.2, 1.2) * scale])


def energy(at: float, times: Array, level: Array | None) -> float:
    """Size of a movement by how loud the voice is around it: 0.5 soft, 1.1 loud, 1 unknown."""
    if level is None:
        return 1.0
    first, last = np.searchsorted(times, (at - 0.1, at + 0.3))
    return 0.5 + 0.6 * float(np.mean(level[first:last])) if last > first else 1.0
