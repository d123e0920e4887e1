"""Decide what to paint: which body, of what, in which colours, with which face."""

from dataclasses import dataclass, replace

import numpy as np

from ...landmarks.face_model.anatomy import FaceStyle
from ...landmarks.face_model.emotion_shapes import apply_emotion
from ...persona import Emotion, Persona, Reading, reading_of
from ...seeding import generator
from .bodies import HATS, Body, colour_of, noun_drawn
from .costume import Costume, costume_of
from .face.face_style import face_style
from .palette import COLOURS, SUBSTANCES, Palette, dark_on, lip_on, palette, skin_on
from .surface.canvas import linear
from .surface.relief import Array

HAIRS = ("3a281c", "33241a", "2c2a30")
"""Colours of hair and whiskers of things that have some: none that could be taken for lips."""
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
) -> Design:
    """Design a portrait for a persona; `emotion` overrides its own.

    A `body` is taken whatever the persona is, and wears nothing but the `hat`, a name.
    """
    reading = reading_of(persona)

    def stream(purpose: str) -> np.random.Generator:
        # Two things of one seed are two characters: a chef is not a pirate in another hat.
        return generator(seed, "sketch", purpose, reading.noun)

    given = body and Costume(body, (hat,) if hat else ())
    costume = given or costume_of(reading, stream)
    material, base = _substance(reading, costume, stream("colour"))
    rng = stream("palette")
    wall = _wall(base, rng)
    person = costume.person
    hair = linear(person.hair if person else str(rng.choice(HAIRS)))
    colours = palette(base, linear(costume.body.accent), hair, wall, _floor(wall))
    colours, skin = _face_colours(colours, costume)
    mood = emotion or _emotion(persona, reading)
    look = face_style(reading, mood, stream("look"), costume.body.face_kind)
    look = apply_emotion(look, costume.change or {})
    if costume.eyes:
        look = replace(look, iris=costume.eyes)
    return Design(costume, look, colours, skin, material, reading)


def _emotion(persona: Persona, reading: Reading) -> Emotion:
    """A mood that the words name outright shows fully, not as a baseline."""
    if reading.emotions and reading.emotions[0].strength >= persona.emotion.strength:
        named = reading.emotions[0]
        return Emotion(named.name, min(1.0, 0.45 + named.strength))
    return persona.emotion


def _substance(reading: Reading, costume: Costume, rng: np.random.Generator) -> tuple[str, Array]:
    body = costume.body
    if costume.person:
        return body.material, linear(costume.person.skin)
    named = colour_of(reading.noun) or colour_of(noun_drawn(reading))
    material, colour = body.material, named or str(rng.choice(body.colours))
    for word in reading.materials:
        if word in SUBSTANCES:
            material, own = SUBSTANCES[word]
            colour = own or colour
    for word in reading.colours:
        if word in COLOURS:
            colour = COLOURS[word]
    return material, linear(colour)


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
