"""Which drawing a concept gets: ours where it is that thing, else an icon, else a stand-in."""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from ...errors import ChatAnythingError, InputError
from ...persona import Persona, Reading
from ...progress import Tick, no_progress
from ..drawings.load_drawing import load_drawing
from ..drawings.records import Drawing, FaceSpot
from .icon_names import OTHER_NAMES, name_of_words
from .match_icon import match_icons, phrases_of
from .offered_names import set_that_has
from .records import Icon, Name
from .set_folder import find_set, installed_sets, load_icon

_ICON = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]+:[^\\\\/<>]+")
"""SET:NAME; a drive of Windows has one letter."""
SCENIC = frozenset({"weather", "sky", "nature"})
"""Kinds of things that some sets draw as a scene in a square."""


@dataclass(frozen=True, eq=False)
class Choice:
    """What was found for a concept."""

    drawing: Drawing | None = None
    """None leaves it to the painter's own bodies."""
    note: str = ""
    """What a person should know: a stand-in, and the command that would bring the thing."""


def choose_drawing(
    persona: Persona, reading: Reading, *, own: str, tick: Tick = no_progress
) -> Choice:
    """The drawing for a persona; none for people, and where a body of ours is that thing.

    `own` is what a body of ours shows of it, empty where it only stands in. Where that is the end of
    a compound (the ball of a disco ball), a drawing of the whole compound goes before it.

    A drawing of a set that cannot be used is told in the note, and ours is taken.
    """
    part = bool(own) and is_end_of_compound(own, reading.noun)
    if reading.kind == "human" or not reading.noun or (own and not part):
        return Choice()
    sets = installed_sets()
    for match in match_icons(reading, persona.voice.language, sets, whole=part) if sets else ():
        try:
            drawing = load_icon(match.icon, tick)
        except ChatAnythingError as error:
            return Choice(note=f"{match.icon.set} has {match.icon.name}, but: {error}")
        if reading.kind not in SCENIC or not _is_scene(drawing):
            return Choice(drawing)
    return Choice(note=_offer(phrases_of(reading, whole=part)))


def is_end_of_compound(own: str, noun: str) -> bool:
    """Whether what a body shows is only the last word or words of a noun.

    >>> is_end_of_compound("ball", "disco ball"), is_end_of_compound("ball", "ball")
    (True, False)
    """
    return noun.endswith(f" {own}")


def _is_scene(drawing: Drawing) -> bool:
    """Whether a drawing fills a square or a plate: a picture of weather, not a thing."""
    h, w = drawing.pixels.shape[:2]
    return 0.8 < h / w < 1.25 and float((drawing.pixels[..., 3] > 128).mean()) > 0.90


def _offer(asked: list[Name]) -> str:
    """What would bring the thing itself; nothing where no known set has it."""
    for words in asked:
        other = name_of_words(OTHER_NAMES.get(" ".join(words), ""))
        if has := set_that_has(words) or set_that_has(other):
            return f'`chatanything drawings get {has}` brings a drawing of "{" ".join(words)}".'
    return ""


def drawing_of_name(name: str, spot: FaceSpot | None = None, tick: Tick = no_progress) -> Drawing:
    """The drawing SET:NAME of the user's sets, with its face at `spot`.

    Raises:
        InputError: it is not written so, there is no such set or icon, or it shows a person and
            nobody says where our face goes on it.
        MissingDependencyError: resvg-py is not installed.
    """
    head, colon, tail = name.strip().partition(":")
    if not (head and colon and tail):
        raise InputError(
            f"{name[:60]!r} is no drawing. Give the text of an SVG, or SET:NAME as `chatanything "
            "drawings find` shows it, such as noto:harp."
        )
    icons = find_set(head)
    if spot is None and icons.aliases.get(tail, tail) in icons.figures:
        raise InputError(
            f"{icons.id}:{tail} shows a face or a person, and the painter draws those better by itself. "
            "Leave the drawing out; or say where our face goes on it: x,y,width, such as 0.5,0.3,0.3."
        )
    return replace(load_icon(Icon(icons.id, tail), tick), face=spot)


def named_drawing(name: str, spot: FaceSpot | None = None, tick: Tick = no_progress) -> Drawing:
    """The drawing that a user named: a file, SVG text, or SET:NAME of their sets.

    Raises:
        InputError: it cannot be read, or see `drawing_of_name`.
        MissingDependencyError: resvg-py is not installed, for an SVG.
    """
    if _ICON.fullmatch(name) and not Path(name).exists():
        return drawing_of_name(name, spot, tick)
    return load_drawing(name, spot, tick)
