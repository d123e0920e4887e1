"""Beside the packs that most users have: nothing clashes, and sockets pass both ways.

OTHER_PACKS names a folder with checkouts of them, OTHER_PACKS_SITE one with their packages; see
CONTRIBUTING.md.
"""

import io
import os
import re
import wave
from pathlib import Path

import av
import numpy as np
import pytest

from tests.browser.conftest import driven, node  # noqa: F401
from tests.tools.comfyui import schemas
from tests.tools.comfyui.server import comfyui, comfyui_python, pack_packages

pytestmark = pytest.mark.comfyui
PACKS = {
    "ComfyUI-VideoHelperSuite": "VHS_VideoCombine",
    "ComfyUI-KJNodes": "ImageResizeKJv2",
    "rgthree-comfy": "Any Switch (rgthree)",
    "ComfyUI-Custom-Scripts": "ShowText|pysssss",
}
"""A node of each."""
TELL = (
    "set OTHER_PACKS to a folder with checkouts of "
    f"{', '.join(PACKS)}, and OTHER_PACKS_SITE to one with what they need"
)
TEMPLATE = "1 Concept to talking video"


def folders():
    packs = Path(os.environ.get("OTHER_PACKS", "")).resolve()
    lacking = [name for name in PACKS if not (packs / name / "__init__.py").exists()]
    if "OTHER_PACKS" not in os.environ or lacking:
        pytest.skip(f"{TELL}; not there: {', '.join(lacking)}")
    site = os.environ.get("OTHER_PACKS_SITE")
    return packs, [str(Path(site).resolve())] if site else []


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    packs, site = folders()
    base = tmp_path_factory.mktemp("comfyui")
    (base / "custom_nodes").mkdir()
    for name in PACKS:
        (base / "custom_nodes" / name).symlink_to(packs / name, target_is_directory=True)
    python = comfyui_python()
    places = [*site, *([str(pack_packages(python))] if python else [])]
    with comfyui(base, PYTHONPATH=os.pathsep.join(places)) as running:
        yield running


def test_all_are_loaded_with_their_nodes(server):
    log = server.log.read_text(encoding="utf-8", errors="replace")
    assert "IMPORT FAILED" not in log
    found = server.get("/object_info")
    modules = {name: found[kind]["python_module"] for name, kind in PACKS.items()}
    assert modules == {name: f"custom_nodes.{name}" for name in PACKS}


def test_no_node_of_ours_is_taken_or_takes(server):
    ours = schemas.our_nodes(server)
    assert sorted(ours) == sorted(path.stem for path in schemas.SNAPSHOTS.glob("*.json"))
    for name, info in ours.items():
        saved = schemas.read(schemas.SNAPSHOTS / f"{name}.json")
        now = schemas.structure(info)
        assert schemas.on_this_version(name, saved, now) == now


def entry(server, kind, **inputs):
    """A node in a prompt; required inputs that are not given have their defaults."""
    info = server.get("/object_info")[kind]
    chosen = {
        name: options.get("default", (options.get("options") or [None])[0])
        for name, _, options, required in schemas.inputs(info)
        if required and name not in inputs
    }
    return {
        "class_type": kind,
        "inputs": inputs | {k: v for k, v in chosen.items() if v is not None},
    }


def prompt(server):
    """A talking head that passes other packs on its way in and out."""

    def of(kind, **inputs):
        return entry(server, kind, **inputs)

    return {
        "who": of("ChatAnythingCharacter", concept="shy lighthouse"),
        "same": of("Any Switch (rgthree)", any_01=["who", 0]),
        "says": of("ChatAnythingSpeak", voice=["who", 1], persona=["same", 0], text="Hello there."),
        "small": of(
            "ImageResizeKJv2",
            image=["who", 2],
            width=384,
            height=384,
            keep_proportion="stretch",
        ),
        "head": of(
            "ChatAnythingTalkingHead",
            image=["small", 0],
            audio=["says", 0],
            persona=["same", 0],
            face=["who", 3],
            timeline=["says", 1],
        ),
        "parts": of("GetVideoComponents", video=["head", 0]),
        "film": of(
            "VHS_VideoCombine",
            images=["parts", 0],
            audio=["says", 0],
            frame_rate=25,
            format="video/h264-mp4",
            save_output=True,
        ),
        "told": of("ShowText|pysssss", text=["says", 4]),
    }


def seconds(server, run):
    film = next(one for one in run.files() if one["filename"].endswith("-audio.mp4"))
    with av.open(io.BytesIO(server.view(film))) as file:
        assert {stream.type for stream in file.streams} == {"video", "audio"}
        assert file.streams.video[0].width == 384
        return file.duration / av.time_base


def test_our_sockets_fit_theirs_and_theirs_ours(server):
    run = server.run(prompt(server))
    assert run.error is None
    assert seconds(server, run) > 0.5
    assert "lighthouse" in run.outputs["told"]["text"][0].casefold()


def two_seconds():
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16000)
        hum = np.sin(2 * np.pi * 150 * np.arange(32000) / 16000)
        file.writeframes((hum * 9000).astype("<i2").tobytes())
    return buffer.getvalue()


def test_their_audio_makes_our_head_talk(server):
    place = server.base / "input" / server.put("hum.wav", two_seconds())
    made = prompt(server)
    made["heard"] = entry(server, "VHS_LoadAudio", audio_file=str(place))
    for name in ("head", "film"):
        made[name]["inputs"]["audio"] = ["heard", 0]
    del made["head"]["inputs"]["timeline"]
    run = server.run(made)
    assert run.error is None
    assert seconds(server, run) == pytest.approx(2, abs=0.1)


@pytest.mark.browser
def test_template_opens_and_runs_on_a_page_with_all_of_them(server, node):  # noqa: F811
    pictures = schemas.ROOT / "out" / "browser" / "packs"
    pictures.mkdir(parents=True, exist_ok=True)
    seen = driven(node, "page.mjs", server.url, TEMPLATE, str(pictures), "run")
    assert (seen["missing"], seen["broken"], seen["unlinked"]) == ([], [], [])
    assert seen["done"]["kind"] == "execution_success" and seen["done"]["videos"]
    ours = re.compile("chatanything", re.IGNORECASE)
    assert [text for text in seen["complaints"] if ours.search(text)] == []
