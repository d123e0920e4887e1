"""`chatanything engines`."""

from dataclasses import asdict

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from .output import Json, reported, show_json


@reported
def engines(as_json: Json = False) -> None:
    """List every engine of every stage: available or not, why, what to install; and plug-ins."""
    from ..pipeline import engines as survey

    found = survey()
    if as_json:
        show_json([asdict(status) for status in found])
        return
    table = Table(box=None, pad_edge=False)
    for title in ("stage", "engine", "", "what it offers, or what is missing"):
        table.add_column(title, overflow="fold")
    for status in found:
        lacking = "[red]failed[/red]" if status.kind == "plug-in" else "[yellow]missing[/yellow]"
        mark = "[green]ready[/green]" if status.available else lacking
        table.add_row(status.kind, escape(status.name), mark, escape(status.reason or status.about))
    Console(highlight=False).print(table)
