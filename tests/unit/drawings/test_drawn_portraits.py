"""A drawing as the body of a portrait: where its face goes, and how it looks."""

from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw

from chatanything.diffusion import Expert, Mixture, PaintJob
from chatanything.diffusion.drawings import Credit, Drawing, FaceSpot, load_drawing
from chatanything.diffusion.sketch.drawn.page import back_gaps, fit_page, outline_of_page
from chatanything.diffusion.sketch.painter import STYLES, SketchPainter
from chatanything.landmarks import make_guide
from chatanything.persona import write_persona
from chatanything.progress import no_progress


def drawn(draw, size=(400, 400)):
    """A drawing of what `draw` puts on a transparent page."""
    picture = Image.new("RGBA", size)
    draw(ImageDraw.Draw(picture))
    return load_drawing(np.asarray(picture))


def pot(pen):
    pen.polygon([(60, 120), (340, 120), (300, 380), (100, 380)], fill=(190, 80, 60))
    pen.rectangle((40, 80, 360, 125), fill=(120, 50, 40))


def cat(pen):
    pen.ellipse((30, 60, 370, 390), fill=(240, 176, 64))
    for x in (140, 260):
        pen.ellipse((x - 20, 190, x + 20, 230), fill=(20, 20, 20))


def comb(pen):
    pen.rectangle((20, 60, 380, 90), fill=(50, 50, 130))
    for x in range(20, 380, 34):
        pen.rectangle((x, 90, x + 12, 350), fill=(50, 50, 130))


def crab(pen, light=(255, 255, 255)):
    """Low, and looks to one side; its middle is at (230, 205)."""
    pen.ellipse((20, 120, 380, 270), fill=(230, 60, 40))
    for x, y in ((195, 200), (265, 206)):
        pen.ellipse((x - 17, y - 22, x + 17, y + 22), fill=(10, 10, 10))
        pen.ellipse((x - 8, y - 16, x + 4, y - 4), fill=light)


def cart(pen):
    pen.rectangle((20, 120, 380, 240), fill=(230, 60, 40))
    for x in (130, 270):
        pen.ellipse((x - 30, 210, x + 30, 270), fill=(10, 10, 10))
        pen.ellipse((x - 12, 228, x + 12, 252), fill=(250, 250, 250))


def yawn(pen):
    """A face that sleeps: its eyes are arcs, its mouth is a dark hole."""
    pen.ellipse((20, 20, 380, 380), fill=(250, 180, 40))
    for x in (90, 230):
        pen.arc((x, 100, x + 80, 160), 180, 360, fill=(60, 30, 10), width=8)
    pen.ellipse((120, 170, 280, 330), fill=(70, 20, 20))


def paint(drawing, style="soft 3D", concept="pot", seed=3, **more):
    expert = Expert(style, "a style of the sketch painter", "sketch", style)
    job = PaintJob(
        write_persona(concept, seed=seed), Mixture(((expert, 1.0),), ""), seed=seed, drawing=drawing
    )
    return SketchPainter().paint(replace(job, **more), no_progress)


def eyes(portrait):
    """Middle of the eyes and their distance, in pixels."""
    points = portrait.face.points * portrait.face.size
    left, right = points[36:42].mean(0), points[42:48].mean(0)
    return (left + right) / 2, float(np.hypot(*(right - left)))


@pytest.mark.parametrize("style", STYLES)
def test_every_style_shows_the_drawing_in_its_own_colours(style):
    portrait = paint(drawn(pot), style)
    rim, leg = portrait.image[75, 256].astype(int), portrait.image[430, 210].astype(int)
    for colour in (rim, leg):
        assert colour[0] > 1.25 * colour[2], "terracotta"
    assert portrait.face.origin == "known"
    assert portrait.face.score > 0.8
    assert portrait.recipe["drawing"] == {"name": "the picture"}


