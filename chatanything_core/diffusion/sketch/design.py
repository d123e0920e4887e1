"""Decide what to paint: which body, of what, in which colours, with which face."""

from dataclasses import dataclass, field, replace

import numpy as np

from ...landmarks.face_model.anatomy import FaceStyle
from ...landmarks.face_model.emotion_shapes import apply_emotion
from ...persona import Emotion, Persona, Reading, reading_of
from ...seeding import generator
from ..drawings.records import Drawing
from ..icon_sets.choose_drawing import Choice, choose_drawing
from .bodies import HATS, Body, has_own_body, noun_drawn
from .costume import Costume, costume_of
from .drawn.drawn_body import DrawnLook, drawn_body
from .face.face_style import face_style
from .palette import COLOURS, SUBSTANCES, Palette, dark_on, lip_on, palette, skin_on
from .substance import substance_of
from .surface.canvas import linear
from .surface.relief import Array

HAIRS = ("3a281c", "33241a", "2c2a30")
"""Colours of hair and whiskers of things that have some: none that could be taken for lips."""
ANIMALS = frozenset({"animal", "bird", "creature", "fantasy", "fish", "insect", "reptile"})
"""Kinds of things whose one dark dot, in a drawing from the side, is an eye."""
FLYING = frozenset({"bird", "sky", "weather"})
"""Kinds of things that stand on no floor in drawings."""
WALLS = ("8fbcdc", "e0b888", "a8cc98", "e0a0a0", "b8a8e0", "ecc878", "84c4bc", "b8c8d8")


@dataclass(frozen=True, eq=False)
class Design:
    """Everything that is decided before the first stroke."""

    costume: Costume
    look: FaceStyle
    palette: Palette
    skin: Array
    """Colour of the face, linear RGB (3,)."""
    material: str
    reading: Reading
    choice: Choice = field(default_factory=Choice)
    """The drawing that became the body, and what a person should know of the choice."""

    @property
    def body(self) -> Body:
        """What is painted."""
        return self.costume.body

    @property
    def worn(self) -> tuple[str, ...]:
        """Names of what it wears, from `bodies.HATS` and `facewear.FACEWEAR`."""
        return self.costume.worn

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
    reading = reading_of(persona)

    def stream(purpose: str) -> np.random.Generator:
        # Two things of one seed are two characters: a chef is not a pirate in another hat.
        return generator(seed, "sketch", purpose, reading.noun)

    given = body and Costume(body, (hat,) if hat else ())
    costume = given or costume_of(reading, stream)
    choice = Choice(drawing)
    if not given and costume.person is None and drawing is None:
        own = noun_drawn(reading) if has_own_body(reading) else ""
        choice = choose_drawing(persona, reading, own=own)
    if choice.drawing:
        costume = _drawn(choice.drawing, reading, costume, stream("colour"), side)
    material, base = substance_of(reading, costume, stream("colour"))
    rng = stream("palette")
    wall = _wall(base, rng)
    hair = _hair(costume, material, base, rng)
    colours = palette(base, linear(costume.body.accent), hair, wall, _floor(wall))
    colours, skin = _face_colours(colours, costume)
    mood = emotion or _emotion(persona, reading)
    look = _look(face_style(reading, mood, stream("look"), costume.body.face_kind), costume)
    return Design(costume, look, colours, skin, material, reading, choice)


def _emotion(persona: Persona, reading: Reading) -> Emotion:
    """A mood that the words name outright shows fully, not as a baseline."""
    if reading.emotions and reading.emotions[0].strength >= persona.emotion.strength:
        named = reading.emotions[0]
        return Emotion(named.name, min(1.0, 0.45 + named.strength))
    return persona.emotion


def _hair(costume: Costume, material: str, base: Array, rng: np.random.Generator) -> Array:
    """The person's, or of what the person is made; the whiskers of a thing."""
    if costume.person is None:
        return linear(str(rng.choice(HAIRS)))
    flesh = material == costume.body.material
    return linear(costume.person.hair) if flesh else base * np.float32(0.6)


def _look(look: FaceStyle, costume: Costume) -> FaceStyle:
    """The face with what the concept says of it."""
    look = apply_emotion(look, costume.change or {})
    return replace(look, iris=costume.eyes) if costume.eyes else look


def _drawn(
    drawing: Drawing, reading: Reading, costume: Costume, rng: np.random.Generator, side: int
) -> Costume:
    """The costume on a body of somebody's drawing."""
    look = _drawn_look(drawing, reading, costume, rng)
    return replace(costume, body=drawn_body(drawing, look, side), person=None)


def _drawn_look(
    drawing: Drawing, reading: Reading, costume: Costume, rng: np.random.Generator
) -> DrawnLook:
    """How a drawing is shown; `costume` is what the concept would get of ours."""
    kin = costume.body
    named = [word for word in reading.colours if word in COLOURS]
    named += [word for word in reading.materials if SUBSTANCES.get(word, ("", ""))[1]]
    colour = substance_of(reading, costume, rng)[1] if drawing.plain or named else None
    floats = kin.stand == "float" or reading.kind in FLYING
    return DrawnLook(
        colour, reading.kind in ANIMALS, "float" if floats else "table", kin.backdrop, kin.accent
    )


def _face_colours(colours: Palette, costume: Costume) -> tuple[Palette, Array]:
    """Brows and lips for the part that wears the face, and the colour of the face on it."""
    (carrier,) = (part for part in costume.body.parts if part.role == "face")
    wearer, kind = colours.tint(carrier.tint), costume.body.face_kind
    if costume.body.kind == "human":
        skin, brow = wearer, colours.hair * np.float32(0.8)
    else:
        skin = skin_on(wearer, kind.oval)
        brow = dark_on(skin)
    # Pale lips below a moustache are taken for its shadow, and the moustache for the mouth.
    rose = 0.9 if any("moustache" in name for name in costume.worn) else kind.rose
    lip = linear(costume.lips) if costume.lips else lip_on(skin, max(rose, kind.rose))
    return replace(colours, brow=brow, lip=lip), skin


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
