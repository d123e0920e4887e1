"""What the persona stage returns."""

from dataclasses import dataclass, field
from typing import Annotated, Literal, get_args

from ..ranges import Range, Share

EmotionName = Literal["neutral", "happy", "sad", "angry", "afraid", "disgusted", "surprised"]
EMOTIONS: tuple[EmotionName, ...] = get_args(EmotionName)

KINDS = (
    *("human", "animal", "bird", "fish", "insect", "reptile", "fantasy", "robot", "cartoon"),
    *("fruit", "vegetable", "food", "drink", "plant", "kitchen", "furniture", "household"),
    *("office", "electronics", "bag", "clothing", "jewellery", "tool", "vehicle", "building"),
    *("instrument", "toy", "sport", "nature", "sky", "weather", "idea", "thing"),
)
"""What a concept can be about; `thing` is what none of the others is."""


@dataclass(frozen=True)
class Emotion:
    """One of a small closed set that the face and the voice can show (Ekman 1992, plus neutral)."""

    name: EmotionName = "neutral"
    strength: Share = 0.0
    """How strongly it shows."""


NEUTRAL = Emotion()


Trait = Annotated[float, Range(-1.0, 1.0)]


@dataclass(frozen=True)
class VoiceTraits:
    """How a character sounds, as numbers where 0 is an ordinary adult speaker.

    `voice.mixture.targets` maps them to Hz, dB, semitones and syllables per second.
    """

    language: str = "en-US"
    """BCP-47 tag of language and accent."""
    presentation: Trait = 0.0
    """-1 masculine, +1 feminine."""
    age: Trait = 0.0
    """-1 child, +1 ancient."""
    pitch: Trait = 0.0
    """-1 very low, +1 very high."""
    pitch_range: Trait = 0.0
    """-1 monotone, +1 sing-song."""
    pace: Trait = 0.0
    """-1 slow, +1 fast."""
    brightness: Trait = 0.0
    """-1 dark (steep spectral tilt), +1 bright."""
    breathiness: Trait = 0.0
    """-1 pressed, +1 whispery."""
    roughness: Trait = 0.0
    """-1 smooth, +1 hoarse."""
    size: Trait = 0.0
    """-1 tiny body (short vocal tract), +1 giant."""
    energy: Trait = 0.0
    """-1 faint, +1 forceful."""
    warmth: Trait = 0.0
    """-1 cold, +1 warm."""


Sex = Literal["female", "male", ""]


@dataclass(frozen=True)
class Attribute:
    """Words that describe something, and what they belong to: black horns, a green dress."""

    words: tuple[str, ...]
    """In the order of the concept: ("long", "silver"); empty for a thing just named ("freckles")."""
    part: str
    """What they describe: "hair", "dress"; "origin" for a people ("scottish"); empty for the
    thing itself."""


@dataclass(frozen=True)
class Reading:
    """What a concept says about itself, in English words; the writer and the painter build on it.

    Every tuple keeps the order of the concept. All words are in lower case, but `name`, `place`,
    `weather` and `clause` are as they were written.
    """

    concept: str
    """The user's own words, never altered."""
    words: tuple[str, ...]
    """All its words."""
    noun: str
    """What it is: head noun in the singular; empty when there is none ("grumpy")."""
    kind: str
    """One of KINDS; guessed from the word's shape when `known` is False."""
    known: bool = True
    """True when the noun was found in the lexicon."""
    phrase: tuple[str, ...] = ()
    """The noun phrase in order, without article: ("steam", "engine"), ("cup", "of", "coffee")."""
    name: str = ""
    """The name that the concept gives: "Rex" in "a teapot called Rex"."""
    adjectives: tuple[str, ...] = ()
    """Traits of the lexicon, and words before the noun that are shaped like adjectives."""
    profession: str = ""
    """What it works as: "pirate" in "pirate parrot"; for a human also the noun itself."""
    materials: tuple[str, ...] = ()
    """What it is made of: "porcelain"."""
    colours: tuple[str, ...] = ()
    """Colours of the thing itself, not of its parts and clothes: "red"."""
    emotions: tuple[Emotion, ...] = ()
    """Moods that its adjectives name, strongest first."""
    person: bool = False
    """True for a human being."""
    sex: Sex = ""
    """What nouns, names, beards and pronouns say of it; empty when nothing does."""
    age: float | None = None
    """Years, for people and where a number is given; None when nothing tells it."""
    attributes: tuple[Attribute, ...] = ()
    """What it looks like and what it has; temper, clothes and what it holds stand apart."""
    wears: tuple[Attribute, ...] = ()
    """Clothes, headwear, glasses and jewellery; `part` is the garment."""
    holds: tuple[Attribute, ...] = ()
    """What it holds, plays or rides; `part` is the thing."""
    temper: tuple[str, ...] = ()
    """Those of its adjectives that tell how it behaves."""
    place: str = ""
    """Where it is or comes from, as written: "in a forest", "from Paris"."""
    weather: str = ""
    """Weather and time of day, as written: "in the rain", "at night"."""
    rest: str = ""
    """What stands behind the noun, as written: "with gold trim, in the rain"."""
    clause: str = ""
    """What is told of it, as written: "who thinks it is a lighthouse", "afraid of heights"."""


@dataclass(frozen=True)
class Provenance:
    """Who wrote a persona, so that a lexicon is not mistaken for a language model."""

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
    card: str = ""
    """The character card that it was loaded from, as JSON text, so that saving loses nothing."""
