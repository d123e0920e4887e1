"""Speech of several chunks, joined."""

from itertools import pairwise

import numpy as np
import pytest

from chatanything.persona import VoiceTraits
from chatanything.voice import Voice, speak
from tests.tools.humming_voice import HummingVoice, registered


def test_a_speaker_takes_a_breath_between_chunks():
    with registered(HummingVoice()) as engine:
        speech = speak(Voice(engine, (("hum", 1.0),), VoiceTraits()), "One two three. Four five.")
    words = speech.timeline.words
    gaps = [after.start - before.end for before, after in pairwise(words)]
    assert gaps == pytest.approx([0, 0, 0.25, 0], abs=1e-3)
    start, end = (round(time * speech.rate) for time in (words[2].end, words[3].start))
    assert np.abs(speech.samples[start:end]).max() < 1e-6
    assert np.abs(speech.samples[: start - 100]).max() > 0.05


def test_a_pause_that_is_written_comes_on_top_of_the_breath():
    with registered(HummingVoice()) as engine:
        voice = Voice(engine, (("hum", 1.0),), VoiceTraits())
        first, second = speak(voice, "One. [pause:1s] Two.").timeline.words
    assert second.start - first.end == pytest.approx(1.25, abs=1e-3)
