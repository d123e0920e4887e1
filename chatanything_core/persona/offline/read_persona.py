"""The one record that voice, body and texts of a persona are made of."""

from dataclasses import replace

from ..records import Persona, Reading, Sex
from .concept import person_facts
from .concept_parser import read_concept


def reading_of(persona: Persona) -> Reading:
    """The reading of a persona's concept; what the concept leaves open is as its voice has it.

    So a "teacher" who speaks as a woman is a woman, with years where the voice is young or old.
    A concept that the lexicon does not know is read by the English look that a model wrote.

    >>> from ..write import write_persona
    >>> reading_of(write_persona("waitress")).sex
    'female'
    """
    reading = _described(persona)
    age = reading.age
    if age is None and reading.person:
        age = person_facts.years_of(persona.voice.age)
    return replace(reading, sex=reading.sex or _heard(persona), age=age)


def _described(persona: Persona) -> Reading:
    reading = read_concept(persona.concept)
    if reading.known or persona.provenance.engine == "offline":
        return reading
    described = read_concept(persona.appearance)
    return replace(described, concept=persona.concept) if described.known else reading


def _heard(persona: Persona) -> Sex:
    return "female" if persona.voice.presentation > 0 else "male"
