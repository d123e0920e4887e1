"""`chatanything bodies`: contact sheets of drawings."""

import numpy as np
import pytest
from PIL import Image
from typer.testing import CliRunner

from chatanything.cli import app
from chatanything.diffusion.sketch.bodies import BODIES
from chatanything.diffusion.sketch.contact_sheet import CAPTION, CELL


def run(*words):
    return CliRunner().invoke(app, ["bodies", *map(str, words)])


def test_a_row_has_a_body_and_a_hat_in_every_style(tmp_path):
    out = tmp_path / "sheet.png"
    assert run("cat", "top hat", "--out", out).exit_code == 0
    with Image.open(out) as sheet:
        assert sheet.size == (6 * CELL, CELL + CAPTION)
        pixels = np.asarray(sheet).astype(float)
    cells = [pixels[:CELL, i * CELL : (i + 1) * CELL] for i in range(6)]
    for i in range(6):
        assert cells[i].std() > 15
        for j in range(i):
            assert np.abs(cells[i] - cells[j]).mean() > 5


def test_a_drawing_of_ones_own_is_drawn_before_it_is_added(tmp_path):
    own = tmp_path / "own.svg"
    own.write_text(BODIES.files["egg"].read_text("utf-8"), encoding="utf-8")
    sheets = []
    for name in ("egg", own):
        out = tmp_path / "sheet.png"
        assert run(name, "--style", "ink", "--out", out).exit_code == 0
        with Image.open(out) as sheet:
            assert sheet.size == (CELL, CELL + CAPTION)
            sheets.append(np.asarray(sheet)[:CELL].astype(float))
    assert np.abs(sheets[0] - sheets[1]).mean() < 40, "the same egg; its colours may be others"


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("teapott",), "Unknown body or hat 'teapott'. Nearest: teapot"),
        (("cat", "--style", "oil"), "Unknown sketch style 'oil'. Choose one of: soft 3D"),
        (("none.svg",), "Cannot read none.svg: No such file"),
    ],
)
def test_what_cannot_be_drawn_is_named_and_nothing_is_left(tmp_path, words, message):
    out = tmp_path / "sheet.png"
    done = run(*words, "--out", out)
    assert done.exit_code == 2 and message in done.output
    assert not list(tmp_path.iterdir())
