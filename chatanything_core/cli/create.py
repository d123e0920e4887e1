"""`chatanything create CONCEPT`."""

import time
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..character.request import Request
from . import options
from .output import Json, Out, Seed, progress, reported, show, show_json

if TYPE_CHECKING:
    from ..pipeline import Creation


@reported
def create(
    concept: Annotated[
        str, typer.Argument(help='Anything at all, such as "grumpy teapot"; or a card.')
    ],
    seed: Seed = Request.seed,
    out: Out = None,
    writer: options.Writer = Request.writer,
    voice: options.Voice = str(Request.voice),
    preset: options.Preset = Request.preset,
    painter: options.Painter = Request.painter,
    expert: options.Expert = Request.expert,
    mix: options.Mix = Request.mix,
    guide: options.Guide = None,
    reference: options.Reference = None,
    strength: options.Strength = Request.strength,
    head: options.Head = Request.head,
    language: options.Language = Request.language,
    text: options.Text = Request.text,
    size: options.Size = Request.size,
    tries: options.Tries = Request.tries,
    strict: options.Strict = Request.strict,
    drawing: options.Drawing = None,
    face: options.FacePlace = Request.face,
    source: options.Source = Request.source,
    mark: options.Mark = Request.mark,
    as_json: Json = False,
) -> None:
    """Make a persona of any concept: its character, face, voice, and a video of it talking."""
    words = {word: value for word, value in locals().items() if word != "as_json"}
    start = time.perf_counter()
    from ..character.check_request import check_request
    from ..pipeline import make_creation

    request = check_request(Request(**{**words, **words_of_file(words)}))
    loading = time.perf_counter() - start
    with progress(quiet=as_json) as watch:
        made = make_creation(request, watch=watch)
    _report(made, {"loading": loading, **made.seconds}, as_json)


def words_of_file(words: dict[str, Any]) -> dict[str, Any]:
    """The persona and the picture in the file that the concept names; nothing for a concept."""
    from ..persona.persona_files import load_persona, persona_file

    file = persona_file(words["concept"])
    if file is None:
        return {}
    from ..persona.cards import PICTURES
    from .chat.reply_videos import own_portrait

    making = ("expert", "mix", "guide", "reference", "painter", "drawing")
    painted = any(words.get(word) for word in making)
    own = own_portrait(file) if file.suffix.lower() in PICTURES and not painted else None
    return {"concept": load_persona(file), "portrait": own}


def _report(made: "Creation", seconds: dict[str, float], as_json: bool) -> None:
    if as_json:
        files = {path.name: str(path) for path in made.files}
        video = {"seconds": made.video.seconds, "fps": made.video.fps}
        notes = [*made.character.portrait.notes, *made.speech.notes, *made.video.notes]
        show_json(
            {
                "name": made.persona.name,
                "files": files,
                "video": video,
                "took": seconds,
                "notes": notes,
            }
        )
        return
    show(f"{made.persona.name}: {made.persona.greeting}")
    for note in (*made.character.portrait.notes, *made.speech.notes, *made.video.notes):
        show(f"  Note: {note}")
    for path in made.files:
        show(f"  {path}")
    parts = ", ".join(f"{name} {value:.2f} s" for name, value in seconds.items())
    show(f"{made.video.seconds:.1f} s of video in {sum(seconds.values()):.1f} s ({parts})")
