"""`chatanything models list|path|get`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from ...downloads import (
    Accept,
    Model,
    ModelFile,
    Place,
    find_model,
    get_model,
    models,
    places_of,
    source_of,
)
from ...errors import InputError
from ...progress import Tick
from ...runtime import default_runtime
from ..output import INTERRUPTED, Json, reported, screen, show, show_json
from .tables import plan, record, table

app = typer.Typer(help="See and fetch the model files that engines can use.", no_args_is_help=True)

Name = Annotated[str, typer.Argument(help="An id that `chatanything models list` shows.")]


@app.command("list")
@reported
def list_models(as_json: Json = False) -> None:
    """Show which models are here and which are missing, with size and licence."""
    folders = default_runtime().folders
    found = [(model, places_of(model, folders)) for model in models()]
    if as_json:
        show_json([record(model, places) for model, places in found])
    else:
        Console(highlight=False).print(table(found))


@app.command()
@reported
def path(name: Name, as_json: Json = False) -> None:
    """Print where the files of a model are, or would be put."""
    model = find_model(name)
    places = places_of(model, default_runtime().folders)
    if as_json:
        show_json(record(model, places))
    else:
        for place in places:
            show(str(place.path))


@app.command()
@reported
def get(
    name: Name,
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="URL|FILE",
            help="A mirror or a file of your own instead; it must have the same sha256.",
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    no_check: Annotated[
        bool, typer.Option("--no-check", help="Keep files of which no sha256 is on record.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Fetch the files of a model, after showing size, licence, address and place."""
    model = find_model(name)
    folders = default_runtime().folders
    missing = [place for place in places_of(model, folders) if not place.here]
    asks = None if as_json or yes else _keeps
    accept: Accept | None = (lambda file, found: True) if no_check else asks
    for place in missing:
        source_of(model, place.file, source, accept)
    if missing:
        _ask(model, missing, source, yes, as_json)
    try:
        with bytes_bar(as_json) as tick:
            paths = get_model(model, source=source, accept=accept, folders=folders, tick=tick)
    except KeyboardInterrupt as error:
        screen.print("Stopped. What has come is kept; the same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from error
    if as_json:
        show_json(record(model, places_of(model, folders)))
    else:
        for here in paths:
            show(str(here))


def _ask(model: Model, missing: Sequence[Place], source: str, yes: bool, as_json: bool) -> None:
    """Say what would be fetched, and leave unless that is wanted."""
    if as_json and not yes:
        raise InputError("Nothing can be asked with --json. Add --yes to fetch without asking.")
    for line in plan(model, missing, source):
        screen.print(escape(line), soft_wrap=True)
    if not yes and not typer.confirm("Fetch it?", err=True):
        screen.print("Nothing was fetched.")
        raise typer.Exit(1)


def _keeps(file: ModelFile, found: str) -> bool:
    screen.print(f"No sha256 of {escape(file.name)} is on record. What came has {found}.")
    return typer.confirm("Keep it?", err=True)


@contextmanager
def bytes_bar(quiet: bool) -> Iterator[Tick]:
    """A tick that moves a bar of bytes, where the screen is one for bars."""
    columns = (BarColumn(32), DownloadColumn(), TransferSpeedColumn(), TimeRemainingColumn())
    hidden = quiet or not screen.is_terminal
    with Progress(*columns, console=screen, disable=hidden, transient=True) as bars:
        task = bars.add_task("get", total=None)
        yield lambda done, total: bars.update(task, completed=done, total=total or None)
