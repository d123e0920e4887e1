"""A question as one text, and the answer that somebody brings: no server, no model."""

import json

import pytest

from chatanything.dialogue import History, Turn, chat, turn_question
from chatanything.errors import EngineError, InputError
from chatanything.llm import GivenAnswer, Message, Question, one_text
from chatanything.llm.text_length import tokens
from chatanything.persona import Emotion, persona_question, write_persona
from chatanything.persona.llm_schema import PersonaDraft
from tests.tools.drafts import persona_draft

DRAFT = persona_draft()
SAID = "Sit down, the kettle is on."
CONCEPT = "grumpy teapot with {braces} and <<marks>>"


@pytest.fixture(scope="module")
def teapot():
    return write_persona("grumpy teapot")


def written(answer):
    return write_persona("grumpy teapot", model=GivenAnswer(answer), seed=3)


def test_a_persona_question_holds_the_concept_and_every_field():
    question = persona_question(CONCEPT, "fr-FR")
    assert CONCEPT in question and "fr-FR" in question
    for field in PersonaDraft.model_fields:
        assert f'"{field}"' in question


@pytest.mark.parametrize(
    "frame",
    [
        "{}",
        "Here you are:\n```json\n{}\n```\nDo you like it?",
        "<think>A teapot. {{maybe}}</think>\n{}",
        "The user wants a teapot.</think>{}",
    ],
)
def test_the_answer_is_found_in_whatever_stands_around_it(frame):
    persona = written(frame.replace("{}", json.dumps(DRAFT)))
    assert (persona.name, persona.greeting) == (DRAFT["name"], DRAFT["greeting"])
    assert (persona.concept, persona.seed) == ("grumpy teapot", 3)
    assert persona.provenance.engine == "The text node"


@pytest.mark.parametrize(
    ("answer", "missing"),
    [
        ("I would rather not.", "no JSON object.*begins with 'I would rather not.'"),
        ("<think>Hm", "is empty"),
        (json.dumps({key: DRAFT[key] for key in DRAFT if key != "voice"}), "voice: Field required"),
        (json.dumps(DRAFT)[:200], "greeting: Field required.*at least 2048 tokens"),
        (json.dumps({**DRAFT, "language": "the teapot's own"}), "language: String should match"),
    ],
)
def test_a_wrong_answer_is_one_error_that_names_what_is_missing(answer, missing):
    with pytest.raises(EngineError, match=missing) as caught:
        written(answer)
    assert "\n" not in str(caught.value)
    assert str(caught.value).count("The answer") == 1


def test_a_turn_question_holds_the_conversation(teapot):
    history = History(
        (Turn("Hello?", "Hmph.", Emotion("angry", 0.5)),), memory=("The user is Ada.",)
    )
    question = turn_question(teapot, "Who am I?", history, limit=17)
    for told in (teapot.name, teapot.personality, "Hello?", "Hmph.", "Ada", "17 words"):
        assert told in question
    assert question.index("Hello?") < question.index("Who am I?")
    for field in ("reply", "emotion", "emotion_strength", "remember"):
        assert f'"{field}"' in question


def test_a_long_conversation_leaves_the_oldest_turns_out_of_the_question_only(teapot):
    turns = tuple(
        Turn(f"Message {n}: " + "words " * 90, f"Reply {n}.", Emotion("happy", 0.5))
        for n in range(600)
    )
    question = turn_question(teapot, "And now?", History(turns))
    assert tokens(question) < 32768
    assert "Message 599:" in question and "Message 0:" not in question
    reply = chat(teapot, "And now?", History(turns), model=GivenAnswer(SAID))
    assert len(reply.history.turns) == 601 and reply.history.summary == ""


@pytest.mark.parametrize(
    ("answer", "emotion"),
    [
        (SAID, None),
        (f"<think>Polite?</think>{SAID}", None),
        (json.dumps({"reply": SAID, "emotion": "Happy"}), "happy"),
        (f'```json\n{{"reply": "{SAID}", "emotion": "joy"}}\n```', "happy"),
    ],
)
def test_the_reply_is_taken_as_json_or_as_prose(teapot, answer, emotion):
    reply = chat(teapot, "Hm?", model=GivenAnswer(answer))
    assert reply.text == SAID
    assert reply.emotion.name == (emotion or teapot.emotion.name)
    assert reply.history.turns[-1].message == "Hm?"


def test_a_reply_of_nothing_says_so(teapot):
    with pytest.raises(EngineError, match=r"The text node gave no usable answer\. The answer is"):
        chat(teapot, "Hm?", model=GivenAnswer("<think>What could I"))


def test_questions_are_checked_as_the_real_thing(teapot):
    with pytest.raises(InputError):
        persona_question("")
    with pytest.raises(InputError):
        turn_question(teapot, " ")


def test_roles_are_told_apart():
    messages = (Message("system", "Be brief."), Message("user", "Hi"), Message("assistant", "Ho"))
    text = one_text(Question(messages))
    assert text.index("Be brief.") < text.index("User: Hi") < text.index("Assistant: Ho")
