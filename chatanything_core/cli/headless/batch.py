"""`chatanything batch LIST`, and what it shares with `run --many`."""

import contextlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..output import Out, json_text, printed, reported, screen

if TYPE_CHECKING:
    from ...batch import Row
    from ...cluster import Outcome

    RowOutcome = Outcome[Row, Mapping[str, Any]]

Sets = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="For all rows that do not say otherwise."),
]


@reported
def batch(
    path: Annotated[
        Path,
        typer.Argument(
            metavar="LIST", help="CSV whose columns are words of `create`: concept,seed,text ..."
        ),
    ],
    sets: Sets = None,
    out: Out = None,
    workers: Annotated[
        int | None, typer.Option(help="Rows at a time.", show_default="every core")
    ] = None,
    ray: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A Ray cluster to work on; `auto` finds it."),
    ] = None,
) -> None:
    """Make every character of a list, a folder each; run it again to make what is missing.

    Prints one line of JSON for each result.
    """
    from ...batch import read_list
    from ...batch.make_batch import make_batch
    from ...batch.read_requests import read_request
    from ..create import words_of_file

    rows, settings = read_list(path), named_values(sets)
    requests = {row.name: read_request(row, settings, words_of_file) for row in rows}
    folder = out or Path("out") / path.stem
    outcomes = make_batch(rows, requests, settings, folder, workers=workers, ray=ray)
    report(outcomes, len(rows), folder)


def named_values(sets: Sequence[str] | None) -> dict[str, str]:
    """`NAME=VALUE` of each `--set`.

    Raises:
        InputError: one without an equals sign or a name.
    """
    from ...errors import InputError

    values = {}
    for item in sets or ():
        name, equals, value = item.partition("=")
        if not equals or not name.strip():
            raise InputError(f"--set {item!r} sets nothing. Write NAME=VALUE, such as seed=7.")
        values[name.strip()] = value
    return values


def report(outcomes: Iterator["RowOutcome"], total: int, out: Path) -> None:
    """Print one line of JSON for each outcome as it comes.

    Raises:
        EngineError: some rows failed; the message counts them.
    """
    from ...errors import EngineError

    failed, lines = 0, sys.stdout
    # Ray prints what happens to its workers to standard output, where only results belong.
    with contextlib.redirect_stdout(sys.stderr):
        for done, outcome in enumerate(outcomes, 1):
            failed += outcome.record is None
            lines.write(json_text(_line(outcome, out)) + "\n")
            lines.flush()
            state = "failed" if outcome.record is None else "made" if outcome.tries else "was there"
            screen.print(f"[dim]{done} of {total}[/dim] {printed(outcome.task.name)} {state}")
    if failed:
        raise EngineError(
            f"{failed} of {total} rows failed; the lines say why. Run the same command to try them "
            "again."
        )


def _line(outcome: "RowOutcome", out: Path) -> Mapping[str, Any]:
    """One result as JSON: what its folder holds, and who made it."""
    how = {
        "line": outcome.task.line,
        "worker": outcome.worker,
        "tries": outcome.tries,
        "seconds": round(outcome.seconds, 2),
    }
    if outcome.record is None:
        failed = {"name": outcome.task.name, "values": dict(outcome.task.values)}
        return {**failed, "error": outcome.error, **how}
    return {**outcome.record, "folder": str(out / outcome.task.name), **how}
