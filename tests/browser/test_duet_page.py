"""Two characters talk with each other in the page, in a real browser."""

import numpy as np
import pytest

from tests.browser.conftest import driven
from tests.tools.browser.page_server import ROOT, page_server

pytestmark = pytest.mark.browser
PICTURES = ROOT / "out" / "duet"


@pytest.fixture(scope="module")
def seen(node, tmp_path_factory):
    PICTURES.mkdir(parents=True, exist_ok=True)
    with page_server(tmp_path_factory.mktemp("duet")) as address:
        return driven(node, "facetime/duet.mjs", address, str(PICTURES), seconds=900)


def test_they_speak_in_turns_and_the_words_are_under_the_right_name(seen):
    assert seen["complaints"] == []
    assert sorted({(one["turn"], one["speaker"]) for one in seen["seen"]}) == [
        (0, 0),
        (1, 1),
        (2, 0),
        (3, 1),
    ]
    right = [one["mine"] == seen["names"][one["speaker"]] for one in seen["seen"]]
    assert np.mean(right) > 0.95


def test_one_speaks_and_the_other_looks_at_it_with_a_shut_mouth(seen):
    for side in (0, 1):
        said = [one for one in seen["seen"] if one["speaker"] == side]
        jaws = np.array([one["jaw"] for one in said])
        assert jaws[:, side].max() > 0.15
        assert jaws[:, 1 - side].max() < 0.03
        toward = -1 if side == 0 else 1
        yaws = np.array([one["yaw"] for one in said])
        assert np.median(toward * yaws[:, 1 - side]) > 4


def test_both_faces_share_one_context(seen):
    assert seen["contexts"] is True


def test_the_talk_is_kept(seen):
    kept = seen["kept"]["duet"]
    assert (kept["other"], kept["topic"], len(kept["turns"])) == (seen["second"], "<b>rain</b>", 4)
    assert [turn["name"] for turn in kept["turns"]] == seen["names"] * 2


def test_escape_stops_at_once_and_then_leaves(seen):
    assert seen["stopped"]["speaking"] is False
    assert max(seen["stopped"]["jaw"]) < 0.03
    assert seen["stopped"]["captions"] == ""
    assert seen["alone"] == {"faces": 1, "composer": True, "markup": 0}
    assert "<b>rain</b>" in seen["told"]
