"""What a voice engine is unless it says otherwise."""

from dataclasses import replace

import numpy as np
import pytest

from chatanything.persona import VoiceTraits
from chatanything.voice import Shaping, Speech, Timeline, Voice, VoiceCard, VoiceEngine


class Plain(VoiceEngine):
    def catalogue(self):
        return (VoiceCard("plain", "only", ""),)

    def speak(self, text, voice, tick):
        silence = np.zeros(len(text), np.float32)
        return Speech(silence, 16000, Timeline(len(silence) / 16000, text=text))


class Paced(Plain):
    speeds = (0.5, 2.0)


VOICE = Voice(
    "plain", (("only", 1.0),), VoiceTraits(), rate=1.5, shaping=Shaping(tempo=1.6, breath=0.2)
)


def test_two_methods_are_an_engine_and_fewer_are_none():
    assert (Plain().quick, Plain().limit) == (False, 2000)

    class Mute(VoiceEngine):
        def catalogue(self):
            return ()

    with pytest.raises(TypeError, match="speak"):
        Mute()


def test_all_is_left_to_post_processing():
    still = replace(VOICE, rate=1.0)
    assert Plain().left_to_postprocess(still) == still
    left = Plain().left_to_postprocess(VOICE)
    assert left.rate * left.shaping.tempo == VOICE.rate * VOICE.shaping.tempo
    assert replace(left, rate=1.5, shaping=VOICE.shaping) == VOICE


def test_an_engine_with_speeds_leaves_what_lies_beyond_them():
    assert Paced().speed(VOICE) == 2.0
    left = Paced().left_to_postprocess(VOICE)
    assert (left.rate, left.shaping.tempo) == (1.0, pytest.approx(1.2))
    within = Paced().left_to_postprocess(replace(VOICE, shaping=Shaping()))
    assert (within.rate, within.shaping.tempo) == (1.0, 1.0)
