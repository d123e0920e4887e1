"""The writer that needs no model: lexicons, templates and a seed.

It reads the concept (`concept_parser`), draws what the concept leaves open from the seed, and says so
in the persona's provenance.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...progress import Tick
from ...seeding import generator
from ..records import Emotion, Persona, Provenance, Reading, VoiceTraits
from . import lexicon
from .concept import word_lists
from .concept_parser import read_concept
from .english import called, noun_phrase, noun_texts, whole_phrase
from .greeting import Greeting, sentence
from .languages import language_of, languages, spoken_language
from .names import draw_name
from .other_languages import write_in_other_language
from .pronouns import pronouns
from .tempers import tempers_of
from .voice_traits import voice_traits


class OfflineWriter:
    """Deterministic: same concept, language and seed, same persona."""

    def write(self, concept: str, *, language: str, seed: int, source: str, tick: Tick) -> Persona:
        """Write a persona; nothing has to run and nothing has to be waited for."""
        reading = read_concept(concept)
        random = generator(seed, "persona", concept)
        tempers = tempers_of(reading, random)
        wanted = spoken_language(language, concept)
        abroad = languages().get(wanted[:2].lower())
        english = not abroad and wanted[:2].lower() != "en"
        language = "en-US" if english else wanted
        voice = voice_traits(reading, tempers.drawn, language, random)
        name = reading.name or draw_name(reading, voice.presentation, random)
        notes = list(tempers.notes)
        if not reading.known:
            notes.append(
                f"The lexicon does not know {reading.noun!r}; treated as {reading.kind!r}."
            )
        if english:
            notes.append(f"{wanted} has no texts yet; they are in English, and so is the voice.")
        sketch = _Sketch(reading, tempers.families, voice, name, random)
        persona = sketch.persona(language, seed, Provenance("offline", "", tuple(notes)))
        return write_in_other_language(persona, reading, abroad, random) if abroad else persona


@dataclass(frozen=True)
class _Sketch:
    """All that is decided before a sentence is written."""

    reading: Reading
    families: tuple[lexicon.NounFamily, ...]
    voice: VoiceTraits
    name: str
    random: np.random.Generator

    def persona(self, language: str, seed: int, provenance: Provenance) -> Persona:
        """Write it all down."""
        kind = self._kind()
        opens = [line for trait in self._traits()[:1] for line in trait["opens"]]
        greeting = Greeting(self.reading, self.name, opens, kind["says"], self.voice, self.random)
        return Persona(
            concept=self.reading.concept,
            name=self.name,
            personality=self._personality(),
            speaking_style=" ".join(self._about(trait["speaks"]) for trait in self._traits()),
            background=self._about(kind["lives"]),
            greeting=greeting.text(),
            appearance=self._appearance(),
            language=language,
            likes=self._some("likes"),
            dislikes=self._some("dislikes"),
            emotion=self._emotion(),
            voice=self.voice,
            seed=seed,
            provenance=provenance,
        )

    def _traits(self) -> list[dict[str, Any]]:
        """Texts of the first two traits."""
        table: dict[str, Any] = noun_texts()["traits"]
        return [table[family.name] for family in self.families[:2]]

    def _kind(self) -> dict[str, Any]:
        """Texts of its kind; children and old people have some of their own."""
        age = self.reading.age
        aged = self.reading.person and age is not None and (age < 13 or age >= 65)
        kind = ("child" if age and age < 13 else "elder") if aged else self.reading.kind
        return dict(noun_texts()["kinds"][kind])

    def _about(self, options: list[str]) -> str:
        """One of the sentences about it, with what it is called and its pronouns in place."""
        line = str(options[int(self.random.integers(len(options)))])
        forms = pronouns(self.reading, self.voice.presentation)
        return sentence(line, name=self._short_name(), **forms)

    def _short_name(self) -> str:
        """The first name; all of it for things and after a title."""
        first = self.name.split()[0]
        title = first.lower().rstrip(".") in word_lists.words("people", "titles")
        whole = self.reading.name and (title or not self.reading.person)
        return called(self.reading, self.name) if whole else first

    def _personality(self) -> str:
        what = whole_phrase(self.reading, with_emotions=True)
        if self.reading.name and not self.reading.phrase:
            what = "exactly who you think"
        traits = [self._about(trait["is"]) for trait in self._traits()]
        name = called(self.reading, self.name)
        return " ".join([sentence("{name} is {what}.", name=name, what=what), *traits])

    def _some(self, key: str) -> tuple[str, ...]:
        """Four tastes, half of the character and half of what it is."""
        pools = [self._traits()[0][key], self._kind()[key]]
        chosen = [self.random.permutation(pool)[:2] for pool in pools]
        return tuple(dict.fromkeys(str(item) for pool in chosen for item in pool))

    def _emotion(self) -> Emotion:
        """The strongest mood of its traits; friendly when none has one."""
        emotions = [Emotion(*family.emotion) for family in self.families]
        emotions = [*self.reading.emotions, *emotions]
        felt = [emotion for emotion in emotions if emotion.name != "neutral"]
        return felt[0] if felt else Emotion("happy", 0.2)

    def _appearance(self) -> str:
        """The concept itself, in English where it is known, then who it is and how it looks."""
        reading = self.reading
        looks = str(dict(noun_texts()["moods"])[self._emotion().name])
        concept = reading.concept
        if reading.known and not language_of(concept).startswith("en"):
            concept = noun_phrase(reading)
        kind, frame = str(self._kind()["looks"]), str(noun_texts()["portrait"])
        return ", ".join(filter(None, (concept, self._body(), kind, looks, frame)))

    def _body(self) -> str:
        """The sex and years of a person, as the voice has them: "woman of 72 years"."""
        reading = self.reading
        if not reading.person:
            return ""
        female = pronouns(reading, self.voice.presentation)["he"] == "she"
        child = reading.age is not None and reading.age < 18
        who = ("girl" if child else "woman") if female else ("boy" if child else "man")
        return who if reading.age is None else f"{who} of {reading.age:.0f} years"
