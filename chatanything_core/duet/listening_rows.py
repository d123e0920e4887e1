"""What a listener does while the other one speaks.

Listeners nod where the speaker pauses (Dittmann and Llewellyn 1968, "Relationship between
vocalizations and head nods as listener responses"), lift the brows at what stands out, keep their
eyes on the speaker, and show some of the speaker's feeling (Hatfield et al. 1993, "Emotional
contagion").
"""

from itertools import pairwise

import numpy as np

from ..persona import NEUTRAL, Emotion
from ..seeding import generator
from ..talking_head import LEAD, frame_count
from ..talking_head.emotion_look import EXPRESSIONS
from ..talking_head.plan_speech import TAIL
from ..talking_head.records import Floats
from ..talking_head.rig.motion_rows import COLUMNS
from ..voice import Speech, Timeline

PAUSE = 0.15
"""Seconds without a word that count as a pause of the speaker."""
DELAY = 0.12
"""Seconds from the pause to the nod."""
NODS = 0.8
"""Share of pauses at which a listener nods."""
SPAN = 0.42
"""Seconds of one nod; there are two, the second smaller."""
SHRINK = 0.6
LIFTS = 0.12
"""Share of words at which the brows rise."""
CATCHING = 0.35
"""Share of the speaker's expression that the listener shows."""
TURN = 7.0
"""Degrees by which the head turns to the speaker."""
_AT = {name: k for k, (name, *_) in enumerate(COLUMNS)}


def listening_rows(
    speech: Speech, *, fps: float = 25.0, emotion: Emotion = NEUTRAL, side: int = 1, seed: int = 0
) -> Floats:
    """What listening to `speech` adds to silent motion: rows of COLUMNS, laid as `plan_speech` is.

    Row 0 lies LEAD seconds before the sound, the last row TAIL seconds after it; both are zeros.

    Args:
        emotion: What the speaker shows.
        side: 1 when the speaker is to the right in the picture, -1 to the left, 0 in front.
    """
    frames = frame_count(LEAD + speech.seconds + TAIL, fps)
    times = (np.arange(frames) / fps - LEAD).astype(np.float32)
    rows = np.zeros((frames, len(COLUMNS)), np.float32)
    rng = generator(seed, f"listening {speech.timeline.text}")
    for at in nod_times(speech.timeline, seed):
        rows[:, _AT["pitch"]] += _nod(times - np.float32(at), rng.uniform(3.5, 6.0))
    for word in speech.timeline.words:
        if rng.random() < LIFTS:
            lift = 0.4 * _bump(times - np.float32(word.start), 0.7)
            rows[:, [_AT["browLeft"], _AT["browRight"]]] += lift[:, None]
    there = _present(times, speech.seconds)
    rows[:, _AT["yaw"]] += side * TURN * there
    rows[:, _AT["gazeX"]] += side * 0.35 * there
    look = EXPRESSIONS[emotion.name]
    for column in ("frown", "lid", "smile"):
        rows[:, _AT[column]] += CATCHING * emotion.strength * getattr(look, column) * there
    return rows


def pauses(timeline: Timeline) -> list[float]:
    """Seconds at which the speaker pauses, the end included."""
    words = timeline.words
    gaps = [a.end for a, b in pairwise(words) if b.start - a.end >= PAUSE]
    return [*gaps, words[-1].end] if words else []


def nod_times(timeline: Timeline, seed: int) -> list[float]:
    """Seconds at which a listener begins to nod; nods do not run into each other."""
    rng = generator(seed, f"nods {timeline.text}")
    times: list[float] = []
    for pause in pauses(timeline):
        at = pause + DELAY + rng.uniform(0, 0.1)
        if rng.random() < NODS and (not times or at - times[-1] > 2 * SPAN):
            times.append(at)
    return times


def _nod(times: Floats, depth: float) -> Floats:
    count = np.floor(times / SPAN)
    shape = np.sin(np.pi * times / SPAN) ** 2 * SHRINK ** np.clip(count, 0, 1)
    return np.where((times >= 0) & (times < 2 * SPAN), depth * shape, 0).astype(np.float32)


def _bump(times: Floats, span: float) -> Floats:
    inside = (times >= 0) & (times < span)
    return np.where(inside, np.sin(np.pi * times / span) ** 2, 0).astype(np.float32)


def _present(times: Floats, seconds: float) -> Floats:
    """0 before and after, 1 while somebody speaks, gliding between."""
    up = np.clip((times + LEAD) / LEAD, 0, 1)
    down = np.clip((seconds + TAIL - times) / TAIL, 0, 1)
    way = np.minimum(up, down)
    way[[0, -1]] = 0
    return np.asarray(way * way * (3 - 2 * way), np.float32)
