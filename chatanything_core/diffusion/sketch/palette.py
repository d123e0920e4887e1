"""Colours and materials from words."""

from dataclasses import dataclass

import numpy as np

from .surface.canvas import linear
from .surface.relief import Array

COLOURS = {
    "red": "c9302c", "orange": "e8832a", "yellow": "f2c230", "green": "5a9e46", "blue": "3b6fb5",
    "purple": "7d4fa8", "violet": "7a5bc0", "pink": "ee8fb0", "brown": "7d5233", "black": "35363c",
    "white": "f0eee8", "grey": "8d9096", "gray": "8d9096", "gold": "d9a520", "golden": "dba82a",
    "silver": "bcc2c8", "turquoise": "3bb5ad", "teal": "2d8080", "cyan": "44bcd8", "magenta": "c43f93",
    "crimson": "a81e36", "scarlet": "d4301f", "maroon": "7a2733", "burgundy": "762338",
    "indigo": "4a4a9c", "lavender": "b7a3dc", "lilac": "c3a5d8", "beige": "dcc9a6", "cream": "f1e4c4",
    "ivory": "efe6d0", "navy": "33466e", "mint": "9bd9bb", "emerald": "2f9a68", "olive": "848a42",
    "coral": "ef7f63", "peach": "f4b48f", "amber": "e09a2a", "rose": "dd7287", "rainbow": "e8832a",
    "pastel": "c9b8e8", "multicoloured": "e8832a", "multicolored": "e8832a", "colourful": "e8632a", "colorful": "e8632a",
}  # fmt: skip

SUBSTANCES: dict[str, tuple[str, str]] = {
    "brass": ("metal", "c9a24a"), "bronze": ("metal", "a8763e"), "copper": ("metal", "c77f55"),
    "gold": ("metal", "dba82a"), "golden": ("metal", "dba82a"), "silver": ("metal", "c4cad0"),
    "iron": ("metal", "74777c"), "cast iron": ("metal", "5a5c60"), "steel": ("metal", "a9b0b8"),
    "tin": ("metal", "b4b8ba"), "titanium": ("metal", "9ea3aa"), "pewter": ("metal", "8f9398"),
    "metal": ("metal", "a9b0b8"), "metallic": ("metal", "a9b0b8"), "rusty": ("stone", "a8592f"),
    "wood": ("wood", "a4703f"), "wooden": ("wood", "a4703f"), "wicker": ("wood", "c09a5c"),
    "straw": ("wood", "d9b865"), "glass": ("glass", "a9d4dc"), "crystal": ("glass", "b8d4ee"),
    "stained glass": ("glass", "c06a9a"), "ice": ("glass", "bfe2f0"), "jade": ("wax", "5fae82"),
    "ceramic": ("ceramic", ""), "porcelain": ("ceramic", "eef0f0"), "clay": ("stone", "b5714c"),
    "terracotta": ("stone", "c2714a"), "mosaic": ("ceramic", "4fa0a8"), "stone": ("stone", "98958c"),
    "marble": ("ceramic", "e9e6e2"), "granite": ("stone", "8a8682"), "slate": ("stone", "656b72"),
    "concrete": ("stone", "a3a19b"), "sandstone": ("stone", "cba873"), "paper": ("paper", "f1ead8"),
    "origami": ("paper", ""), "cardboard": ("paper", "c49a66"), "leather": ("leather", "8a5230"),
    "cloth": ("cloth", ""), "cotton": ("cloth", ""), "denim": ("cloth", "4a6a98"), "felt": ("cloth", ""),
    "lace": ("cloth", "f0e9e0"), "linen": ("cloth", "dccfb2"), "silk": ("plastic", ""),
    "velvet": ("cloth", "8a2f4c"), "wool": ("fur", ""), "woollen": ("fur", ""), "knitted": ("fur", ""),
    "plush": ("fur", ""), "fur": ("fur", ""), "plastic": ("plastic", ""), "rubber": ("plastic", ""),
    "wax": ("wax", "eeddb4"), "ivory": ("wax", "efe6d0"), "gummy": ("jelly", ""), "chocolate": ("wax", "6b4028"),
}  # fmt: skip
"""Material words: how they take light, and their colour when they have one of their own."""


CREAM = np.array([0.92, 0.85, 0.72], np.float32)
HONEY = np.array([0.89, 0.61, 0.39], np.float32)


@dataclass(frozen=True, eq=False)
class Palette:
    """The colours of one picture, linear RGB, float32 (3,)."""

    base: Array
    accent: Array
    hair: Array
    brow: Array
    lip: Array
    wall: Array
    floor: Array

    def tint(self, name: str) -> Array:
        """A part's colour: a role by name, or a fixed colour rrggbb."""
        if name in ("base", "accent", "hair"):
            return np.asarray(getattr(self, name))
        if name == "dark":
            return self.base * np.float32(0.62)
        if name == "light":
            return self.base + (CREAM - self.base) * np.float32(0.6)
        return linear(name)


def luminance(colour: Array) -> float:
    """Relative luminance of linear RGB (Rec. 709)."""
    return float(colour @ np.array([0.2126, 0.7152, 0.0722], np.float32))


def palette(base: Array, accent: Array, hair: Array, wall: Array, floor: Array) -> Palette:
    """A palette whose face colours suit a body of `base`."""
    base = visible(base)
    return Palette(base, accent, hair, dark_on(base), lip_on(base), wall, floor)


def skin_on(colour: Array, oval: float = 1.0) -> Array:
    """The skin of a face on a thing of `colour`: nearer to what skins are.

    The more of a face of its own lies on it (`oval`, in [0, 1]), the nearer.
    A face that is as blue as its mug is read from eyes and lips alone; a detector that knows skins
    then takes it for another face in every frame. On white things the skin is warmer: a cream one
    would not be seen.
    """
    white = np.float32(np.clip((float(colour.min()) - 0.35) / 0.25, 0, 1))
    skin = CREAM + (HONEY - CREAM) * white
    share = oval * (0.35 + 0.25 * white)
    return np.asarray(colour + (skin - colour) * share, np.float32)


def lip_on(skin: Array, rose: float = 1.0) -> Array:
    """Lips that stand out on `skin`; a red lip would vanish on a red apple.

    `rose`, in [0, 1], is how red they are; at 0 they are a deeper shade of the skin itself.
    """
    own = skin * (0.30 + 0.25 * skin / max(float(skin.max()), 1e-3))
    other = max(skin[1], skin[2])
    if skin[0] > other + 0.25 and skin[0] > 3 * other:
        lip = skin * np.float32(0.50) + linear("7a1030") * np.float32(0.35)
    else:
        light = 0.4 + 0.6 * np.sqrt(luminance(skin))
        lip = skin * np.float32(0.25) + linear("d65f62") * np.float32(light)
    return np.asarray(own + (lip - own) * rose, np.float32)


def visible(base: Array) -> Array:
    """Very dark bodies are lifted until shading and features can be seen on them."""
    return np.asarray(base + np.float32(max(0.055 - luminance(base), 0.0)), np.float32)


def dark_on(skin: Array) -> Array:
    """Brows that stand out on `skin`."""
    dark = skin * np.float32(0.10)
    return np.asarray(dark + np.array([0.012, 0.007, 0.005], np.float32), np.float32)
