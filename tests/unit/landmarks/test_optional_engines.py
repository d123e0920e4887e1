"""face-alignment and controlnet-aux, run for real where they are installed, with the network cut.

Their weights are not ours to fetch: networks of the true architecture are built here, with numbers
that make their answer known, and laid where the loaders look for them.
"""

import socket

import numpy as np
import pytest

from chatanything.diffusion import PaintJob, paint
from chatanything.errors import EngineError, MissingModelError
from chatanything.landmarks import annotators, detectors, find_face, make_guide
from chatanything.landmarks.detectors.face_alignment_detector import DETECTOR_FILE, aligner_file
from tests.tools.samples import plain_persona, style

pytestmark = pytest.mark.engines


@pytest.fixture(autouse=True)
def offline(monkeypatch, tmp_path):
    """No network, and model folders that are empty."""

    def refuse(*_):
        raise AssertionError("it went to the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setenv("CHATANYTHING_MODELS", str(tmp_path))
    monkeypatch.setenv("TORCH_HOME", str(tmp_path / "hub"))
    monkeypatch.delenv("COMFYUI_DIR", raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))


@pytest.fixture(scope="module")
def portrait():
    return paint(PaintJob(plain_persona("man"), style("soft 3D"), width=256, height=256))


def light(state, **values):
    """A state of the same shapes that takes no room on disk; `values` by name, else zero."""
    import torch

    return {
        name: values[name]
        if name in values
        else torch.zeros(1, dtype=tensor.dtype).expand(tensor.shape)
        for name, tensor in state.items()
    }


def sees_one_face(net):
    """The detector's state that finds a face of 512 pixels in every 128 and none elsewhere."""
    import torch

    heads = {name: tensor for name, tensor in net.state_dict().items() if "_conf.bias" in name}
    return light(
        net.state_dict(),
        **{
            name: torch.tensor([0.0, 5.0] if "conv7_2" in name else [9.0] * (len(tensor) - 1) + [0.0])
            for name, tensor in heads.items()
        },
    )  # fmt: skip


@pytest.fixture
def alignment_files(tmp_path):
    """Both files of face-alignment in a models folder, as ComfyUI lays its models."""
    package = pytest.importorskip("face_alignment", reason="face-alignment is not installed")
    import torch
    from face_alignment.detection.sfd.net_s3fd import s3fd

    if not aligner_file().endswith(".pth.tar"):
        pytest.skip("this face-alignment reads TorchScript; the test makes weights")
    folder = tmp_path / "face_alignment"
    folder.mkdir()
    torch.save(sees_one_face(s3fd()), folder / DETECTOR_FILE)
    torch.manual_seed(0)
    torch.save(package.models.FAN(4).state_dict(), folder / aligner_file())
    return folder


def test_face_alignment_says_which_file_is_missing(tmp_path):
    pytest.importorskip("face_alignment", reason="face-alignment is not installed")
    status = detectors.status("face-alignment")
    assert not status.available and DETECTOR_FILE in status.reason
    with pytest.raises(MissingModelError, match="nothing is downloaded"):
        find_face(np.zeros((64, 64, 3), np.uint8), detector="face-alignment")


def test_face_alignment_finds_a_face_from_local_files(alignment_files, portrait):
    assert detectors.status("face-alignment").available
    face = find_face(portrait.image[:128, :128], detector="face-alignment")
    assert face.origin == "detected" and face.points.shape == (68, 2)
    assert np.isfinite(face.points).all() and len(np.unique(face.points, axis=0)) > 10
    assert "found by face-alignment" in face.notes[0]


def test_face_alignment_without_a_face_falls_to_the_next_rung(alignment_files, portrait):
    import torch
    from face_alignment.detection.sfd.net_s3fd import s3fd

    blind = sees_one_face(s3fd())
    blind["conv7_2_mbox_conf.bias"] = torch.tensor([9.0, 0.0])
    torch.save(blind, alignment_files / DETECTOR_FILE)
    assert find_face(portrait.image, detector="face-alignment").origin == "placed"


def test_broken_files_of_face_alignment_are_named(alignment_files, portrait):
    whole = (alignment_files / aligner_file()).read_bytes()
    (alignment_files / aligner_file()).write_bytes(whole[:10_000])
    with pytest.raises(EngineError, match=r"2DFAN4.*whole"):
        find_face(portrait.image, detector="face-alignment")


def test_openpose_draws_from_a_local_folder(tmp_path, portrait):
    pytest.importorskip("controlnet_aux", reason="controlnet-aux is not installed")
    import torch
    from controlnet_aux.open_pose.face import FaceNet
    from controlnet_aux.open_pose.model import bodypose_model, handpose_model

    with pytest.raises(MissingModelError, match="body_pose_model"):
        annotators.create("openpose-body").annotate(portrait.image)
    folder = tmp_path / "openpose"
    folder.mkdir()
    nets = {
        "body_pose_model.pth": bodypose_model(),
        "hand_pose_model.pth": handpose_model(),
        "facenet.pth": FaceNet(),
    }
    for name, net in nets.items():
        state = light(net.state_dict())
        if name != "facenet.pth":  # these two were saved without the names of their blocks
            state = {key.partition(".")[2]: value for key, value in state.items()}
        torch.save(state, folder / name)
    control = make_guide(portrait.image, style="openpose-body", size=(256, 256)).control
    assert control.shape == (256, 256, 3) and not control.any(), "these weights see nobody"
    (folder / "facenet.pth").write_bytes(b"no weights")
    with pytest.raises(EngineError, match="weights"):
        annotators.create("openpose-body").annotate(portrait.image)


def test_mediapipe_contours_lie_on_the_face(portrait):
    pytest.importorskip("controlnet_aux", reason="controlnet-aux is not installed")
    pytest.importorskip("mediapipe", reason="mediapipe is not installed")
    control = make_guide(portrait.image, style="mediapipe-face", size=(256, 256)).control
    ys, xs = np.nonzero(control.any(-1))
    assert len(xs) > 500, "contours were drawn"
    low, high = portrait.face.points.min(0) * 256, portrait.face.points.max(0) * 256
    assert (np.array([xs.min(), ys.min()]) > low - 40).all()
    assert (np.array([xs.max(), ys.max()]) < high + 40).all()
    eye = (portrait.face.points[36:42].mean(0) * 256).astype(int)
    assert control[eye[1] - 12 : eye[1] + 12, eye[0] - 20 : eye[0] + 20].any()


def test_lineart_draws_lines(portrait):
    pytest.importorskip("controlnet_aux", reason="controlnet-aux is not installed")
    control = annotators.create("lineart").annotate(portrait.image)
    assert control.shape == portrait.image.shape and 0.001 < (control > 60).mean() < 0.5
