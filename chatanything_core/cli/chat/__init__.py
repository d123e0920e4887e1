"""`chatanything chat`: talk with a concept, a saved persona or a character card."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...character.request import Request
from .. import options
from ..output import Json, Seed, reported, screen, show_json

if TYPE_CHECKING:
    from ...persona import Persona
    from .conversation import Conversation

FILMED = (
    *("voice", "preset", "painter", "expert", "mix", "guide", "reference"),
    *("strength", "size", "tries", "strict", "head", "seed", "mark"),
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
    mix: options.Mix = Request.mix,
    guide: options.Guide = None,
    reference: options.Reference = None,
    strength: options.Strength = Request.strength,
    size: options.Size = Request.size,
    tries: options.Tries = Request.tries,
    strict: options.Strict = Request.strict,
    head: options.Head = Request.head,
    seed: Seed = Request.seed,
    mark: options.Mark = Request.mark,
    as_json: Json = False,
) -> None:
    """Talk with a persona, in the terminal or line by line from another program.

    Options of voice, portrait and head are for the films of --out.
    """
    _hold(_conversation(locals()), say, as_json)


def _conversation(words: dict[str, Any]) -> "Conversation":
    """What `talk` was given, as a conversation that can begin."""
    from ...persona.persona_files import persona_file
    from .conversation import Conversation
    from .reply_videos import ReplyVideos, own_portrait

    quiet = words["as_json"]
    file = persona_file(words["who"])
    name = _user_name(words["user"], asked=not (words["say"] or quiet))
    persona = _persona(file, name, words)
    films = None
    if words["out"]:
        looks = {word: words[word] for word in FILMED}
        portrait = own_portrait(file) if file else None
        films = ReplyVideos(Request(persona, out=words["out"], portrait=portrait, **looks), quiet)
    asked = {word: words[word] for word in ("engine", "source", "limit", "seed")}
    kept = {"file": words["history"], "films": films, "user": name}
    return Conversation(persona, **asked, **kept, quiet=quiet)


def _hold(talk: "Conversation", say: list[str] | None, as_json: bool) -> None:
    from ...dialogue import history_to_json

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
    from ...dialogue import talkers
    from ...llm.profiles import SPEECH_PROFILE, profile_names

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


def _user_name(given: str | None, asked: bool) -> str:
    """The name that is given, else the one that was kept, else one that is asked for once."""
    from ...persona.user_name import keep_name, kept_name

    if given is not None:
        return keep_name(given)
    kept = kept_name()
    if kept is None and asked and sys.stdin.isatty():
        screen.print("What is your name? [dim](Enter: none; --user changes it)[/dim] ", end="")
        kept = keep_name(sys.stdin.readline())
    return kept or ""


def _persona(file: Path | None, user: str, words: dict[str, Any]) -> "Persona":
    from ...errors import InputError
    from ...persona import write_persona
    from ...persona.persona_files import load_persona

    greeting = words["greeting"]
    if file:
        return load_persona(file, greeting, user)
    if greeting:
        raise InputError(f"There is no greeting {greeting}; only character cards have several.")
    told = {word: words[word] for word in ("engine", "source", "language", "seed")}
    return write_persona(words["who"], **told)
