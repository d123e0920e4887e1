"""ARCHITECTURE's recipe for an engine, typed as it stands, works."""

import re

from tests.tools import plugins
from tests.tools.comfyui.server import ROOT


def test_the_voice_engine_of_the_recipe_is_chosen_and_speaks(tmp_path):
    page = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    (recipe,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    show = """
timeline = speech.timeline
print(json.dumps([voice.mix, speech.seconds, [word.text for word in timeline.words]]))
"""
    (mix, seconds, words), logged = plugins.run(tmp_path, recipe + show, name="chatanything")
    assert mix == [["loud", 1.0]]
    assert seconds > 1
    assert words == ["Hello", "there"]
    assert logged == ""
