"""What is behind: a wall and a few things far away, by the kind of place."""

from collections.abc import Callable

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from ...landmarks.face_model.placement import Polygon
from .surface.canvas import Setting
from .surface.outlines import box, ellipse, rounded
from .surface.relief import Array

Blot = tuple[Polygon, float, tuple[float, float, float]]
"""Outline in the body frame, how strongly it shows, and its linear RGB colour."""
Scene = Callable[[np.random.Generator, Array], list[Blot]]
"""Makes the things of a backdrop, from a random stream and the wall's colour."""

WORK = 96
"""Side in pixels at which out-of-focus things are drawn."""


def out_of_focus(setting: Setting) -> Array:
    """The wall with blurred things on it, linear RGB (H, W, 3); drawn small and enlarged."""
    w, h = setting.size
    unit = setting.unit
    small = (round(w * WORK / (2 * unit)), round(h * WORK / (2 * unit)))
    field = np.empty((small[1], small[0], 3), np.float32)
    field[:] = setting.wall
    for outline, amount, colour in setting.things:
        page = Image.new("L", small)
        dots = outline * (WORK / 2) + (small[0] / 2, small[1] / 2)
        ImageDraw.Draw(page).polygon(list(map(tuple, dots.tolist())), fill=255)
        cover = np.asarray(page.filter(ImageFilter.GaussianBlur(2.2)), np.float32) / 255
        field += (np.array(colour, np.float32) - field) * (cover * np.float32(amount))[..., None]
    bands = (Image.fromarray(field[..., i]) for i in range(3))
    return np.stack(
        [np.asarray(band.resize((w, h), Image.Resampling.BICUBIC)) for band in bands], -1
    )


def _tone(wall: Array, factor: float, warm: float = 0.0) -> tuple[float, float, float]:
    r, g, b = (float(value) * factor for value in wall)
    return r * (1 + warm), g, b * (1 - warm)


def _studio(rng: np.random.Generator, wall: Array) -> list[Blot]:
    x = float(rng.uniform(-0.6, 0.6))
    beam = rounded([(x - 1.2, -1.2), (x - 0.7, -1.2), (x + 0.9, 1.2), (x + 0.2, 1.2)], 0.05)
    return [(beam, 0.35, _tone(wall, 1.45, 0.08))]


def _room(rng: np.random.Generator, wall: Array) -> list[Blot]:
    left = float(rng.uniform(-0.95, -0.7))
    frame = box(left, -0.45, 0.42, 0.56, 0.02)
    inside = box(left, -0.45, 0.32, 0.46, 0.02)
    lamp = ellipse(0.92, -0.20, 0.34)
    shelf = box(0.85, 0.30, 0.60, 0.05, 0.01)
    books = [
        box(0.68 + 0.1 * i, 0.17, 0.07, float(rng.uniform(0.16, 0.24)), 0.01) for i in range(4)
    ]
    tints = [(0.45, 0.16, 0.12), (0.14, 0.28, 0.36), (0.50, 0.36, 0.14), (0.20, 0.30, 0.18)]
    return [
        (frame, 0.55, _tone(wall, 0.45, 0.2)),
        (inside, 0.7, _tone(wall, 1.15, 0.15)),
        (lamp, 0.6, (1.0, 0.80, 0.45)),
        (shelf, 0.5, _tone(wall, 0.4, 0.2)),
        *((book, 0.5, tint) for book, tint in zip(books, tints, strict=True)),
    ]


def _kitchen(rng: np.random.Generator, wall: Array) -> list[Blot]:
    tiles = [
        box(x, y, 0.24, 0.24, 0.03)
        for y in (-0.35, -0.07, 0.21)
        for x in np.arange(-1.12, 1.2, 0.28)
    ]
    shelf = box(0, -0.62, 2.4, 0.06, 0.01)
    jars = [box(x, -0.76, 0.20, 0.22, 0.05) for x in (-0.86, -0.60, 0.66, 0.90)]
    tints = [(0.55, 0.22, 0.12), (0.60, 0.48, 0.20), (0.22, 0.36, 0.26), (0.62, 0.56, 0.46)]
    return [
        *((tile, float(rng.uniform(0.05, 0.28)), _tone(wall, 1.3)) for tile in tiles),
        (shelf, 0.5, _tone(wall, 0.45, 0.25)),
        *((jar, 0.55, tint) for jar, tint in zip(jars, tints, strict=True)),
    ]


