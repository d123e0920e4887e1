"""Who has ComfyUI's page in another language reads titles and tooltips of ours in it."""

import pytest

from tests.browser.conftest import driven
from tests.tools.comfyui import schemas
from tests.tools.comfyui.tooltips import FOLDER

pytestmark = [pytest.mark.browser, pytest.mark.comfyui]
PICTURES = schemas.ROOT / "out" / "browser"


@pytest.mark.parametrize("language", ["fr", "ja"])
def test_mouse_is_told_in_the_language_of_the_page(server, node, language):
    PICTURES.mkdir(parents=True, exist_ok=True)
    seen = driven(node, "tooltips.mjs", server.url, str(PICTURES), language)
    entry = schemas.read(FOLDER / language / "nodeDefs.json")["ChatAnythingCharacter"]
    assert seen == {
        "title": entry["display_name"],
        "seed": entry["inputs"]["seed"]["tooltip"],
        "output": entry["outputs"]["0"]["tooltip"],
    }
