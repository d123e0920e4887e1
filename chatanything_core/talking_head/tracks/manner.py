"""How a mood moves: what it does to head, brows, blinks and gaze beside the held face.

Directions follow what has been measured; sizes are ours, chosen so that a portrait shows them.
Heads in emotional speech differ from those in neutral speech in activation, range and velocity
(Busso et al. 2007, "Rigid head motion in expressive speech animation"). Posture sinks and
movement grows small in sadness, and movement is large and fast in anger and joy (Wallbott 1998,
"Bodily expression of emotion"). Anger and joy go with a direct look, fear and sadness with an
averted one (Adams & Kleck 2005, "Effects of direct and averted gaze on the perception of
facially communicated emotion"); a lowered head makes a look a threat (Hess, Adams & Kleck 2007,
"Looking at you or looking elsewhere"). Excitement and anger raise the rate of blinks (Ponder &
Kennedy 1927, "On the act of blinking"), and so do anxiety (Harrigan & O'Connell 1996) and
depression (Mackintosh, Kumar & Kitamura 1983); attention holds them back (Stern, Walrath &
Goldstein 1984, "The endogenous eyeblink").
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from ...persona import Emotion, EmotionName
from ..curves import Array, glide
from ..records import EmotionChange

GLIDE = 0.6
"""Seconds in which one mood becomes another."""


@dataclass(frozen=True)
class Manner:
    """What a mood does at full strength; the defaults are those of a calm face."""

    sway: float = 1.0
    """Size of the head's drift."""
    turns: float = 1.0
    """Size of the head's turns in speech."""
    nods: float = 1.0
    """Depth of nods on accents."""
    pace: float = 1.0
    """Speed of the head's turns in speech."""
    bow: float = 0.0
    """Degrees by which the head is lowered."""
    lifts: float = 1.0
    """Height of the brows' rise on accents."""
    blinks: float = 1.0
    """Rate of blinks."""
    away: float = 0.3
    """Share of the time in which the eyes are not on the viewer, in (0, 1)."""
    down: float = 0.0
    """How far down eyes go that look away, in units of `Motion.gaze`."""
    reach: float = 1.0
    """How far aside eyes go that look away."""
    flick: float = 1.0
    """How quickly fixations follow one another."""


MANNERS: dict[EmotionName, Manner] = {
    "neutral": Manner(),
    "happy": Manner(1.25, 1.3, 1.25, 1.15, -1.2, 1.25, 1.15, 0.22, 0.0, 0.9, 1.15),
    "sad": Manner(0.8, 0.8, 0.6, 0.65, 2.6, 0.55, 1.3, 0.55, 0.34, 0.75, 0.7),
    "angry": Manner(1.1, 1.45, 1.6, 1.25, 1.4, 0.2, 1.5, 0.12, 0.0, 0.6, 0.9),
    "afraid": Manner(1.2, 1.05, 0.8, 1.3, -0.8, 0.8, 1.7, 0.5, 0.06, 1.2, 1.7),
    "disgusted": Manner(0.9, 0.95, 0.8, 0.9, -1.0, 0.4, 1.0, 0.45, 0.1, 1.1, 0.9),
    "surprised": Manner(1.0, 1.15, 1.1, 1.2, -1.6, 1.2, 0.55, 0.12, -0.05, 0.7, 1.0),
}
CALM = Manner()


class Moods:
    """What is felt at every moment."""

    def __init__(self, emotion: Emotion | Sequence[EmotionChange]) -> None:
        """One emotion for ever, or changes in the order of their moments."""
        if isinstance(emotion, Emotion):
            emotion = (EmotionChange(-np.inf, emotion),)
        self._changes = tuple(emotion)

    def at(self, moment: float) -> Manner:
        """The manner of the latest change, for what happens at one moment."""
        felt = Emotion()
        for change in self._changes:
            if change.moment <= moment:
                felt = change.emotion
        names = [field.name for field in fields(Manner)]
        return Manner(**{name: _shown(MANNERS, name, felt, CALM) for name in names})

    def track(
        self, table: Mapping[EmotionName, Any], name: str, moments: Array, calm: Any
    ) -> Array:
        """A field of `table` at every moment, shape (F,), gliding where the mood changes."""
        before = float(getattr(calm, name))
        track = np.full(len(moments), before)
        for change in self._changes:
            after = _shown(table, name, change.emotion, calm)
            if np.isfinite(change.moment):
                way = glide(change.moment, change.moment + GLIDE, moments)
                track += (after - before) * way
            else:
                track += after - before
            before = after
        return track


def _shown(table: Mapping[EmotionName, Any], name: str, felt: Emotion, calm: Any) -> float:
    """A field of the table as strong as the emotion is."""
    rest = float(getattr(calm, name))
    return rest + felt.strength * (float(getattr(table[felt.name], name)) - rest)
