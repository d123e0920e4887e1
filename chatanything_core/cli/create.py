"""`chatanything create CONCEPT`."""

import time
from pathlib import Path
from typing import Annotated

import typer

from .output import Json, Out, Seed, progress, reported, show, show_json


@reported
def create(
    concept: Annotated[str, typer.Argument(help='Anything at all, such as "grumpy teapot".')],
    seed: Seed = 0,
    out: Out = None,
    writer: Annotated[str, typer.Option(help="Persona engine.")] = "offline",
    voice: Annotated[str, typer.Option(help="Voice engine.")] = "espeak",
    portrait: Annotated[str, typer.Option(help="Portrait engine.")] = "sketch",
    head: Annotated[str, typer.Option(help="Talking-head engine.")] = "warp",
    language: Annotated[str, typer.Option(help="BCP-47 tag; default: the concept's own.")] = "",
    text: Annotated[str, typer.Option(help="What it says; default: its greeting.")] = "",
    size: Annotated[int, typer.Option(help="Width and height in pixels.")] = 512,
    source: Annotated[
        str, typer.Option(help="Profile of the openai writer, folder of the transformers one.")
    ] = "",
    as_json: Json = False,
) -> None:
    """Make a persona of any concept: its character, face, voice, and a video of it talking."""
    start = time.perf_counter()
    from ..pipeline import Order, check, slug
    from ..pipeline import create as make

    order = Order(concept, seed, writer, voice, portrait, head, language, text, size, source)
    check(order)
    loading = time.perf_counter() - start
    with progress(quiet=as_json) as watch:
        made = make(order, out or Path("out") / slug(concept), watch)
    seconds = {"loading": loading, **made.seconds}
    if as_json:
        files = {path.name: str(path) for path in made.files}
        video = {"seconds": made.video.seconds, "fps": made.video.fps}
        show_json({"name": made.persona.name, "files": files, "video": video, "took": seconds})
        return
    show(f"{made.persona.name}: {made.persona.greeting}")
    for path in made.files:
        show(f"  {path}")
    parts = ", ".join(f"{name} {value:.2f} s" for name, value in seconds.items())
    show(f"{made.video.seconds:.1f} s of video in {sum(seconds.values()):.1f} s ({parts})")
