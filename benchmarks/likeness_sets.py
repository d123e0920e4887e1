"""Does a set of icons bring what was asked for? The prompts of `likeness`, with no set and with sets.

Every prompt is painted as `create` paints it: with no set, with Fluent, and with all three
(`chatanything drawings get fluent`, `noto`, `game-icons` first). A picture whose bytes are the same
keeps its verdict; all others are put on labelled sheets, and a person says of them what is right,
near or wrong, in `likeness_sets_verdicts.json`. Besides the 550 prompts of `likeness` there are the
90 concepts that the painter was first judged by, and 100 that no body of ours was drawn for. Run as
`python -m benchmarks.likeness_sets out/sets --document docs/drawings.md`; the sheets show the art of others,
which does not belong into this project.
"""

import argparse
import hashlib
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

from chatanything.atomic_write import atomic_write
from chatanything.diffusion import PaintJob, choose_expert, paint
from chatanything.diffusion.icon_sets import drawings_folder
from chatanything.diffusion.sketch.contact_sheet import lay_out
from chatanything.diffusion.sketch.design import design
from chatanything.errors import InputError
from chatanything.persona import write_persona

from .likeness import VERDICTS, prompts, verdicts
from .tables import replace_table

HERE = Path(__file__).parent
CONDITIONS = {
    "no set": (),
    "Fluent": ("fluent-emoji-flat",),
    "all three": ("fluent-emoji-flat", "noto", "game-icons"),
}
COLUMNS, ROWS, CELL = 10, 5, 144
"""Pictures on a sheet, and the side of one in pixels."""


@dataclass(frozen=True, eq=False)
class Picture:
    """One prompt painted."""

    prompt: str
    drawing: str
    """SET:NAME of the drawing that became its body; empty for a body of ours."""
    body: str
    digest: str
    """SHA-256 of its pixels."""
    small: npt.NDArray[np.uint8]
    """The picture at the size of a cell."""


def lists() -> dict[str, list[str]]:
    """Name of each list and its prompts."""
    found = {"original form": [name for _, name in list(prompts())[:350]]}
    found["ours"] = [name for _, name in list(prompts())[350:]]
    return {**found, **_file("likeness_sets_prompts.json")}


def _file(name: str) -> dict[str, list[str]]:
    rows = json.loads((HERE / name).read_text("utf-8"))
    return {key: value for key, value in rows.items() if key != "about"}


def said() -> dict[str, dict[str, str]]:
    """Condition to prompt to verdict, of the pictures that were looked at in it."""
    rows = json.loads((HERE / "likeness_sets_verdicts.json").read_text("utf-8"))
    found = {
        condition: {name: verdict for verdict in VERDICTS for name in rows[condition][verdict]}
        for condition in CONDITIONS
    }
    return {**found, "no set": {**verdicts(), **found["no set"]}}


@contextmanager
def only(sets: tuple[str, ...], home: Path) -> Iterator[None]:
    """Have no sets but these, out of the folder `home`.

    Raises:
        InputError: one of them is not there.
    """
    with tempfile.TemporaryDirectory() as folder:
        for name in sets:
            if not (home / name).is_dir():
                raise InputError(f"{home} has no {name}. See: chatanything drawings list")
            (Path(folder) / name).symlink_to(home / name, target_is_directory=True)
        before = os.environ.get("CHATANYTHING_DRAWINGS")
        os.environ["CHATANYTHING_DRAWINGS"] = folder
        try:
            yield
        finally:
            os.environ.pop("CHATANYTHING_DRAWINGS")
            if before is not None:
                os.environ["CHATANYTHING_DRAWINGS"] = before


def drawing_of(prompt: str) -> str:
    """SET:NAME of the drawing that becomes a prompt's body; empty for a body of ours."""
    drawing = design(write_persona(prompt), 0).choice.drawing
    return drawing.name if drawing else ""


