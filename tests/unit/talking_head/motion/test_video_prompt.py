"""What Speak tells other talking heads."""

import pytest

from chatanything.errors import InputError
from chatanything.persona import EMOTIONS, Emotion, write_persona
from chatanything.talking_head import acting_prompt, frames_for


@pytest.mark.parametrize("seconds", [0.01, 0.5, 3.0, 3.01, 17.77])
@pytest.mark.parametrize(
    ("fps", "rule", "step"), [(16, "4n+1", 4), (25, "8n+1", 8), (25, "any", 1)]
)
def test_frames_cover_the_speech_and_obey_the_rule(seconds, fps, rule, step):
    count = frames_for(seconds, fps, rule)
    assert count % step == 1 % step
    assert seconds * fps <= count + 1e-6 < seconds * fps + step + 1


def test_another_rule_is_refused():
    with pytest.raises(InputError, match="Unknown frame rule '2n'"):
        frames_for(1.0, 25, "2n")


def test_every_mood_acts_differently_and_says_who():
    persona = write_persona("grumpy teapot")
    said = {acting_prompt(Emotion(name), persona) for name in EMOTIONS if name != "neutral"}
    assert len(said) == len(EMOTIONS) - 1
    assert all(text.startswith("Grumpy teapot looks into the camera") for text in said)
    assert acting_prompt(Emotion()).startswith("The person in the picture looks")


def test_without_a_mood_the_persona_rests_in_its_own():
    persona = write_persona("grumpy teapot")
    assert persona.emotion.name != "neutral"
    assert acting_prompt(Emotion(), persona) == acting_prompt(persona.emotion, persona)
