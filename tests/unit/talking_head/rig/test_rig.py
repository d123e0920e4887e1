"""A portrait as data: whole, small, and the same every time."""

import gzip
import io
import json
import struct
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from chatanything.errors import InputError
from chatanything.talking_head import plan_motion
from chatanything.talking_head.rig import make_rig, motion_rows, rig_bytes, web_folder
from chatanything.talking_head.rig.motion_rows import COLUMNS
from chatanything.talking_head.rig.records import RigDrawnEye, RigEye
from chatanything.voice import Timeline
from tests.tools.drawn_faces import draw_face
from tests.tools.samples import portrait_of


def parts(made: bytes):
    """Header, arrays and picture of a file."""
    assert made[:8] == b"chatrig1"
    (length,) = struct.unpack("<I", made[8:12])
    header = json.loads(made[12 : 12 + length])
    packed = made[12 + length : 12 + length + header["packed"]]
    return header, gzip.decompress(packed), made[12 + length + header["packed"] :]


def test_it_holds_the_portrait_bit_for_bit(portrait):
    image, face = portrait
    header, block, picture = parts(rig_bytes(make_rig(image, face)))
    assert np.array_equal(np.asarray(Image.open(io.BytesIO(picture))), image)
    assert header["rig"]["size"] == [256, 256] and header["unpacked"] == len(block)
    told = header["rig"]["skull"]["fields"]
    count = int(np.prod(told["shape"]))
    fields = np.frombuffer(block, told["kind"], count, told["at"]).reshape(told["shape"])
    assert np.array_equal(fields, make_rig(image, face).skull.fields)


def test_the_same_portrait_gives_the_same_bytes(portrait):
    assert rig_bytes(make_rig(*portrait)) == rig_bytes(make_rig(*portrait))


def test_it_is_small_beside_the_picture():
    rig = make_rig(*portrait_of("old fisherman"))
    assert len(rig_bytes(rig)) - len(rig.picture) < 110_000


def test_a_larger_portrait_is_made_smaller(portrait):
    image, face = portrait
    large = np.asarray(Image.fromarray(image).resize((1500, 1000)))
    rig = make_rig(large, face)
    assert rig.size == (1024, 683)
    assert np.allclose(rig.points / rig.size, face.points, atol=1e-3)


def test_a_transparent_portrait_stays_so(portrait):
    image, face = portrait
    clear = np.dstack([image, np.full(image.shape[:2], 90, np.uint8)])
    picture = Image.open(io.BytesIO(make_rig(clear, face).picture))
    assert np.array_equal(np.asarray(picture), clear)


def test_what_a_portrait_lacks_is_left_out():
    covered, drawn = make_rig(*draw_face("mask")), make_rig(*draw_face("anime"))
    assert covered.interior is None and covered.shade is None
    image, face = draw_face("anime")
    assert make_rig(image, replace(face, covered=True)).interior is None
    assert drawn.interior is not None and drawn.interior.flat
    assert all(isinstance(eye, RigDrawnEye) for eye in drawn.eyes)
    assert make_rig(*draw_face("dots")).eyes is not None


def test_living_eyes_are_told_as_such(portrait):
    assert all(isinstance(eye, RigEye) for eye in make_rig(*portrait).eyes)


def test_what_is_no_portrait_is_refused(portrait):
    with pytest.raises(InputError, match="RGB or RGBA"):
        make_rig(np.zeros((64, 64), np.uint8), portrait[1])


def test_more_than_a_page_takes_is_refused(portrait):
    rig = replace(make_rig(*portrait), picture=bytes(8_000_000))
    with pytest.raises(InputError, match="make it smaller"):
        rig_bytes(rig)


def test_rows_hold_every_number_of_a_motion():
    motion = plan_motion(Timeline(1.0), seed=3)
    rows = motion_rows(motion)
    assert rows.shape == (25, len(COLUMNS)) and rows.dtype == np.float32
    names = [name for name, _, _ in COLUMNS]
    assert np.array_equal(rows[:, names.index("closed")], motion.mouth.closed)
    assert np.array_equal(rows[:, names.index("browRight")], motion.brow[:, 1])
    assert np.array_equal(rows[:, names.index("pitch")], motion.head[:, 4])
    assert np.array_equal(rows[:, names.index("breath")], motion.breath)


def test_the_modules_of_the_browser_are_found():
    assert (web_folder() / "lib" / "face.mjs").is_file()
