"""SVGs and pictures of anybody's making: what is read, what is left out, what is refused."""

import base64
import gzip
import io
import os
import subprocess
import sys
import time

import numpy as np
import pytest
from PIL import Image

from chatanything.diffusion.drawings import load_drawing, read_face_spot
from chatanything.diffusion.drawings.rasterise_svg import _WORKER, MEMORY, _package
from chatanything.diffusion.drawings.records import MAX_BYTES
from chatanything.diffusion.drawings.safe_svg import MAX_DEPTH, MAX_ELEMENTS, safe_svg
from chatanything.errors import ChatAnythingError, InputError
from tests.tools.drawings.small import HEAD, POT

pytest.importorskip("resvg_py", reason="pip install resvg-py to test SVG files")

SVG = 'xmlns="http://www.w3.org/2000/svg"'


def test_a_drawing_is_cut_to_what_is_seen():
    drawing = load_drawing(POT)
    h, w = drawing.pixels.shape[:2]
    assert 0.95 < w / h * 64 / 72 < 1.05
    assert drawing.box == pytest.approx((0.14, 0.26, 0.86, 0.90), abs=0.01)
    middle = drawing.pixels[h // 2, w // 2]
    assert tuple(middle) == (0xC2, 0x55, 0x3A, 255)
    assert drawing.notes == ()


def test_files_plain_gzipped_and_in_utf_16(tmp_path):
    plain, zipped, wide = (tmp_path / name for name in ("a.svg", "b.svgz", "c.svg"))
    plain.write_text(POT)
    zipped.write_bytes(gzip.compress(POT.encode()))
    wide.write_bytes(POT.encode("utf-16"))
    first, *others = (load_drawing(path).pixels for path in (plain, zipped, wide))
    for other in others:
        np.testing.assert_array_equal(first, other)


def test_what_does_not_draw_is_left_out_and_named():
    drawing = load_drawing(
        f"""<svg {SVG} xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10" onload="run()">
        <script>alert(1)</script><foreignObject><p>x</p></foreignObject>
        <image xlink:href="file:///etc/passwd" width="9" height="9"/>
        <style>@import url(http://example.org/a.css); rect {{ fill: #208020 }}</style>
        <text>Name</text><rect width="10" height="10" rx="3"/></svg>"""
    )
    told = " ".join(drawing.notes)
    for what in ("script", "foreignObject", "outside of the file", "text"):
        assert what in told
    h, w = drawing.pixels.shape[:2]
    assert tuple(drawing.pixels[h // 2, w // 2]) == (0x20, 0x80, 0x20, 255)


def test_nothing_of_the_outside_reaches_the_renderer():
    text = safe_svg(
        f"""<svg {SVG} xmlns:xlink="http://www.w3.org/1999/xlink">
        <use xlink:href="http://example.org/x.svg#a"/><use href="#b"/>
        <rect fill="url(https://example.org/p)" filter="url( '#f' )" style="fill:url(//x/y)"/>
        <image href="data:image/svg+xml;base64,AAAA"/></svg>""".encode(),
        "x",
    ).text
    assert "example.org" not in text and "//x" not in text and "svg+xml" not in text
    assert 'href="#b"' in text and "#f" in text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("<svg", "not an SVG"),
        ("<html/>", "begins with <html>"),
        (f"<svg {SVG}/>", "shows nothing"),
        (f'<!DOCTYPE svg [<!ENTITY a "b">]><svg {SVG}/>', "entity"),
        (f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg {SVG}>&a;</svg>', "entity"),
        (f'<svg {SVG} viewBox="0 0 1 x"/>', "viewBox"),
        (f'<svg {SVG} viewBox="0 0 1 1e9"/>', "too long and thin"),
        (f"<svg {SVG}>{'<g>' * (MAX_DEPTH + 1)}", "deeper"),
        (f"<svg {SVG}>{'<g/>' * (MAX_ELEMENTS + 1)}</svg>", "elements"),
        (f"<svg {SVG}>{' ' * MAX_BYTES}</svg>", "larger than"),
    ],
)
def test_what_cannot_be_read_is_named(text, word):
    with pytest.raises(InputError, match=word):
        load_drawing(text)


def test_a_plain_doctype_is_no_harm():
    public = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/svg11.dtd">'
    np.testing.assert_array_equal(load_drawing(public + POT).pixels, load_drawing(POT).pixels)


def uses(levels, each):
    """Groups that use the one before them `each` times; the last is drawn."""
    groups = "".join(
        f'<g id="l{n}">' + f'<use href="#l{n - 1}"/>' * each + "</g>" for n in range(1, levels)
    )
    first = '<rect id="l0" width="9" height="9"/>'
    return f'{HEAD}<defs>{first}{groups}</defs><use href="#l{levels - 1}"/></svg>'


@pytest.mark.parametrize(
    ("levels", "each", "word"),
    [(10, 10, "draws more than 100,000 elements"), (300, 1, "more than 100 elements use")],
)
def test_a_billion_shapes_in_a_few_lines_never_reach_the_renderer(levels, each, word):
    start = time.process_time()
    with pytest.raises(InputError, match=word):
        safe_svg(uses(levels, each).encode(), "bomb.svg")
    assert time.process_time() - start < 0.5


def test_what_is_used_often_or_uses_itself_is_no_harm():
    safe_svg(uses(4, 20).encode(), "dots.svg")
    itself = f'{HEAD}<g id="a"><use href="#a"/><use href="#b"/></g><rect id="b"/></svg>'
    assert "use" in safe_svg(itself.encode(), "loop.svg").text


def test_a_picture_of_many_pixels_in_few_bytes_is_refused():
    out = io.BytesIO()
    Image.new("1", (9000, 9000)).save(out, "PNG")
    data = base64.b64encode(out.getvalue()).decode()
    inside = f'{HEAD}<image href="data:image/png;base64,{data}" width="9" height="9"/></svg>'
    with pytest.raises(InputError, match="more than 16 million pixels"):
        safe_svg(inside.encode(), "bomb.svg")


def layers(attribute, count, inside):
    return f"<g {attribute}>" * count + inside + "</g>" * count


FLOODS = "".join(f'<feFlood flood-color="red" result="r{n}"/>' for n in range(126))
SQUARE = '<rect width="64" height="64"/>'


def test_a_filter_of_thousands_of_steps_never_reaches_the_renderer():
    steps = '<feFlood flood-color="red"/>' * 200
    with pytest.raises(InputError, match="more than 128 steps"):
        safe_svg(f'{HEAD}<filter id="f">{steps}</filter></svg>'.encode(), "bomb.svg")
    many = f'<filter id="f">{"<feFlood/>" * 100}</filter>' * 3
    assert "feFlood" in safe_svg(f"{HEAD}{many}</svg>".encode(), "filters.svg").text


PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)
sys.stderr.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss))
sys.exit(done.returncode)
"""
"""A program between the test and the worker: to Linux a child has had what its parent has."""


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="the memory of one child needs POSIX")
@pytest.mark.parametrize(
    "inside",
    [
        f'<filter id="f">{FLOODS}</filter>'
        + layers('opacity="0.9"', 1, f'<g filter="url(#f)">{SQUARE}</g>'),
        f'<mask id="m">{SQUARE}</mask>' + layers('mask="url(#m)"', 9, SQUARE),
        '<path d="M0 0' + "L9 9 1 7" * 50_000 + '"/>',
    ],
    ids=["filter in layers", "masks in masks", "long path"],
)
def test_memory_is_bounded_where_no_system_bounds_it(inside):
    """As on Windows: the process has no limit of its own."""
    text = safe_svg(f"{HEAD}{inside}</svg>".encode(), "heavy.svg").text
    memory = 1 << 20
    worker = [sys.executable, "-I", "-S", str(_WORKER), _package(), "768", "768", str(memory), "60"]
    done = subprocess.run(
        [sys.executable, "-c", PEAK, *worker], input=text.encode(), capture_output=True, check=True
    )
    assert int(done.stderr) >> 10 < MEMORY


def test_what_breaks_the_renderer_ends_as_a_message():
    """Patterns within patterns, which cost time and no memory."""
    head, lines = '<pattern id="p{0}" width="2" height="2" patternUnits="userSpaceOnUse">', ""
    for n in range(1, 14):
        lines += head.format(n) + f'<path fill="url(#p{n - 1})" d="M0 0h9v9z"/>' * 9 + "</pattern>"
    first = head.format(0) + '<path d="M0 0h1v1z"/></pattern>'
    bomb = f'{HEAD}<defs>{first}{lines}</defs><path fill="url(#p13)" d="M0 0h90v90z"/></svg>'
    start = time.monotonic()
    with pytest.raises(ChatAnythingError):
        load_drawing(bomb)
    assert time.monotonic() - start < 60


def test_a_gzip_bomb_is_not_unpacked(tmp_path):
    path = tmp_path / "bomb.svgz"
    path.write_bytes(gzip.compress(b" " * (64 << 20)))
    with pytest.raises(InputError, match="larger than"):
        load_drawing(path)


def ellipse(mode, back, fore, size=(200, 160)):
    h, w = size[1], size[0]
    y, x = np.mgrid[:h, :w]
    inside = ((x - 100) / 70) ** 2 + ((y - 80) / 60) ** 2 < 1
    pixels = np.empty((h, w, len(back)), np.uint8)
    pixels[:] = back
    pixels[inside] = fore
    return Image.fromarray(pixels, mode), inside


def test_a_transparent_picture(tmp_path):
    picture, inside = ellipse("RGBA", (0, 0, 0, 0), (200, 60, 40, 255))
    picture.save(tmp_path / "a.png")
    drawing = load_drawing(tmp_path / "a.png")
    assert (drawing.pixels[..., 3] > 0).sum() == inside.sum()
    assert drawing.notes == ()


def test_a_plain_background_is_cut_away(tmp_path):
    picture, inside = ellipse("RGB", (250, 250, 250), (200, 60, 40))
    picture.save(tmp_path / "a.png")
    drawing = load_drawing(tmp_path / "a.png")
    assert (drawing.pixels[..., 3] > 0).sum() == inside.sum()
    assert "plain background" in drawing.notes[0]


def test_a_photograph_is_refused_with_what_to_do(tmp_path):
    noise = np.random.default_rng(1).integers(0, 256, (90, 90, 3), np.uint8)
    Image.fromarray(noise).save(tmp_path / "a.png")
    with pytest.raises(InputError, match="--face paint"):
        load_drawing(tmp_path / "a.png")


def test_a_tile_is_a_thing():
    drawing = load_drawing(f'{HEAD}<rect width="100" height="100" fill="#2040c0"/></svg>')
    assert drawing.box == (0, 0, 1, 1)


@pytest.mark.parametrize("text", ["", "1,2", "a,b,c", "0.5,0.5,0", "2,0.5,0.3", "0.5,nan,0.3"])
def test_places_that_cannot_be_used(text):
    with pytest.raises(InputError):
        read_face_spot(text)


def test_no_such_file(tmp_path):
    with pytest.raises(InputError, match="Cannot read"):
        load_drawing(tmp_path / "none.svg")


def test_lengths_in_points_and_inches():
    first, *others = (
        load_drawing(POT.replace("viewBox", f'width="2{unit}" height="2{unit}" viewBox')).pixels
        for unit in ("", "pt", "in", "mm")
    )
    for other in others:
        assert np.abs(np.subtract(first.shape, other.shape)).max() <= 2
