"""Bodies and hats as SVG files: what is drawn is what is read, and what is not allowed is named."""

import re
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from chatanything.diffusion.sketch.bodies import BODIES, HATS
from chatanything.diffusion.sketch.bodies.choose_body import (
    _data,
    bodies_by_noun,
    claims_of,
)
from chatanything.diffusion.sketch.bodies.load import (
    Drawings,
    load_body,
    load_hat,
    nouns_of,
)
from chatanything.diffusion.sketch.bodies.svg import MAX_BYTES, MAX_ELEMENTS
from chatanything.diffusion.sketch.face.face_kinds import FACE_KINDS
from chatanything.diffusion.sketch.palette import palette
from chatanything.diffusion.sketch.surface.canvas import linear
from chatanything.diffusion.sketch.surface.outlines import blob, ellipse, rounded, stroke
from chatanything.errors import InputError
from chatanything.persona import KINDS

HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-600 -600 1200 1200" data-kind="office" '
    'data-nouns="slab, pane of glass" data-stand="table" data-backdrop="room" '
    'data-material="wood" data-colours="#aa8844 #bb9955" data-accent="#102030">'
)
FACE = (
    '<path data-role="face" data-tint="base" data-depth="300" d="M-300,-300 L300,-300 L0,300 Z"/>'
)
GUIDES = (
    '<circle data-role="pupil" cx="-120" cy="-60" r="30"/>'
    '<circle data-role="pupil" cx="120" cy="-60" r="30"/>'
    '<line data-role="brim" x1="-330" y1="-360" x2="330" y2="-360"/>'
)


@pytest.fixture
def draw(tmp_path):
    """Write a body of a head, what is inside, and a name; its path."""

    def write(inside=FACE + GUIDES, head=HEAD, name="thin-slab"):
        path = tmp_path / f"{name}.svg"
        path.write_text(f"{head}\n{inside}\n</svg>\n", encoding="utf-8")
        return path

    return write


def only(path):
    """The outline of the face."""
    (part,) = load_body(path).parts
    return part.outlines[0]


def shaped(**attributes):
    pairs = (f'{key.replace("_", "-")}="{value}"' for key, value in attributes.items())
    return f'<path data-role="face" fill="#112233" data-depth="300" {" ".join(pairs)}/>{GUIDES}'


def test_a_body_is_what_its_file_says(draw):
    body = load_body(draw())
    assert (body.name, body.kind, body.stand, body.backdrop) == (
        *("thin slab", "office", "table", "room"),
    )
    assert (body.material, body.colours, body.accent) == ("wood", ("aa8844", "bb9955"), "102030")
    assert body.face == (0.0, -0.1, 0.4) and (body.brim, body.head) == (-0.6, 1.1)
    assert not body.rigid
    (face,) = body.parts
    assert (face.role, face.tint, face.depth, face.material, face.shadow) == (
        *("face", "base", 0.5, "", 0.45),
    )
    assert face.outlines[0].tolist() == [[-0.5, -0.5], [0.5, -0.5], [0, 0.5]]


def test_a_group_is_one_part_with_marks(draw):
    group = (
        '<g data-role="face" fill="#112233" data-depth="60" data-material="metal" '
        'data-shadow="0.1"><circle id="eye" cx="60" cy="0" r="30"/>'
        '<use href="#eye" transform="scale(-1 1)"/>'
        '<path fill="none" stroke="#112233" stroke-width="12" d="M0,0 L60,0"/>'
        '<use data-role="mark" data-tint="accent" opacity="0.5" data-soft="6" data-rise="-12" '
        'href="#eye" transform="scale(-1 1)"/></g>'
    )
    (part,) = load_body(draw(group + GUIDES)).parts
    assert (part.tint, part.material, part.shadow) == ("112233", "metal", 0.1)
    right, left, line = part.outlines
    assert np.array_equal(left, right[::-1] * (-1, 1))
    assert np.array_equal(line, stroke([(0, 0), (0.1, 0)], 0.02))
    (mark,) = part.marks
    assert (mark.tint, mark.amount, mark.soft, mark.rise) == ("accent", 0.5, 0.01, -0.02)
    assert np.array_equal(mark.outline, left)


