"""Is it what was asked for? 550 prompts painted as `create` paints them, on labelled sheets.

350 have the form of the paper's own evaluation set (adjective, noun, profession, in eight
categories), 200 are bare things of twenty groups. Whether a picture is right, near or wrong is said
by a person who looks at the sheets, in `likeness_verdicts.json`: *right* when a stranger names it,
*near* when one who was told accepts it as a simplified drawing, *wrong* otherwise. Run as
`python -m benchmarks.likeness docs/likeness`; it needs mediapipe 0.10.21.
"""

import argparse
import json
import sys
import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from chatanything.atomic_write import atomic_write
from chatanything.diffusion import PaintJob, choose_expert, paint
from chatanything.diffusion.sketch.bodies import has_own_body
from chatanything.landmarks import Detector, detectors
from chatanything.persona import read_concept, write_persona

from .face_detection import Finding, exact_share, found_share, judge_portrait
from .tables import replace_table

HERE = Path(__file__).parent
VERDICTS = ("right", "near", "wrong")
COLUMNS, ROWS, LINE = 8, 5, 11
"""Pictures on a sheet, and height of a line of caption in pixels."""


@dataclass(frozen=True, eq=False)
class Sample:
    """One prompt painted."""

    group: str
    finding: Finding
    own: bool
    """True when it is drawn as what it is: a person, or by a silhouette of its own."""
    style: str
    image: npt.NDArray[np.uint8]


def prompts() -> Iterator[tuple[str, str]]:
    """Group and prompt, those in the original's form first."""
    for groups in json.loads((HERE / "likeness_prompts.json").read_text("utf-8")).values():
        for group, names in groups.items():
            yield from ((group, name) for name in names)


def verdicts() -> dict[str, str]:
    """Prompt to verdict."""
    rows = json.loads((HERE / "likeness_verdicts.json").read_text("utf-8"))
    return {name: verdict for verdict in VERDICTS for name in rows[verdict]}


def samples(judge: Detector, every: int = 1) -> Iterator[Sample]:
    """Paint every `every`-th prompt, and let the judge look for its face."""
    for group, prompt in list(prompts())[::every]:
        who = write_persona(prompt)
        mixture = choose_expert(who)
        made = paint(PaintJob(who, mixture))
        reading = read_concept(prompt)
        own = reading.person or has_own_body(reading)
        small = Image.fromarray(made.image).resize((384, 384), Image.Resampling.LANCZOS)
        finding = judge_portrait(group, prompt, made, judge)
        yield Sample(group, finding, own, mixture.lead.name, np.array(small))


def sheet(page: list[Sample], cell: int) -> Image.Image:
    """Pictures of `cell` pixels in rows, each with its prompt on two lines."""
    height = cell + 2 * LINE + 2
    picture = Image.new("RGB", (COLUMNS * cell, -(-len(page) // COLUMNS) * height), "#faf8f4")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(10)
    for i, sample in enumerate(page):
        x, y = i % COLUMNS * cell, i // COLUMNS * height
        small = Image.fromarray(sample.image).resize((cell, cell), Image.Resampling.LANCZOS)
        picture.paste(small, (x, y))
        lines = textwrap.wrap(sample.finding.concept, cell // 5)[:2]
        for row, line in enumerate(lines):
            wide = pen.textlength(line, font=font)
            pen.text((x + (cell - wide) / 2, y + cell + row * LINE), line, "#3c3834", font)
    return picture


def table(made: list[Sample], said: dict[str, str]) -> str:
    """Shares of every group as Markdown."""
    heads = ["group", "prompts", "right", "near", "wrong", "own silhouette", "found", "corners"]
    lines = ["| " + " | ".join(heads) + " |", "|---|" + "---:|" * (len(heads) - 1)]
    groups = list(dict.fromkeys(sample.group for sample in made))
    first = {group for group, _ in list(prompts())[:350]}
    sets = [(group, [s for s in made if s.group == group]) for group in groups]
    sets.append(("**in the original's form**", [s for s in made if s.group in first]))
    sets.append(("**ours**", [s for s in made if s.group not in first]))
    sets.append(("**all**", made))
    return "\n".join([*lines, *(_row(name, rows, said) for name, rows in sets if rows)])


def _row(name: str, rows: list[Sample], said: dict[str, str]) -> str:
    count = Counter(said.get(sample.finding.concept, "not judged") for sample in rows)
    shares = [count[verdict] / len(rows) for verdict in VERDICTS]
    findings = [sample.finding for sample in rows]
    shares += [float(np.mean([sample.own for sample in rows]))]
    shares += [found_share(findings), exact_share(findings)]
    return f"| {name} | {len(rows)} | " + " | ".join(f"{share:.0%}" for share in shares) + " |"


def styles(made: list[Sample]) -> str:
    """Share of each style in one line."""
    count = Counter(sample.style for sample in made)
    return ", ".join(f"{name} {number / len(made):.0%}" for name, number in count.most_common())


def main() -> None:
    """Paint all, write the sheets, and print the table or put it into a document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the sheets")
    parser.add_argument("--cell", type=int, default=112, help="side of a picture in pixels")
    parser.add_argument("--every", type=int, default=1, help="take only every n-th prompt")
    parser.add_argument("--document", type=Path, help="Markdown file that has the table")
    options = parser.parse_args()
    made = list(samples(detectors.create("mediapipe"), options.every))
    options.out.mkdir(parents=True, exist_ok=True)
    for number, start in enumerate(range(0, len(made), COLUMNS * ROWS), 1):
        with atomic_write(options.out / f"likeness-{number:02}.jpg") as part:
            page = sheet(made[start : start + COLUMNS * ROWS], options.cell)
            page.save(part, quality=62, optimize=True)
    far = [s.finding.concept for s in made if not s.finding.found or s.finding.worst > 0.06]
    text = "\n\n".join([table(made, verdicts()), f"Styles: {styles(made)}."])
    if options.document:
        replace_table(options.document, "likeness", text)
    names = ", ".join(far)
    sys.stdout.write(f"{text}\n\nNot found, or a corner further off than 0.06: {names}\n")


if __name__ == "__main__":
    main()
