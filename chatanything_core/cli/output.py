"""What every command shares: where it prints, how it fails, how it shows progress.

Results go to standard output, everything else to standard error, so that `--json` can be piped.
"""

import functools
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, ParamSpec

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from ..errors import ChatAnythingError, InputError
from ..progress import Tick

P = ParamSpec("P")

screen = Console(stderr=True, highlight=False)

Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON, for machines.")]
Seed = Annotated[int, typer.Option(help="Same concept and seed, same result.")]
Out = Annotated[Path | None, typer.Option(help="Where to write.", show_default=False)]

_OBEYED = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""What JSON leaves as it is and a terminal, or who reads line by line, does not."""
INTERRUPTED = 130
"""Exit code of a program stopped by Ctrl-C, as shells have it."""


def reported(command: Callable[P, None]) -> Callable[P, None]:
    """Turn an expected failure of a command into one sentence and an exit code.

    2: the input cannot be used; 1: an engine is missing or failed; 130: stopped with Ctrl-C, 143
    and 129: by SIGTERM and SIGHUP.
    """

    @functools.wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            command(*args, **kwargs)
        except ChatAnythingError as error:
            if kwargs.get("as_json"):
                show_json({"error": str(error)})
            else:
                screen.print(f"[red]Error:[/red] {printed(error)}", soft_wrap=True)
            raise typer.Exit(2 if isinstance(error, InputError) else 1) from error
        except KeyboardInterrupt as error:
            screen.print("Stopped; no half-written files are left behind.")
            code = error.args[0] if error.args else INTERRUPTED
            raise typer.Exit(code) from error

    return run


def plain(text: str) -> str:
    """Words of others for standard output: nothing in them is obeyed by the terminal."""
    from ..llm.printable import printable

    return printable(text)


def printed(words: object) -> str:
    """Words of others for `screen`, where rich obeys brackets as well."""
    return escape(plain(str(words)))


def show_json(record: Any) -> None:
    """Print one JSON document to standard output; what a terminal would obey is escaped in it."""
    sys.stdout.write(json_text(record, indent=1) + "\n")


def json_text(record: Any, indent: int | None = None) -> str:
    """A record as JSON, on one line unless indented, in which a terminal obeys nothing."""
    text = json.dumps(record, ensure_ascii=False, indent=indent)
    return _OBEYED.sub(lambda mark: f"\\u{ord(mark[0]):04x}", text)


def show(line: str) -> None:
    """Print a line of the result to standard output."""
    sys.stdout.write(plain(line) + "\n")


@contextmanager
def progress(quiet: bool) -> Iterator[Callable[[str], Tick]]:
    """Yield a function that opens a bar for a stage and returns the tick that moves it."""
    with Progress(
        TextColumn("{task.description:<9}"),
        BarColumn(32),
        TimeElapsedColumn(),
        console=screen,
        disable=quiet or not screen.is_terminal,
        transient=True,
    ) as bars:
        last: list[TaskID] = []

        def close() -> None:
            if last:
                total = bars.tasks[last[-1]].total or 1
                bars.update(last[-1], total=total, completed=total)
                bars.stop_task(last[-1])

        def stage(name: str) -> Tick:
            close()
            task = bars.add_task(name, total=None)
            last.append(task)
            return lambda done, total: bars.update(task, completed=done, total=total or None)

        yield stage
        close()
