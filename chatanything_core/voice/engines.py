"""The voice engines that can be chosen; the first needs no model and no network."""

from ..registry import Registry
from .base import VoiceEngine

voices: Registry[VoiceEngine] = Registry("voice")


def _espeak() -> VoiceEngine:
    from .espeak import EspeakVoice

    return EspeakVoice()


voices.add(
    "espeak",
    _espeak,
    about="104 voices in 119 languages, blended by their parameters; offline, exact times",
    package="espeakng-loader",
    modules=("espeakng_loader",),
)
