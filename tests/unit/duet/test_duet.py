"""Two characters talk in turns, listen to each other, and are filmed side by side."""

import av
import numpy as np
import pytest

from chatanything.character.make_character import make_character
from chatanything.character.request import Request
from chatanything.duet import converse, film_duet
from chatanything.duet.film_duet import FPS, mixed, motion_of, place
from chatanything.duet.listening_rows import (
    DELAY,
    listening_rows,
    nod_times,
    pauses,
)
from chatanything.errors import InputError
from chatanything.talking_head import LEAD
from chatanything.talking_head.rig.motion_rows import COLUMNS
from tests.tools.samples import spoken

AT = {name: k for k, (name, *_) in enumerate(COLUMNS)}


@pytest.fixture(scope="module")
def pair():
    return (
        make_character(Request("grumpy teapot", size=256)),
        make_character(Request("old fisherman", size=256, seed=1)),
    )


@pytest.fixture(scope="module")
def turns(pair):
    return list(converse(pair, "rain", 4, limit=12))


def test_they_speak_in_turns_and_answer_each_other(turns):
    assert [turn.speaker for turn in turns] == [0, 1, 0, 1]
    assert len({turn.text for turn in turns}) == 4
    assert all(turn.speech.seconds > 0.2 for turn in turns)


def test_the_same_talk_again_is_the_same(pair, turns):
    again = list(converse(pair, "rain", 4, limit=12))
    assert [turn.text for turn in again] == [turn.text for turn in turns]
    assert np.array_equal(again[2].speech.samples, turns[2].speech.samples)


@pytest.mark.parametrize(("topic", "count"), [("", 4), (" ", 4), ("rain", 1), ("rain", 61)])
def test_what_is_no_talk_is_refused(pair, topic, count):
    with pytest.raises(InputError):
        next(converse(pair, topic, count))


def test_a_listener_nods_where_the_other_pauses_and_is_still_before_and_after():
    speech = spoken("I have seen the sea. It was grey, and cold, and wide. I came home again.")
    there, nods = pauses(speech.timeline), nod_times(speech.timeline, 3)
    assert len(there) >= 4
    assert 0.4 * len(there) <= len(nods) <= len(there)
    for nod in nods:
        assert min(abs(nod - pause - DELAY) for pause in there) <= 0.1
    rows = listening_rows(speech, side=1, seed=3)
    assert not rows[0].any() and not rows[-1].any()
    assert not rows[:, [AT["jaw"], AT["wide"], AT["round"], AT["closed"]]].any()
    pitch = rows[:, AT["pitch"]]
    for nod in nods:
        first = round((nod + LEAD) * 25)
        assert pitch[first : first + 12].max() > 2.5
    assert rows[:, AT["yaw"]].max() == pytest.approx(7.0)
    assert listening_rows(speech, side=-1, seed=3)[:, AT["yaw"]].min() == pytest.approx(-7.0)


def test_no_mouth_moves_while_the_other_speaks(pair, turns):
    placed = place(turns)
    seconds = placed[-1].start + turns[-1].speech.seconds + 1.2
    for side, character in enumerate(pair):
        motion = motion_of(character, side, placed, seconds)
        for one in placed:
            first, last = one.start + 0.9, one.start + one.turn.speech.seconds - 0.6
            jaw = motion.mouth.jaw[round(first * FPS) : round(last * FPS)]
            if len(jaw) < 5:
                continue
            if one.turn.speaker == side:
                assert jaw.max() > 0.1
            else:
                assert jaw.max() < 0.03


def test_each_voice_is_louder_on_its_own_side(turns):
    placed = place(turns)
    samples, rate = mixed(placed, 60.0)
    for one in placed:
        first = round(one.start * rate)
        piece = samples[:, first : first + round(one.turn.speech.seconds * rate)]
        own, other = piece[one.turn.speaker], piece[1 - one.turn.speaker]
        assert 20 * np.log10(np.std(own) / np.std(other)) == pytest.approx(7.66, abs=0.2)


def test_the_film_has_both_and_one_stereo_track(pair, turns, tmp_path):
    film = film_duet(pair, turns[:2], tmp_path / "duet.mp4")
    assert (film.width, film.height) == (512, 256)
    with av.open(str(film.path)) as file:
        (sound,) = file.streams.audio
        assert sound.layout.name == "stereo"
        assert float(file.duration / av.time_base) == pytest.approx(film.seconds, abs=0.1)
    with pytest.raises(InputError, match="no turns"):
        film_duet(pair, [], tmp_path / "none.mp4")
