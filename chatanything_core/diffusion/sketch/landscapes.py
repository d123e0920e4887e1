"""Scenes by the words of a place."""

import re

import numpy as np

from .backdrop import SCENES, Blot, Scene
from .surface.outlines import blob, box, ellipse
from .surface.relief import Array

Rng = np.random.Generator
RGB = tuple[float, float, float]
ALL = box(0, 0, 2.8, 2.8, 0.02)
"""The whole picture."""


def _ground(top: float, colour: RGB) -> Blot:
    return box(0, top + 0.9, 2.8, 1.8, 0.02), 0.9, colour


def _forest(rng: Rng, _: Array) -> list[Blot]:
    blots: list[Blot] = [(ALL, 0.9, (0.30, 0.45, 0.30)), _ground(0.6, (0.16, 0.22, 0.08))]
    for x in np.arange(-1.1, 1.2, 0.26):
        x = float(x + rng.uniform(-0.08, 0.08))
        blots.append(
            (box(x, 0, float(rng.uniform(0.07, 0.13)), 2.6, 0.02), 0.75, (0.12, 0.08, 0.05))
        )
    for _i in range(14):
        x, y = float(rng.uniform(-1.1, 1.1)), float(rng.uniform(-1.0, -0.3))
        green = float(rng.uniform(0.6, 1.3))
        blots.append((ellipse(x, y, 0.26, 0.2), 0.5, (0.10 * green, 0.26 * green, 0.09 * green)))
    return blots


def _sea(rng: Rng, _: Array) -> list[Blot]:
    blots: list[Blot] = [
        (ALL, 0.9, (0.42, 0.66, 0.86)),
        (ellipse(float(rng.uniform(-0.9, -0.5)), -0.72, 0.16), 0.8, (1.0, 0.92, 0.62)),
        (box(0, 0.35, 2.8, 0.8, 0.02), 0.95, (0.07, 0.28, 0.46)),
    ]
    for y in (0.06, 0.2, 0.36, 0.54):
        x = float(rng.uniform(-0.8, 0.8))
        blots.append((ellipse(x, y, 0.5, 0.025), 0.6, (0.62, 0.80, 0.90)))
    return blots


def _beach(rng: Rng, wall: Array) -> list[Blot]:
    return [*_sea(rng, wall), (ellipse(0, 1.1, 1.9, 0.62), 0.95, (0.80, 0.66, 0.42))]


def _mountains(rng: Rng, _: Array) -> list[Blot]:
    blots: list[Blot] = [(ALL, 0.9, (0.50, 0.70, 0.88))]
    for x, high in ((-0.8, -0.75), (0.75, -0.85), (0.1, -0.5)):
        x += float(rng.uniform(-0.12, 0.12))
        peak = np.array([(x - 0.95, 0.9), (x, high), (x + 0.95, 0.9)])
        cap = np.array([(x - 0.2, high + 0.34), (x, high), (x + 0.2, high + 0.34)])
        blots += [(peak, 0.85, (0.20, 0.24, 0.32)), (cap, 0.85, (0.92, 0.94, 0.98))]
    return [*blots, _ground(0.7, (0.20, 0.30, 0.14))]


def _desert(rng: Rng, _: Array) -> list[Blot]:
    sun = ellipse(float(rng.uniform(0.5, 0.9)), -0.7, 0.18)
    dunes = [blob([(-1.6, y), (-0.6 + x, y - 0.22), (0.2 + x, y), (1.6, y - 0.1), (1.6, 2), (-1.6, 2)])
             for x, y in ((0.3, 0.35), (-0.5, 0.6))]  # fmt: skip
    return [
        (ALL, 0.9, (0.66, 0.74, 0.80)),
        (sun, 0.8, (1.0, 0.93, 0.70)),
        (dunes[0], 0.9, (0.70, 0.46, 0.22)),
        (dunes[1], 0.9, (0.80, 0.56, 0.28)),
    ]


