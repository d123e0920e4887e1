"""The mouth does what the sounds need, on at least one frame each."""

import numpy as np
import pytest

from chatanything.errors import InputError
from chatanything.voice import VISEMES, Phone, Timeline, Viseme, mouth_track, visemes_of
from chatanything.voice.phoneme_shapes import SOUNDS, phoneme_shapes_of

FPS = 25


def timeline(*phones, pause=0.5):
    """Phones as (symbol, seconds[, stress]), with a pause before and after."""
    at, placed = pause, []
    for symbol, seconds, *stress in phones:
        placed.append(Phone(symbol, at, at + seconds, *stress))
        at += seconds
    return Timeline(at + pause, phones=tuple(placed), visemes=visemes_of(placed))


def frames(track, start, end):
    return slice(int(np.ceil(start * FPS)), int(np.floor(end * FPS)) + 1)


def test_silence_is_shut():
    track = mouth_track(Timeline(2.0), FPS)
    assert len(track.jaw) == 50
    assert (track.closed > 0.99).all()
    assert (track.jaw < 0.01).all()


def test_mouth_is_shut_before_and_after_speech_and_open_in_it():
    track = mouth_track(timeline(("ɑ", 0.3, 2)), FPS)
    assert track.closed[:9].min() > 0.95
    assert track.closed[-9:].min() > 0.95
    assert track.jaw[frames(track, 0.6, 0.72)].min() > 0.9


@pytest.mark.parametrize("symbol", ["p", "b", "m"])
@pytest.mark.parametrize("offset", np.arange(0, 0.04, 0.005))
@pytest.mark.parametrize("seconds", [0.01, 0.03, 0.08])
def test_bilabials_close_on_at_least_one_frame_wherever_they_fall(symbol, offset, seconds):
    track = mouth_track(timeline(("ɑ", 0.2 + offset, 2), (symbol, seconds), ("ɑ", 0.2, 2)), FPS)
    near = frames(track, 0.68, 0.8 + seconds)
    assert track.closed[near].max() == 1.0
    assert track.jaw[near][track.closed[near] == 1.0].max() <= 0.05 + 1e-6


def test_every_bilabial_of_fast_speech_closes():
    syllables = [(s, d, 2) for _ in range(12) for s, d in (("b", 0.03), ("ʌ", 0.06))]
    line = timeline(*syllables)
    track = mouth_track(line, FPS)
    for phone in line.phones:
        if phone.symbol == "b":
            middle = (phone.start + phone.end) / 2 * FPS
            near = track.closed[int(middle) - 1 : int(middle) + 3]
            assert near.max() == 1.0


def test_lips_meet_and_part_without_a_snap():
    line = timeline(("ɑ", 0.2, 2), ("b", 0.04), ("ɑ", 0.2, 2), ("m", 0.12), ("ɑ", 0.2, 2))
    track = mouth_track(line, 240)
    lips, jaw = (np.abs(np.diff(values)) * 240 for values in (track.closed, track.jaw))
    assert lips.max() < 30  # a whole closure takes a thirtieth of a second at the least
    assert jaw.max() < 30
    for phone in line.phones:
        if phone.symbol in ("b", "m"):
            start, end = (round(at * 240) for at in (phone.start, phone.end))
            assert track.closed[start] > 0.95
            assert 0.3 < track.closed[end] < 0.7
            assert track.closed[[start - 16, end + 10]].max() < 0.05


def test_a_spread_or_round_mouth_takes_its_time():
    track = mouth_track(timeline(("iː", 0.1, 2), ("uː", 0.1, 2), ("iː", 0.1, 2)), 240)
    for values in (track.wide, track.round):
        assert 4 < np.abs(np.diff(values)).max() * 240 < 24


