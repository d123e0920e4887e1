"""Models of the catalogue as tables, lines and JSON."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from rich.markup import escape
from rich.table import Table

from ...downloads import Model, Place


def table(found: Iterable[tuple[Model, Sequence[Place]]]) -> Table:
    """A line for each model: what it is for, size, licence, and whether it is here."""
    shown = Table(box=None, pad_edge=False)
    for title in ("id", "state", "size"):
        shown.add_column(title, no_wrap=True)
    for title in ("purpose", "licence"):
        shown.add_column(title)
    for model, places in found:
        size = megabytes(model.size)
        shown.add_row(model.id, state(places), size, escape(model.purpose), escape(model.licence))
    return shown


def plan(model: Model, missing: Sequence[Place], source: str) -> Iterator[str]:
    """What fetching the missing files means: size, licence, address, place."""
    yield f"{model.id}: {model.purpose}"
    yield f"Licence: {model.licence} ({model.page})"
    for place in missing:
        sha256 = place.file.sha256 or "not on record, so that it cannot be checked"
        yield f"{place.file.name}, {megabytes(place.file.size)}"
        yield f"  from   {source or place.file.address}"
        yield f"  to     {place.path}"
        yield f"  sha256 {sha256}"


def record(model: Model, places: Sequence[Place]) -> dict[str, Any]:
    """A model as JSON has it, with the state and path of each file."""
    files = [
        {**asdict(place.file), "path": str(place.path), "state": state([place])} for place in places
    ]
    return {**asdict(model), "state": state(places), "size": model.size, "files": files}


def state(places: Sequence[Place]) -> str:
    """`here`, `missing`, `partly here`, or `another file` of the same name."""
    if any(place.other_size for place in places):
        return "another file"
    here = sum(place.here for place in places)
    return "here" if here == len(places) else "partly here" if here else "missing"


def megabytes(size: int | None) -> str:
    """A size in words, in millions of bytes."""
    if size is None:
        return "size unknown"
    return f"{size / 1e6:.0f} MB" if size >= 1e6 else f"{max(size / 1e3, 0.1):.1f} kB"
