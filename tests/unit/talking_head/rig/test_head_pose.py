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
