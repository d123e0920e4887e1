"""What sets the faces of one kind of creature apart from those of another; the data are JSON."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ....landmarks.face_model.emotion_shapes import Change

Mouth = Literal["lips", "line", "beak"]
"""Lips; the line between two halves of a muzzle; the edge between the halves of a beak."""
Nostril = tuple[float, float, float, float, float]
"""Column, row, half width, half height, in eye distances, and turn in degrees."""


@dataclass(frozen=True)
class FaceKind:
    """How the faces of one kind of creature are made."""

    name: str
    mouth: Mouth
    oval: float = 0.0
    """How much a face of its own, with a jaw and a forehead, lies on the body, in [0, 1]."""
    ridge: float = 0.0
    """How far a nose of skin stands out, in noses of people."""
    nose: str = ""
    """Points of an outline in the face frame; empty when there is none to be painted."""
    colour: str = ""
    """Of nose or beak, rrggbb, unless the drawing says it; empty for a shade of the skin."""
    rise: float = 0.0
    """Depth of nose or beak in eye distances."""
    nostrils: tuple[Nostril, ...] = ()
    """Those of one side."""
    philtrum: bool = False
    """True when a line leads from the nose to the mouth."""
    trunk: bool = False
    """True when the nose is a trunk."""
    muzzle: float = 0.0
    """How far the part about the mouth stands out; 1 is a cat's."""
    rose: float = 0.0
    """How red the lips are, in [0, 1]; at 0 they are a shade of the skin."""
    brows: float = 1.0
    """Opacity of the brows, in [0, 1]."""
    pupil: float = 1.0
    """Width of the pupil in its heights."""
    shape: Change = field(default_factory=dict)
    """Added to the fields of `FaceStyle`."""


def _kind(name: str, row: dict[str, Any]) -> FaceKind:
    nostrils = tuple(tuple(each) for each in row.pop("nostrils", ()))
    return FaceKind(name, nostrils=nostrils, **row)


def _load() -> dict[str, FaceKind]:
    rows = json.loads(Path(__file__).with_suffix(".json").read_text("utf-8"))
    return {name: _kind(name, row) for name, row in rows.items() if name != "about"}


FACE_KINDS = _load()
"""Every kind of face by its name."""
HUMAN = FACE_KINDS["human"]
MADE = {"glass": "smooth", "metal": "smooth", "ceramic": "smooth", "stone": "smooth"}
"""Faces of things by their material; that of other things is `thing`."""


def face_kind_of(kind: str, material: str, own: str = "") -> FaceKind:
    """The face of a body of `kind`, made of `material`; `own` is what its drawing names."""
    default = "human" if kind == "human" else MADE.get(material, "thing")
    return FACE_KINDS[own or default]
