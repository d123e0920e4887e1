"""What is decided from the words of a concept."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.face_detection import concepts
from chatanything.diffusion.sketch.bodies import BODIES, HATS, body_for, known_nouns
from chatanything.diffusion.sketch.bodies.choose_body import _by_noun, _data
from chatanything.diffusion.sketch.composition import compose
from chatanything.diffusion.sketch.design import design
from chatanything.diffusion.sketch.face.facewear import FACEWEAR
from chatanything.diffusion.sketch.figure import _pressed
from chatanything.diffusion.sketch.palette import COLOURS, SUBSTANCES, lip_on, luminance, skin_on
from chatanything.diffusion.sketch.people.terms import tables
from chatanything.diffusion.sketch.surface.canvas import linear
from chatanything.diffusion.sketch.surface.materials import MATERIALS
from chatanything.diffusion.sketch.surface.outlines import move
from chatanything.diffusion.sketch.surface.raster import rasterise
from chatanything.diffusion.sketch.wardrobe import WORN
from chatanything.landmarks.face_model.anatomy import FaceStyle, build
from chatanything.persona import KINDS, read_concept
from chatanything.persona.offline import lexicon
from chatanything.seeding import generator
from tests.tools.samples import plain_persona

CATEGORIES = {"human", "animal", "fruit", "plant", "office", "bag", "clothing", "cartoon"}


def plan(concept, seed=0):
    return design(plain_persona(concept), seed)


@pytest.fixture(scope="module")
def plans():
    """Category to the designs of its concepts."""
    return {
        category: [plan(concept, seed) for seed, concept in enumerate(names)]
        for category, names in concepts().items()
    }


def test_there_are_enough_bodies_and_nouns():
    assert len(BODIES) >= 400 and {body.kind for body in BODIES.values()} == CATEGORIES
    assert len(known_nouns()) >= 2000
    wanted = {name for names in _by_noun().values() for name in names}
    kinds = {name for names in _data()["kinds"].values() for name in names.split("|")}
    assert wanted | kinds <= set(BODIES)
    assert set(KINDS) - {"human"} <= set(_data()["kinds"])


@pytest.mark.parametrize("name", BODIES)
def test_every_body_has_room_for_its_face(name):
    body = BODIES[name]
    (carrier,) = (part for part in body.parts if part.role == "face")
    framing = compose(body, (400, 400), None)
    patch = rasterise([framing.put(outline) for outline in carrier.outlines], (400, 400))
    page = np.zeros((400, 400), bool)
    page[patch.window] = patch.mask > 0.5
    points = framing.face.put(build(FaceStyle()).points[17:])
    x, y = points.astype(int).T
    assert page[y, x].all(), "brows, eyes, nose and mouth lie on the body"


@pytest.mark.parametrize("name", BODIES)
def test_nothing_lies_over_eyes_or_mouth(name):
    body = BODIES[name]
    framing = compose(body, (400, 400), None)
    points = framing.face.put(build(FaceStyle()).points[36:])
    for part in body.parts:
        if part.role == "front":
            patch = rasterise([framing.put(outline) for outline in part.outlines], (400, 400))
            page = np.zeros((400, 400), bool)
            page[patch.window] = patch.mask > 0.5
            x, y = points.astype(int).T
            assert not page[y, x].any(), part


@pytest.mark.parametrize("name", FACEWEAR)
def test_nothing_but_an_eye_patch_hides_eyes_or_lips(name):
    points = 200 + 80 * build(FaceStyle()).points
    points[42:48] = points[36:42] if name == "eye patch" else points[42:48]
    films = [part for part in FACEWEAR[name]() if not part.depth]
    assert all(MATERIALS[part.material].clear > 0.2 for part in films)
    for part in FACEWEAR[name]():
        if not part.depth:
            continue
        patch = rasterise([200 + 80 * outline for outline in part.outlines], (400, 400))
        page = np.zeros((400, 400), bool)
        page[patch.window] = patch.mask > 0.5
        x, y = points[[*range(36, 48), *range(60, 68)]].astype(int).T
        assert not page[y, x].any()


def test_every_concept_of_the_evaluation_gets_a_fitting_body(plans):
    expected = {
        "realistic": {"human"},
        "animal": {"animal"},
        "fruit": {"fruit"},
        "plant": {"plant", "fruit"},
        "bag": {"bag"},
        "clothes": {"clothing"},
    }
    for category, made in plans.items():
        bodies = [one.body for one in made]
        fitting = [body.kind in expected.get(category, CATEGORIES) for body in bodies]
        assert np.mean(fitting) >= 0.9, category
        people = {(p.style, p.clothes.name) for p in (one.costume.person for one in made) if p}
        assert len({body.name for body in bodies}) + len(people) >= 7


@pytest.mark.parametrize(
    ("concept", "body"),
    [
        ("a grumpy porcelain teapot", "teapot"),
        ("two kittens", "cat"),
        ("space rocket", "rocket"),
        ("old wizard", "grandfather"),
        ("evil queen", "woman"),
        ("oak tree", "tree"),
        ("alarm clock", "clock"),
        ("a wise sea lion", "seal"),
        ("fire engine", "fire engine"),
        ("lightning bolt", "lightning"),
        ("Eiffel Tower", "eiffel tower"),
        ("hot dog", "hot dog"),
    ],
)
def test_nouns(concept, body):
    assert plan(concept).body.name in ((body,) if isinstance(body, str) else body)


@pytest.mark.parametrize("name", [name for name in BODIES if BODIES[name].kind != "human"])
def test_a_body_is_reached_by_its_name(name):
    assert body_for(read_concept(name), generator(0, "any")) == name


def test_any_word_at_all_gets_a_body():
    for word in ("flurbinator", "Zeitgeist", "自転車", "42", "xyzzy plugh", "?!"):
        assert body_for(read_concept(word), generator(0, "any")) in BODIES


def test_words_change_material_and_colour():
    teapot = plan("teapot")
    assert plan("wooden teapot").material == "wood" != teapot.material
    assert plan("copper teapot").material == "metal"
    red, blue = plan("red teapot").palette.base, plan("blue teapot").palette.base
    assert red[0] > 2 * red[2] and blue[2] > 2 * blue[0]
    assert plan("purple woman").palette.base == pytest.approx(plan("woman").palette.base)
    assert {material for material, _ in SUBSTANCES.values()} <= set(MATERIALS)
    known = set(lexicon.materials()) | set(lexicon.colours())
    missing = known - set(SUBSTANCES) - set(COLOURS)
    assert not missing, "every material and colour word of the lexicon can be seen"


@pytest.mark.parametrize(
    ("concept", "thing"),
    [
        ("pirate parrot", "tricorn"),
        ("chef", "toque"),
        ("king apple", "crown"),
        ("clever owl", "glasses"),
        ("teapot with a moustache", "moustache"),
        ("cat in a top hat", "top hat"),
        ("evil pirate", "tricorn"),
        ("viking bear", "horned helmet"),
    ],
)
def test_professions_and_words_are_worn(concept, thing):
    assert thing in plan(concept).worn


def test_one_hat_at_most_and_only_known_things(plans):
    named = {name for table in ("headwear", "face", "beard") for name in tables()[table]}
    assert set(WORN) <= {*HATS, *FACEWEAR} <= {*WORN, *named}
    for worn in (one.worn for made in plans.values() for one in made):
        assert sum(name in HATS for name in worn) <= 1
        assert len(set(worn)) == len(worn)


def test_moods_and_traits_are_seen_in_the_look():
    angry, happy, sad = (plan(f"{word} teapot").look for word in ("angry", "cheerful", "sad"))
    assert angry.brow_slant > 0.5 > 0 > sad.brow_slant
    assert happy.smile > 0.5 and sad.smile < -0.3 and angry.smile < -0.3
    assert plan("sleepy teapot").look.eye_open < 0.8 < plan("surprised teapot").look.eye_open
    assert plan("ancient teapot").look.age > 0.5 > plan("teapot").look.age


def test_every_trait_family_of_the_lexicon_can_be_painted():
    for word in list(lexicon.traits())[::5]:
        look = plan(f"{word} teapot").look
        assert 0.5 <= look.eye_open <= 1.45 and abs(look.smile) <= 1 and look.parted <= 0.04


@pytest.mark.parametrize("hat", HATS)
def test_hats_fit_into_the_picture(hat):
    who = plan("woman")
    who = replace(who, costume=replace(who.costume, worn=(hat,)))
    framed = compose(who.body, (512, 512), None, who.hat_reach)
    on = (0, who.body.brim, who.body.head)
    lines = [move(line, *on) for part in HATS[hat].parts for line in part.outlines]
    points = np.concatenate([framed.put(line) for line in lines])
    assert points.min() >= 0 and points.max() < 512


def test_hair_lies_under_a_hat():
    who = design(plain_persona("woman"), 0, body=BODIES["woman"])
    hatted = replace(who, costume=replace(who.costume, worn=("wizard hat",)))
    hair = [part for part in who.body.parts if part.tint == "hair"]
    brim = who.body.brim
    for part in hair:
        flat = np.concatenate(_pressed(part, hatted).outlines)[:, 1].min()
        assert flat > brim - 0.06
    assert min(np.concatenate(part.outlines)[:, 1].min() for part in hair) < brim - 0.3


def test_two_professions_of_one_seed_are_two_people():
    looks = {(who.body.name, tuple(who.palette.base), tuple(who.palette.hair)) for who in map(
        plan, ("chef", "pirate", "cook", "gardener", "pilot", "teacher")
    )}  # fmt: skip
    assert len(looks) == 6


PEOPLE = [body for body in BODIES.values() if body.kind == "human"]


def test_beards_grow_with_age():
    assert "beard" in plan("old wizard").worn
    assert "beard" not in plan("10-year-old wizard").worn


@pytest.mark.parametrize("body", PEOPLE, ids=lambda body: body.name)
def test_hats_leave_a_forehead(body):
    """Half of a face under a brim is found, but not for sure where it is."""
    _, eyes, apart = body.face
    assert eyes - body.brim > 1.15 * apart


@pytest.mark.parametrize("name", ["blue", "green", "red", "yellow", "white"])
def test_a_face_is_nearer_to_skin_than_the_thing_that_wears_it(name):
    thing = linear(COLOURS[name])
    skin = skin_on(thing)

    def likeness(colour):
        """Cosine between the colour and the mean of all skins of people."""
        mean = np.mean([linear(each) for each in BODIES["man"].colours], axis=0)
        return colour @ mean / np.linalg.norm(colour) / np.linalg.norm(mean)

    assert likeness(skin) > likeness(thing) + 0.02
    assert skin.argmax() == thing.argmax(), "yet it is a face of that thing"


@pytest.mark.parametrize("name", ["yellow", "orange", "blue", "white", "brown", "black"])
def test_lips_are_rosy(name):
    skin = linear(COLOURS[name])
    lip = lip_on(skin)
    assert lip[0] > 1.8 * max(lip[1], lip[2])
    assert luminance(lip) > 0.1, "or they could not be told from an open mouth"


def test_lips_on_red_are_darker_than_it():
    skin = linear(COLOURS["red"])
    assert luminance(lip_on(skin)) < 0.75 * luminance(skin)


@pytest.mark.parametrize(
    ("concept", "material"),
    [
        ("ancient stone giant", "stone"),
        ("wooden puppet boy", "wood"),
        ("ice queen", "glass"),
        ("man made of chocolate", "wax"),
        ("stone warrior", "stone"),
        ("marble statue woman", "ceramic"),
    ],
)
def test_people_of_tales_are_made_of_what_is_said(concept, material):
    made = plan(concept)
    assert made.material == material
    word = next(word for word in made.reading.materials if word in SUBSTANCES)
    assert np.allclose(made.palette.base, linear(SUBSTANCES[word][1]))


@pytest.mark.parametrize("concept", ["glass blower", "iron worker", "leather biker", "gold miner"])
def test_people_who_work_with_it_are_of_skin(concept):
    made, plain = plan(concept), plan(concept.split()[1])
    assert made.material == plain.material
    assert luminance(made.skin) < 0.7
    red, green, blue = made.skin
    assert red > green > blue


@pytest.mark.parametrize(
    ("concept", "body"),
    [("meteor shower", "comet"), ("rain shower", "cloud"), ("hail shower", "thundercloud")],
)
def test_a_shower_of_the_sky_is_no_bath(concept, body):
    assert plan(concept).body.name == body
