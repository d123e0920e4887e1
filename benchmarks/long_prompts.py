"""The twelve long prompts of the tests as one sheet, each with the share of it that is drawn.

python -m benchmarks.long_prompts docs/long-prompts.jpg
"""

import sys
import textwrap
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from chatanything.atomic_write import atomic_write
from chatanything.diffusion import PaintJob
from chatanything.diffusion.sketch import SketchPainter
from chatanything.diffusion.sketch.design import design
from chatanything.persona import Persona, write_persona
from chatanything.progress import no_progress
from tests.tools.long_prompts import PROMPTS
from tests.tools.samples import style

SIDE, CAPTION, COLUMNS = 240, 92, 4
"""Pixels of one picture and of the text below it; pictures in a row."""
LOOKS = ("soft 3D", "paper cut", "ink")


def sheet() -> Image.Image:
    """Every prompt with its portrait, the styles in turn."""
    rows = -(-len(PROMPTS) // COLUMNS)
    page = Image.new("RGB", (COLUMNS * SIDE, rows * (SIDE + CAPTION)), (250, 248, 244))
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(9)
    for i, (prompt, checks) in enumerate(PROMPTS.items()):
        who = write_persona(prompt, seed=0)
        plan = design(who, 0)
        share = f"{sum(shown(plan) for shown in checks.values())} of {len(checks)}: "
        text = "\n".join(textwrap.wrap(share + prompt, 52))
        x, y = i % COLUMNS * SIDE, i // COLUMNS * (SIDE + CAPTION)
        page.paste(Image.fromarray(_paint(who, LOOKS[i % len(LOOKS)])), (x, y))
        pen.multiline_text((x + 6, y + SIDE + 4), text, fill=(60, 56, 52), font=font, spacing=3)
    return page


def _paint(who: Persona, look: str) -> npt.NDArray[np.uint8]:
    job = PaintJob(who, style(look), width=SIDE, height=SIDE, seed=0)
    return SketchPainter().paint(job, no_progress).image


def main(path: Path) -> None:
    """Draw the sheet."""
    with atomic_write(path) as part:
        sheet().save(part, quality=68)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
