"""The whole chain by one call, and the record of what is wanted."""

import inspect
import json
from dataclasses import fields

import numpy as np
import pytest
from PIL import Image

from chatanything import (
    FaceGuide,
    InputError,
    MissingDependencyError,
    Request,
    UnknownEngineError,
    choose_voice,
    create,
    make_character,
    make_guide,
    painters,
    voices,
    write_persona,
    writers,
)
from chatanything.pipeline import FILES, make_creation
from chatanything.progress import no_progress
from chatanything.voice import PRESETS, choose_engine, measure

SIZE = 256
TEAPOT = write_persona("grumpy teapot")


class Stages(list):
    """Remembers the names of the stages that are reported to it."""

    def __call__(self, name):
        self.append(name)
        return no_progress


def portrait(**words):
    voice = choose_voice(TEAPOT.voice)
    return make_character(Request(TEAPOT, voice=voice, size=SIZE, **words)).portrait


def eyes(points):
    return points[36:48].mean(0)


@pytest.fixture(scope="module")
def plain():
    return portrait()


@pytest.fixture(scope="module")
def green():
    return np.full((SIZE, SIZE, 3), (20, 200, 60), np.uint8)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("made")
    return create("grumpy teapot", size=SIZE, text="Hmph. Nobody knew.", out=folder / "pot")


def test_it_leaves_its_files_and_hands_over_what_it_made(made):
    assert [path.name for path in made.files] == list(FILES)
    assert sorted(path.name for path in made.folder.iterdir()) == sorted(FILES)
    assert made.persona == TEAPOT
    assert made.video.path == made.folder / "video.mp4"
    assert abs(made.video.seconds - made.speech.seconds) < 0.05
    kept = Image.open(made.folder / "portrait.png")
    assert np.array_equal(np.asarray(kept), made.character.portrait.image)
    assert set(made.seconds) == {"persona", "voice", "portrait", "speech", "video"}


