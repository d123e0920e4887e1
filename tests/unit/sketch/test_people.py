"""People look and are dressed as the concept says."""

import numpy as np
import pytest

from chatanything.diffusion.sketch.bodies import ACCESSORIES, CLOTHES, HAIRS, HATS
from chatanything.diffusion.sketch.bodies.choose_body import TOOLS, _data, body_of, tool_of
from chatanything.diffusion.sketch.bodies.held import held_parts
from chatanything.diffusion.sketch.costume import _phrase
from chatanything.diffusion.sketch.design import design
from chatanything.diffusion.sketch.face.facewear import FACEWEAR
from chatanything.diffusion.sketch.palette import luminance
from chatanything.diffusion.sketch.people.dress import ON_SKIN, OWN_HAIR
from chatanything.diffusion.sketch.people.dyes import colour_in, dyed, main_tint
from chatanything.diffusion.sketch.people.person import FEATURES
from chatanything.diffusion.sketch.people.terms import lookup, tables
from chatanything.diffusion.sketch.people.wishes import Item, wishes_of
from chatanything.persona import reading_of, write_persona
from chatanything.persona.records import Attribute

SAMPLE = [
    "doctor",
    "teacher",
    "entrepreneur",
    "director",
    "survivor",
    "playwright",
    "champion",
    "monarch",
    "poet",
    "pirate",
    "nurse",
    "astronaut",
    "chef",
    "soldier",
    "dancer",
    "singer",
    "judge",
    "farmer",
    "wizard",
    "witch",
    "king",
    "queen",
    "actress",
    "waitress",
    "nun",
    "monk",
    "cowboy",
    "businesswoman",
    "fisherman",
    "old man",
    "old woman",
    "7-year-old girl",
    "12-year-old boy",
    "teenage boy",
    "90-year-old woman",
    "grandmother",
    "grandfather",
    "baby",
    "bearded sailor",
    "bald accountant with a moustache",
    "pregnant doctor",
    "bride",
    "groom",
    "uncle",
]


def plan(concept, seed=0):
    return design(write_persona(concept, seed=seed), seed)


def person(concept, seed=0):
    return plan(concept, seed).costume.person


@pytest.mark.parametrize("concept", SAMPLE)
def test_the_body_has_the_sex_and_age_of_the_reading_and_the_voice(concept):
    for seed in range(4):
        who = write_persona(concept, seed=seed)
        reading, made = reading_of(who), design(who, seed)
        base, age = made.body.name, reading.age or 32.0
        assert (base in ("woman", "girl", "grandmother")) == (reading.sex == "female")
        assert (who.voice.presentation > 0) == (reading.sex == "female")
        assert (base in ("girl", "boy")) == (age < 13)
        assert base.startswith("grand") == (age >= 65)
        whiskers = {"beard", "moustache", "goatee", "long beard"} & set(made.worn)
        assert reading.sex == "male" or not whiskers


def test_every_word_means_something_that_is_drawn():
    t = tables()
    facial = {*FACEWEAR, *ON_SKIN, *FEATURES, "lipstick"}
    assert {*t["face"], *t["beard"]} <= facial
    assert set(t["clothes"]) == set(CLOTHES) >= {*t["outfits"]}
    assert {*t["over"], *t["jewellery"], *t["job accessories"]} <= set(ACCESSORIES)
    assert {*t["headwear"], *t["job headwear"]} <= {*HATS, *HAIRS}
    styles = {name for row in t["looks"] for name in row["styles"].split(", ") if name}
    for table in ("hair styles", "coiled hair", "straight hair"):
        styles |= {name for names in t[table].values() for name in names.split(", ")}
    assert styles <= {*HAIRS, *OWN_HAIR}
    for table in ("role clothes", "default clothes"):
        assert {name for names in t[table].values() for name in names.split(", ")} <= set(CLOTHES)
    assert all(lookup(table) for table in ("skin", "eyes", "hair colour", "origins"))


@pytest.mark.parametrize(
    ("concept", "style", "colour"),
    [
        ("red-haired girl", "", "b8481c"),
        ("blonde man", "", "e8c878"),
        ("woman with silver hair", "", "d0d2d6"),
        ("bald man", None, None),
        ("girl with braids", "braids", None),
        ("woman with an afro", "afro", None),
        ("man with a green mohawk", "mohawk", "4f9a4a"),
        ("woman with long curly hair", "long curls", None),
        ("woman with white hair in a bun", "bun", "f2f0ec"),
        ("man with dreadlocks", "dreadlocks", None),
        ("woman in a green hijab", "hijab", None),
    ],
)
def test_hair(concept, style, colour):
    who = person(concept)
    if style is None:
        assert not who.style.name
    else:
        assert style in who.style.name and (colour is None or who.hair == colour)


