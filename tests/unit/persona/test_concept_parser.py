"""What a concept says about itself."""

import pytest

from chatanything.persona import KINDS, read_concept
from chatanything.persona.offline import lexicon


@pytest.mark.parametrize(
    ("concept", "noun", "kind"),
    [
        ("grumpy teapot", "teapot", "kitchen"),
        ("A pirate parrot", "parrot", "bird"),
        ("cat wizard", "cat", "animal"),
        ("dog trainer", "trainer", "human"),
        ("snow queen", "queen", "human"),
        ("glass king", "king", "human"),
        ("a cup of coffee", "cup", "kitchen"),
        ("three wolves in a trench coat", "wolf", "animal"),
        ("a statue made of marble", "statue", "household"),
        ("an orange cat", "cat", "animal"),
        ("orange", "orange", "fruit"),
        ("baby dragon", "dragon", "fantasy"),
        ("old washing machine", "washing machine", "household"),
        ("Bob, a cheerful stapler", "stapler", "office"),
        ("blorpfish", "blorpfish", "fish"),
        ("wug", "wug", "thing"),
        ("lighthouse keeper", "keeper", "human"),
        ("a grumpy zoo keeper", "keeper", "human"),
        ("bird watcher", "watcher", "human"),
        ("a flurbinator with big eyes", "flurbinator", "thing"),
        ("a zorblax in red trousers", "zorblax", "thing"),
        ("Snorgle of the moon", "snorgle", "thing"),
        ("a slice of pizza", "pizza", "food"),
        ("very grumpy, old teapot", "teapot", "kitchen"),
        ("grumpy with a teapot", "teapot", "kitchen"),
        ("42", "42", "idea"),
    ],
)
def test_head_noun_and_kind(concept, noun, kind):
    reading = read_concept(concept)
    assert (reading.noun, reading.kind) == (noun, kind)


def test_parts_are_told_apart():
    reading = read_concept("a tiny, grumpy red porcelain teapot detective with a wooden spoon")
    assert reading.noun == "teapot"
    assert reading.profession == "detective"
    assert reading.adjectives == ("tiny", "grumpy")
    assert reading.colours == ("red",)
    assert reading.materials == ("porcelain",)
    assert reading.emotions[0].name == "angry"


def test_adjectives_of_a_clause_belong_to_the_head_and_those_of_another_noun_do_not():
    assert read_concept("a teapot that is very old").adjectives == ("old",)
    assert read_concept("a knight afraid of an old dragon").adjectives == ("afraid",)


@pytest.mark.parametrize(
    ("concept", "name"),
    [
        ("a teapot called Rex", "Rex"),
        ("Bob, a cheerful stapler", "Bob"),
        ("Ada Lovelace", "Ada Lovelace"),
        ("Grumpy Teapot", ""),
        ("grumpy teapot", ""),
    ],
)
def test_given_names(concept, name):
    assert read_concept(concept).name == name


def test_any_text_can_be_read():
    for concept in (
        "",
        "!!!",
        "🍵",
        "a an the",
        "{name} {0} %s",
        "\n\t",
        "of of of",
        "ünïcödé 茶壶",
    ):
        reading = read_concept(concept)
        assert reading.concept == concept
        assert reading.kind in KINDS


def test_the_lexicon_is_as_large_as_promised_and_consistent():
    assert len(lexicon.traits()) >= 300
    assert len(lexicon.nouns()) >= 400
    kinds = {noun.kind for noun in lexicon.nouns().values()}
    assert len(kinds) >= 20
    assert kinds <= set(KINDS)
    assert set(lexicon.jobs()) <= lexicon.professions()


def test_hair_is_in_a_bun_and_what_follows_is_said_of_the_same_person():
    reading = read_concept(
        "nun with white hair in a bun, pale skin and blue war paint in a kitchen"
    )
    said = {each.part: each.words for each in reading.attributes}
    assert said == {"hair": ("white",), "bun": (), "skin": ("pale",), "war paint": ("blue",)}
    assert reading.place == "in a kitchen" and not reading.clause
    assert not read_concept("doctor with a cup in her hand").attributes


def test_what_is_worn_over_something_is_worn_with_it():
    reading = read_concept("punk wearing a leather jacket over a white t-shirt on a stage")
    assert [each.part for each in reading.wears] == ["t-shirt", "leather jacket"]
    assert reading.place == "on a stage"


def test_years_in_words_leave_the_words_before_them():
    reading = read_concept("cheerful sixty-year-old fisherman")
    assert (reading.age, reading.adjectives) == (60.0, ("cheerful",))
    assert read_concept("old man with a cane").age == 73.0
