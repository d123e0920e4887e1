"""Save Talking Video, as ComfyUI runs it: files, counters, metadata and what the node says."""

import io
import json

import av
import pytest
from PIL import Image

from tests.e2e.media.test_any_media import HUM, encoded, prompt, rough, sound

pytestmark = pytest.mark.comfyui


@pytest.fixture(scope="module", autouse=True)
def files(server):
    clear = rough(256, 256, "RGBA")
    clear.putalpha(Image.new("L", (256, 256), 255))
    clear.paste((0, 0, 0, 0), (0, 0, 256, 60))
    server.put("clear.png", encoded(clear))
    server.put("hum.wav", sound(HUM))


def saved(server, form, **inputs):
    """The file that the node shows, its content, and what the node says."""
    graph = prompt("clear.png", mask=["load", 1], **inputs)
    save = {"video": ["talk", 0], "filename_prefix": "films/%width%", "format": form}
    graph["save"] = {"class_type": "ChatAnythingSaveVideo", "inputs": save}
    graph["path"] = {"class_type": "PreviewAny", "inputs": {"source": ["save", 1]}}
    run = server.run(graph, workflow={"nodes": [], "marks": "mine"})
    assert not run.error, run.error
    shown = run.outputs["save"]
    (file,) = shown["images"]
    assert run.outputs["path"]["text"][0].endswith(file["filename"])
    return file, server.view(file), shown["text"]


@pytest.mark.parametrize(("form", "codec"), [("webm", "vp9"), ("mov", "prores")])
def test_it_keeps_format_transparency_and_workflow(server, form, codec):
    file, content, said = saved(server, "auto", format=form)
    assert (file["subfolder"], file["type"]) == ("films", "output")
    assert file["filename"].startswith("256_0") and file["filename"].endswith(f"_.{form}")
    with av.open(io.BytesIO(content)) as film:
        picture = film.streams.video[0]
        assert picture.codec_context.name == codec
        clear = picture.metadata.get("alpha_mode") == "1" or "a" in picture.codec_context.pix_fmt
        tags = {key.lower(): text for key, text in film.metadata.items()}
    assert clear and said[1:] == []
    assert json.loads(tags["workflow"])["marks"] == "mine"
    assert json.loads(tags["prompt"])["save"]["class_type"] == "ChatAnythingSaveVideo"


def test_files_are_numbered(server):
    first, second = (
        int(saved(server, "auto", format="webm", seed=n)[0]["filename"][4:9]) for n in (7, 8)
    )
    assert second == first + 1


@pytest.mark.parametrize("form", ["gif", "webp"])
def test_loops_say_that_they_are_silent(server, form):
    _, content, said = saved(server, form, format="webm")
    assert said[1:] == [f"⚠ A {form.upper()} has no sound."]
    with Image.open(io.BytesIO(content)) as picture:
        assert picture.n_frames > 3
        picture.seek(2)
        assert picture.convert("RGBA").getpixel((128, 10))[3] < 20


def test_a_film_made_of_images_is_saved_too(server):
    graph = prompt("clear.png")
    del graph["talk"]
    graph["film"] = {
        "class_type": "CreateVideo",
        "inputs": {"images": ["load", 0], "audio": ["hear", 0], "fps": 12},
    }
    save = {"video": ["film", 0], "filename_prefix": "made", "format": "webm"}
    graph["save"] = {"class_type": "ChatAnythingSaveVideo", "inputs": save}
    run = server.run(graph)
    assert not run.error, run.error
    assert run.outputs["save"]["images"][0]["filename"] == "made_00001_.webm"
