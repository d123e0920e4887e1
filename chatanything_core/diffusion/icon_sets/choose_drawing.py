"""Which drawing a concept gets: ours where it is that thing, else an icon, else a stand-in."""

from dataclasses import dataclass
from pathlib import Path

from ...errors import ChatAnythingError
from ...persona import Persona, Reading, read_concept
from ...progress import Tick, no_progress
from ..drawings.load_drawing import load_drawing
from ..drawings.records import Drawing
from .icon_names import name_of_words
from .match_icon import match_icon, phrases_of
from .offered_names import set_that_has
from .records import Icon
from .set_folder import installed_sets, load_icon


@dataclass(frozen=True, eq=False)
class Choice:
    """What was found for a concept."""

    drawing: Drawing | None = None
    """None leaves it to the painter's own bodies."""
    note: str = ""
    """What a person should know: a stand-in, and the command that would bring the thing."""


def choose_drawing(persona: Persona, reading: Reading, own: str, tick: Tick = no_progress) -> Choice:
    """The drawing for a persona, given the body of ours that it would get.

    `own` is that body's name. It is taken where it is the very thing, and for people. A drawing
    of a set that cannot be used is told in the note, and ours is taken.
    """
    if reading.kind == "human" or not reading.noun or _is(own, reading):
        return Choice()
    sets = installed_sets()
    match = match_icon(reading, persona.voice.language, sets) if sets else None
    if match is None:
        return Choice(note=_stand_in(reading, own))
    try:
        return Choice(load_icon(match.icon, tick))
    except ChatAnythingError as error:
        return Choice(note=f"{match.icon.set} has {match.icon.name}, but: {error}")


def _is(own: str, reading: Reading) -> bool:
    """Whether a body of ours is the very thing that the concept names."""
    return name_of_words(own) in phrases_of(reading)


def _stand_in(reading: Reading, own: str) -> str:
    """Who stands in, and what would bring the thing; nothing where no known set has it."""
    for words in phrases_of(reading):
        if has := set_that_has(words):
            return (
                f"{own} stands in for {reading.noun}. `chatanything drawings get {has}` brings a "
                f"drawing of {' '.join(words)}."
            )
    return ""


def named_drawing(name: str, tick: Tick = no_progress) -> Drawing:
    """The drawing that a user named: a file, SVG text, or an icon as SET:NAME.

    Raises:
        InputError: it cannot be read, or there is no such set or icon.
        MissingDependencyError: resvg-py is not installed, for an SVG.
    """
    head, colon, tail = name.partition(":")
    icon = colon and tail and len(head) > 1 and not Path(name).exists() and "/" not in head
    if icon and not name.lstrip().startswith("<") and "\\" not in name:
        return load_icon(Icon(head, tail), tick)
    return load_drawing(name, tick=tick)


def drawing_for(concept: str) -> Icon | None:
    """The icon of the user's sets that shows a concept; None when none does."""
    match = match_icon(read_concept(concept), "", installed_sets())
    return match.icon if match else None
