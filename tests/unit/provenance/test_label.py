"""A picture says in its file, and where asked for visibly, that a machine made it."""

import io
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from chatanything import Portrait, Request, make_character, write_persona
from chatanything.diffusion.sketch.drawn.paint_in_picture import paint_in_picture
from chatanything.facetime.exports.film_export import card
from chatanything.landmarks import find_face
from chatanything.live.character_files import png_of
from chatanything.live.conversation import Conversation, Talk
from chatanything.live.roster import Prepared
from chatanything.provenance import (
    ALGORITHMIC,
    COMPOSITE,
    TRAINED,
    mark_picture,
    png_texts,
    source_in,
    source_of_parts,
    xmp_packet,
)

URI = "http://cv.iptc.org/newscodes/digitalsourcetype/"
FIELD = "{http://iptc.org/std/Iptc4xmpExt/2008-02-29/}DigitalSourceType"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"


def term(packet):
    """The term in an XMP packet, as a reader that knows XML alone finds it."""
    root = ElementTree.fromstring(packet.partition("?>")[2].rpartition("<?")[0])
    return root.find(f"{RDF}RDF/{RDF}Description").get(FIELD)


def label_of_png(data):
    """The term in a PNG's XMP, and in its comment."""
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        texts = picture.text
    if "XML:com.adobe.xmp" not in texts:
        assert "Comment" not in texts
        return None
    assert texts["Software"] == "ChatAnything"
    assert URI + source_in({"comment": texts["Comment"]}) == term(texts["XML:com.adobe.xmp"])
    return source_in({"comment": texts["Comment"]})


@pytest.fixture(scope="module")
def character():
    return make_character(Request(write_persona("grumpy teapot"), size=256))


@pytest.mark.parametrize("source", [TRAINED, ALGORITHMIC, COMPOSITE])
def test_xmp_holds_the_iptc_term_as_a_uri(source):
    assert term(xmp_packet(source)) == URI + source


def test_other_texts_of_a_png_stay():
    data = io.BytesIO()
    Image.new("RGB", (8, 8)).save(data, "PNG", pnginfo=png_texts(TRAINED, {"workflow": "{}"}))
    assert label_of_png(data.getvalue()) == TRAINED
    with Image.open(io.BytesIO(data.getvalue())) as picture:
        assert picture.info["workflow"] == "{}"


def test_a_sketch_is_made_by_an_algorithm_that_learned_from_nothing(character):
    assert character.portrait.source_type == ALGORITHMIC
    assert label_of_png(png_of(character.portrait)) == ALGORITHMIC


def test_what_a_trained_model_painted_is_called_so(character):
    image, face = character.portrait.image, character.portrait.face
    assert Portrait(image, face, {"engine": "diffusers", "start": None}).source_type == TRAINED
    assert Portrait(image, face, {"engine": "somebody's"}).source_type == TRAINED


def test_a_face_painted_into_somebodys_picture_is_a_composite():
    picture = np.full((256, 256, 3), 200, np.uint8)
    assert paint_in_picture(picture).source_type == COMPOSITE


def test_somebodys_own_picture_is_not_called_made_by_a_machine(character):
    image = character.portrait.image
    for recipe in ({}, {"engine": "picture"}, {"engine": "diffusers", "start": "the reference"}):
        own = Portrait(image, find_face(image), recipe)
        assert own.source_type is None
        assert label_of_png(png_of(own)) is None


def test_the_card_of_a_page_says_so(character):
    talk = Conversation(character.persona, 0, Talk(), lambda kept: None)
    prepared = Prepared("0" * 16, character, talk, b"", 0)
    assert label_of_png(card(prepared)) == ALGORITHMIC


def test_parts_that_differ_are_a_composite():
    assert source_of_parts([TRAINED, TRAINED]) == TRAINED
    assert source_of_parts([TRAINED, None]) == COMPOSITE
    assert source_of_parts([None, None]) is None
    assert source_of_parts([]) is None


def luminance(pixels):
    """Relative luminance by WCAG 2.2, in [0, 1]."""
    share = pixels[..., :3] / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return linear @ np.array([0.2126, 0.7152, 0.0722])


NOISE = np.random.default_rng(0).integers(0, 256, (512, 512, 3), np.uint8)
STRIPES = np.zeros((512, 512, 3), np.uint8)
STRIPES[:, ::2] = 255


@pytest.mark.parametrize("side", [256, 512, 1920])
@pytest.mark.parametrize("ground", [0, 90, 128, 200, 255, NOISE, STRIPES], ids=str)
def test_the_mark_stands_out_on_anything(ground, side):
    image = np.ascontiguousarray(np.broadcast_to(np.array(ground, np.uint8), (512, 512, 3)))
    image = np.asarray(Image.fromarray(image).resize((side, side), Image.Resampling.NEAREST))
    before, marked = image.copy(), mark_picture(image)
    assert np.array_equal(image, before)
    changed = (marked != image).any(-1)
    rows, columns = np.nonzero(changed)
    assert rows.max() < side / 8 + 16 and columns.min() > 0 and columns.max() < side
    # White letters on a plate: 7:1 is WCAG's AAA for small text.
    plate = luminance(marked[: rows.max() + 1, columns.min() :])
    bright, dark = np.percentile(plate, 98), np.percentile(plate, 60)
    assert (bright + 0.05) / (dark + 0.05) >= 7
    assert (marked[rows.max() + 1 :] == image[rows.max() + 1 :]).all()


def test_the_mark_is_seen_on_what_is_clear():
    clear = np.zeros((256, 256, 4), np.uint8)
    marked = mark_picture(clear)
    assert marked[..., 3].max() == 255
    assert (marked[128:] == 0).all()
