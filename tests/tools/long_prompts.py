"""Twelve long prompts, and how each thing that they say of looks is seen in a design."""

from collections.abc import Callable, Iterable
from typing import Any

from chatanything.diffusion.sketch.palette import luminance
from chatanything.diffusion.sketch.surface.canvas import linear

Check = Callable[[Any], bool]
"""Given a Design."""


def clothes(name: str, colour: str | None = None) -> Check:
    return lambda d: (
        d.costume.person.clothes.name == name and near(d.costume.person.clothes.colour, colour)
    )


def over(name: str, colour: str | None = None) -> Check:
    return lambda d: any(
        item.name == name and near(item.colour, colour) for item in d.costume.person.over
    )


def worn(name: str, colour: str | None = None) -> Check:
    return lambda d: name in d.worn and near(dict(d.costume.dyes).get(name), colour)


def painted(name: str) -> Check:
    return lambda d: any(item.name == name for item in d.costume.person.face)


def hair(style: str = "", colour: str | None = None) -> Check:
    return lambda d: style in d.costume.person.style.name and near(d.costume.person.hair, colour)


def near(colour: str | None, wanted: str | None) -> bool:
    """Whether a colour, rrggbb, is of the wanted hue: every level within a fifth."""
    if wanted is None:
        return True
    pairs = ((int(c[i : i + 2], 16) for c in (colour or "000000", wanted)) for i in (0, 2, 4))
    return all(abs(a - b) <= 51 for a, b in pairs)


def eyes(colour: str) -> Check:
    return lambda d: near(d.look.iris, colour)


def skin(low: float, high: float) -> Check:
    return lambda d: low <= luminance(linear(d.costume.person.skin)) <= high


def years(base: str, lines: float = 0.0) -> Check:
    return lambda d: d.body.name == base and d.look.age >= lines


def part(name: str, colour: str) -> Check:
    return lambda d: any(name in p.names and near(p.tint, colour) for p in d.body.parts)


def accent(colour: str) -> Check:
    return lambda d: any(p.tint == colour for p in d.body.parts)


def base(colour: str) -> Check:
    return lambda d: near(hexed(d.palette.base), colour)


def hexed(value: Iterable[float]) -> str:
    return "".join(f"{round(min(float(v), 1) ** 0.5 * 255):02x}" for v in value)


def look(name: str, least: float) -> Check:
    return lambda d: getattr(d.look, name) >= least


def holds(d: Any) -> bool:
    return bool(d.costume.held)


def at(place: str) -> Check:
    return lambda d: d.costume.place == place


def in_weather(name: str) -> Check:
    return lambda d: d.costume.weather == name


