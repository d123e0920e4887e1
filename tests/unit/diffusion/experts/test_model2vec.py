"""Matching by meaning, on a real model2vec model whose vectors are made here."""

import sys

import pytest

from chatanything.diffusion import Expert, ModelFolders, choose_expert, matchers
from chatanything.errors import InputError, MissingModelError
from chatanything.persona import Persona

KETTLE = Expert("kettle", "Paints kettles.", "sketch", "soft 3D")
SHARK = Expert("shark", "Paints a shark, a grumpy one.", "sketch", "ink")
PERSONA = Persona("grumpy teapot", "Tea", "", "", "", "Hello.", "")


@pytest.fixture
def folders(tmp_path):
    pytest.importorskip("model2vec")
    from tests.tools.models.tiny_meaning import save_model

    save_model(tmp_path / "text_encoders" / "tiny")
    return ModelFolders({"text_encoders": (tmp_path / "text_encoders",)})


def choose(folders, judge="model2vec", **more):
    return choose_expert(PERSONA, pool=[SHARK, KETTLE], judge=judge, folders=folders, **more)


@pytest.mark.engines
def test_meaning_finds_what_shares_no_word(folders):
    assert choose(folders, judge="words").lead.name == "shark"
    mixture = choose(folders)
    assert mixture.lead.name == "kettle"
    assert "nearest in meaning" in mixture.reasons[0]
    assert "model tiny" in mixture.reasons[0]


@pytest.mark.engines
def test_only_expert_is_taken_though_it_means_the_opposite(folders):
    ice = Expert("ice", "Ice.", "sketch", "ink")
    assert choose_expert(PERSONA, pool=[ice], judge="model2vec", folders=folders).lead == ice


@pytest.mark.engines
def test_model_is_taken_by_name_and_nothing_else_is(folders, tmp_path):
    assert choose(folders, source="tiny").lead.name == "kettle"
    (tmp_path / "text_encoders" / "other").mkdir()
    with pytest.raises(InputError, match="not a model2vec model"):
        choose(folders, source="other")


@pytest.mark.engines
def test_words_stand_in_when_there_is_no_model_and_the_reasons_say_so(tmp_path):
    pytest.importorskip("model2vec")
    empty = ModelFolders({"text_encoders": (tmp_path,)})
    mixture = choose(empty)
    assert mixture.lead.name == "shark"
    assert "compared by words" in mixture.reasons[-1]
    assert "models get potion" in mixture.reasons[-1]
    with pytest.raises(MissingModelError, match="text_encoders"):
        matchers.create("model2vec").rank(PERSONA, [SHARK], model="", folders=ModelFolders())


def test_words_stand_in_when_the_package_is_missing(monkeypatch):
    monkeypatch.setitem(sys.modules, "model2vec", None)  # how Python marks what cannot be imported
    mixture = choose(ModelFolders())
    assert mixture.lead.name == "shark"
    assert "pip install model2vec" in mixture.reasons[-1]
