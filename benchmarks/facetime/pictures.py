"""The pictures of the page in the documents: docs/facetime.jpg, and docs/facetime.webp, which moves.

python -m benchmarks.facetime.pictures docs [FOLDER]

With FOLDER the screenshots stay there to be looked at. Needs what `benchmarks.facetime.latency` needs.
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

from chatanything.character.request import Request
from chatanything.live.roster import Roster

from .latency import PAGES, served

CONCEPT = "grumpy teapot"
STEP = 1 / 12
"""Seconds between two pictures of the one that moves."""
GAP = 24
"""Pixels between two pictures."""


def still(folder: Path) -> Image.Image:
    """The page wide and light beside narrow and dark."""
    wide, narrow = (Image.open(folder / f"{name}.png") for name in ("wide-light", "narrow-dark"))
    sheet = Image.new("RGB", (wide.width + GAP + narrow.width, wide.height), "white")
    sheet.paste(wide, (0, 0))
    sheet.paste(narrow, (wide.width + GAP, 0))
    width = 1500
    return sheet.resize(
        (width, round(sheet.height * width / sheet.width)), Image.Resampling.LANCZOS
    )


def moving(folder: Path, taken: list[float]) -> list[Image.Image]:
    """What was shown every STEP seconds; `taken` are the seconds of the pictures in `folder`."""
    count = int((taken[-1] - taken[0]) / STEP)
    shown = [
        max(k for k, at in enumerate(taken) if at <= taken[0] + n * STEP) for n in range(count)
    ]
    return [Image.open(folder / f"talk-{k:04}.jpg").convert("RGB") for k in shown]


def made(docs: Path, folder: Path) -> None:
    """Take the pictures in a real browser, and write both files."""
    roster = Roster(folder / "characters")
    one = roster.make(Request(CONCEPT)).id
    roster.close()
    with served(folder) as address:
        command = ["node", str(PAGES / "pictures.mjs"), address, one, str(folder)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=600, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    taken = json.loads(done.stdout.splitlines()[-1])["taken"]
    still(folder).save(docs / "facetime.jpg", quality=88, optimize=True)
    first, *others = moving(folder, taken)
    how: dict[str, Any] = {"duration": round(1000 * STEP), "loop": 0, "quality": 60, "method": 6}
    first.save(docs / "facetime.webp", save_all=True, append_images=others, **how)


def main() -> None:
    """Make them."""
    docs, *kept = (Path(word) for word in sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="chatanything-") as folder:
        made(docs, kept[0] if kept else Path(folder))


if __name__ == "__main__":
    main()
