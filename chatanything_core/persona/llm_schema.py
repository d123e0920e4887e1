"""The shape in which a language model is asked for a character."""

import re
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints, field_validator

from ..ranges import Share
from .emotion_words import emotion_of, strength_of
from .records import Emotion, EmotionName, Persona, Provenance, Trait, VoiceTraits

Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
Tastes = Annotated[list[Line], Field(min_length=1, max_length=12)]


_TAGS = {
    "english": "en-US", "german": "de-DE", "deutsch": "de-DE", "french": "fr-FR",
    "spanish": "es-ES", "italian": "it-IT", "portuguese": "pt-PT", "dutch": "nl-NL",
    "polish": "pl-PL", "russian": "ru-RU", "japanese": "ja-JP", "chinese": "zh-CN",
    "mandarin": "zh-CN", "korean": "ko-KR", "arabic": "ar-SA", "hindi": "hi-IN",
    "greek": "el-GR", "turkish": "tr-TR", "swedish": "sv-SE", "latin": "la",
}  # fmt: skip
"""Tags of languages that models call by their names."""


class VoiceDraft(BaseModel):
    """VoiceTraits without the language."""

    presentation: Trait = Field(description="-1 masculine, +1 feminine")
    age: Trait = Field(description="-1 child, +1 ancient")
    pitch: Trait = Field(description="-1 very low, +1 very high")
    pitch_range: Trait = Field(description="-1 monotone, +1 sing-song")
    pace: Trait = Field(description="-1 slow, +1 fast")
    brightness: Trait = Field(description="-1 dark, +1 bright")
    breathiness: Trait = Field(description="-1 pressed, +1 whispery")
    roughness: Trait = Field(description="-1 smooth, +1 hoarse")
    size: Trait = Field(description="-1 tiny body, +1 giant")
    energy: Trait = Field(description="-1 faint, +1 forceful")
    warmth: Trait = Field(description="-1 cold, +1 warm")

    def traits(self, language: str) -> VoiceTraits:
        """As the record that the voice is chosen by."""
        return VoiceTraits(language=language, **self.model_dump())


class PersonaDraft(BaseModel):
    """A character as a language model writes it."""

    name: Line = Field(description="the character's name")
    personality: Text = Field(description="two or three sentences")
    speaking_style: Text = Field(description="how it speaks, one or two sentences")
    background: Text = Field(description="where it comes from and what it wants")
    greeting: Text = Field(description="what it says first, two to four spoken sentences")
    likes: Tastes = Field(description="three to five things")
    dislikes: Tastes = Field(description="three to five things")
    appearance: Text = Field(description="prompt for a portrait, in English")
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")] = Field(
        description="BCP-47 tag of the language that it speaks, such as en-US"
    )
    emotion: EmotionName = Field(description="the mood that its face shows at rest")
    emotion_strength: Share = Field(description="0 barely shows, 1 is unmistakable")
    voice: VoiceDraft

    @field_validator("language", mode="before")
    @classmethod
    def _tagged(cls, name: object) -> object:
        if not isinstance(name, str):
            return name
        first = re.match(r"[a-z]*", name.strip().lower())
        return _TAGS.get(first[0] if first else "") or name.strip().replace("_", "-")

    @field_validator("emotion", mode="before")
    @classmethod
    def _named(cls, word: object) -> object:
        return emotion_of(word) or word

    @field_validator("emotion_strength", mode="before")
    @classmethod
    def _measured(cls, value: object) -> object:
        strength = strength_of(value)
        return value if strength is None else strength

    def persona(self, concept: str, language: str, seed: int, provenance: Provenance) -> Persona:
        """As the record that the other stages build on."""
        language = language or self.language
        return Persona(
            concept=concept,
            name=self.name,
            personality=self.personality,
            speaking_style=self.speaking_style,
            background=self.background,
            greeting=self.greeting,
            appearance=self.appearance,
            language=language,
            likes=tuple(self.likes),
            dislikes=tuple(self.dislikes),
            emotion=Emotion(self.emotion, self.emotion_strength),
            voice=self.voice.traits(language),
            seed=seed,
            provenance=provenance,
        )
