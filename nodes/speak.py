"""The Speak node."""

from comfy_api.v0_0_2 import io

from ..chatanything_core.persona import Persona, emotion_of
from ..chatanything_core.talking_head import (
    FRAME_RULES,
    FrameRule,
    acting_prompt,
    frames_for,
    with_lead_in,
)
from ..chatanything_core.talking_head.plan_motion import FPS
from ..chatanything_core.voice import Voice, speak
from .comfy import types
from .comfy.progress import node_tick
from .comfy.shown import later, text_of
from .comfy.tensors import from_samples
from .comfy.widgets import RARE, number_input, text_input


class Speak(io.ComfyNode):
    """Speaks a text and times every sound."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingSpeak",
            display_name="Speak",
            category="ChatAnything/voice",
            description="Speaks a text in the persona's voice, and times every sound.",
            inputs=[
                types.Voice.Input("voice", tooltip="Who speaks, from Voice Mixer."),
                text_input(
                    "text", "What to say; when empty, the persona's greeting. [pause:0.5s] pauses."
                ),
                types.Persona.Input(
                    "persona",
                    optional=True,
                    tooltip="Whose greeting is spoken when the text is empty.",
                ),
                io.String.Input(
                    "emotion",
                    optional=True,
                    force_input=True,
                    tooltip="How it is spoken, from Chat. Marks such as [sad] in the text override it.",
                ),
                *_video_inputs(),
            ],
            outputs=_outputs(),
            **later("tts", "text to speech", "speech", "say", "voice", keeps=True),
        )

    @classmethod
    def execute(
        cls, voice: Voice, text: str, persona: Persona | None = None, emotion: str = "",
        fps: float = 25.0, frame_rule: FrameRule = "any",
    ) -> io.NodeOutput:  # fmt: skip
        said = text if text.strip() or persona is None else persona.greeting
        mood = emotion_of(emotion)
        speech = with_lead_in(speak(voice, said, emotion=mood, tick=node_tick()))
        frames = frames_for(speech.seconds, fps, frame_rule)
        told = text_of(f"“{said.strip()}”", *(f"⚠ {note}" for note in speech.notes))
        made = (from_samples(speech.samples, speech.rate), speech.timeline)
        return io.NodeOutput(*made, speech.seconds, frames, acting_prompt(mood, persona), ui=told)


def _video_inputs() -> list[io.Input]:
    """What video models want to know of the speech."""
    return [
        number_input(
            "fps",
            25.0,
            FPS,
            "Frame rate that `frames` is counted for.",
            step=None,
            optional=True,
            **RARE,
        ),
        io.Combo.Input(
            "frame_rule",
            options=list(FRAME_RULES),
            default="any",
            optional=True,
            tooltip="Numbers of frames that a video model takes: Wan and HuMo 4n+1, LTX 8n+1. The next "
            "larger one covers the speech.",
            **RARE,
        ),
    ]


def _outputs() -> list[io.Output]:
    return [
        io.Audio.Output("AUDIO", tooltip="The speech."),
        types.Timeline.Output("timeline", tooltip="Words, sounds and mouth shapes with times."),
        io.Float.Output("seconds", tooltip="Length of the speech."),
        io.Int.Output("frames", tooltip="Frames that cover it, for a video model's length."),
        io.String.Output(
            "acting",
            tooltip="Who speaks and in which mood, as a prompt for video models such as Wan, "
            "HuMo or InfiniteTalk.",
        ),
    ]
