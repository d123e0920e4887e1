"""`chatanything animate IMAGE AUDIO`."""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import InputError
from ..ranges import WHOLE
from .options import Mark
from .output import Json, Out, Seed, progress, reported, show_json
from .output import show as say

if TYPE_CHECKING:
    from .portrait import FaceOptions

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
Points = Annotated[
    str,
    typer.Option(
        help="Where the face is, JSON or a file of it: six points [x, y] in pixels, the corners of "
        "the left eye, the right eye and the mouth, each from left to right; or all 68."
    ),
]
Detector = Annotated[
    str, typer.Option(help="Which detector looks for the face: auto, none or a name.")
]
Wish = Annotated[
    str,
    typer.Option(
        metavar="N|paint|x,y,width|mouth",
        help='Which of several faces, 1 is the largest; "paint" paints eyes, nose and mouth into the '
        'picture, 0.5,0.4,0.3 does it there (shares of the picture); "mouth" only makes what is '
        "there open. Default: the largest; where a detector finds none, one is painted.",
    ),
]
Show = Annotated[
    Path | None,
    typer.Option(help="Write the picture with the face drawn on it.", show_default=False),
]


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
    points: Points = "",
    detector: Detector = "auto",
    face: Wish = "",
    show: Show = None,
    mark: Mark = False,
    as_json: Json = False,
) -> None:
    """Make a picture speak an audio file.

    The suffix of --out chooses the format: .mp4, .webm, .mov, or a silent .gif or .webp.
    """
    from .portrait import FaceOptions, check_files, face_wish

    options = {"head": head, "fps": fps, "subtitles": subtitles, "seed": seed, "mark": mark}
    amounts = (mouth, blink, brows, gaze, head_motion, breath)
    path = out or Path("out") / f"{image.stem}.mp4"
    _complete(options, (emotion, strength), amounts, (crf, preset), path, text)
    check_files(image, audio, path, show)
    wanted = FaceOptions(points, detector, face_wish(face), show)
    _report(_made(image, audio, path, wanted, (text, language), options, as_json), as_json)


@dataclass(frozen=True, eq=False)
class _Made:
    """What came of it, for the report."""

    video: Any
    face: Any
    notes: tuple[str, ...]
    """What a person should know of the picture and the sound."""


def _check_text(subtitles: str, text: str) -> None:
    if subtitles != "none" and not text.strip():
        raise InputError("Subtitles need to know what is said. Give it with --text.")


def _complete(
    options: dict[str, Any],
    emotion: tuple[str, float],
    amounts: tuple[float, ...],
    coding: tuple[int, str],
    path: Path,
    text: str,
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
    _check_text(options["subtitles"], text)
    video.check_suffix(path)


def _made(
    image: Path,
    audio: Path,
    path: Path,
    wanted: "FaceOptions",
    said: tuple[str, str],
    options: dict[str, Any],
    quiet: bool,
) -> _Made:
    """The video, the face that was found and what happened on the way; `said` is text, language."""
    from .. import video, voice
    from .portrait import face_in, read_portrait

    pixels, picture, scaled = read_portrait(image, path)
    notes = list(scaled)
    with (
        progress(quiet=quiet) as watch,
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
    ):
        samples, rate = voice.open_audio(audio, Path(folder), notes.append)
        watch("face")
        pixels, face = face_in(image, pixels, picture, wanted)
        timeline = voice.timeline_of(
            samples, rate, text=said[0], language=said[1], tick=watch("timeline")
        )
        speech = voice.Speech(samples, rate, timeline)
        made = video.animate(pixels, face, speech, path, **options, tick=watch("video"))
    return _Made(made, face, (*notes, *made.notes))


def _report(made: _Made, as_json: bool) -> None:
    video, face = made.video, made.face
    if as_json:
        found = {"origin": face.origin, "score": face.score, "notes": face.notes}
        file = {"file": str(video.path), "seconds": video.seconds}
        show_json({**file, "face": found, "notes": made.notes})
        return
    say(f"{video.path}")
    say(f"{video.seconds:.1f} s; face {face.origin}, animatability {face.score:.2f}")
    for note in (*face.notes, *made.notes):
        say(f"  {note}")
