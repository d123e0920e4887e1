# ruff: noqa: E402  what is imported below needs torch
"""The same weights give the same numbers as in the authors' own code and the editor built on it.

LIVEPORTRAIT_REFERENCE names a checkout of https://github.com/KwaiVGI/LivePortrait, and
LIVEPORTRAIT_EDITOR one of https://github.com/PowerHouseMan/ComfyUI-AdvancedLivePortrait. Neither
is part of this repository, and without them these tests are skipped.
"""

import ast
import os
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")
import numpy as np
import yaml
from safetensors.torch import load_file

from chatanything.talking_head.liveportrait.keypoints import rotation
from chatanything.talking_head.liveportrait.load_networks import load_networks
from chatanything.talking_head.liveportrait.networks.motion_extractor import degrees
from chatanything.talking_head.liveportrait.slider_table import load_table
from chatanything.talking_head.liveportrait.weight_files import WeightFiles
from tests.tools.models.random_liveportrait import write_random

REFERENCE = os.environ.get("LIVEPORTRAIT_REFERENCE", "")
EDITOR = os.environ.get("LIVEPORTRAIT_EDITOR", "")
CLOSE = 1e-5
pytestmark = pytest.mark.engines
needs_reference = pytest.mark.skipif(
    not REFERENCE, reason="LIVEPORTRAIT_REFERENCE names no checkout of the authors' code"
)
needs_editor = pytest.mark.skipif(
    not EDITOR, reason="LIVEPORTRAIT_EDITOR names no checkout of the editor's code"
)


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Our networks, and the authors' as a namespace, on the same full-size random weights."""
    paths = write_random(tmp_path_factory.mktemp("liveportrait"))
    sys.path.insert(0, REFERENCE)
    yield load_networks(WeightFiles(**paths)), theirs(paths)
    sys.path.remove(REFERENCE)
    load_networks.cache_clear()


def theirs(paths):
    from src.modules.appearance_feature_extractor import AppearanceFeatureExtractor
    from src.modules.motion_extractor import MotionExtractor
    from src.modules.spade_generator import SPADEDecoder
    from src.modules.stitching_retargeting_network import StitchingRetargetingNetwork
    from src.modules.warping_network import WarpingNetwork

    text = (Path(REFERENCE) / "src" / "config" / "models.yaml").read_text("utf-8")
    settings = yaml.safe_load(text)["model_params"]
    made = SimpleNamespace()
    for part, kind, key in (
        ("appearance", AppearanceFeatureExtractor, "appearance_feature_extractor_params"),
        ("motion", MotionExtractor, "motion_extractor_params"),
        ("warp", WarpingNetwork, "warping_module_params"),
        ("generator", SPADEDecoder, "spade_generator_params"),
    ):
        setattr(made, part, filled(kind(**settings[key]), load_file(paths[part])))
    weights = load_file(paths["corrections"])
    made.corrections = {}
    for prefix, name in (("shoulder", "stitching"), ("mouth", "lip"), ("eye", "eye")):
        network = StitchingRetargetingNetwork(
            **settings["stitching_retargeting_module_params"][name]
        )
        start = f"retarget_{prefix}_module."
        mine = {k.removeprefix(start): v for k, v in weights.items() if k.startswith(start)}
        made.corrections[f"retarget_{prefix}"] = filled(network, mine)
    return made


def filled(network, weights):
    """With every tensor of the file in its place, and none left over."""
    missing, unknown = network.load_state_dict(weights, strict=False)
    assert not unknown
    assert all(name.endswith("num_batches_tracked") for name in missing)
    return network.eval()


def noise(*shape, seed=1):
    return torch.randn(shape, generator=torch.Generator().manual_seed(seed))


def gap(mine, other):
    return float((mine - other).abs().max())


@needs_reference
@torch.no_grad()
def test_appearance_is_the_same(both):
    picture = noise(1, 3, 256, 256).sigmoid()
    ours, other = both[0].appearance(picture), both[1].appearance(picture)
    assert ours.shape == (1, 32, 16, 64, 64)
    assert ours.std() > 0.01
    assert gap(ours, other) <= CLOSE * float(other.abs().max())


@needs_reference
@torch.no_grad()
def test_motion_is_the_same(both):
    from src.utils.camera import get_rotation_matrix, headpose_pred_to_degree

    picture = noise(1, 3, 256, 256).sigmoid()
    ours, other = both[0].motion(picture), both[1].motion(picture)
    assert ours.keys() == other.keys()
    for name, numbers in other.items():
        assert gap(ours[name], numbers) <= CLOSE * max(1.0, float(numbers.abs().max())), name
    angles = [degrees(ours[name]) for name in ("pitch", "yaw", "roll")]
    assert gap(angles[0], headpose_pred_to_degree(other["pitch"])) < 1e-4
    assert gap(rotation(torch.stack(angles, -1)), get_rotation_matrix(*angles)) < CLOSE


@needs_reference
@torch.no_grad()
def test_warp_and_generator_are_the_same(both):
    volume = noise(1, 32, 16, 64, 64)
    source, driven = 0.5 * noise(1, 21, 3, seed=2), 0.5 * noise(1, 21, 3, seed=3)
    ours = both[0].warp(volume, source, driven)
    other = both[1].warp(volume, kp_driving=driven, kp_source=source)["out"]
    assert ours.std() > 0.01
    assert gap(ours, other) <= CLOSE * max(1.0, float(other.abs().max()))
    mine, picture = both[0].generator(other), both[1].generator(other)
    assert mine.shape == (1, 3, 512, 512)
    assert mine.std() > 0.01
    assert gap(mine, picture) <= CLOSE


@needs_reference
@torch.no_grad()
def test_corrections_are_the_same(both):
    for name, network in both[1].corrections.items():
        numbers = noise(4, network.mlp[0].in_features)
        assert gap(both[0].corrections(name, numbers), network(numbers)) <= CLOSE


@pytest.fixture(scope="module")
def calc_fe():
    """The editor's own function, without the node pack around it."""
    tree = ast.parse((Path(EDITOR) / "nodes.py").read_text("utf-8"))
    (found,) = (
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef) and node.name == "calc_fe"
    )
    names = {"torch": torch}
    code = compile(ast.Module([found], []), "nodes.py", "exec")
    exec(code, names)  # noqa: S102  of the checkout that the tester names
    return names["calc_fe"]


EDITOR_ORDER = (*("blink", "eyebrow", "wink", "pupil_x", "pupil_y", "aaa", "eee", "woo", "smile"),)


@needs_editor
@pytest.mark.parametrize("slider", [*EDITOR_ORDER, "all"])
@pytest.mark.parametrize("value", [-7.5, 3.0])
def test_sliders_are_the_editors(calc_fe, slider, value):
    table = load_table()
    assert set(table.names) == set(EDITOR_ORDER)
    values = [value * (name == slider or slider == "all") for name in EDITOR_ORDER]
    wanted = torch.zeros(1, 21, 3, dtype=torch.float64)
    turn = calc_fe(None, wanted, *values, 0.0, 0.0, 0.0)
    by_name = dict(zip(EDITOR_ORDER, values, strict=True))
    delta, turned = table.moved(np.array([by_name[name] for name in table.names]))
    assert np.abs(delta - wanted[0].numpy()).max() < 1e-9
    assert np.abs(turned - turn.numpy()).max() < 1e-6