def test_smooth_outlines_are_splines_to_the_last_bit(draw):
    points = [(-0.5, -0.41), (0.52, -0.5), (0.33, 0.37), (-0.44, 0.29)]
    p = np.rint(np.array(points) * 600)
    way = (np.roll(p, -1, 0) - np.roll(p, 1, 0)) / 6
    d = "M{:g},{:g}".format(*p[0])
    for i in range(4):
        j = (i + 1) % 4
        d += " C{:g},{:g} {:g},{:g} {:g},{:g}".format(*p[i] + way[i], *p[j] - way[j], *p[j])
    assert np.array_equal(only(draw(shaped(d=d + " Z"))), blob(points))


def test_rounded_corners_and_turned_ellipses(draw):
    d = "M-288,-300 L288,-300 Q300,-300 300,-288 L300,0 L-300,0 L-300,-288 Q-300,-300 -288,-300 Z"
    corners = [(0.5, -0.5), (0.5, 0.5), (-0.5, 0.5), (-0.5, -0.5)]
    wanted = rounded(corners, 0.02)
    assert only(draw(shaped(d=d)))[1:10] == pytest.approx(wanted[:9], abs=1e-12)
    oval = (
        '<ellipse data-role="face" fill="#112233" data-depth="9" cx="60" cy="-6" rx="90" ry="30" '
    )
    turned = only(draw(oval + 'transform="rotate(30 60 -6)"/>' + GUIDES))
    assert np.array_equal(turned, ellipse(0.1, -0.01, 0.15, 0.05, 30))


def test_commands_may_be_repeated_and_written_tightly(draw):
    loose = only(draw(shaped(d="M0,0 L60,-60 L120,0 L60,60 Z")))
    assert np.array_equal(only(draw(shaped(d="M0 0L60-60 120 0 60 60Z"))), loose)


def test_a_hat_needs_no_face(tmp_path):
    path = tmp_path / "flat-cap.svg"
    head = '<svg viewBox="-600 -600 1200 1200" data-open="true">'
    path.write_text(head + '<circle fill="#112233" data-depth="60" cx="0" cy="0" r="60"/></svg>')
    hat = load_hat(path)
    assert (hat.name, hat.open) == ("flat cap", True)
    (part,) = hat.parts
    assert (part.role, part.depth, part.shadow) == ("front", 0.1, 0.3)


WRONG_HEADS = [
    ("data-kind", "gadget", "data-kind='gadget' is unknown. Choose one of: human, animal"),
    ("data-stand", "wall", "Choose one of: table, bust, float"),
    ("data-backdrop", "moon", "data-backdrop='moon' is unknown"),
    ("data-material", "cheese", "data-material='cheese' is unknown. Choose one of: .*wood"),
    ("data-colours", "#aa8844 red", "data-colours='red' must be a colour such as #d98f4a"),
    ("data-colours", "", "data-colours is empty"),
    ("data-accent", "#12345", "data-accent='#12345' must be a colour"),
    ("viewBox", "0 0 24 24", "viewBox='0 0 24 24' is unknown. Choose one of: -600 -600 1200 1200"),
    ("data-rigid", "yes", "Choose one of: true, false"),
    ("data-colour", "#aa8844", "unknown attribute 'data-colour'. Allowed: data-accent, "),
    ("data-accent", None, "the attribute 'data-accent' is missing"),
]


@pytest.mark.parametrize(("key", "value", "message"), WRONG_HEADS)
def test_a_wrong_head_is_named(draw, key, value, message):
    head = re.sub(rf' {key}="[^"]*"', "", HEAD)
    if value is not None:
        head = head.replace("<svg", f'<svg {key}="{value}"')
    with pytest.raises(InputError, match=f"thin-slab.svg, line 1, <svg>: .*{message}"):
        load_body(draw(head=head))