def test_the_same_drawing_gives_the_same_bytes():
    first, second = (paint(drawn(pot)).image for _ in range(2))
    np.testing.assert_array_equal(first, second)


def test_a_plain_surface_wears_the_face_on_its_axis():
    (x, y), apart = eyes(paint(drawn(pot)))
    assert abs(x - 256) < 12
    assert 150 < y < 330
    assert apart > 70


def test_eyes_that_are_there_are_where_ours_go():
    (x, y), apart = eyes(paint(drawn(cat)))
    # 340 of the drawing's pixels are 0.86 of 512; it lies a little below the middle.
    scale = 0.86 * 512 / 340
    assert abs(x - 256) < 8
    assert 0.24 * 512 < apart < 0.28 * 512, "as far apart as a face may have them"
    assert abs(y - (256 + 0.02 * 512 + (210 - 225) * scale)) < 25


def test_eyes_on_which_light_falls_are_hidden_by_a_face_that_lies_over_them():
    portrait = paint(drawn(crab))
    middle, apart = eyes(portrait)
    # The drawing is 360 wide and takes .86 of 512 pixels; its middle is (200, 195).
    scale = 0.86 * 512 / 360
    assert abs(middle[0] - (256 + 30 * scale)) < 6
    assert 1.05 * apart > (35 + 17) * scale


def test_spots_and_wheels_are_no_eyes():
    middle, _ = eyes(paint(drawn(cart)))
    assert abs(middle[0] - 256) < 8
    assert middle[1] < 340  # the wheels lie at 400
    spots, _ = eyes(paint(drawn(lambda pen: crab(pen, (10, 10, 10)))))
    assert abs(spots[0] - 256) < 20


def test_a_face_over_a_dark_mouth_has_the_colour_around_it():
    portrait = paint(drawn(yawn))
    middle, apart = eyes(portrait)
    cheek = middle + np.array((-0.5, 0.7)) * apart
    red, _, blue = portrait.image[int(cheek[1]), int(cheek[0])].astype(int)
    assert red - blue > 60


def test_an_animal_from_the_side_wears_its_face_on_its_head():
    def dog(pen):
        pen.rounded_rectangle((40, 180, 330, 300), 50, fill=(150, 100, 60))
        pen.ellipse((270, 80, 390, 200), fill=(150, 100, 60))
        pen.ellipse((330, 115, 346, 131), fill=(10, 10, 10))

    middle, _ = eyes(paint(drawn(dog), concept="dog"))
    assert middle[0] > 340


def test_dots_at_the_edge_are_no_eyes():
    def dotted(pen):
        pen.ellipse((30, 60, 370, 390), fill=(240, 176, 64))
        for x in (140, 260):
            pen.ellipse((x - 20, 320, x + 20, 360), fill=(20, 20, 20))

    (_, y), apart = eyes(paint(drawn(dotted)))
    assert y + 1.5 * apart < 480, "the chin is on the drawing"


def test_a_thing_of_bars_gets_a_face_that_lies_over_it():
    portrait = paint(drawn(comb))
    (x, y), apart = eyes(portrait)
    cheek = portrait.image[int(y + 0.55 * apart), int(x - 0.62 * apart)].astype(int)
    gap = portrait.image[300, 60].astype(int)
    assert np.abs(cheek - gap).sum() > 60, "the face has a ground of its own"
    assert 0.13 * 512 < apart < 0.18 * 512


def test_a_bus_from_the_side_has_a_face_that_is_seen():
    def bus(pen):
        pen.rounded_rectangle((10, 120, 390, 290), 30, fill=(240, 180, 40))
        for x in (40, 130, 220, 310):
            pen.rectangle((x, 140, x + 60, 205), fill=(60, 190, 230))
        for x in (90, 310):
            pen.ellipse((x - 34, 256, x + 34, 324), fill=(40, 36, 60))

    _, apart = eyes(paint(drawn(bus)))
    assert apart > 62


