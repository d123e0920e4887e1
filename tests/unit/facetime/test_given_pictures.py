"""A drawing or a photograph that was dropped on the page becomes a character."""

import base64
import io

import numpy as np
import pytest
from PIL import Image, ImageDraw

from chatanything.character.given_picture import LARGEST, concept_of_file
from chatanything.facetime.routes import PREFIX
from chatanything.landmarks import ready_detectors

STAR = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><path fill="#e8b13a" '
    b'd="M50 4 62 36 97 38 70 60 79 95 50 75 21 95 30 60 3 38 38 36Z"/></svg>'
)


def sent(client, data, file, **more):
    body = {"picture": base64.b64encode(data).decode(), "file": file, **more}
    return client.events("/characters", body)


def png(picture):
    out = io.BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def blob(mode, ground):
    picture = Image.new(mode, (300, 300), ground)
    ImageDraw.Draw(picture).ellipse((40, 30, 260, 280), fill="#4a90c0")
    return png(picture)


def bricks():
    """A photograph of nothing: no face, and no plain ground."""
    y, x = np.mgrid[:300, :400]
    grain = np.random.default_rng(3).normal(0, 20, (300, 400, 3))
    lines = ((y % 40 < 5) | ((x + 30 * (y // 40)) % 90 < 5))[..., None]
    pixels = np.where(lines, 190, np.array([150, 80, 60])) + grain
    return png(Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)))


def portrait_of(client, made):
    raw = client.ask(f"{PREFIX}/characters/{made['id']}/portrait.png")[2]
    return Image.open(io.BytesIO(raw))


@pytest.fixture
def resvg():
    pytest.importorskip("resvg_py")


def test_an_svg_is_the_body_and_its_file_says_who_it_is(client, resvg):
    events = sent(client, STAR, "shy_logo-2.svg")
    stages = [record.get("stage") for record, _ in events[:-1]]
    assert stages == ["picture", "persona", "voice", "portrait"]
    made = events[-1][0]["character"]
    assert (made["concept"], made["painted"]) == ("shy logo", "sketch")
    gold = np.asarray(portrait_of(client, made).convert("RGB").resize((64, 64))).reshape(-1, 3)
    assert ((gold[:, 0] > 180) & (gold[:, 2] < 140)).mean() > 0.1
    assert sent(client, STAR, "shy_logo-2.svg")[-1][0]["character"]["id"] == made["id"]
    assert (
        sent(client, STAR.replace(b"8b13a", b"81a3a"), "shy_logo-2.svg")[-1][0]["character"]["id"]
        != made["id"]
    )


def test_its_drawing_stays_when_it_is_painted_anew(client, service, resvg):
    made = sent(client, STAR, "star.svg", concept="proud star")[-1][0]["character"]
    path = f"/characters/{made['id']}"
    for style in client.api("/settings")["styles"]:
        client.api(f"{path}/portrait", {"style": style, "seed": 4})
        recipe = service.roster.find(made["id"]).character.portrait.recipe
        assert recipe["drawing"]["name"] == "star.svg"


def test_a_photograph_with_one_clear_pixel_is_a_photograph(client):
    picture = Image.open(io.BytesIO(bricks())).convert("RGBA")
    picture.putpixel((0, 0), (0, 0, 0, 0))
    record = sent(client, png(picture), "wall.png")[-1][0]
    if ready_detectors():
        assert record["character"]["painted"] == "picture"
    else:
        assert record["message"].startswith("Nobody can say")


@pytest.mark.parametrize(("mode", "ground"), [("RGBA", (0, 0, 0, 0)), ("RGB", "#f4f1ea")])
def test_a_thing_by_itself_is_a_body(client, mode, ground):
    made = sent(client, blob(mode, ground), "blue thing.png")[-1][0]["character"]
    assert (made["concept"], made["painted"]) == ("blue thing", "sketch")


def test_a_photograph_without_a_face_is_given_one_or_one_line_says_what_to_do(client):
    record = sent(client, bricks(), "IMG_2041.png", concept="old wall")[-1][0]
    if not ready_detectors():
        assert record["message"].startswith("Nobody can say whether IMG_2041.png shows a face")
        return
    made = record["character"]
    assert (made["concept"], made["painted"], made["size"]) == ("old wall", "picture", [400, 300])
    # Most of it is as it was.
    was = np.asarray(Image.open(io.BytesIO(bricks()))).astype(int)
    now = np.asarray(portrait_of(client, made).convert("RGB")).astype(int)
    changed = (np.abs(was - now).max(-1) > 0).mean()
    assert 0.02 < changed < 0.5
    assert client.ask(f"{PREFIX}/characters/{made['id']}/rig")[2].startswith(b"chatrig1")
    status, _, raw = client.ask(f"{PREFIX}/characters/{made['id']}/portrait", {"style": "ink"})
    assert status == 400 and b"picture of yours" in raw


def test_the_face_of_a_photograph_is_its_own(client):
    data = pytest.importorskip("skimage.data")
    if not ready_detectors():
        pytest.skip("no face detector is ready")
    made = sent(client, png(Image.fromarray(data.astronaut())), "IMG_1.png")[-1][0]["character"]
    assert (made["concept"], made["painted"]) == ("somebody in a picture", "picture")
    assert np.array_equal(np.asarray(portrait_of(client, made).convert("RGB")), data.astronaut())


@pytest.mark.parametrize(
    ("data", "file", "words"),
    [
        (b"no picture", "broken.png", "broken.png is not a readable picture"),
        (b"<svg", "../../half.svg", "half.svg is not an SVG"),
        (b"\x89PNG\r\n\x1a\n", "..", "picture is not a readable picture"),
        (blob("RGB", "#f4f1ea")[:400], "cut.png", "cut.png"),
        (b"", "empty.png", "empty.png has 0 bytes"),
    ],
)
def test_what_cannot_be_used_is_one_sentence_without_a_path(client, data, file, words):
    record = sent(client, data, file)[-1][0]
    if not data:  # a request without a picture needs a concept
        assert record["type"] == "RUN_ERROR"
        return
    assert record["message"].startswith(words)
    assert "/tmp" not in record["message"] and "\\" not in record["message"]


def test_large_bodies_and_other_text_are_refused(client):
    big = {"picture": "A" * (LARGEST * 4 // 3 + 70_000), "file": "x.png"}
    assert client.ask(f"{PREFIX}/characters", big)[0] == 413
    status, _, raw = client.ask(f"{PREFIX}/characters", {"picture": "%%%"})
    assert status == 400 and b"base64" in raw


@pytest.mark.parametrize(
    ("file", "concept"),
    [
        ("shy_teapot-2.svg", "shy teapot"),
        ("Screenshot 2026-01-02.png", "somebody in a picture"),
        ("DSC0042.JPG", "somebody in a picture"),
        ("Teekanne_müde.png", "Teekanne müde"),
        ("", "somebody in a picture"),
    ],
)
def test_a_file_name_says_who_it_is(file, concept):
    assert concept_of_file(file) == concept
