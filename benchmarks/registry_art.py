"""Icon and banner for the ComfyUI registry, painted by the `sketch` painter.

python -m benchmarks.registry_art docs
"""

import sys
from pathlib import Path

import numpy as np
from PIL import Image

from chatanything.atomic_write import atomic_write
from chatanything.diffusion import PaintJob, choose_expert, paint
from chatanything.persona import write_persona

ICON, BANNER = 400, (1260, 540)
"""Pixels: the registry takes squares up to 400 and banners of 21 to 9."""
FACE = "grumpy teapot"
GUESTS = ("cheerful strawberry", "grumpy teapot", "happy sunflower")


def portrait(concept: str, side: int) -> Image.Image:
    """A concept as the first engines paint it, `side` pixels square."""
    persona = write_persona(concept)
    made = paint(PaintJob(persona, choose_expert(persona), width=1024, height=1024))
    return Image.fromarray(made.image).resize((side, side), Image.Resampling.LANCZOS)


def banner(concepts: tuple[str, ...] = GUESTS) -> Image.Image:
    """Portraits side by side, each cropped to its share of the width around its middle."""
    width, height = BANNER
    share = width // len(concepts)
    left = (height - share) // 2
    parts = [
        portrait(concept, height).crop((left, 0, left + share, height)) for concept in concepts
    ]
    return Image.fromarray(np.concatenate([np.asarray(part) for part in parts], axis=1))


def main(folder: Path) -> None:
    """Paint both."""
    for name, picture in (("icon.jpg", portrait(FACE, ICON)), ("banner.jpg", banner())):
        with atomic_write(folder / name) as part:
            picture.save(part, format="JPEG", quality=88, optimize=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
