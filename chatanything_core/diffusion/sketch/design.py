"""Decide what to paint: which body, of what, in which colours, with which face."""

from dataclasses import dataclass, field, replace

import numpy as np

from ...landmarks.face_model.anatomy import FaceStyle
from ...persona import Emotion, Persona, Reading, read_concept
from ...seeding import generator
from ..drawings.records import Drawing
from ..icon_sets.choose_drawing import Choice, choose_drawing
from .bodies import BODIES, HATS, Body, body_for, colour_of, people, words_of
from .drawn.drawn_body import DrawnLook, drawn_body
from .face.face_style import face_style
from .palette import COLOURS, SUBSTANCES, Palette, dark_on, lip_on, luminance, palette, skin_on
from .surface.canvas import linear
from .surface.relief import Array
from .wardrobe import worn_by

HAIRS = ("3a281c", "4a2f1d", "7a4a26", "a8703a", "c99a50", "8e3b1c", "2c2a30")
"""Colours of hair; only the first and the last go with dark skin."""
ANIMALS = frozenset({"animal", "bird", "creature", "fantasy", "fish", "insect", "reptile"})
"""Kinds of things whose one dark dot, in a drawing from the side, is an eye."""
FLYING = frozenset({"bird", "sky", "weather"})
"""Kinds of things that stand on no floor in drawings."""
WALLS = ("8fbcdc", "e0b888", "a8cc98", "e0a0a0", "b8a8e0", "ecc878", "84c4bc", "b8c8d8")


@dataclass(frozen=True, eq=False)
class Design:
    """Everything that is decided before the first stroke."""

    body: Body
    look: FaceStyle
    palette: Palette
    skin: Array
    """Colour of the face, linear RGB (3,)."""
    material: str
    reading: Reading
    worn: tuple[str, ...] = ()
    """Names of what it wears, from `bodies.HATS` and `facewear.FACEWEAR`."""
    choice: Choice = field(default_factory=Choice)
    """The drawing that became the body, and what a person should know of the choice."""

    @property
    def hat_reach(self) -> tuple[float, float]:
        """How far what it wears reaches sideways and above the brim, in widths of the head."""
        hats = [HATS[name].parts for name in self.worn if name in HATS]
        lines = [line for parts in hats for part in parts for line in part.outlines]
        if not lines:
            return 0.0, 0.0
        x, y = np.concatenate(lines).T
        return float(np.abs(x).max()), max(0.0, -float(y.min()))


def design(
    persona: Persona,
    seed: int,
    emotion: Emotion | None = None,
    *,
    body: Body | None = None,
    hat: str = "",
    drawing: Drawing | None = None,
    side: int = 512,
) -> Design:
    """Design a portrait for a persona; `emotion` overrides its own.

    A `body` is taken whatever the persona is, and wears nothing but the `hat`, a name. A
    `drawing` becomes the body, on a page of `side` pixels, and is dressed as bodies of ours are.
    """
    reading = _reading(persona)

    def stream(purpose: str) -> np.random.Generator:
        # Two things of one seed are two characters: a chef is not a pirate in another hat.
        return generator(seed, "sketch", purpose, reading.noun)

    worn: tuple[str, ...] = (hat,) if hat else ()
    choice = Choice(drawing)
    if body is None:
        body = BODIES[body_for(reading, stream("body"))]
        choice = choice if drawing else choose_drawing(persona, reading, body.name)
        if choice.drawing:
            drawn = _drawn_look(choice.drawing, reading, body, stream("colour"))
            body = drawn_body(choice.drawing, drawn, side)
        worn = worn_by(reading, body.name)
    material, base = _substance(reading, body, stream("colour"))
    rng = stream("palette")
    wall = _wall(base, rng)
    hair = linear(_hair(reading, body, base, rng))
    colours = palette(base, _accent(reading, body), hair, wall, _floor(wall))
    colours, skin = _face_colours(colours, body)
    look = face_style(reading, emotion or _emotion(persona, reading), stream("look"))
    return Design(body, look, colours, skin, material, reading, worn, choice)


def _reading(persona: Persona) -> Reading:
    """The concept read; where the lexicon does not know it, the English look that a model wrote."""
    reading = read_concept(persona.concept)
    if reading.known or persona.provenance.engine == "offline":
        return reading
    described = read_concept(persona.appearance)
    return replace(described, concept=persona.concept) if described.known else reading


def _emotion(persona: Persona, reading: Reading) -> Emotion:
    """A mood that the words name outright shows fully, not as a baseline."""
    if reading.emotions and reading.emotions[0].strength >= persona.emotion.strength:
        named = reading.emotions[0]
        return Emotion(named.name, min(1.0, 0.45 + named.strength))
    return persona.emotion


def _substance(reading: Reading, body: Body, rng: np.random.Generator) -> tuple[str, Array]:
    material, colour = body.material, colour_of(reading.noun) or str(rng.choice(body.colours))
    for word in reading.materials:
        if word in SUBSTANCES:
            material, own = SUBSTANCES[word]
            colour = own or colour
    for word in reading.colours:
        if word in COLOURS and body.kind != "human":
            colour = COLOURS[word]
    return material, linear(colour)


def _drawn_look(
    drawing: Drawing, reading: Reading, kin: Body, rng: np.random.Generator
) -> DrawnLook:
    """How a drawing is shown; `kin` is the body of ours that the concept would get."""
    named = [word for word in reading.colours if word in COLOURS]
    named += [word for word in reading.materials if SUBSTANCES.get(word, ("", ""))[1]]
    colour = _substance(reading, kin, rng)[1] if drawing.plain or named else None
    floats = kin.stand == "float" or reading.kind in FLYING
    return DrawnLook(
        colour, reading.kind in ANIMALS, "float" if floats else "table", kin.backdrop, kin.accent
    )


def _face_colours(colours: Palette, body: Body) -> tuple[Palette, Array]:
    """Brows and lips for the part that wears the face, and the colour of the face on it."""
    (carrier,) = (part for part in body.parts if part.role == "face")
    wearer = colours.tint(carrier.tint)
    if body.kind == "human":
        skin, brow = wearer, colours.hair * np.float32(0.8)
    else:
        skin = skin_on(wearer)
        brow = dark_on(skin)
    return replace(colours, brow=brow, lip=lip_on(skin)), skin


def _accent(reading: Reading, body: Body) -> Array:
    """People wear the colours that are named; things are made of them."""
    named = [COLOURS[word] for word in reading.colours if word in COLOURS]
    return linear(named[0] if named and body.kind == "human" else body.accent)


def _hair(reading: Reading, body: Body, base: Array, rng: np.random.Generator) -> str:
    if body.name.startswith("grand") or words_of(reading) & people()["old"]:
        return str(rng.choice(("cfcbc4", "e4e0da", "b4b0aa")))
    dark = body.kind == "human" and luminance(base) < 0.22
    return str(rng.choice(HAIRS[:1] + HAIRS[-1:] if dark else HAIRS))


def _wall(base: Array, rng: np.random.Generator) -> Array:
    """The wall whose colour is farthest from the body's, with some chance."""
    walls = [linear(name) for name in WALLS]
    hue = base / max(float(base.max()), 1e-3)
    distance = [
        float(np.abs(wall / wall.max() - hue).sum() + abs(wall.mean() - base.mean()))
        for wall in walls
    ]
    order = np.argsort(distance)[::-1]
    return walls[int(order[int(rng.integers(0, 3))])]


def _floor(wall: Array) -> Array:
    return np.asarray(wall * np.float32(0.55) + linear("e9d9bd") * np.float32(0.42), np.float32)
