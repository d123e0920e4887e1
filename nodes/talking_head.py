"""The Talking Head node."""

from comfy_api.v0_0_2 import InputImpl, io, ui

from ..chatanything_core.landmarks import find_face
from ..chatanything_core.persona import EMOTIONS, Emotion
from ..chatanything_core.talking_head import Amounts, heads
from ..chatanything_core.video import PRESETS, SUBTITLES, Coding, animate
from ..chatanything_core.voice import Speech, timeline_of
from . import types
from .media import to_cutout, to_samples
from .running import node_tick, temporary_file


class TalkingHead(io.ComfyNode):
    """Makes a portrait say an audio clip."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingTalkingHead",
            display_name="Talking Head",
            category="ChatAnything",
            description="Animates a portrait so that it says the audio, streamed into a video file.",
            inputs=[
                io.Image.Input("image", tooltip="The portrait; both sides 256 to 1920 pixels."),
                types.Face.Input(
                    "face",
                    optional=True,
                    tooltip="Where its face is, from Portrait or Face Check; else it is looked for.",
                ),
                io.Audio.Input("audio", tooltip="What is said, from Speak or any audio."),
                types.Timeline.Input(
                    "timeline",
                    optional=True,
                    tooltip="When which sound falls, from Speak or Timeline; else heard from the audio.",
                ),
                types.Persona.Input(
                    "persona", optional=True, tooltip="Gives its own emotion to the face."
                ),
                io.Combo.Input(
                    "engine", options=heads.names(), default="warp", tooltip="What moves the face."
                ),
                io.Float.Input(
                    "fps", default=25.0, min=12.0, max=60.0, tooltip="Frames per second."
                ),
                io.Combo.Input(
                    "emotion",
                    options=["persona", *EMOTIONS],
                    default="persona",
                    tooltip="What the face shows; `persona` takes the persona's own.",
                ),
                amount("strength", "How strongly the emotion shows.", 1.0, most=1.0),
                amount("mouth", "Opening and shaping of the mouth."),
                amount("blink", "How often the eyes blink."),
                amount("brows", "Brow movement with stress."),
                amount("gaze", "Size of eye movements."),
                amount("head_motion", "Nods and drift of the head."),
                amount("breath", "Rise and fall with breathing."),
                seed_input(),
                crf_input(),
                preset_input(),
                io.Combo.Input(
                    "subtitles",
                    options=list(SUBTITLES),
                    default="none",
                    tooltip="Words of the timeline: as a track that players can show, or burnt in.",
                ),
                io.Combo.Input(
                    "format",
                    options=["mp4", "webm", "mov"],
                    default="mp4",
                    tooltip="mp4 plays everywhere; webm (VP9) and mov (ProRes 4444) keep "
                    "transparency.",
                ),
                io.Mask.Input(
                    "mask",
                    optional=True,
                    tooltip="Transparent where it is 1, as Load Image gives it; for webm and mov.",
                ),
            ],
            outputs=[io.Video.Output("VIDEO", tooltip="The video, a file on disk.")],
            is_output_node=True,
        )

    @classmethod
    def execute(
        cls, image, audio, engine, fps, emotion, strength, mouth, blink, brows, gaze, head_motion,
        breath, seed, crf, preset, subtitles="none", format="mp4",
        face=None, timeline=None, persona=None, mask=None,
    ) -> io.NodeOutput:  # fmt: skip
        picture, (samples, rate), tick = to_cutout(image, mask), to_samples(audio), node_tick()
        timeline = timeline or timeline_of(samples, rate, tick=tick)
        made = animate(
            picture,
            face or find_face(picture[..., :3]),
            Speech(samples, rate, timeline),
            temporary_file(f".{format}"),
            head=engine,
            fps=fps,
            emotion=mood(emotion, strength, persona),
            amounts=Amounts(mouth, blink, brows, gaze, head_motion, breath),
            coding=Coding(crf, preset),
            subtitles=subtitles,
            seed=seed,
            tick=tick,
        )
        return shown(made.path)


def amount(name: str, tooltip: str, default: float = 1.0, most: float = 2.0) -> io.Float.Input:
    """A slider from 0 (off) by 1 (natural)."""
    return io.Float.Input(
        name,
        default=default,
        min=0.0,
        max=most,
        step=0.05,
        display_mode=io.NumberDisplay.slider,
        tooltip=f"{tooltip} 0 is off, 1 is natural.",
    )


def seed_input() -> io.Int.Input:
    """The seed of all random movement."""
    return io.Int.Input(
        "seed",
        default=0,
        min=0,
        max=2**63 - 1,
        control_after_generate=True,
        tooltip="Fixes blinks, glances and drift.",
    )


def crf_input() -> io.Int.Input:
    """Quality of the picture."""
    return io.Int.Input(
        "crf", default=20, min=0, max=51, tooltip="Quality: lower is better and larger."
    )


def preset_input() -> io.Combo.Input:
    """Speed of the encoder."""
    return io.Combo.Input(
        "preset",
        options=list(PRESETS),
        default="veryfast",
        tooltip="Slower presets make smaller files.",
    )


def mood(emotion, strength, persona) -> Emotion:
    """The emotion that is asked for, or the persona's own."""
    if emotion != "persona":
        return Emotion(emotion, strength)
    return (
        Emotion(persona.emotion.name, persona.emotion.strength * strength) if persona else Emotion()
    )


def shown(path) -> io.NodeOutput:
    """A video in ComfyUI's temp folder, with a preview on the node."""
    preview = ui.SavedResult(path.name, "", io.FolderType.temp)
    return io.NodeOutput(InputImpl.VideoFromFile(str(path)), ui=ui.PreviewVideo([preview]))