def _office(rng: np.random.Generator, wall: Array) -> list[Blot]:
    panes = [box(x, -0.42, 0.40, 0.76, 0.02) for x in (-0.90, -0.46)]
    board = box(0.82, -0.42, 0.56, 0.50, 0.02)
    notes = [
        box(0.66 + 0.16 * (i % 3), -0.52 + 0.18 * (i // 3), 0.10, 0.10, 0.01) for i in range(5)
    ]
    tints = [
        (0.80, 0.62, 0.20),
        (0.70, 0.30, 0.28),
        (0.30, 0.52, 0.56),
        (0.42, 0.58, 0.26),
        (0.75, 0.45, 0.2),
    ]
    return [
        *((pane, 0.6, (0.85, 0.95, 1.0)) for pane in panes),
        (board, 0.5, _tone(wall, 0.62, 0.25)),
        *(
            (note, float(rng.uniform(0.4, 0.7)), tint)
            for note, tint in zip(notes, tints, strict=True)
        ),
    ]


def _window(rng: np.random.Generator, wall: Array) -> list[Blot]:
    x = float(rng.choice([-0.55, 0.55]))
    panes = [box(x + dx, dy, 0.42, 0.50, 0.02) for dx in (-0.23, 0.23) for dy in (-0.62, -0.08)]
    leaves = [
        ellipse(x + float(rng.uniform(-0.4, 0.4)), float(rng.uniform(-0.2, 0.2)), 0.14)
        for _ in range(5)
    ]
    return [
        *((pane, 0.75, (0.80, 0.95, 1.0)) for pane in panes),
        *((leaf, 0.35, (0.25, 0.45, 0.20)) for leaf in leaves),
    ]


def _garden(rng: np.random.Generator, wall: Array) -> list[Blot]:
    del wall
    ground = box(0, 0.75, 2.6, 0.9, 0.05)
    blots: list[Blot] = [
        (box(0, -0.6, 2.6, 1.2, 0.02), 0.55, (0.55, 0.75, 0.85)),
        (ground, 0.75, (0.22, 0.38, 0.14)),
    ]
    for _ in range(22):
        x, y = float(rng.uniform(-1.15, 1.15)), float(rng.uniform(-0.35, 0.75))
        green = float(rng.uniform(0.7, 1.3))
        blots.append(
            (
                ellipse(x, y, float(rng.uniform(0.12, 0.30))),
                0.45,
                (0.18 * green, 0.34 * green, 0.12 * green),
            )
        )
    for _ in range(9):
        x, y = float(rng.uniform(-1.1, 1.1)), float(rng.uniform(-0.7, 0.5))
        blots.append((ellipse(x, y, float(rng.uniform(0.04, 0.09))), 0.5, (0.95, 0.85, 0.45)))
    return blots


def _sky(rng: np.random.Generator, wall: Array) -> list[Blot]:
    del wall
    blots: list[Blot] = [
        (box(0, 0, 2.8, 2.8, 0.02), 0.9, (0.22, 0.46, 0.78)),
        (box(0, 0.9, 2.8, 1.2, 0.3), 0.7, (0.55, 0.74, 0.88)),
    ]
    for _ in range(5):
        x, y = float(rng.uniform(-1.1, 1.1)), float(rng.uniform(-0.8, 0.8))
        puffs = ((0.0, 0.0, 0.20), (0.18, 0.04, 0.15), (-0.18, 0.04, 0.15))
        blots += [
            (ellipse(x + dx, y + dy, r, r * 0.7), 0.45, (0.95, 0.97, 1.0)) for dx, dy, r in puffs
        ]
    return blots


def _night(rng: np.random.Generator, wall: Array) -> list[Blot]:
    del wall
    blots: list[Blot] = [
        (box(0, 0, 2.8, 2.8, 0.02), 1.0, (0.045, 0.055, 0.16)),
        (box(0, 0.8, 2.8, 1.0, 0.3), 0.7, (0.16, 0.10, 0.24)),
    ]
    for _ in range(34):
        x, y = float(rng.uniform(-1.15, 1.15)), float(rng.uniform(-1.1, 0.7))
        warm = float(rng.uniform(0.6, 1.0))
        blots.append(
            (ellipse(x, y, float(rng.uniform(0.018, 0.05))), 0.8, (1.0, 0.95 * warm, 0.9 * warm))
        )
    return blots


def _winter(rng: np.random.Generator, wall: Array) -> list[Blot]:
    del wall
    blots: list[Blot] = [
        (box(0, 0, 2.8, 2.8, 0.02), 0.9, (0.30, 0.48, 0.66)),
        (box(0, 0.85, 2.8, 0.8, 0.2), 0.85, (0.80, 0.88, 0.95)),
    ]
    for _ in range(40):
        x, y = float(rng.uniform(-1.15, 1.15)), float(rng.uniform(-1.1, 1.0))
        blots.append((ellipse(x, y, float(rng.uniform(0.02, 0.06))), 0.6, (0.97, 0.98, 1.0)))
    return blots


def _lab(rng: np.random.Generator, wall: Array) -> list[Blot]:
    del wall
    screens = [
        box(x, y, 0.46, 0.30, 0.03)
        for x, y in ((-0.86, -0.50), (-0.86, 0.0), (0.88, -0.42), (0.88, 0.06))
    ]
    lights = [
        ellipse(float(rng.uniform(-1.1, 1.1)), float(rng.uniform(-0.95, -0.75)), 0.04)
        for _ in range(8)
    ]
    return [
        (box(0, 0, 2.8, 2.8, 0.02), 0.8, (0.12, 0.20, 0.26)),
        *((screen, 0.6, (0.25, 0.65, 0.70)) for screen in screens),
        *((light, 0.7, (0.95, 0.55, 0.30)) for light in lights),
    ]


SCENES: dict[str, Scene] = {
    "studio": _studio,
    "room": _room,
    "kitchen": _kitchen,
    "office": _office,
    "window": _window,
    "garden": _garden,
    "sky": _sky,
    "night": _night,
    "winter": _winter,
    "lab": _lab,
}
"""Scenes by the name that a body has as its `backdrop`."""
