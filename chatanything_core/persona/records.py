"""What the persona stage hands on."""

from dataclasses import dataclass, field
from typing import Literal, get_args

EmotionName = Literal["neutral", "happy", "sad", "angry", "afraid", "disgusted", "surprised"]
EMOTIONS: tuple[EmotionName, ...] = get_args(EmotionName)


@dataclass(frozen=True)
class Emotion:
    """One of a small closed set that the face and the voice can show (Ekman 1992, plus neutral)."""

    name: EmotionName = "neutral"
    strength: float = 0.0
    """How strongly it shows, in [0, 1]."""


@dataclass(frozen=True)
class VoiceTraits:
    """How a character sounds, as numbers in [-1, 1] where 0 is an ordinary adult speaker.

    `voice.traits` maps them to Hz, dB, semitones and syllables per second.
    """

    language: str = "en-US"
    """BCP-47 tag of language and accent."""
    presentation: float = 0.0
    """-1 masculine, +1 feminine."""
    age: float = 0.0
    """-1 child, +1 ancient."""
    pitch: float = 0.0
    """-1 very low, +1 very high."""
    pitch_range: float = 0.0
    """-1 monotone, +1 sing-song."""
    pace: float = 0.0
    """-1 slow, +1 fast."""
    brightness: float = 0.0
    """-1 dark (steep spectral tilt), +1 bright."""
    breathiness: float = 0.0
    """-1 pressed, +1 whispery."""
    roughness: float = 0.0
    """-1 smooth, +1 hoarse."""
    size: float = 0.0
    """-1 tiny body (short vocal tract), +1 giant."""
    energy: float = 0.0
    """-1 faint, +1 forceful."""
    warmth: float = 0.0
    """-1 cold, +1 warm."""


@dataclass(frozen=True)
class Provenance:
    """Who wrote a persona, so that nobody takes a lexicon for a language model."""

    engine: str = "offline"
    """Registered name of the engine."""
    model: str = ""
    """Model name as the engine gave it; empty when there is none."""
    notes: tuple[str, ...] = ()
    """What had to be asked again, repaired or filled in, in order."""


@dataclass(frozen=True)
class Persona:
    """A character written from a concept. All texts are in `language`."""

    concept: str
    """The user's own words, never altered."""
    name: str
    personality: str
    speaking_style: str
    background: str
    greeting: str
    """The first thing it says."""
    appearance: str
    """Prompt for the portrait, in English."""
    language: str = "en-US"
    """BCP-47 tag."""
    likes: tuple[str, ...] = ()
    dislikes: tuple[str, ...] = ()
    emotion: Emotion = field(default_factory=Emotion)
    """Baseline mood that the face rests in."""
    voice: VoiceTraits = field(default_factory=VoiceTraits)
    seed: int = 0
    provenance: Provenance = field(default_factory=Provenance)
