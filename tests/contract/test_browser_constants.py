"""The browser draws by the numbers of the warp."""

from pathlib import Path

from chatanything.talking_head.rig.browser_constants import browser_constants

WRITTEN = Path(__file__).resolve().parents[2] / "web" / "lib" / "constants.mjs"


def test_the_table_of_the_browser_is_that_of_python():
    """Written again by `python -m chatanything_core.talking_head.rig.browser_constants`."""
    assert WRITTEN.read_text(encoding="utf-8") == browser_constants()
