"""Pictures from outside, good and bad."""

import struct
import zlib

import numpy as np
import pytest
from PIL import Image

from chatanything.errors import InputError
from chatanything.landmarks import find_face, load_image

RED = (200, 30, 40)


def saved(tmp_path, picture, name="picture.png", **options):
    path = tmp_path / name
    picture.save(path, **options)
    return path


def test_plain_rgb_comes_back_exactly(tmp_path):
    pixels = np.random.default_rng(0).integers(0, 256, (40, 50, 3), dtype=np.uint8)
    assert np.array_equal(load_image(saved(tmp_path, Image.fromarray(pixels))), pixels)


@pytest.mark.parametrize("mode", ["L", "P", "1", "CMYK", "LA", "RGBA", "I;16", "HSV"])
def test_every_mode_becomes_rgb(tmp_path, mode):
    if mode == "I;16":
        picture = Image.fromarray(np.full((48, 64), 40000, np.uint16))
    else:
        picture = Image.new("RGB", (64, 48), RED).convert(mode, palette=Image.Palette.ADAPTIVE)
    name = "picture.tif" if mode in ("CMYK", "HSV") else "picture.png"
    if mode == "HSV":
        picture = picture.convert("RGB")
    image = load_image(saved(tmp_path, picture, name))
    assert image.shape == (48, 64, 3) and image.dtype == np.uint8
    if mode == "I;16":
        assert abs(int(image[0, 0, 0]) - 40000 * 255 // 65535) <= 1
    elif mode not in ("L", "LA", "1"):
        assert np.abs(image[5, 5].astype(int) - RED).max() < 30


def test_alpha_is_laid_over_grey(tmp_path):
    image = load_image(saved(tmp_path, Image.new("RGBA", (40, 40), (255, 0, 0, 0))))
    assert (image == 128).all()


def test_exif_turns_it_upright(tmp_path):
    picture = Image.new("RGB", (64, 40), RED)
    exif = Image.Exif()
    exif[0x0112] = 6
    path = saved(tmp_path, picture, "turned.jpg", exif=exif)
    assert load_image(path).shape == (64, 40, 3)


def test_an_animation_gives_its_first_frame(tmp_path):
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "blue")]
    path = saved(tmp_path, frames[0], "moving.gif", save_all=True, append_images=frames[1:])
    assert load_image(path)[0, 0, 0] > 200


@pytest.mark.slow
def test_large_pictures_are_scaled_down(tmp_path):
    path = saved(tmp_path, Image.new("L", (8000, 8000), 90))
    assert load_image(path).shape == (4096, 4096, 3)


def test_too_small(tmp_path):
    with pytest.raises(InputError, match="1x1 pixels"):
        load_image(saved(tmp_path, Image.new("RGB", (1, 1))))
    with pytest.raises(InputError, match="1x1 pixels"):
        find_face(np.zeros((1, 1, 3), np.uint8))


def test_a_bomb_is_not_decoded(tmp_path):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", 60000, 60000, 8, 2, 0, 0, 0)
    path = tmp_path / "bomb.png"
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 99))
    )
    with pytest.raises(InputError, match="million pixels"):
        load_image(path)


def test_cut_short(tmp_path):
    rng = np.random.default_rng(0)
    noise = Image.fromarray(rng.integers(0, 256, (90, 90, 3), dtype=np.uint8))
    path = saved(tmp_path, noise)
    path.write_bytes(path.read_bytes()[:4000])
    with pytest.raises(InputError, match="not a readable picture"):
        load_image(path)


@pytest.mark.parametrize("name", ["missing.png", "."])
def test_no_file(tmp_path, name):
    with pytest.raises(InputError, match="Give the path of a picture"):
        load_image(tmp_path / name)


def test_text_is_no_picture(tmp_path):
    path = tmp_path / "words.png"
    path.write_text("hello")
    with pytest.raises(InputError, match="not a readable picture"):
        load_image(path)


@pytest.mark.parametrize(
    "image", [np.zeros((64, 64), np.uint8), np.zeros((64, 64, 4), np.uint8), np.zeros((64, 64, 3))]
)
def test_arrays_that_are_no_rgb(image):
    with pytest.raises(InputError, match="RGB uint8"):
        find_face(image)
