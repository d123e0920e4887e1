"""The Speak node."""

from comfy_api.v0_0_2 import io

from ..chatanything_core.persona import Persona, emotion_of
from ..chatanything_core.talking_head import with_lead_in
from ..chatanything_core.voice import Voice, speak
from .comfy import types
from .comfy.progress import node_tick
from .comfy.shown import later, text_of
from .comfy.tensors import from_samples
from .comfy.widgets import text_input


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
            ],
            outputs=[
                io.Audio.Output("AUDIO", tooltip="The speech."),
                types.Timeline.Output(
                    "timeline", tooltip="Words, sounds and mouth shapes with times."
                ),
            ],
            **later("tts", "text to speech", "speech", "say", "voice", keeps=True),
        )

    @classmethod
    def execute(
        cls, voice: Voice, text: str, persona: Persona | None = None, emotion: str = ""
    ) -> io.NodeOutput:
        said = text if text.strip() or persona is None else persona.greeting
        speech = with_lead_in(speak(voice, said, emotion=emotion_of(emotion), tick=node_tick()))
        told = text_of(f"“{said.strip()}”", *(f"⚠ {note}" for note in speech.notes))
        return io.NodeOutput(from_samples(speech.samples, speech.rate), speech.timeline, ui=told)
