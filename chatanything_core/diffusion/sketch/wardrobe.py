"""What a character wears, from its profession, its traits and the words of the concept."""

import json
from pathlib import Path

from ...persona import Reading
from .bodies import HATS
from .face.facewear import FACEWEAR

_ROWS = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))["worn"]
WORN: dict[str, frozenset[str]] = {
    thing: frozenset(words.split()) for thing, words in _ROWS.items()
}
"""What calls for each thing; hyphens stand for blanks."""


def worn_by(reading: Reading, body: str) -> tuple[str, ...]:
    """Names of what is worn: at most one thing on the head, and things on the face.

    Things named in the concept ("with a top hat") win over what a profession suggests.
    """
    words = {word.replace(" ", "-") for word in _own_words(reading)}
    hats = [thing for thing in WORN if thing in HATS]
    named = [hat for hat in hats if hat.replace(" ", "-") in words and hat != reading.noun]
    called = [thing for thing, calls in WORN.items() if words & calls]
    hats = named or [thing for thing in called if thing in HATS]
    # A profession says more than a mood: "evil pirate" wears the pirate's hat.
    hats.sort(key=lambda hat: reading.profession.replace(" ", "-") not in WORN.get(hat, ()))
    hats = [hat for hat in hats if hat != body]
    face = [thing for thing in called if thing in FACEWEAR]
    whiskers = [
        thing for thing in ("beard", "walrus moustache", "moustache", "goatee") if thing in face
    ]
    lenses = [thing for thing in ("monocle", "glasses") if thing in face]
    drop = {*whiskers[1:], *lenses[1:]}
    return (*hats[:1], *(thing for thing in face if thing not in drop))


def _own_words(reading: Reading) -> frozenset[str]:
    """Words about itself and its clothes, not about its parts, what it holds and where it is.

    A dragon's horns are not put on.
    """
    own = (each for each in reading.attributes if not each.part)
    worn = [word for each in (*reading.wears, *own) for word in (*each.words, each.part)]
    names = (*worn, *(word for name in worn for word in name.split()))
    return frozenset(
        (*reading.adjectives, *reading.phrase, reading.noun, reading.profession, *names)
    )
