# ruff: noqa: E402  what is imported below needs torch
"""LivePortrait on networks made thin, with random weights: what it moves, keeps and refuses."""

import tracemalloc
from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("safetensors")
from safetensors.torch import load_file, save_file

from chatanything.errors import InputError, MissingModelError
from chatanything.model_folders import ModelFolders
from chatanything.runtime import Runtime
from chatanything.talking_head import heads, idle_motion, notes_of
from chatanything.talking_head.auto_head import AutoHead
from chatanything.talking_head.liveportrait.face_crop import Paste, crop, square_around
from chatanything.talking_head.liveportrait.keypoints import source_of
from chatanything.talking_head.liveportrait.liveportrait_head import (
    LivePortraitHead,
    MovedPortrait,
)
from chatanything.talking_head.liveportrait.load_networks import load_networks
from chatanything.talking_head.liveportrait.slider_table import load_table, row_of
from chatanything.talking_head.liveportrait.weight_files import FILES, find_files
from chatanything.video import idle
from tests.tools.models.random_liveportrait import write_random

pytestmark = pytest.mark.engines
THIN, SMALL = 16, 128


@pytest.fixture(scope="module")
def weights(tmp_path_factory):
    folder = tmp_path_factory.mktemp("models")
    write_random(folder, THIN)
    yield folder
    load_networks.cache_clear()


@pytest.fixture
def own_weights(weights, tmp_path):
    """A folder with the files, to be spoilt."""
    for path in weights.iterdir():
        (tmp_path / path.name).symlink_to(path)
    return tmp_path


@pytest.fixture(scope="module")
def photograph(portrait):
    """The drawn face as a detector would give it, in a picture that is no square."""
    image, face = portrait
    wide = np.concatenate([image, image[:, ::-1]], 1)
    face = replace(face, points=face.points * (0.5, 1), size=(512, 256), eyes=None)
    return wide, replace(face, origin="detected")


def machine(folder):
    return Runtime(ModelFolders({"liveportrait": (folder,)}), "cpu", "fp32")


def tiny():
    return LivePortraitHead(THIN, SMALL)


def test_it_moves_the_face_and_nothing_else(weights, photograph):
    image, face = photograph
    prepared = tiny().prepare(image, face, machine(weights))
    assert isinstance(prepared, MovedPortrait)
    frames = list(islice(prepared.frames(idle_motion(1.0, fps=12, seed=3)), 6))
    assert len(frames) == 6
    assert {(frame.shape, frame.dtype.name) for frame in frames} == {(image.shape, "uint8")}
    assert not np.array_equal(frames[0], frames[5])
    beyond = np.arange(512) > 400  # right of the square
    assert all(np.array_equal(frame[:, beyond], image[:, beyond]) for frame in frames)
    again = list(islice(prepared.frames(idle_motion(1.0, fps=12, seed=3)), 6))
    assert np.array_equal(frames, again)


def test_transparency_stays(weights, photograph):
    image, face = photograph
    alpha = np.full((*image.shape[:2], 1), 77, np.uint8)
    prepared = tiny().prepare(np.concatenate([image, alpha], 2), face, machine(weights))
    frame = next(prepared.frames(idle_motion(1.0, fps=12)))
    assert frame.shape == (256, 512, 4)
    assert (frame[..., 3] == 77).all()


@pytest.mark.parametrize("turn", [0, 25])
def test_a_square_that_did_not_move_is_put_back_where_it_was(photograph, turn):
    image, face = photograph
    middle = face.points[27:31].mean(0) * face.size
    angle = np.radians(turn)
    spin = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    turned = ((face.points * face.size - middle) @ spin + middle) / face.size
    square = square_around(replace(face, points=turned), (512, 256))
    assert np.degrees(np.arctan2(*square.across[::-1])) == pytest.approx(turn, abs=3)
    picture = torch.from_numpy(image).movedim(-1, 0)[None].float() / 255
    paste = Paste(image, square, torch.device("cpu"))
    frame = paste.frame(crop(picture, square, 512))
    white = paste.frame(torch.ones(1, 3, 512, 512))
    touched = (paste.frame(torch.zeros(1, 3, 512, 512)) != white).any(-1)
    assert 0.1 < touched.mean() < 0.8
    assert np.array_equal(frame[~touched], image[~touched])
    error = (frame.astype(float) - image)[touched]
    assert 10 * np.log10(255**2 / (error**2).mean()) > 40


def test_memory_does_not_grow_and_a_film_can_be_left(weights, photograph):
    prepared = tiny().prepare(*photograph, machine(weights))
    frames = prepared.frames(idle_motion(40.0, fps=25))
    next(frames)
    tracemalloc.start()
    for _ in islice(frames, 3):
        pass
    before, _ = tracemalloc.get_traced_memory()
    for _ in islice(frames, 6):
        pass
    after, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert after - before < 50_000
    frames.close()
    assert next(frames, None) is None


@pytest.mark.parametrize("name", ["liveportrait", "auto"])
@pytest.mark.parametrize("change", [{"origin": "placed"}, {"rigid": True}])
def test_what_it_cannot_move_is_warped(photograph, tmp_path, name, change):
    image, face = photograph
    face = replace(face, **change)
    engine = {"liveportrait": tiny(), "auto": AutoHead()}[name]
    prepared = engine.prepare(image, face, machine(tmp_path))
    (note,) = notes_of(prepared)
    assert "`warp`" in note
    assert ("no face was found" if face.origin == "placed" else "painted on a thing") in note
    motion = idle_motion(1.0, fps=12)
    warped = heads.create("warp").prepare(image, face, Runtime()).frames(motion)
    assert np.array_equal(next(prepared.frames(motion)), next(warped))


