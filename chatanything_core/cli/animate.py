"""`chatanything animate IMAGE AUDIO`."""

from pathlib import Path
from typing import Annotated

import typer

from .output import Json, Out, Seed, progress, reported, show, show_json


@reported
def animate(
    image: Annotated[Path, typer.Argument(help="Any picture; a face is found or placed.")],
    audio: Annotated[Path, typer.Argument(help="Any audio or video file with a voice.")],
    seed: Seed = 0,
    out: Out = None,
    head: Annotated[str, typer.Option(help="Talking-head engine.")] = "warp",
    text: Annotated[str, typer.Option(help="What is said, for exact lip shapes.")] = "",
    language: Annotated[str, typer.Option(help="BCP-47 tag of the text.")] = "en-US",
    as_json: Json = False,
) -> None:
    """Make a picture speak an audio file."""
    from .. import landmarks, talking_head, video, voice

    talking_head.heads.create(head)
    picture = landmarks.load_image(image)
    samples, rate = voice.load_audio(audio)
    path = out or Path("out") / f"{image.stem}.mp4"
    with progress(quiet=as_json) as watch:
        watch("face")
        face = landmarks.find_face(picture)
        timeline = voice.timeline_of(
            samples, rate, text=text, language=language, tick=watch("timeline")
        )
        speech = voice.Speech(samples, rate, timeline)
        made = video.animate(picture, face, speech, path, head=head, seed=seed, tick=watch("video"))
    if as_json:
        found = {"origin": face.origin, "score": face.score, "notes": face.notes}
        show_json({"file": str(made.path), "seconds": made.seconds, "face": found})
        return
    show(f"{made.path}")
    show(f"{made.seconds:.1f} s; face {face.origin}, animatability {face.score:.2f}")
    for note in face.notes:
        show(f"  {note}")
