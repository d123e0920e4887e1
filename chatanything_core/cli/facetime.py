"""`chatanything facetime`: meet a character in a page of the browser."""

from typing import Annotated

import typer

from ..character.request import Request
from . import options
from .output import Seed, printed, reported, screen

Who = Annotated[str, typer.Argument(help="A concept, a persona.json, or a character card.")]
Host = Annotated[
    str,
    typer.Option(help="Where to listen; others than this machine need the token in the link."),
]


@reported
def facetime(
    who: Who = "",
    host: Host = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port; 0 for any that is free.")] = 8765,
    language: options.Language = Request.language,
    seed: Seed = Request.seed,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the page in the browser.")
    ] = True,
) -> None:
    """Meet a character face to face: type, and it answers, in your browser."""
    from ..facetime.serve import Place, open_page, serve
    from ..live.roster import Roster

    def ready(address: str) -> None:
        screen.print(f"The page is at {printed(address)}", soft_wrap=True)
        screen.print("[dim]Ctrl+C ends it; characters and conversations are kept.[/dim]")
        if browser:
            open_page(address)

    roster = Roster()
    first = roster.make(request_of(who, language, seed)).id if who else ""
    serve(Place(host, port), roster, first, ready)


def request_of(who: str, language: str, seed: int) -> Request:
    """What the word means: a concept, or a file with a persona and perhaps its portrait."""
    from ..persona.persona_files import load_persona, persona_file
    from .chat.reply_videos import own_portrait

    file = persona_file(who)
    if file is None:
        return Request(who, language=language, seed=seed)
    return Request(load_persona(file), portrait=own_portrait(file), seed=seed)
