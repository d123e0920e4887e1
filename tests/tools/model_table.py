"""The table of docs/models.md. `python -m tests.tools.model_table` writes it anew."""

import re
from pathlib import Path

from chatanything.cli.models.tables import megabytes
from chatanything.downloads import Model, models
from chatanything.model_folders import KINDS

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "models.md"
HEAD = "| id | what it is for | size | licence | sha256 on record | folder |\n|---|---|---|---|---|---|"


def table() -> str:
    """One line for each model of the catalogue."""
    return "\n".join([HEAD, *map(_line, models())]) + "\n"


def _line(model: Model) -> str:
    folders = {f"`{KINDS[file.kind][0]}`" for file in model.files}
    cells = (
        f"`{model.id}`",
        model.purpose,
        megabytes(model.size),
        f"[{model.licence}]({model.page})",
        "yes" if model.checked else "no",
        ", ".join(sorted(folders)),
    )
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    text = DOCUMENT.read_text(encoding="utf-8")
    old = re.compile(re.escape(HEAD) + r"\n(\|.*\n)*")
    DOCUMENT.write_text(old.sub(lambda _: table(), text), encoding="utf-8")
