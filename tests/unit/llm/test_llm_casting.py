"""A language model casts a character, held to the options that there are."""

import json
from dataclasses import asdict

import pytest

from chatanything.errors import InputError
from chatanything.persona import write_persona
from chatanything.persona.llm_casting import MATCHER, choose_by_llm
from tests.tools.servers.llm_server import Reply

OPTIONS = {"storybook": "soft watercolour", "neon": "glowing cyberpunk"}
TRAITS = {**asdict(write_persona("giant").voice), "pitch": -0.9}
del TRAITS["language"]


def drafted(option="neon", **changes):
    voice = {**TRAITS, **changes}
    return Reply(json.dumps({"reasons": "It glows.", "voice": voice, "option": option}))


def cast(**options):
    persona = write_persona("neon {sign}", language="en-GB")
    return persona, choose_by_llm(
        persona, OPTIONS, engine="openai", source="lab", fallback=lambda: "storybook", **options
    )


def test_the_model_chooses_voice_and_expert_with_reasons(server, profile):
    server.behave = lambda body, number: drafted()
    persona, choice = cast()
    assert (choice.option, choice.by, choice.reasons) == ("neon", "tiny", ("It glows.",))
    assert (choice.voice.pitch, choice.voice.language) == (-0.9, "en-GB")
    system, told = (message["content"] for message in server.asked[0]["messages"])
    assert "- neon: glowing cyberpunk" in system
    assert told.startswith(persona.concept)
    schema = server.asked[0]["response_format"]["json_schema"]["schema"]
    assert schema["properties"]["option"]["enum"] == list(OPTIONS)


def test_a_wrong_choice_is_sent_back_once_with_the_error(server, profile):
    server.behave = lambda body, number: drafted("rembrandt" if number == 0 else "neon")
    _, choice = cast()
    assert choice.option == "neon"
    assert "option: Input should be 'storybook' or 'neon'" in choice.reasons[1]
    assert "option: Input should be" in server.asked[1]["messages"][-1]["content"]


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (drafted("rembrandt"), "option: Input should be"),
        (drafted(pitch=7), "voice.pitch: Input should be less than"),
        (Reply("A. neon"), "no JSON object"),
        (Reply("no", 401), "refused the key"),
    ],
)
def test_the_matcher_takes_over_and_says_so(server, profile, canary, reply, why):
    server.behave = lambda body, number: reply
    persona, choice = cast()
    assert (choice.option, choice.by, choice.voice) == ("storybook", MATCHER, persona.voice)
    assert why in choice.reasons[0]
    assert "the matcher chose 'storybook'" in choice.reasons[0]
    assert canary not in choice.reasons[0]


def test_no_options_and_no_profile_are_told(server, profile):
    persona = write_persona("teapot")
    with pytest.raises(InputError, match="no options to choose"):
        choose_by_llm(persona, {}, engine="openai", source="lab", fallback=lambda: "")
    with pytest.raises(InputError, match="'barn'"):
        choose_by_llm(persona, OPTIONS, engine="openai", source="barn", fallback=lambda: "neon")
