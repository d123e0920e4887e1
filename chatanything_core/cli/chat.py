"""`chatanything chat`: talk with a concept, a saved persona or a character card."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .output import Json, Seed, read_text, reported, show_json

if TYPE_CHECKING:
    from ..persona import Persona


@reported
def talk(
    who: Annotated[str, typer.Argument(help="A concept, a persona.json, or a character card.")],
    say: Annotated[
        list[str] | None, typer.Option("--say", help="Say this and leave; may be repeated.")
    ] = None,
    engine: Annotated[str, typer.Option(help="Who writes and answers.")] = "offline",
    source: Annotated[str, typer.Option(help="Profile for openai, folder for transformers.")] = "",
    history: Annotated[
        Path | None, typer.Option(help="Go on from this file, and keep the conversation in it.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Words that a reply may have.")] = 50,
    language: Annotated[str, typer.Option(help="BCP-47 tag; empty means the concept's own.")] = "",
    out: Annotated[
        Path | None, typer.Option(help="Film the greeting and every reply into this folder.")
    ] = None,
    voice: Annotated[str, typer.Option(help="Voice engine of the films.")] = "espeak",
    portrait: Annotated[str, typer.Option(help="Portrait engine of the films.")] = "sketch",
    head: Annotated[str, typer.Option(help="Talking-head engine of the films.")] = "warp",
    seed: Seed = 0,
    as_json: Json = False,
) -> None:
    """Talk with a persona, in the terminal or line by line from another program."""
    from ..dialogue import history_to_json
    from .conversation import Conversation
    from .reply_videos import ReplyVideos

    persona = _persona(who, engine, source, language, seed)
    films = (
        ReplyVideos(out, persona, Path(who), voice, portrait, head, seed, as_json) if out else None
    )
    talk = Conversation(persona, engine, source, limit, seed, history, as_json, films)
    if not talk.history.turns:
        talk.greet()
    if say:
        for message in say:
            talk.say(message)
    else:
        talk.listen()
    if as_json:
        show_json(json.loads(history_to_json(talk.history)))


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
        raise InputError(f"{path} is no JSON document: {error}.") from error
    return persona_from_json(record.get("persona", record) if isinstance(record, dict) else record)
