"""Faces drawn by a real browser are Python's, and live in a page."""

import json
import os
import subprocess
from itertools import pairwise

import numpy as np
import pytest

from benchmarks.head.round_eyes import round_eyed
from tests.tools.browser.moving_portraits import (
    CHROMIUM,
    PAGES,
    Case,
    browser,
    decibels,
    drawn,
    first,
    joined,
    random_motion,
    resized,
    shifts,
    spoken_motion,
    write_cases,
)
from tests.tools.drawn_faces import draw_face
from tests.tools.samples import portrait_of, spoken
from tests.unit.talking_head.conftest import draw
from tests.unit.talking_head.test_teeth import BLUISH, opened

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(browser() is not None, reason=browser() or ""),
]
TEXT = "Peter bought a big blue umbrella. We may move the piano by Monday, should you swim."
SPEECH, RANDOM = 24, 12
"""Frames of each."""
KEPT = (0, 14, 23, 30)
BARS = {"whole": (55, 48), "mouth": (48, 42), "left eye": (48, 40), "right eye": (48, 40)}
"""Least decibels, median and worst."""
JAW, CLOSED = 0, 3
"""Places in a row of motion."""
SHIFT = 0.5
"""Most pixels between edges, at the 99th percentile."""
MUTANTS = (
    "no tongue",
    "no upper teeth",
    "no teeth of its own",
    "no inside of the mouth",
    "one layer",
    "no brows",
    "no gaze",
    "no lids",
    "no shading of the skin",
    "fields not turned around",
    "nearest filter",
    "half a pixel aside",
    "one frame late",
)


def beside_the_rim():
    image, face = portrait_of("cat")
    return np.ascontiguousarray(image[60:, 120:]), moved(face, image.shape, 120, 60)


def moved(face, shape, left, top):
    """The face in a picture whose first columns and rows were cut off."""
    from dataclasses import replace

    height, width = shape[:2]
    size = np.array([width - left, height - top])
    points = (face.points * (width, height) - (left, top)) / size
    return replace(face, points=points, eyes=None, mesh=None, silhouette=None)


def cleared():
    """A portrait whose ground is half transparent."""
    image, face = portrait_of("red apple")
    share = np.linspace(60, 255, image.shape[1])[None].repeat(image.shape[0], 0)
    return np.dstack([image, share.astype(np.uint8)]), face


def portraits():
    fisherman = portrait_of("old fisherman")
    cat, face = portrait_of("cat")
    return {
        "beard": fisherman,
        "teapot": portrait_of("grumpy teapot"),
        "smile": opened(draw(512), BLUISH),
        "lidless": round_eyed(*portrait_of("cartoon monster")),
        "anime": draw_face("anime"),
        "mask": draw_face("mask"),
        "odd": (resized(cat, (451, 397)), face),
        "clear": cleared(),
        "rim": beside_the_rim(),
    }


@pytest.fixture(scope="module")
def cases():
    speech = spoken(TEXT)
    feelings = ("neutral", "angry", "happy", "surprised", "sad", "afraid")
    return [
        Case(name, *made, joined(spoken_motion(speech, feelings[i % 6], i, SPEECH), random_motion(RANDOM, i)))
        for i, (name, made) in enumerate(portraits().items())
    ]  # fmt: skip


