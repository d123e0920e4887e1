"""A font that has the letters of a text: Pillow's own, else one of the system's."""

import io
import os
import sys
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NoReturn

from PIL import ImageFont, features

from ...errors import InputError
from .cmap import Coverage, coverages

SUFFIXES = {".ttf", ".otf", ".ttc", ".otc"}
PLAIN = {"regular": -2, "sans": -1, "noto": -1}
FANCY = (
    *("bold", "italic", "oblique", "mono", "condensed", "narrow", "light", "thin", "black"),
    *("serif", "math", "symbol", "emoji", "heavy", "medium"),
)
"""Words in a file's name that speak for and against it; the plain face of a family comes first."""
SHAPED = (
    *("ARABIC", "HEBREW", "SYRIAC", "THAANA", "NKO", "DEVANAGARI", "BENGALI", "GURMUKHI"),
    *("GUJARATI", "ORIYA", "TAMIL", "TELUGU", "KANNADA", "MALAYALAM", "SINHALA", "KHMER"),
    *("MYANMAR", "TIBETAN", "MONGOLIAN"),
)
"""Scripts whose letters join, move or run from right to left, which takes libraqm."""
NAMES = {"CJK": "Chinese characters", "HANGUL": "Korean", "NKO": "N'Ko"}
Font = ImageFont.FreeTypeFont


def font_for(text: str, size: int, folders: tuple[Path, ...] | None = None) -> tuple[Font, str]:
    """A font of `size` pixels that has every letter of `text`, and the text without the symbols
    that the font lacks. `folders` are searched; None takes the system's.

    Raises:
        InputError: no font has the letters, or Pillow cannot join them.
    """
    letters = frozenset(c for c in text if unicodedata.category(c)[0] in "LMN")
    _check_shaping(letters)
    font = _own_font(size)
    coverage = coverages(io.BytesIO(font.font_bytes))[0]
    marks = frozenset(c for c in text if unicodedata.category(c)[0] in "PS")
    if coverage.missing(letters | marks):
        places = font_folders() if folders is None else folders
        found = _first_with(letters | marks, places)
        if found is None and coverage.missing(letters):
            found = _first_with(letters, places) or _refused(letters, places)
        if found:
            font = ImageFont.truetype(str(found[0]), size, found[1])
            coverage = _coverages(found[0])[found[1]]
    lost = coverage.missing(c for c in text if not c.isspace())
    return font, text.translate(dict.fromkeys(map(ord, lost)))


def font_folders() -> tuple[Path, ...]:
    """Where Linux, macOS and Windows keep their fonts."""
    home = Path.home()
    if sys.platform == "win32":
        local = os.environ.get("LOCALAPPDATA", home / "AppData" / "Local")
        windows = Path(os.environ.get("WINDIR", "C:/Windows"))
        return (windows / "Fonts", Path(local) / "Microsoft" / "Windows" / "Fonts")
    if sys.platform == "darwin":
        return (Path("/System/Library/Fonts"), Path("/Library/Fonts"), home / "Library" / "Fonts")
    data = os.environ.get("XDG_DATA_DIRS") or "/usr/local/share:/usr/share"
    shared = (Path(part) / "fonts" for part in data.split(":"))
    return (*shared, home / ".local" / "share" / "fonts", home / ".fonts")


def _own_font(size: int) -> Font:
    font = ImageFont.load_default(size=size)
    assert isinstance(font, Font), "with a size it is scalable"
    return font


@lru_cache(maxsize=64)
def _first_with(characters: frozenset[str], folders: tuple[Path, ...]) -> tuple[Path, int] | None:
    """The first font with all of `characters`, and its number in the file."""
    for path in _files(folders):
        for index, coverage in enumerate(_coverages(path)):
            if not coverage.missing(characters):
                return path, index
    return None


def _refused(letters: frozenset[str], folders: tuple[Path, ...]) -> NoReturn:
    """Raise InputError that names what the nearest font lacks."""
    fonts = (coverage for path in _files(folders) for coverage in _coverages(path))
    lacks = ["".join(letters), *(coverage.missing(letters) for coverage in fonts)]
    some = "".join(sorted(sorted(lacks, key=len)[0]))[:8]
    raise InputError(
        f"No font on this computer has the letters {some!r} ({script_of(some[0])}). Install one, "
        "such as Noto Sans for that script, or use subtitles `track`."
    )


@lru_cache(maxsize=8)
def _files(folders: tuple[Path, ...]) -> tuple[Path, ...]:
    return tuple(sorted(_walk(folders), key=lambda path: (_fanciness(path), path.name)))


def _walk(folders: tuple[Path, ...]) -> Iterator[Path]:
    for folder in folders:
        for where, _, names in os.walk(folder):
            for name in names:
                if Path(name).suffix.lower() in SUFFIXES:
                    yield Path(where) / name


def _fanciness(path: Path) -> int:
    name = path.stem.lower()
    plain = sum(value for word, value in PLAIN.items() if word in name)
    return plain + 3 * sum(word in name.replace("sansserif", "") for word in FANCY)


@lru_cache(maxsize=4096)
def _coverages(path: Path) -> tuple[Coverage, ...]:
    try:
        with path.open("rb") as file:
            return tuple(coverages(file))
    except OSError:
        return ()


def _check_shaping(letters: frozenset[str]) -> None:
    """Raise InputError on letters that Pillow would write apart or the wrong way round."""
    if features.check("raqm"):
        return
    for letter in sorted(letters):
        if unicodedata.name(letter, "").split(" ")[0] in SHAPED:
            raise InputError(
                f"This Pillow cannot join {script_of(letter)} letters, because it lacks libraqm. "
                "Install libraqm, or use subtitles `track`."
            )


def script_of(letter: str) -> str:
    """The script of a letter, in words.

    >>> script_of("न"), script_of("你")
    ('Devanagari', 'Chinese characters')
    """
    word = unicodedata.name(letter, "an unknown script").split(" ")[0]
    return NAMES.get(word, word.capitalize())
