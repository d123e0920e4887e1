"""What the template for native painting asks for."""

import json
import re
from pathlib import Path
from urllib.parse import urlparse

import pytest

from chatanything.model_folders import KINDS

FILES = Path(__file__).parents[3] / "workflows"
GRAPHS = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(FILES.glob("*.json"))]
NODES = [node for graph in GRAPHS for node in graph["nodes"]]
CORES_OWN = ("audio_encoders", "model_patches")
"""Folders that only ComfyUI's own loaders look into."""
MODELS = [(node, model) for node in NODES for model in node["properties"].get("models", ())]


def test_there_are_models_to_look_at():
    assert len(MODELS) >= 2


@pytest.mark.parametrize(("node", "model"), MODELS, ids=lambda found: found.get("name", ""))
def test_model_address_is_well_formed(node, model):
    address = urlparse(model["url"])
    assert (address.scheme, address.netloc) == ("https", "huggingface.co")
    assert re.fullmatch(r"/[\w.-]+/[\w.-]+/resolve/main/(?:[\w.-]+/)*[\w.-]+", address.path)
    assert address.path.rsplit("/")[-1] == model["name"]
    assert model["name"].endswith(".safetensors")
    assert model["directory"] in {*KINDS, *CORES_OWN}
    assert model["name"] in node["widgets_values"]
