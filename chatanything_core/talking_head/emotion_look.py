"""How emotions look.

Action units of the six basic emotions (Ekman & Friesen, Facial Action Coding System), folded
into the few movements that a portrait has.
"""

from dataclasses import dataclass

from ..persona import EmotionName


@dataclass(frozen=True)
class EmotionLook:
    """A held face; fields are those of `Motion`, at full strength."""

    brow: float = 0.0
    frown: float = 0.0
    lid: float = 0.0
    smile: float = 0.0


EXPRESSIONS: dict[EmotionName, EmotionLook] = {
    "neutral": EmotionLook(),
    "happy": EmotionLook(brow=0.20, lid=0.18, smile=0.85),
    "sad": EmotionLook(brow=-0.05, frown=-0.75, lid=0.30, smile=-0.60),
    "angry": EmotionLook(brow=-0.25, frown=0.95, lid=0.22, smile=-0.35),
    "afraid": EmotionLook(brow=0.70, frown=-0.55, smile=-0.30),
    "disgusted": EmotionLook(brow=-0.15, frown=0.45, lid=0.38, smile=-0.45),
    "surprised": EmotionLook(brow=1.00, smile=0.05),
}
