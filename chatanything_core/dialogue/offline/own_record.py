"""What a persona can say of itself: the words that fill its frames, out of its record."""

import re
from dataclasses import dataclass
from functools import lru_cache

from ...llm.text_length import word_count
from ...persona import Persona, Reading, read_concept
from ...persona.cards.card_versions import card_data
from ...persona.cards.greetings import places_of
from ...persona.cards.macros import Places
from ...persona.cards.told_card import example_lines
from ...persona.offline.english import noun_phrase, noun_texts, with_article
from ...persona.offline.languages import language_of, languages
from ...persona.offline.other_languages import what_it_is
from .phrasebook import Phrasebook
from .prose import sentences

_GROUPS = {
    "human": "person",
    **dict.fromkeys(("animal", "bird", "fish", "insect", "reptile"), "animal"),
    **dict.fromkeys(("fantasy", "cartoon"), "creature"),
    **dict.fromkeys(("robot", "electronics", "vehicle"), "machine"),
    **dict.fromkeys(("fruit", "vegetable", "food", "drink"), "food"),
    "plant": "plant",
    **dict.fromkeys(("building", "nature", "sky", "weather"), "place"),
    "idea": "idea",
}
"""Group of the phrasebooks by kind; every other kind is an `object`."""
GROUPS = (*dict.fromkeys(_GROUPS.values()), "object")
_YEARS = re.compile(
    r"\b(\d{1,5})[- ]?(?:years?[- ]old|jahre alt|ans\b|años|anni|anos|岁|歳)|\bage:? ?(\d{1,5})",
    re.I,
)
_LONGEST_NOUN = 60
"""Characters of a concept that is said as a noun phrase."""


@dataclass(frozen=True)
class OwnRecord:
    """A persona as its frames see it."""

    persona: Persona
    reading: Reading
    tales: tuple[str, ...]
    """Sentences of its background and personality that can be said."""
    places: Places
    """What the placeholders of its card stand for."""
    values: dict[str, tuple[str, ...]]
    """What may fill a place, by its name; a place that is missing here cannot be filled."""

    def tales_about(self, words: re.Pattern[str]) -> tuple[str, ...]:
        """The sentences in which one of `words` falls."""
        return tuple(tale for tale in self.tales if words.search(tale))


@lru_cache(maxsize=64)
def _tales(places: Places, *texts: str) -> tuple[str, ...]:
    said = (tale for text in texts for tale in sentences(text, places))
    return tuple(
        tale for tale in said if not (tale.startswith(places.name) and word_count(tale) < 8)
    )


def own_record(persona: Persona, book: Phrasebook, user: str = "") -> OwnRecord:
    """The record of `persona` in the language of `book`; it calls the user by `user`."""
    reading = read_concept(persona.concept)
    data = card_data(persona.card)
    places = places_of(data, persona.language, user) if data else Places(persona.name)
    tales = _tales(places, persona.background, persona.personality)
    group = _GROUPS.get(reading.kind, "object")
    values = {
        "name": (persona.name,),
        "what": _what(persona, reading, book),
        "like": _items(persona.likes),
        "dislike": _items(persona.dislikes),
        "job": _job(reading, book),
        "colour": reading.colours if book.code == "en" else (),
        "material": reading.materials if book.code == "en" else (),
        "tale": tales,
        "own": _remarks(persona, reading, places, book),
        "mood": book.says[f"mood {persona.emotion.name}"][0],
        "age": book.says[f"age {_age(persona)}"][0],
        "years": _years(persona),
        **{topic: groups[group] for topic, groups in book.record.items()},
    }
    return OwnRecord(persona, reading, tales, places, {k: v for k, v in values.items() if v})


def _what(persona: Persona, reading: Reading, book: Phrasebook) -> tuple[str, ...]:
    """What it is with its article; nothing for people with a name and for long descriptions."""
    if len(persona.concept) > _LONGEST_NOUN or not reading.noun or _is_name(reading):
        return ()
    if book.code == "en":
        if not reading.known and language_of(persona.concept) != "en-US":
            return ()
        return (with_article(noun_phrase(reading, with_emotions=False), reading.noun),)
    said = what_it_is(persona.concept, reading, languages()[book.code])
    return () if "…" in said else (said,)


def _is_name(reading: Reading) -> bool:
    """True for "Ada Lovelace" and for "Cleopatra": unknown, and written with a capital."""
    written = re.search(rf"\b{re.escape(reading.noun)}\b", reading.concept, re.I)
    capital = bool(written and written[0][:1].isupper() and not reading.concept.isupper())
    return not reading.known and (capital or bool(reading.name))


def _items(items: tuple[str, ...]) -> tuple[str, ...]:
    """Tastes without full stops, the short ones only."""
    bare = (item.strip(" .!;。！") for item in items)
    return tuple(item for item in bare if 0 < len(item) <= _LONGEST_NOUN)


def _job(reading: Reading, book: Phrasebook) -> tuple[str, ...]:
    if not reading.profession or book.code != "en":
        return ()
    return (with_article(reading.profession, reading.profession),)


def _remarks(
    persona: Persona, reading: Reading, places: Places, book: Phrasebook
) -> tuple[str, ...]:
    """What only something of its kind would say; for a card, what its examples say."""
    if persona.provenance.engine == "card":
        return tuple(example_lines(persona, places))
    if book.code != "en":
        return tuple(languages()[book.code].texts["remarks"])
    tables: dict[str, dict[str, dict[str, list[str]]]] = noun_texts()
    special = noun_texts()["nouns"].get(reading.noun)
    own = [str(special)] if special else []
    return (*own, *tables["kinds"][reading.kind]["says"])


def _age(persona: Persona) -> str:
    age = persona.voice.age
    return "young" if age < -0.4 else "old" if age > 0.4 else "grown"


def _years(persona: Persona) -> tuple[str, ...]:
    """The age in years that the record gives."""
    told = " ".join((persona.concept, persona.background, persona.personality))
    match = _YEARS.search(told)
    return (match[1] or match[2],) if match else ()