def picture(prompt: str) -> Picture:
    """Paint a prompt as `create` does."""
    who = write_persona(prompt)
    made = paint(PaintJob(who, choose_expert(who)))
    small = Image.fromarray(made.image).resize((CELL, CELL), Image.Resampling.LANCZOS)
    drawing = made.recipe.get("drawing", {}).get("name", "")
    digest = hashlib.sha256(made.image.tobytes()).hexdigest()
    return Picture(prompt, drawing, str(made.recipe["body"]), digest, np.array(small))


def painted(names: list[str], home: Path, wanted: set[str]) -> dict[str, dict[str, Picture]]:
    """Condition to prompt to picture.

    Every prompt's drawing is chosen in every condition; pictures of a body of ours are painted once,
    those of `wanted` in every condition, to see that their bytes are the same.
    """
    made: dict[str, dict[str, Picture]] = {}
    for condition, sets in CONDITIONS.items():
        with only(sets, home):
            made[condition] = {}
            for name in names:
                ours = made["no set"].get(name)
                again = ours is None or name in wanted or drawing_of(name)
                made[condition][name] = picture(name) if again or ours is None else ours
    return made


def changed(made: dict[str, dict[str, Picture]], condition: str) -> list[Picture]:
    """Pictures that are not, byte for byte, those of no set."""
    plain = made["no set"]
    return [each for name, each in made[condition].items() if each.digest != plain[name].digest]


def verdict(
    name: str,
    condition: str,
    made: dict[str, dict[str, Picture]],
    said: dict[str, dict[str, str]],
) -> str:
    """What was said of the very picture, in the first condition that has it."""
    digest = made[condition][name].digest
    first = next(each for each in CONDITIONS if made[each][name].digest == digest)
    return said[first].get(name, "not judged")


def table(made: dict[str, dict[str, Picture]], said: dict[str, dict[str, str]]) -> str:
    """Shares of every list in every condition as Markdown."""
    lines = ["| prompts | sets | changed | right | near | wrong |", "|---|---|---:|---:|---:|---:|"]
    for title, names in lists().items():
        for condition in CONDITIONS:
            moved = {each.prompt for each in changed(made, condition)} & set(names)
            count = Counter(verdict(name, condition, made, said) for name in names)
            cells = [f"{count[each]} ({count[each] / len(names):.1%})" for each in VERDICTS]
            lines.append(
                f"| {title}, {len(names)} | {condition} | {len(moved)} | {' | '.join(cells)} |"
            )
    return "\n".join(lines)


def write_sheets(title: str, pictures: list[Picture], out: Path) -> None:
    """Labelled sheets: the prompt, and which drawing or body it became."""
    for number, start in enumerate(range(0, len(pictures), COLUMNS * ROWS), 1):
        page = pictures[start : start + COLUMNS * ROWS]
        cells = [(each.small, f"{each.prompt} <{each.drawing or each.body}>") for each in page]
        with atomic_write(out / f"{title}-{number}.jpg") as part:
            lay_out(cells, min(COLUMNS, len(page))).save(part, "JPEG", quality=70, optimize=True)


def main() -> None:
    """Paint all, write the sheets of what changes, and print the table or put it into a document."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path, help="folder for the sheets")
    parser.add_argument("--document", type=Path, help="Markdown file that has the table")
    parser.add_argument("--again", type=int, default=10, help="paint every n-th in any case")
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    named = lists()
    names = list(dict.fromkeys(chain.from_iterable(named.values())))
    made = painted(names, drawings_folder(), set(names[:: options.again]))
    for condition in ("Fluent", "all three"):
        write_sheets(condition.lower().replace(" ", "-"), changed(made, condition), options.out)
    unjudged = [name for name in made["no set"] if name not in said()["no set"]]
    write_sheets("no-set", [made["no set"][name] for name in unjudged], options.out)
    text = table(made, said())
    if options.document:
        replace_table(options.document, "likeness-sets", text)
    sys.stdout.write(f"{text}\n")


if __name__ == "__main__":
    main()
