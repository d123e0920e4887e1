"""The writer that needs no model: lexicons, templates and a seed.

It reads the concept (`concept_parser`), draws what the concept leaves open from the seed, and says so
in the persona's provenance.
"""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from ...progress import Tick
from ...seeding import generator
from ..records import Emotion, Persona, Provenance, Reading, VoiceTraits
from . import lexicon
from .concept_parser import read_concept
from .english import noun_phrase, noun_texts, with_article
from .languages import language_of, languages, spoken_language
from .names import draw_name
from .other_languages import write_in_other_language
from .voice_traits import voice_traits

_GREETING_WORDS = (16, 30)
"""A greeting of so many words lasts 6 to 12 seconds at an ordinary pace."""


class OfflineWriter:
    """Deterministic: same concept, language and seed, same persona."""

    def write(self, concept: str, *, language: str, seed: int, source: str, tick: Tick) -> Persona:
        """Write a persona; nothing has to run and nothing has to be waited for."""
        reading = read_concept(concept)
        random = generator(seed, "persona", concept)
        named = _named_traits(reading)
        drawn = [] if named else [_draw_trait(random)]
        families = named or drawn
        language = spoken_language(language, concept)
        extra = drawn[0] if drawn else None
        voice = voice_traits(reading, extra, language, random)
        name = reading.name or draw_name(voice.presentation, random)
        notes = [f"The concept names no trait; the seed chose {drawn[0].name!r}."] if drawn else []
        if not reading.known:
            notes.append(
                f"The lexicon does not know {reading.noun!r}; treated as {reading.kind!r}."
            )
        abroad = languages().get(language[:2].lower())
        if not abroad and language[:2].lower() != "en":
            notes.append(f"{language} has no texts yet; these are in English.")
        sketch = _Sketch(reading, families, voice, name, random)
        persona = sketch.persona(language, seed, Provenance("offline", "", tuple(notes)))
        return write_in_other_language(persona, reading, abroad, random) if abroad else persona


def _named_traits(reading: Reading) -> list[lexicon.NounFamily]:
    known = [word for word in reading.adjectives if word in lexicon.traits()]
    return list({lexicon.traits()[w][0].name: lexicon.traits()[w][0] for w in known}.values())


def _draw_trait(random: np.random.Generator) -> lexicon.NounFamily:
    names = lexicon.split(str(noun_texts()["default_traits"]))
    return lexicon.families()[str(random.choice(names))]


def _filled(line: object, **values: str) -> str:
    """A line of the tables with its places filled; what is filled in is not read again."""
    return str(line).format(**values)


@dataclass(frozen=True)
class _Sketch:
    """All that is decided before a sentence is written."""

    reading: Reading
    families: list[lexicon.NounFamily]
    voice: VoiceTraits
    name: str
    random: np.random.Generator

    def persona(self, language: str, seed: int, provenance: Provenance) -> Persona:
        """Write it all down."""
        return Persona(
            concept=self.reading.concept,
            name=self.name,
            personality=self._personality(),
            speaking_style=" ".join(self._pick(trait["speaks"]) for trait in self._traits()),
            background=self._about(self._kind()["lives"]),
            greeting=self._greeting(),
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
        table: dict[str, Any] = noun_texts()["kinds"]
        return dict(table[self.reading.kind])

    def _pick(self, options: list[str]) -> str:
        return str(options[int(self.random.integers(len(options)))])

    def _about(self, options: list[str]) -> str:
        """One of the sentences about it, with the first name in place."""
        return _filled(self._pick(options), name=self.name.split()[0])

    def _personality(self) -> str:
        what = with_article(noun_phrase(self.reading), self.reading.noun)
        if self.reading.name and not self.reading.known:
            what = "exactly who you think"
        traits = [self._about(trait["is"]) for trait in self._traits()]
        return " ".join([f"{self.name} is {what}.", *traits])

    def _some(self, key: str) -> tuple[str, ...]:
        """Four tastes, half of the character and half of what it is."""
        pools = [self._traits()[0][key], self._kind()[key]]
        chosen = [self.random.permutation(pool)[:2] for pool in pools]
        return tuple(dict.fromkeys(str(item) for pool in chosen for item in pool))

    def _greeting(self) -> str:
        """A word of temper, who it is, something only it would say, and perhaps a question."""
        # Slow speakers take almost twice as long for a word.
        least, most = (round(words * (1 + 0.4 * self.voice.pace)) for words in _GREETING_WORDS)
        opens, who, remarks = self._traits()[0]["opens"], self._introductions(), self._remarks()
        said = ""
        # Where all three are too long, two must do.
        for parts in ((opens, who, remarks), (who, remarks), (opens, who)):
            drafts = [" ".join(lines) for lines in product(*parts)]
            fitting = [draft for draft in drafts if least <= len(draft.split()) <= most]
            if fitting:
                said = self._pick(fitting)
                break
        said = said or " ".join([self._pick(opens), self._pick(who)])
        closing = self._pick([str(line) for line in noun_texts()["closings"]])
        whole = f"{said} {closing}"
        return whole if len(whole.split()) <= most else said

    def _introductions(self) -> list[str]:
        reading, table = self.reading, noun_texts()
        if not reading.known and reading.name:
            return [_filled(line, name=self.name) for line in table["named_introductions"]]
        what = with_article(noun_phrase(reading, with_emotions=False), reading.noun)
        work = ""
        if reading.profession and reading.profession != reading.noun:
            job = with_article(reading.profession, reading.profession)
            work = _filled(self._pick(list(table["works"])), a_job=job)
        lines = [str(line) for line in table["introductions"]]
        return [_filled(line, name=self.name, a_noun=what, work=work) for line in lines]

    def _remarks(self) -> list[str]:
        """The noun's own line three times, so that it is heard half the time; then its kind's."""
        own: dict[str, Any] = noun_texts()["nouns"]
        words = (self.reading.noun, self.reading.profession)
        special = [str(own[word]) for word in dict.fromkeys(words) if word in own]
        return [*special * 3, *self._kind()["says"]]

    def _emotion(self) -> Emotion:
        """The strongest mood of its traits; friendly when none has one."""
        emotions = [Emotion(*family.emotion) for family in self.families]
        emotions = [*self.reading.emotions, *emotions]
        felt = [emotion for emotion in emotions if emotion.name != "neutral"]
        return felt[0] if felt else Emotion("happy", 0.2)

    def _appearance(self) -> str:
        """The concept itself, in English where it is known, then its kind's and its mood's look."""
        looks = str(dict(noun_texts()["moods"])[self._emotion().name])
        concept = self.reading.concept
        if self.reading.known and not language_of(concept).startswith("en"):
            concept = noun_phrase(self.reading)
        return ", ".join(
            [concept, str(self._kind()["looks"]), looks, str(noun_texts()["portrait"])]
        )
