"""The kinds of body: what all of a kind have in common, once."""

from collections.abc import Callable

from .base import Body, Part, Stand


def creature(
    name: str,
    parts: Callable[[], list[Part]],
    made: str,
    colours: tuple[str, ...],
    stand: Stand = "table",
    low: float = 0.0,
    brim: float = -0.56,
    accent: str = "d9705a",
) -> Body:
    """A small animal with its face low."""
    return Body(
        name,
        "animal",
        parts,
        (0.0, -0.10 + low, 0.40),
        made,
        colours,
        accent,
        stand,
        False,
        "garden",
        (0.0, brim, 1.0),
    )


def figure(
    name: str,
    parts: Callable[[], list[Part]],
    made: str,
    colours: tuple[str, ...],
    face: tuple[float, float, float],
    brim: float,
    stand: Stand = "table",
    accent: str = "e8833a",
    drop: str = "sky",
    rigid: bool = False,
) -> Body:
    """A cartoon figure."""
    return Body(
        name, "cartoon", parts, face, made, colours, accent, stand, rigid, drop, (0.0, brim, 1.0)
    )


def garment(
    name: str,
    parts: Callable[[], list[Part]],
    made: str,
    colours: tuple[str, ...],
    face: tuple[float, float, float],
    brim: float = -0.7,
    accent: str = "e0a84a",
    stand: Stand = "table",
) -> Body:
    """Something to wear."""
    return Body(
        name,
        "clothing",
        parts,
        face,
        made,
        colours,
        accent,
        stand,
        False,
        "room",
        (0.0, brim, 1.0),
    )


def desk_thing(
    name: str,
    parts: Callable[[], list[Part]],
    made: str,
    colours: tuple[str, ...],
    face: tuple[float, float, float] = (0, -0.14, 0.40),
    brim: float = -0.62,
    accent: str = "e0b04a",
) -> Body:
    """A thing from the office."""
    return Body(
        name,
        "office",
        parts,
        face,
        made,
        colours,
        accent,
        "table",
        True,
        "office",
        (0.0, brim, 1.1),
    )


def dish(
    name: str,
    parts: Callable[[], list[Part]],
    made: str,
    colours: tuple[str, ...],
    face: tuple[float, float, float] = (0, -0.12, 0.42),
    brim: float = -0.60,
    accent: str = "d9a520",
    rigid: bool = True,
) -> Body:
    """Food and what holds it."""
    return Body(
        name,
        "office",
        parts,
        face,
        made,
        colours,
        accent,
        "table",
        rigid,
        "kitchen",
        (0.0, brim, 0.9),
    )


def produce(
    name: str,
    parts: Callable[[], list[Part]],
    colours: tuple[str, ...],
    face: tuple[float, float, float] = (0, -0.10, 0.44),
    made: str = "fruit",
    brim: float = -0.56,
) -> Body:
    """Fruit and vegetables."""
    return Body(
        name,
        "fruit",
        parts,
        face,
        made,
        colours,
        "5b9b3c",
        "table",
        False,
        "kitchen",
        (0.0, brim, 1.0),
    )


def thing(
    name: str,
    parts: Callable[[], list[Part]],
    made: str,
    colours: tuple[str, ...],
    face: tuple[float, float, float],
    brim: float,
    accent: str = "c9503c",
    drop: str = "room",
) -> Body:
    """Anything else about the house."""
    return Body(
        name, "office", parts, face, made, colours, accent, "table", True, drop, (0.0, brim, 1.0)
    )