def _city(rng: Rng, _: Array) -> list[Blot]:
    blots: list[Blot] = [(ALL, 0.9, (0.52, 0.66, 0.82))]
    for x in np.arange(-1.05, 1.1, 0.3):
        high, tone = float(rng.uniform(0.9, 1.7)), float(rng.uniform(0.7, 1.2))
        blots.append(
            (
                box(float(x), 1.0 - high / 2, 0.27, high, 0.01),
                0.85,
                (0.20 * tone, 0.23 * tone, 0.30 * tone),
            )
        )
        for y in np.arange(1.08 - high, 0.9, 0.15):
            if rng.uniform() < 0.6:
                blots.append((box(float(x), float(y), 0.12, 0.06, 0.005), 0.8, (0.95, 0.82, 0.45)))
    return blots


def _library(rng: Rng, _: Array) -> list[Blot]:
    blots: list[Blot] = [(ALL, 0.9, (0.16, 0.10, 0.06))]
    for y in np.arange(-0.9, 1.1, 0.36):
        blots.append((box(0, float(y) + 0.17, 2.8, 0.04, 0.005), 0.9, (0.34, 0.20, 0.10)))
        for x in np.arange(-1.15, 1.2, 0.1):
            tone = rng.uniform(0.05, 0.5, 3)
            tall = float(rng.uniform(0.2, 0.29))
            blots.append((box(float(x), float(y) + 0.15 - tall / 2, 0.075, tall, 0.005), 0.85,
                          (float(tone[0]), float(tone[1]) * 0.7, float(tone[2]) * 0.6)))  # fmt: skip
    return blots


def _stage(rng: Rng, _: Array) -> list[Blot]:
    folds = [box(x, 0, 0.14, 2.8, 0.05) for x in np.arange(-1.2, 1.3, 0.24)]
    light = np.array([(0.0, -1.4), (-0.9, 1.3), (0.9, 1.3)])
    return [
        (ALL, 0.95, (0.30, 0.03, 0.05)),
        *((fold, 0.5, (0.50, 0.06, 0.09)) for fold in folds),
        (light, float(rng.uniform(0.25, 0.35)), (1.0, 0.85, 0.6)),
    ]


def _castle(rng: Rng, _: Array) -> list[Blot]:
    stones = [box(float(x) + 0.15 * (i % 2), float(y), 0.27, 0.14, 0.02)
              for i, y in enumerate(np.arange(-1.1, 1.2, 0.17)) for x in np.arange(-1.3, 1.3, 0.3)]  # fmt: skip
    return [
        (ALL, 0.95, (0.16, 0.15, 0.15)),
        *((stone, float(rng.uniform(0.3, 0.6)), (0.34, 0.32, 0.30)) for stone in stones),
        *((ellipse(x, -0.35, 0.22), 0.7, (1.0, 0.55, 0.15)) for x in (-0.85, 0.85)),
    ]


def _market(rng: Rng, _: Array) -> list[Blot]:
    tops = [(box(float(x), -0.62, 0.24, 0.4, 0.02), 0.85, (0.75, 0.10, 0.08) if i % 2 else (0.92, 0.88, 0.80))
            for i, x in enumerate(np.arange(-1.15, 1.2, 0.24))]  # fmt: skip
    fruit = [(ellipse(float(rng.uniform(-1.1, 1.1)), float(rng.uniform(0.2, 0.6)), 0.08), 0.8,
              (float(rng.uniform(0.3, 0.9)), float(rng.uniform(0.2, 0.6)), 0.08)) for _i in range(26)]  # fmt: skip
    return [
        (ALL, 0.9, (0.48, 0.40, 0.32)),
        *tops,
        (box(0, 0.6, 2.8, 0.8, 0.02), 0.8, (0.30, 0.18, 0.09)),
        *fruit,
    ]


