"""The guard of saved workflows knows what would break them."""

import copy

import pytest

from tests.tools.comfyui.schemas import breaks

OLD = {
    "inputs": [
        {"id": "persona", "type": "CHATANYTHING_PERSONA", "required": True},
        {"id": "engine", "type": "COMBO", "required": True, "options": ["a", "b"]},
        {"id": "seed", "type": "INT", "required": True, "default": 0},
        {"id": "guide", "type": "CHATANYTHING_GUIDE", "required": False},
    ],
    "outputs": [
        {"name": "voice", "type": "CHATANYTHING_VOICE"},
        {"name": "AUDIO", "type": "AUDIO"},
    ],
}
NEW_WIDGET = {"id": "pace", "type": "FLOAT", "required": False, "default": 0.0}


def changed(edit):
    new = copy.deepcopy(OLD)
    edit(new["inputs"], new["outputs"])
    return new


HARMLESS = {
    "a widget at the end": lambda inputs, _: inputs.append(NEW_WIDGET),
    "an optional socket anywhere": lambda inputs, _: inputs.insert(
        1, {"id": "start", "type": "CHATANYTHING_START", "required": False}
    ),
    "another choice": lambda inputs, _: inputs[1]["options"].append("c"),
    "another default": lambda inputs, _: inputs[2].update(default=1),
    "an output at the end": lambda _, outputs: outputs.append({"name": "x", "type": "STRING"}),
}
HARMFUL = {
    "a widget in between": lambda inputs, _: inputs.insert(2, NEW_WIDGET),
    "a required input": lambda inputs, _: inputs.append(NEW_WIDGET | {"required": True}),
    "another name": lambda inputs, _: inputs[2].update(id="number"),
    "another type": lambda inputs, _: inputs[2].update(type="FLOAT"),
    "another order": lambda inputs, _: inputs.insert(1, inputs.pop(2)),
    "a choice less": lambda inputs, _: inputs[1]["options"].remove("a"),
    "an output less": lambda _, outputs: outputs.pop(),
    "outputs swapped": lambda _, outputs: outputs.reverse(),
}


@pytest.mark.parametrize("name", HARMLESS)
def test_harmless(name):
    assert breaks(OLD, changed(HARMLESS[name])) == []


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful(name):
    assert breaks(OLD, changed(HARMFUL[name]))
