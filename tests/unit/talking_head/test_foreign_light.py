"""Mouths and eyes that are painted into a photograph have its colours and its light."""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.face_detection import plain_persona, style
from chatanything.diffusion import PaintJob, paint
from chatanything.talking_head import plan_motion
from chatanything.talking_head.warp import WarpHead
from chatanything.talking_head.warp.illuminant import cast_of, illuminant
from chatanything.talking_head.warp.mouth.mouth_interior import ENAMEL
from chatanything.talking_head.warp.tone import LUMA, tone_of
from chatanything.voice import Timeline, Viseme

SKIN = np.full((20, 3), (200.0, 160.0, 135.0))
"""Light skin in white light."""


@pytest.fixture(scope="module")
def person():
    """A painted person, as if it were a photograph with a detected face."""
    made = paint(PaintJob(plain_persona("woman"), style("soft 3D"), width=256, height=256, seed=2))
    return made.image, replace(made.face, eyes=None, origin="detected")


def frames(image, face):
    """A loud vowel and a blink."""
    timeline = Timeline(1.0, visemes=(Viseme("aa", 0.2, 0.8, 1.0),))
    return list(WarpHead().prepare(image, face).frames(plan_motion(timeline, fps=25.0, seed=1)))


def grey(image):
    return np.repeat((image @ LUMA + 0.5).astype(np.uint8)[..., None], 3, -1)


def sepia(image):
    y = (image @ LUMA)[..., None] / 255
    return (255 * np.clip(y ** np.array([0.8, 1.0, 1.35]), 0, 1)).astype(np.uint8)


def chroma(image):
    return np.ptp(image.astype(int), axis=-1)


def test_a_grey_portrait_stays_grey(person):
    image, face = person
    shown = frames(grey(image), face)
    moved = max(np.abs(frame.astype(int) - shown[0]).max() for frame in shown)
    assert moved > 60, "the mouth opens"
    assert max(chroma(frame).max() for frame in shown) < 3


def test_a_tinted_portrait_keeps_its_one_tint(person):
    image, face = person
    toned = sepia(image)
    shown = frames(toned, face)
    luma = (toned @ LUMA).astype(int).ravel()
    there, first = np.unique(luma, return_index=True)
    tints = toned.reshape(-1, 3)[first]
    mouth = (face.points[48:68] * 256).astype(int)
    (left, top), (right, bottom) = mouth.min(0) - 4, mouth.max(0) + 12
    for frame in shown:
        part = frame[top:bottom, left:right].reshape(-1, 3)
        at = np.clip(np.searchsorted(there, part @ LUMA), 0, len(there) - 1)
        assert np.abs(part.astype(int) - tints[at]).max() < 26


def test_a_coloured_portrait_has_a_red_mouth(person):
    image, face = person
    assert tone_of(image, face.points * 256).tints is None
    still, *moving = frames(image, face)
    mouth = (face.points[60:68].mean(0) * 256).astype(int)
    seen = [f[mouth[1] : mouth[1] + 12, mouth[0] - 6 : mouth[0] + 6] for f in moving]
    assert max(float((part[..., 0].astype(int) - part[..., 1]).max()) for part in seen) > 25
    assert still.shape == image.shape


def eyes(white, skin, pale):
    """Colours of an eye of which a share is white, the rest dark and skin."""
    count = int(600 * pale)
    return np.concatenate([np.tile(white, (count, 1)), np.tile(skin * 0.5, (600 - count, 1))])


LIGHTS = {
    "white": (1.0, 1.0, 1.0),
    "warm": (1.0, 0.8, 0.6),
    "orange": (1.0, 0.6, 0.35),
    "dark": (0.25, 0.25, 0.25),
    "dusk": (0.3, 0.4, 0.6),
}


@pytest.mark.parametrize("pale", [0.05, 0.6], ids=["behind glasses", "in the open"])
@pytest.mark.parametrize("name", LIGHTS)
def test_teeth_are_lit_as_the_face_is(name, pale):
    light = np.array(LIGHTS[name])
    skin = SKIN * light
    white = illuminant(eyes(np.array([225.0, 218, 210]) * light, skin[0], pale), skin)
    teeth, face = ENAMEL * white, skin[0]
    assert 1.05 <= teeth @ LUMA / (face @ LUMA) <= 2.2, "neither lamps nor slate"
    # Red over blue, of teeth as of skin, against white light.
    cast = (teeth[0] / teeth[2]) / (ENAMEL[0] / ENAMEL[2])
    lamp = light[0] / light[2]
    if lamp >= 1:
        assert 0.95 * lamp**0.35 < cast < 1.15 * lamp, "as warm as the light, and no bluer"
    elif pale > 0.2:
        assert lamp < cast < 0.95, "bluish"


@pytest.mark.parametrize("share", [1.0, 0.45, 0.3])
def test_dark_skin_has_teeth_as_bright_as_its_eyes(share):
    skin = np.array([200.0, 140.0, 105.0]) * share
    white = illuminant(eyes(np.array([200.0, 192, 180]), skin, 0.6), np.tile(skin, (20, 1)))
    teeth = float(ENAMEL * white @ LUMA)
    assert teeth > 1.15 * skin @ LUMA
    assert teeth == pytest.approx(min(200, 2.2 * skin @ LUMA), rel=0.12)


def test_pale_skin_is_in_white_light():
    assert cast_of(np.array([255.0, 250, 245])).min() == 1


def test_painted_portraits_keep_their_own_colours():
    """Their eyes are known, so their white is, even where nothing has a colour."""
    made = paint(PaintJob(plain_persona("woman"), style("soft 3D"), width=256, height=256, seed=2))
    shown = frames(grey(made.image), made.face)
    assert max(chroma(frame).max() for frame in shown) > 20
