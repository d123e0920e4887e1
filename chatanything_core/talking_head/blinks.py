"""When and how eyes blink.

About 17 blinks a minute at rest and more in talk (Bentivoglio et al. 1997), with gaps of a
gamma distribution, drawn to the ends of phrases. A lid falls within 0.1 s and rises in twice
that (Evinger et al. 1991).
"""

import numpy as np

from .curves import Array, smoothstep

RATE = 18.0
"""Blinks a minute at amount 1."""
FALL = 0.09
"""Seconds from open to closed."""
REST = 0.04
"""Seconds closed."""
RISE = 0.17
"""Seconds from closed to open."""
LENGTH = FALL + REST + RISE
SHAPE = 3.0
"""Of the gamma distribution; 1 would be pure chance, large a metronome."""


def blink_times(
    seconds: float, amount: float, pauses: tuple[float, ...], rng: np.random.Generator
) -> list[float]:
    """Start of each blink in seconds. A pause within half a second attracts a blink."""
    if amount <= 0:
        return []
    mean = 60.0 / (RATE * amount)
    times: list[float] = []
    at = rng.uniform(0.25, 0.65) * mean
    while at + LENGTH < seconds:
        near = [p for p in pauses if abs(p - at) < 0.5 and p + LENGTH < seconds]
        pulled = min(near, key=lambda p: abs(p - at)) if near and rng.random() < 0.7 else at
        if not times or pulled - times[-1] > LENGTH + 0.15:
            times.append(pulled)
        at += max(rng.gamma(SHAPE, mean / SHAPE), LENGTH + 0.2)
    return times


def closure(times: list[float], frames: int, fps: float) -> Array:
    """Lid closure in [0, 1] for every frame; every blink is fully closed on at least one."""
    track = np.zeros(frames)
    for start in times:
        shut = round((start + FALL + REST / 2) * fps) / fps
        t = np.arange(max(0, int((shut - 0.5) * fps)), min(frames, int((shut + 0.5) * fps) + 1))
        away = t / fps - shut
        fall = smoothstep(-REST / 2 - FALL, -REST / 2, away)
        rise = smoothstep(REST / 2 + RISE, REST / 2, away)
        track[t] = np.maximum(track[t], np.minimum(fall, rise))
    return track