def _underwater(rng: Rng, _: Array) -> list[Blot]:
    rays = [
        np.array([(x, -1.3), (x + 0.2, -1.3), (x + 0.5, 1.3), (x + 0.05, 1.3)])
        for x in (-1.0, -0.4, 0.3)
    ]
    bubbles = [
        ellipse(
            float(rng.uniform(-1.1, 1.1)), float(rng.uniform(-1, 1)), float(rng.uniform(0.02, 0.06))
        )
        for _i in range(20)
    ]
    return [
        (ALL, 0.95, (0.03, 0.22, 0.38)),
        *((ray, 0.3, (0.25, 0.60, 0.70)) for ray in rays),
        *((bubble, 0.6, (0.70, 0.90, 0.95)) for bubble in bubbles),
    ]


def _farm(rng: Rng, _: Array) -> list[Blot]:
    del rng
    roof = np.array([(0.3, -0.35), (0.75, -0.72), (1.2, -0.35)])
    rows = [
        np.array([(x * 0.25, 0.2), (x * 0.25 + 0.05, 0.2), (x + 0.12, 1.3), (x - 0.12, 1.3)])
        for x in np.arange(-2.4, 2.5, 0.6)
    ]
    return [
        (ALL, 0.9, (0.50, 0.72, 0.88)),
        _ground(0.15, (0.30, 0.40, 0.14)),
        (box(0.75, 0.0, 0.72, 0.7, 0.01), 0.9, (0.45, 0.07, 0.05)),
        (roof, 0.9, (0.24, 0.10, 0.08)),
        *((row, 0.5, (0.52, 0.54, 0.18)) for row in rows),
    ]


PLACES: dict[str, tuple[Scene, str]] = {
    "forest": (_forest, "forest wood woods jungle rainforest swamp grove woodland"),
    "beach": (_beach, "beach seaside shore coast island lagoon"),
    "sea": (_sea, "sea ocean ship boat deck harbour harbor lake river port pier waves water"),
    "mountains": (_mountains, "mountain mountains alps hill hills valley cliff canyon himalayas"),
    "desert": (_desert, "desert dunes sahara oasis savannah savanna egypt"),
    "city": (_city, "city street town downtown alley rooftop skyline manhattan avenue paris london tokyo york"),
    "library": (_library, "library bookshop bookstore archive"),
    "stage": (_stage, "stage theatre theater opera circus cabaret concert"),
    "castle": (_castle, "castle dungeon tower palace cave tavern crypt cellar throne"),
    "market": (_market, "market bazaar shop stall supermarket store"),
    "underwater": (_underwater, "underwater reef aquarium"),
    "farm": (_farm, "farm field fields barn farmyard village countryside vineyard meadow prairie"),
    "kitchen": (SCENES["kitchen"], "kitchen bakery restaurant cafe diner bar"),
    "office": (SCENES["office"], "office classroom school desk bank courtroom"),
    "garden": (SCENES["garden"], "garden park greenhouse orchard backyard flowers"),
    "sky": (SCENES["sky"], "sky clouds cloud heaven air"),
    "night": (SCENES["night"], "space stars night moonlight moon midnight galaxy planet"),
    "winter": (SCENES["winter"], "snow arctic antarctica antarctic tundra ice winter pole"),
    "lab": (SCENES["lab"], "laboratory lab spaceship spacecraft workshop hospital studio"),
    "window": (SCENES["window"], "window balcony"),
    "room": (SCENES["room"], "room home house bedroom attic living parlour armchair hotel"),
}  # fmt: skip
"""Scenes by name, and the words of places that are shown so."""


def place_of(words: str) -> str:
    """Name of the scene that shows a place; empty where none does."""
    return named(PLACES, words)


def named(table: dict[str, tuple[Scene, str]], words: str) -> str:
    """The first scene of a table one of whose words is said; empty where none is."""
    said = set(re.findall(r"\w+", words.lower()))
    return next((name for name, (_, known) in table.items() if said & set(known.split())), "")
