"""The words of a request as options; `create` and `chat` share them, and their defaults stand in
`Request`."""

from typing import Annotated

import typer

FIRST = "the first that `chatanything engines` lists"

Writer = Annotated[str, typer.Option(help="Persona engine.", show_default=FIRST)]
Source = Annotated[
    str, typer.Option(help="Profile of the openai writer, folder of the transformers one.")
]
Language = Annotated[str, typer.Option(help="BCP-47 tag; default: the concept's own.")]
Voice = Annotated[str, typer.Option(help="Voice engine.", show_default=FIRST)]
Preset = Annotated[
    str, typer.Option(help="Laid over the voice: giant, tiny, robot, ancient, ghost or helium.")
]
Painter = Annotated[
    str, typer.Option("--painter", "--portrait", help="Portrait engine.", show_default=FIRST)
]
Expert = Annotated[
    str,
    typer.Option(
        help="An expert of the painter; default: who suits the concept best. "
        "`chatanything experts list` shows all.",
    ),
]
Mix = Annotated[
    str,
    typer.Option(help='Several experts with weights, such as "dreamy: 0.7, crisp: 0.3".'),
]
Guide = Annotated[
    str | None,
    typer.Option(
        metavar="IMAGE|NAME",
        help="Where the face should be: a picture whose face is used, or a built-in face such as "
        '"child, laughing"; none for no guide. Default: the reference\'s face, or an average one.',
    ),
]
Reference = Annotated[
    str | None,
    typer.Option(metavar="IMAGE", help="A picture that the painting starts from (inversion)."),
]
Strength = Annotated[
    float,
    typer.Option(help="How far the painting leaves --reference: 0 gives it back, 1 ignores it."),
]
Drawing = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|SET:NAME",
        help="What the body is made of: an SVG, a transparent picture, or a drawing of your sets "
        "such as noto:harp (`chatanything drawings`).",
    ),
]
FacePlace = Annotated[
    str,
    typer.Option(
        "--face",
        metavar="X,Y,WIDTH",
        help="Where the face goes on --drawing, as shares of it, such as 0.5,0.4,0.3.",
    ),
]
Size = Annotated[
    int, typer.Option(help="Width and height in pixels; 0: the native size, at least 512.")
]
Tries = Annotated[
    int, typer.Option(help="How often a diffusion model may paint until a face is found.")
]
Strict = Annotated[bool, typer.Option("--strict", help="Fail when no try shows a face.")]
Head = Annotated[str, typer.Option(help="Talking-head engine.", show_default=FIRST)]
Mark = Annotated[
    bool,
    typer.Option(
        "--mark",
        help='Write "Made by a machine" into a corner of portrait and film; the files say so in any '
        "case.",
    ),
]
Text = Annotated[str, typer.Option(help="What it says; default: its greeting.")]
