"""Faces belong to what wears them: kinds, lips, beaks, and what is said of stand-ins."""

import numpy as np
import pytest

from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.diffusion.sketch.bodies import BODIES, has_own_body, noun_drawn
from chatanything.diffusion.sketch.face.face_kinds import FACE_KINDS
from chatanything.diffusion.sketch.palette import lip_on
from chatanything.diffusion.sketch.surface.canvas import linear
from chatanything.persona import read_concept
from chatanything.progress import no_progress
from tests.tools.samples import plain_persona, style

GROUPS = {
    "vehicles": "car bus truck taxi train tram bicycle motorcycle scooter boat ship canoe submarine "
    "tank tractor helicopter aeroplane rocket ufo ambulance",
    "instruments": "guitar violin piano drum trumpet saxophone harp flute clarinet trombone tuba "
    "banjo accordion bagpipes harmonica maracas xylophone tambourine gong triangle",
    "bags": "backpack handbag suitcase briefcase purse wallet tote sack basket clutch toolbox "
    "duffel_bag messenger_bag fanny_pack paper_bag tea_bag money_bag golf_bag lunch_box doctor_bag",
    "weather and sky": "cloud thundercloud rainbow snowflake tornado lightning sun moon star comet "
    "planet galaxy fog wind aurora icicle sunset snowman drop crescent_moon",
    "insects": "ant bee beetle butterfly caterpillar centipede cicada cockroach dragonfly firefly "
    "fly grasshopper ladybird mantis mosquito moth spider scorpion stick_insect wasp",
    "sea animals": "clownfish crab dolphin eel fish hammerhead_shark hermit_crab jellyfish lobster "
    "octopus orca pufferfish seahorse seal sea_urchin shark shrimp squid starfish stingray",
    "furniture": "bed chair table sofa stool wardrobe armchair bookshelf chest_of_drawers mirror "
    "lamp hammock rocking_chair office_chair coat_rack grandfather_clock bathtub toilet door clock",
    "mythical beings": "dragon unicorn mermaid phoenix griffin centaur minotaur cyclops medusa "
    "cerberus yeti werewolf vampire zombie mummy ghost fairy elf dwarf leprechaun",
}
"""Twenty of each group; underscores stand for blanks."""


def paint(concept, look="soft 3D", size=512):
    job = PaintJob(plain_persona(concept), style(look), seed=3, width=size, height=size)
    return SketchPainter().paint(job, no_progress)


@pytest.mark.parametrize("group", GROUPS)
def test_twenty_of_each_group_have_a_drawing_of_their_own(group):
    names = [name.replace("_", " ") for name in GROUPS[group].split()]
    assert len(set(names)) >= 20 and set(names) <= set(BODIES)


def test_every_animal_has_the_face_of_a_kind():
    for name, body in BODIES.items():
        if body.kind == "animal":
            assert body.face_kind.name not in ("human", "man", "thing", "smooth"), name


@pytest.mark.parametrize("colour", ["a9d4dc", "8d9096", "3b6fb5", "5a9e46"])
def test_lips_without_make_up_are_a_shade_of_what_they_are_on(colour):
    skin = linear(colour)
    plain, red = lip_on(skin, 0.0), lip_on(skin, 1.0)
    assert plain[0] / plain.sum() <= skin[0] / skin.sum() + 0.02
    assert red[0] / red.sum() > skin[0] / skin.sum() + 0.1
    assert plain.sum() < 0.7 * skin.sum()


def test_a_bird_speaks_with_its_beak_and_has_no_mouth_beneath_it():
    made = paint("owl")
    points = made.face.points * 512
    above, below = (points[33] + points[51]) / 2, points[57]

    def colour(spot):
        x, y = spot.astype(int)
        return made.image[y - 2 : y + 3, x - 2 : x + 3].reshape(-1, 3).mean(0)

    beak, lower = colour(above), colour((points[66] + below) / 2)
    for red, _, blue in (beak, lower):
        assert red > 1.8 * blue, "the beak's yellow"
    assert FACE_KINDS["bird"].mouth == "beak"


@pytest.mark.parametrize("concept", ["girl", "woman", "boy"])
def test_no_strokes_on_a_chin_in_ink(concept):
    made = paint(concept, "ink")
    points = made.face.points * 512
    x, y = (0.35 * points[57] + 0.65 * points[8]).astype(int)
    chin = made.image[y - 8 : y + 9, x - 16 : x + 17].astype(float).mean(-1)
    smooth = np.array([np.convolve(row, np.ones(7) / 7, "same") for row in chin])
    assert (chin - smooth)[:, 3:-3].std() < 4


def test_a_stand_in_is_called_one():
    assert paint("cannon", size=128).notes[0] == "Drawn as a barrel: no cannon is known."
    assert paint("flurbinator", size=128).notes[0].endswith("no flurbinator is known.")
    assert not any("Drawn as" in note for note in paint("teapot", size=128).notes)


@pytest.mark.parametrize(
    ("concept", "drawn", "own"),
    [
        ("block of cheese", "block of cheese", True),
        ("cola can", "cola can", True),
        ("old suspension bridge", "bridge", True),
        ("grumpy cannon", "cannon", False),
        ("flurbinator", "", False),
    ],
)
def test_compounds_come_first_and_their_end_is_what_they_are(concept, drawn, own):
    reading = read_concept(concept)
    assert (noun_drawn(reading), has_own_body(reading)) == (drawn, own)
