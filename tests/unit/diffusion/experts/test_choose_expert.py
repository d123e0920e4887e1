"""Which expert is chosen, and why."""

import pytest

from benchmarks.face_detection import concepts
from chatanything.diffusion import Expert, choose_expert
from chatanything.diffusion.sketch.painter import STYLES
from chatanything.errors import InputError, UnknownEngineError
from chatanything.persona import Persona, write_persona


def persona(concept, appearance="", personality=""):
    return Persona(concept, "Name", personality, "", "", "Hello.", appearance)


@pytest.mark.parametrize(
    ("concept", "style", "reason"),
    [
        ("ripe tomato", "soft 3D", "vegetable"),
        ("shy cactus", "paper cut", "plant"),
        ("old pirate", "ink", "pirate"),
    ],
)
def test_description_decides(concept, style, reason):
    mixture = choose_expert(persona(concept))
    assert mixture.experts[0][0].name == style
    assert reason in mixture.reasons[0]


def test_what_a_lexicon_wrote_about_looks_speaks_for_no_style():
    """Every such text has "character portrait" in it, which said "ink" for three in four."""
    styles = [choose_expert(write_persona(c)).lead.name for cs in concepts().values() for c in cs]
    shares = {name: styles.count(name) / len(styles) for name in STYLES}
    assert max(shares.values()) < 0.45 and min(shares.values()) > 0.2


def test_those_that_fit_alike_are_drawn_for_each_concept_anew():
    animals = ("cat", "dog", "mouse", "lion", "tiger", "cow", "goat", "pig", "bear", "fox")
    assert {choose_expert(write_persona(name)).lead.name for name in animals} == {"soft 3D", "ink"}


def test_seed_decides_when_nothing_fits_and_says_so():
    names = {choose_expert(persona("zxqv"), seed=s).experts[0][0].name for s in range(20)}
    assert names == {"soft 3D", "paper cut", "ink"}
    assert "drawn by the seed" in choose_expert(persona("zxqv"), seed=1).reasons[-1]


def test_same_seed_chooses_the_same():
    assert choose_expert(persona("zxqv"), seed=4) == choose_expert(persona("zxqv"), seed=4)


def test_override_wins():
    mixture = choose_expert(persona("ripe tomato"), override="INK")
    assert mixture.experts[0][0].name == "ink"
    assert mixture.reasons == ("chosen by hand",)


def test_override_mixes_with_weights_that_sum_to_one():
    pool = [
        Expert(name, "some words here", "sd15", f"{name}.safetensors", negative=f"no {name}")
        for name in ("dreamy", "crisp", "flat")
    ]
    mixture = choose_expert(
        persona("x"), engine="diffusers", pool=pool, override="dreamy: 1, CRISP: 3"
    )
    assert [(expert.name, weight) for expert, weight in mixture.experts] == [
        ("dreamy", 0.25),
        ("crisp", 0.75),
    ]
    assert mixture.lead.name == "crisp" and mixture.negative == "no crisp"


def test_sketch_styles_cannot_be_mixed():
    with pytest.raises(InputError, match="one style at a time"):
        choose_expert(persona("x"), override="ink: 1, paper cut: 1")


def test_families_cannot_be_mixed():
    pool = [
        Expert(family, "some words here", family, "m.safetensors") for family in ("sd15", "sdxl")
    ]
    with pytest.raises(InputError, match="different families"):
        choose_expert(persona("x"), engine="diffusers", pool=pool, override="sd15, sdxl")


@pytest.mark.parametrize("override", ["watercolour", "ink: much", "ink: -1", "ink: 0", "ink: nan"])
def test_bad_override_is_told(override):
    with pytest.raises(InputError, match=r"expert '(watercolour|ink)'"):
        choose_expert(persona("x"), override=override)


def test_unknown_engine_is_told():
    with pytest.raises(UnknownEngineError, match="'oil'"):
        choose_expert(persona("x"), engine="oil")


def test_words_of_the_user_stay_byte_for_byte():
    odd = "{appearance} (evil:1.5) <lora:x:1> ёжик 🍵 "
    expert = Expert("e", "some words here", "sketch", "ink", template="pic of {concept}, {concept}")
    assert choose_expert(persona(odd), pool=[expert]).prompt == f"pic of {odd}, {odd}"