def test_labiodentals_show_teeth_and_sibilants_narrow_the_jaw():
    track = mouth_track(timeline(("ɑ", 0.2), ("f", 0.03), ("ɑ", 0.2), ("s", 0.1), ("ɑ", 0.2)), FPS)
    assert track.teeth[frames(track, 0.68, 0.76)].max() == 1.0
    assert track.jaw[frames(track, 0.95, 1.0)].min() <= 0.42 + 1e-6
    assert track.jaw[frames(track, 0.8, 0.85)].min() > 0.6


def test_rounding_starts_before_its_vowel_and_outlasts_it():
    track = mouth_track(timeline(("t", 0.1), ("uː", 0.2, 2), ("t", 0.1)), FPS)
    assert track.round[frames(track, 0.56, 0.6)].max() > 0.3
    assert track.round[frames(track, 0.8, 0.84)].max() > 0.3
    assert track.wide[frames(track, 0.65, 0.75)].max() < -0.7


def test_spread_and_rounded_vowels_differ():
    track = mouth_track(timeline(("iː", 0.3, 2), ("uː", 0.3, 2)), FPS)
    assert track.wide[frames(track, 0.55, 0.7)].min() > 0.6
    assert track.wide[frames(track, 0.9, 1.05)].max() < -0.6


def test_stress_opens_the_jaw():
    openings = [mouth_track(timeline(("a", 0.2, k)), FPS).jaw.max() for k in (0, 1, 2)]
    assert openings == sorted(openings)
    assert openings[2] > openings[0] * 1.2


def test_diphthong_moves_after_sixty_percent():
    parts = visemes_of([Phone("aʊ", 1.0, 2.0, 2)])
    assert [part.name for part in parts] == ["aa", "ou"]
    assert parts[0].end == pytest.approx(1.6)


def test_a_breath_between_words_does_not_snap_the_mouth_shut():
    short = mouth_track(timeline(("ɑ", 0.2, 2), ("", 0.03), ("ɑ", 0.2, 2)), FPS)
    long = mouth_track(timeline(("ɑ", 0.2, 2), ("", 0.3), ("ɑ", 0.2, 2)), FPS)
    assert short.closed[frames(short, 0.66, 0.78)].max() < 0.3
    assert long.closed[frames(long, 0.8, 0.9)].max() > 0.95


def test_visemes_without_phones_drive_it_too():
    line = Timeline(1.0, visemes=(Viseme("aa", 0.2, 0.5, 0.8), Viseme("PP", 0.5, 0.6)))
    track = mouth_track(line, FPS)
    assert track.jaw[8] > 0.6
    assert track.closed[14] == 1.0


@pytest.mark.parametrize("fps", [0, -1, 241, float("nan")])
def test_impossible_frame_rates_are_refused(fps):
    with pytest.raises(InputError, match="Frames per second"):
        mouth_track(Timeline(1.0), fps)


def test_ranges_hold_for_every_sound():
    line = timeline(*((symbol, 0.07, 2) for symbol in SOUNDS))
    track = mouth_track(line, 60)
    for name in ("jaw", "round", "closed", "tongue", "teeth"):
        values = getattr(track, name)
        assert values.dtype == np.float32
        assert values.min() >= 0
        assert values.max() <= 1
    assert np.abs(track.wide).max() <= 1


def test_every_sound_has_a_known_viseme():
    assert {sound.viseme for sound in SOUNDS.values()} | {"sil"} == set(VISEMES)


@pytest.mark.parametrize(
    ("symbol", "visemes"),
    [
        ("ˈoʊ", ["oh", "ou"]),
        ("ts.h", ["SS", "kk"]),
        ("tɕ", ["CH"]),
        ("ɔ̃", ["oh"]),
        ("aɪɚ", ["aa", "ih", "RR"]),
        ("ç", ["SS"]),
        ("i.ɜ5", ["ih", "E"]),
        ("", ["sil"]),
    ],
)
def test_phone_symbols_of_many_languages(symbol, visemes):
    assert [sound.viseme for sound in phoneme_shapes_of(symbol)] == visemes
