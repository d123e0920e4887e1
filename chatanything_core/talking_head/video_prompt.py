"""What other talking heads are told: how many frames, and how the person acts."""

import math
from typing import Literal, get_args

from ..errors import InputError
from ..persona import Emotion, Persona
from .plan_motion import frame_count

FrameRule = Literal["any", "4n+1", "8n+1"]
FRAME_RULES: tuple[FrameRule, ...] = get_args(FrameRule)
"""Numbers of frames that video models take: Wan and HuMo 4n+1, LTX 8n+1."""
_ACTS = {
    "neutral": "speaks calmly and naturally",
    "happy": "speaks cheerfully with a warm smile and bright eyes",
    "sad": "speaks softly and sadly, the brows drawn up and the eyes lowered",
    "angry": "speaks angrily with a hard stare and lowered brows",
    "afraid": "speaks anxiously with wide eyes and raised brows",
    "disgusted": "speaks with disgust, the nose wrinkled and the lip curled",
    "surprised": "speaks in surprise with raised brows and wide eyes",
}
_CAMERA = (
    "The lips follow the speech, with natural blinks and small movements of the head. "
    "Close-up portrait, still camera, steady light, plain background."
)


def frames_for(seconds: float, fps: float, rule: FrameRule = "any") -> int:
    """The least number of frames that covers `seconds` and that the rule allows.

    >>> frames_for(3.0, 16, "any"), frames_for(3.0, 16, "4n+1"), frames_for(3.0, 25, "8n+1")
    (48, 49, 81)

    Raises:
        InputError: an unknown rule.
    """
    if rule not in FRAME_RULES:
        raise InputError(f"Unknown frame rule {rule!r}. Choose one of: {', '.join(FRAME_RULES)}.")
    count = frame_count(seconds, fps)
    if rule == "any":
        return count
    step = int(rule[0])
    return step * math.ceil((count - 1) / step) + 1


def acting_prompt(emotion: Emotion, persona: Persona | None = None) -> str:
    """A prompt in English for video models that make a picture talk: who it is, how it speaks.

    Without an `emotion` the persona's own shows.
    """
    if emotion.name == "neutral" and persona is not None:
        emotion = persona.emotion
    who = persona.concept.strip().rstrip(".") if persona else "The person in the picture"
    return f"{who[:1].upper()}{who[1:]} looks into the camera and {_ACTS[emotion.name]}. {_CAMERA}"
