"""The Speak node."""

from comfy_api.v0_0_2 import io

from ..chatanything_core.persona import emotion_of
from ..chatanything_core.voice import speak
from .comfy import types
from .comfy.progress import node_tick
from .comfy.tensors import from_samples
from .comfy.widgets import text_input


class Speak(io.ComfyNode):
    """Says a text and tells when each sound falls."""

    @classmethod
    def define_schema(cls) -> io.Schema:
        return io.Schema(
            node_id="ChatAnythingSpeak",
            display_name="Speak",
            category="ChatAnything",
            description="Says a text with the persona's voice, and times every sound of it.",
            inputs=[
                types.Voice.Input("voice", tooltip="Who speaks, from Voice Mixer."),
                text_input(
                    "text", "What is said. Empty says the persona's greeting. [pause:0.5s] waits."
                ),
                types.Persona.Input(
                    "persona", optional=True, tooltip="Whose greeting is said without a text."
                ),
                io.String.Input(
                    "emotion",
                    optional=True,
                    force_input=True,
                    tooltip="How it is said, from Chat. Marks such as [sad] in the text override it.",
                ),
            ],
            outputs=[
                io.Audio.Output("AUDIO", tooltip="The speech."),
                types.Timeline.Output(
                    "timeline", tooltip="Words, sounds and mouth shapes with times."
                ),
            ],
        )

    @classmethod
    def execute(cls, voice, text, persona=None, emotion="") -> io.NodeOutput:
        said = text if text.strip() or persona is None else persona.greeting
        speech = speak(voice, said, emotion=emotion_of(emotion), tick=node_tick())
        return io.NodeOutput(from_samples(speech.samples, speech.rate), speech.timeline)
