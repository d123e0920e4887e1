"""The starter is asked for what it knows, in English words; the sketch painter draws the rest."""

import json

import pytest

from benchmarks.face_detection import concepts
from chatanything.diffusion import Expert, choose_expert, load_experts
from chatanything.diffusion.mixture.known_words import Vocabulary, subject_of, vocabulary_of
from chatanything.diffusion.mixture.model_parts import find_part, is_here
from chatanything.errors import InputError, MissingModelError
from chatanything.model_folders import PACK, ModelFolders
from chatanything.persona import read_concept, write_persona

FOLDERS = ModelFolders({"diffusers": (PACK / "diffusers",)})


def chosen(concept, **more):
    return choose_expert(write_persona(concept), engine="diffusers", folders=FOLDERS, **more)


@pytest.mark.parametrize(
    ("concept", "prompt"),
    [
        ("grumpy teapot", "a portrait of a grumpy teapot"),
        ("頑固なティーポット", "a portrait of a teapot"),
        ("mürrische Teekanne", "a portrait of a grumpy teapot"),
        ("un théière grincheuse", "a portrait of a grumpy teapot"),
        ("ein roter Apfel", "a portrait of a red apple"),
        ("red apple wearing a top hat", "a portrait of a red apple wearing a top hat"),
        ("green angry owl", "a portrait of an angry green owl"),
        ("pirate parrot", "a portrait of a pirate parrot"),
        ("grumpy old man", "a portrait of a grumpy old man"),
        ("a cat who thinks it is a lighthouse", "a portrait of a cat"),
    ],
)
def test_a_known_concept_is_asked_for_in_english(concept, prompt):
    mixture = chosen(concept)
    assert (mixture.family, mixture.prompt) == ("starter", prompt)


@pytest.mark.parametrize(
    "concept",
    ["xylofroob", "123456", "<script>", "A", "entropy", "grumpy microscope", "quokkatron"],
)
def test_an_unknown_concept_goes_to_the_sketch_painter_and_the_reasons_say_so(concept):
    mixture = chosen(concept)
    assert mixture.family == "sketch"
    assert "was not trained on" in mixture.reasons[0] and "sketch painter" in mixture.reasons[0]
    assert chosen(concept, override="starter: 1, starter ink: 1").family == "sketch"


def test_stand_ins_of_the_training_are_not_known():
    """The painter that it learned from drew a rocket for a helicopter and a cat for a tiger."""
    assert {chosen(c).family for c in ("helicopter", "cello", "anchor", "tiger")} == {"sketch"}


def test_unknown_modifiers_are_left_out_and_named():
    mixture = chosen("quantum green apple")
    assert mixture.prompt == "a portrait of a green apple"
    assert mixture.reasons[-1].endswith("left out: quantum")


def test_most_things_of_the_benchmark_are_known():
    texts = [text for texts in concepts().values() for text in texts]
    known = vocabulary_of(chosen("teapot").lead, FOLDERS)
    share = sum(bool(known.noun_of(read_concept(text))) for text in texts) / len(texts)
    assert 0.5 < share < 0.7


def test_words_stay_with_models_that_know_everything(tmp_path):
    path = tmp_path / "mine.yaml"
    path.write_text(
        "experts: [{name: a, description: paints some things, family: sd15, source: x, "
        'template: "oil painting of {subject}"}]',
        encoding="utf-8",
    )
    mixture = choose_expert(
        write_persona("eine mürrische Teekanne"), engine="diffusers", pool=load_experts(path)
    )
    assert mixture.prompt == "oil painting of a grumpy teapot"


def test_without_a_list_the_subject_is_all_that_was_understood():
    assert subject_of(write_persona("quantum green apple")) == "a quantum green apple"
    assert subject_of(write_persona("xylofroob")) == "a xylofroob"
    nothing = Vocabulary(*(frozenset() for _ in range(5)))
    assert subject_of(write_persona("green apple"), nothing) == "green apple"


def test_parts_are_found_beside_the_model_and_a_copy_elsewhere_too(tmp_path):
    model = tmp_path / "diffusers" / "mine"
    for part in ("controlnet", "loras"):
        (model / part).mkdir(parents=True)
    (model / "loras" / "a.safetensors").touch()
    (model / "model_index.json").write_text("{}", encoding="utf-8")
    folders = ModelFolders({"diffusers": (tmp_path / "diffusers",), "loras": (tmp_path / "l",)})
    expert = Expert("mine", "paints some things", "sd15", "mine")
    assert is_here(expert, folders)
    assert find_part(expert, "controlnet", "controlnet", folders) == model / "controlnet"
    assert find_part(expert, "controlnet", "mine/controlnet", folders) == model / "controlnet"
    assert find_part(expert, "loras", "loras/a.safetensors", folders).parent == model / "loras"
    with pytest.raises(MissingModelError, match=r"b\.safetensors"):
        find_part(expert, "loras", "b.safetensors", folders)


def test_parts_may_be_named_from_the_expert_file(tmp_path):
    (tmp_path / "net").mkdir()
    path = tmp_path / "mine.yaml"
    entry = "name: a, description: paints some things, family: sd15, source: x, controlnet: ./net"
    path.write_text(f"experts: [{{{entry}}}]", encoding="utf-8")
    assert load_experts(path)[0].controlnet == str((tmp_path / "net").resolve())


def test_a_broken_list_is_told(tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "words.json").write_text(json.dumps({"nouns": ["a"]}), encoding="utf-8")
    expert = Expert("mine", "paints some things", "starter", "mine", words="words.json")
    with pytest.raises(InputError, match="lists nouns, traits"):
        vocabulary_of(expert, ModelFolders({"diffusers": (tmp_path,)}))


def test_the_starter_gives_way_to_any_other_model_that_is_here(tmp_path):
    (tmp_path / "Lykon" / "dreamshaper-8").mkdir(parents=True)
    folders = ModelFolders({"diffusers": (PACK / "diffusers", tmp_path)})
    mixture = choose_expert(write_persona("teapot"), engine="diffusers", folders=folders)
    assert mixture.lead.name == "DreamShaper 8"


def test_without_its_weights_it_is_told_how_to_get_them(tmp_path):
    expert = choose_expert(write_persona("teapot"), override="starter", folders=FOLDERS).lead
    nowhere = ModelFolders({"diffusers": (tmp_path,)})
    assert not is_here(expert, nowhere) and vocabulary_of(expert, nowhere) is None
    from chatanything.diffusion.mixture.model_parts import find_source

    with pytest.raises(MissingModelError, match="models get starter"):
        find_source(expert, nowhere)