WRONG_PARTS = [
    ({"d": "M0,0 L9,9 L9,0"}, "commands 'MLL'. Allowed are, all absolute: .*Z at the end"),
    ({"d": "m0,0 l9,9 l9,0 z"}, "commands 'mllz'"),
    ({"d": "M0,0 A9,9 0 0 1 9,0 Z"}, "commands 'MAZ'"),
    ({"d": "M0,0 L9,9 Z M1,1 L2,2 Z"}, "commands 'MLZMLZ'"),
    ({"d": "0,0"}, "commands ''"),
    ({"d": "M0,0 L9,9,9 Z"}, "L in d takes 2 numbers, not 3"),
    ({"d": "M0,0 C1,1 2,2 Z"}, "C in d takes 6 numbers, not 4"),
    ({"d": "M0,0 L1e9,0 Z"}, "commands 'MLeZ'"),
    ({"d": "M0,0 L&#8734;,0 Z"}, "something that is not a number"),
    ({"d": "M0,0 L1201,0 Z"}, "beyond 1200"),
    ({"d": "M0,0 L9,9 Z", "role": "face"}, "unknown attribute .role."),
    ({"d": "M0,0 L9,9 Z", "data_material": "cheese"}, "data-material='cheese' is unknown"),
    ({"d": "M0,0 L9,9 Z", "data_tint": "pink"}, "Choose one of: base, dark, light, accent, hair"),
    ({"d": "M0,0 L9,9 Z", "data_shadow": "2"}, "data-shadow='2' must be a number from 0 to 1"),
    ({"d": "M0,0 L9,9 Z", "style": "x"}, "unknown attribute 'style'. Allowed: d, data-depth"),
    ({"d": "M0,0 L9,9", "stroke_width": "0"}, "stroke-width='0' must be a number from 1 to 600"),
    ({"d": "M0,0 L9,9 Z", "stroke_width": "9"}, "no Z, because it has a stroke-width"),
    ({"d": "M0,0 L9,9", "stroke_width": "9"}, "'stroke' is missing"),
    ({}, "'d' is missing"),
]


@pytest.mark.parametrize(("attributes", "message"), WRONG_PARTS)
def test_a_wrong_part_is_named(draw, attributes, message):
    with pytest.raises(InputError, match=message) as caught:
        load_body(draw(shaped(**attributes)))
    assert "line 2" in str(caught.value) and "thin-slab.svg" in str(caught.value)


