"""What a language model is unless it says otherwise."""

import pytest
from pydantic import BaseModel

from chatanything.llm import LanguageModel, ask


class Fruit(BaseModel):
    name: str


class Gardener(LanguageModel):
    """Answers in JSON when it is asked for it in words."""

    def answer(self, question, deadline, tick, on_text):
        assert question.form == "text"
        assert '"name"' in question.messages[0].text
        return '{"name": "plum"}'


def test_a_class_that_answers_can_be_asked():
    model = Gardener()
    assert ask(model, (), Fruit).value == Fruit(name="plum")
    assert (model.label, model.identity) == ("Gardener", "Gardener")
    assert (model.window, model.timeout) == (4096, 600.0)


def test_a_class_that_does_not_answer_is_no_model():
    class Mute(LanguageModel):
        pass

    with pytest.raises(TypeError, match="answer"):
        Mute()
