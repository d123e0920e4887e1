"""`chatanything bodies`."""

from pathlib import Path
from typing import Annotated

import typer

from .output import progress, reported, show


@reported
def bodies(
    names: Annotated[
        list[str] | None,
        typer.Argument(help="Bodies, hats, or SVG files of bodies; without any, all are drawn."),
    ] = None,
    out: Annotated[Path, typer.Option(help="The PNG file to write.")] = Path("bodies.png"),
    style: Annotated[str, typer.Option(help="soft 3D, paper cut or ink; default: all three.")] = "",
) -> None:
    """Draw the sketch painter's bodies and hats on a contact sheet."""
    from ..atomic_write import atomic_write
    from ..diffusion.sketch.contact_sheet import bodies_sheet
    from ..diffusion.sketch.painter import STYLES

    with progress(quiet=False) as stage:
        sheet = bodies_sheet(names or (), (style,) if style else tuple(STYLES), stage("bodies"))
    with atomic_write(out) as part:
        sheet.save(part, "PNG")
    show(str(out))
