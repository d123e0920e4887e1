"""Annotators of controlnet-aux: optional, lazy, and honest about what is missing."""

import importlib.util
import sys

import numpy as np
import pytest

from chatanything.errors import InputError, MissingDependencyError
from chatanything.landmarks import annotators, make_guide

HERE = importlib.util.find_spec("controlnet_aux") is not None


def test_nothing_is_imported_to_list_them():
    statuses = [annotators.status(name) for name in annotators.names()]
    assert len(statuses) >= 3 and all(status.about for status in statuses)
    assert HERE or "controlnet_aux" not in sys.modules


@pytest.mark.skipif(HERE, reason="controlnet-aux is installed")
@pytest.mark.parametrize("name", annotators.names())
def test_a_missing_package_is_named(name):
    image = np.full((64, 64, 3), 200, np.uint8)
    with pytest.raises(MissingDependencyError, match="pip install controlnet-aux"):
        make_guide(image, style=name)


def test_a_map_of_a_picture_needs_a_picture():
    with pytest.raises(InputError, match="needs a reference picture"):
        make_guide(style="canny")


@pytest.mark.engines
def test_canny_draws_the_edges_of_the_reference():
    pytest.importorskip("controlnet_aux")
    image = np.full((256, 256, 3), 230, np.uint8)
    image[80:180, 90:170] = 20
    control = make_guide(image, style="canny", size=(256, 256)).control
    ys, xs = np.nonzero(control[..., 0])
    assert len(xs) > 100
    assert abs(xs.min() - 90) < 6 and abs(xs.max() - 170) < 6 and abs(ys.max() - 180) < 6
