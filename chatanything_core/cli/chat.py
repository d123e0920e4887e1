"""`chatanything chat`: talk with a concept, a saved persona or a character card."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..character.request import Request
from . import options
from .output import Json, Seed, read_text, reported, screen, show_json

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
    from .conversation import Conversation
    from .reply_videos import ReplyVideos, own_portrait

    persona = _persona(who, engine, source, language, seed)
    films = None
    if out:
        request = Request(persona, out=out, portrait=own_portrait(Path(who)), **looks)
        films = ReplyVideos(request, as_json)
    talk = Conversation(persona, engine, source, limit, seed, history, as_json, films)
    _hold(talk, say, as_json)


def _hold(talk: "Conversation", say: list[str] | None, as_json: bool) -> None:
    from ..dialogue import history_to_json

    if not as_json:
        _say_what_answers(talk.engine)
    if not talk.history.turns:
        talk.greet()
    if say:
        for message in say:
            talk.say(message)
    else:
        talk.listen()
    if as_json:
        show_json(json.loads(history_to_json(talk.history)))


def _say_what_answers(engine: str) -> None:
    """Who would take patterns for a broken model is told, and how to get a real one."""
    from ..dialogue import talkers
    from ..llm.profiles import SPEECH_PROFILE, profile_names

    first = talkers.names()[0]
    if (engine or first) != first:
        return
    names = [name for name in profile_names() if name != SPEECH_PROFILE]
    real = (
        f"add --engine openai --source {names[0]!r}"
        if names
        else "find one with `chatanything profiles find`, then add --engine openai"
    )
    screen.print(
        f"[dim]The {first} engine answers by patterns and knows nothing of the world. To talk with "
        f"a language model, {real}.[/dim]",
        soft_wrap=True,
    )


def _persona(who: str, engine: str, source: str, language: str, seed: int) -> "Persona":
    from ..errors import InputError
    from ..persona import persona_from_json, write_persona
    from ..persona.cards import SUFFIXES, load_card, persona_of_card

    path = Path(who)
    if path.suffix.lower() not in SUFFIXES or not path.is_file():
        return write_persona(who, engine=engine, source=source, language=language, seed=seed)
    if path.name != "persona.json":
        return persona_of_card(load_card(path))
    try:
        record = json.loads(read_text(path))
    except ValueError as error:
        raise InputError(f"{path} is not a JSON document: {error}.") from error
    return persona_from_json(record.get("persona", record) if isinstance(record, dict) else record)
