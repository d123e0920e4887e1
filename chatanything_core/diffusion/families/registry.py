"""The one table of families; a new one is a file next to this and a name in `FAMILIES`."""

from ...errors import InputError
from .base import Family, Shapes
from .comfyui import COMFYUI
from .sd15 import SD15
from .sdxl import SDXL
from .sketch import SKETCH
from .starter import STARTER

FAMILIES = {family.name: family for family in (SKETCH, SD15, SDXL, STARTER, COMFYUI)}


def find_family(name: str) -> Family:
    """The family of a name.

    Raises:
        InputError: a name that is not known.
    """
    if name not in FAMILIES:
        raise InputError(f"Unknown family {name!r}. Choose one of: {', '.join(FAMILIES)}.")
    return FAMILIES[name]


def family_of(shapes: Shapes) -> Family | None:
    """The family that a checkpoint or LoRA belongs to by its tensors; None when it is unknown."""
    for family in FAMILIES.values():
        if family.networks and family.networks.recognise(shapes):
            return family
    return None
