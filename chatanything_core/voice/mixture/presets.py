"""Characters that are more than a voice: named shapings, laid over any choice."""

from dataclasses import fields, replace

from ...errors import InputError
from ...ranges import limited
from ..records import Shaping, Voice

PRESETS: dict[str, Shaping] = {
    "giant": Shaping(pitch=0.68, formant=0.8, tempo=0.87, tilt=-2.0, echo=0.08),
    "tiny": Shaping(pitch=1.7, formant=1.28, tempo=1.1, tilt=2.0),
    "robot": Shaping(flatness=1.0, comb=0.6),
    "ancient": Shaping(pitch=0.92, tempo=0.85, breath=0.25, tremor=0.6, rough=0.3, tilt=-2.0),
    "ghost": Shaping(pitch=0.95, tempo=0.9, breath=0.45, tremor=0.3, tilt=2.0, echo=0.2),
    "helium": Shaping(formant=1.5, tilt=1.0),
}
_FACTORS = ("pitch", "formant", "tempo")


def with_preset(voice: Voice, name: str) -> Voice:
    """Lay a preset over a voice's own shaping: factors multiply, the rest adds up.

    An empty name leaves the voice as it is.

    Raises:
        InputError: no preset of this name.
    """
    check_preset(name)
    if not name:
        return voice
    own, added = voice.shaping, PRESETS[name]
    values = {}
    for field in fields(Shaping):
        a, b = getattr(own, field.name), getattr(added, field.name)
        values[field.name] = a * b if field.name in _FACTORS else a + b
    reasons = (*voice.reasons, f"Shaped as {name}.")
    return replace(voice, shaping=limited(Shaping(**values)), reasons=reasons)


def check_preset(name: str) -> None:
    """Raise InputError unless this is the name of a preset, or empty for none."""
    if name and name not in PRESETS:
        raise InputError(f"Unknown voice preset {name!r}. Choose one of: {', '.join(PRESETS)}.")
