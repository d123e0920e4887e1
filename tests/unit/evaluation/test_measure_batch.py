"""Pictures and a film that are there already are measured as in a study."""

import json

import numpy as np
import pytest

from chatanything.diffusion import PaintJob, paint
from chatanything.errors import InputError
from chatanything.evaluation.measures.measure_batch import batch_json, batch_lines, measure_batch
from chatanything.landmarks import make_guide
from chatanything.talking_head import with_lead_in
from chatanything.video import animate
from chatanything.voice import choose_voice, speak
from tests.tools.samples import plain_persona, style

EMPTY = np.full((256, 256, 3), 90, np.uint8)


@pytest.fixture(scope="module")
def guide():
    return make_guide(size=(384, 384))


@pytest.fixture(scope="module")
def portrait(guide):
    who = plain_persona("cheerful apple")
    return paint(PaintJob(who, style("soft 3D"), guide, None, 384, 384, seed=3))


def test_a_face_is_found_where_it_is(portrait, guide, judge):
    seen = measure_batch([portrait.image], judge, face=portrait.face, guide=guide)
    assert (seen.found.hits, seen.found.of) == (1, 1)
    assert seen.animatability > 0.5
    assert seen.middle("corner_error") < 0.15
    assert seen.middle("guide_error") < 0.25
    assert seen.film is None


def test_a_batch_counts_what_it_lacks(portrait, judge):
    seen = measure_batch([EMPTY, portrait.image, EMPTY, EMPTY], judge)
    assert (seen.found.hits, seen.found.of) == (1, 4)
    told = json.loads(batch_json(seen))
    assert [one["found"] for one in told["pictures"]] == [False, True, False, False]
    assert told["pictures"][0]["animatability"] is None
    assert told["pictures"][1]["corner_error"] is None
    assert seen.animatability == pytest.approx(told["pictures"][1]["animatability"] / 4)
    assert told["found"]["interval"] == pytest.approx([0.0456, 0.6994], abs=1e-3)
    assert batch_lines(seen)[0].startswith(f"{judge} finds a face on 1 of 4: 25.0%")


def test_a_film_is_seen_to_talk(portrait, judge, tmp_path):
    voice = choose_voice(plain_persona("cheerful apple").voice, engine="espeak")
    speech = with_lead_in(speak(voice, "We may move the piano."), 0)
    film = animate(portrait.image, portrait.face, speech, tmp_path / "a.mp4").path
    seen = measure_batch([portrait.image], judge, face=portrait.face, film=film)
    assert seen.film.moves
    assert seen.film.found > 0.9
    assert seen.film.sync > 0.2
    assert any(line.startswith("Lip sync 0.") for line in batch_lines(seen))
    assert json.loads(batch_json(seen))["film"]["identity"] > 0.7


def test_nothing_to_see_is_refused(judge, tmp_path):
    with pytest.raises(InputError, match="no picture"):
        measure_batch([], judge)
    (tmp_path / "a.mp4").write_text("no film")
    with pytest.raises(InputError, match="not a readable film"):
        measure_batch([EMPTY], judge, film=tmp_path / "a.mp4")
