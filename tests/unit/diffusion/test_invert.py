"""Starts for the sketch painter, and what cannot start one."""

import numpy as np
import pytest

from chatanything.diffusion import choose_expert, invert, reference_of
from chatanything.errors import InputError
from chatanything.persona import Persona

MIXTURE = choose_expert(Persona("tea", "Tea", "", "", "", "Hello.", "a cup of tea"))
PICTURE = np.full((16, 24, 3), 200, np.uint8)


def test_sketch_start_keeps_the_reference_and_has_no_latents():
    start = invert(MIXTURE, PICTURE, strength=0.4)
    assert start.reference is PICTURE
    assert (start.strength, start.latents) == (0.4, None)


@pytest.mark.parametrize("strength", [-0.01, 1.01, float("nan")])
def test_strength_outside_its_range_is_told(strength):
    with pytest.raises(InputError, match=r"Choose 0 to 1 \(0 is the reference itself"):
        invert(MIXTURE, PICTURE, strength=strength)


@pytest.mark.parametrize("shape", [(16, 16), (16, 16, 4), (4, 16, 3)])
def test_what_is_no_picture_is_told(shape):
    with pytest.raises(InputError, match="RGB picture"):
        invert(MIXTURE, np.zeros(shape, np.uint8), strength=0.5)


def test_missing_reference_is_told():
    with pytest.raises(InputError, match="no reference picture"):
        reference_of(None)
