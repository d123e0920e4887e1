"""`chatanything chat`: talk with a concept, a saved persona or a character card."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..character.request import Request
from . import options
from .output import Json, Seed, reported, screen, show_json

if TYPE_CHECKING:
    from ..persona import Persona
    from .conversation import Conversation

FILMED = (
    *("voice", "preset", "painter", "expert", "guide", "reference", "strength"),
    *("size", "head", "seed"),
)
"""Options that only films need."""


Say = Annotated[list[str] | None, typer.Option("--say", help="Say this and exit; may be repeated.")]
Kept = Annotated[
    Path | None, typer.Option(help="Continue the conversation in this file, and save it there.")
]
User = Annotated[
    str | None, typer.Option(help="Your name; it is kept, and an empty one forgets it.")
]
Films = Annotated[
    Path | None,
    typer.Option(help="Write a video of the greeting and of every reply to this folder."),
]


@reported
def talk(
    who: Annotated[str, typer.Argument(help="A concept, a persona.json, or a character card.")],
    say: Say = None,
    engine: Annotated[str, typer.Option(help="Who writes and answers.")] = Request.writer,
    source: options.Source = Request.source,
    history: Kept = None,
    limit: Annotated[int, typer.Option(help="Most words in a reply.")] = 50,
    greeting: Annotated[
        int, typer.Option(help="Which greeting of a card: 0, or an alternate one.")
    ] = 0,
    user: User = None,
    language: options.Language = Request.language,
    out: Films = None,
    voice: options.Voice = str(Request.voice),
    preset: options.Preset = Request.preset,
    painter: options.Painter = Request.painter,
    expert: options.Expert = Request.expert,
    guide: options.Guide = None,
    reference: options.Reference = None,
    strength: options.Strength = Request.strength,
    size: options.Size = Request.size,
    head: options.Head = Request.head,
    seed: Seed = Request.seed,
    as_json: Json = False,
) -> None:
    """Talk with a persona, in the terminal or line by line from another program.

    Options of voice, portrait and head are for the films of --out.
    """
    looks = {word: value for word, value in locals().items() if word in FILMED}
    from ..persona.persona_files import persona_file
    from .conversation import Conversation
    from .reply_videos import ReplyVideos, own_portrait

    file, name = persona_file(who), _user_name(user, asked=not (say or as_json))
    persona = _persona(file or who, engine, source, language, seed, greeting, name)
    films = None
    if out:
        portrait = own_portrait(file) if file else None
        films = ReplyVideos(Request(persona, out=out, portrait=portrait, **looks), as_json)
    talk = Conversation(persona, engine, source, limit, seed, history, as_json, films, name)
    _hold(talk, say, as_json)


def _hold(talk: "Conversation", say: list[str] | None, as_json: bool) -> None:
    from ..dialogue import history_to_json

    if not talk.history.turns:
        talk.greet()
    if say:
        for message in say:
            talk.say(message)
    else:
        talk.listen()
    if as_json:
        show_json(json.loads(history_to_json(talk.history)))


def _user_name(given: str | None, asked: bool) -> str:
    """The name that is given, else the one that was kept, else one that is asked for once."""
    from ..persona.user_name import keep_name, kept_name

    if given is not None:
        return keep_name(given)
    kept = kept_name()
    if kept is None and asked and sys.stdin.isatty():
        screen.print("What is your name? [dim](Enter: none; --user changes it)[/dim] ", end="")
        kept = keep_name(sys.stdin.readline())
    return kept or ""


def _persona(
    who: "Path | str",
    engine: str,
    source: str,
    language: str,
    seed: int,
    greeting: int,
    user: str,
) -> "Persona":
    from ..errors import InputError
    from ..persona import write_persona
    from ..persona.persona_files import load_persona

    if isinstance(who, Path):
        return load_persona(who, greeting, user)
    if greeting:
        raise InputError(f"There is no greeting {greeting}; only character cards have several.")
    return write_persona(who, engine=engine, source=source, language=language, seed=seed)
