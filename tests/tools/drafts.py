"""What a language model would answer, as the data that is asked for."""

from typing import Any

TRAITS = {
    *("presentation", "age", "pitch", "pitch_range", "pace", "brightness"),
    *("breathiness", "roughness", "size", "energy", "warmth"),
}


def persona_draft(**changed: Any) -> dict[str, Any]:
    """A whole character, with some fields changed."""
    return {
        "name": "Prudence Lidwell",
        "personality": "Patient with water, impatient with people.",
        "speaking_style": "Short sentences, each closed like a lid.",
        "background": "She has stood on the same stove for forty years.",
        "greeting": "Hmph. I am a teapot, and I was boiling first.",
        "likes": ["silence", "steam"],
        "dislikes": ["microwaves"],
        "appearance": "a dented copper teapot with two glaring eyes and a tight mouth",
        "language": "en-GB",
        "emotion": "angry",
        "emotion_strength": 0.4,
        "voice": dict.fromkeys(sorted(TRAITS), 0.25),
    } | changed
