"""A character without what is around it: corners are clear, its face is whole."""

import io

import numpy as np
import pytest
from PIL import Image

from chatanything.live.cutout import cutout_mask, mask_png
from tests.tools.samples import portrait_of

CONCEPTS = ["grumpy teapot", "red apple", "melancholic moon", "wise owl", "old fisherman"]


@pytest.mark.parametrize("concept", CONCEPTS)
def test_corners_are_clear_and_the_face_is_whole(concept):
    image, face = portrait_of(concept)
    mask = cutout_mask(image, face)
    assert max(mask.shape) == 256
    assert [mask[y, x] for y in (0, -1) for x in (0, -1)] == [0] * 4
    size = [mask.shape[1], mask.shape[0]]
    x, y = np.clip((face.points * size).astype(int), 0, 255).T
    assert (mask[y, x] > 200).mean() > 0.9
    assert 0.1 < (mask > 128).mean() < 0.95


def test_of_a_picture_without_a_background_an_oval_is_kept():
    _, face = portrait_of("grumpy teapot")
    noise = np.random.default_rng(0).integers(0, 255, (300, 200, 3)).astype(np.uint8)
    mask = cutout_mask(noise, face)
    assert mask.shape == (256, 171)
    assert not mask[0].any() and not mask[-1].any() and not mask[:, 0].any()
    assert mask.max() > 250


def test_a_plain_background_goes_along_the_outline():
    image, face = portrait_of("grumpy teapot")
    plain = np.full_like(image, 230)
    h, w = image.shape[:2]
    y, x = np.mgrid[0:h, 0:w]
    low, high = face.points.min(0) * [w, h], face.points.max(0) * [w, h]
    body = (x > low[0] - 60) & (x < high[0] + 60) & (y > low[1] - 60) & (y < high[1] + 40)
    plain[body] = image[body]
    mask = cutout_mask(plain, face)
    there = np.asarray(Image.fromarray(body).resize(mask.shape[::-1]))
    assert (mask > 128)[there].mean() > 0.98
    assert (mask > 128)[~there].mean() < 0.25


def test_it_is_the_alpha_of_a_png():
    mask = np.arange(12, dtype=np.uint8).reshape(3, 4) * 20
    with Image.open(io.BytesIO(mask_png(mask))) as picture:
        assert picture.mode == "LA"
        assert np.array_equal(np.asarray(picture)[..., 1], mask)
