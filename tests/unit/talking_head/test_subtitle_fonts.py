"""Burnt subtitles in any script: a font is found, or one line says which is missing."""

import io
import struct

import numpy as np
import pytest
from PIL import ImageFont

from chatanything.errors import InputError
from chatanything.video import animate, cues_of
from chatanything.video.subtitle_fonts.cmap import coverages
from chatanything.video.subtitle_fonts.fonts import font_folders, font_for
from chatanything.video.subtitles import Cue, captioned
from chatanything.voice import Speech, Timeline, Word
from tests.tools.tiny_font import tiny_font

CHINESE = "\u4f60\u597d\u5f88"
KLINGON = "\U00012000\U00012001"
"""Cuneiform, which no common font has."""


def test_latin_letters_take_pillows_own_font(tmp_path):
    font, text = font_for("Hello, world!", 20, (tmp_path,))
    assert font.getname()[0] == ImageFont.load_default(size=20).getname()[0]
    assert text == "Hello, world!"


@pytest.mark.parametrize("form", [4, 12])
@pytest.mark.parametrize("text", [CHINESE, "\u05e9\u05dc\u05d5\u05dd", "\u0928\u092e"])
def test_a_font_that_has_the_letters_is_found(tmp_path, form, text):
    tiny_font(tmp_path / "Aaa-Regular.ttf", "abc", form)
    (tmp_path / "Broken-Regular.ttf").write_bytes(b"\0\1\0\0" + b"\xff" * 300)
    (tmp_path / "deep").mkdir()
    tiny_font(tmp_path / "deep" / "Right-Bold.ttf", text + " ", form)
    font, kept = font_for(text, 20, (tmp_path, tmp_path / "none"))
    assert font.path.endswith("Right-Bold.ttf") and kept == text
    assert np.asarray(font.getmask(text[0])).max() == 255


def test_plain_faces_come_before_fancy_ones(tmp_path):
    for name in ("Aaa-BoldItalic", "Bbb-Mono", "Zzz-Regular"):
        tiny_font(tmp_path / f"{name}.ttf", CHINESE)
    assert font_for(CHINESE, 20, (tmp_path,))[0].path.endswith("Zzz-Regular.ttf")


def test_a_missing_script_is_named(tmp_path):
    tiny_font(tmp_path / "Aaa.ttf", CHINESE[:2])
    with pytest.raises(InputError, match=f"'{CHINESE[2]}'.*Chinese characters.*Noto.*`track`"):
        font_for(CHINESE, 20, (tmp_path,))


def test_symbols_that_no_font_has_are_left_out(tmp_path):
    assert font_for("Hello \U0001f600!", 20, (tmp_path,))[1] == "Hello !"


def test_a_font_with_the_marks_as_well_is_preferred(tmp_path):
    tiny_font(tmp_path / "Aaa-Regular.ttf", "Hi\u2042 ")
    font, text = font_for("Hi \u2042", 20, (tmp_path,))
    assert font.path.endswith("Aaa-Regular.ttf") and text == "Hi \u2042"


@pytest.mark.parametrize("form", [4, 12])
def test_coverage_is_what_the_font_draws(tmp_path, form):
    data = tiny_font(tmp_path / "a.ttf", "az\u4f60", form).read_bytes()
    (coverage,) = coverages(io.BytesIO(data))
    assert coverage.missing("az\u4f60by`{\u4f5f\u4f61") == "by`{\u4f5f\u4f61"


