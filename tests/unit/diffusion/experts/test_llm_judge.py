"""A language model chooses the expert, on a real server of its own."""

import json
from dataclasses import asdict, replace

import pytest

from chatanything.diffusion import ModelFolders, built_in_experts, choose_expert
from chatanything.errors import UnknownEngineError
from chatanything.llm import profiles
from chatanything.persona import write_persona
from tests.tools.servers import llm_server

PERSONA = write_persona("ripe tomato")
VOICE = {key: value for key, value in asdict(PERSONA.voice).items() if key != "language"}


@pytest.fixture
def server(tmp_path, monkeypatch):
    pytest.importorskip("openai")
    monkeypatch.setenv("CHATANYTHING_CONFIG_DIR", str(tmp_path / "config"))
    with llm_server.running() as running:
        profiles.add_profile(profiles.Profile("lab", running.url, "tiny", timeout=8))
        yield running


def answer(option):
    return llm_server.Reply(
        json.dumps({"reasons": "It is bold.", "voice": VOICE, "option": option})
    )


def test_model_chooses_from_the_pool_and_says_why(server):
    server.behave = lambda body, number: answer("ink")
    mixture = choose_expert(PERSONA, judge="openai", source="lab")
    assert mixture.experts[0][0].name == "ink"
    assert mixture.reasons == ("ink: chosen by tiny", "It is bold.")


def test_matcher_takes_over_when_the_model_names_nobody(server):
    server.behave = lambda body, number: answer("rembrandt")
    mixture = choose_expert(PERSONA, judge="openai", source="lab")
    assert mixture.experts[0][0].name == "soft 3D"
    assert "the matcher chose 'soft 3D'" in mixture.reasons[1]


def test_hand_wins_over_the_model_and_asks_nobody(server):
    mixture = choose_expert(PERSONA, judge="openai", source="lab", override="paper cut")
    assert mixture.experts[0][0].name == "paper cut"
    assert server.asked == []


def test_pool_of_one_asks_nobody(server):
    only = next(expert for expert in built_in_experts() if expert.name == "ink")
    assert choose_expert(PERSONA, judge="openai", source="lab", pool=[only]).lead == only
    assert server.asked == []


def test_expert_whose_model_is_here_goes_first(tmp_path):
    far = next(e for e in built_in_experts() if e.family == "sd15")
    (tmp_path / "mine.safetensors").touch()
    far = replace(far, tags=("vegetable",))
    near = replace(far, name="near", description="Nothing in common.", source="mine.safetensors")
    folders = ModelFolders({"checkpoints": (tmp_path,)})
    for given, name in ((None, far.name), (folders, "near")):
        mixture = choose_expert(
            PERSONA, engine="diffusers", pool=[far, replace(near, tags=())], folders=given
        )
        assert mixture.experts[0][0].name == name


def test_an_unknown_judge_is_told_all_there_are_though_one_expert_needs_no_choice():
    only = built_in_experts()[:1]
    with pytest.raises(UnknownEngineError, match=r"judge engine 'jury'.*words, model2vec, openai"):
        choose_expert(PERSONA, judge="jury", pool=only)
