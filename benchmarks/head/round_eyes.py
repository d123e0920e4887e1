"""Round cartoon eyes on any portrait: what a head has to close that has no lids."""

from dataclasses import replace

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from chatanything.landmarks import Eye, Face


def round_eyed(image: npt.NDArray[np.uint8], face: Face) -> tuple[npt.NDArray[np.uint8], Face]:
    """The portrait with round eyes that have no lids, as in a cartoon, drawn over its own."""
    height, width = image.shape[:2]
    points = face.points * (width, height)
    centres = [points[first : first + 6].mean(0) for first in (36, 42)]
    radius = 0.26 * float(np.hypot(*(centres[1] - centres[0])))
    scale = 4
    picture = Image.fromarray(image).resize(
        (scale * width, scale * height), Image.Resampling.NEAREST
    )
    pen = ImageDraw.Draw(picture)
    for centre in centres:
        for size, colour in ((1.0, "#241c1c"), (0.93, "#f6f4ee"), (0.42, "#1c1a20")):
            ends = [scale * (centre + way * size * radius) for way in (-1, 1)]
            pen.ellipse([*ends[0], *ends[1]], fill=colour)
        glint = scale * (centre - 0.16 * radius)
        reach = scale * 0.1 * radius
        pen.ellipse([*(glint - reach), *(glint + reach)], fill="white")
    turn = np.linspace(np.pi, 0, 17)
    arc = radius * np.stack([np.cos(turn), -np.sin(turn)], -1)
    moved, eyes = points.copy(), []
    for first, centre in zip((36, 42), centres, strict=True):
        upper, lower = centre + arc, centre + arc * (1, -1)
        moved[first : first + 6] = [*upper[[0, 5, 11, 16]], *lower[[11, 5]]]
        lids = [lid / (width, height) for lid in (upper, lower)]
        spot = (float(centre[0] / width), float(centre[1] / height))
        eyes.append(Eye(spot, 0.42 * radius / width, lids[0], lids[1], lidless=True))
    small = picture.resize((width, height), Image.Resampling.BOX)
    drawn = replace(face, points=moved / (width, height), eyes=(eyes[0], eyes[1]), mesh=None)
    return np.array(small), drawn
