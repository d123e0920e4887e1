"""What a turned head carries along is worked on as a whole."""

import numpy as np
import pytest

from chatanything.talking_head.warp.remap import make_remapper
from chatanything.talking_head.warp.warp_head import Stage, WarpedPortrait
from tests.tools.drawn_faces import draw_face
from tests.tools.samples import portrait_of


@pytest.fixture(scope="module", params=["anime", "old fisherman", "coffee mug"])
def made(request):
    drawn = request.param == "anime"
    image, face = draw_face("anime") if drawn else portrait_of(request.param)
    return WarpedPortrait(image, face, make_remapper())


def poses():
    rng = np.random.default_rng(2)
    heads = rng.uniform(-1, 1, (30, 6)) * (0.02, 0.02, 3, 12, 6, 1)
    return [*heads.tolist(), [0, 0, 0, 12, 6, 0], [0, 0, 0, -12, -6, 0]]


@pytest.mark.parametrize("part", ["mouth", "brows", "shade"])
def test_no_part_is_cut_off_by_its_box(made, part):
    """A box that is too small leaves a notch where the field ends."""
    grid = getattr(made, part).grid
    sampler = make_remapper()
    for head in poses():
        moves, back = made.skull.moves(head, sampler)
        stage = Stage(made.lattice, moves, back, made.skull, sampler)
        inside = ((stage.points > grid.low + 1) & (stage.points < grid.high - 1)).all(-1)
        inside[[0, -1]] = inside[:, [0, -1]] = False
        inside[stage.box(grid.low, grid.high)] = False
        assert not inside.any(), head


def test_a_head_bends_along_the_squares_of_its_own_grid(made):
    """Between its points lie straight lines: a browser that knows only them draws the same."""
    moves, back = made.skull.moves([0.02, -0.02, 12, 12, -12, 1], make_remapper())
    assert np.array_equal(moves[::4, ::4], back[: len(moves[::4]), : len(moves[0, ::4])])
    halfway = (moves[:-4:4] + moves[4::4]) / 2
    assert np.abs(moves[2:-2:4] - halfway)[:, ::4].max() < 1e-3
    assert np.array_equal(made.lattice.points[0, 0] + 0.5, made.skull.grid.low)


def test_a_head_that_turns_too_far_folds_nothing(made):
    basis, cell = made.skull.basis, made.skull.grid.cell
    forward = basis.softened(basis.mix([0.02, 0.02, -12, 12, 12, 1]))
    assert np.diff(forward[..., 0], axis=1).min() / cell > -0.86
    assert np.diff(forward[..., 1], axis=0).min() / cell > -0.86
    talking = basis.mix([0, 0, 2.4, 6.4, 4, 0])
    assert basis.softened(talking) is talking