PROMPTS: dict[str, dict[str, Check]] = {
    "A cheerful sixty-year-old Irish fisherman with a bushy red beard, green eyes and freckles, "
    "wearing a yellow raincoat and a blue woolly hat, holding a lantern on the deck of a ship in a "
    "heavy storm at sea": {
        "cheerful": look("smile", 0.4),
        "sixty-year-old": years("man", 0.4),
        "irish": skin(0.5, 1),
        "red beard": worn("beard", "b8481c"),
        "green eyes": eyes("4c8a4a"),
        "freckles": look("freckles", 0.5),
        "yellow raincoat": clothes("raincoat", "f2c230"),
        "blue woolly hat": worn("beanie", "3b6fb5"),
        "lantern": holds,
        "ship": at("sea"),
        "storm": in_weather("storm"),
    },
    "An elegant young Indian woman with long black hair, brown eyes and gold hoop earrings, "
    "wearing a purple sari and a pearl necklace, carrying a basket of oranges through a busy "
    "market on a sunny morning in early spring": {
        "young woman": years("woman"),
        "indian": skin(0.1, 0.35),
        "black hair": hair(colour="1c1a1e"),
        "brown eyes": eyes("6a4425"),
        "hoop earrings": over("hoop earrings", "d9a520"),
        "purple sari": clothes("sari", "7d4fa8"),
        "pearl necklace": over("pearls"),
        "basket": holds,
        "market": at("market"),
        "sunny": in_weather("sun"),
    },
    "A grumpy old wizard with a long white beard, bushy eyebrows and round glasses, in a dark blue "
    "robe and a pointed hat, holding a thick red book in a dusty library at midnight while an owl "
    "sleeps beside him": {
        "old": years("grandfather", 0.6),
        "long white beard": worn("long beard", "f2f0ec"),
        "bushy eyebrows": look("brow_weight", 1.3),
        "round glasses": worn("glasses"),
        "dark blue robe": clothes("robe", "23436d"),
        "pointed hat": worn("wizard hat"),
        "red book": holds,
        "library": at("library"),
        "midnight": in_weather("night"),
    },
    "A confident Nigerian businesswoman of forty with short curly hair, dark brown skin and red "
    "lipstick, dressed in a white suit with a green silk scarf and stud earrings, standing in a "
    "modern office with a cup of coffee in her hand": {
        "businesswoman": years("woman"),
        "short curly hair": hair("short curls"),
        "dark brown skin": skin(0, 0.2),
        "red lipstick": painted("lipstick"),
        "white suit": clothes("suit", "f0eee8"),
        "green silk scarf": over("scarf", "5a9e46"),
        "stud earrings": over("stud earrings"),
        "office": at("office"),
        "cup": holds,
    },
    "A tired bald detective with grey stubble, a scar and an eye patch, wearing a brown trench "
    "coat, a black fedora and a loosened red tie, smoking a pipe in the rain on a dark city street "
    "after a long night": {
        "bald": lambda d: not d.costume.person.style.name,
        "grey stubble": painted("stubble"),
        "scar": worn("scar"),
        "eye patch": worn("eye patch"),
        "brown trench coat": clothes("trench coat", "7d5233"),
        "black fedora": worn("fedora", "35363c"),
        "red tie": over("tie", "c9302c"),
        "pipe": worn("pipe"),
        "rain": in_weather("rain"),
        "city": at("city"),
    },
    "A shy eight-year-old girl with blonde braids, blue eyes and rosy cheeks, wearing a striped "
    "t-shirt, denim overalls and a straw hat, holding a sunflower in a green field on her "
    "grandparents' farm on a bright summer day": {
        "eight-year-old girl": years("girl"),
        "blonde braids": hair("braids", "e8c878"),
        "blue eyes": eyes("3f7ac0"),
        "rosy cheeks": look("blush", 0.7),
        "denim overalls": clothes("overalls", "4a6a98"),
        "striped t-shirt": lambda d: d.costume.person.under.pattern == "stripes",
        "straw hat": worn("straw hat"),
        "sunflower": holds,
        "field": at("farm"),
    },
    "A fierce Viking warrior woman with ginger hair in a long braid, pale skin and blue war paint, "
    "wearing steel armour, a fur collar and a horned helmet, holding an axe on a snowy mountain "
    "under a grey winter sky": {
        "woman": years("woman"),
        "ginger hair": hair(colour="b8481c"),
        "braid": hair("braids"),
        "pale skin": skin(0.5, 1),
        "war paint": painted("face paint"),
        "steel armour": clothes("armour"),
        "fur collar": over("fur collar"),
        "horned helmet": worn("horned helmet"),
        "axe": holds,
        "mountain": at("mountains"),
    },
    "A friendly Chinese grandmother with white hair in a bun, deep wrinkles and square glasses, "
    "wearing a grey cardigan, a jade pendant and a flowered apron, holding a teapot in her small "
    "warm kitchen while the snow falls outside the window": {
        "grandmother": years("grandmother", 0.6),
        "white hair": hair(colour="f2f0ec"),
        "bun": hair("bun"),
        "wrinkles": look("age", 0.8),
        "square glasses": worn("square glasses"),
        "jade pendant": over("necklace"),
        "grey cardigan": lambda d: near(d.costume.person.under.colour, "8d9096"),
        "flowered apron": clothes("apron"),
        "teapot": holds,
        "kitchen": at("kitchen"),
    },
    "A punk guitarist in his twenties with a green mohawk, a nose ring and black eyeliner, wearing "
    "a black leather jacket over a white t-shirt, with a golden chain round his neck, playing a "
    "red guitar on a stage in a smoky club": {
        "in his twenties": years("man"),
        "green mohawk": hair("mohawk", "4f9a4a"),
        "nose ring": worn("nose ring"),
        "black eyeliner": painted("eye shadow"),
        "black leather jacket": clothes("leather jacket", "35363c"),
        "white t-shirt": lambda d: near(d.costume.person.under.colour, "f0eee8"),
        "golden chain": over("necklace", "dba82a"),
        "red guitar": holds,
        "stage": at("stage"),
    },
    "A gentle purple dragon with golden eyes, black horns and orange wings, wearing a small silver "
    "crown and a striped scarf, holding a blue cup of tea in front of an old castle in the fog at "
    "dawn": {
        "purple": base("7d4fa8"),
        "golden eyes": eyes("dba82a"),
        "black horns": part("horn", "35363c"),
        "orange wings": part("wing", "e8832a"),
        "silver crown": worn("crown", "bcc2c8"),
        "striped scarf": lambda d: len(d.body.parts[-1].marks) > 8,
        "blue cup": holds,
        "castle": at("castle"),
        "fog": in_weather("fog"),
    },
    "A proud porcelain teapot with a gold lid and a red handle, wearing a monocle, a curled "
    "moustache and a black top hat, holding a silver spoon in a sunny garden full of roses behind "
    "a big old country house": {
        "porcelain": lambda d: d.material == "ceramic",
        "gold lid": part("lid", "d9a520"),
        "red handle": part("handle", "c9302c"),
        "monocle": worn("monocle"),
        "curled moustache": worn("handlebar moustache"),
        "black top hat": worn("top hat"),
        "silver spoon": holds,
        "garden": at("garden"),
    },
    "A young Mexican astronaut with wavy dark brown hair, hazel eyes and a thin moustache, wearing "
    "a white spacesuit with an orange patch and a clear helmet, holding a small green cactus "
    "inside a spaceship far above the blue earth": {
        "dark brown hair": hair(colour="3a281c"),
        "hazel eyes": eyes("8a6a30"),
        "moustache": worn("moustache"),
        "white spacesuit": clothes("spacesuit", "f0eee8"),
        "orange patch": lambda d: False,
        "helmet": hair("space helmet"),
        "green cactus": holds,
        "spaceship": at("lab"),
    },
}
