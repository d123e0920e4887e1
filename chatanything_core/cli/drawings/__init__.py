"""`chatanything drawings add|get|list|find|sheet|remove`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ...errors import InputError
from ..models import bytes_bar
from ..models.tables import megabytes
from ..output import INTERRUPTED, Json, reported, screen, show, show_json

if TYPE_CHECKING:
    from ...diffusion.icon_sets import Icon, IconSet

app = typer.Typer(
    help="Open icon sets whose drawings become bodies: see, fetch, add and search them.",
    no_args_is_help=True,
)


@app.command("list")
@reported
def list_sets(as_json: Json = False) -> None:
    """Show your sets, and those that can be fetched by name."""
    from ...diffusion.icon_sets import drawings_folder, fetchable_sets, installed_sets

    here = installed_sets()
    missing = [each for each in fetchable_sets() if each.set not in {icons.id for icons in here}]
    if as_json:
        sets = [_record(icons) for icons in here]
        names = [{"id": each.model.id, "licence": each.model.licence} for each in missing]
        show_json({"folder": str(drawings_folder()), "sets": sets, "fetchable": names})
        return
    table = Table(box=None, pad_edge=False)
    for title in ("set", "drawings", "licence", "author"):
        table.add_column(title)
    for icons in here:
        table.add_row(icons.id, f"{len(icons):,}", escape(icons.licence), escape(icons.author))
    for each in missing:
        fetch = f"{megabytes(each.model.size)}: chatanything drawings get {each.model.id}"
        table.add_row(f"({each.set})", f"{each.icons:,}", escape(each.model.licence), fetch)
    Console(highlight=False).print(table)


@app.command()
@reported
def add(
    path: Annotated[
        Path,
        typer.Argument(help="Iconify's icons.json, its package (.tgz), or a folder of SVGs."),
    ],
    as_json: Json = False,
) -> None:
    """Add a set that you have: it is copied to your folder, one of the same name is replaced."""
    from ...diffusion.icon_sets import add_set

    _added(add_set(path), as_json)


@app.command()
@reported
def get(
    name: Annotated[str, typer.Argument(help="fluent, noto or game-icons.")],
    source: Annotated[
        str,
        typer.Option(
            "--from",
            metavar="URL|FOLDER",
            help="A mirror or a folder with the files; they must have the same sha256.",
        ),
    ] = "",
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Fetch a published set, after showing its size and licence."""
    from ...diffusion.icon_sets import get_set, set_to_fetch

    wanted = set_to_fetch(name)
    if as_json and not yes:
        raise InputError("Nothing can be asked with --json. Add --yes to fetch without asking.")
    model = wanted.model
    told = [
        f"{model.id}: {wanted.icons:,} {model.purpose}",
        f"Licence: {model.licence} ({model.page})",
    ]
    for file in model.files:
        told += [f"{file.name}, {megabytes(file.size)}", f"  from   {source or file.address}"]
        told += [f"  sha256 {file.sha256}"]
    for line in told:
        screen.print(escape(line), soft_wrap=True)
    if not yes and not typer.confirm("Fetch it?", err=True):
        screen.print("Nothing was fetched.")
        raise typer.Exit(1)
    try:
        with bytes_bar(as_json) as tick:
            added = get_set(wanted, source=source, tick=tick)
    except KeyboardInterrupt as error:
        screen.print("Stopped. What has come is kept; the same command goes on from there.")
        raise typer.Exit(INTERRUPTED) from error
    _added(added, as_json)


@app.command()
@reported
def remove(name: Annotated[str, typer.Argument(help="A set that `list` shows.")]) -> None:
    """Delete one of your sets."""
    from ...diffusion.icon_sets import remove_set

    show(str(remove_set(name)))


@app.command()
@reported
def find(
    words: Annotated[str, typer.Argument(help='What is drawn, such as "harp".')],
    most: Annotated[int, typer.Option(help="Most results.")] = 40,
    as_json: Json = False,
) -> None:
    """Show the drawings of your sets that have these words in their names."""
    from ...diffusion.icon_sets import find_icons

    found = find_icons(words, _sets(), most)
    if as_json:
        show_json([f"{icon.set}:{icon.name}" for icon in found])
        return
    for icon in found:
        show(f"{icon.set}:{icon.name}")
    if not found:
        show(f"None of your sets has {words!r}.")


@app.command()
@reported
def sheet(
    words: Annotated[
        str, typer.Argument(help="What is drawn; empty shows some of every set.")
    ] = "",
    out: Annotated[Path, typer.Option(help="The PNG file to write.")] = Path("drawings.png"),
    style: Annotated[str, typer.Option(help="soft 3D, paper cut or ink; default: all three.")] = "",
    most: Annotated[int, typer.Option(help="Most drawings.")] = 16,
) -> None:
    """Paint drawings of your sets with faces on a contact sheet."""
    from ...atomic_write import atomic_write
    from ...diffusion.icon_sets import find_icons, load_icon
    from ...diffusion.sketch.contact_sheet import drawings_sheet
    from ...diffusion.sketch.painter import STYLES

    icons = find_icons(words, _sets(), most) if words else _some(_sets(), most)
    if not icons:
        raise InputError(f"None of your sets has {words!r}. Look with: chatanything drawings find")
    drawings = [load_icon(icon) for icon in icons]
    picture = drawings_sheet(drawings, (style,) if style else tuple(STYLES))
    with atomic_write(out) as part:
        picture.save(part, "PNG")
    show(str(out))


def _some(sets: "Sequence[IconSet]", most: int) -> "list[Icon]":
    """Things of every set, spread over the alphabet."""
    from ...diffusion.icon_sets import Icon

    each = max(most // len(sets), 1)
    chosen = []
    for icons in sets:
        names = sorted(set(icons.exact.values()))
        chosen += [Icon(icons.id, name) for name in names[:: max(len(names) // each, 1)][:each]]
    return chosen[:most]


def _sets() -> "tuple[IconSet, ...]":
    from ...diffusion.icon_sets import fetchable_sets, installed_sets

    sets = installed_sets()
    if not sets:
        names = ", ".join(each.model.id for each in fetchable_sets())
        raise InputError(
            f"You have no set of drawings yet. Fetch one (chatanything drawings get NAME: {names}), or "
            "add your own: chatanything drawings add FILE-OR-FOLDER"
        )
    return sets


def _record(icons: "IconSet") -> dict[str, Any]:
    words = {key: getattr(icons, key) for key in ("id", "title", "author", "licence", "version")}
    return {**words, "drawings": len(icons), "folder": str(icons.folder)}


def _added(icons: "IconSet", as_json: bool) -> None:
    if as_json:
        show_json(_record(icons))
        return
    show(f"{icons.id}: {len(icons):,} drawings, {icons.licence}, in {icons.folder}")
