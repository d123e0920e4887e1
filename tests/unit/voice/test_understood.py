"""What voices say is understood by a recogniser of others; the whole table is in docs/voices.md."""

import pytest

from chatanything.persona import VoiceTraits
from chatanything.voice import choose_voice

pytest.importorskip("pocketsphinx", reason="pocketsphinx, which listens, is not installed")
pytest.importorskip("hibari", reason="hibari-tts is not installed")
pytestmark = pytest.mark.engines

SOME = 6
"""Sentences; the benchmark takes forty."""


@pytest.mark.parametrize(
    ("name", "most"), [("neutral", 0.12), ("man", 0.15), ("giant", 0.15), ("whisper", 0.15)]
)
def test_the_natural_voice_is_understood(name, most):
    from benchmarks.voice.intelligibility import PEOPLE, SENTENCES, judge

    voice = choose_voice(PEOPLE[name], engine="hibari")
    assert judge(name, voice, SENTENCES[:SOME]).errors <= most


def test_the_listener_can_tell_a_voice_that_is_not():
    from benchmarks.voice.intelligibility import SENTENCES, judge

    giant = choose_voice(VoiceTraits(presentation=-1.0), engine="espeak", preset="giant")
    assert judge("giant", giant, SENTENCES[:SOME]).errors > 0.4


@pytest.mark.parametrize(
    ("engine", "most", "least"), [("hibari", 0.018, 0.8), ("espeak", 0.02, 0.8)]
)
def test_onsets_agree_with_an_aligner_of_others(engine, most, least):
    from benchmarks.voice.onsets import SENTENCES, judge

    times = judge(engine, SENTENCES[:SOME])
    assert times.sounds > 80
    assert times.median <= most
    assert times.dips >= least
