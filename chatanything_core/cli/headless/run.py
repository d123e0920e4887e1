"""`chatanything run WORKFLOW`: workflows of ComfyUI without its page."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..output import Json, Out, printed, progress, reported, screen, show, show_json
from .batch import named_values, report

if TYPE_CHECKING:
    from ...workflows import Workflow
    from .batch import RowOutcome

LOCAL = "http://127.0.0.1:8188"

Sets = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="NODE.INPUT=VALUE",
        help="Value of an input; NODE is its number, title or type, and may be left out where only "
        "one has such an input. @FILE uploads a file.",
    ),
]

File = Annotated[Path, typer.Argument(help="As the page saves it, or exported for the API.")]
Many = Annotated[
    Path | None,
    typer.Option(metavar="LIST", help="CSV whose columns are inputs: one run for each line."),
]
Servers = Annotated[
    str, typer.Option(metavar="A,B,C", help="Addresses that share the list's rows.")
]
Previews = Annotated[bool, typer.Option("--previews", help="Fetch what is only shown as well.")]


@reported
def run(
    workflow: File,
    sets: Sets = None,
    server: Annotated[str, typer.Option(help="Address of a ComfyUI.")] = LOCAL,
    many: Many = None,
    servers: Servers = "",
    previews: Previews = False,
    out: Out = None,
    as_json: Json = False,
) -> None:
    """Run a workflow on a ComfyUI server and fetch what it saves.

    With --many, prints one line of JSON for each row; run it again to make what is missing.
    """
    from ...errors import InputError
    from ...workflows import read_workflow

    drawn, values = read_workflow(workflow), named_values(sets)
    if many is None:
        if servers:
            raise InputError(
                "--servers share the rows of a list. Add --many LIST, or use --server."
            )
        folder = out or Path("out") / workflow.stem
        _run_once(drawn, server, values, folder, previews, as_json)
        return
    _run_rows(
        drawn,
        many,
        [url for url in (servers or server).split(",") if url.strip()],
        values,
        out,
        previews,
    )


def _run_rows(
    workflow: "Workflow",
    path: Path,
    urls: list[str],
    values: dict[str, str],
    out: Path | None,
    previews: bool,
) -> None:
    from ...batch import read_list
    from ...workflows.run_workflow import run_many

    rows, folder = read_list(path), out or Path("out") / path.stem
    outcomes = run_many(workflow, rows, urls, values, folder, previews=previews)
    report(_unsaved_told(outcomes), len(rows), folder)


def _run_once(
    workflow: "Workflow",
    server: str,
    values: dict[str, str],
    folder: Path,
    previews: bool,
    as_json: bool,
) -> None:
    from ...batch import ResultFolders, Row
    from ...batch.result_folders import check_place
    from ...workflows.run_workflow import run_workflow

    check_place(folder)
    with progress(quiet=as_json) as watch:
        made, prepared, found = run_workflow(
            workflow, server, values, previews=previews, watch=watch
        )
    folders = ResultFolders(folder.parent, {folder.name: prepared.job})
    record = folders.commit(Row(folder.name, 1, values), made)
    if as_json:
        show_json({**record, "folder": str(folder)})
        return
    for title, lines in found.texts.items():
        show(f"{title}: {' '.join(lines)}")
    for name in record["files"]:
        show(f"  {folder / name}")
    if not record["files"] and found.previews:
        screen.print(
            f"The workflow saves nothing and shows {found.previews} files. --previews fetches them."
        )


def _unsaved_told(outcomes: Iterator["RowOutcome"]) -> Iterator["RowOutcome"]:
    """Say it of rows whose workflow saves nothing."""
    for outcome in outcomes:
        if outcome.record is not None and not outcome.record["files"]:
            screen.print(f"{printed(outcome.task.name)}: nothing was saved. Add --previews?")
        yield outcome
