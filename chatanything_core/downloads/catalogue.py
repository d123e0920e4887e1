"""The files that our engines can use, as `catalogue.json` lists them."""

import json
from functools import lru_cache
from pathlib import Path

from ..errors import InputError
from .records import Model, ModelFile

CATALOGUE = Path(__file__).with_name("catalogue.json")


def models() -> tuple[Model, ...]:
    """Every model of the catalogue, in its order."""
    return _read(CATALOGUE)


def find_model(name: str) -> Model:
    """The model of an id.

    Raises:
        InputError: there is none.
    """
    for model in models():
        if model.id == name:
            return model
    known = ", ".join(model.id for model in models())
    raise InputError(f"The catalogue has no model {name!r}. Choose one of: {known}.")


def holder_of(kind: str, name: str) -> str:
    """Id of the model that has the file `name` of a kind; empty when none has it."""
    for model in models():
        if any((file.kind, file.name) == (kind, name) for file in model.files):
            return model.id
    return ""


@lru_cache(maxsize=2)
def _read(path: Path) -> tuple[Model, ...]:
    entries = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Model(**{**entry, "files": tuple(ModelFile(**file) for file in entry["files"])})
        for entry in entries
    )
