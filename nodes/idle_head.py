"""The Idle Head node."""

from typing import Any, Literal

import torch
from comfy_api.v0_0_2 import io

from ..chatanything_core.landmarks import Face
from ..chatanything_core.persona import EmotionName, Persona
from ..chatanything_core.talking_head import Amounts
from ..chatanything_core.talking_head.plan_motion import LOOP
from ..chatanything_core.video import Coding, idle
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
from .comfy.progress import node_tick, temporary_file
from .comfy.shown import face_line, later
from .comfy.tensors import to_image
from .comfy.widgets import RARE, mark_input, number_input


class IdleHead(io.ComfyNode):
    """Makes a portrait wait: it breathes, blinks and looks about in an endless loop."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingIdleHead",
            display_name="Idle Head",
            category="ChatAnything/video",
            description="Makes a silent, seamless loop of a waiting face.",
            inputs=[
                *portrait_inputs(),
                persona_input(),
                number_input("seconds", 8.0, LOOP, "Length of the loop.", step=None),
                *manner_inputs(),
                amount("blink", "How often the eyes blink.", **RARE),
                amount("brows", "Brow movement.", **RARE),
                amount("gaze", "Size of eye movements.", **RARE),
                amount("head_motion", field="head", tooltip="Drift of the head.", **RARE),
                amount("breath", "Rise and fall with breathing.", **RARE),
                *making_inputs(),
                mark_input("the video; the file says so in any case"),
            ],
            outputs=[io.Video.Output("VIDEO", tooltip="The loop, a file on disk.")],
            **later("idle loop", "talking avatar", "blink", "liveportrait"),
        )

    @classmethod
    def fingerprint_inputs(cls, **inputs: Any) -> str:
        return detectors_now()

    @classmethod
    def execute(
        cls, image: torch.Tensor, seconds: float, engine: str, fps: float,
        emotion: EmotionName | Literal["persona"], strength: float, blink: float, brows: float,
        gaze: float, head_motion: float, breath: float, seed: int, crf: int, preset: str,
        face: Face | None = None, persona: Persona | None = None, mark: bool = False,
    ) -> io.NodeOutput:  # fmt: skip
        picture, face, notes = fitted(image, to_image(image), face)
        made = idle(
            picture, face, seconds, temporary_file(".mp4"), head=engine, fps=fps,
            emotion=chosen_emotion(emotion, strength, persona),
            amounts=Amounts(1.0, blink, brows, gaze, head_motion, breath),
            coding=Coding(crf, preset), seed=seed, who=persona.name if persona else "",
            mark=mark, tick=node_tick(),
        )  # fmt: skip
        return video_preview(made.path, *notes, *made.notes, face_line(face))
