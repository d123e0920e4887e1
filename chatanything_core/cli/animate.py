"""`chatanything animate IMAGE AUDIO`."""

import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import InputError
from ..ranges import WHOLE
from .output import Json, Out, Seed, progress, reported, show, show_json

Text = Annotated[str, typer.Option(help="What is said, for exact lip shapes and subtitles.")]
Language = Annotated[str, typer.Option(help="BCP-47 tag of the text.")]
Engine = Annotated[str, typer.Option(help="Talking-head engine; empty means the first.")]
Fps = Annotated[float, typer.Option(help="Frames per second, 12 to 60.")]
Shown = Annotated[str, typer.Option("--emotion", help="What the face shows, such as happy.")]
Strength = Annotated[float, typer.Option(help="How strongly it shows, 0 to 1.")]
Mouth = Annotated[float, typer.Option(help="Movement of the mouth, 0 (off) to 2.")]
Blink = Annotated[float, typer.Option(help="How often the eyes blink, 0 to 2.")]
Brows = Annotated[float, typer.Option(help="Movement of the brows, 0 to 2.")]
Gaze = Annotated[float, typer.Option(help="Movement of the eyes, 0 to 2.")]
Nods = Annotated[float, typer.Option(help="Movement of the head, 0 to 2.")]
Breath = Annotated[float, typer.Option(help="Rise and fall with breathing, 0 to 2.")]
Crf = Annotated[int, typer.Option(help="Quality, 0 (lossless) to 51 (worst).")]
Preset = Annotated[str, typer.Option(help="Slower presets make smaller files.")]
Subtitles = Annotated[str, typer.Option(help="none, track or burnt; needs --text.")]


@reported
def animate(
    image: Annotated[Path, typer.Argument(help="Any picture; a face is found or placed.")],
    audio: Annotated[Path, typer.Argument(help="Any audio or video file with a voice.")],
    seed: Seed = 0,
    out: Out = None,
    head: Engine = "",
    text: Text = "",
    language: Language = "en-US",
    fps: Fps = 25.0,
    emotion: Shown = "neutral",
    strength: Strength = 1.0,
    mouth: Mouth = 1.0,
    blink: Blink = 1.0,
    brows: Brows = 1.0,
    gaze: Gaze = 1.0,
    head_motion: Nods = 1.0,
    breath: Breath = 1.0,
    crf: Crf = 20,
    preset: Preset = "veryfast",
    subtitles: Subtitles = "none",
    as_json: Json = False,
) -> None:
    """Make a picture speak an audio file.

    The suffix of --out chooses the format: .mp4, .webm, .mov, or a silent .gif or .webp.
    """
    options: dict[str, Any] = {"head": head, "fps": fps, "subtitles": subtitles, "seed": seed}
    amounts = (mouth, blink, brows, gaze, head_motion, breath)
    _complete(options, (emotion, strength), amounts, (crf, preset))
    if subtitles != "none" and not text.strip():
        raise InputError("Subtitles need to know what is said. Give it with --text.")
    path = out or Path("out") / f"{image.stem}.mp4"
    _report(*_made(image, audio, path, text, language, options, as_json), as_json)


def _complete(
    options: dict[str, Any],
    emotion: tuple[str, float],
    amounts: tuple[float, ...],
    coding: tuple[int, str],
) -> None:
    """Add the rest of the options, and refuse what would be refused before anything is drawn."""
    from .. import persona, talking_head, video

    name, strength = emotion
    WHOLE.check("Strength", strength)
    full = persona.emotion_of(name)
    options["emotion"] = replace(full, strength=full.strength * strength)
    options["amounts"] = talking_head.Amounts(*amounts)
    options["coding"] = video.Coding(*coding)
    talking_head.heads.create(options["head"])
    talking_head.check_fps(options["fps"])
    talking_head.check_amounts(options["amounts"])
    video.check_subtitles(options["subtitles"])


def _made(
    image: Path,
    audio: Path,
    path: Path,
    text: str,
    language: str,
    options: dict[str, Any],
    quiet: bool,
) -> tuple[Any, Any]:
    """The video and the face that was found."""
    from .. import landmarks, video, voice

    picture = landmarks.load_image(image)
    with (
        progress(quiet=quiet) as watch,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        samples, rate = voice.open_audio(audio, Path(folder))
        watch("face")
        face = landmarks.find_face(picture)
        timeline = voice.timeline_of(
            samples, rate, text=text, language=language, tick=watch("timeline")
        )
        speech = voice.Speech(samples, rate, timeline)
        return video.animate(picture, face, speech, path, **options, tick=watch("video")), face


def _report(made: Any, face: Any, as_json: bool) -> None:
    if as_json:
        found = {"origin": face.origin, "score": face.score, "notes": face.notes}
        show_json({"file": str(made.path), "seconds": made.seconds, "face": found})
        return
    show(f"{made.path}")
    show(f"{made.seconds:.1f} s; face {face.origin}, animatability {face.score:.2f}")
    for note in face.notes:
        show(f"  {note}")
