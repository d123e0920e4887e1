"""What weather and time of day put over a scene, and the words for them."""

import numpy as np

from .backdrop import SCENES, Blot, Scene
from .landscapes import ALL, PLACES, Rng, named
from .surface.outlines import ellipse, stroke
from .surface.relief import Array


def _rain(rng: Rng, _: Array) -> list[Blot]:
    drops = [(float(rng.uniform(-1.1, 1.2)), float(rng.uniform(-1.1, 1.0))) for _i in range(44)]
    return [
        (ALL, 0.5, (0.20, 0.24, 0.30)),
        *(
            (stroke([(x, y), (x - 0.06, y + 0.26)], 0.045), 0.9, (0.80, 0.90, 1.0))
            for x, y in drops
        ),
    ]


def _storm(rng: Rng, wall: Array) -> list[Blot]:
    bolt = np.array(
        [
            (0.75, -1.1),
            (0.5, -0.4),
            (0.68, -0.42),
            (0.45, 0.3),
            (0.95, -0.55),
            (0.76, -0.52),
            (0.95, -1.1),
        ]
    )
    return [(ALL, 0.7, (0.08, 0.09, 0.14)), *_rain(rng, wall)[1:], (bolt, 1.0, (1.0, 0.95, 0.6))]


def _snow(rng: Rng, _: Array) -> list[Blot]:
    flakes = [
        (
            float(rng.uniform(-1.1, 1.1)),
            float(rng.uniform(-1.1, 1.0)),
            float(rng.uniform(0.025, 0.06)),
        )
        for _i in range(50)
    ]
    return [
        (ALL, 0.25, (0.62, 0.72, 0.82)),
        *((ellipse(*flake), 0.9, (0.97, 0.98, 1.0)) for flake in flakes),
    ]


def _fog(rng: Rng, _: Array) -> list[Blot]:
    banks = [
        ellipse(float(rng.uniform(-0.9, 0.9)), float(y), 1.0, 0.18)
        for y in np.arange(-0.8, 1.0, 0.3)
    ]
    return [(ALL, 0.55, (0.62, 0.65, 0.68)), *((bank, 0.5, (0.80, 0.82, 0.84)) for bank in banks)]


def _dark(rng: Rng, _: Array) -> list[Blot]:
    stars = [
        ellipse(float(rng.uniform(-1.1, 1.1)), float(rng.uniform(-1.1, -0.2)), 0.022)
        for _i in range(24)
    ]
    return [(ALL, 0.75, (0.02, 0.03, 0.10)), (ellipse(-0.75, -0.72, 0.15), 0.9, (0.95, 0.93, 0.80)),
            *((star, 0.8, (1.0, 0.96, 0.85)) for star in stars)]  # fmt: skip


def _sunset(rng: Rng, _: Array) -> list[Blot]:
    del rng
    return [(ALL, 0.4, (0.95, 0.40, 0.15)), (ellipse(-0.7, -0.1, 0.26), 0.85, (1.0, 0.75, 0.35))]


def _sunny(rng: Rng, _: Array) -> list[Blot]:
    del rng
    return [(ALL, 0.15, (1.0, 0.85, 0.5)), (ellipse(-0.78, -0.75, 0.2), 0.95, (1.0, 0.9, 0.45))]


def _rainbow(rng: Rng, _: Array) -> list[Blot]:
    del rng
    tints = [
        (0.8, 0.1, 0.1),
        (0.9, 0.45, 0.08),
        (0.9, 0.8, 0.2),
        (0.15, 0.5, 0.2),
        (0.12, 0.25, 0.7),
    ]
    return [(ellipse(0, 0.5, 1.15 - 0.09 * i), 0.6, tint) for i, tint in enumerate(tints)] + [
        (ellipse(0, 0.5, 0.7), 0.9, (0.5, 0.7, 0.86))
    ]


WEATHER: dict[str, tuple[Scene, str]] = {
    "storm": (_storm, "storm thunderstorm thunder lightning tempest hurricane stormy"),
    "rain": (_rain, "rain rainy drizzle downpour raining monsoon"),
    "snow": (_snow, "snow snowy blizzard snowfall snowing snowstorm winter"),
    "fog": (_fog, "fog foggy mist misty haze smoke"),
    "night": (_dark, "night midnight moonlight dark moonlit starlight"),
    "sunset": (_sunset, "sunset dusk dawn sunrise evening twilight"),
    "sun": (_sunny, "sun sunny sunshine sunlight summer sunlit morning day noon"),
    "rainbow": (_rainbow, "rainbow"),
}  # fmt: skip
"""Weather by name, and its words."""


def weather_of(words: str) -> str:
    """Name of the weather that words tell of; empty where they tell of none."""
    return named(WEATHER, words)


def scene(name: str, weather: str, rng: Rng, wall: Array) -> list[Blot]:
    """What is behind the figure: a place of `PLACES` or a scene of `SCENES`, and its weather."""
    place = PLACES[name][0] if name in PLACES else SCENES[name]
    return [*place(rng, wall), *(WEATHER[weather][0](rng, wall) if weather else ())]
