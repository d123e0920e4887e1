"""Voices are chosen by their measured sound, and say why."""

import math
from dataclasses import fields, replace

import pytest

from chatanything.errors import InputError
from chatanything.persona import VoiceTraits
from chatanything.voice import PRESETS, VoiceCard, choose_voice, speak, with_adjustments
from chatanything.voice.mixture.targets import targets_of
from chatanything.voice.signal.measure import measure
from tests.tools.humming_voice import HummingVoice, registered

TEXT = "Sit down, my friend, and I shall tell you what the river said to the mountain."
NAMES = [field.name for field in fields(VoiceTraits) if field.name != "language"]


def test_weights_sum_to_one_and_reasons_hold_figures():
    voice = choose_voice(VoiceTraits(presentation=1, age=-0.5), engine="espeak")
    assert sum(weight for _, weight in voice.mix) == pytest.approx(1, abs=1e-3)
    assert len(voice.mix) > 1
    assert any("Hz" in reason for reason in voice.reasons)


def test_a_mixture_is_no_equal_blend():
    """Three voices: as wanted; half a clearly heard difference away; a whole one."""
    wanted = targets_of(VoiceTraits())
    figures = {name: getattr(wanted, name) for name in ("f0", "f0_range", "hnr", "f3", "rate")}
    cards = [
        VoiceCard("hum", name, "en-US", tilt=wanted.tilt + away, **figures)
        for name, away in (("whole", 5.0), ("near", 0.0), ("half", 2.5))
    ]
    with registered(HummingVoice(cards)) as engine:
        mix = dict(choose_voice(VoiceTraits(), engine=engine).mix)
    assert list(mix) == ["near", "half"]
    assert mix["near"] > 3 * mix["half"]


def test_closer_voices_weigh_more_in_a_real_catalogue():
    weights = [
        [weight for _, weight in choose_voice(VoiceTraits(**{name: value}), engine="espeak").mix]
        for name in ("pitch", "size", "presentation", "brightness")
        for value in (-0.6, 0.6)
    ]
    assert all(mix == sorted(mix, reverse=True) for mix in weights)
    assert sum(mix[0] / mix[-1] for mix in weights) / len(weights) > 1.3


def test_same_traits_same_voice():
    traits = VoiceTraits(pitch=0.3, size=-0.4)
    assert choose_voice(traits, seed=5) == choose_voice(traits, seed=5)


@pytest.mark.parametrize(
    ("trait", "figure", "sign"),
    [
        ("pitch", "f0", 1),
        ("pitch_range", "f0_range", 1),
        ("pace", "rate", 1),
        ("brightness", "tilt", 1),
        ("size", "f3", -1),
        ("presentation", "f0", 1),
    ],
)
def test_each_trait_is_heard(trait, figure, sign):
    values = [
        getattr(
            measure(
                speak(choose_voice(replace(VoiceTraits(), **{trait: v})), TEXT),
                size=figure == "f3",
            ),
            figure,
        )
        for v in (-0.8, 0.0, 0.8)
    ]
    assert values == sorted(values, reverse=sign < 0)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de-DE", "Der Müller zählte seine Säcke und ging dann langsam nach Hause."),
        ("zh-CN", "面包师数了数面包，然后慢慢走回家。"),
    ],
)
def test_other_languages_are_fitted_too(language, text):
    traits = VoiceTraits(language=language, presentation=0.6, pitch=0.1)
    found = measure(speak(choose_voice(traits), text), size=False)
    assert abs(12 * math.log2(found.f0 / targets_of(traits).f0)) < 1


def test_override_always_wins():
    voice = choose_voice(VoiceTraits(presentation=-1), override="f3:3, whisperf:1")
    assert voice.mix == (("f3", 0.75), ("whisperf", 0.25))
    assert voice.reasons[0].startswith("You chose")


def test_an_override_of_another_language_wins_over_the_language():
    pytest.importorskip("edge_tts")
    voice = choose_voice(VoiceTraits(language="en-US"), engine="edge", override="de-DE-KatjaNeural")
    assert voice.traits.language == "de-DE"


@pytest.mark.parametrize("override", ["nobody", "f3:x", "f3:-1", "f3:0", "f3:inf", "f3,,m3"])
def test_bad_overrides_are_refused(override):
    with pytest.raises(InputError):
        choose_voice(VoiceTraits(), override=override)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_speak(name):
    voice = choose_voice(VoiceTraits(), preset=name)
    assert speak(voice, "Who goes there?").seconds > 0.4


def test_unknown_preset_is_refused():
    with pytest.raises(InputError, match="Unknown voice preset"):
        choose_voice(VoiceTraits(), preset="dragon")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("value", [-1.0, 1.0])
def test_every_extreme_can_be_spoken(name, value):
    targets_of(replace(VoiceTraits(), **{name: value}))
    choose_voice(replace(VoiceTraits(), **{name: value}))


def test_all_extremes_at_once_can_be_spoken():
    for value in (-1.0, 1.0):
        traits = VoiceTraits("en-US", *[value] * len(NAMES))
        assert speak(choose_voice(traits), "Hello, hello.").seconds > 0.3


def test_traits_out_of_range_are_refused():
    with pytest.raises(InputError, match=r"pitch is 1\.5\. Choose -1 to 1"):
        choose_voice(VoiceTraits(pitch=1.5))


def test_sliders_add_up_within_range():
    assert with_adjustments(VoiceTraits(age=0.8), age=0.5, language=" de ").age == 1.0
    assert with_adjustments(VoiceTraits(), language=" de ").language == "de"
    assert with_adjustments(VoiceTraits(language="fr")).language == "fr"