@pytest.mark.parametrize("spot", [FaceSpot(0.5, 0.4, 0.4), FaceSpot(0.3, 0.62, 0.25)])
def test_the_user_says_where(spot):
    drawing = replace(drawn(pot), face=spot)
    portrait = paint(drawing)
    (x, y), apart = eyes(portrait)
    left, top, right, bottom = drawing.box
    scale = 0.86 * 512 / (400 * (right - left))
    middle = (256 + (spot.x * 400 - 200) * scale, y + 0.32 * apart)
    assert abs(x - middle[0]) < 6
    assert abs(apart * 2.1 - spot.width * 400 * scale) < 12
    del top, bottom


def test_a_colour_word_recolours_and_a_job_puts_a_hat_on():
    plain = paint(drawn(pot), concept="pot").image[430, 210].astype(int)
    green = paint(drawn(pot), concept="green pot").image[430, 210].astype(int)
    assert plain[0] > plain[1]
    assert green[1] > green[0]
    assert paint(drawn(pot), concept="pot pirate").recipe["worn"]


def test_a_guide_moves_the_whole_drawing():
    guide = make_guide(library="average, tilted", size=(512, 512))
    portrait = paint(drawn(pot), guide=guide)
    points = guide.points * 512
    wanted = (points[36:42].mean(0) + points[42:48].mean(0)) / 2
    (x, y), _ = eyes(portrait)
    assert np.hypot(x - wanted[0], y - wanted[1]) < 8


def test_a_large_portrait_is_as_large_as_asked():
    portrait = paint(drawn(pot), width=1024, height=768)
    assert portrait.image.shape == (768, 1024, 3)
    assert portrait.face.score > 0.8


def test_credits_and_notes_are_in_the_record():
    credit = Credit("pot", "Small Icons", "A. Maker", "CC-BY-3.0", "https://example.org")
    drawing = replace(drawn(pot), credit=credit, notes=("left out of pot: a script",))
    portrait = paint(drawing)
    assert portrait.recipe["drawing"]["licence"] == "CC-BY-3.0"
    assert "A. Maker" in portrait.recipe["drawing"]["credit"]
    assert portrait.notes == ("left out of pot: a script", credit.line)


def test_gaps_of_a_silhouette_are_backed_and_holes_stay():
    def bars(pen):
        for y in range(20, 380, 40):
            pen.rectangle((40, y, 360, y + 34), fill=(200, 200, 200))

    def ring(pen):
        pen.ellipse((20, 20, 380, 380), fill=(200, 200, 200))
        pen.ellipse((60, 60, 340, 340), fill=(0, 0, 0, 0))

    def middle(draw):
        page = fit_page(drawn(draw).pixels, 256)
        backed = back_gaps(page)
        return page, backed

    page, backed = middle(bars)
    assert backed.alpha.sum() > 1.05 * page.alpha.sum()
    gap = (page.alpha < 0.05) & (backed.alpha > 0.95)
    assert backed.rgb[gap].mean() < 0.7 * backed.rgb[page.alpha > 0.99].mean()
    page, backed = middle(ring)
    assert abs(backed.alpha.sum() / page.alpha.sum() - 1) < 0.03


def test_the_outline_goes_round_what_is_seen():
    page = fit_page(drawn(pot).pixels, 256)
    outline = outline_of_page(page)
    left, top, right, bottom = (2 * edge / 256 - 1 for edge in page.extent)
    assert outline[:, 0].min() == pytest.approx(left, abs=0.05)
    assert outline[:, 1].max() == pytest.approx(bottom, abs=0.05)
    assert outline[:, 0].max() == pytest.approx(right, abs=0.05)
    assert outline[:, 1].min() == pytest.approx(top, abs=0.05)


def test_a_body_of_ours_has_no_drawing_in_its_record():
    assert "drawing" not in paint(None, concept="teapot").recipe
    assert isinstance(drawn(pot), Drawing)
