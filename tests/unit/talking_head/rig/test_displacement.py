"""Fields are turned around, also where they stretch by more than a pixel a pixel."""

import numpy as np
import pytest

from benchmarks.head.round_eyes import round_eyed
from chatanything.talking_head.emotion_look import EXPRESSIONS
from chatanything.talking_head.warp.brows import CELL, BrowField
from chatanything.talking_head.warp.face_geometry import lids_of
from chatanything.talking_head.warp.remap import make_remapper
from tests.tools.samples import portrait_of


@pytest.fixture(scope="module", params=["grumpy teapot", "red apple", "round eyes"])
def brows(request):
    round_ = request.param == "round eyes"
    image, face = portrait_of("cartoon monster" if round_ else request.param)
    if round_:
        image, face = round_eyed(image, face)
    points = face.points * (image.shape[1], image.shape[0])
    return BrowField(points, lids_of(face, points), (image.shape[1], image.shape[0]))


def moved_and_turned(brows, weights):
    """The field by which brows move, as far as they do, and what `moved` makes of it."""
    forward = brows.basis.softened(brows.basis.mix(weights))
    return forward, brows.moved(np.array(weights, np.float64), make_remapper())


def left_over(forward, back):
    """Most by which the field turned around misses, in pixels."""
    rows, columns = forward.shape[:2]
    base = np.stack(np.meshgrid(np.arange(columns), np.arange(rows)), -1).astype(np.float32)
    read = make_remapper().field(forward, base + back / np.float32(CELL))
    return float(np.abs(back + read).max())


@pytest.mark.parametrize("feeling", ["surprised", "afraid", "angry", "sad"])
def test_brows_at_full_strength_go_where_they_are_told(brows, feeling):
    shown = EXPRESSIONS[feeling]
    forward, back = moved_and_turned(brows, [shown.brow, shown.brow, shown.frown])
    assert left_over(forward.astype(np.float32), back) < 0.3


def test_brows_go_there_from_any_two_expressions(brows):
    rng = np.random.default_rng(5)
    left = [
        left_over(*moved_and_turned(brows, row)) for row in rng.uniform(-1, 1, (40, 3)).tolist()
    ]
    assert max(left) < 0.5 and np.median(left) < 0.12


def test_no_brow_folds_the_skin_under_it(brows):
    forward, _ = moved_and_turned(brows, [-1.0, -1.0, 1.0])
    down = np.diff(forward[..., 1], axis=0) / CELL
    assert down.min() > -0.86
