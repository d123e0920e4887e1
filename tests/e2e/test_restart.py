"""The same workflow on another day, in a folder of another name, gives the same film."""

import numpy as np
import pytest

from tests.tools import films
from tests.tools.comfyui.graphs import change, template
from tests.tools.comfyui.server import comfyui

pytestmark = [pytest.mark.comfyui, pytest.mark.slow]


def film_of(server, prompt):
    run = server.run(prompt)
    assert run.error is None
    (saved,) = (file for file in run.files() if file["type"] == "output")
    return films.watch(server.view(saved))


def test_same_film_after_a_restart(tmp_path):
    prompt = change(template("2 The whole chain"), "Speak", text="Do you remember me?")
    with comfyui(tmp_path) as server:
        before = film_of(server, prompt)
    (tmp_path / "custom_nodes" / "ChatAnything").unlink()
    with comfyui(tmp_path, name="chat.anything-main 2") as server:
        after = film_of(server, prompt)
        assert "chat.anything-main 2" in server.get("/workflow_templates")
    np.testing.assert_array_equal(before.frames, after.frames)
    np.testing.assert_array_equal(before.samples, after.samples)
