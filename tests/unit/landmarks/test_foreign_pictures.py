"""Pictures as telephones, designers and browsers write them, and files that are traps."""

import importlib.util
import io
import struct
import subprocess
import sys
import time
import zlib
from pathlib import Path

import av
import numpy as np
import pytest
from PIL import Image, ImageCms

from chatanything.errors import InputError
from chatanything.landmarks import load_image, read_picture

RED = (200, 30, 40)


def half(width=64, height=48):
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", (width, height), RED)
    picture.paste((20, 40, 220), (width // 2, 0, width, height))
    return picture


def film(path, codec="mpeg4", pixels="yuv420p", frames=(RED, (20, 40, 220))):
    with av.open(str(path), "w") as out:
        stream = out.add_stream(codec, rate=25)
        stream.width, stream.height, stream.pix_fmt = 96, 64, pixels
        for colour in frames:
            picture = Image.new("RGB", (96, 64), colour)
            picture.paste((255, 255, 255), (0, 0, 32, 16))
            frame = av.VideoFrame.from_image(picture)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def test_transparency_is_kept_where_it_is_asked_for(tmp_path):
    clear = half().convert("RGBA")
    clear.paste((9, 9, 9, 0), (0, 0, 20, 48))
    clear.save(tmp_path / "a.png")
    pixels = read_picture(tmp_path / "a.png").pixels
    assert pixels.shape == (48, 64, 4)
    assert pixels[5, 5, 3] == 0 and pixels[5, 40].tolist() == [20, 40, 220, 255]
    assert load_image(tmp_path / "a.png")[5, 5].tolist() == [128, 128, 128]


def test_a_palette_with_a_clear_colour_is_transparent(tmp_path):
    picture = half().convert("P", palette=Image.Palette.ADAPTIVE)
    picture.save(tmp_path / "a.gif", transparency=picture.getpixel((5, 5)))
    pixels = read_picture(tmp_path / "a.gif").pixels
    assert pixels[5, 5, 3] == 0 and pixels[5, 60, 3] == 255


def test_alpha_that_hides_nothing_is_dropped(tmp_path):
    half().convert("RGBA").save(tmp_path / "a.png")
    assert read_picture(tmp_path / "a.png").pixels.shape == (48, 64, 3)


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("suffix", ["jpg", "png", "webp", "tiff"])
def test_exif_turns_every_way(tmp_path, orientation, suffix):
    from PIL import ImageOps

    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = half(600, 400)
    picture.save(tmp_path / f"a.{suffix}", exif=exif)
    with Image.open(tmp_path / f"a.{suffix}") as saved:
        upright = ImageOps.exif_transpose(saved).convert("RGB")
    read = read_picture(tmp_path / f"a.{suffix}", largest=300)
    assert read.size == upright.size
    assert read.pixels.shape[:2] == (upright.height // 2, upright.width // 2)
    small = np.asarray(upright.resize((read.pixels.shape[1], read.pixels.shape[0])))
    assert np.abs(read.pixels.astype(int) - small).mean() < 3


def wide_gamut():
    """An RGB profile whose green is far outside sRGB: sRGB with two columns changed."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = struct.unpack_from(">I", profile, 128)[0]
    for k in range(tags):
        name, at, size = struct.unpack_from(">4sII", profile, 132 + 12 * k)
        if name in (b"rXYZ", b"bXYZ"):
            red = struct.unpack_from(">3i", profile, at + 8)
            if name == b"rXYZ":
                kept = (at, red)
            else:
                struct.pack_into(">3i", profile, at + 8, *kept[1])
                struct.pack_into(">3i", profile, kept[0] + 8, *red)
        if name == b"desc":
            profile[at + 8 : at + size] = bytes(profile[at + 8 : at + size]).replace(
                "sRGB".encode("utf-16-be"), "Swap".encode("utf-16-be")
            )
    return bytes(profile)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp", "tiff"])
@pytest.mark.parametrize("mode", ["RGB", "RGBA"])
def test_colours_are_read_by_their_profile(tmp_path, suffix, mode):
    if mode == "RGBA" and suffix == "jpg":
        mode = "RGB"
    picture = Image.new("RGB", (64, 48), (200, 40, 10)).convert(mode)
    if mode == "RGBA":
        picture.paste((0, 0, 0, 0), (0, 0, 8, 8))
    lossless = {"lossless": True} if suffix == "webp" else {}
    picture.save(tmp_path / f"a.{suffix}", icc_profile=wide_gamut(), **lossless)
    pixels = read_picture(tmp_path / f"a.{suffix}").pixels
    assert np.abs(pixels[30, 30, :3].astype(int) - (10, 40, 200)).max() < 6
    assert pixels.shape[2] == len(mode)


@pytest.mark.parametrize("profile", [b"nonsense", b"\0" * 300])
def test_a_broken_profile_says_nothing(tmp_path, profile):
    Image.new("RGB", (64, 48), RED).save(tmp_path / "a.png", icc_profile=profile)
    assert load_image(tmp_path / "a.png")[5, 5].tolist() == list(RED)


def test_the_common_profile_changes_nothing(tmp_path):
    noise = np.random.default_rng(0).integers(0, 256, (48, 64, 3), np.uint8)
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    Image.fromarray(noise).save(tmp_path / "a.png", icc_profile=profile)
    assert np.array_equal(load_image(tmp_path / "a.png"), noise)


HEADS = {
    "HEIC": (b"\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf", "pillow_heif", "pillow-heif"),
    "JPEG XL": (b"\xff\x0a\xa8\xb4\x01\0\x13\x88\x02\0", "pillow_jxl", "pillow-jxl-plugin"),
}


@pytest.mark.parametrize("name", HEADS)
def test_formats_of_plugins_are_named(tmp_path, name):
    start, module, package = HEADS[name]
    (tmp_path / "a.jpg").write_bytes(start + bytes(300))
    there = importlib.util.find_spec(module) is not None
    message = "not a readable picture" if there else f"a {name} picture.*pip install {package}"
    with pytest.raises(InputError, match=message):
        load_image(tmp_path / "a.jpg")


@pytest.mark.parametrize(("module", "suffix"), [("pillow_heif", "heic"), ("pillow_jxl", "jxl")])
def test_formats_of_plugins_are_read_when_they_are_there(tmp_path, module, suffix):
    plugin = pytest.importorskip(module)
    if suffix == "heic":
        plugin.register_heif_opener()
    half(640, 480).save(tmp_path / f"a.{suffix}")
    read = read_picture(tmp_path / f"a.{suffix}", largest=320)
    assert read.size == (640, 480) and read.pixels.shape == (240, 320, 3)
    assert np.abs(read.pixels[100, 30].astype(int) - RED).max() < 12


def test_a_drawing_is_named_with_what_to_do(tmp_path):
    path = tmp_path / "logo.svg"
    path.write_text('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')
    with pytest.raises(InputError, match=r"is an SVG drawing.*create CONCEPT --drawing"):
        read_picture(path)


@pytest.mark.parametrize(
    ("name", "codec", "pixels"),
    [
        ("a.mp4", "libx264", "yuv420p"),
        ("a.webm", "libvpx-vp9", "yuv420p"),
        ("a.mov", "mpeg4", "yuv420p"),
        ("a:b.avi", "mjpeg", "yuvj420p"),
    ],
)
def test_a_film_gives_its_first_frame(tmp_path, monkeypatch, name, codec, pixels):
    monkeypatch.chdir(tmp_path)
    film(tmp_path / name, codec, pixels)
    image = load_image(name)
    assert image.shape == (64, 96, 3)
    assert np.abs(image[40, 60].astype(int) - RED).max() < 25


@pytest.mark.parametrize(
    ("matrix", "corner"),
    [((0, 1, -1, 0), (5, 60)), ((-1, 0, 0, -1), (60, 90)), ((0, -1, 1, 0), (90, 3))],
    ids=["clockwise", "upside down", "anticlockwise"],
)
def test_a_film_is_turned_as_it_was_held(tmp_path, matrix, corner):
    path = film(tmp_path / "a.mp4", "libx264")
    data = path.read_bytes()
    at = data.index(b"tkhd") + 4 + 40
    a, b, c, d = (value << 16 for value in matrix)
    turned = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    path.write_bytes(data[:at] + turned + data[at + 36 :])
    image = load_image(path)
    assert image.shape[:2] == ((64, 96) if matrix[0] else (96, 64))
    assert image[corner].min() > 220, "the white corner is where it was seen"


def test_a_song_with_a_cover_is_no_picture(tmp_path):
    with av.open(str(tmp_path / "a.mp3"), "w") as out:
        sound = out.add_stream("libmp3lame", rate=22050, layout="mono")
        cover = out.add_stream("png", rate=1)
        cover.width, cover.height, cover.pix_fmt = 64, 64, "rgb24"
        cover.disposition = av.stream.Disposition.attached_pic
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 22050), np.int16), "s16", "mono")
        frame.sample_rate = 22050
        packets = [sound.encode(frame), sound.encode(None)]
        shown = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8), "rgb24")
        for packet in [*packets, cover.encode(shown), cover.encode(None)]:
            out.mux(packet)
    with pytest.raises(InputError, match="not a readable picture"):
        load_image(tmp_path / "a.mp3")


@pytest.mark.parametrize(
    "suffix", ["png", "jpg", "webp", "tiff", "gif", "jp2", "avif", "bmp", "tga"]
)
def test_damage_is_one_sentence(tmp_path, suffix):
    picture = Image.fromarray(np.random.default_rng(0).integers(0, 256, (90, 90, 3), np.uint8))
    stream = io.BytesIO()
    kind = {"jp2": "jpeg2000", "jpg": "jpeg"}.get(suffix, suffix)
    picture.save(stream, kind)
    rng, whole = np.random.default_rng(1), stream.getvalue()
    for _ in range(60):
        data = bytearray(whole)
        for at in rng.integers(0, min(len(data), 400), 6):
            data[at] = rng.integers(0, 256)
        (tmp_path / "a.bin").write_bytes(data[: rng.integers(20, len(data) + 1)])
        try:
            image = load_image(tmp_path / "a.bin")
        except InputError as error:
            assert "Give" in str(error) or "Scale" in str(error) or "Export" in str(error)
        else:
            assert image.ndim == 3


@pytest.mark.parametrize("start", [b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 90 90\n"])
def test_programs_are_not_run(tmp_path, start):
    (tmp_path / "a.eps").write_bytes(start + b"showpage\n")
    with pytest.raises(InputError, match=r"a drawing \(EPS\). Export it as a PNG"):
        load_image(tmp_path / "a.eps")


def png_bomb():
    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", 30000, 30000, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", bytes(10_000_000))


def tiff_bomb():
    tags = [(256, 4, 1, 30000), (257, 4, 1, 30000), (258, 3, 1, 8), (259, 3, 1, 8), (262, 3, 1, 1)]
    tags += [(273, 4, 1, 200), (277, 3, 1, 1), (278, 4, 1, 30000), (279, 4, 1, 9_000_000)]
    body = b"".join(struct.pack("<HHII", *tag) for tag in tags)
    head = b"II*\0\x08\0\0\0" + struct.pack("<H", len(tags)) + body + bytes(4)
    return head.ljust(200, b"\0") + bytes(10_000_000)


def gif_bomb():
    head = b"GIF89a" + struct.pack("<HH", 30000, 30000) + b"\x80\0\0\0\0\0\xff\xff\xff"
    frame = b"\x2c" + struct.pack("<HHHH", 0, 0, 30000, 30000) + b"\0\x02"
    return head + frame + (b"\xff" + bytes(255)) * 39_000 + b"\0;"


def enlarged(kind, options, places):
    """A small picture of a format with larger numbers in its header, and 10 MB behind it."""
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), RED).save(stream, kind, **options)
    data = stream.getvalue()
    for old, new in places:
        assert old in data
        data = data.replace(old, new)
    return data + bytes(10_000_000)


BOMBS = {
    "png": png_bomb,
    "tiff": tiff_bomb,
    "gif": gif_bomb,
    "webp": lambda: enlarged(
        "webp",
        {"lossless": True},
        [(struct.pack("<I", 63 | 47 << 14)[:3], struct.pack("<I", 16382 | 16382 << 14)[:3])],
    ),
    "jpeg": lambda: enlarged(
        "jpeg", {}, [(struct.pack(">HH", 48, 64), struct.pack(">HH", 60000, 60000))]
    ),
    "jp2": lambda: enlarged(
        "jpeg2000", {}, [(struct.pack(">II", 48, 64), struct.pack(">II", 60000, 60000))]
    ),
    "bmp": lambda: enlarged(
        "bmp", {}, [(struct.pack("<ii", 64, 48), struct.pack("<ii", 60000, 60000))]
    ),
    "tga": lambda: enlarged(
        "tga", {}, [(struct.pack("<HH", 64, 48), struct.pack("<HH", 60000, 60000))]
    ),
    "qoi": lambda: b"qoif" + struct.pack(">II", 60000, 60000) + b"\3\0" + bytes(10_000_000),
    "ppm": lambda: b"P6 60000 60000 255\n" + bytes(10_000_000),
}


@pytest.mark.slow
def test_an_avif_bomb_is_refused_at_once(tmp_path):
    Image.new("L", (10240, 10240)).save(tmp_path / "a.avif", speed=10, quality=0)
    with (tmp_path / "a.avif").open("ab") as file:
        file.write(bytes(10_000_000))
    start = time.process_time()
    with pytest.raises(InputError, match="million pixels"):
        load_image(tmp_path / "a.avif")
    assert time.process_time() - start < 1


@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_of_any_format_is_refused_at_once(tmp_path, kind):
    path = tmp_path / f"bomb.{kind}"
    path.write_bytes(BOMBS[kind]())
    start = time.process_time()
    with pytest.raises(InputError, match=r"million pixels|not a readable picture"):
        load_image(path)
    assert time.process_time() - start < 1


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read on Linux")
@pytest.mark.parametrize(
    ("mode", "suffix", "turned"), [("RGB", "jpg", 6), ("CMYK", "jpg", 1), ("RGB", "png", 8)]
)
def test_48_megapixels_take_little_memory(tmp_path, mode, suffix, turned):
    exif = Image.Exif()
    exif[0x0112] = turned
    picture = Image.linear_gradient("L").resize((8000, 6000)).convert(mode)
    picture.save(tmp_path / f"a.{suffix}", exif=exif)
    del picture
    code = (
        "import re; from pathlib import Path\n"
        "from chatanything_core.landmarks import read_picture\n"
        f"read = read_picture({str(tmp_path / f'a.{suffix}')!r}, 1920)\n"
        "print(*read.size, *read.pixels.shape[:2])\n"
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    sizes, peak = done.stdout.splitlines()
    assert sizes == ("8000 6000 1440 1920" if turned == 1 else "6000 8000 1920 1440")
    assert int(peak) < 600_000