@pytest.fixture(scope="module")
def seen(cases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parity")
    write_cases(folder, cases)
    return folder, drawn(folder, keep=KEPT)


def failing(rows):
    """Bars that are missed, as text."""
    return [
        f"{name} {key} {median:.1f} / {worst:.1f}"
        for name, row in rows.items()
        for key, (median, worst) in decibels(row).items()
        if median < BARS[key][0] or worst < BARS[key][1]
    ]


def test_browser_draws_what_python_draws(seen):
    _, rows = seen
    assert len(rows) == 9 and not any(row["error"] for row in rows.values())
    assert failing(rows) == []


def test_edges_are_where_python_has_them(cases, seen):
    folder, _ = seen
    for case in cases:
        assert np.percentile(shifts(folder, case, KEPT), 99) < SHIFT, case.name


def test_it_costs_little_javascript(seen):
    _, rows = seen
    assert max(np.median(rows[name]["script"]) for name in ("beard", "teapot", "lidless")) < 2


@pytest.mark.slow
@pytest.mark.parametrize("mutant", MUTANTS)
def test_a_part_that_is_broken_is_noticed(mutant, cases, tmp_path_factory):
    folder = tmp_path_factory.mktemp("mutant")
    write_cases(folder, cases[:3])
    assert failing(drawn(folder, mutant)) != []


@pytest.fixture(scope="module")
def lived(cases, tmp_path_factory):
    """What faces did in a page, and Python's frame of the pose in which one was held."""
    folder = tmp_path_factory.mktemp("living")
    image, face = portrait_of("old fisherman")
    large = Case("large", resized(image, (1024, 1024)), face, random_motion(30, 1))
    held = Case("held", image, face, first(random_motion(3, 4), 1))
    write_cases(folder, [held, large])
    done = subprocess.run(
        ["node", "living.mjs", str(folder), "held", "large"], cwd=PAGES,
        env={**os.environ, "CHROMIUM": CHROMIUM}, capture_output=True, text=True, timeout=240,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    names = ("pixels", "keptWhileLost", "pixelsAfter", "pixelsAnew")
    shown = {n: np.fromfile(folder / n, np.uint8).reshape(512, 512, 4)[..., :3] for n in names}
    frame = np.fromfile(folder / "held.rgb", np.uint8).reshape(image.shape)
    told["decibels"] = {name: psnr(pixels, frame) for name, pixels in shown.items()}
    told["portrait"] = psnr(shown["keptWhileLost"], image)
    return told


def psnr(pixels, frame):
    off = pixels - frame.astype(np.float64)
    return 10 * np.log10(65025 / max(np.square(off).mean(), 1e-4))


def test_canvas_shows_python_s_frame(lived):
    assert lived["opened"]["size"] == [512, 512]
    assert lived["decibels"]["pixels"] > 55


def test_a_picture_is_begun_when_the_last_one_is_finished(lived):
    frames = lived["watched"]
    assert len(frames) > 10
    assert all(b["begun"] >= a["finished"] for a, b in pairwise(frames))
    assert all(a["finished"] >= a["begun"] + a["script"] for a in frames)


def test_sound_is_the_clock_of_speech(lived):
    told, rest = lived["spoken"], lived["watched"][-1]["row"][JAW]
    assert told["state"] == "running" and rest > 0.5
    way = [(f["heard"] - told["start"], f["row"][JAW]) for f in told["seen"]]
    middle = [(at, jaw) for at, jaw in way if 0.15 < at < told["seconds"] - 0.15]
    assert len(middle) > 5
    assert max(abs(max(rest - at / told["seconds"], 0) - jaw) for at, jaw in middle) < 0.01
    assert [jaw for at, jaw in way if at < 0 or at > told["seconds"]] != []
    assert all(jaw == rest for at, jaw in way if at < 0 or at > told["seconds"])


def test_what_is_heard_goes_on_without_steps(lived):
    told = lived["spoken"]
    seen = [f for f in told["seen"] if f["heard"] > told["start"]]
    ahead = [f["heard"] - f["time"] for f in seen]
    assert max(ahead) - min(ahead) < 0.01
    assert all(b["heard"] >= a["heard"] for a, b in pairwise(told["seen"]))


def test_without_a_graphics_card_less_is_drawn(lived):
    assert lived["large"]["software"] and lived["large"]["size"] == [768, 768]


def test_faces_share_one_stage(lived):
    assert min(lived["together"]) > 1
    assert lived["together"][2] <= 17 and lived["turns"] == 1


def test_a_lost_context_is_survived_behind_the_portrait(lived):
    assert lived["lost"] == 0 and lived["portrait"] > 40
    assert lived["restored"] > 2 and lived["decibels"]["pixelsAfter"] > 55


def test_one_that_does_not_come_back_is_made_anew(lived):
    assert lived["anew"] > 2 and lived["decibels"]["pixelsAnew"] > 55


def test_a_card_that_gives_up_again_and_again_is_told(lived):
    assert "again and again" in lived["failed"]
    assert [text for text in lived["complaints"] if "CONTEXT_LOST" not in text] == []
