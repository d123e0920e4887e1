"""A drawn face whose landmarks are known, and a voice whose sounds are."""

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFilter

from chatanything.landmarks import Eye, Face
from chatanything.voice import Phone, Speech, Timeline, Word

SIDE = 256


def ellipse(centre, radii, start, end, count):
    turn = np.radians(np.linspace(start, end, count))
    return np.stack([centre[0] + radii[0] * np.cos(turn), centre[1] - radii[1] * np.sin(turn)], -1)


def landmarks() -> np.ndarray:
    """68 points of a face that fills most of the unit square."""
    points = np.zeros((68, 2))
    points[:17] = ellipse((0.5, 0.48), (0.30, 0.38), 190, 350, 17)
    for first, x in ((17, 0.38), (22, 0.62)):
        points[first : first + 5] = ellipse((x, 0.40), (0.08, 0.05), 160, 20, 5)
    points[27:31] = np.stack([np.full(4, 0.5), np.linspace(0.44, 0.56, 4)], -1)
    points[31:36] = np.stack([np.linspace(0.46, 0.54, 5), np.full(5, 0.585)], -1)
    for first, x in ((36, 0.38), (42, 0.62)):
        points[first : first + 6] = ellipse((x, 0.44), (0.06, 0.03), 180, -180, 7)[:6]
    points[48:55] = ellipse((0.5, 0.68), (0.10, 0.025), 180, 0, 7)
    points[55:60] = ellipse((0.5, 0.68), (0.10, 0.035), 0, -180, 7)[1:-1]
    points[60:65] = np.stack([np.linspace(0.41, 0.59, 5), np.full(5, 0.68)], -1)
    points[65:68] = points[[63, 62, 61]]
    return points


def draw(side: int, lidless: bool = False) -> tuple[np.ndarray, Face]:
    """The face, smooth-edged on a green wall, and its landmarks."""
    big = side * 4
    picture = Image.new("RGB", (big, big), (70, 110, 80))
    pen = ImageDraw.Draw(picture)
    pen.ellipse([0.19 * big, 0.08 * big, 0.81 * big, 0.86 * big], fill=(222, 170, 140))
    eyes = []
    for x in (0.38, 0.62):
        tall = 0.06 if lidless else 0.03
        box = [(x - 0.06) * big, (0.44 - tall) * big, (x + 0.06) * big, (0.44 + tall) * big]
        pen.ellipse(box, fill=(245, 245, 240), outline=(30, 20, 20), width=big // 150)
        pen.ellipse([(x - 0.025) * big, 0.415 * big, (x + 0.025) * big, 0.465 * big], (60, 40, 30))
        upper = ellipse((x, 0.44), (0.06, tall), 180, 0, 15)
        lower = ellipse((x, 0.44), (0.06, tall), -180, 0, 15)
        eyes.append(Eye((x, 0.44), 0.025, upper, lower, lidless))
        pen.line(
            [tuple(p) for p in ellipse((x, 0.40), (0.08, 0.05), 160, 20, 9) * big],
            (70, 40, 30),
            big // 60,
        )
    points = landmarks()
    pen.polygon([tuple(p) for p in points[48:60] * big], fill=(176, 70, 74))
    pen.line([tuple(p) for p in points[60:65] * big], (90, 30, 34), big // 200)
    pen.polygon(
        [tuple(p) for p in points[31:36] * big] + [(0.5 * big, 0.57 * big)], (190, 130, 105)
    )
    small = picture.filter(ImageFilter.GaussianBlur(2)).resize((side, side), Image.Resampling.BOX)
    face = Face(points, (side, side), "known", eyes=(eyes[0], eyes[1]))
    return np.array(small), face


@pytest.fixture(scope="session")
def portrait():
    """A drawn face: RGB (256, 256, 3), and its landmarks."""
    return draw(SIDE)


@pytest.fixture(scope="session")
def cartoon():
    """The same with round eyes that have no lids."""
    return draw(SIDE, lidless=True)


@pytest.fixture(scope="session")
def speech() -> Speech:
    """Two seconds: silence, "mama mama", silence."""
    rate, seconds = 16000, 2.0
    symbols = ["m", "ɑ"] * 4
    phones = tuple(Phone(s, 0.5 + 0.12 * i, 0.62 + 0.12 * i, 2) for i, s in enumerate(symbols))
    words = (Word("mama", 0.5, 0.98), Word("mama", 0.98, 1.46))
    t = np.arange(int(rate * seconds)) / rate
    voiced = ((t >= 0.5) & (t < 1.46)).astype(np.float32)
    samples = (0.3 * np.sin(2 * np.pi * 150 * t) * voiced).astype(np.float32)
    return Speech(samples, rate, Timeline(seconds, words, phones, text="mama mama"))
