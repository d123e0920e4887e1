"""Where eyes look.

Eyes rest on the viewer and make small, quick jumps between fixations (saccades): about one in
one to two seconds in talk, mostly back to the viewer, a fixation rarely shorter than 0.3 s; the
way there takes 30 to 60 ms (Lee, Badler & Badler 2002, "Eyes alive").
"""

import numpy as np

from .curves import Array, smoothstep

GAP = 1.5
"""Mean seconds of a fixation."""
FLIGHT = 0.05
"""Seconds of a saccade."""


def gaze_track(frames: int, fps: float, rng: np.random.Generator, loop: bool) -> Array:
    """Gaze right and down in [-1, 1] for every frame, shape (frames, 2).

    With `loop` the last fixation is the first one.
    """
    seconds = frames / fps
    track = np.zeros((frames, 2))
    times = np.arange(frames) / fps
    start, here = rng.uniform(0.4, 1.4), np.zeros(2)
    while start < seconds:
        there = _target(here, rng)
        if loop and start > seconds - 0.6:
            there = np.zeros(2)
        way = smoothstep(start, start + FLIGHT, times)[:, None]
        track += (there - here) * way
        here = there
        start += 0.3 + rng.gamma(2.0, (GAP - 0.3) / 2)
    if loop and here.any():
        back = smoothstep(seconds - 0.2, seconds - 0.2 + FLIGHT, times)[:, None]
        track -= here * back
    return track


def _target(here: Array, rng: np.random.Generator) -> Array:
    """The next fixation: home from elsewhere, else a little aside and rarely far."""
    far, aside, up, home = rng.random(), rng.normal(0, 0.32), rng.normal(-0.04, 0.16), rng.random()
    if here.any() and home < 0.65:
        return np.zeros(2)
    scale = 2.0 if far < 0.15 else 1.0
    return np.clip([aside * scale, up * scale], -0.9, 0.9)
