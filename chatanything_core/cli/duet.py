"""`chatanything duet A B --topic TOPIC`: two characters talk with each other."""

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from ..character.request import Request
from . import options
from .output import Seed, printed, progress, reported, screen

Who = Annotated[str, typer.Argument(help="A concept, a persona.json, or a character card.")]


@reported
def duet(
    first: Who,
    second: Who,
    topic: Annotated[str, typer.Option(help="What they talk about.")],
    turns: Annotated[int, typer.Option(help="How often somebody speaks.")] = 8,
    out: Annotated[
        Path | None,
        typer.Option(help="Write the talk as a video to this .mp4, .webm or .mov file."),
    ] = None,
    engine: Annotated[str, typer.Option(help="Who writes and answers.")] = Request.writer,
    source: options.Source = Request.source,
    limit: Annotated[int, typer.Option(help="Most words in a turn.")] = 30,
    seed: Seed = Request.seed,
    mark: options.Mark = Request.mark,
) -> None:
    """Have two characters talk with each other about a topic, and film them side by side."""
    from ..character.make_character import make_character
    from ..duet import converse, film_duet
    from ..video import check_suffix
    from .facetime import request_of

    if out:
        check_suffix(out)
    with progress(quiet=False) as watch:
        one, other = (
            make_character(replace(request_of(who, "", seed + number), mark=mark), watch=watch)
            for number, who in enumerate((first, second))
        )
    pair, said = (one, other), []
    for turn in converse(pair, topic, turns, engine=engine, source=source, limit=limit):
        name = pair[turn.speaker].persona.name
        screen.print(f"[bold]{printed(name)}:[/bold] {printed(turn.text)}")
        said.append(turn)
    if out:
        with progress(quiet=False) as watch:
            film_duet(pair, said, out, tick=watch("video"))
        screen.print(f"[dim]{printed(out)}[/dim]", soft_wrap=True)
