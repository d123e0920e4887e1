"""The starter by ComfyUI's own classes and by diffusers: the same networks, nearly the same pictures."""

import logging
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from chatanything.diffusion import Mixture, PaintJob, Runtime, built_in_experts, paint
from chatanything.landmarks import detectors, make_guide
from chatanything.landmarks.user_points import CORNERS
from chatanything.model_folders import PACK, ModelFolders
from tests.tools.comfyui import starter_native
from tests.tools.comfyui.server import COMFYUI, MISSING, comfyui_python
from tests.tools.samples import plain_persona

pytestmark = [
    pytest.mark.comfyui,
    pytest.mark.engines,
    pytest.mark.slow,
    # Of diffusers' Euler scheduler, about how it makes an array of a tensor.
    pytest.mark.filterwarnings("ignore:__array__ implementation:DeprecationWarning"),
]
ROOT = Path(__file__).resolve().parents[3]
RUNTIME = Runtime(ModelFolders({"diffusers": (PACK / "diffusers",)}), precision="fp32")
STRENGTHS = (0.0, 0.1, 0.3, 1.0)
SEED = 5
GUIDE = make_guide(position=(-0.1, 0.05), size=(256, 256))
figure = logging.getLogger("chatanything.figures").info


@pytest.fixture(scope="module")
def call():
    """What one call of UNet and ControlNet is given."""
    import torch

    noise = torch.Generator().manual_seed(0)
    shapes = {"x": (2, 4, 32, 32), "text": (2, 32, 192), "hint": (2, 3, 256, 256)}
    made = {name: torch.randn(shape, generator=noise).numpy() for name, shape in shapes.items()}
    return made | {"t": np.array([10, 700])}


@pytest.fixture(scope="module")
def native(call, tmp_path_factory):
    """What ComfyUI makes of it, and its pictures at all strengths."""
    python = comfyui_python() or pytest.skip(MISSING)
    folder = tmp_path_factory.mktemp("native")
    guide = GUIDE.control[None].astype(np.float32) / 255
    told = {"guide": guide, "seed": np.array(SEED), "strengths": np.array(STRENGTHS)}
    np.savez(folder / "in.npz", **call, **told)
    script = [python, starter_native.__file__, COMFYUI, ROOT, folder / "in.npz", folder / "out.npz"]
    done = subprocess.run(script, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    with np.load(folder / "out.npz") as file:
        return dict(file)


@pytest.fixture(scope="module")
def ours():
    """diffusers' pictures at all strengths, RGB in [0, 1]."""
    return [_painted(strength) for strength in STRENGTHS]


def _painted(strength):
    starter = next(e for e in built_in_experts() if e.name == "starter")
    expert = replace(starter, scheduler="euler", steps=starter_native.STEPS)
    mixture = Mixture(((expert, 1.0),), starter_native.PROMPT)
    guide = replace(GUIDE, strength=strength) if strength else None
    job = PaintJob(plain_persona("red apple"), mixture, guide, None, 256, 256, SEED)
    job = replace(job, default_guide=False, window=(0.0, 1.0), runtime=RUNTIME)
    return paint(job).image.astype(float) / 255


def decibel(a, b):
    return 10 * np.log10(1 / ((a - b) ** 2).mean())


def test_one_call_of_unet_and_controlnet_is_the_same(call, native):
    import torch
    from diffusers import ControlNetModel, UNet2DConditionModel

    folder = PACK / "diffusers" / "chatanything-starter"
    read = {"local_files_only": True, "torch_dtype": torch.float32}
    unet = UNet2DConditionModel.from_pretrained(folder / "unet", **read)
    net = ControlNetModel.from_pretrained(folder / "controlnet", **read)
    x, t, text, hint = (torch.from_numpy(call[name]) for name in ("x", "t", "text", "hint"))
    with torch.inference_mode():
        shown = {"encoder_hidden_states": text, "controlnet_cond": hint}
        down, middle = net(x, t, **shown, return_dict=False)
        residuals = {"down_block_additional_residuals": down}
        residuals["mid_block_additional_residual"] = middle
        found = unet(x, t, encoder_hidden_states=text, **residuals).sample.numpy()
    far = np.abs(found - native["velocity"]).max()
    figure("one call of UNet and ControlNet: %.1e apart", far)
    assert far < 1e-4


def test_whole_pictures_are_nearly_the_same(native, ours):
    pairs = zip(ours, native["pictures"], strict=True)
    found = [round(decibel(*pair), 1) for pair in pairs]
    figure("whole pictures at strengths %s: %s dB", STRENGTHS, found)
    assert min(found) > 28


@pytest.mark.parametrize("which", ["diffusers", "native"])
def test_strength_moves_face_and_look(which, native, ours):
    judge = detectors.create("mediapipe")
    pictures = ours if which == "diffusers" else list(native["pictures"])
    look = [float(np.abs(picture - pictures[0]).mean()) for picture in pictures]
    face = [_off(picture, judge) for picture in pictures[1:]]
    figure("%s: look %s, corners off %s", which, np.round(look, 4), np.round(face, 3))
    assert look == sorted(look)
    assert face == sorted(face, reverse=True)
    assert face[-1] < 0.06


def _off(picture, judge):
    """Mean distance of six corners from the guide, in eye distances; infinite without a face."""
    shown = Image.fromarray((picture * 255).round().astype(np.uint8)).resize((512, 512))
    eyes = np.linalg.norm(GUIDE.points[36:42].mean(0) - GUIDE.points[42:48].mean(0))
    corners = list(CORNERS)
    gaps = [
        face.points[corners] - GUIDE.points[corners]
        for face in judge.detect(np.asarray(shown), 0.5)
    ]
    return min((float(np.linalg.norm(gap, axis=1).mean() / eyes) for gap in gaps), default=np.inf)