CIRCLE = '<circle id="a" cx="0" cy="0" r="9"/>'
WRONG_INSIDES = [
    (GUIDES, "<svg>: one part must have data-role='face', not 0"),
    (FACE + FACE + GUIDES, "data-role='face', not 2"),
    (FACE + GUIDES.split("/>", 1)[1], "2 <circle> must have data-role='pupil', not 1"),
    (FACE + GUIDES.replace('cy="-60" r', 'cy="-61" r', 1), "Give both the same cy"),
    (FACE + GUIDES.replace('x2="330"', 'x2="320"'), "the brim must be level"),
    (FACE + GUIDES.replace('y2="-360"', 'y2="-300"'), "the brim must be level"),
    (FACE + GUIDES.split("<line")[0], "1 <line> must have data-role='brim', not 0"),
    (FACE + GUIDES + "<rect/>", "<rect>: unknown element. Choose one of: g, path, circle"),
    (FACE + GUIDES + "<script>x</script>", "<script>: unknown element"),
    (FACE + GUIDES + "<image href='http://example.org'/>", "<image>: unknown element"),
    (FACE + GUIDES + '<g fill="#112233" data-depth="9"/>', "<g>: a part needs a shape"),
    (
        f'{FACE}{GUIDES}<g fill="#112233" data-depth="9">{CIRCLE}{CIRCLE}</g>',
        "id='a' is taken",
    ),
    (
        f'{FACE}{GUIDES}<g fill="#112233" data-depth="9"><circle fill="#112233" cx="0" cy="0" '
        'r="9"/></g>',
        "neither fill nor stroke, because a part has one colour",
    ),
    (
        f'{FACE}{GUIDES}<g fill="#112233" data-depth="9"><path fill="none" stroke="#000000" '
        'stroke-width="9" d="M0,0 L9,9"/></g>',
        "as stroke the fill of its <g>",
    ),
    (
        f'{FACE}{GUIDES}<g fill="#112233" data-depth="9">{CIRCLE}<g>{CIRCLE}</g></g>',
        "<g>: unknown element",
    ),
    (
        f'{FACE}{GUIDES}<use href="#b" transform="scale(-1 1)" fill="#112233" data-depth="9"/>',
        "href='#b' is not a shape before it. Choose one of: none",
    ),
    (
        f'{FACE}{GUIDES}<g fill="#112233" data-depth="9">{CIRCLE}'
        '<use href="#a" transform="scale(2)"/></g>',
        r"Choose one of: scale\(-1 1\)",
    ),
    (
        f'{FACE}{GUIDES}<ellipse cx="9" cy="9" rx="9" ry="3" transform="rotate(9)" '
        'fill="#112233" data-depth="9"/>',
        r"about its middle: 'rotate\(30 9 9\)'",
    ),
    (
        f'{FACE}{GUIDES}<path fill="#112233" data-depth="9" d="M0,0 L9,9 Z"><title/></path>',
        "a shape has nothing inside",
    ),
]


@pytest.mark.parametrize(("inside", "message"), WRONG_INSIDES)
def test_a_wrong_inside_is_named(draw, inside, message):
    with pytest.raises(InputError, match=message):
        load_body(draw(inside))


BOMB = (
    '<!DOCTYPE svg [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
    + "]>"
)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (f"{BOMB}{HEAD}<g>&j;</g></svg>".encode(), "has a DOCTYPE, which is not allowed"),
        (
            b'<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg>&x;</svg>',
            "has a DOCTYPE",
        ),
        (f"{BOMB}<svg/>".encode("utf-16"), "not UTF-8 text"),
        (b'<?xml version="1.0" encoding="utf-7"?><svg>+ADw-</svg>', "is missing|unknown"),
        (b"<svg>" + b" " * MAX_BYTES + b"</svg>", "larger than 64 KiB"),
        (b"<svg>" + b"<g/>" * MAX_ELEMENTS + b"</svg>", f"more than {MAX_ELEMENTS} elements"),
        (b"<svg><g></svg>", "is not XML: mismatched tag: line 1"),
        (b"", "is not XML: no element found"),
        (b"<html/>", "the root must be <svg>"),
        (b"<svg>&unknown;</svg>", "undefined entity"),
    ],
)
def test_what_is_no_small_plain_drawing_is_refused(tmp_path, data, message):
    path = tmp_path / "bad.svg"
    path.write_bytes(data)
    with pytest.raises(InputError, match=message):
        load_body(path)


def test_too_many_points_are_refused(draw):
    d = "M0,0 L" + "1,1 " * 2000 + "Z"
    with pytest.raises(InputError, match="more than 2000 points"):
        load_body(draw(shaped(d=d)))


@pytest.mark.parametrize("d", ["M0,0 L" + "1" * 60000 + "! Z", "M" + "L" * 60000, "-" * 60000])
def test_a_long_mistake_has_a_short_message_at_once(draw, d):
    path = draw(shaped(d=d))
    began = time.process_time()
    with pytest.raises(InputError) as caught:
        load_body(path)
    assert len(str(caught.value)) < 250 and time.process_time() - began < 1


def test_a_missing_file_is_an_input_error(tmp_path):
    with pytest.raises(InputError, match=r"Cannot read .*none\.svg"):
        load_body(tmp_path / "none.svg")


def test_nouns_are_read_without_the_rest(draw):
    assert nouns_of(draw(" " * 2000 + "<broken")) == (
        ("thin slab", "slab", "pane of glass"),
        (),
    )


