"""How a mood moves a voice."""

from dataclasses import replace

from ..ranges import limited
from .records import Voice

WHISPER = "whisper"
"""A mood of the voice alone: no face goes with it."""


def with_emotion(voice: Voice, emotion: str, strength: float = 1.0) -> Voice:
    """The voice as it sounds in a mood of `strength`, in [0, 1].

    Directions of pitch, span, rate and level follow Scherer (2003), Vocal communication of
    emotion, table 2.
    """
    if emotion == WHISPER:
        return replace(
            voice, shaping=replace(voice.shaping, breath=max(0.95, voice.shaping.breath))
        )
    *factors, tilt = _EMOTION_FACTORS[emotion]
    pitch, span, rate, level = (factor**strength for factor in factors)
    shaping = voice.shaping
    shaping = replace(shaping, pitch=shaping.pitch * pitch, tilt=shaping.tilt + tilt * strength)
    coloured = replace(
        voice,
        pitch_range=voice.pitch_range * span,
        rate=voice.rate * rate,
        volume=voice.volume * level,
        shaping=limited(shaping),
    )
    return limited(coloured)


_EMOTION_FACTORS = {
    # pitch, span, rate and level are factors; tilt is in dB.
    "neutral": (1.0, 1.0, 1.0, 1.0, 0.0),
    "happy": (1.09, 1.35, 1.07, 1.1, 1.0),
    "sad": (0.93, 0.7, 0.85, 0.75, -2.5),
    "angry": (1.07, 1.3, 1.1, 1.35, 2.5),
    "afraid": (1.16, 1.15, 1.2, 0.9, 1.0),
    "disgusted": (0.95, 0.9, 0.9, 0.95, -0.5),
    "surprised": (1.16, 1.5, 1.05, 1.1, 1.0),
}