def test_files_go_to_a_folder_named_after_the_concept(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert create(TEAPOT, size=SIZE, text="Hm.").folder.resolve() == tmp_path / "out/grumpy-teapot"


def test_a_word_of_create_is_a_field_of_the_record_and_is_explained():
    words = inspect.signature(create).parameters
    assert list(words) == [field.name for field in fields(Request)]
    explained = inspect.getdoc(create).split("Args:")[1].split("Returns:")[0]
    assert all(f"    {word}: " in explained for word in words)
    assert all(f'"{preset}"' in explained for preset in PRESETS)


def test_an_engine_that_is_not_named_is_the_first_or_the_best():
    who = make_character(Request("teapot", size=SIZE))
    assert who.persona.provenance.engine == writers.names()[0]
    assert who.voice.engine == choose_engine("en-US")[0]
    assert who.portrait.recipe["engine"] == painters.names()[0]


def test_the_face_lies_where_the_guide_says(plain):
    guide = make_guide(position=(0.12, -0.08), scale=0.8, size=(SIZE, SIZE))
    guided = portrait(guide=guide)
    # The mouth and the lids are the teapot's own, for it is angry.
    assert np.abs(guided.face.points - guide.points).max() < 0.03
    assert eyes(guided.face.points) == pytest.approx(eyes(guide.points), abs=0.005)
    assert np.abs(eyes(plain.face.points) - eyes(guide.points)).max() > 0.05
    assert guided.recipe["guided"] and not plain.recipe["guided"]


def test_a_guide_may_be_a_face_of_the_library():
    turned = portrait(guide="average, turned left").face.points
    guide = make_guide(library="average, turned left", size=(SIZE, SIZE))
    assert eyes(turned) == pytest.approx(eyes(guide.points), abs=0.02)
    straight = portrait(guide="average").face.points
    assert turned[30, 0] - eyes(turned)[0] < straight[30, 0] - eyes(straight)[0] - 0.005


def test_a_neutral_face_of_the_library_shows_the_mood_and_another_keeps_its_own():
    angry = TEAPOT.emotion
    assert angry.name == "angry"
    guide = make_guide(expression="angry", amount=angry.strength, size=(SIZE, SIZE))
    laughing = make_guide(library="child, laughing", size=(SIZE, SIZE))
    for name, same in (("average", guide), ("child, laughing", laughing)):
        assert np.array_equal(portrait(guide=name).image, portrait(guide=same).image), name


def test_a_guide_may_be_any_picture(plain, tmp_path):
    Image.fromarray(plain.image).save(tmp_path / "face.png")
    guide = make_guide(plain.image, size=(SIZE, SIZE))
    assert isinstance(guide, FaceGuide)
    expected = portrait(guide=guide).image
    for same in (plain.image, tmp_path / "face.png", str(tmp_path / "face.png")):
        assert np.array_equal(portrait(guide=same).image, expected)


def test_the_colours_of_the_reference_are_seen(plain, green, tmp_path):
    Image.fromarray(green).save(tmp_path / "green.png")
    half = portrait(reference=tmp_path / "green.png", strength=0.5)
    away = [np.abs(p.image.astype(float) - green).mean() for p in (half, plain)]
    assert away[0] < 0.75 * away[1]
    assert half.recipe["start"] == 0.5
    assert np.array_equal(portrait(reference=green, strength=0.0).image, green)
    assert np.array_equal(portrait(reference=green, strength=1.0).image, plain.image)
    some = portrait(reference=green)
    assert some.recipe["start"] == Request.strength
    assert np.abs(some.image.astype(float) - green).mean() < away[1]


def test_the_expert_is_who_was_asked_for(plain):
    styles = {portrait(expert=name).recipe["style"] for name in ("ink", "Paper Cut", "soft 3D")}
    assert styles == {"ink", "paper cut", "soft 3D"}
    assert portrait(expert=plain.recipe["style"]).image.tobytes() == plain.image.tobytes()


def test_the_preset_is_heard(made, tmp_path):
    giant = create(TEAPOT, preset="giant", size=SIZE, text="Hmph. Nobody knew.", out=tmp_path / "b")
    kept = json.loads((giant.folder / "persona.json").read_text(encoding="utf-8"))
    assert kept["voice"]["shaping"]["pitch"] < made.character.voice.shaping.pitch
    low, plain = (measure(one.speech) for one in (giant, made))
    assert low.f0 < 0.8 * plain.f0 and low.f3 < 0.93 * plain.f3


def test_what_is_there_is_not_made_again(made, tmp_path):
    stages = Stages()
    who = made.character
    again = make_creation(
        Request(who.persona, voice=who.voice, portrait=who.portrait, out=tmp_path / "again",
                text="Hmph. Nobody knew."),
        watch=stages,
    )  # fmt: skip
    assert stages == ["speech", "video"]
    assert again.persona is who.persona
    assert again.character.portrait is who.portrait
    for name in FILES:
        assert (again.folder / name).read_bytes() == (made.folder / name).read_bytes(), name


def test_a_preset_is_laid_over_a_voice_that_is_there(made):
    voice = made.character.voice
    words = {"voice": voice, "portrait": made.character.portrait, "preset": "robot"}
    assert make_character(Request(TEAPOT, **words)).voice.shaping.flatness == 1.0
    assert voice.shaping.flatness == 0.0


WRONG = [
    ({"concept": "?!"}, "no letter"),
    ({"language": "Klingon!"}, "not a language tag"),
    ({"writer": "nobody"}, "Choose one of: offline"),
    ({"voice": "nobody"}, "Choose one of: espeak"),
    ({"preset": "mouse"}, "Choose one of: giant"),
    ({"painter": "nobody"}, "Choose one of: sketch"),
    ({"expert": "crayon"}, "crayon.*soft 3D|soft 3D.*crayon"),
    ({"mix": "ink: 1, soft 3D: 1"}, "one style"),
    ({"mix": "ink: 1", "expert": "ink"}, "both say who paints"),
    ({"guide": "nowhere.png"}, "neither a picture nor a face of the library.*child, laughing"),
    ({"guide": "text.txt"}, "not a readable picture"),
    ({"guide": np.zeros((64, 64), np.uint8)}, "Give RGB"),
    ({"guide": 7}, "The guide is a int"),
    ({"reference": "nowhere.png"}, "Cannot read nowhere.png"),
    ({"reference": np.zeros((64, 64, 4), np.uint8)}, "Give RGB"),
    ({"reference": [[0, 0, 0]]}, "The reference is a list"),
    ({"strength": 1.5}, "strength is 1.5"),
    ({"strength": float("nan")}, "strength is nan"),
    ({"head": "nobody"}, "Choose one of: warp"),
    ({"seed": -1}, "Seed -1"),
    ({"size": 250}, "Portrait size is 250"),
    ({"text": " "}, "at least one word"),
    ({"out": "text.txt/inside"}, "Cannot write"),
]


@pytest.mark.parametrize(("words", "says"), WRONG, ids=lambda value: str(value)[:30])
def test_what_cannot_be_used_is_refused_before_any_work(words, says, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "text.txt").write_text("neither picture nor sound")
    stages = Stages()
    with pytest.raises(InputError, match=says):
        make_creation(Request(**{"concept": "grumpy teapot", **words}), watch=stages)
    assert stages == []
    assert [path.name for path in tmp_path.iterdir()] == ["text.txt"]


def test_words_without_effect_are_refused(made):
    who = made.character
    for words, says in (
        ({"portrait": who.portrait, "expert": "ink", "guide": "average"}, "expert and guide would"),
        ({"portrait": who.portrait, "reference": who.portrait.image}, "Leave it out"),
        ({"language": "de"}, "persona already exists"),
    ):
        with pytest.raises(InputError, match=says):
            create(TEAPOT, **words)


def test_an_engine_that_lacks_something_says_what_to_install(tmp_path):
    with pytest.raises(UnknownEngineError):
        create("teapot", voice="nobody", out=tmp_path / "a")
    voices.add("absent", lambda: None, about="", package="absent-tts", modules=("absent_tts",))
    try:
        with pytest.raises(MissingDependencyError, match="pip install absent-tts"):
            create("teapot", voice="absent", out=tmp_path / "a")
    finally:
        voices._entries.pop("absent")
    assert list(tmp_path.iterdir()) == []