def test_skin_and_eyes():
    def light(concept):
        return np.mean([luminance(plan(concept, seed).palette.base) for seed in range(4)])

    assert light("pale man") > 0.55 > light("olive-skinned man") > 0.25
    assert light("dark-skinned woman") < 0.2 and light("Nigerian surgeon") < 0.25
    assert light("Irish nurse") > 0.5
    assert plan("woman with green eyes").look.iris == "4c8a4a"
    assert plan("red-haired girl with freckles").look.freckles > 0.5
    assert person("Chinese grandmother").skin in tables()["origins"][2]["skin"]


def test_years_are_seen():
    old, grown, young = (plan(f"{years}-year-old woman").look.age for years in (90, 50, 20))
    assert old > 0.8 > grown > 0.1 > young == 0
    grey = luminance(plan("80-year-old man").palette.hair)
    assert grey > luminance(plan("black-haired 80-year-old man").palette.hair)


@pytest.mark.parametrize(
    ("concept", "clothes"),
    [
        ("doctor", "lab coat"),
        ("surgeon", "scrubs"),
        ("entrepreneur", "suit"),
        ("knight", "armour"),
        ("astronaut", "spacesuit"),
        ("Roman emperor", "toga"),
        ("woman in a red kimono", "kimono"),
        ("chef in a leather jacket", "leather jacket"),
        ("judge wearing a hoodie", "hoodie"),
    ],
)
def test_clothes(concept, clothes):
    assert person(concept).clothes.name == clothes


def test_clothes_have_their_colour_and_hair_keeps_its_own():
    who = person("woman with red hair in a green dress and a blue scarf")
    assert (who.hair, who.clothes.name, who.clothes.colour) == ("b8481c", "dress", "5a9e46")
    assert who.over == (Item("scarf", "3b6fb5"),)
    striped = plan("boy in a striped t-shirt").body.parts[0]
    plain = plan("boy in a t-shirt").body.parts[0]
    assert len(striped.marks) > len(plain.marks)


def test_a_named_hat_or_beard_takes_the_place_of_the_usual_one():
    assert "tricorn" in plan("pirate").worn
    assert [name for name in plan("pirate in a red beret").worn if name in HATS] == ["beret"]
    assert dict(plan("pirate in a red beret").costume.dyes)["beret"] == "c9302c"
    assert "beard" not in plan("wizard with a moustache").worn
    assert not any(name in HATS for name in plan("nun").worn)
    assert plan("nun").costume.person.covered


def test_parts_of_things_have_their_own_colours():
    dragon = plan("green dragon with black horns")
    assert {p.tint for p in dragon.body.parts if "horn" in p.names} == {"35363c"}
    assert "horns" not in dragon.worn and dragon.palette.base[1] > dragon.palette.base[0]
    teapot = plan("purple teapot with gold trim")
    assert teapot.material == "ceramic" and teapot.palette.base[2] > teapot.palette.base[1]
    assert "d9a520" in {p.tint for p in teapot.body.parts}
    scarf = plan("cat with a blue scarf")
    assert "3b6fb5" in {p.tint for p in scarf.body.parts}


def test_what_is_held_is_drawn_and_a_job_holds_its_tool():
    assert plan("woman holding a lantern").costume.held
    assert plan("zebra painter").costume.held
    assert not plan("woman").costume.held
    assert len(plan("king holding a shield and a sword").costume.held) > len(
        plan("king holding a sword").costume.held
    )


def test_what_is_not_drawn_is_said():
    assert plan("woman holding a flurbinator").costume.missing == ("holding a flurbinator",)
    assert plan("penguin in a tuxedo").costume.missing == ("in a tuxedo",)
    assert plan("teapot with a zorgle").costume.missing
    assert plan("woman in a red dress").costume.missing == ()


def test_every_tool_has_a_noun_a_colour_and_a_drawing():
    for name in TOOLS:
        tool, colour = tool_of(name)
        assert tool == name and len(colour) == 6 and held_parts(name, "", hands=True)
    for held in _data()["held by"]:
        assert tool_of(held)[0] or body_of(held), held


def test_colours_in_words():
    assert colour_in(("dark", "green")) != colour_in(("green",)) == "5a9e46"
    assert colour_in(("leather",)) == "8a5230" and colour_in(("big",)) == ""
    hat = HATS["beret"].parts
    assert main_tint(dyed(hat, "3b6fb5")) == "3b6fb5" and dyed(hat, "") == hat


def test_a_phrase_may_ask_for_much():
    wishes, unused = wishes_of(
        ("long curly red hair", "light blue eyes", "green silk dress", "wug")
    )
    assert wishes.hair == "b8481c" and set(wishes.style) == {"long", "curly"}
    assert wishes.eyes == "78b0d8" and wishes.of("clothes")[0] == Item("dress", "5a9e46")
    assert unused == ("wug",)
    assert _phrase(Attribute(("scottish",), "origin")) == "scottish"