@pytest.mark.parametrize("folder", [f for f in font_folders() if f.is_dir()] or [None], ids=str)
def test_coverage_of_the_systems_fonts(folder):
    """A letter that the table says is there is drawn otherwise than one that is not."""
    if folder is None:
        pytest.skip("no fonts here")
    checked = 0
    for path in sorted(folder.rglob("*.ttf"))[:60]:
        with path.open("rb") as file:
            (coverage,) = coverages(file)
        font = ImageFont.truetype(str(path), 24, layout_engine=ImageFont.Layout.BASIC)
        none = bytes(font.getmask("\uffff"))
        for letter in "Ag\u0416\u05d0\u4f60\u0905":
            if not coverage.missing(letter):
                assert bytes(font.getmask(letter)) != none, (path, letter)
                checked += 1
            else:
                assert bytes(font.getmask(letter)) == none, (path, letter)
    assert checked or not list(folder.rglob("*.ttf"))


def test_fonts_of_a_collection_are_told_apart(tmp_path):
    parts = [tiny_font(tmp_path / f"{k}.bin", c).read_bytes() for k, c in enumerate("ab\u4f60")]
    head, places, body = 12 + 4 * len(parts), [], b""
    for part in parts:
        start = head + len(body)
        places.append(start)
        count = struct.unpack_from(">H", part, 4)[0]
        moved = bytearray(part)
        for k in range(count):
            at = 12 + 16 * k + 8
            struct.pack_into(">I", moved, at, struct.unpack_from(">I", part, at)[0] + start)
        body += moved
    whole = struct.pack(">4sII", b"ttcf", 0x10000, len(parts))
    whole += struct.pack(f">{len(parts)}I", *places) + body
    (tmp_path / "all.ttc").write_bytes(whole)
    font, _ = font_for("\u4f60", 20, (tmp_path,))
    assert font.path.endswith("all.ttc") and font.index == 2


@pytest.mark.parametrize("seed", range(30))
def test_damaged_fonts_have_nothing_or_something(tmp_path, seed):
    rng = np.random.default_rng(seed)
    data = bytearray(
        tiny_font(tmp_path / "a.ttf", "abc" + CHINESE, 4 + 8 * (seed % 2)).read_bytes()
    )
    for at in rng.integers(0, 300, 8):
        data[at] = rng.integers(0, 256)
    for coverage in coverages(io.BytesIO(data[: rng.integers(1, len(data))])):
        assert set(coverage.missing("abc")) <= set("abc")


def test_lines_without_spaces_are_broken(tmp_path):
    frames = [np.zeros((200, 120, 3), np.uint8)] * 2
    cue = Cue(0.0, 1.0, "W" * 60)
    shown = next(captioned(iter(frames), (cue,), 25))
    columns = np.flatnonzero(shown.max((0, 2)) > 200)
    assert columns[0] >= 2 and columns[-1] <= 117
    assert len(np.flatnonzero(shown.max((1, 2)) > 200)) > 40, "several lines"


def test_more_lines_than_there_is_room(tmp_path):
    frames = [np.zeros((64, 64, 3), np.uint8)]
    assert next(captioned(iter(frames), (Cue(0, 1, "word " * 60),), 25)).shape == (64, 64, 3)


def test_a_video_without_the_font_is_not_begun(portrait, tmp_path):
    words = (Word(KLINGON, 0.0, 0.4),)
    timeline = Timeline(0.5, words, text=KLINGON)
    speech = Speech(np.ones(8000, np.float32) / 9, 16000, timeline)
    with pytest.raises(InputError, match="Cuneiform"):
        animate(*portrait, speech, tmp_path / "a.mp4", subtitles="burnt")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["\u4f60\u597d\uff0c", "\u5f88", "\u9ad8"], "\u4f60\u597d\uff0c\u5f88\u9ad8"),
        (["\uc548\ub155", "\uc138\uacc4"], "\uc548\ub155 \uc138\uacc4"),
        (["Hello", "world"], "Hello world"),
        (["\u4f60\u597d", "Tom"], "\u4f60\u597d Tom"),
    ],
)
def test_words_are_put_together_as_their_script_does(words, line):
    timed = tuple(Word(word, k / 9, k / 9 + 0.1) for k, word in enumerate(words))
    assert [cue.text for cue in cues_of(Timeline(1.0, timed))] == [line]