def test_a_film_says_which_head_moved_it(photograph, tmp_path):
    image, face = photograph
    made = idle(image, face, 1.0, tmp_path / "a.mp4", head="auto", runtime=machine(tmp_path))
    (note,) = made.notes
    assert note.startswith("`auto` chose the head `warp`: LivePortrait is not complete.")


def test_auto_asks_for_a_gpu(weights, photograph):
    note = notes_of(AutoHead().prepare(*photograph, machine(weights)))
    assert note == (
        "`auto` chose the head `warp`: there is no GPU, and `liveportrait` takes seconds a frame "
        "without one.",
    )


@pytest.mark.parametrize("part", FILES)
def test_a_missing_file_is_named(own_weights, photograph, part):
    name = f"{FILES[part]}.safetensors"
    (own_weights / name).unlink()
    with pytest.raises(MissingModelError, match=f"{name}.*models get liveportrait"):
        tiny().prepare(*photograph, machine(own_weights))


def spoilt(folder, part, change):
    path = folder / f"{FILES[part]}.safetensors"
    tensors = load_file(path)
    change(tensors)
    path.unlink()
    save_file(tensors, path)
    return path


def test_a_missing_tensor_is_named(own_weights, photograph):
    spoilt(own_weights, "motion", lambda tensors: tensors.pop("detector.fc_exp.weight"))
    wanted = (
        r"motion_extractor.safetensors has no tensor 'detector.fc_exp.weight' of shape \(63, 48\)"
    )
    with pytest.raises(InputError, match=wanted):
        tiny().prepare(*photograph, machine(own_weights))


def test_a_tensor_of_another_shape_is_named(own_weights, photograph):
    change = {"fc.weight": torch.zeros(2, 2)}
    spoilt(own_weights, "generator", lambda tensors: tensors.update(change))
    wanted = (
        r"spade_generator.safetensors: .*'fc.weight' has the shape \(2, 2\), not \(32, 16, 3, 3\)"
    )
    with pytest.raises(InputError, match=wanted):
        tiny().prepare(*photograph, machine(own_weights))


@pytest.mark.parametrize("content", [b"", b"\x80\x02pickle", b"PK\x03\x04" * 99])
def test_a_file_of_another_kind_is_refused(own_weights, photograph, content):
    path = own_weights / "warping_module.safetensors"
    path.unlink()
    path.write_bytes(content)
    with pytest.raises(InputError, match=r"warping_module.safetensors cannot be read"):
        tiny().prepare(*photograph, machine(own_weights))


def test_a_pickle_is_refused_and_the_safetensors_named(own_weights, photograph):
    (own_weights / "spade_generator.safetensors").unlink()
    (own_weights / "base_models").mkdir()
    (own_weights / "base_models" / "spade_generator.pth").write_bytes(b"\x80\x02")
    with pytest.raises(InputError, match=r"pickle.*Take spade_generator.safetensors"):
        tiny().prepare(*photograph, machine(own_weights))


def test_the_registry_says_what_is_missing(tmp_path, monkeypatch):
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path))
    monkeypatch.setenv("COMFYUI_DIR", str(tmp_path))
    status = heads.status("liveportrait")
    assert not status.available
    assert "appearance_feature_extractor.safetensors" in status.reason
    write_random(tmp_path / "liveportrait", THIN)
    assert heads.status("liveportrait").available


def test_half_precision_runs(weights, photograph):
    image, face = photograph
    half = replace(machine(weights), precision="bf16")
    motion = idle_motion(1.0, fps=12)
    frame = next(tiny().prepare(image, face, half).frames(motion))
    full = next(tiny().prepare(image, face, machine(weights)).frames(motion))
    assert np.abs(frame.astype(int) - full).max() < 60


def test_motion_moves_what_the_table_says():
    table = load_table()
    motion = idle_motion(1.0, fps=12)
    row = row_of(motion, 0)
    assert set(table.motion) == set(row)
    assert not table.values(dict.fromkeys(row, 0.0)).any()
    delta, _ = table.moved(table.values(dict.fromkeys(row, 0.0) | {"jaw": 1.0}))
    assert delta[19, 1] > 0.05  # the chin goes down
    delta, _ = table.moved(table.values(dict.fromkeys(row, 0.0) | {"gaze_x": 1.0}))
    assert delta[[11, 15], 0].min() > 0


def test_a_turned_head_moves_as_it_is_seen(weights):
    """A nose, which stands out of the face, goes where yaw and pitch say, an ear where roll does."""
    with torch.inference_mode():
        networks = load_networks(find_files(machine(weights).folders), THIN)
        source = source_of(networks.motion(torch.zeros(1, 3, SMALL, SMALL)))
    points = torch.zeros(1, 21, 3)
    points[0, 0, 2], points[0, 1, 0] = -0.5, 0.5
    still = replace(source, canonical=points, angles=torch.zeros(1, 3), scale=torch.ones(1, 1, 1))
    turn = load_table().turn

    def moved(pitch=0.0, yaw=0.0, roll=0.0):
        turned = torch.tensor(turn * (pitch, yaw, roll), dtype=torch.float32)
        return (still.keypoints(turn=turned) - still.keypoints())[0]

    assert moved(yaw=10)[0, 0] > 0.05
    assert moved(pitch=10)[0, 1] > 0.05
    assert moved(roll=10)[1, 1] > 0.05
