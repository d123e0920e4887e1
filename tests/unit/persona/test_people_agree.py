"""Name, pronouns, voice, body and texts of people come from one reading, so they agree."""

import re
from pathlib import Path

import pytest

from chatanything.persona import read_concept, reading_of, write_persona
from chatanything.persona.offline.lexicon import read_data, split
from chatanything.persona.offline.names import _by_origin

ROWS = (Path(__file__).parent / "people.txt").read_text(encoding="utf-8").splitlines()
PEOPLE = [tuple(row.split("\t")) for row in ROWS if not row.startswith("#")]
SEXES = {"f": "female", "m": "male", "-": ""}
WORDS = {"female": {"she", "her", "herself"}, "male": {"he", "his", "him", "himself"}}
NAMES = read_data("english.json")["names"]
FIRST = {
    sex: {name for table in (NAMES, *_by_origin().values()) for name in split(table[side])}
    for sex, side in (("female", "feminine"), ("male", "masculine"))
}


def test_there_are_three_hundred():
    assert len(PEOPLE) >= 300
    assert len({concept for concept, _ in PEOPLE}) == len(PEOPLE)


@pytest.mark.parametrize(("concept", "told"), PEOPLE)
def test_they_are_people_of_the_sex_that_is_told(concept, told):
    reading = read_concept(concept)
    assert reading.person
    assert reading.sex == SEXES[told]


@pytest.mark.parametrize(("concept", "told"), PEOPLE)
def test_name_pronoun_voice_and_body_agree(concept, told):
    for seed in range(4):
        persona = write_persona(concept, seed=seed)
        body = reading_of(persona)
        sex = body.sex
        assert sex == (SEXES[told] or sex)
        assert (persona.voice.presentation > 0.2) == (sex == "female")
        assert (persona.voice.presentation < -0.2) == (sex == "male")
        told_of = f"{persona.personality.partition('.')[2]} {persona.background}"
        words = set(re.findall(r"[a-z]+", told_of.lower()))
        assert not words & (WORDS["male"] | WORDS["female"]) - WORDS[sex], told_of
        if not body.name:
            assert any(persona.name.startswith(f"{name} ") for name in FIRST[sex])
        who = ("woman", "girl") if sex == "female" else ("man", "boy")
        assert re.search(rf", (?:{'|'.join(who)})\b", persona.appearance)


@pytest.mark.parametrize(
    ("concept", "least", "most"),
    [
        ("toddler", -1.0, -0.8),
        ("teenage girl", -0.65, -0.3),
        ("young surgeon", -0.35, 0.0),
        ("woman", -0.2, 0.2),
        ("a man in his forties", 0.0, 0.35),
        ("grandmother", 0.7, 1.0),
        ("an 80-year-old pilot", 0.8, 1.0),
    ],
)
def test_a_voice_has_the_age_of_its_person(concept, least, most):
    for seed in range(4):
        assert least <= write_persona(concept, seed=seed).voice.age <= most
