"""The Talking Head node."""

from typing import Any, Literal

import torch
from comfy_api.v0_0_2 import io

from ..chatanything_core.landmarks import Face
from ..chatanything_core.persona import EmotionName, Persona
from ..chatanything_core.talking_head import Amounts
from ..chatanything_core.video import SUBTITLES, Coding, Subtitles, animate
from ..chatanything_core.voice import Speech, Timeline, timeline_of
from .comfy import types
from .comfy.head_inputs import (
    amount,
    chosen_emotion,
    detectors_now,
    fitted,
    making_inputs,
    manner_inputs,
    persona_input,
    portrait_inputs,
    video_preview,
)
from .comfy.progress import node_tick
from .comfy.shown import face_line, later
from .comfy.tensors import to_cutout, to_samples
from .comfy.video_files import output_file
from .comfy.widgets import RARE, mark_input


class TalkingHead(io.ComfyNode):
    """Makes a portrait say an audio clip."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingTalkingHead",
            display_name="Talking Head",
            category="ChatAnything/video",
            description="Animates a portrait so that it says the audio, streamed into a video file.",
            inputs=_inputs(),
            outputs=[io.Video.Output("VIDEO", tooltip="The video, a file on disk.")],
            is_output_node=True,
            **later(
                "lipsync",
                "lip sync",
                "talking avatar",
                "talking photo",
                "audio to video",
                "wav2lip",
                "sadtalker",
                "liveportrait",
            ),
        )

    @classmethod
    def fingerprint_inputs(cls, **inputs: Any) -> str:
        return detectors_now()

    @classmethod
    def execute(
        cls, image: torch.Tensor, audio: dict[str, Any] | None, engine: str, fps: float,
        emotion: EmotionName | Literal["persona"], strength: float, mouth: float, blink: float,
        brows: float, gaze: float, head_motion: float, breath: float, seed: int, crf: int,
        preset: str, subtitles: Subtitles = "none", format: str = "mp4", face: Face | None = None,
        timeline: Timeline | None = None, persona: Persona | None = None,
        mask: torch.Tensor | None = None, filename_prefix: str = "", mark: bool = False,
    ) -> io.NodeOutput:  # fmt: skip
        (samples, rate), tick = to_samples(audio, "Talking Head"), node_tick()
        picture = to_cutout(image, mask, clear=format != "mp4")
        picture, face, notes = fitted(image, picture, face)
        timeline = timeline or timeline_of(samples, rate, tick=tick)
        made = animate(
            picture, face, Speech(samples, rate, timeline),
            output_file(filename_prefix, f".{format}", picture.shape[1::-1]), head=engine, fps=fps, emotion=chosen_emotion(emotion, strength, persona),
            amounts=Amounts(mouth, blink, brows, gaze, head_motion, breath),
            coding=Coding(crf, preset), subtitles=subtitles, seed=seed,
            who=persona.name if persona else "", mark=mark, tick=tick,
        )  # fmt: skip
        return video_preview(made.path, *notes, *made.notes, face_line(face))


def _inputs() -> list[io.Input]:
    return [
        *portrait_inputs(),
        io.Audio.Input("audio", tooltip="What is said, from Speak or any audio."),
        types.Timeline.Input(
            "timeline",
            optional=True,
            tooltip="When each sound falls, from Speak or Timeline; else estimated from the audio.",
        ),
        persona_input(),
        *manner_inputs(),
        amount("mouth", "Opening and shaping of the mouth.", **RARE),
        amount("blink", "How often the eyes blink.", **RARE),
        amount("brows", "Brow movement with stress.", **RARE),
        amount("gaze", "Size of eye movements.", **RARE),
        amount("head_motion", field="head", tooltip="Nods and drift of the head.", **RARE),
        amount("breath", "Rise and fall with breathing.", **RARE),
        *making_inputs(),
        *_file_inputs(),
    ]


def _file_inputs() -> list[io.Input]:
    """What is in the file, and where it goes."""
    return [
        io.Combo.Input(
            "subtitles",
            options=list(SUBTITLES),
            default="none",
            tooltip="Words of the timeline: a track that players can show, or burnt into the picture.",
        ),
        io.Combo.Input(
            "format",
            options=["mp4", "webm", "mov"],
            default="mp4",
            tooltip="mp4 plays everywhere; webm (VP9) and mov (ProRes 4444) keep transparency.",
        ),
        io.Mask.Input(
            "mask",
            optional=True,
            tooltip="Transparent where it is 1, as Load Image gives it, scaled to the image; for "
            "webm and mov.",
        ),
        io.String.Input(
            "filename_prefix",
            default="",
            optional=True,
            tooltip="Saves the file as it is to ComfyUI's output folder under this name, with its "
            "format and transparency. When empty, it is kept until ComfyUI restarts; Save Video makes an "
            "MP4 of it.",
        ),
        mark_input("the video; the file says so in any case"),
    ]
