"""Icons of the open sets as bodies: is the face found, where it was said to be, at what price?

Sixty icons, spread evenly over the sets that the user has (`chatanything drawings get fluent`, `noto`,
`game-icons`), in three styles each. The judge is mediapipe 0.10.21, which the painter never uses.
Run as `python -m benchmarks.drawings docs/drawings.md --sheet out/drawings.jpg`.
"""

import argparse
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from chatanything.diffusion import PaintJob, paint
from chatanything.diffusion.icon_sets import Icon, IconSet, installed_sets, load_icon, match_icons
from chatanything.errors import InputError
from chatanything.landmarks import Detector, detectors
from chatanything.persona import read_concept
from tests.tools.samples import plain_persona, style

from .face_detection import NEAR, Finding, judge_portrait
from .tables import replace_table

COUNT = 60
STYLES = ("soft 3D", "paper cut", "ink")
ACROSS, CELL = 12, 160
"""Pictures in a row of the sheet, and their side in pixels."""
ASKED = (
    "shy teapot",
    "grumpy dragon fruit",
    "old sewing machine",
    "happy lobster",
    "harp",
    "xyzzy",
)
"""Concepts whose drawing is looked for, to time it."""


@dataclass(frozen=True, eq=False)
class Drawn:
    """One icon in one style."""

    icon: Icon
    finding: Finding
    seconds: float
    """CPU time of reading and painting it, at 512 pixels."""
    image: Image.Image


def icons(sets: tuple[IconSet, ...]) -> list[Icon]:
    """COUNT icons, as many of each set, evenly spread over its names; no people and no faces."""
    chosen = []
    for one in sets:
        names = sorted(set(one.spans) - one.figures)
        at = np.linspace(0, len(names) - 1, COUNT // len(sets) + 2)[1:-1]
        chosen += [Icon(one.id, names[int(place)]) for place in at]
    return chosen


def drawn(chosen: list[Icon], judge: Detector) -> Iterator[Drawn]:
    """Paint each icon in each style, and let the judge look for its face."""
    for icon in chosen:
        concept = icon.name.replace("-", " ")
        for look in STYLES:
            start = time.process_time()
            job = PaintJob(plain_persona(concept), style(look), drawing=load_icon(icon))
            made = paint(job)
            seconds = time.process_time() - start
            finding = judge_portrait(icon.set, concept, made, judge)
            yield Drawn(icon, finding, seconds, Image.fromarray(made.image))


def table(made: list[Drawn]) -> str:
    """Shares of every set as Markdown."""
    heads = ["set", "pictures", "found", "corners within 0.06", "median", "CPU s: median", "worst"]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    names = list(dict.fromkeys(one.icon.set for one in made))
    groups = [(name, [one for one in made if one.icon.set == name]) for name in names]
    for name, rows in [*groups, ("**all**", made)]:
        seen = [one.finding for one in rows if one.finding.found]
        errors = np.array([finding.error for finding in seen])
        cost = [one.seconds for one in rows]
        cells = [f"{len(seen) / len(rows):.1%}", f"{(errors <= NEAR).mean():.1%}"]
        cells += [f"{np.median(errors):.3f}", f"{np.median(cost):.2f}", f"{max(cost):.2f}"]
        lines.append(f"| {name} | {len(rows)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def search_time(sets: tuple[IconSet, ...]) -> str:
    """Milliseconds of one search, once the sets are loaded, in a sentence."""
    names = sum(len(one.words) for one in sets)
    readings = [read_concept(concept) for concept in ASKED]
    for reading in readings:
        match_icons(reading, "en", sets)
    took = []
    for reading in readings * 20:
        start = time.process_time()
        match_icons(reading, "en", sets)
        took.append(1000 * (time.process_time() - start))
    return (
        f"A search among {names:,} names takes {np.median(took):.1f} ms, {max(took):.1f} at most."
    )


def sheet(made: list[Drawn]) -> Image.Image:
    """All pictures with their icons' names."""
    tall = CELL + 14
    page = Image.new("RGB", (ACROSS * CELL, -(-len(made) // ACROSS) * tall), "#faf8f4")
    pen, font = ImageDraw.Draw(page), ImageFont.load_default(10)
    for i, one in enumerate(made):
        x, y = i % ACROSS * CELL, i // ACROSS * tall
        page.paste(one.image.resize((CELL, CELL), Image.Resampling.LANCZOS), (x, y))
        pen.text((x + 2, y + CELL), one.icon.name[:26], "#3c3834", font)
    return page


def main() -> None:
    """Measure, and put the table into a document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("document", type=Path, nargs="?", help="Markdown file that has the table")
    parser.add_argument("--sheet", type=Path, help="write all pictures as one")
    options = parser.parse_args()
    sets = installed_sets()
    if not sets:
        raise InputError("There are no sets. Run: chatanything drawings get fluent")
    made = list(drawn(icons(sets), detectors.create("mediapipe")))
    text = f"{table(made)}\n\n{search_time(sets)}"
    far = [one for one in made if not one.finding.found or one.finding.error > NEAR]
    missed = ", ".join(f"{one.icon.name} ({one.finding.error:.2f})" for one in far)
    sys.stdout.write(f"{text}\n\nNot found, or corners further off than {NEAR}: {missed}\n")
    if options.document:
        replace_table(options.document, "drawings", text)
    if options.sheet:
        options.sheet.parent.mkdir(parents=True, exist_ok=True)
        sheet(made).save(options.sheet, quality=80)


if __name__ == "__main__":
    main()