def test_a_noun_claimed_twice_is_an_error(draw, tmp_path):
    draw()
    drawings = Drawings(tmp_path, load_body)
    assert bodies_by_noun(claims_of(drawings), {})["pane of glass"] == ("thin slab",)
    with pytest.raises(InputError, match=r"'slab' is claimed by 'thin slab' and by 'a\|b'"):
        bodies_by_noun(claims_of(drawings), {"a|b": "plank, slab"})
    draw(name="slab", head=HEAD.replace("slab, ", ""))
    with pytest.raises(InputError, match="'slab' is claimed by 'slab' and by 'thin slab'"):
        bodies_by_noun(claims_of(Drawings(tmp_path, load_body)), {})


def test_a_drawing_says_what_it_only_stands_for(draw):
    head = HEAD.replace("data-kind", 'data-stands-for="plank, board" data-kind', 1)
    assert nouns_of(draw(head=head)) == (
        ("thin slab", "slab", "pane of glass"),
        ("plank", "board"),
    )


def test_a_drawing_may_say_what_its_face_is_like(draw):
    assert load_body(draw()).face_kind is FACE_KINDS["thing"]
    metal = load_body(draw(head=HEAD.replace('"wood"', '"metal"')))
    assert metal.face_kind is FACE_KINDS["smooth"]
    own = HEAD.replace("data-kind", 'data-face="bird" data-nose="#eda53a" data-kind', 1)
    bird = load_body(draw(head=own))
    assert bird.face_kind is FACE_KINDS["bird"] and bird.nose == "eda53a"
    with pytest.raises(InputError, match="Choose one of"):
        load_body(draw(head=HEAD.replace("data-kind", 'data-face="bot" data-kind', 1)))


def test_choices_and_kinds_name_bodies_that_are_there():
    rows = [*_data()["choices"], *_data()["kinds"].values()]
    assert {name for row in rows for name in row.split("|")} <= set(BODIES)
    assert set(KINDS) - {"human"} <= set(_data()["kinds"])


@pytest.mark.parametrize("name", BODIES)
def test_a_browser_shows_the_colours_of_the_body(name):
    body = BODIES[name]
    base = linear(body.colours[0])
    tints = palette(base, linear(body.accent), linear("7a4a26"), base, base)
    text = BODIES.files[name].read_text("utf-8")
    for tint, key, shown in re.findall(
        r'data-tint="(\w+)"[^>]*? (fill|stroke)="#([0-9a-f]{6})"', text
    ):
        wanted = np.sqrt(np.clip(tints.tint(tint), 0, 1)) * 255
        seen = [int(shown[i : i + 2], 16) for i in (0, 2, 4)]
        assert seen == pytest.approx(wanted, abs=1), (
            tint,
            key,
            bytes(wanted.round().astype(int).tolist()).hex(),
        )


def test_hats_and_bodies_are_drawn_one_element_a_line():
    for path in (*BODIES.files.values(), *HATS.files.values()):
        for line in path.read_text("utf-8").splitlines()[1:]:
            assert len(re.findall(r"<\w", line)) <= 1, path.name


def test_importing_reads_no_drawing_and_a_portrait_only_its_own():
    code = (
        "import sys; opened = []; sys.path[:0] = ['tests', '.'];"
        "sys.addaudithook(lambda e, a: e == 'open' and str(a[0]).endswith('.svg')"
        " and opened.append(str(a[0])));"
        "import conftest;"
        "from chatanything.diffusion.sketch.bodies import BODIES, known_nouns;"
        "assert not opened, opened; BODIES['cat']; assert len(opened) == 1;"
        "known_nouns(); assert len(opened) == 1 + len(BODIES); known_nouns(); BODIES['cat'];"
        "assert len(opened) == 1 + len(BODIES)"
    )
    root = Path(__file__).resolve().parents[3]
    subprocess.run([sys.executable, "-c", code], cwd=root, check=True)
