"""Tiny real models in folders like ComfyUI's, with the network cut off."""

import logging
import socket
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from chatanything.diffusion import Expert, Mixture, PaintJob, paint
from chatanything.model_folders import KINDS, ModelFolders
from chatanything.persona import Persona
from chatanything.runtime import Runtime

FAMILIES = ("sd15", "sdxl")
CONCEPT = "grumpy teapot"


@dataclass(frozen=True)
class Models:
    """A models folder, and shorthands for what tests ask of it."""

    root: Path
    persona: Persona

    def runtime(self, family="sd15", **more):
        folders = {kind: (self.root / kind,) for kind in KINDS}
        full = {"precision": "fp32"} | more
        return Runtime(ModelFolders(folders, self.root / f"{family}-words"), **full)

    def expert(self, family="sd15", source="", **more):
        values = {"scheduler": "ddim", "steps": 4, "template": "{concept}", "negative": "ugly"}
        return Expert("tiny", "some words here", family, source or family, **(values | more))

    def single_file(self, family="sd15", **more):
        config = str(self.root / "diffusers" / family)
        return self.expert(family, f"{family}.safetensors", config=config, **more)

    def job(self, *experts, seed=3, runtime=None, **more):
        """A job for experts (or pairs of expert and weight) of one family."""
        pairs = tuple(e if isinstance(e, tuple) else (e, 1.0) for e in experts)
        mixture = Mixture(pairs, CONCEPT, pairs[0][0].negative)
        runtime = runtime or self.runtime(mixture.family)
        values = {"width": 256, "height": 256, "seed": seed, "runtime": runtime} | more
        return PaintJob(self.persona, mixture, **values)

    def paint(self, *experts, **more):
        return paint(self.job(*experts, **more)).image


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    pytest.importorskip("diffusers")
    from tests.tools.models import original, tiny

    root = tmp_path_factory.mktemp("models")
    for family in FAMILIES:
        for name, seed in ((family, 0), (f"{family}-other", 7)):
            pipe = tiny.pipeline(family, root / f"{family}-own", seed=seed)
            pipe.save_pretrained(root / "diffusers" / name)
        pipe = tiny.pipeline(family, root / f"{family}-own", seed=0)
        (root / f"{family}-own" / "words").rename(root / f"{family}-words")
        original.save_original(pipe, root / "checkpoints" / f"{family}.safetensors")
        net = tiny.controlnet(pipe.unet)
        net.save_pretrained(root / "controlnet" / family)
        net.save_pretrained(root / "diffusers" / family / "controlnet")
        for style in ("kohya", "diffusers"):
            tiny.lora(pipe, root / "loras" / f"{family}-{style}.safetensors", style)
        tiny.lora(pipe, root / "loras" / f"{family}-second.safetensors", "kohya", seed=9)
    persona = Persona(CONCEPT, "Tea", "grumpy", "short", "", "Hello.", "a teapot with a face")
    return Models(root, persona)


def pytest_collection_modifyitems(items):
    """Warnings of the libraries about themselves are not ours to mend."""
    libraries = ("diffusers", "transformers", "peft", "torch", "accelerate")
    for item in items:
        if item.get_closest_marker("engines"):
            for library in libraries:
                item.add_marker(pytest.mark.filterwarnings(f"ignore:::{library}"))


@pytest.fixture(autouse=True)
def no_network(request, monkeypatch):
    if not request.node.get_closest_marker("engines"):
        return

    def refuse(*_):
        raise AssertionError("a test reached for the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.fixture
def figure():
    """Tell a measured figure; seen with `--log-cli-level=info`."""
    return logging.getLogger("chatanything.figures").info


@pytest.fixture
def picture():
    """A smooth picture that is not one flat colour."""
    y, x = np.mgrid[0:256, 0:256] / 255.0
    return (255 * np.stack([x, y, 0.5 + 0.5 * np.sin(6 * x * y)], -1)).astype(np.uint8)
