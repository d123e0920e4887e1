"""What leaves a graph says that a machine made it, also through nodes that are not ours."""

import io

import av
import numpy as np
import pytest
from PIL import Image

from chatanything.provenance import source_in
from tests.e2e.media.test_any_media import HUM, encoded, prompt, rough, sound

pytestmark = pytest.mark.comfyui
CARD = {
    "class_type": "ChatAnythingSaveCard",
    "inputs": {"persona": ["who", 0], "image": ["load", 0]},
}
WHO = {
    "class_type": "ChatAnythingPersona",
    "inputs": {"concept": "cup", "engine": "offline", "language": "", "seed": 0},
}


@pytest.fixture(scope="module", autouse=True)
def files(server):
    server.put("white.png", encoded(Image.new("RGB", (256, 256), "white")))
    server.put("hum.wav", sound(HUM))
    server.put("rough.png", encoded(rough(256, 256, "RGB")))


def film_of(server, **inputs):
    """What core's Save Video writes of a film of ours."""
    graph = prompt("rough.png", **inputs)
    save = {"video": ["talk", 0], "filename_prefix": "label", "format": "auto", "codec": "auto"}
    graph["save"] = {"class_type": "SaveVideo", "inputs": save}
    run = server.run(graph)
    assert not run.error, run.error
    (file,) = run.outputs["save"]["images"]
    return av.open(io.BytesIO(server.view(file)))


def test_cores_save_video_keeps_the_comment(server):
    with film_of(server) as film:
        assert source_in(film.metadata) == "compositeSynthetic"


def test_a_film_is_marked_where_that_is_asked_for(server):
    corners = []
    for mark in (False, True):
        with film_of(server, mark=mark) as film:
            frame = next(film.decode(video=0)).to_ndarray(format="rgb24")
        corners.append(frame[:16, -80:].astype(int))
    assert np.median(corners[1]) < 0.5 * np.median(corners[0])


@pytest.mark.parametrize("made", ["algorithmicMedia", "none"])
def test_a_card_says_what_it_is_told_to(server, made):
    graph = prompt("white.png")
    graph = {"load": graph["load"], "who": WHO, "card": CARD}
    graph["card"]["inputs"] |= {"filename_prefix": "label", "made": made, "mark": made != "none"}
    run = server.run(graph)
    assert not run.error, run.error
    with Image.open(io.BytesIO(server.view(run.outputs["card"]["images"][0]))) as card:
        card.load()
        corner = np.asarray(card)[:12, -60:]
        texts = card.text
    assert "ccv3" in texts
    assert source_in({"comment": texts.get("Comment", "")}) == (None if made == "none" else made)
    assert (corner < 120).any() == (made != "none")
